"""The reminder clock: whatever days the runs come on, no step is made twice and none is skipped for good (T-1, T-4, T-18)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain import Matter, MatterKind, Phase
from pipeline.flow import _running
from pipeline.flow._running import Runner
from pipeline.municipalities import Cadence
from pipeline.reminders import Due, cadences_between, due, overtakes
from pipeline.reminders._calendar import months_later
from tests.unit.casework.material import ALL, STAFF, named, opened, situation, with_team

OSLO = ZoneInfo("Europe/Oslo")
PEOPLE = dict.fromkeys(ALL, STAFF)

TEAM = with_team(established_on=date(2025, 9, 1))
ASKED = named(opened("sondre_land"), situation("sondre_land", date(2031, 5, 20)), name="").case
LEAP = replace(TEAM, id="2026/9", person=replace(TEAM.person, birth_date=date(2016, 2, 29)))
CASES = (TEAM, ASKED, LEAP)

# The June round of 2031, a leap day, and the days the clocks change in Oslo.
FIRST = date(2031, 4, 20)
days = st.integers(0, 500).map(lambda n: FIRST + timedelta(days=n))
runs = st.lists(days, min_size=1, max_size=25)
EDGES = [date(2031, 6, 1), date(2032, 2, 29), date(2031, 3, 30), date(2031, 10, 26), date(2031, 12, 31)]


class Claims:
    """The store's unique key, and nothing else of it."""

    def __init__(self) -> None:
        self.made: dict[tuple[str, str, str], Due] = {}
        self.order: list[Due] = []

    def run(self, on: date, cadences: frozenset[Cadence] = frozenset(Cadence)) -> list[Due]:
        """One run, as ``flow`` makes it: what was claimed, or overtaken by a later step, is not made."""
        fresh = []
        for one in due(CASES, ALL, on, staff=PEOPLE, cadences=cadences):
            known = [d for d in self.made.values() if (d.case, d.rule) == (one.case, one.rule)]
            key = (one.case, one.rule, one.period)
            if (one.order is None and not one.task) or key in self.made:
                continue
            if any(overtakes(d.period, one) for d in known):
                continue
            self.made[key] = one
            fresh.append(one)
        self.order += fresh
        return fresh


@given(runs)
def test_t_4_t_1_no_step_is_made_twice_and_none_after_a_later_one(sequence: list[date]) -> None:
    """In any order of days, the same day again included: each key once, and within a matter the days only go forward."""
    claims = Claims()
    for on in sequence:
        claims.run(on)
        assert claims.run(on) == []
    for one in claims.order:
        later = claims.order[claims.order.index(one) + 1 :]
        same = [d for d in later if (d.case, d.thread) == (one.case, one.thread) and d.stem != one.stem]
        assert all(d.step > one.step for d in same), (one, same)


@given(st.sets(days, max_size=25), st.sampled_from(EDGES), st.integers(0, 40))
def test_t_4_t_1_whoever_was_asleep_gets_the_newest_step(awake: set[date], edge: date, later: int) -> None:
    """After any downtime a run on a day has made what a program that never slept has as its newest step, for what goes on."""
    end = max([edge, *awake]) + timedelta(days=later)
    slept = Claims()
    for on in sorted(awake):
        slept.run(on)
    slept.run(end)
    steady = list(due(CASES, ALL, end, staff=PEOPLE))
    for one in steady:
        if one.order is not None or one.task:
            assert (one.case, one.rule, one.period) in slept.made


@given(st.lists(days, min_size=1, max_size=40))
def test_c_5_each_week_and_month_is_looked_at_once(sequence: list[date]) -> None:
    """A clock that jumps about: never a day twice nor one that is over; each week and month at its first run."""
    last: date | None = None
    asked: list[tuple[date, frozenset[Cadence]]] = []
    for today in sequence:
        cadences = cadences_between(last, today)
        if cadences:
            assert last is None or today > last
            last = today
            asked.append((today, cadences))
    weeks = [on.isocalendar()[:2] for on, cadences in asked if Cadence.WEEKLY in cadences]
    months = [(on.year, on.month) for on, cadences in asked if Cadence.MONTHLY in cadences]
    assert len(weeks) == len(set(weeks)) == len({on.isocalendar()[:2] for on, _ in asked})
    assert len(months) == len(set(months)) == len({(on.year, on.month) for on, _ in asked})
    assert all({Cadence.DAILY, Cadence.YEARLY} <= cadences for _, cadences in asked)


