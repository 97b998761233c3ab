"""Meetings and evaluations: in good time, held, called off; what ends with an evaluation (T-2, T-3, T-13, R-46, R-47)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pipeline.casework import (
    Outcome,
    Situation,
    call_off_meeting,
    close,
    evaluate,
    meeting_held,
    outdated,
    plan_meeting,
)
from pipeline.domain import Case, EventKind, MatterKind, Phase, Plan
from pipeline.errors import RefusedError
from tests.unit.casework.material import (
    DAY,
    codes,
    form,
    kinds,
    named,
    opened,
    situation,
    take,
    with_team,
)

SOON = DAY + timedelta(days=14)


def called(case: Case, where: Situation | None = None, **changes: object) -> Outcome:
    """Call a meeting on the first day that the deadline allows."""
    return plan_meeting(case, where or situation(), **({"on": SOON} | changes))


def test_t_3_the_notice_goes_to_family_members_and_coordinator() -> None:
    """T-3, L-002-3: with what is known of clock, place, agenda and length."""
    outcome = called(with_team(), clock="12.00", place="Rådhuset", agenda=("Mål for våren", "Skolestart"))
    assert kinds(outcome) == [
        ("meeting-notice", "family"),
        ("meeting-notice", "member"),
        ("meeting-notice", "coordinator"),
        ("minutes-form", "coordinator"),
    ]
    assert outcome.letters[0].facts == {
        "meeting_on": SOON,
        "clock": "12.00",
        "place": "Rådhuset",
        "agenda": ("Mål for våren", "Skolestart"),
        "minutes": 90,
    }
    (matter,) = outcome.case.matters_of(MatterKind.MEETING, running=True)
    assert (matter.on, matter.due, matter.scope) == (SOON, DAY, ("Mål for våren", "Skolestart"))
    assert len({order.key for order in outcome.letters}) == len(outcome.letters)


@pytest.mark.parametrize(("key", "rule"), [("orland", "T-3"), ("salangen", "T-2")])
def test_t_2_t_3_a_late_notice_is_refused_unless_all_agree(key: str, rule: str) -> None:
    """T-2, T-3: fourteen days; thirteen only when a person says that everybody agrees."""
    where = situation(key)
    case = named(opened(key), where).case
    with pytest.raises(RefusedError) as caught:
        called(case, where, on=SOON - timedelta(days=1))
    assert caught.value.rule == rule
    assert called(case, where, on=SOON - timedelta(days=1), short_notice=True).letters
    assert called(case, where).letters


def test_without_a_deadline_any_day_to_come_will_do() -> None:
    """A11: where the municipality has no agenda deadline, none is invented."""
    where = situation("loten")
    case = named(opened("loten"), where).case
    outcome = called(case, where, on=DAY)
    assert "minutes" not in outcome.letters[0].facts
    assert outcome.case.matters_of(MatterKind.MEETING)[0].due is None
    with pytest.raises(RefusedError, match="har vært"):
        called(case, where, on=DAY - timedelta(days=1))


def test_r_1_no_meeting_without_a_coordinator() -> None:
    """R-1, R-8: somebody leads it; a closed case calls nobody."""
    with pytest.raises(RefusedError, match=r"R-1"):
        called(opened())
    shut = close(with_team(), situation(), agreed=True, why="Slutt.", ends_on=date(2027, 1, 1)).case
    with pytest.raises(RefusedError, match="avsluttet"):
        called(shut)


def test_t_8_a_meeting_is_held_once() -> None:
    """T-6 to T-8: the one that was called is closed; one that nobody called is noted too."""
    case = called(with_team()).case
    then = situation(on=SOON)
    with pytest.raises(RefusedError, match="allerede innkalt"):
        called(case)
    with pytest.raises(RefusedError, match="ikke er kommet"):
        meeting_held(case, situation(), on=SOON)
    held = meeting_held(case, then, on=SOON).case
    (matter,) = held.matters_of(MatterKind.MEETING)
    assert (matter.done_on, matter.outcome) == (SOON, "held")
    with pytest.raises(RefusedError, match="allerede registrert"):
        meeting_held(held, then, on=SOON)
    other = meeting_held(held, then, on=SOON - timedelta(days=3)).case
    assert len(other.matters_of(MatterKind.MEETING, running=False)) == 2


def test_t_3_a_meeting_called_off() -> None:
    """T-3: those who were called are told by a person, and no notice that waits goes out."""
    outcome = called(with_team())
    off = call_off_meeting(outcome.case, situation(), on=SOON).case
    assert "tell-meeting-called-off" in codes(off)
    assert outdated(outcome.letters[0], off)
    assert not outdated(outcome.letters[0], outcome.case)
    with pytest.raises(RefusedError, match=r"T-3"):
        call_off_meeting(off, situation(), on=SOON)
    assert called(off).letters[0].key != outcome.letters[0].key


def test_t_13_r_47_an_evaluation_ends_the_plan_and_nothing_else() -> None:
    """T-13, R-47: all goals are met; the plan is the person's own and still exists, the coordinator goes on (R-1)."""
    case = replace(with_team(), plan=Plan(exists=True, active=True, notes="Har plan: ja"))
    outcome = evaluate(case, situation(), on=DAY, ends_plan=True)
    assert outcome.case.plan == Plan(exists=True, active=False, notes="Har plan: ja", as_of=DAY)
    assert outcome.case.coordinator is not None
    assert outcome.case.team is not None
    assert outcome.case.team.active
    (matter,) = outcome.case.matters_of(MatterKind.EVALUATION)
    assert (matter.outcome, matter.scope, matter.open) == ("ends", ("individual_plan",), False)
    assert outcome.case.phase is Phase.ACTIVE


