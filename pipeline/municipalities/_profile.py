"""What a municipality's profile holds: its words, roles, ways and deadlines (``domain/register.md`` A11).

Rules as data, words as data, law as dated tables. Every value has a source (an id of the register, a paragraph) or is a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

MonthDay = Annotated[str, "MM-DD"]
"""A day that every year has, as ``MM-DD``; ``""`` when there is none."""


class AppointmentModel(StrEnum):
    """Who appoints: see the register, X1."""

    SERVICE_LEADER = "unit_assigns_service_leader_appoints"
    MANAGER_DESIGNATES = "unit_requests_manager_designates"
    UNIT = "unit_appoints"
    TEAM_DECIDES = "team_decides_unit_appoints"


@dataclass(frozen=True, kw_only=True, slots=True)
class Office:
    """Name and reach of the municipality. ``phone`` and ``email`` are the unit's; ``""`` when not known."""

    name: str
    number: str
    county: str
    complaint_body: str
    address: str = ""
    postal_place: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    language: Literal["nb", "nn"] = "nb"


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """The municipality's own nouns (indefinite singular, lower case unless a name)."""

    unit: str
    unit_short: str
    team: str
    team_definite: str
    person: str
    leader: str
    deputy: str
    escalation_leader: str = ""
    decision_body: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AppointmentRules:
    """How a coordinator comes to be. ``reply_days`` None: no deadline. ``employee_required``: ``yes``, ``no`` or ``warn``.

    ``escalation_after_days``: days after the reply was due. ``notify_user_of_change``: how the user hears of a new coordinator.
    """

    model: AppointmentModel
    decision_form: Literal["vedtak", "melding_om_avgjorelse"]
    reply_days: int | None = None
    roll_to_workday: bool = False
    reminders_before_days: tuple[int, ...] = ()
    escalation_role: str = ""
    escalation_after_days: int = 0
    employee_required: Literal["yes", "no", "warn"] = "warn"
    private_actor_allowed: bool = False
    user_wish_required: bool = True
    notify_user_of_change: Literal["letter", "phone_and_journal"] = "letter"
    child_coordinator_end_age: int = 18


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentRules:
    """Which consents are asked and what they mean."""

    team_written_required: bool = True
    registration_required: bool = False
    oral_accepted_for_message: bool = False
    partial_withdrawal: bool = True
    reconsent_on: tuple[
        Literal["team_change", "information_type_change", "age_16", "coordinator_change"], ...
    ] = ()
    duration: Literal["until_withdrawn", "service"] = "until_withdrawn"
    ends_with_service: bool = False
    signature_from_age: int = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnualRules:
    """The yearly report of each team (T-4, T-5). ``mode``: coordinators send it, the unit collects it, or there is none.

    ``exempt_established_after``: a team established after that day of the year owes no report that year.
    """

    mode: Literal["push", "collect", "none"] = "none"
    due: MonthDay = ""
    remind_on: tuple[MonthDay, ...] = ()
    overdue_on: tuple[MonthDay, ...] = ()
    roll_to_workday: bool = False
    exempt_established_after: MonthDay = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageRules:
    """What messages must bring. ``need_attachments``: form ids a service encloses when it reports a child (F-003-4)."""

    need_attachments: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterRules:
    """Marking, titles and signers. ``case_worker_role`` and ``responsible_role`` are roles of the staff list.

    ``approval``: ``signature`` (a line to sign on) or ``electronic``. ``expected_weeks``: expected time, None when nobody has said.
    ``relay_offered``: one of the services may carry on as stafettholder when the coordinator ends (R-9).
    """

    marking: str
    neutral_title: str
    case_worker_role: str = "case_worker"
    responsible_role: str = "unit_leader"
    approval: Literal["signature", "electronic"] = "signature"
    expected_weeks: int | None = None
    interim_reply_days: int = 30
    relay_offered: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """One municipality. ``sources`` maps a dotted key (``appointment.reply_days``) to its source; a key not in it is a default."""

    key: str
    office: Office
    terms: Terms
    appointment: AppointmentRules
    consent: ConsentRules
    annual: AnnualRules
    letters: LetterRules
    messages: MessageRules = field(default_factory=MessageRules)
    recognised_names: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
