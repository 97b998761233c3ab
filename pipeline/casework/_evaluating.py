"""An evaluation of team and plan, and what ends with it (T-9 to T-13, R-46, R-47)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.casework._dissolving import dissolve
from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.domain import Case, EventKind, MatterKind, Measure
from pipeline.errors import RefusedError


def evaluate(
    case: Case, situation: Situation, *, on: date, ends_plan: bool = False, ends_team: bool = False
) -> Outcome:
    """Note an evaluation. The plan ends when all goals are met and no new have come (R-47), the team when the need or wish is over (R-46).

    Raises ``RefusedError`` for a closed case, a day to come, or an end of what isn't there.
    """
    team, plan = case.team, case.plan
    if not case.open:
        raise RefusedError("Saken er avsluttet", rule="T-13")
    if on > situation.today:
        raise RefusedError("Evalueringen kan ikke være holdt en dag som ikke er kommet", rule="T-13")
    if any(matter.on == on for matter in case.matters_of(MatterKind.EVALUATION)):
        raise RefusedError("Evalueringen den dagen er allerede registrert", rule="T-13")
    if ends_plan and (plan is None or not plan.exists or plan.active is False):
        raise RefusedError("Saken har ingen individuell plan i drift", rule="R-47")
    if ends_team and (team is None or not team.active):
        raise RefusedError("Saken har ikke noe team å avslutte", rule="R-46")
    ledger = Ledger(case, situation)
    ends = ((Measure.INDIVIDUAL_PLAN,) if ends_plan else ()) + ((Measure.CARE_GROUP,) if ends_team else ())
    matter = ledger.open_matter(
        MatterKind.EVALUATION,
        on,
        done_on=on,
        outcome="ends" if ends else "goes-on",
        scope=tuple(measure.value for measure in ends),
    )
    if ends_plan and plan is not None:
        # The plan is the person's own and still exists; nobody carries it on.
        ledger.change(replace(ledger.case, plan=replace(plan, active=False, as_of=on)))
        ledger.note(EventKind.PLAN_REPORTED, exists=True, active=False, as_of=on, rule="R-47")
    if ends_team and team is not None:
        dissolve(ledger, team, team.present, on=on, cause=matter.id)
    ledger.settle("evaluation-ends")
    return ledger.outcome()