@given(st.lists(st.integers(-600, 4000), min_size=1, max_size=60), st.sampled_from(EDGES))
def test_the_tick_runs_once_a_day_of_norway_however_the_clock_jumps(jumps: list[int], edge: date) -> None:
    """Minutes forwards and backwards over summer time, leap day and 1 June 2031: once a day, never before the set time."""
    moment = datetime.combine(edge - timedelta(days=1), datetime.min.time(), UTC)
    ran: list[date] = []

    def remind(_desk: object, *, on: date, **_: object) -> list[dict[str, object]]:
        ran.append(on)
        return []

    clock = SimpleNamespace(now=moment)
    desk = SimpleNamespace(now=lambda: clock.now, log=SimpleNamespace(info=lambda *_a, **_k: None))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_running, "remind", remind)
        runner = Runner(
            desk=cast(Any, desk), pause=1, patience=1, look_every=1, watching="polling", remind_at="02:30"
        )
        highest: date | None = None
        for jump in jumps:
            clock.now += timedelta(minutes=jump)
            here = clock.now.astimezone(OSLO)
            before = len(ran)
            runner.tick()
            runner.tick()
            wanted = f"{here:%H:%M}" >= "02:30" and (highest is None or here.date() > highest)
            assert len(ran) - before == wanted
            highest = here.date() if wanted else highest
    assert ran == sorted(set(ran))


def test_t_18_born_on_the_leap_day_is_told_half_a_year_and_a_month_before() -> None:
    """T-18: sixteen on 29 February 2032, so the letters fall on 29 August 2031 and 29 January 2032, and not on the day itself."""
    person = replace(LEAP, phase=Phase.ACTIVE)
    told = [
        (on, one.due)
        for on in (FIRST + timedelta(days=n) for n in range(400))
        for one in due([person], ALL, on, staff=PEOPLE)
        if one.rule == "T-18-koordinator" and one.step == on
    ]
    assert told == [(date(2031, 8, 29), date(2032, 2, 29)), (date(2032, 1, 29), date(2032, 2, 29))]


def test_t_3_a_meeting_is_reminded_of_in_time_for_its_agenda() -> None:
    """T-2, T-3: three weeks before, so that the agenda is out two weeks before; not once it has been."""
    meeting = Matter(id="x1", kind=MatterKind.MEETING, on=date(2031, 6, 22))
    case = replace(TEAM, matters=(meeting,))
    found = [one for one in due([case], ALL, date(2031, 6, 1), staff=PEOPLE) if one.rule == "T-3"]
    (one,) = found
    assert one.order is not None
    assert one.order.facts == {"meeting_on": date(2031, 6, 22), "agenda_due": date(2031, 6, 8)}
    assert not [d for d in due([case], ALL, date(2031, 5, 31), staff=PEOPLE) if d.rule == "T-3"]
    done = replace(case, matters=(replace(meeting, done_on=date(2031, 5, 1)),))
    assert not [d for d in due([done], ALL, date(2031, 6, 1), staff=PEOPLE) if d.rule == "T-3"]


@given(st.dates(date(2014, 1, 1), date(2018, 12, 31)))
def test_t_18_t_21_every_birthday_is_told_of_twice_before_it_in_the_monthly_batch(birth: date) -> None:
    """T-18: whatever the day of birth, the month's batch tells of it half a year and a month before, and never on or after it."""
    case = replace(TEAM, person=replace(TEAM.person, birth_date=birth))
    (start,) = {
        d.due for d in due([case], ALL, months_later(birth, 16 * 12 - 5), staff=PEOPLE) if "T-18" in d.rule
    }
    last: date | None = None
    made: dict[str, date] = {}
    for number in range(220, -3, -1):
        on = start - timedelta(days=number)
        cadences = cadences_between(last, on)
        last = on
        for one in due([case], ALL, on, staff=PEOPLE, cadences=cadences) if cadences else ():
            if one.rule == "T-18-koordinator":
                made.setdefault(one.period, on)
    assert len(made) == 2
    assert all(on < start for on in made.values())
