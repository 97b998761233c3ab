"""What is due: the yearly report around 1 June, and a service that names nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.domain import AnnualReport, Case, Consent, Phase, Team
from pipeline.municipalities import Municipalities
from pipeline.reminders import Due, answered, due, next_due
from tests.unit.casework.material import (
    ALL,
    STAFF,
    group_consent,
    named,
    opened,
    report,
    situation,
    take,
    with_team,
)

PEOPLE = {"orland": STAFF, "sondre_land": STAFF}


def owing(**team: object) -> Case:
    """An Ørland team that owes a report."""
    return with_team(**({"established_on": date(2025, 9, 1)} | team))


def what(case: Case, on: date, municipalities: Municipalities = ALL) -> list[Due]:
    """What is due in one case under the two rules shown here."""
    return [d for d in due([case], municipalities, on, staff=PEOPLE) if d.rule in ("T-1", "T-4")]


@pytest.mark.parametrize(
    ("on", "kind", "period"),
    [
        (date(2027, 4, 30), None, None),
        (date(2027, 5, 1), "reminder-annual-before", "2027-05-01"),
        (date(2027, 5, 14), "reminder-annual-before", "2027-05-01"),
        (date(2027, 5, 15), "reminder-annual-before", "2027-05-15"),
        (date(2027, 6, 1), "reminder-annual-before", "2027-06-01"),
        (date(2027, 6, 14), "reminder-annual-before", "2027-06-01"),
        (date(2027, 6, 15), "reminder-annual-after", "2027-06-15"),
        (date(2027, 12, 31), "reminder-annual-after", "2027-06-15"),
        (date(2028, 1, 1), None, None),
    ],
)
def test_t_4_before_and_after_the_first_of_june(on: date, kind: str | None, period: str | None) -> None:
    """T-4: the newest step that the day has reached, one only."""
    assert [(d.kind, d.period) for d in what(owing(), on)] == ([(kind, period)] if kind else [])


def test_t_4_the_order_says_year_and_due_day_to_the_coordinator() -> None:
    """A draft of a batch, with the facts of the contract and no health detail."""
    (found,) = what(owing(), date(2027, 5, 1))
    assert found.order is not None
    assert found.order.batch
    assert found.order.to.employee == "e1"
    assert found.order.facts == {"year": 2027, "due": date(2027, 6, 1)}
    assert (found.rule, found.due, found.key) == ("T-4", date(2027, 6, 1), found.order.key)
    assert "Brekkås" not in str(found)


def test_t_4_a_report_in_the_year_stops_it() -> None:
    """The year's report answers; last year's doesn't; also a draft already made is stopped."""
    (found,) = what(owing(), date(2027, 5, 1))
    assert not answered(owing(), found, ALL)
    done = take(owing(), report("annual"), situation(on=date(2027, 5, 20))).case
    assert what(done, date(2027, 6, 15)) == []
    assert answered(done, found, ALL)
    assert found.order is not None
    assert answered(done, found.order, ALL)
    assert not answered(owing(), found.order, ALL)
    old = AnnualReport(id="r1", year=2026, received_on=date(2026, 6, 1), document="d0")
    assert what(replace(owing(), annual_reports=(old,)), date(2027, 5, 1))


def test_t_4_dissolved_and_closed_owe_nothing() -> None:
    """Nothing is asked of what has ended."""
    (found,) = what(owing(), date(2027, 5, 1))
    dissolved = take(owing(), report("dissolution"), situation(on=date(2027, 5, 20))).case
    closed = replace(owing(), phase=Phase.CLOSED)
    for case in (dissolved, closed, opened()):
        assert what(case, date(2027, 6, 15)) == []
    assert answered(dissolved, found, ALL)
    assert answered(closed, found, ALL)


@pytest.mark.parametrize(
    ("established", "owes"),
    [
        (date(2027, 3, 1), True),
        (date(2027, 3, 2), False),
        (date(2026, 12, 1), True),
        (None, True),
    ],
)
def test_t_4_a_team_established_after_the_first_of_march_is_exempt(
    established: date | None, owes: bool
) -> None:
    """The exemption is a key, and holds for that year only."""
    case = owing(established_on=established)
    assert bool(what(case, date(2027, 5, 1))) is owes
    assert what(case, date(2028, 5, 1))


def test_t_5_where_the_unit_collects_nothing_is_reminded() -> None:
    """T-5 has no date: none is invented."""
    case = replace(with_team("salangen"), team=Team(established_on=date(2025, 1, 1)))
    assert what(case, date(2027, 6, 15)) == []
    foreseen = next_due([case], ALL, date(2028, 11, 1))
    assert foreseen == date(2031, 9, 1)  # half a year before the sixteenth birthday, and nothing between


