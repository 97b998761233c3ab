"""How each municipality appoints, who answers for it, and answers that come late (R-20 to R-28, T-1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pipeline.casework import Situation
from pipeline.domain import Case, Employee, Measure, RoleHolding, Staff
from pipeline.errors import RefusedError
from tests.unit.casework.material import (
    DAY,
    OTHER,
    STAFF,
    adult,
    codes,
    form,
    kinds,
    named,
    need,
    opened,
    situation,
    take,
)

ANSWER: dict[str, object] = {
    "recipient.name": "Vilde Brekkås",
    "designation.done": True,
    "designation.not_yet": False,
    "coordinator.name": "Ingunn Sætre",
    "coordinator.service": "Ergoterapi",
    "from_date": "2027-06-01",
    "prepared.time": True,
    "completed_by": "Berit Moe",
    "signed": True,
}
FAMILY = Employee(
    id="e9",
    municipality="sondre_land",
    name="Liv Haug",
    title="barne- og familiekoordinator",
    roles=(RoleHolding(role="child_family_coordinator"),),
)


def asked(key: str, on: date = DAY, where: Situation | None = None) -> Case:
    """A case whose service is asked to name somebody, on a day."""
    return named(opened(key), where or situation(key, on), name="", from_date=on + timedelta(days=30)).case


@pytest.mark.parametrize("key", ["vestre_toten", "sondre_land"])
def test_r_20_where_the_service_names_the_person_it_is_asked(key: str) -> None:
    """R-20, L-001-1: the unit decides the service, its leader names the person."""
    outcome = named(opened(key), situation(key), name="")
    assert kinds(outcome) == [("designation-request", "manager")]
    assert outcome.case.awaiting is not None
    assert (outcome.case.awaiting.reply_due is not None) is (key == "sondre_land")


@pytest.mark.parametrize("key", ["salangen", "orland", "loten"])
def test_r_23_r_24_where_the_unit_appoints_it_says_who(key: str) -> None:
    """R-23, R-24: no service is asked; a name is needed."""
    with pytest.raises(RefusedError, match="oppnevner enheten selv"):
        named(opened(key), situation(key), name="")
    assert named(opened(key), situation(key)).case.coordinator is not None


@pytest.mark.parametrize("key", ["salangen", "orland", "loten"])
def test_r_23_an_answer_nobody_asked_for_appoints_nobody(key: str) -> None:
    """F-001-3, R-23: in the municipalities where the unit appoints, an answer is a task."""
    after = take(opened(key), form("coordinator-designation", ANSWER), situation(key), "d2").case
    assert after.coordinator is None
    assert "designation-not-asked" in codes(after)


@pytest.mark.parametrize("key", ["vestre_toten", "sondre_land"])
def test_t_1_an_answer_appoints_in_both_models_that_ask(key: str) -> None:
    """T-1, R-20: with or without a deadline."""
    after = take(asked(key), form("coordinator-designation", ANSWER), situation(key), "d2").case
    assert after.coordinator is not None
    assert "designation-late" not in codes(after)


@pytest.mark.parametrize(
    ("on", "rolls", "due"),
    [
        # Palm Sunday week: 14 days on is the Thursday before Easter, a day of rest.
        (date(2027, 3, 11), False, date(2027, 3, 25)),
        (date(2027, 3, 11), True, date(2027, 3, 30)),
        # 14 days on is the first day of Christmas, a Friday; then Saturday and Sunday.
        (date(2026, 12, 11), False, date(2026, 12, 25)),
        (date(2026, 12, 11), True, date(2026, 12, 28)),
    ],
)
def test_t_1_answers_around_the_deadline_over_easter_and_christmas(on: date, rolls: bool, due: date) -> None:
    """T-1, C.7: the day before and the day itself are in time; the day after counts too, and the one it was lifted to is told."""
    profile = situation("sondre_land").profile
    ways = replace(profile, appointment=replace(profile.appointment, roll_to_workday=rolls))
    case = asked("sondre_land", on, situation("sondre_land", on, profile=ways))
    assert case.awaiting is not None
    assert case.awaiting.reply_due == due
    for days, late in ((-1, False), (0, False), (1, True)):
        where = situation("sondre_land", due + timedelta(days=days), profile=ways)
        after = take(case, form("coordinator-designation", ANSWER), where, "d2").case
        assert after.coordinator is not None
        assert ("designation-late" in codes(after)) is late
    # What counts is the day it came, not the day somebody read it.
    read = situation("sondre_land", due + timedelta(days=9), profile=ways, received_on=due)
    assert "designation-late" not in codes(
        take(case, form("coordinator-designation", ANSWER), read, "d2").case
    )


@pytest.mark.parametrize(("key", "appointed"), [("vestre_toten", False), ("sondre_land", True)])
def test_r_26_r_28_an_answer_that_names_somebody_outside_the_staff_list(key: str, appointed: bool) -> None:
    """R-26, R-28: refused where an employee is required, else appointed and asked about."""
    outside = form("coordinator-designation", ANSWER | {"coordinator.name": "Per Privat"})
    after = take(asked(key), outside, situation(key), "d2").case
    assert (after.coordinator is not None) is appointed
    found = {t.code: t for t in after.tasks if t.done_on is None}
    if appointed:
        assert "coordinator-not-employee" in found
    else:
        assert found["designation-not-appointed"].rule == "R-28"
        assert after.awaiting is not None


@pytest.mark.parametrize(("key", "words"), [("orland", "privat aktør"), ("loten", "kommunalt ansatt")])
def test_r_26_r_27_a_private_actor_is_possible_where_the_profile_says_so(key: str, words: str) -> None:
    """R-26, R-27: a warning says what to look for."""
    after = named(opened(key), situation(key), name="Per Privat").case
    task = next(t for t in after.tasks if t.code == "coordinator-not-employee")
    assert words in task.text
    with pytest.raises(RefusedError, match=r"R-26"):
        named(opened("salangen"), situation("salangen"), name="Per Privat")


@pytest.mark.parametrize(
    ("birth", "measure", "responsible"),
    [
        ("2016-03-01", Measure.COORDINATOR, "e9"),
        ("2008-11-23", Measure.COORDINATOR, "e9"),
        ("2008-11-22", Measure.COORDINATOR, None),
        ("2016-03-01", Measure.CHILD_COORDINATOR, None),
    ],
)
def test_r_22_who_answers_for_the_letters_follows_age_and_measure(
    birth: str, measure: Measure, responsible: str | None
) -> None:
    """R-22: a child's coordinator by the child and family coordinator until the eighteenth birthday, all else by the unit."""
    where = situation("sondre_land", staff=Staff(employees=(*STAFF.employees, FAMILY)))
    told = need() if birth == "2016-03-01" else adult(recipient__birth_date=birth)
    outcome = named(opened("sondre_land", told), where, measure=measure)
    assert {order.facts.get("responsible") for order in outcome.letters} == {responsible}
    assert not codes(outcome.case) & {"decider-missing", "decider-unknown"}


