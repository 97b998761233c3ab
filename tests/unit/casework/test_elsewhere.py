"""The person's other open cases (R-4, R-8), and what an interim reply leaves behind (B.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.casework import replied
from pipeline.domain import Case, Letter, LetterOrder, LetterStatus, MatterKind, Party, PartyRole, Phase, Plan
from pipeline.errors import RefusedError
from tests.unit.casework.material import DAY, codes, named, need, opened, report, situation, take

PROMISED = date(2026, 12, 20)


def other(**changes: object) -> Case:
    """Another open case of the same person, with a plan in force."""
    return replace(opened(), id="2026/9", plan=Plan(exists=True, active=True), **changes)


def test_r_4_a_plan_in_two_open_cases_of_one_person_is_a_task() -> None:
    """R-4: one plan for each person, whatever the case."""
    where = situation(others=(other(),))
    case = take(named(opened()).case, report("annual", plan__exists=True), where).case
    (task,) = [one for one in case.tasks if one.code == "plan-in-two-cases"]
    assert "2026/9" in task.text
    assert task.rule == "R-4"
    alone = take(named(opened()).case, report("annual", plan__exists=True), situation()).case
    assert "plan-in-two-cases" not in codes(alone)


def test_r_4_a_plan_asked_for_where_another_case_has_one_is_a_task() -> None:
    """R-4: the notification of somebody who has a plan already; one that has ended counts no more."""
    asked = need(requested__individual_plan=True)
    assert "plan-exists" in codes(take(opened(), asked, situation(others=(other(),)), document="d2").case)
    over = replace(other(), plan=Plan(exists=True, active=False))
    assert "plan-exists" not in codes(take(opened(), asked, situation(others=(over,)), document="d2").case)


def test_r_8_one_coordinator_for_a_person_whatever_the_case() -> None:
    """R-8: also a service that was asked to name one."""
    where = situation(others=(replace(named(opened()).case, id="2026/9"),))
    with pytest.raises(RefusedError, match="2026/9") as refused:
        named(opened(), where)
    assert refused.value.rule == "R-8"
    assert named(opened(), situation(others=(other(),))).case.phase is Phase.ACTIVE


def sent(letter: str = "b1", kind: str = "interim-reply", **facts: date) -> Letter:
    """A letter that was just sent."""
    order = LetterOrder(
        key=f"B.1:{letter}",
        kind=kind,
        case="2026/412",
        to=Party(role=PartyRole.FAMILY, name="Siv Brekkås"),
        rule="B.1",
        batch=True,
        facts=dict(facts),
    )
    return Letter(
        id=letter,
        number=1,
        municipality="orland",
        order=order,
        status=LetterStatus.SENT,
        ordered_at=datetime(2026, 11, 22, 12, tzinfo=UTC),
    )


def test_b_1_an_interim_reply_is_kept_with_the_day_it_promises() -> None:
    """B.1: once for a wait, however many get the letter; over when everything is decided."""
    case = replied(opened(), situation(), sent(expected_on=PROMISED)).case
    (matter,) = case.matters_of(MatterKind.INTERIM_REPLY)
    assert (matter.on, matter.due, matter.about, matter.open) == (DAY, PROMISED, "b1", True)
    assert not replied(case, situation(), sent("b2", expected_on=PROMISED)).events
    done = named(case).case
    assert not done.matters_of(MatterKind.INTERIM_REPLY, running=True)


def test_b_1_other_letters_and_closed_cases_keep_nothing() -> None:
    """B.1: an interim reply is the only letter that promises."""
    assert not replied(opened(), situation(), sent(kind="acknowledgement")).events
    assert not replied(replace(opened(), phase=Phase.CLOSED), situation(), sent()).events
