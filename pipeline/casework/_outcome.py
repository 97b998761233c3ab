"""What casework gives back, and the circumstances it decides under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pipeline.domain import Case, Event, LetterOrder, Staff
from pipeline.municipalities import Law, Profile

_OSLO = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """Under what a decision is made: the municipality's ways, the law, who works there, when, by whom and why.

    ``now`` is aware. ``cause`` is a document or a command. ``received_on`` is the day the message came in when that isn't today
    (a form that waited for a person): deadlines and years follow that day. ``others``: the person's other open cases here.
    """

    profile: Profile
    law: Law
    staff: Staff
    now: datetime
    actor: str
    cause: str
    received_on: date | None = None
    others: tuple[Case, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a time that doesn't say where."""
        if self.now.tzinfo is None:
            raise ValueError("now must be aware")

    @property
    def today(self) -> date:
        """The day it is in Norway."""
        return self.now.astimezone(_OSLO).date()

    @property
    def arrived(self) -> date:
        """The day the message came in."""
        return self.received_on or self.today


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What follows: the case as it now is (its tasks inside), what happened, and which letters to make."""

    case: Case
    events: tuple[Event, ...] = ()
    letters: tuple[LetterOrder, ...] = ()
