"""Days reckoned in months and years: what a month does not have becomes its last day."""

from __future__ import annotations

import calendar
from datetime import date, timedelta


def months_later(day: date, months: int) -> date:
    """The same day so many months later (earlier when negative); 31 August less six months is 28 or 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def birthday(birth: date, years: int) -> date:
    """The day somebody becomes so many years old; born on 29 February, in other years the last of February (as B.17 is reckoned)."""
    return months_later(birth, 12 * years)


def in_year(year: int, month_day: str) -> date:
    """A day of the year, ``MM-DD``, in a year."""
    return date.fromisoformat(f"{year}-{month_day}")


def week_of(day: date) -> tuple[str, date]:
    """The ISO week of a day (``2031-W01``) and its Monday."""
    year, week, weekday = day.isocalendar()
    return f"{year}-W{week:02}", day - timedelta(days=weekday - 1)
