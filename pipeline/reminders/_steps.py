"""When a case's reminders fall due: the steps of every rule, each with its day and the period that makes it once only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.domain import Case
from pipeline.municipalities import Every, Municipalities, Profile, ReminderRule, ReminderStep
from pipeline.reminders._calendar import in_year, months_later, week_of
from pipeline.reminders._profile import amounts, month_days, says
from pipeline.reminders._sources import Occasion, View, occasions
from pipeline.reminders._stops import stopped


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One day on which something is to be said. ``deadline`` is what it is about; ``period`` makes it once only.

    ``thread``: what the periods of the steps that follow each other in the same matter begin with.
    """

    on: date
    deadline: date
    period: str
    thread: str
    occasion: Occasion
    says: ReminderStep


def view_of(case: Case, municipalities: Municipalities, rule: ReminderRule, on: date) -> View | None:
    """The case as a rule sees it; None when its municipality has no such rule."""
    profile = municipalities[case.municipality]
    if not says(profile, rule.where):
        return None
    return View(case=case, profile=profile, law=municipalities.law, rule=rule, on=on)


def threads(view: View) -> Iterator[list[Step]]:
    """For each thing the rule is about and nobody has answered: its steps, in order."""
    for occasion in occasions(view):
        if not stopped(view, occasion):
            yield steps_of(view, occasion)


def steps_of(view: View, occasion: Occasion) -> list[Step]:
    """The steps of one occasion, in order."""
    found: list[Step] = []
    for said in view.rule.steps:
        if says(view.profile, said.where):
            if view.rule.every is not None:
                label, day = _returns(view.rule.every, view.on)
                days = [(label, max(day, occasion.day))]
            else:
                days = [(_period(occasion, day), day) for day in days_of(said, view.profile, occasion.day)]
            found += [
                Step(
                    on=day,
                    deadline=occasion.deadline or day,
                    period=period,
                    thread="" if view.rule.every is not None or not occasion.id else f"{occasion.id}:",
                    occasion=occasion,
                    says=said,
                )
                for period, day in days
            ]
    return sorted(found, key=lambda step: step.on)


def days_of(said: ReminderStep, profile: Profile, base: date) -> list[date]:
    """The days of a step that counts from a day; none when the profile is silent."""
    if said.on:
        return [in_year(base.year, day) for day in month_days(profile, said.on)]
    sign = -1 if said.before is not None else 1
    amount = said.before if said.before is not None else said.after
    counted = amounts(profile, amount) if amount is not None else (0,)
    extra = timedelta(days=said.plus)
    if said.months:
        return [months_later(base, sign * months) + extra for months in counted]
    return [base + timedelta(days=sign * days) + extra for days in counted]


def newest(steps: list[Step], on: date) -> Step | None:
    """Of the steps that a day has reached the newest, which stands for all; None when there is none, or it comes too late."""
    reached = [step for step in steps if step.on <= on]
    if not reached:
        return None
    return None if too_late(reached[-1], on) else reached[-1]


def too_late(step: Step, on: date) -> bool:
    """Whether a day is past the time when the step may still be made."""
    late = step.says.late_days
    return (late is not None and on > step.on + timedelta(days=late)) or (
        step.says.lapses and on >= step.occasion.day
    )


def _period(occasion: Occasion, day: date) -> str:
    return f"{occasion.id}:{day.isoformat()}" if occasion.id else day.isoformat()


def _returns(every: Every, on: date) -> tuple[str, date]:
    if every is Every.WEEK:
        return week_of(on)
    if every is Every.MONTH:
        return f"{on:%Y-%m}", on.replace(day=1)
    return str(on.year), date(on.year, 1, 1)
