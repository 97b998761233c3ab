"""A small register made by real casework, counted by hand: what is a decision, a plan, a team and an answer, and what is none (A7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pipeline.casework import (
    Outcome,
    ask_reassessment,
    assess,
    merge,
    notice,
    refuse,
    start_plan,
    team_decided,
    withdraw,
)
from pipeline.domain import Case, Consent, Matter, MatterKind, Measure, Phase, Plan, Team
from pipeline.figures import Counting, Tally
from pipeline.store import Register
from tests.unit.casework.material import ALL, group_consent, named, need, opened, situation, take, with_team
from tests.unit.store.made import case

TOWN = "orland"
COUNTING = Counting(
    municipality=TOWN, on=date(2026, 12, 31), since=date(2026, 1, 1), until=date(2026, 12, 31),
    report_due=date(2026, 6, 1),
)  # fmt: skip


def tally(register: Register, **rules: Any) -> Tally:
    """The figures of 2026."""
    return register.tally(replace(COUNTING, **rules), zone=ZoneInfo("Europe/Oslo"))


def save(register: Register, outcome: Outcome, number: int = 1) -> Case:
    """Keep a case under a number of its own."""
    whole = replace(outcome.case, id=f"2026/{number}", person=replace(outcome.case.person, id=f"P{number}"))
    register.save_case(whole, [replace(event, case=whole.id) for event in outcome.events])
    return whole


def test_c_4_an_assessment_is_no_decision_however_it_ends(register: Register) -> None:
    """C.4: taken up, ended by a team's decision or a checklist; only the refusal counts, and the need is counted once."""
    where = situation(TOWN, date(2026, 11, 23))
    taken = assess(opened(), where)
    save(register, taken, 1)
    decided = team_decided(taken.case, where, date(2026, 11, 23))
    save(register, decided, 2)
    listed = Matter(
        id="x8", kind=MatterKind.ASSESSMENT, on=where.today, done_on=where.today, outcome="checklist"
    )
    save(register, replace(taken, case=replace(taken.case, matters=(listed,))), 3)
    save(
        register,
        refuse(taken.case, where, measure=Measure.COORDINATOR, why="Vilkårene er ikke til stede."),
        4,
    )
    counts = tally(register).counts
    assert counts["needs.notified"] == 4
    assert {name: n for name, n in counts.items() if name.startswith("decisions.") and n} == {
        "decisions.refused": 1
    }


@pytest.mark.parametrize(
    "kind", [one for one in MatterKind if one not in (MatterKind.REFUSAL, MatterKind.COMPLAINT)]
)
def test_a7_no_other_matter_disturbs_a_figure(register: Register, kind: MatterKind) -> None:
    """A7: running or done, with every outcome and scope (``waits:register`` too), what else a case holds is in no figure."""
    bare = take(with_team(TOWN, established_on=date(2026, 2, 1)), group_consent(), document="d8")
    save(register, bare)
    before = tally(register)
    running = Matter(id="x91", kind=kind, on=date(2026, 3, 1), scope=("waits:register",), about="d9")
    done = replace(running, id="x92", done_on=date(2026, 4, 1), outcome="team-decided")
    save(
        register,
        replace(bare, case=replace(bare.case, matters=(*bare.case.matters, running, done)), events=()),
    )
    assert tally(register) == before


def test_r_50_a_plan_stopped_by_the_withdrawal_is_not_in_work(register: Register) -> None:
    """R-50, R-54: it is still there, and not active, from the day of the withdrawal."""
    where = situation(TOWN, date(2026, 12, 5))
    to_plan = Consent(
        id="c9", kind="plan", granted=True, signed=True, given_on=date(2026, 12, 5), document="d7"
    )
    known = named(opened()).case
    given = replace(known, consents=(*known.consents, to_plan))
    begun = start_plan(given, where, on=date(2026, 12, 5))
    kept = save(register, begun)
    counts = tally(register).counts
    assert (counts["plans.existing"], counts["plans.active"]) == (1, 1)
    gone = withdraw(kept, situation(TOWN, date(2026, 12, 20)), kind="plan", on=date(2026, 12, 20))
    save(register, gone)
    counts = tally(register).counts
    assert (counts["plans.existing"], counts["plans.active"]) == (1, 0)
    assert tally(register, on=date(2026, 12, 19)).counts["plans.active"] == 1


