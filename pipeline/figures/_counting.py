"""What one counting asks of the register, and the raw numbers it gives back."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

OTHER = ""
"""The name under which services that the staff list doesn't have are counted: what a form says could name a person."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Counting:
    """Whom and when to count, by the municipality's own rules (register A7, A11).

    ``on``: the day whose state is counted, to its end. ``since`` to ``until``: the days whose events are counted, both included.
    ``over``: whether ``until`` is past, so that a deadline of that day has been missed. ``registration_required``: only teams whose
    registration is consented to exist (R-61). ``team_consent``, ``share_consent``: which consents must be there. ``report_due``: None
    where nobody owes a yearly report; ``report_exempt_after``: a team established after that day of the year owes none (T-4).
    ``consent_age``, ``majority_age``: the birthdays to look ahead for (T-18, T-20), ``months_ahead`` how far.
    """

    municipality: str
    on: date
    since: date
    until: date
    over: bool = True
    registration_required: bool = False
    team_consent: bool = True
    share_consent: bool = True
    report_due: date | None = None
    report_exempt_after: date | None = None
    consent_age: int = 16
    majority_age: int = 18
    months_ahead: int = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """Raw numbers. ``counts`` by the figure's id (one that can't be told here is not in it), ``services`` by figure and service,
    ``days`` how many waited how many days from need to coordinator.
    """

    counts: Mapping[str, int]
    services: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    days: Mapping[int, int] = field(default_factory=dict)

    @staticmethod
    def summed(tallies: Iterable[Tally]) -> Tally:
        """All of them as one: every number is the sum of theirs."""
        counts: Counter[str] = Counter()
        days: Counter[int] = Counter()
        services: dict[str, Counter[str]] = {}
        for tally in tallies:
            counts.update(tally.counts)
            days.update(tally.days)
            for figure, found in tally.services.items():
                services.setdefault(figure, Counter()).update(found)
        return Tally(counts=dict(counts), services={k: dict(v) for k, v in services.items()}, days=dict(days))


def reached(age: int, on: date) -> date:
    """The latest day of birth of one who has reached an age. Born on 29 February: on the last of February (as ``casework`` reckons)."""
    year = on.year - age
    last = calendar.monthrange(year, on.month)[1]
    ends_month = on.day == calendar.monthrange(on.year, on.month)[1]
    return date(year, on.month, last if on.month == 2 and ends_month else min(on.day, last))


def month_later(day: date, months: int) -> date:
    """The same day so many months later, or that month's last."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
