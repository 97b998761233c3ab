"""When a case's reminders fall due: the steps of the yearly report (T-4) and of an unanswered designation (T-1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.domain import Appointment, Case
from pipeline.municipalities import Law, Profile

ANNUAL = "T-4"
DESIGNATION = "T-1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One day on which something is to be said. ``deadline`` is what it is about; ``period`` makes it once only."""

    on: date
    kind: str
    rule: str
    period: str
    deadline: date


def annual_steps(case: Case, profile: Profile, law: Law, year: int) -> Iterator[Step]:
    """The steps of a year's report, in order; none when the team owes no report that year."""
    rules = profile.annual
    if rules.mode != "push" or not rules.due or not _owes(case, profile, year):
        return
    deadline = law.deadline(_day(year, rules.due), days=0, roll_to_workday=rules.roll_to_workday)
    days = [(day, "reminder-annual-before") for day in rules.remind_on]
    days += [(day, "reminder-annual-after") for day in rules.overdue_on]
    for month_day, kind in sorted(days):
        on = _day(year, month_day)
        yield Step(on=on, kind=kind, rule=ANNUAL, period=on.isoformat(), deadline=deadline)


def _owes(case: Case, profile: Profile, year: int) -> bool:
    team = case.team
    if not case.open or team is None or not team.active:
        return False
    if any(report.year == year for report in case.annual_reports):
        return False
    exempt = profile.annual.exempt_established_after
    established = team.established_on
    if established is None:
        return True
    return established.year < year or (
        established.year == year and (not exempt or established <= _day(year, exempt))
    )


def designation_steps(case: Case, profile: Profile) -> Iterator[Step]:
    """The steps of an appointment whose service has not named anybody, in order; none without a deadline."""
    waiting = case.awaiting
    if not case.open or waiting is None or waiting.reply_due is None:
        return
    rules, due = profile.appointment, waiting.reply_due
    for days in sorted(rules.reminders_before_days, reverse=True):
        yield _designation(waiting, due - timedelta(days=days), "reminder-designation", due)
    after = due + timedelta(days=rules.escalation_after_days + 1)
    kind = "escalation-designation" if rules.escalation_role else "reminder-designation"
    yield _designation(waiting, after, kind, due)


def _designation(waiting: Appointment, on: date, kind: str, due: date) -> Step:
    return Step(on=on, kind=kind, rule=DESIGNATION, period=f"{waiting.id}:{on.isoformat()}", deadline=due)


def _day(year: int, month_day: str) -> date:
    return date.fromisoformat(f"{year}-{month_day}")
