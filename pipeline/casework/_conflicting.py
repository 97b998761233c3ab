"""An employee with a conflict of interest is kept out of the case: nobody's coordinator, signer or reader there (B.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._words import listed
from pipeline.domain import (
    Case,
    Employee,
    Letter,
    LetterStatus,
    Matter,
    MatterKind,
    Staff,
    address_key,
    name_key,
)
from pipeline.errors import RefusedError

CITATION = "fvl-impartiality"
"""The citation of ``config/law.toml`` on who may not handle a case."""


def conflict(
    case: Case, situation: Situation, *, name: str, why: str, letters: Sequence[Letter] = ()
) -> Outcome:
    """Keep an employee out of the case from today. ``letters`` are the case's: those they signed or got already become a task.

    ``situation.staff`` is everybody. Raises ``RefusedError`` when nobody of that name is on the staff list, or without a reason.
    """
    rule = rule_of(situation)
    if not why.strip():
        raise RefusedError("Si hvorfor, med --why", rule=rule)
    employee = situation.staff.named(name)
    if employee is None:
        raise RefusedError("Ansattlisten har ikke én person med dette navnet", rule=rule)
    if kept_out(case, employee.name, employee.id):
        raise RefusedError("Den ansatte er alt holdt utenfor saken", rule=rule)
    ledger = Ledger(case, situation)
    ledger.open_matter(
        MatterKind.CONFLICT, situation.today, who=employee.name, employee=employee.id, text=why.strip()
    )
    for appointment in case.appointments:
        if appointment.to_date is not None:
            continue
        if is_one(appointment.name, appointment.employee, employee):
            ledger.task(
                "conflict-coordinator",
                "Koordinatoren er inhabil. Oppnevn en annen, og meld det til den det gjelder.",
                rule=rule,
            )
        if is_one(appointment.deputy_name, None, employee):
            ledger.task("conflict-deputy", "Stedfortrederen er inhabil. Finn en annen.", rule=rule)
    gone = [
        one.id
        for one in letters
        if one.status in (LetterStatus.SIGNED, LetterStatus.SENT) and concerns(one, employee)
    ]
    if gone:
        ledger.task(
            "conflict-letters",
            f"Disse brevene er alt underskrevet av eller sendt til en som er inhabil: {listed(gone)}. Vurder om noe må gjøres om.",
            rule=rule,
        )
    return ledger.outcome()


def end_conflict(case: Case, situation: Situation, *, name: str) -> Outcome:
    """The conflict is over; the employee may work in the case again. ``RefusedError`` when there was none."""
    ledger = Ledger(case, situation)
    found = [
        m for m in case.matters_of(MatterKind.CONFLICT, running=True) if name_key(m.who) == name_key(name)
    ]
    if not found:
        raise RefusedError("Den ansatte er ikke holdt utenfor saken", rule=rule_of(situation))
    for matter in found:
        ledger.change_matter(matter, until=situation.today, done_on=situation.today, outcome="ended")
    ledger.settle("conflict-coordinator", "conflict-deputy")
    return ledger.outcome()


def kept_out(case: Case, name: str, employee: str | None = None) -> Matter | None:
    """The conflict that keeps somebody out of the case, by name or by staff id; None when they may work in it."""
    for matter in case.matters_of(MatterKind.CONFLICT, running=True):
        if (name and name_key(matter.who) == name_key(name)) or (
            employee is not None and matter.employee == employee
        ):
            return matter
    return None


def without_kept_out(staff: Staff, case: Case) -> Staff:
    """The staff that may have to do with the case: to all others it is as if they weren't on the list."""
    if not case.matters_of(MatterKind.CONFLICT, running=True):
        return staff
    return replace(
        staff, employees=tuple(one for one in staff.employees if not kept_out(case, one.name, one.id))
    )


def refuse_kept_out(case: Case, situation: Situation, name: str, what: str) -> None:
    """Raise ``RefusedError`` with the act's paragraph when the one named is kept out; ``what`` begins the sentence."""
    if name and kept_out(case, name) is not None:
        raise RefusedError(f"{what} er inhabil i denne saken", rule=rule_of(situation))


def warn_of_own_family(ledger: Ledger) -> None:
    """A task when an employee has the name and address of the person or of one about them: then they may not handle the case."""
    case = ledger.case
    about = [(case.person.name, case.person.address), *((one.name, one.address) for one in case.contacts)]
    known = {(name_key(name), address_key(address)) for name, address in about if name and address}
    for employee in ledger.situation.staff.employees:
        own = employee.address and (name_key(employee.name), address_key(employee.address)) in known
        if own and not kept_out(case, employee.name, employee.id):
            ledger.task(
                "own-family",
                f"En ansatt har samme navn og adresse som en i saken ({employee.id}). Er det den samme, meld det med: skjemaflyt conflict",
                rule=rule_of(ledger.situation),
            )


def concerns(letter: Letter, employee: Employee) -> bool:
    """Whether an employee signs a letter or gets it."""
    told = (letter.signer, str(letter.data.get("responsible") or ""))
    return letter.order.to.employee == employee.id or any(
        name and name_key(name) == name_key(employee.name) for name in told
    )


def is_one(name: str, identity: str | None, employee: Employee) -> bool:
    """Whether a name or a staff id is this employee's."""
    return identity == employee.id or (bool(name) and name_key(name) == name_key(employee.name))


def rule_of(situation: Situation) -> str:
    """The paragraph on conflicts of interest as it is cited today."""
    return situation.law.cite(CITATION, situation.today)