def test_no_letter_where_a_person_must_act() -> None:
    """Dead, protected, no coordinator, not an employee: a reason for a person, no order."""
    case = owing()
    coordinator = case.coordinator
    assert coordinator is not None
    for changed, word in (
        (replace(case, person=replace(case.person, deceased_on=date(2027, 1, 1))), "død"),
        (replace(case, person=replace(case.person, protected=True)), "sperret"),
        (replace(case, appointments=()), "R-1"),
        (replace(case, appointments=(replace(coordinator, employee=None),)), "ansattlisten"),
    ):
        (found,) = what(changed, date(2027, 5, 1))
        assert found.order is None
        assert word in found.reason


def test_r_54_a_withdrawn_consent_stops_the_batch() -> None:
    """R-54: no batch letter about that team; the newest consent counts."""
    consent = Consent(
        id="c9", kind="establish", granted=True, signed=True, withdrawn_on=date(2027, 1, 1), document="d5"
    )
    case = replace(owing(), consents=(consent,))
    (found,) = what(case, date(2027, 5, 1))
    assert found.order is None
    older = take(case, group_consent(date="2026-12-31"), document="d6").case
    assert what(older, date(2027, 5, 1))[0].order is None
    renewed = take(case, group_consent(date="2027-01-02"), document="d6").case
    assert what(renewed, date(2027, 5, 1))[0].order is not None


def waiting(on: date = date(2026, 12, 11)) -> Case:
    """A Søndre Land service asked for a coordinator."""
    return named(opened("sondre_land"), situation("sondre_land", on), name="").case


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2026, 12, 20), None),
        (date(2026, 12, 21), "reminder-designation"),
        (date(2026, 12, 25), "reminder-designation"),
        (date(2026, 12, 26), "escalation-designation"),
        (date(2027, 2, 1), "escalation-designation"),
    ],
)
def test_t_1_reminded_before_and_escalated_after_the_deadline(on: date, kind: str | None) -> None:
    """T-1: four days before to the leader; the day after to the one the profile names."""
    assert [d.kind for d in what(waiting(), on)] == ([kind] if kind else [])


def test_t_1_the_orders_name_service_days_and_recipients() -> None:
    """The facts of the contract; leader first, then kommunalsjef."""
    (first,) = what(waiting(), date(2026, 12, 21))
    (second,) = what(waiting(), date(2026, 12, 26))
    assert first.order is not None
    assert second.order is not None
    assert (first.order.to.role.value, first.order.to.employee) == ("manager", "e3")
    assert (second.order.to.role.value, second.order.to.employee) == ("escalation", "e4")
    assert first.order.facts == {
        "service": "Ergoterapi",
        "measure": "coordinator",
        "requested_on": date(2026, 12, 11),
        "reply_due": date(2026, 12, 25),
    }
    assert first.key != second.key


def test_t_1_the_answer_stops_it() -> None:
    """A named coordinator, or another request, answers this one."""
    (found,) = what(waiting(), date(2026, 12, 21))
    assert not answered(waiting(), found, ALL)
    assert answered(named(waiting(), situation("sondre_land")).case, found, ALL)
    other = named(waiting(), situation("sondre_land"), name="", service="Fysioterapi").case
    assert answered(other, found, ALL)
    assert not answered(waiting(), replace(found, rule="R-99"), ALL)


def test_t_1_without_a_leader_in_the_staff_list_a_person_acts() -> None:
    """Nobody is guessed."""
    (found,) = due([waiting()], ALL, date(2026, 12, 21))
    assert found.order is None
    assert found.to is None


def test_t_1_without_escalation_the_leader_is_reminded_again() -> None:
    """A profile may have a deadline and nobody above."""
    profile = ALL["sondre_land"]
    alone = replace(profile, appointment=replace(profile.appointment, escalation_role=""))
    municipalities = replace(ALL, profiles=dict(ALL) | {"sondre_land": alone})
    (found,) = what(waiting(), date(2026, 12, 26), municipalities)
    assert found.kind == "reminder-designation"
    assert "innen fristen" in found.reason


@pytest.mark.parametrize(
    ("after", "first"),
    [
        (date(2026, 12, 11), date(2026, 12, 21)),
        (date(2026, 12, 21), date(2026, 12, 26)),
        (date(2026, 12, 26), date(2027, 5, 1)),
        (date(2027, 6, 15), date(2028, 5, 1)),
    ],
)
def test_next_due_is_the_first_day_something_may_fall_due(after: date, first: date) -> None:
    """For ``status`` and the clock."""
    assert next_due([waiting(), owing()], ALL, after) == first


def test_running_twice_gives_the_same_keys() -> None:
    """Idempotent: the store's unique key does the rest."""
    cases = [owing(), waiting()]
    one = [d for case in cases for d in what(case, date(2027, 6, 20))]
    two = [d for case in cases for d in what(case, date(2027, 7, 2))]
    assert one
    assert [(d.case, d.rule, d.period) for d in one] == [(d.case, d.rule, d.period) for d in two]
