"""Refusing: with reasons, in whole or in part, without losing what else is granted (C.2, C.4, R-3, R-9, R-11)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.casework import Outcome, Situation, assess, refuse
from pipeline.domain import Case, MatterKind, Measure, Phase, Plan
from pipeline.errors import RefusedError
from tests.unit.casework.material import (
    DAY,
    adult,
    codes,
    kinds,
    named,
    need,
    opened,
    situation,
    take,
    with_team,
)

WHY = "Behovet dekkes av én tjeneste."
BOTH = {"requested.individual_plan": True}


def refused(
    case: Case, measure: Measure = Measure.COORDINATOR, where: Situation | None = None, why: str = WHY
) -> Outcome:
    """Refuse one measure with reasons."""
    return refuse(case, where or situation(), measure=measure, why=why)


def test_c_4_a_refusal_of_all_that_was_asked_for_ends_the_case() -> None:
    """C.4, L-000-7: the family gets the reasons; the assessment is concluded."""
    outcome = refused(assess(opened(), situation()).case)
    case = outcome.case
    assert (case.phase, case.closed_on) == (Phase.REFUSED, DAY)
    assert kinds(outcome) == [("refusal", "family")]
    assert outcome.letters[0].facts == {
        "measure": "coordinator",
        "reasons": WHY,
        "notified_on": DAY,
        "coordination_offered": False,
        "relay": False,
    }
    (matter,) = case.matters_of(MatterKind.REFUSAL)
    assert (matter.scope, matter.text, matter.open) == (("coordinator",), WHY, False)
    assert not case.matters_of(MatterKind.ASSESSMENT, running=True)
    assert not any(WHY in str(dict(event.data)) for event in outcome.events)


def test_r_9_r_11_relay_and_coordination_are_offered_as_the_municipality_does() -> None:
    """R-9, R-11: the profile's relay is a fact of the letter; a person may offer coordination elsewhere too."""
    where = situation("vestre_toten")
    (order,) = refused(opened("vestre_toten"), where=where).letters
    assert (order.facts["relay"], order.facts["coordination_offered"]) == (True, True)
    outcome = refuse(opened(), situation(), measure=Measure.COORDINATOR, why=WHY, coordination_offered=True)
    assert (outcome.letters[0].facts["relay"], outcome.letters[0].facts["coordination_offered"]) == (
        False,
        True,
    )


def test_c_4_a_partial_refusal_leaves_the_case_going() -> None:
    """C.4: one measure refused, another granted, in either order."""
    asked = opened(submission=need(**{"requested__child_coordinator": True}))
    first = refused(asked, Measure.CHILD_COORDINATOR).case
    assert first.phase is Phase.RECEIVED
    assert "measures-undecided" in codes(first)
    then = named(first).case
    assert then.phase is Phase.ACTIVE
    assert "measures-undecided" not in codes(then)
    granted = named(asked).case
    assert refused(granted, Measure.CHILD_COORDINATOR).case.phase is Phase.ACTIVE


def test_r_3_the_coordinator_is_offered_though_the_plan_is_refused() -> None:
    """R-3: refusing only the plan never ends the case; the unit is asked about a coordinator."""
    case = opened(submission=adult(requested__coordinator=False, requested__individual_plan=True))
    after = refused(case, Measure.INDIVIDUAL_PLAN).case
    assert "coordinator-to-be-offered" in codes(after)
    assert after.open
    assert "coordinator-to-be-offered" not in codes(named(after).case)


def test_r_1_a_team_falls_with_the_coordinator() -> None:
    """R-1: nobody can have a team without a coordinator, so nothing is left to decide."""
    case = opened(submission=need(requested__care_group=True))
    after = refused(case).case
    assert after.phase is Phase.REFUSED
    assert "measures-undecided" not in codes(after)
    only = opened(submission=need(requested__coordinator=False, requested__care_group=True))
    assert refused(only, Measure.CARE_GROUP).case.phase is Phase.REFUSED


def test_c_4_a_plan_still_to_be_decided_keeps_the_case_open() -> None:
    """C.4: the plan is a right of its own and needs its own answer."""
    after = refused(opened(submission=need(requested__individual_plan=True))).case
    assert after.open
    task = next(t for t in after.tasks if t.code == "measures-undecided")
    assert "individuell plan" in task.text
    assert refused(after, Measure.INDIVIDUAL_PLAN).case.phase is Phase.REFUSED


@pytest.mark.parametrize(
    ("case", "measure", "why", "rule"),
    [
        (opened(), Measure.COORDINATOR, "  ", "B.1"),
        (opened(), Measure.INDIVIDUAL_PLAN, WHY, "L-000-7"),
        (named(opened()).case, Measure.COORDINATOR, WHY, "R-45"),
        (refuse(opened(), situation(), measure=Measure.COORDINATOR, why=WHY).case, Measure.COORDINATOR, WHY, "C.4"),
        (replace(opened(submission=need(requested__individual_plan=True)), plan=Plan(exists=True)), Measure.INDIVIDUAL_PLAN, WHY, "R-4"),
        (replace(with_team(), requested=(Measure.CARE_GROUP,)), Measure.CARE_GROUP, WHY, "R-46"),
    ],
)  # fmt: skip
def test_what_may_not_be_refused(case: Case, measure: Measure, why: str, rule: str) -> None:
    """B.1 (reasons), L-000-7 (asked for), R-45, R-46, R-4 (in force), C.4 (closed): each says which rule."""
    with pytest.raises(RefusedError) as caught:
        refused(case, measure, why=why)
    assert caught.value.rule == rule


def test_the_same_measure_is_not_refused_twice() -> None:
    """L-000-7: one answer; a new message opens a new case."""
    case = refused(opened(submission=need(requested__individual_plan=True))).case
    with pytest.raises(RefusedError, match="allerede avslått"):
        refused(case)
    closed = refused(opened()).case
    again = take(closed, need(), document="d9")
    assert again.case.id == closed.id
    assert "message-in-closed-case" in codes(again.case)
