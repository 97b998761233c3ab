"""Consents beside the team's (plan, preparatory meeting), what comes before a signature, and the child that is heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.casework import (
    Outcome,
    call_off_meeting,
    close,
    consent,
    hear_child,
    inform,
    meeting_held,
    plan_preparatory,
    refuse,
    renew_by_age,
    start_plan,
    withdraw,
)
from pipeline.domain import Case, Measure, Plan
from pipeline.errors import RefusedError
from tests.unit.casework.material import (
    DAY,
    codes,
    form,
    group_consent,
    kinds,
    named,
    opened,
    report,
    situation,
    take,
    with_team,
)

ALL_FIVE = ("orland", "sondre_land", "salangen", "vestre_toten", "loten")
SOON = date(2026, 12, 10)


def agreed(case: Case, key: str, kind: str, **changes: object) -> Case:
    told: dict[str, object] = {"signers": ("Siv Brekkås",), "capacity": "parent", "on": DAY} | changes
    return consent(case, situation(key), kind=kind, **told).case  # type: ignore[arg-type]


def planned(key: str, *, people: tuple[str, ...] = ()) -> Case:
    """A case whose plan runs, with its own consent."""
    case = agreed(with_team(key), key, "plan", persons=people)
    return start_plan(case, situation(key), on=DAY).case


def plan_of(case: Case) -> Plan:
    assert case.plan is not None
    return case.plan


@pytest.mark.parametrize("key", ALL_FIVE)
def test_r_50_f_004_2_a_plan_starts_only_on_a_consent_of_its_own(key: str) -> None:
    """R-50, F-004-2: refused in Løten and Vestre Toten, elsewhere a task; with the consent neither."""
    case = with_team(key)
    if key in ("loten", "vestre_toten"):
        with pytest.raises(RefusedError) as refused:
            start_plan(case, situation(key), on=DAY)
        assert refused.value.rule == {"loten": "F-004-2", "vestre_toten": "R-50"}[key]
    else:
        started = start_plan(case, situation(key), on=DAY).case
        assert (plan_of(started).active, "plan-without-consent" in codes(started)) == (True, True)
        assert "plan-without-consent" not in codes(agreed(started, key, "plan"))
    running = planned(key)
    assert (plan_of(running).active, "plan-without-consent" in codes(running)) == (True, False)
    with pytest.raises(RefusedError) as second:
        start_plan(running, situation(key), on=DAY)
    assert second.value.rule == "R-4"


@pytest.mark.parametrize("key", ALL_FIVE)
def test_r_50_the_teams_consent_is_none_to_the_plan(key: str) -> None:
    """R-50: a report of a plan is a fact; with every box for the team ticked it still lacks the plan's own."""
    case = take(with_team(key), group_consent(), situation(key), "d2").case
    told = take(case, report("change", plan__exists=True), situation(key), "d3").case
    assert "plan-without-consent" in codes(told)
    assert "plan-without-consent" not in codes(agreed(told, key, "plan"))


@pytest.mark.parametrize("key", ALL_FIVE)
def test_r_50_f_001_5_a_withdrawal_stops_the_plan_at_once_and_leaves_the_team(key: str) -> None:
    """R-50, F-001-5: in the same outcome; a report that comes later doesn't start it again, nor does the unit."""
    case = take(planned(key), group_consent(), situation(key), "d2").case
    after = withdraw(case, situation(key), on=DAY, kind="plan").case
    assert plan_of(after).active is False
    assert "plan-consent-withdrawn" in codes(after)
    assert after.consented("establish")
    later = take(after, report("change", plan__exists=True, plan__active=True), situation(key), "d3").case
    assert (plan_of(later).active, "plan-without-consent" in codes(later)) == (False, True)
    with pytest.raises(RefusedError):
        start_plan(after, situation(key), on=DAY)
    again = start_plan(agreed(after, key, "plan"), situation(key), on=DAY).case
    assert plan_of(again).active


def test_f_001_5_the_whole_consent_takes_the_plan_with_it() -> None:
    """F-001-5: «for hele planen», by the form or by the clerk."""
    slip = form(
        "consent-withdrawal",
        {"recipient.name": "Vilde Brekkås", "withdraws.all": True, "guardian.name": "Siv Brekkås", "guardian.signed": True},
    )  # fmt: skip
    where = situation("sondre_land")
    for after in (
        take(planned("sondre_land"), slip, where, "d2").case,
        withdraw(planned("sondre_land"), where, on=DAY).case,
    ):
        assert (plan_of(after).active, after.consented("plan")) == (False, False)
        assert {"consent-withdrawn", "plan-consent-withdrawn"} <= codes(after)


