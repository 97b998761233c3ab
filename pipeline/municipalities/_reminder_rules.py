"""What a reminder rule says (``config/reminders.toml``): what starts it, when it falls due, to whom, and what stops it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Amount = int | str
"""Days or months: a number, or the dotted key of the profile that holds one or several (``appointment.reminders_before_days``)."""


class Cadence(StrEnum):
    """Which batch a rule belongs to (C.5)."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    YEARLY = "yearly"


class DateSource(StrEnum):
    """The days of a case that a rule may start from; each is found by a function of ``pipeline.reminders``."""

    REPLY_DUE = "reply-due"
    RECEIVED = "received"
    INTERIM_REPLY = "interim-reply"
    REPORT_YEAR = "report-year"
    STATISTICS_DAY = "statistics-day"
    MEETING = "meeting"
    MEETINGS_IN_YEAR = "meetings-in-year"
    EVALUATION = "evaluation"
    BIRTHDAY = "birthday"
    LIFE_PHASE = "life-phase"
    CONSENT_GAP = "consent-gap"
    CONSENT_RENEWAL = "consent-renewal"
    DEPUTY_MISSING = "deputy-missing"
    EXPECTED_BIRTH = "expected-birth"
    PRIOR_NOTICE = "prior-notice"
    COMPLAINT = "complaint"
    DEVIATION = "deviation"


class Stop(StrEnum):
    """What answers a reminder (avskrivning); each is a question to the case in ``pipeline.reminders``."""

    DESIGNATED = "designated"
    REPLIED = "replied"
    REPORTED = "reported"
    EVALUATED = "evaluated"
    CONSENTED = "consented"
    DEPUTY_NAMED = "deputy-named"
    BORN = "born"
    MATTER_DONE = "matter-done"
    COORDINATOR_ENDED = "coordinator-ended"
    CHILD_COORDINATOR_ENDED = "child-coordinator-ended"
    TEAM_ENDED = "team-ended"


class Audience(StrEnum):
    """Who is told. ``party``: whoever B.17 gives the letter. ``unit``: a task. ``list``: shown in the lists only."""

    COORDINATOR = "coordinator"
    MANAGER = "manager"
    ROLE = "role"
    USER = "user"
    FAMILY = "family"
    GUARDIAN = "guardian"
    PARTY = "party"
    REPORTER = "reporter"
    UNIT = "unit"
    LIST = "list"


class Every(StrEnum):
    """How often a rule without a day of its own comes back while nothing has stopped it."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReminderStep:
    """One step of a rule. Of ``before``, ``after`` and ``on`` at most one; none: on the day itself.

    ``months``: the amount counts months, else days; ``plus`` is days more. ``on``: ``MM-DD``, or the profile's key of one or several.
    ``role``: the staff list's role, or the profile's key of it. ``facts``: those of the source that the letter gets; empty: all.
    ``late_days``: how long after its day a late run may still make it; None: for as long as nothing stops it. ``lapses``: never once
    the source's own day has come. ``task``: a sentence
    for the unit, with ``{team}`` and other words of the profile's ``terms``. ``why``: why the letter goes out.
    """

    to: tuple[Audience, ...]
    letter: str = ""
    task: str = ""
    why: str = ""
    before: Amount | None = None
    after: Amount | None = None
    on: str = ""
    months: bool = False
    plus: int = 0
    role: str = ""
    facts: tuple[str, ...] = ()
    late_days: int | None = None
    lapses: bool = False
    where: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReminderRule:
    """One rule. ``where``: what the profile must say (``true``: that it says anything at all). ``team``: it is about the care team,
    so that a consent withdrawn stops it (R-54). ``age``: the profile's key of the age, for a birthday.
    ``closed``: it goes on in a case that is closed, refused or terminated (B.2, B.12); never in one that was merged, and never with a letter.
    """

    id: str
    cadence: Cadence
    source: DateSource
    stop: Stop
    steps: tuple[ReminderStep, ...]
    what: str
    every: Every | None = None
    team: bool = False
    closed: bool = False
    age: str = ""
    where: Mapping[str, object] = field(default_factory=dict)
