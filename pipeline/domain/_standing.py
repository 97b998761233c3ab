"""When a consent that others gave for a child lapses (T-18, T-20)."""

from __future__ import annotations

import calendar
from datetime import date


def birthday(born: date, age: int) -> date:
    """The day somebody turns an age. Born on 29 February: the last day of February (as domstolloven § 148 reckons)."""
    year = born.year + age
    return date(year, born.month, min(born.day, calendar.monthrange(year, born.month)[1]))


def lapse(born: date | None, given: date, capacity: str, *, own_consent: int, majority: int) -> date | None:
    """The first day on which a consent no longer counts for age; None when it never does.

    Given before the age of own consent, it was others who gave it, whoever signed: the young person gives a new one (T-18). A parent's,
    given after that for one who couldn't consent, holds until majority (T-20).
    """
    if born is None:
        return None
    own, adult = birthday(born, own_consent), birthday(born, majority)
    if given < own:
        return own
    return adult if capacity == "parent" and given < adult else None