def test_r_45_a_case_that_is_noticed_is_still_in_work(register: Register) -> None:
    """R-45: a prior notice ends nothing; coordinator, team and plan count until the end is decided."""
    begun = replace(
        with_team(TOWN, established_on=date(2026, 2, 1)),
        plan=Plan(exists=True, active=True, as_of=date(2026, 3, 1)),
    )
    told = notice(begun, situation(TOWN, date(2026, 12, 6)), why="Målene er nådd.")
    assert told.case.phase is Phase.CLOSING_NOTICED
    asked = ask_reassessment(
        told.case, situation(TOWN, date(2026, 12, 8)), what="closing", why="Vil fortsette."
    )
    save(register, asked)
    counts = tally(register).counts
    for name in ("teams.active", "plans.active", "coordinators.in_force", "coordinators.people"):
        assert counts[name] == 1, name
    assert not any(n for name, n in counts.items() if name.startswith("decisions."))


def test_r_8_t_1_a_merged_case_counts_nowhere_and_its_answer_in_the_one_that_goes_on(
    register: Register,
) -> None:
    """R-8, T-1: need, coordinator and the answer within 14 days once each; the event stands in the case that was merged."""
    asked = named(opened("sondre_land"), situation("sondre_land", date(2026, 12, 1)), name="")
    (request,) = asked.case.appointments
    gone = save(register, asked, 7)
    assert request.reply_due == date(2026, 12, 15)
    answered = named(gone, situation("sondre_land", date(2026, 12, 10)), service=request.service)
    gone = save(register, answered, 7)
    kept = save(register, take(None, need(), situation("sondre_land")), 8)
    alone = {"municipality": "sondre_land"}
    counts = tally(register, **alone).counts
    assert (counts["designations.in_time"], counts["needs.notified"]) == (1, 2)
    one, other = merge(kept, gone, situation("sondre_land", date(2026, 12, 12)), same_person=True)
    register.save_case(one.case, one.events)
    register.save_case(other.case, other.events)
    counts = tally(register, **alone).counts
    assert (counts["designations.in_time"], counts["designations.late"]) == (1, 0)
    assert (counts["needs.notified"], counts["needs.appointed"], counts["coordinators.in_force"]) == (1, 1, 1)


@pytest.mark.parametrize("born", [date(2010, 6, 1), date(2008, 2, 29), date(2009, 1, 1), date(1980, 5, 5)])
@pytest.mark.parametrize("capacity", ["parent", "self", ""])
@pytest.mark.parametrize("given", [date(2024, 2, 1), date(2025, 3, 1), None])
@pytest.mark.parametrize(
    "on", [date(2026, 2, 27), date(2026, 2, 28), date(2026, 5, 31), date(2026, 6, 1), date(2026, 12, 31)]
)
def test_t_18_r_61_a_consent_that_lapsed_with_age_is_none(
    register: Register, born: date, capacity: str, given: date | None, on: date
) -> None:
    """T-18, T-20, R-51, R-61: the figures say of every consent what ``Case.holds`` says, on the day itself too."""
    held = Consent(id="c1", kind="register", granted=True, signed=True, given_on=given, capacity=capacity)
    made = replace(
        case("2026/1", municipality=TOWN, opened_on=date(2023, 1, 10)), phase=Phase.ACTIVE,
        team=Team(established_on=date(2024, 2, 1)), consents=(held, replace(held, id="c2", kind="share")),
    )  # fmt: skip
    made = replace(made, person=replace(made.person, birth_date=born))
    register.save_case(made, ())
    ages = ALL[TOWN].ages
    holds = made.holds("register", on, own_consent=ages.consent, majority=ages.majority)
    counts = tally(register, on=on, registration_required=True).counts
    assert counts["teams.active"] == int(holds)
    assert tally(register, on=on).counts["attention.consent_share"] == int(not holds)
