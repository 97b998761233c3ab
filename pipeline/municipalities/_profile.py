"""What a municipality's profile holds: its words, roles, ways and deadlines (``domain/register.md`` A11).

Rules as data, words as data, law as dated tables. Every value has a source (an id of the register, a paragraph) or is a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from pipeline.municipalities._ages import AgeRules, MonthDay, PhaseRules
from pipeline.municipalities._cooperation import (
    AbsenceRules,
    EvaluationRules,
    MeetingRules,
    PlanRules,
    RelayRules,
    TeamRules,
)
from pipeline.municipalities._nynorsk import NynorskTerms


class AppointmentModel(StrEnum):
    """Who appoints: see the register, X1."""

    SERVICE_LEADER = "unit_assigns_service_leader_appoints"
    MANAGER_DESIGNATES = "unit_requests_manager_designates"
    UNIT = "unit_appoints"
    TEAM_DECIDES = "team_decides_unit_appoints"


@dataclass(frozen=True, kw_only=True, slots=True)
class Office:
    """Name and reach of the municipality. ``phone`` and ``email`` are the unit's; ``""`` when not known.

    ``complaint_channel``: what a complaint goes on to the complaint body by (B.2), while its postal address, ``complaint_address``, is not known.
    """

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
    complaint_channel: str = ""
    complaint_address: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AgeSplit:
    """Who appoints for whom (R-22). ``role``: a role of the staff list. ``to_age`` counts (17: until the 18th birthday), None: no end.

    ``measures``: of which measures it holds; empty: of all.
    """

    role: str
    from_age: int = 0
    to_age: int | None = None
    measures: tuple[str, ...] = ()


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
    ``person_changed_by``: who alone names another person in the same service (R-21). ``user_wish_weight``: what the wish for a certain coordinator counts (R-25). ``decision_recorded_in``: the system it is also written in. ``handbook``: the coordinator's leader hands out one (L-001-4).
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
    user_wish_weight: Literal["heard", "weight", "participates", ""] = ""
    person_changed_by: Literal["leader", ""] = ""
    by_age: tuple[AgeSplit, ...] = ()
    decision_recorded_in: str = ""
    handbook: bool = False
    notify_user_of_change: Literal["letter", "phone_and_journal"] = "letter"
    child_coordinator_end_age: int = 18


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentRules:
    """Which consents are asked and what they mean.

    ``plan_required`` (R-50): a plan without a consent of its own is refused, a task, or nobody's matter. ``preparatory_required``: to a
    meeting before there is a coordinator (F-003-6). ``information_first``: told of team and sharing before signing (R-59).
    """

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
    share_written_required: bool = True
    plan_required: Literal["yes", "task", "no"] = "task"
    preparatory_required: bool = False
    information_first: bool = False
    two_guardians: Literal["yes", "no", "by_case"] = "by_case"
    digital_min_age: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosingRules:
    """How a case ends (R-45). ``message_to``: roles told by the coordinator. ``notice_days``: to answer a prior notice."""

    message_to: tuple[str, ...] = ()
    message_copy_to: tuple[str, ...] = ()
    notice_days: int = 14


@dataclass(frozen=True, kw_only=True, slots=True)
class StatisticsRules:
    """What is counted each year (A7). ``as_of``: the day, ``MM-DD``. ``hide_below``: smaller numbers may be hidden."""

    annual: tuple[Literal["teams", "plans", "coordinators", "reports"], ...] = ()
    as_of: MonthDay = "12-31"
    hide_below: int = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchiveRules:
    """How documents are kept and named (B.4, B.8). ``classification``: the archive's code system."""

    target: Literal["noark5_fiks", "eformidling", "files_only"] = "files_only"
    classification: str = "PNR"
    class_shielded: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnualRules:
    """The yearly report of each team (T-4, T-5). ``mode``: coordinators send it, the unit collects it, or there is none.

    ``exempt_established_after``: a team established after that day of the year owes no report that year. ``collect_on``: the day the
    unit asks the coordinators, where it collects.
    """

    mode: Literal["push", "collect", "none"] = "none"
    due: MonthDay = ""
    remind_on: tuple[MonthDay, ...] = ()
    overdue_on: tuple[MonthDay, ...] = ()
    roll_to_workday: bool = False
    exempt_established_after: MonthDay = ""
    collect_on: MonthDay = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageRules:
    """What messages must bring. ``need_attachments``: form ids a service encloses when it reports a child (F-003-4).

    ``creation``, ``change``: whether the unit is told when a team is made or changed. ``rights_told``: the family of its rights (L-003-5).
    """

    need_attachments: tuple[str, ...] = ()
    creation: bool = False
    change: bool = False
    rights_told: bool = False


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
    """One municipality. ``sources`` maps a dotted key (``appointment.reply_days``) to its source; a key not in it is a default.

    ``reasons`` says of some why that value was chosen: where the municipality's own papers contradict each other (A10).
    """

    key: str
    office: Office
    terms: Terms
    appointment: AppointmentRules
    consent: ConsentRules
    annual: AnnualRules
    letters: LetterRules
    messages: MessageRules = field(default_factory=MessageRules)
    ages: AgeRules = field(default_factory=AgeRules)
    phases: PhaseRules = field(default_factory=PhaseRules)
    team: TeamRules = field(default_factory=TeamRules)
    plan: PlanRules = field(default_factory=PlanRules)
    meetings: MeetingRules = field(default_factory=MeetingRules)
    evaluation: EvaluationRules = field(default_factory=EvaluationRules)
    absence: AbsenceRules = field(default_factory=AbsenceRules)
    relay: RelayRules = field(default_factory=RelayRules)
    closing: ClosingRules = field(default_factory=ClosingRules)
    statistics: StatisticsRules = field(default_factory=StatisticsRules)
    archive: ArchiveRules = field(default_factory=ArchiveRules)
    nn: NynorskTerms = field(default_factory=NynorskTerms)
    recognised_names: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
