"""Which cases may have something due, as questions an index can answer: a day's run reads those cases and no others.

A question may find too many cases, never too few: the rules decide on what is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.municipalities import Cadence, DateSource, Every, Municipalities, Profile, ReminderRule
from pipeline.reminders._calendar import in_year, months_later, week_of
from pipeline.reminders._due import EVERY_CADENCE
from pipeline.reminders._profile import amounts, month_days, phases, says, value_of
from pipeline.reminders._steps import days_of

_SLACK = timedelta(days=4)
"""What months of unequal length and leap days may move a day when it is reckoned backwards."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """Which cases of a municipality to look at under a rule. ``since`` and ``until``: between which days the source's day lies.

    ``year``: whose report is asked for. ``claimed``: a period that is the same for every case; those that have it need no look. ``consents``:
    the kinds a team must have; ``ages``: of own consent and majority, at which one lapses (T-18, T-20). ``closed``: cases that have ended too.
    """

    source: DateSource
    municipality: str
    rule: str
    since: date | None = None
    until: date | None = None
    year: int | None = None
    claimed: str | None = None
    consents: tuple[str, ...] = ()
    ages: tuple[int, int] = (16, 18)
    closed: bool = False


def questions(
    municipalities: Municipalities,
    on: date,
    *,
    cadences: frozenset[Cadence] = EVERY_CADENCE,
    ahead: int = 0,
    new_only: bool = False,
    listing: bool = False,
) -> Iterator[Question]:
    """Where to look for what is due by a day, and ``ahead`` days more. ``new_only``: leave out what was made before.

    ``listing``: also what only the lists show.
    """
    for key in municipalities:
        profile = municipalities[key]
        for rule in municipalities.reminders:
            told = listing or any(step.letter or step.task for step in rule.steps)
            if told and rule.cadence in cadences and says(profile, rule.where):
                if rule.source is DateSource.LIFE_PHASE:
                    yield from _life_phases(profile, rule, on, on + timedelta(days=ahead), listing)
                    continue
                question = _question(profile, rule, on, timedelta(days=ahead), new_only, listing)
                if question is not None:
                    yield replace(question, closed=rule.closed)


def _question(
    profile: Profile, rule: ReminderRule, on: date, ahead: timedelta, new_only: bool, listing: bool
) -> Question | None:
    last = on + ahead
    if rule.source is DateSource.REPORT_YEAR:
        days = [
            in_year(on.year, day)
            for said in rule.steps
            for day in month_days(profile, said.on)
            if says(profile, said.where)
        ]
        reached = [day for day in days if day <= last]
        if not reached and not ahead:
            return None
        claimed = max(reached).isoformat() if reached and new_only else None
        return Question(
            source=rule.source, municipality=profile.key, rule=rule.id, year=on.year, claimed=claimed
        )
    if rule.source is DateSource.STATISTICS_DAY:
        return _statistics(profile, rule, on, last, new_only)
    if rule.every is not None:
        claimed = week_of(on)[0] if rule.every is Every.WEEK and new_only else None
        return Question(
            source=rule.source,
            municipality=profile.key,
            rule=rule.id,
            until=last,
            claimed=claimed,
            consents=_consents(profile),
            ages=(profile.ages.consent, profile.ages.majority),
        )
    if rule.source is DateSource.MEETINGS_IN_YEAR:
        return Question(source=rule.source, municipality=profile.key, rule=rule.id, until=last)
    since, until = _window(profile, rule, on, last)
    if until is None:
        return None
    if listing:
        # A deadline may come before the first reminder of it.
        until = max(until, last)
    if rule.source is DateSource.BIRTHDAY:
        years = value_of(profile, rule.age)
        if not isinstance(years, int):
            return None
        since = months_later(since, -12 * years) if since is not None else None
        until = months_later(until, -12 * years)
    return Question(
        source=rule.source,
        municipality=profile.key,
        rule=rule.id,
        since=since - _SLACK if since is not None else None,
        until=until + _SLACK,
    )


def _life_phases(
    profile: Profile, rule: ReminderRule, on: date, last: date, listing: bool
) -> Iterator[Question]:
    """Asked of the years of birth that come to a transition in the window, each by itself."""
    since, until = _window(profile, rule, on, last)
    if until is None:
        return
    first, until = since or on, max(until, last) if listing else until
    for year in range(first.year, until.year + 1):
        if first <= in_year(year, profile.phases.starts_on) <= until + _SLACK:
            for _, age in phases(profile):
                yield Question(
                    source=rule.source,
                    municipality=profile.key,
                    rule=rule.id,
                    since=date(year - age, 1, 1),
                    until=date(year - age, 12, 31),
                )


def _statistics(
    profile: Profile, rule: ReminderRule, on: date, last: date, new_only: bool
) -> Question | None:
    """Asked of every case with a coordinator, but only while a step of some year stands."""
    for year in (on.year - 1, on.year, on.year + 1):
        base = in_year(year, profile.statistics.as_of)
        for said in rule.steps:
            mark = f":{said.to[0]}" if len(said.to) > 1 else ""
            for day in days_of(said, profile, base):
                late = said.late_days
                if day <= last and (late is None or on <= day + timedelta(days=late)):
                    claimed = f"{year}:{day.isoformat()}{mark}" if new_only else None
                    return Question(
                        source=rule.source, municipality=profile.key, rule=rule.id, claimed=claimed
                    )
    return None


def _consents(profile: Profile) -> tuple[str, ...]:
    wanted = (
        ("establish", profile.consent.team_written_required),
        ("register", profile.consent.registration_required),
    )
    return tuple(kind for kind, required in wanted if required)


def _window(profile: Profile, rule: ReminderRule, on: date, last: date) -> tuple[date | None, date | None]:
    """Between which days the source's day must lie for some step to have been reached and not be too late."""
    starts: list[date | None] = []
    ends: list[date] = []
    for said in rule.steps:
        if not says(profile, said.where):
            continue
        sign = 1 if said.before is not None else -1
        amount = said.before if said.before is not None else said.after
        for count in amounts(profile, amount) if amount is not None else (0,):
            late = said.late_days
            for day, found in ((last, ends), (on, starts)):
                back = day - timedelta(days=said.plus)
                base = (
                    months_later(back, sign * count) if said.months else back + timedelta(days=sign * count)
                )
                if found is ends:
                    ends.append(base)
                elif said.lapses:
                    starts.append(on)
                else:
                    starts.append(base - timedelta(days=late) if late is not None else None)
    known = [day for day in starts if day is not None]
    since = min(known) if known and len(known) == len(starts) else None
    return since, max(ends, default=None)