def test_r_22_a_role_nobody_holds_is_a_task() -> None:
    """R-22: nobody is put in the role's place; and where the age is unknown, a person says whose it is."""
    where = situation("sondre_land")
    missing = named(opened("sondre_land"), where)
    assert "decider-missing" in codes(missing.case)
    assert not any("responsible" in order.facts for order in missing.letters)
    ageless = opened("sondre_land", need(recipient__birth_date=None))
    assert "decider-unknown" in codes(named(ageless, where).case)
    unborn = opened("sondre_land", need(recipient__birth_date=None, recipient__due_date="2027-02-01"))
    assert "decider-missing" in codes(named(unborn, where).case)
    grown = opened("sondre_land", adult())
    assert not codes(named(grown, where).case) & {"decider-missing", "decider-unknown"}


@pytest.mark.parametrize(("key", "asks"), [("vestre_toten", True), ("salangen", True), ("loten", False)])
def test_r_25_a_wish_that_is_not_followed_is_explained(key: str, asks: bool) -> None:
    """R-25: the wish is heard, weighs or takes part; a person says why another was chosen."""
    where = situation(key)
    wished = opened(key, need(proposed_coordinator="Pål Aune, fysioterapeut"))
    assert ("wish-not-followed" in codes(named(wished, where).case)) is asks
    followed = named(wished, where, name=OTHER.name, service=OTHER.service).case
    assert "wish-not-followed" not in codes(followed)
    assert "wish-not-followed" not in codes(named(wished, where, reasons="Kjenner saken best.").case)
