"""The person's other open cases: one plan and one coordinator for each person, not for each case (R-4, R-8)."""

from __future__ import annotations

from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Situation
from pipeline.domain import Case
from pipeline.errors import RefusedError


def plan_elsewhere(situation: Situation) -> Case | None:
    """The person's other open case that has a plan in force, where there may be one only (R-4)."""
    if not situation.profile.plan.one_per_person:
        return None
    return next((one for one in situation.others if _plan_runs(one)), None)


def check_plan(ledger: Ledger) -> None:
    """Ask a person about a plan in this case when the person has one in another too (R-4)."""
    other = plan_elsewhere(ledger.situation)
    if other is not None and _plan_runs(ledger.case):
        ledger.task(
            "plan-in-two-cases",
            f"Den det gjelder har individuell plan også i sak {other.id}, og kan bare ha én. Avklar hvilken som gjelder, eller slå"
            " sammen sakene: skjemaflyt case merge.",
            rule=ledger.situation.profile.sources.get("plan.one_per_person", "R-4"),
        )


def refuse_second_coordinator(situation: Situation) -> None:
    """Refuse to appoint where another open case of the person has a coordinator, or waits for one: one at a time (R-8)."""
    for other in situation.others:
        if other.coordinator is not None or other.awaiting is not None:
            raise RefusedError(
                f"Den det gjelder har koordinator i sak {other.id}, og det skal til enhver tid være én. Slå sammen sakene med skjemaflyt"
                " case merge, eller avslutt den ene først",
                rule="R-8",
            )


def _plan_runs(case: Case) -> bool:
    return case.plan is not None and case.plan.exists is True and case.plan.active is not False