def test_f_001_5_one_person_less_leaves_the_plan_to_the_others() -> None:
    """F-001-5, R-58: withdrawn «for enkeltpersoner» it goes on; without anybody left it stops."""
    where, people = situation("sondre_land"), ("Ida Holm (BUP)", "Mari Lund (Skole)")
    case = planned("sondre_land", people=people)
    one = withdraw(case, where, on=DAY, persons=people[:1]).case
    newest = one.consent("plan")
    assert newest is not None
    assert "without:person:Ida Holm (BUP)" in newest.scope
    assert (newest.valid, plan_of(one).active) == (True, True)
    none = withdraw(one, where, on=DAY, persons=people[1:], kind="plan").case
    assert (none.consented("plan"), plan_of(none).active) == (False, False)


def test_t_18_a_parents_consent_to_the_plan_ends_at_sixteen() -> None:
    """T-18: the young person is asked for it, as for the others."""
    case = planned("loten")
    young = replace(case, person=replace(case.person, birth_date=date(2010, 12, 1)))
    assert "own-consent" not in codes(renew_by_age(young, situation("loten")).case)
    assert "own-consent" in codes(renew_by_age(young, situation("loten", on=date(2026, 12, 1))).case)


def test_what_was_never_given_cannot_be_withdrawn_alone() -> None:
    with pytest.raises(RefusedError) as refused:
        withdraw(with_team(), situation(), on=DAY, kind="plan")
    assert refused.value.rule == "R-54"


@given(st.lists(st.sampled_from(["give", "withdraw", "all", "report"]), max_size=7))
def test_r_50_no_plan_runs_on_a_withdrawn_consent(steps: list[str]) -> None:
    """R-50: whatever the order."""
    case = planned("vestre_toten")
    where = situation("vestre_toten")
    for at, step in enumerate(steps):
        if step == "give":
            case = agreed(case, "vestre_toten", "plan")
        elif step == "report":
            told = report("change", plan__exists=True, plan__active=True)
            case = take(case, told, where, f"d{at + 5}").case
        else:
            case = withdraw(case, where, on=DAY, kind="plan" if step == "withdraw" else "").case
        assert case.consented("plan") or not plan_of(case).active


def test_f_003_6_a_preparatory_meeting_needs_its_consent_in_orland() -> None:
    """F-003-6: refused before, called by a person after; it needs no coordinator."""
    with pytest.raises(RefusedError) as refused:
        plan_preparatory(opened(), situation(), on=SOON)
    assert refused.value.rule == "F-003-6"
    done = plan_preparatory(agreed(opened(), "orland", "preparatory"), situation(), on=SOON)
    assert "call-preparatory-meeting" in codes(done.case)
    assert not done.letters
    held = meeting_held(done.case, situation(on=SOON), on=SOON).case
    assert "call-preparatory-meeting" not in codes(held)
    off = call_off_meeting(done.case, situation(), on=SOON).case
    assert "call-preparatory-meeting" not in codes(off)
    assert plan_preparatory(opened("salangen"), situation("salangen"), on=SOON).case.matters


def test_f_003_6_its_withdrawal_calls_the_meeting_off_at_once() -> None:
    case = plan_preparatory(agreed(opened(), "orland", "preparatory"), situation(), on=SOON).case
    after = withdraw(case, situation(), on=DAY, kind="preparatory").case
    (meeting,) = [m for m in after.matters if m.about == "preparatory"]
    assert (meeting.outcome, meeting.done_on) == ("called-off", DAY)
    assert "tell-meeting-called-off" in codes(after)
    assert "call-preparatory-meeting" not in codes(after)


@pytest.mark.parametrize("key", ALL_FIVE)
def test_r_59_l_002_2_a_consent_without_the_information_before_it_is_a_task(key: str) -> None:
    """R-59, L-002-2: asked in Salangen and Ørland; information given after the signature doesn't answer."""
    case = opened(key)
    if key == "salangen":
        case = agreed(case, key, "register", document="d2")
    bare = agreed(case, key, "share", document="d2", on=date(2026, 11, 20))
    asks = key in ("orland", "salangen")
    assert ("consent-not-informed" in codes(bare)) == asks
    where = situation(key)
    assert ("consent-not-informed" in codes(inform(bare, where, on=DAY).case)) == asks
    early = inform(bare, where, on=date(2026, 11, 19)).case
    assert "consent-not-informed" not in codes(early)
    told = agreed(case, key, "share", document="d2", informed_on=DAY)
    assert "consent-not-informed" not in codes(told)


def test_r_59_salangens_own_form_says_it_in_its_first_box() -> None:
    where = situation("salangen")
    assert "consent-not-informed" not in codes(take(opened("salangen"), group_consent(), where, "d2").case)
    without = group_consent(boxes="share register voluntary")
    assert "consent-not-informed" in codes(take(opened("salangen"), without, where, "d2").case)


