"""What the coordinating unit decides: appoint and close. Each says which letters will follow, then keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pipeline import casework
from pipeline.casework import Appointer, Outcome, Situation
from pipeline.domain import Case, Measure
from pipeline.errors import UsageError
from pipeline.flow._desk import Desk
from pipeline.flow._keeping import keep
from pipeline.flow._lettering import lay_withdrawn, make_letters
from pipeline.store import Register

Say = Callable[[str], None]


def appoint(
    desk: Desk,
    case_id: str,
    *,
    measure: str,
    service: str,
    name: str,
    from_date: date,
    deputy_name: str = "",
    deputy_contact: str = "",
    contact: str = "",
    reasons: str = "",
    decided_by_team: date | None = None,
    by: str = "",
    say: Say,
) -> dict[str, object]:
    """Appoint a coordinator. Raises UsageError for what isn't known, RefusedError for what a rule forbids."""
    chosen = measure_of(measure)

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause="appoint")
        employee = employee_of(situation, name, service)
        return casework.appoint(
            case,
            situation,
            measure=chosen,
            service=service,
            name=name,
            from_date=from_date,
            employee=employee,
            deputy_name=deputy_name,
            deputy_contact=deputy_contact,
            contact=contact,
            reasons=reasons,
            decided_by_team=decided_by_team,
            by=appointer_of(by),
        )

    return decided(desk, case_id, decide, say)


def measure_of(text: str) -> Measure:
    """The measure of that id; raises UsageError with the known ones."""
    try:
        return Measure(text)
    except ValueError:
        raise UsageError(f"Kjenner ikke tiltaket «{text}». Kjente: {', '.join(Measure)}.") from None


def appointer_of(text: str) -> Appointer | None:
    """Who named the coordinator (R-21), None when not said; raises UsageError with the known ones."""
    try:
        return Appointer(text) if text else None
    except ValueError:
        raise UsageError(f"Kjenner ikke «{text}» i --by. Kjente: {', '.join(Appointer)}.") from None


def employee_of(situation: Situation, name: str, service: str) -> str | None:
    """The id of the employee of that name and service, None when there is none; raises UsageError for one in another service only."""
    if not name:
        return None
    employee = situation.staff.named(name, service=service)
    namesake = situation.staff.named(name) if employee is None else None
    if namesake is not None and namesake.service:
        raise UsageError(
            f"Ansattlisten har {name} i {namesake.service}, ikke i {service}. Rett --service eller ansattlisten."
        )
    return employee.id if employee is not None else None


def close(
    desk: Desk,
    case_id: str,
    *,
    agreed: bool,
    why: str,
    ends_on: date,
    noticed_on: date | None = None,
    answer: str = "",
    without_notice: bool = False,
    why_not: str = "",
    say: Say,
) -> dict[str, object]:
    """End a case's measures, by agreement or against the wish. Raises as ``appoint``."""

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause="close")
        return casework.close(
            case,
            situation,
            agreed=agreed,
            why=why,
            ends_on=ends_on,
            noticed_on=noticed_on,
            answer=answer,
            without_notice=without_notice,
            why_not=why_not,
        )

    return decided(desk, case_id, decide, say)


def choose_language(desk: Desk, case_id: str, *, language: str, say: Say) -> dict[str, object]:
    """Say which language a case's letters to citizens are in (B.6). Raises UsageError for a case or language that isn't known, RefusedError as ``casework.choose_language``."""
    known = desk.letters().languages
    if language not in known:
        told = " eller ".join(f"{code} ({name})" for code, name in known.items())
        raise UsageError(f"Kjenner ikke målformen «{language}». Skriv {told}.")

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause="language")
        return casework.choose_language(case, situation, language=language)

    done = decided(desk, case_id, decide, say)
    say(f"Brev til den saken gjelder, og de nærmeste, skrives heretter på {known[language]}.")
    return done


def decided(
    desk: Desk, case_id: str, decide: Callable[[Register, Case], Outcome], say: Say
) -> dict[str, object]:
    """Make a decision in a case: say which letters follow, keep it, make them. Raises UsageError when there is no such case."""
    with desk.store.transaction() as register:
        case = register.case(case_id)
        if case is None:
            raise UsageError(f"Fant ikke sak {case_id}. Se listen med: skjemaflyt cases")
        desk.refuse_kept_out(register, case)
        outcome = decide(register, case)
        for text in casework.foresee(outcome):
            say(text)
        keep(desk, register, outcome)
    lay_withdrawn(desk)
    make_letters(desk)
    with desk.store.reading() as register:
        known = {order.key for order in outcome.letters}
        letters = [letter.id for letter in register.letters(case=case_id) if letter.order.key in known]
    return {"case": case_id, "state": outcome.case.phase.value, "letters": letters}
