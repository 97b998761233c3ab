"""Who appoints when a coordinator is changed: the leader another person, the unit another service (R-20, R-21)."""

from __future__ import annotations

from enum import StrEnum

from pipeline.casework._ledger import Ledger
from pipeline.casework._noticing import SERVICE, reassessing
from pipeline.casework._words import same
from pipeline.domain import Appointment, Case, MatterKind
from pipeline.errors import RefusedError


class Appointer(StrEnum):
    """Who named the coordinator."""

    LEADER = "leader"
    UNIT = "unit"


def appointed_by(case: Case, appointment: Appointment) -> Appointer:
    """Who named a coordinator: what was kept then, else the leader of a service that was asked and the unit otherwise."""
    kept = [m for m in case.matters_of(MatterKind.DESIGNATION) if m.about == appointment.id]
    if kept:
        return Appointer(kept[-1].outcome)
    return Appointer.LEADER if appointment.requested_on is not None else Appointer.UNIT


def check_appointer(ledger: Ledger, *, service: str, name: str, by: Appointer | None) -> None:
    """Refuse a leader's change of service, and the unit's change of person where that is the leader's (``appointment.person_changed_by``).

    Asking the service to name somebody is always the unit's to do, and the answer is its leader's. Raises ``RefusedError`` (R-21).
    """
    profile, former = ledger.situation.profile, ledger.case.coordinator
    if former is None or not name or same(name, former.name):
        return
    rule = profile.sources.get("appointment.person_changed_by", "R-21")
    leaders = profile.appointment.person_changed_by == "leader"
    if not same(service, former.service):
        if leaders and by is Appointer.LEADER:
            raise RefusedError(
                f"Bytte av tjeneste avgjøres av {profile.terms.unit_short}, ikke av {profile.terms.leader}. Bes det om bytte, før det"
                " inn med: skjemaflyt reassess SAK --asks service --why",
                rule=rule,
            )
        return
    waiting = ledger.case.awaiting
    answers = waiting is not None and same(waiting.service, service)
    if leaders and not answers and by is not Appointer.LEADER:
        words = {Appointer.LEADER: profile.terms.leader, Appointer.UNIT: profile.terms.unit_short}
        before = words[appointed_by(ledger.case, former)]
        raise RefusedError(
            f"Her er det {profile.terms.leader} som oppnevner en ny person i samme tjeneste (den forrige ble oppnevnt av {before})."
            " Be tjenesten peke ut en ved å utelate --name, eller før inn lederens valg med --by leader",
            rule=rule,
        )


def keep_appointer(ledger: Ledger, appointment: Appointment, by: Appointer | None, *, asked: bool) -> None:
    """Keep who named the coordinator, and when; ``asked``: it answers the unit's request, so its leader did (R-21)."""
    chosen = by or (Appointer.LEADER if asked else Appointer.UNIT)
    today = ledger.situation.today
    ledger.open_matter(
        MatterKind.DESIGNATION, today, done_on=today, outcome=chosen.value, about=appointment.id
    )


def service_decided(ledger: Ledger, service: str, about: str) -> None:
    """Another service coordinates from now, or is asked to: that answers whoever asked for a new assessment (F-000-5)."""
    matter, former = reassessing(ledger.case, SERVICE), ledger.case.coordinator
    earlier = ledger.case.awaiting if former is None else former
    if matter is None or (earlier is not None and same(earlier.service, service)):
        return
    ledger.change_matter(matter, done_on=ledger.situation.today, outcome="changed", about=about)
    ledger.settle("service-reassessment")
