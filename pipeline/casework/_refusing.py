"""Refusing a measure that was asked for: with reasons, and without closing what else is granted (C.2, L-000-7, R-3, R-11)."""

from __future__ import annotations

from dataclasses import replace

from pipeline.casework._assessing import conclude, undecided
from pipeline.casework._deciders import decider
from pipeline.casework._delivery import tell_family
from pipeline.casework._ending import end_matters
from pipeline.casework._hearing import child_heard
from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._relay import end_relay
from pipeline.domain import Case, EventKind, Fact, MatterKind, Measure, Phase
from pipeline.errors import RefusedError

_COORDINATORS = (Measure.COORDINATOR, Measure.CHILD_COORDINATOR)


def refuse(
    case: Case,
    situation: Situation,
    *,
    measure: Measure,
    why: str,
    coordination_offered: bool | None = None,
) -> Outcome:
    """Refuse one measure. ``why`` is what the letter gives as reasons. The case is refused when nothing is granted and nothing waits.

    ``coordination_offered``: the services coordinate without a coordinator (R-11); None: as the municipality's relay says.
    Raises ``RefusedError`` with the rule that forbids it.
    """
    _check(case, measure, why)
    ledger = Ledger(case, situation)
    relay = situation.profile.letters.relay_offered
    offered = relay if coordination_offered is None else coordination_offered
    matter = ledger.open_matter(
        MatterKind.REFUSAL,
        case.notified_on or case.opened_on,
        done_on=situation.today,
        outcome="refused",
        text=why,
        scope=(measure.value,),
    )
    ledger.note(EventKind.CASE_REFUSED, matter=matter.id, measure=measure.value, rule="L-000-7")
    facts: dict[str, Fact] = {
        "measure": measure.value,
        "reasons": why,
        "notified_on": case.notified_on,
        "coordination_offered": offered,
        "relay": relay,
    }
    tell_family(ledger, "refusal", matter.id, facts | child_heard(ledger) | decider(ledger, measure), measure)
    conclude(ledger, "refused")
    _offer_coordinator(ledger, measure)
    if not _anything_left(ledger.case):
        ledger.change(replace(ledger.case, phase=Phase.REFUSED, closed_on=situation.today))
        end_relay(ledger, "refused")
        end_matters(ledger)
    return ledger.outcome()


def _check(case: Case, measure: Measure, why: str) -> None:
    if not case.open:
        raise RefusedError("Saken er avsluttet, så det er ikke noe å avslå i den", rule="C.4")
    if not why.strip():
        raise RefusedError("Et avslag skal begrunnes", rule="B.1")
    if measure in case.granted:
        raise RefusedError("Tiltaket er innvilget. Avslutt det i stedet", rule="R-45")
    if any(measure.value in matter.scope for matter in case.matters_of(MatterKind.REFUSAL)):
        raise RefusedError("Tiltaket er allerede avslått i denne saken", rule="L-000-7")
    if measure not in case.requested and (case.requested or measure not in _COORDINATORS):
        raise RefusedError("Det er ikke bedt om dette tiltaket i saken", rule="L-000-7")
    if measure is Measure.INDIVIDUAL_PLAN and case.plan is not None and case.plan.exists:
        raise RefusedError("Saken har allerede individuell plan. Avslutt den i stedet", rule="R-4")
    if measure is Measure.CARE_GROUP and case.team is not None and case.team.active:
        raise RefusedError("Teamet er allerede opprettet. Avslutt det i stedet", rule="R-46")


def _offer_coordinator(ledger: Ledger, measure: Measure) -> None:
    """A coordinator is offered even where there is to be no plan (R-3)."""
    case = ledger.case
    refused = {one for matter in case.matters_of(MatterKind.REFUSAL) for one in matter.scope}
    answered = refused | {one.value for one in case.granted}
    if measure is Measure.INDIVIDUAL_PLAN and not answered & {one.value for one in _COORDINATORS}:
        ledger.task(
            "coordinator-to-be-offered",
            "Individuell plan er avslått. Koordinator skal tilbys likevel når vilkårene er oppfylt: avgjør om en skal tilbys.",
            rule="R-3",
        )
    elif measure in _COORDINATORS:
        ledger.settle("coordinator-to-be-offered")


def _anything_left(case: Case) -> bool:
    """Whether something is granted, in force or undecided."""
    if case.coordinator or case.awaiting or (case.team is not None and case.team.active):
        return True
    if case.granted or any(t.code == "coordinator-to-be-offered" and t.done_on is None for t in case.tasks):
        return True
    return bool(undecided(case))
