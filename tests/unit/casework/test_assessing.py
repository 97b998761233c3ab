"""Assessment: what speaks for and against each measure, and when a case is taken up (C.4, F-003-4, A4.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pipeline.casework import Advice, Suggestion, assess, refuse, suggest, team_decided
from pipeline.domain import Case, EventKind, MatterKind, Measure, Phase, Submission
from pipeline.errors import RefusedError
from pipeline.municipalities import load_assessment
from tests.unit.casework.material import (
    DAY,
    ROOT,
    UNSIGNED,
    adult,
    codes,
    form,
    named,
    need,
    opened,
    situation,
    take,
)

RULES = load_assessment(ROOT / "config" / "assessment.toml")
SERIOUS = "Har alvorlig sykdom, skade eller nedsatt funksjonsevne"
OTHER = "Behov for andre velferdstjenester – sett kryss også ovenfor"
MINOR = "Barnet/ ungdommen er under 18 år"


def row(item: str, **said: bool) -> dict[str, object]:
    """One line of the checklist; a column not named stands empty."""
    return {"item": item, "coordination": None, "child_coordinator": None, "coordinator": None} | said


def checklist(*items: dict[str, object], **plan: bool) -> Submission:
    """A checklist with the lines that have a tick."""
    return form("needs-checklist", {"items": items} | {f"plan.{name}": said for name, said in plan.items()})


CHILD = (
    row("PPT (pedagogisk psykologisk tjeneste)", coordination=True),
    row(SERIOUS, child_coordinator=True),
    row("Fysioterapeut", child_coordinator=True, coordinator=True),
    row(OTHER, child_coordinator=True),
    row(MINOR, child_coordinator=True),
)


def suggested(case: Case, key: str = "orland") -> dict[str, Suggestion]:
    """The suggestions by measure."""
    return {one.measure: one for one in suggest(case, situation(key), RULES)}


def with_list(*items: dict[str, object], submission: Submission | None = None, **plan: bool) -> Case:
    """A case with a checklist."""
    return take(opened(submission=submission), checklist(*items, **plan), document="d2").case


def test_f_003_4_the_checklist_of_a_sick_child_speaks_for_all_but_the_plan() -> None:
    """F-003-4, A4.2: welfare → coordination; health → coordinator; serious, both kinds, under age → child coordinator."""
    found = suggested(with_list(*CHILD))
    assert {key: one.advice for key, one in found.items()} == {
        "coordination": Advice.YES,
        "coordinator": Advice.YES,
        "child_coordinator": Advice.YES,
        "individual_plan": Advice.UNCLEAR,
    }
    child = found["child_coordinator"]
    ticks = {tick for ground in child.speaks_for for tick in ground.ticks}
    assert {f"{SERIOUS}: ja", "Fysioterapeut: ja", f"{OTHER}: ja", f"{MINOR}: ja", "10 år"} <= ticks
    assert {ground.rule for ground in child.speaks_for} >= {"A4.2", "T-21"}
    assert len(found["individual_plan"].unknown) >= 3


@pytest.mark.parametrize("left_out", [SERIOUS, "Fysioterapeut"])
def test_a4_2_what_nobody_said_is_not_guessed(left_out: str) -> None:
    """A4.2: one missing condition leaves the child coordinator unclear, and says which."""
    child = suggested(with_list(*(one for one in CHILD if one["item"] != left_out)))["child_coordinator"]
    assert child.advice is Advice.UNCLEAR
    assert len([ground for ground in child.unknown if ground.rule == "A4.2"]) >= 1


def test_a4_2_a_no_speaks_against() -> None:
    """A4.2: «Har alvorlig sykdom» answered no is a no for the child coordinator, and nothing for the ordinary one (003)."""
    items = [row(SERIOUS, child_coordinator=False) if one["item"] == SERIOUS else one for one in CHILD]
    found = suggested(with_list(*items))
    assert found["child_coordinator"].advice is Advice.NO
    assert [g.ticks for g in found["child_coordinator"].speaks_against] == [(f"{SERIOUS}: nei",)]
    assert found["coordinator"].advice is Advice.YES


def test_t_21_the_register_and_the_form_disagree_about_age() -> None:
    """T-21: the list says under 18, the register knows an adult: both are shown, and nobody guesses."""
    child = suggested(with_list(*CHILD, submission=adult()))["child_coordinator"]
    assert child.advice is Advice.UNCLEAR
    about_age = {g.ticks for g in (*child.speaks_for, *child.speaks_against) if g.rule == "T-21"}
    assert about_age == {(f"{MINOR}: ja",), ("46 år",)}


def test_t_21_an_unborn_child_counts_as_a_child() -> None:
    """T-21: the right holds for an unborn child."""
    unborn = need(recipient__birth_date=None, recipient__due_date="2027-02-01")
    items = [one for one in CHILD if one["item"] != MINOR]
    assert suggested(with_list(*items, submission=unborn))["child_coordinator"].advice is Advice.YES


def test_r_3_the_plan_declined_says_nothing_of_the_coordinator() -> None:
    """R-3, R-50: a plan that isn't wanted is a no for the plan; the coordinator stands as before."""
    found = suggested(with_list(*CHILD, entitled=True, wanted=False, consented=False))
    assert found["individual_plan"].advice is Advice.NO
    assert found["coordinator"].advice is Advice.YES
    yes = suggested(with_list(*CHILD, entitled=True, wanted=True, consented=True))["individual_plan"]
    assert yes.advice is Advice.YES


