"""What casework and reminders order, the letters room can write: every kind, with the shipped templates, without a gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from pipeline.casework import (
    Outcome,
    absent,
    change,
    civil_parties,
    close,
    complain,
    decide_complaint,
    forward_complaint,
    notice,
    plan_meeting,
    refuse,
)
from pipeline.domain import Case, Employee, LetterOrder, Measure, Plan, RoleHolding, Staff
from pipeline.letters import Composed, compose, load_letters
from pipeline.reminders import due
from tests.unit.casework.material import (
    ALL,
    ORAL,
    STAFF,
    adult,
    group_consent,
    named,
    need,
    opened,
    report,
    situation,
    take,
    with_team,
)
from tests.unit.casework.test_assessing import CHILD, checklist

SPECS = load_letters(Path(__file__).resolve().parents[2] / "templates" / "letters")
DESK = (
    Employee(
        id="e8",
        municipality="orland",
        name="Tuva Fossheim",
        title="saksbehandler",
        phone="+4772000080",
        email="tuva@example.no",
        roles=(RoleHolding(role="case_worker"),),
    ),
    Employee(
        id="e9",
        municipality="orland",
        name="Gaute Kvåle",
        title="leder for enheten",
        roles=(RoleHolding(role="unit_leader"),),
    ),
)
EVERYBODY = Staff(employees=(*STAFF.employees, *DESK))


def outcomes() -> list[tuple[str, Outcome]]:
    """One outcome for each way that letters come about."""
    sondre = situation("sondre_land")
    planned = replace(with_team(), plan=Plan(exists=True, active=True))
    child = opened(submission=need(requested__child_coordinator=True, requested__care_group=True))
    end = date(2027, 1, 1)
    return [
        (
            "orland",
            take(None, need(**ORAL, consent__signatures=())),
        ),
        ("orland", take(None, need())),
        ("orland", take(None, adult())),
        ("orland", named(child, reasons="Familien trenger samordning.", deputy_name="Pål Aune")),
        ("salangen", named(opened("salangen"), situation("salangen"))),
        ("sondre_land", named(opened("sondre_land"), sondre, name="")),
        ("orland", take(planned, report("dissolution"))),
        ("orland", close(planned, situation(), agreed=True, why="Behovet er over.", ends_on=end)),
        (
            "sondre_land",
            close(
                named(opened("sondre_land"), sondre).case,
                sondre,
                agreed=False,
                why="Vilkårene er ikke lenger oppfylt.",
                ends_on=end,
                noticed_on=date(2026, 10, 20),
                answer="Redd for å stå alene.",
            ),
        ),
    ]


def later() -> list[tuple[str, Outcome]]:
    """What the unit decides and learns after the beginning: refusals, changes, meetings, notices, complaints, new consents."""
    here, south = situation(), situation("sondre_land", date(2027, 2, 1))
    case, team = opened(), with_team()
    after = situation("orland", date(2027, 2, 1))
    noticed = notice(team, after, why="Behovet er et annet nå.", ends_on=date(2027, 6, 30))
    complained = complain(team, after, received_on=date(2027, 1, 20), about="Valg av koordinator")
    told = with_team("sondre_land")
    consented = take(told, group_consent(), south, "d2").case
    return [
        ("orland", refuse(case, here, measure=Measure.COORDINATOR, why="Det trengs ikke samordning.")),
        (
            "orland",
            change(
                team,
                after,
                name="Berit Moe",
                service="Ergoterapi",
                from_date=date(2027, 3, 1),
                contact="+4772000002",
            ),
        ),
        (
            "orland",
            absent(team, after, from_date=date(2027, 2, 8), until=date(2027, 3, 8), deputy_name="Pål Aune"),
        ),
        ("orland", plan_meeting(team, after, on=date(2027, 3, 15), agenda=("Målene",), place="Møterom 2")),
        ("orland", noticed),
        ("orland", complained),
        ("orland", forward_complaint(complained.case, after, forwarded_on=date(2027, 2, 1))),
        (
            "orland",
            decide_complaint(complained.case, after, upheld=True, why="Vi har vurdert saken på nytt."),
        ),
        ("orland", take(case, checklist(*CHILD), document="d2")),
        ("sondre_land", close(told, south, agreed=True, why="Behovet er over.", ends_on=date(2027, 3, 1))),
        ("sondre_land", take(consented, report("change"), south, "d3")),
    ]


def reminded() -> list[tuple[str, Case, LetterOrder]]:
    """Every reminder."""
    owing = with_team(established_on=date(2025, 9, 1))
    asked = named(opened("sondre_land"), situation("sondre_land", date(2026, 12, 11)), name="").case
    days = [
        (owing, date(2027, 5, 1)),
        (owing, date(2027, 6, 15)),
        (asked, date(2026, 12, 21)),
        (asked, date(2026, 12, 26)),
    ]
    youth = with_team(established_on=date(2025, 9, 1))
    born = date(2011, 6, 14)
    young = replace(youth, person=replace(youth.person, birth_date=born))
    waiting = opened(submission=need())
    meeting = plan_meeting(owing, situation(), on=date(2027, 1, 18)).case
    others = [with_team("salangen", established_on=date(2025, 9, 1)), with_team("sondre_land")]
    weeks = [date(2026, 12, 1) + timedelta(days=step) for step in range(0, 1200, 13)]
    days += [(one, on) for one in (young, waiting, meeting, *others) for on in weeks]
    return [
        (case.municipality, case, item.order)
        for case, on in days
        for item in due(
            [case],
            ALL,
            on,
            staff={case.municipality: EVERYBODY},
            civil=lambda one, audience, on=on: civil_parties(one, ALL.law, on, audience),  # type: ignore[misc]
        )
        if item.order is not None
    ]


def test_every_order_becomes_a_letter_without_a_gap() -> None:
    """The contract between the two rooms: kinds, recipients and facts."""
    orders = [(key, o.case, order) for key, o in outcomes() + later() for order in o.letters] + reminded()
    for key, case, order in orders:
        made = compose(
            order,
            case,
            SPECS[order.kind],
            profile=ALL[key],
            law=ALL.law,
            staff=EVERYBODY,
            number=3,
            on=date(2026, 11, 23),
        )
        assert isinstance(made, Composed), (order.kind, order.to.role, made)
    # Asked for only where the municipality has set a day of its own (T-5), which none of the five has.
    asked = {"annual-collection"}
    assert {spec.kind for spec in SPECS} - asked - {order.kind for _, _, order in orders} == set()
