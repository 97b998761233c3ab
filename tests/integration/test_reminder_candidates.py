"""The store's questions find every case in which something is due: the rules over them say what they say over the whole register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from pipeline.casework import civil_parties
from pipeline.domain import Case, Matter, MatterKind, Measure, Party, Person, Phase
from pipeline.flow._seeking import candidates
from pipeline.municipalities import Audience
from pipeline.reminders import due, overdue, questions, upcoming
from pipeline.store import Store
from tests.unit.casework.material import ALL, STAFF, group_consent, named, opened, situation, take, with_team

PEOPLE = dict.fromkeys(ALL, STAFF)
DAYS = (
    date(2026, 12, 26),
    date(2027, 2, 15),
    date(2027, 5, 1),
    date(2027, 6, 20),
    date(2027, 11, 1),
    date(2027, 12, 1),
    date(2031, 9, 15),
    date(2032, 2, 29),
    date(2032, 9, 20),
    date(2034, 3, 1),
)


def _cases() -> Iterator[Case]:
    """Every sort of case, in every municipality; none is another's."""
    made: list[Case] = []
    for key in ALL:
        whole = replace(with_team("orland", established_on=date(2025, 9, 1)), municipality=key)
        consented = replace(
            take(with_team("orland", established_on=date(2025, 9, 1)), group_consent(), document="d8").case,
            municipality=key,
        )
        (one,) = [a for a in whole.appointments if a.to_date is None]
        made += [
            whole,
            consented,
            replace(consented, phase=Phase.CLOSED),
            replace(whole, appointments=(replace(one, deputy_name="Pål Aune"),)),
            replace(whole, appointments=(replace(one, measure=Measure.CHILD_COORDINATOR),)),
            replace(opened(), municipality=key, phase=Phase.ASSESSMENT, notified_on=date(2026, 11, 20)),
        ]
        for birth in (date(2016, 2, 29), date(2016, 3, 31), date(2014, 8, 31), date(2015, 5, 2)):
            made.append(replace(whole, person=replace(whole.person, birth_date=birth)))
        made.append(
            replace(
                opened(),
                municipality=key,
                person=Person(id="", name="Familien Lie", due_date=date(2026, 12, 1), family=True),
            )
        )
        for kind in MatterKind:
            for number, ended in enumerate((None, date(2027, 1, 5))):
                day = date(2027, 2, 15) + timedelta(days=7 * number)
                matter = Matter(id="x1", kind=kind, on=day, due=day + timedelta(days=14), done_on=ended)
                made.append(replace(consented, matters=(matter,)))
                if ended is None and kind in (MatterKind.COMPLAINT, MatterKind.DEVIATION):
                    made += [
                        replace(consented, matters=(matter,), phase=phase)
                        for phase in (Phase.CLOSED, Phase.REFUSED, Phase.TERMINATED, Phase.MERGED)
                    ]
    made.append(named(opened("sondre_land"), situation("sondre_land", date(2026, 12, 11)), name="").case)
    for number, case in enumerate(made, start=1):
        person = replace(case.person, id=f"P{number}")
        yield replace(case, id=f"2026/{number}", person=person)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A register that holds them all."""
    path = tmp_path_factory.mktemp("register") / "register.db"
    Store.upgrade(path)
    store = Store.open(path)
    with store.transaction() as change:
        for case in _cases():
            change.save_case(case, ())
    yield store
    store.close()


@pytest.mark.parametrize("on", DAYS)
def test_c_5_nothing_that_is_due_is_missed_by_the_indexes(register: Store, on: date) -> None:
    """C.5: what the store's questions find is enough, for the run and for the lists."""

    def civil(case: Case, audience: Audience) -> tuple[tuple[Party, ...], str]:
        return civil_parties(case, ALL.law, on, audience)

    with register.reading() as read:
        every = list(read.cases())
        found = list(candidates(read, questions(ALL, on)))
        listed = list(candidates(read, questions(ALL, on, listing=True)))
        soon = list(candidates(read, questions(ALL, on, ahead=30, listing=True)))
    expected = [(d.key, d.case) for d in due(every, ALL, on, staff=PEOPLE, civil=civil)]
    assert [(d.key, d.case) for d in due(found, ALL, on, staff=PEOPLE, civil=civil)] == expected
    assert expected
    # Of those that have ended, only such as have something that goes on (B.2, B.12) are read.
    assert all(case.open or any(m.open for m in case.matters) for case in found)
    assert overdue(listed, ALL, on) == overdue(every, ALL, on)
    assert upcoming(soon, ALL, on, 30) == upcoming(every, ALL, on, 30)


def test_c_5_what_was_made_before_is_not_read_again(register: Store) -> None:
    """Speed: a day after the June round no team is read for it; one whose reminder isn't made is."""
    on = date(2027, 6, 20)
    with register.reading() as read:
        (asked,) = [q for q in questions(ALL, on, new_only=True) if q.rule == "T-4"]
        before = read.active_teams(
            asked.municipality, unreported=asked.year, claimed=("T-4", str(asked.claimed))
        )
    first, *rest = before
    with register.transaction() as change:
        for case in rest:
            assert change.claim_reminder(case, "T-4", str(asked.claimed), date(2027, 6, 1), situation().now)
    with register.reading() as read:
        after = read.active_teams(
            asked.municipality, unreported=asked.year, claimed=("T-4", str(asked.claimed))
        )
    assert rest
    assert after == [first]


@pytest.mark.parametrize("on", [date(2027, 6, 20), date(2032, 9, 20)])
def test_c_5_each_rule_finds_its_own_cases(register: Store, on: date) -> None:
    """C.5, R-51, T-18: no rule leans on another's question; a consent that lapsed with age is found as missing."""
    with register.reading() as read:
        every = list(read.cases())
        wanted = [(d.rule, d.case) for d in due(every, ALL, on, staff=PEOPLE)]
        for rule in {rule for rule, _ in wanted}:
            asked = [one for one in questions(ALL, on) if one.rule == rule]
            found = {case.id for case in candidates(read, asked)}
            assert {case for known, case in wanted if known == rule} <= found, rule
    assert "R-51" in {rule for rule, _ in wanted}