def test_r_32_the_wish_is_shown_where_it_is_needed() -> None:
    """R-32: without consent the wish is open; where the municipality may appoint without it, that speaks for."""
    silent = opened(submission=need(reported_by="Nils Nabo", **UNSIGNED))
    wish = [g for g in suggested(silent)["coordinator"].unknown if g.rule == "R-32"]
    assert wish
    without = suggested(replace(silent, municipality="vestre_toten"), "vestre_toten")["coordinator"]
    assert any(g.rule == "R-32" for g in without.speaks_for)
    assert any(g.rule == "R-32" for g in suggested(silent, "vestre_toten")["child_coordinator"].unknown)


def test_the_newest_checklist_counts() -> None:
    """F-003-4: what an older list said and a newer doesn't is not taken along."""
    newer = take(with_list(*CHILD), checklist(row("Avlastning", coordinator=True)), document="d3").case
    assert suggested(newer)["child_coordinator"].advice is Advice.UNCLEAR
    assert suggested(newer)["coordinator"].advice is Advice.YES


def test_ticks_stay_out_of_events() -> None:
    """A8: what was ticked is about health; it stays in the matter."""
    outcome = take(opened(), checklist(*CHILD), document="d2")
    assert not any("Fysioterapeut" in str(dict(event.data)) for event in outcome.events)
    (kept,) = outcome.case.matters_of(MatterKind.ASSESSMENT)
    assert not kept.open
    assert kept.about == "d2"


def test_c_4_assess_takes_the_case_up_once() -> None:
    """C.4: received → assessment; done again while it runs, nothing more happens."""
    outcome = assess(opened(), situation())
    assert outcome.case.phase is Phase.ASSESSMENT
    assert EventKind.CASE_ASSESSED in {event.kind for event in outcome.events}
    (matter,) = outcome.case.matters_of(MatterKind.ASSESSMENT, running=True)
    assert matter.scope == ("coordinator",)
    assert not assess(outcome.case, situation()).events


def test_c_4_an_appointment_concludes_the_assessment() -> None:
    """C.4: assessment → granted, marked in the matter with its day."""
    case = named(assess(opened(), situation()).case).case
    (matter,) = [m for m in case.matters_of(MatterKind.ASSESSMENT) if m.outcome == "granted"]
    assert matter.done_on == DAY
    again = assess(case, situation()).case
    assert again.phase is Phase.ACTIVE
    assert again.matters_of(MatterKind.ASSESSMENT, running=True)