def test_l_002_2_the_letter_that_asks_says_who_is_in_the_team() -> None:
    """L-002-2: the composition goes with the request, so a consent that follows it was informed."""
    case = take(with_team("salangen"), group_consent(), situation("salangen"), "d2").case
    young = replace(case, person=replace(case.person, birth_date=date(2010, 11, 22)))
    asked = renew_by_age(young, situation("salangen"))
    (order,) = [one for one in asked.letters if one.kind == "consent-request"]
    assert order.facts["composition"] == ("Pål Aune (Fysioterapi)", "Mari Lund (Skole)")


def appointed(case: Case) -> Outcome:
    return named(case, measure=Measure.COORDINATOR)


def user_facts(outcome: Outcome) -> dict[str, object]:
    return dict(outcome.letters[0].facts)


def aged(years: int) -> Case:
    case = opened()
    return replace(case, person=replace(case.person, birth_date=date(2026 - years, 3, 1)))


def refused(case: Case) -> Outcome:
    return refuse(case, situation(), measure=Measure.COORDINATOR, why="Vilkårene er ikke oppfylt.")


def ended(case: Case) -> Outcome:
    return close(appointed(case).case, situation(on=SOON), agreed=True, why="Avtalt.", ends_on=SOON)


@pytest.mark.parametrize("decision", [appointed, refused, ended])
def test_r_65_the_letter_says_that_the_child_was_heard_or_why_not(decision: object) -> None:
    """R-65: what it said stays in the case; unsaid is a task and no words."""
    assert callable(decision)
    silent = decision(aged(10))
    assert "child-to-be-heard" in codes(silent.case)
    assert not {"child_heard", "child_not_heard"} & set(user_facts(silent))
    heard = hear_child(aged(10), situation(), on=DAY, view="Vil ha møtene på skolen.").case
    done = decision(heard)
    assert user_facts(done)["child_heard"] is True
    assert "skolen" not in str(done.letters)
    assert "child-to-be-heard" not in codes(done.case)
    not_heard = hear_child(aged(10), situation(), on=DAY, why_not="Barnet ønsket det ikke.").case
    assert user_facts(decision(not_heard))["child_not_heard"] == "Barnet ønsket det ikke."
    later = hear_child(silent.case, situation(), on=DAY, view="Ja.").case
    assert "child-to-be-heard" not in codes(later)


@pytest.mark.parametrize(
    ("years", "task", "weight"), [(4, False, False), (7, True, False), (12, True, True), (16, False, None)]
)
def test_r_65_from_seven_it_is_asked_from_twelve_it_weighs_much(
    years: int, task: bool, weight: bool | None
) -> None:
    """R-65, B.17: a younger child is heard when it can form a view; from sixteen they decide themselves."""
    assert ("child-to-be-heard" in codes(appointed(aged(years)).case)) is task
    heard = hear_child(aged(years), situation(), on=DAY, view="Ja.").case
    assert user_facts(appointed(heard)).get("child_great_weight") is weight


@pytest.mark.parametrize("changes", [{}, {"view": "a", "why_not": "b"}, {"view": "a", "on": SOON}])
def test_r_65_what_cannot_be_noted_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(RefusedError) as error:
        hear_child(aged(10), situation(), **({"on": DAY} | changes))  # type: ignore[arg-type]
    assert error.value.rule == "R-65"


def test_b_17_the_second_parent_may_be_registered_another_day() -> None:
    """B.17, barnelova § 30: the same consent by the other parent makes it count; another scope doesn't."""
    where = situation()
    rules = replace(where.profile.consent, two_guardians="yes")
    where = replace(where, profile=replace(where.profile, consent=rules))

    def by(case: Case, name: str, *people: str) -> Case:
        return consent(
            case, where, kind="share", signers=(name,), capacity="parent", on=DAY, document="d2", persons=people
        ).case  # fmt: skip

    one = by(opened(), "Siv Brekkås", "Ida Holm (BUP)")
    assert not one.consented("share")
    assert not by(one, "Siv Brekkås", "Ida Holm (BUP)").consented("share")
    assert not by(one, "Per Brekkås", "Pål Aune (Fysioterapi)").consented("share")
    both = by(one, "Per Brekkås", "Ida Holm (BUP)")
    assert both.consented("share")
    assert "second-guardian-missing" not in codes(both)


def test_l_003_4_the_first_start_of_a_plan_is_a_decision_to_the_family() -> None:
    """L-003-4: the letter of decision with the right to complain, once; where the profile doesn't say so, none."""
    for key, told in (("orland", [("appointment-user", "family")]), ("salangen", [])):
        case = agreed(named(opened(key), situation(key)).case, key, "plan")
        outcome = start_plan(case, situation(key), on=DAY)
        assert kinds(outcome) == told
        for order in outcome.letters:
            assert order.facts["measure"] == "individual_plan"
            assert order.facts["coordinator_name"] == "Ingunn Sætre"
        assert outcome.case.plan is not None
        stopped = replace(outcome.case, plan=replace(outcome.case.plan, active=False))
        assert start_plan(stopped, situation(key), on=DAY).letters == ()
