"""No deadline ends on a day of rest (B.14). The days are written out by hand, so that the library is checked by something else."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.municipalities import load_municipalities
from pipeline.municipalities._holidays import public_holidays

ROOT = Path(__file__).resolve().parents[3]
LAW = load_municipalities(ROOT / "config/municipalities", ROOT / "config/law.toml").law

# New Year, Maundy Thursday, Good Friday, Easter, Easter Monday, 1 May, Ascension, 17 May, Whit Sunday, Whit Monday, Christmas
HOLIDAYS = {
    2024: "01-01 03-28 03-29 03-31 04-01 05-01 05-09 05-17 05-19 05-20 12-25 12-26",
    2025: "01-01 04-17 04-18 04-20 04-21 05-01 05-29 05-17 06-08 06-09 12-25 12-26",
    2026: "01-01 04-02 04-03 04-05 04-06 05-01 05-14 05-17 05-24 05-25 12-25 12-26",
    2027: "01-01 03-25 03-26 03-28 03-29 05-01 05-06 05-17 05-16 05-17 12-25 12-26",
}
# The first working day after each, in the same order.
NEXT = {
    2024: "01-02 04-02 04-02 04-02 04-02 05-02 05-10 05-21 05-21 05-21 12-27 12-27",
    2025: "01-02 04-22 04-22 04-22 04-22 05-02 05-30 05-19 06-10 06-10 12-29 12-29",
    2026: "01-02 04-07 04-07 04-07 04-07 05-04 05-15 05-18 05-26 05-26 12-28 12-28",
    2027: "01-04 03-30 03-30 03-30 03-30 05-03 05-07 05-18 05-18 05-18 12-27 12-27",
}


def days(year: int, written: str) -> list[date]:
    return [date.fromisoformat(f"{year}-{day}") for day in written.split()]


ROLLS = [
    pair for year in HOLIDAYS for pair in zip(days(year, HOLIDAYS[year]), days(year, NEXT[year]), strict=True)
]


@pytest.mark.parametrize("year", HOLIDAYS)
def test_b_14_the_holidays_are_those_written_by_hand_and_no_others(year: int) -> None:
    """B.14: with Saturdays and Sundays, every day of the year; Christmas Eve and New Year's Eve are working days."""
    first = date(year, 1, 1)
    whole = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    by_hand = set(days(year, HOLIDAYS[year]))
    assert public_holidays(year) == by_hand
    assert [day for day in whole if LAW.rests(day)] == [
        day for day in whole if day in by_hand or day.isoweekday() in (6, 7)
    ]


@pytest.mark.parametrize(("due", "end"), ROLLS)
def test_b_14_a_deadline_that_ends_on_a_holiday_ends_on_the_next_working_day(due: date, end: date) -> None:
    """B.14: when the rule says so; else it stands."""
    start = due - timedelta(days=14)
    assert LAW.deadline(start, days=14, roll_to_workday=True) == end
    assert LAW.deadline(start, days=14, roll_to_workday=False) == due


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 11, 27), date(2026, 12, 28)),
        (date(2026, 12, 4), date(2027, 1, 4)),
        (date(2027, 2, 25), date(2027, 3, 30)),
        (date(2027, 4, 19), date(2027, 5, 18)),
        (date(2026, 11, 26), date(2026, 12, 24)),
    ],
)
def test_b_14_four_weeks_to_complain(start: date, end: date) -> None:
    """B.14: the vectors of ``law.md``, Christmas Eve among them."""
    assert LAW.deadline(start, days=28, roll_to_workday=True) == end


@pytest.mark.parametrize("day", [date(2038, 4, 26), date(2101, 4, 18), date(2199, 4, 15), date(2199, 5, 17)])
def test_b_14_holidays_are_known_in_every_year_the_command_line_takes(day: date) -> None:
    """The latest Easter Monday possible, and years after 2100, where the library alone gives none."""
    assert day.isoweekday() not in (6, 7)
    assert LAW.rests(day)


def test_a_year_is_built_once() -> None:
    """Reminders ask for many days."""
    public_holidays.cache_clear()
    for n in range(365):
        LAW.rests(date(2026, 1, 1) + timedelta(days=n))
    assert public_holidays.cache_info().misses == 1


def test_the_library_is_not_loaded_before_a_deadline_asks() -> None:
    """It takes a quarter of a second, which no other command should wait for."""
    asks = "import sys, pipeline.cli, pipeline.municipalities as m; m.Law, m.load_municipalities; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asks], cwd=ROOT, check=False).returncode == 0