def test_r_46_an_evaluation_ends_the_team_and_tells_it() -> None:
    """R-46: family and members are told; coordinator and plan stand."""
    outcome = evaluate(with_team(), situation(), on=DAY, ends_team=True)
    assert ("team-dissolved-user", "family") in kinds(outcome)
    assert outcome.case.team is not None
    assert outcome.case.team.dissolved_on == DAY
    assert all(member.to_date == DAY for member in outcome.case.team.members)
    assert outcome.case.coordinator is not None
    assert EventKind.TEAM_DISSOLVED in {event.kind for event in outcome.events}


def test_an_evaluation_after_which_all_goes_on() -> None:
    """T-9 to T-11: only noted, with its day."""
    outcome = evaluate(with_team(), situation(), on=DAY - timedelta(days=3))
    (matter,) = outcome.case.matters_of(MatterKind.EVALUATION)
    assert (matter.on, matter.outcome) == (DAY - timedelta(days=3), "goes-on")
    assert not outcome.letters


@pytest.mark.parametrize(
    ("case", "changes", "rule"),
    [
        (with_team(), {"on": DAY + timedelta(days=1)}, "T-13"),
        (with_team(), {"ends_plan": True}, "R-47"),
        (replace(with_team(), plan=Plan(exists=True, active=False)), {"ends_plan": True}, "R-47"),
        (named(opened()).case, {"ends_team": True}, "R-46"),
        (evaluate(with_team(), situation(), on=DAY).case, {}, "T-13"),
        (close(with_team(), situation(), agreed=True, why="x", ends_on=date(2027, 1, 1)).case, {}, "T-13"),
    ],
)
def test_an_evaluation_that_cannot_be(case: Case, changes: dict[str, object], rule: str) -> None:
    """T-13, R-46, R-47: no day to come, no end of what isn't there, once a day, an open case."""
    with pytest.raises(RefusedError) as caught:
        evaluate(case, situation(), **({"on": DAY} | changes))
    assert caught.value.rule == rule


def test_f_000_9_the_form_of_an_evaluation_counts_as_one() -> None:
    """F-000-9, T-10: the day on the form is the day it was held."""
    told = form("team-evaluation", {"evaluated_on": "2026-11-10", "recipient.name": "Vilde Brekkås"})
    after = take(with_team(), told, document="d2").case
    (matter,) = after.matters_of(MatterKind.EVALUATION)
    assert (matter.on, matter.about, matter.open) == (date(2026, 11, 10), "d2", False)
    assert len(take(after, told, document="d3").case.matters_of(MatterKind.EVALUATION)) == 1


@pytest.mark.parametrize(
    ("municipality", "kept"),
    [
        ("sondre_land", "plan_tool"),
        ("vestre_toten", "plan_tool_and_record"),
        ("orland", "plan"),
        ("salangen", "own_archive"),
        ("loten", None),
    ],
)
def test_c_3_c_5_c_6_c_7_the_form_says_where_minutes_are_kept(municipality: str, kept: str | None) -> None:
    """C-3, C-5, C-6, C-7, L-002-4: as the municipality's profile says; a silent one says nothing."""
    outcome = called(with_team(municipality), situation(municipality))
    (form_of_minutes,) = [order for order in outcome.letters if order.kind == "minutes-form"]
    assert form_of_minutes.facts.get("kept") == kept


def test_l_001_9_the_agenda_is_cleared_with_the_user_first() -> None:
    """L-001-9: Søndre Land alone; a meeting without an agenda has nothing to clear."""
    there, case = situation("sondre_land"), with_team("sondre_land")
    with pytest.raises(RefusedError, match="klareres") as refused:
        called(case, there, agenda=("Skolestart",))
    assert refused.value.rule == "L-001-9"
    assert called(case, there, agenda=("Skolestart",), cleared=True).letters
    assert called(case, there).letters
    assert called(with_team(), agenda=("Skolestart",)).letters
