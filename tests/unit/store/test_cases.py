"""Cases: whole in, whole out, and nothing that was ever so is deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import text

from pipeline.domain import EventKind, Measure, Phase, Plan, Team
from pipeline.errors import InputError, RefusedError, SkjemaflytError
from pipeline.store import Register, Store
from tests.unit.store.made import TOWN, arrival, case, event, full_case, person


def test_a_full_case_comes_back_as_it_was_saved(register: Register) -> None:
    register.save_case(full_case(), [])
    assert register.case("2026/1") == full_case()
    assert list(register.cases()) == [full_case()]


def test_case_ids_count_within_the_year_over_all_municipalities(register: Register) -> None:
    towns = (TOWN, "utvik", TOWN)
    assert [register.next_case_id(t, 2026) for t in towns] == ["2026/1", "2026/2", "2026/3"]
    assert register.next_case_id(TOWN, 2027) == "2027/1"
    assert [register.next_person_id() for _ in range(2)] == ["P1", "P2"]


def test_cases_are_listed_as_people_count(register: Register) -> None:
    for identity in ("2026/10", "2026/9", "2025/100", "annen"):
        register.save_case(case(identity, person=person(f"P{identity}")), [])
    ids = ["2025/100", "2026/9", "2026/10", "annen"]
    assert [c.id for c in register.cases()] == ids
    assert [c.id for c in register.case_summaries()] == ids


def test_lists_are_by_municipality_and_phase(register: Register) -> None:
    register.save_case(case("2026/1", phase=Phase.ACTIVE), [])
    register.save_case(case("2026/2", municipality="utvik", person=person("P2")), [])
    assert [c.id for c in register.cases(municipality=TOWN)] == ["2026/1"]
    assert [c.id for c in register.case_summaries(phase=Phase.RECEIVED)] == ["2026/2"]
    assert [c.id for c in register.cases_of_person("P2")] == ["2026/2"]


def test_a_child_left_out_counts_no_more_but_stays(register: Register, store: Store) -> None:
    whole = full_case()
    register.save_case(whole, [])
    less = replace(whole, contacts=whole.contacts[1:], team=None, plan=None)
    register.save_case(less, [])
    assert register.case("2026/1") == less
    register.save_case(whole, [])
    assert register.case("2026/1") == whole


def test_every_version_of_team_and_plan_is_kept(store: Store) -> None:
    with store.transaction() as register:
        for established, exists in ((None, None), (date(2026, 1, 1), None), (date(2026, 1, 1), True)):
            register.save_case(case(team=Team(established_on=established), plan=Plan(exists=exists)), [])
        register.save_case(case(), [])
    with store._reading.connect() as connection:
        teams = connection.execute(text("SELECT number, known, established_on FROM team ORDER BY number"))
        assert [tuple(row) for row in teams] == [(1, 1, None), (2, 1, "2026-01-01"), (3, 0, None)]
        assert connection.execute(text("SELECT count(*) FROM plan")).scalar() == 3


def test_a_case_keeps_its_municipality_and_person(register: Register) -> None:
    register.save_case(case(), [])
    for other in (
        case(municipality="utvik"),
        case(person=person("P2")),
        case("2026/2", municipality="utvik"),
    ):
        with pytest.raises(RefusedError):
            register.save_case(other, [])


def test_two_children_of_one_id_are_refused(register: Register) -> None:
    twice = full_case().contacts[:1] * 2
    with pytest.raises(RefusedError):
        register.save_case(case(contacts=twice), [])


def test_the_latest_case_says_who_the_person_is(register: Register) -> None:
    register.save_case(case("2026/1"), [])
    register.save_case(case("2026/2", person=person(name="Tuva Sand", address="Bakken 1")), [])
    found = register.case("2026/1")
    assert found is not None
    assert found.person == register.person("P1")
    assert found.person.name == "Tuva Sand"
    assert register.person("P9") is None


def test_open_tasks_over_all_cases(register: Register) -> None:
    register.save_case(full_case(), [])
    register.save_case(case("2026/2", municipality="utvik", person=person("P2")), [])
    assert [(c, t.id) for c, t in register.open_tasks()] == [("2026/1", "t1")]
    assert list(register.open_tasks(municipality="utvik")) == []


def test_events_come_in_order_by_case_and_by_document(register: Register) -> None:
    register.record_arrival(arrival("a"), municipality=TOWN)
    opened = event("2026/1", data={"day": "2026-01-01", "nested": {"list": [1, None, True]}})
    noted = event("2026/1", EventKind.NEED_NOTIFIED, cause="appoint")
    register.save_case(case(), [opened, noted])
    assert list(register.events(case="2026/1")) == [opened, noted]
    assert list(register.events(document="D1")) == [opened]
    with pytest.raises(RefusedError):
        register.save_case(case(), [event("2026/2")])


@pytest.mark.parametrize("statement", ["UPDATE event SET actor = 'x'", "DELETE FROM event"])
def test_events_cannot_be_altered(store: Store, statement: str) -> None:
    with store.transaction() as register:
        register.save_case(case(), [event("2026/1")])
    with store._writing.connect() as connection, pytest.raises(Exception, match="append-only"):
        connection.execute(text(statement))
    with store.reading() as register:
        assert len(list(register.events())) == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"opened_on": datetime(2026, 1, 1)},
        {"opened_on": "2026-01-01"},
        {"need": None},
        {"need": 5},
        {"need": "half \ud800 pair"},
        {"requested": ("coordinator",)},
        {"requested": [Measure.COORDINATOR]},
        {"services": ("a", 1)},
        {"phase": "received"},
        {"person": person(protected=1)},
        {"person": person(birth_date="2014-11-03")},
    ],
)
def test_what_the_types_do_not_allow_is_refused_and_nothing_is_kept(store: Store, odd: dict) -> None:
    with pytest.raises(SkjemaflytError) as caught, store.transaction() as register:
        register.save_case(case(**odd), [])
    assert "Tuva" not in str(caught.value)
    assert caught.value.__suppress_context__
    with store.reading() as register:
        assert list(register.cases()) == []


@pytest.mark.parametrize("at", [datetime(2026, 1, 1), "2026-01-01", None])
def test_times_without_a_zone_are_refused(store: Store, at: object) -> None:
    with pytest.raises(SkjemaflytError), store.transaction() as register:
        register.save_case(case(), [event("2026/1", at=at)])


def test_what_json_cannot_say_is_refused(store: Store) -> None:
    for data in ({"x": object()}, {"x": float("nan")}, {"x": "\udfff"}, {"x": datetime(2026, 1, 1)}):
        with pytest.raises(InputError), store.transaction() as register:
            register.save_case(case(), [event("2026/1", data=data)])
