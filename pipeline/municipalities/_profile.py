"""What a municipality's profile holds: its words, roles, ways and deadlines (``domain/register.md`` A11).

Rules as data, words as data, law as dated tables. Every value has a source (an id of the register, a paragraph) or is a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


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
    language: str = "nb"


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
    """How a coordinator comes to be. ``reply_days`` None: no deadline. ``employee_required``: ``yes``, ``no`` or ``warn``."""

    model: AppointmentModel
    decision_form: str
    reply_days: int | None = None
    roll_to_workday: bool = False
    reminders_before_days: tuple[int, ...] = ()
    escalation_role: str = ""
    employee_required: str = "warn"
    private_actor_allowed: bool = False
    user_wish_required: bool = True
    notify_user_of_change: str = "letter"
    child_coordinator_end_age: int = 18


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentRules:
    """Which consents are asked and what they mean."""

    team_written_required: bool = True
    registration_required: bool = False
    oral_accepted_for_message: bool = False
    partial_withdrawal: bool = True
    reconsent_on: tuple[str, ...] = ()
    duration: str = "until_withdrawn"
    ends_with_service: bool = False
    signature_from_age: int = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnualRules:
    """The yearly report of each team (T-4, T-5). Dates are ``MM-DD``. ``mode``: ``push``, ``collect`` or ``none``."""

    mode: str = "none"
    due: str = ""
    remind_on: tuple[str, ...] = ()
    overdue_on: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterRules:
    """Marking, titles and signers. ``case_worker_role`` and ``responsible_role`` are roles of the staff list.

    ``approval``: ``signature`` (a line to sign on) or ``electronic``. ``expected_weeks``: expected time, None when nobody has said.
    """

    marking: str
    neutral_title: str
    case_worker_role: str = "case_worker"
    responsible_role: str = "unit_leader"
    approval: str = "signature"
    expected_weeks: int | None = None
    interim_reply_days: int = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """One paragraph as it is cited between two dates. ``complaint_weeks`` and ``complaint`` tell the complaint track it opens."""

    id: str
    text: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ComplaintTrack:
    """Where and how long one may complain, by legal basis (``domain/law.md`` B.1)."""

    id: str
    weeks: int
    citation: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LegalBasis:
    """What a measure stands on: ids of citations (the right, the duty) and the complaint track."""

    measure: str
    citations: tuple[str, ...]
    complaint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Law:
    """The dated citation table, shared by all municipalities (``config/law.toml``)."""

    citations: tuple[Citation, ...]
    complaints: tuple[ComplaintTrack, ...]
    bases: tuple[LegalBasis, ...]

    def cite(self, citation: str, on: date) -> str:
        """How a paragraph is cited on a day; KeyError when the table has none (the loader checks every id used)."""
        for entry in self.citations:
            if (
                entry.id == citation
                and entry.valid_from <= on
                and (entry.valid_to is None or on <= entry.valid_to)
            ):
                return entry.text
        raise KeyError(citation)


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
    recognised_names: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
