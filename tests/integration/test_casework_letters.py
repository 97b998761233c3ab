"""What casework and reminders order, the letters room can write: every kind, with the shipped templates, without a gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.casework import Outcome, close
from pipeline.domain import Case, Employee, LetterOrder, Plan, RoleHolding, Staff
from pipeline.letters import Composed, compose, load_letters
from pipeline.reminders import due
from tests.unit.casework.material import (
    ALL,
    ORAL,
    STAFF,
    adult,
    named,
    need,
    opened,
    report,
    situation,
    take,
    with_team,
)

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
    return [
        (case.municipality, case, item.order)
        for case, on in days
        for item in due([case], ALL, on, staff={case.municipality: EVERYBODY})
        if item.order is not None
    ]


def test_every_order_becomes_a_letter_without_a_gap() -> None:
    """The contract between the two rooms: kinds, recipients and facts."""
    orders = [(key, o.case, order) for key, o in outcomes() for order in o.letters] + reminded()
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
    assert {order.kind for _, _, order in orders} == {spec.kind for spec in SPECS}