def test_r_2_r_33_what_an_appointment_answers() -> None:
    """R-2, R-33: plan and team follow; a child coordinator answers for the ordinary one, and not the other way round."""
    asked = opened(submission=need(requested__child_coordinator=True, requested__individual_plan=True))
    child = named(asked, measure=Measure.CHILD_COORDINATOR).case
    assert "measures-undecided" not in codes(child)
    ordinary = named(asked).case
    (task,) = [t for t in ordinary.tasks if t.code == "measures-undecided" and t.done_on is None]
    assert "barnekoordinator" in task.text
    assert "plan" not in task.text
    answered = refuse(
        ordinary, situation(), measure=Measure.CHILD_COORDINATOR, why="Vilkårene er ikke oppfylt."
    )
    assert "measures-undecided" not in codes(answered.case)


def test_c_4_a_closed_case_is_not_assessed() -> None:
    """C.4, R-45: neither a closed case nor that of somebody dead."""
    refused = refuse(opened(), situation(), measure=Measure.COORDINATOR, why="Ett behov.").case
    with pytest.raises(RefusedError, match="avsluttet"):
        assess(refused, situation())
    case = opened()
    dead = replace(case, person=replace(case.person, deceased_on=DAY))
    with pytest.raises(RefusedError, match=r"R-45"):
        assess(dead, situation())


def test_r_24_the_decision_body_decides_and_the_unit_appoints() -> None:
    """R-24, L-003-3: an appointment without the body's day asks for it; the day answers, before or after."""
    asks = named(opened())
    assert "team-decision-missing" in codes(asks.case)
    after = team_decided(asks.case, situation(), DAY).case
    assert "team-decision-missing" not in codes(after)
    # That decision is used; the next coordinator needs one of its own.
    later = situation(on=DAY + timedelta(days=60))
    again = named(after, later, name="Pål Aune", service="Fysioterapi", from_date=date(2027, 2, 1))
    assert "team-decision-missing" in codes(again.case)
    before = named(team_decided(opened(), situation(), DAY).case).case
    assert "team-decision-missing" not in codes(before)
    second = named(before, later, name="Pål Aune", service="Fysioterapi", from_date=date(2027, 2, 1))
    assert "team-decision-missing" in codes(second.case)
    assert "team-decision-missing" not in codes(named(opened(), decided_by_team=DAY).case)


def test_r_24_only_where_there_is_such_a_body_and_never_in_advance() -> None:
    """R-24: the day can't lie ahead, and elsewhere there is nobody to have decided."""
    with pytest.raises(RefusedError, match="fram i tid"):
        team_decided(opened(), situation(), DAY + timedelta(days=1))
    with pytest.raises(RefusedError, match="ikke et eget organ"):
        named(opened("salangen"), situation("salangen"), decided_by_team=DAY)
    assert "team-decision-missing" not in codes(named(opened("salangen"), situation("salangen")).case)


def test_r_4_a_plan_asked_for_where_one_exists_is_a_task() -> None:
    """R-4: there is only one plan for a person."""
    case = take(
        opened(), form("group-report", {"kind.annual": True, "plan.exists": True}), document="d2"
    ).case
    after = take(case, need(requested__individual_plan=True), document="d3").case
    assert "plan-exists" in codes(after)


def test_l_003_5_a_checklist_that_says_yes_tells_the_family_of_its_rights_once() -> None:
    """L-003-5: a letter to the family, by the measure that was ticked; a second checklist sends no second letter."""
    outcome = take(opened(), checklist(*CHILD), document="d2")
    assert [(one.kind, one.to.role.value, one.facts) for one in outcome.letters] == [
        ("rights-information", "family", {"measure": "child_coordinator"})
    ]
    again = take(outcome.case, checklist(*CHILD), document="d3")
    assert again.letters == ()


@pytest.mark.parametrize("key", ["vestre_toten", "sondre_land", "salangen", "loten"])
def test_l_003_5_no_letter_of_rights_where_the_profile_does_not_ask_for_it(key: str) -> None:
    assert take(opened(key), checklist(*CHILD), situation(key), document="d2").letters == ()


def test_l_003_5_a_checklist_that_says_only_no_sends_no_letter() -> None:
    """L-003-5: «Dersom ja»; a no before doesn't keep the letter from a later yes."""
    no = take(opened(), checklist(row(SERIOUS, child_coordinator=False)), document="d2")
    assert no.letters == ()
    yes = take(no.case, checklist(row(SERIOUS, coordinator=True)), document="d3")
    assert [one.facts for one in yes.letters] == [{"measure": "coordinator"}]
