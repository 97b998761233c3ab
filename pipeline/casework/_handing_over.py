"""From one coordinator to the next: one at a time, with overlap of what the new one must know (R-8, R-42, R-44)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pipeline.casework._delivery import tell_members
from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._parties import internal
from pipeline.casework._words import same
from pipeline.domain import Appointment, Case, EventKind, MatterKind, PartyRole
from pipeline.errors import RefusedError

ABSENCE_TASKS = ("absence-deputy", "absence-deputy-outside", "absence-length", "new-coordinator-needed")
"""The tasks that an absence gives, done when it ends."""


def end_former(ledger: Ledger, new: Appointment) -> Appointment | None:
    """End the coordinator in force the day before ``new`` begins; None when there is none. ``new`` isn't in the case yet."""
    former = ledger.case.coordinator
    if former is None:
        return None
    if same(former.name, new.name) and same(former.service, new.service) and former.measure is new.measure:
        raise RefusedError("Den samme personen er allerede koordinator", rule="R-8")
    begins = new.from_date or ledger.situation.today
    last = begins - timedelta(days=1)
    if former.from_date is not None and last < former.from_date:
        raise RefusedError("Den nye kan ikke begynne før eller samme dag som den forrige", rule="R-8")
    appointments = tuple(
        replace(former, to_date=last) if a.id == former.id else a for a in ledger.case.appointments
    )
    ledger.change(replace(ledger.case, appointments=appointments))
    ledger.note(EventKind.COORDINATOR_ENDED, appointment=former.id, to_date=last, rule="R-8")
    for absence in ledger.case.matters_of(MatterKind.ABSENCE, running=True):
        ledger.change_matter(absence, done_on=ledger.situation.today, until=last, outcome="replaced")
    ledger.settle(*ABSENCE_TASKS)
    return former


def hand_over(ledger: Ledger, former: Appointment, new: Appointment) -> None:
    """Another person coordinates from now: a handover with overlap, and letters to the former one and to the team's members."""
    if same(former.name, new.name):
        return
    begins = new.from_date or ledger.situation.today
    ledger.open_matter(
        MatterKind.HANDOVER,
        ledger.situation.today,
        due=begins,
        about=new.id,
        who=former.name,
        employee=former.employee,
    )
    staff = ledger.situation.staff
    employee = next((known for known in staff.employees if known.id == former.employee), None)
    if employee is None:
        ledger.task(
            "tell-former-coordinator",
            "Koordinatoren er byttet, og den forrige står ikke i ansattlisten. Gi den forrige beskjed.",
            rule="R-44",
        )
    else:
        facts = {
            "measure": former.measure.value,
            "ends_on": begins - timedelta(days=1),
            "successor_name": new.name,
        }
        ledger.order("coordinator-ended", internal(PartyRole.COORDINATOR, employee), former.id, facts)
    ledger.task(
        "handover",
        "Koordinatoren er byttet. Se til at den forrige og den nye overlapper, så nødvendig informasjon overføres; si fra når det"
        " er gjort: skjemaflyt change SAK --handed-over DATO.",
        rule="R-44",
    )
    team = ledger.case.team
    if team is not None and team.active:
        told = {"coordinator_name": new.name, "from_date": new.from_date, "former_name": former.name}
        tell_members(ledger, "change-member", team.present, new.id, told)


def handed_over(case: Case, situation: Situation, on: date) -> Outcome:
    """Note that the former coordinator has told the new one what they must know (R-44).

    Raises ``RefusedError`` when no handover runs, or the day is still to come.
    """
    ledger = Ledger(case, situation)
    running = case.matters_of(MatterKind.HANDOVER, running=True)
    if not running:
        raise RefusedError("Det er ingen overføring mellom koordinatorer som pågår i saken", rule="R-44")
    if on > situation.today:
        raise RefusedError("Overføringen kan ikke være gjort en dag som ikke er kommet", rule="R-44")
    for matter in running:
        ledger.change_matter(matter, done_on=on, outcome="done")
    ledger.settle("handover")
    return ledger.outcome()
