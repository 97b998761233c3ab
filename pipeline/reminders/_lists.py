"""What the archive calls restanse (was due, is not answered) and forfall (falls due soon), and the June round's missing reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.domain import Case
from pipeline.municipalities import DateSource, Municipalities
from pipeline.reminders._sources import View
from pipeline.reminders._steps import Step, threads, too_late, view_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """One thing nobody has answered. ``due`` is its deadline; ``who`` the coordinator or service it waits for."""

    case: str
    municipality: str
    rule: str
    what: str
    due: date
    who: str


def overdue(cases: Iterable[Case], municipalities: Municipalities, on: date) -> list[Standing]:
    """Restanse: what was due before a day and is not answered, the oldest first."""
    found = [one for one in _standing(cases, municipalities, on) if one.due < on]
    return sorted(found, key=lambda one: (one.due, one.case, one.rule))


def upcoming(cases: Iterable[Case], municipalities: Municipalities, on: date, days: int) -> list[Standing]:
    """Forfall: what falls due from a day and so many days on, the first first."""
    last = on + timedelta(days=days)
    found = [one for one in _standing(cases, municipalities, on) if on <= one.due <= last]
    return sorted(found, key=lambda one: (one.due, one.case, one.rule))


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """A team whose yearly report is missing. ``last_step``: no more reminders follow, so a person must see to it."""

    case: str
    municipality: str
    service: str
    coordinator: str
    year: int
    due: date
    last_step: bool


def missing_reports(
    cases: Iterable[Case], municipalities: Municipalities, year: int, on: date
) -> Iterator[Missing]:
    """Teams that owe a report for a year and have not sent it (T-4), as they stand now; the escalation list after the last step."""
    day = min(on, date(year, 12, 31)) if on.year >= year else date(year, 1, 1)
    for case in cases:
        for view, steps in _annual(case, municipalities, day):
            coordinator = case.coordinator
            yield Missing(
                case=case.id,
                municipality=case.municipality,
                service=coordinator.service if coordinator is not None else "",
                coordinator=coordinator.name if coordinator is not None else "",
                year=year,
                due=steps[-1].deadline,
                last_step=all(step.on <= on for step in steps) and view.on.year == year,
            )


def _annual(case: Case, municipalities: Municipalities, day: date) -> Iterator[tuple[View, list[Step]]]:

    for rule in municipalities.reminders:
        if rule.source is DateSource.REPORT_YEAR:
            view = view_of(case, municipalities, rule, day)
            for steps in threads(view) if view is not None else ():
                if view is not None and steps:
                    yield view, steps


def _standing(cases: Iterable[Case], municipalities: Municipalities, on: date) -> Iterator[Standing]:
    for case in cases:
        seen: set[tuple[str, date]] = set()
        for rule in municipalities.reminders:
            view = view_of(case, municipalities, rule, on)
            for steps in threads(view) if view is not None else ():
                for step in steps[-1:]:
                    # One thing that several people are told of is one line.
                    if not too_late(step, on) and (rule.what, step.deadline) not in seen:
                        seen.add((rule.what, step.deadline))
                        yield Standing(
                            case=case.id,
                            municipality=case.municipality,
                            rule=rule.id,
                            what=rule.what,
                            due=step.deadline,
                            who=_waits_for(case),
                        )


def _waits_for(case: Case) -> str:
    if case.awaiting is not None:
        return case.awaiting.service
    return case.coordinator.name if case.coordinator is not None else ""
