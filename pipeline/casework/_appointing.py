"""Appointing a coordinator: what must hold (R-1, R-8, R-26, T-21), and who is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.casework._conflicting import refuse_kept_out
from pipeline.casework._consents import asked_for
from pipeline.casework._ledger import Ledger, next_id
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._parties import age_on
from pipeline.casework._tidings import ask_for_designation, tell_of_appointment, tell_service_of_withdrawal
from pipeline.casework._words import same
from pipeline.domain import Appointment, Case, Employee, EventKind, Measure, Phase
from pipeline.errors import RefusedError
from pipeline.municipalities import AppointmentModel

_MANAGER_NAMES = (AppointmentModel.MANAGER_DESIGNATES, AppointmentModel.SERVICE_LEADER)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Choice:
    """Who is to coordinate, as the unit decided."""

    measure: Measure
    service: str
    name: str
    from_date: date
    employee: Employee | None
    deputy_name: str
    deputy_contact: str
    contact: str


def appoint(
    case: Case,
    situation: Situation,
    *,
    measure: Measure,
    service: str,
    name: str,
    from_date: date,
    employee: str | None = None,
    deputy_name: str = "",
    deputy_contact: str = "",
    contact: str = "",
    reasons: str = "",
) -> Outcome:
    """Appoint a coordinator, or ask a service to name one (``name`` empty); the former one ends the day before (R-8).

    Raises ``RefusedError`` with the rule that forbids it.
    """
    ledger = Ledger(case, situation)
    person = _employee(situation, service, name, employee)
    choice = _Choice(
        measure=measure,
        service=service or (person.service if person else ""),
        name=name or (person.name if person and employee else ""),
        from_date=from_date,
        employee=person,
        deputy_name=deputy_name,
        deputy_contact=deputy_contact,
        contact=contact,
    )
    _check(ledger, choice)
    if not choice.name:
        _request(ledger, choice)
        return ledger.outcome()
    _check_employee(ledger, choice)
    former = _end_former(ledger, choice)
    appointment = _write(ledger, choice, reasons)
    tell_of_appointment(ledger, appointment, choice.employee, former=former, reasons=reasons)
    return ledger.outcome()


def _employee(situation: Situation, service: str, name: str, employee: str | None) -> Employee | None:
    if employee is not None:
        found = next((known for known in situation.staff.employees if known.id == employee), None)
        if found is None or (name and not same(found.name, name)):
            raise RefusedError("Ansattlisten har ikke denne personen", rule="R-26")
        return found
    return situation.staff.named(name, service=service) if name else None


def _check(ledger: Ledger, choice: _Choice) -> None:
    case, situation = ledger.case, ledger.situation
    rules = situation.profile.appointment
    if not case.open:
        raise RefusedError("Saken er avsluttet, så ingen kan oppnevnes i den", rule="R-45")
    if case.person.deceased_on is not None:
        raise RefusedError("Personen er registrert som død", rule="R-45")
    if case.person.moved_on is not None:
        raise RefusedError("Personen er registrert som flyttet fra kommunen", rule="R-45")
    refuse_kept_out(case, situation, choice.name, "Koordinatoren")
    refuse_kept_out(case, situation, choice.deputy_name, "Stedfortrederen")
    if choice.measure not in (Measure.COORDINATOR, Measure.CHILD_COORDINATOR):
        raise RefusedError(
            "Det er koordinator eller barnekoordinator som oppnevnes; plan og team følger med", rule="R-1"
        )
    if not choice.service:
        raise RefusedError("Si hvilken tjeneste som skal koordinere", rule="R-20")
    if choice.measure is Measure.CHILD_COORDINATOR:
        birth, limit = case.person.birth_date, rules.child_coordinator_end_age
        if birth is not None and age_on(birth, choice.from_date) >= limit:
            raise RefusedError(
                f"Barnekoordinator kan ikke oppnevnes for en som har fylt {limit} år", rule="T-21"
            )
        if birth is None and case.person.due_date is None:
            ledger.task(
                "birth-date-missing",
                f"Fødselsdato og termin mangler. Se at barnet ikke har fylt {limit} år.",
                rule="T-21",
            )
    # A child coordinator is appointed only when the family wishes it, whatever the municipality's way with coordinators.
    if (rules.user_wish_required or choice.measure is Measure.CHILD_COORDINATOR) and not asked_for(ledger):
        source = situation.profile.sources.get("appointment.user_wish_required", "R-32")
        raise RefusedError(
            "Saken har ikke ønske eller samtykke fra den det gjelder. Innhent det først", rule=source
        )


def _check_employee(ledger: Ledger, choice: _Choice) -> None:
    rules = ledger.situation.profile.appointment
    if choice.employee is not None or rules.employee_required == "no":
        return
    if rules.employee_required == "yes":
        raise RefusedError("Koordinatoren må være ansatt i kommunen og stå i ansattlisten", rule="R-26")
    text = "Koordinatoren står ikke i ansattlisten. Se om det er en kommunalt ansatt"
    ledger.task(
        "coordinator-not-employee",
        f"{text} eller en privat aktør som kan være koordinator."
        if rules.private_actor_allowed
        else f"{text}.",
        rule="R-26",
    )


def _request(ledger: Ledger, choice: _Choice) -> None:
    """Ask the service to name somebody, with the municipality's deadline; an older request ends."""
    situation, case = ledger.situation, ledger.case
    rules = situation.profile.appointment
    if rules.model not in _MANAGER_NAMES:
        source = situation.profile.sources.get("appointment.model", "R-23")
        raise RefusedError("Her oppnevner enheten selv. Si hvem som skal være koordinator", rule=source)
    waiting = case.awaiting
    if waiting is not None and same(waiting.service, choice.service) and waiting.measure is choice.measure:
        raise RefusedError("Tjenesten er allerede bedt om å peke ut koordinator", rule="T-1")
    if waiting is not None:
        _withdraw(ledger, waiting)
    due = (
        situation.law.deadline(situation.today, days=rules.reply_days, roll_to_workday=rules.roll_to_workday)
        if rules.reply_days is not None
        else None
    )
    appointment = Appointment(
        id=next_id("a", (a.id for a in case.appointments)),
        measure=choice.measure,
        service=choice.service,
        from_date=choice.from_date,
        requested_on=situation.today,
        reply_due=due,
    )
    ledger.change(
        replace(
            ledger.case,
            appointments=(*ledger.case.appointments, appointment),
            granted=_granted(case, choice.measure),
            phase=Phase.ACTIVE if case.coordinator else Phase.AWAITING_DESIGNATION,
        )
    )
    ledger.note(
        EventKind.DESIGNATION_REQUESTED, appointment=appointment.id, service=choice.service, reply_due=due
    )
    ask_for_designation(ledger, appointment)


def _withdraw(ledger: Ledger, waiting: Appointment) -> None:
    """End a request that another decision has overtaken; the leader who was asked must not go on looking."""
    _replace(ledger, replace(waiting, to_date=ledger.situation.today))
    tell_service_of_withdrawal(ledger, waiting)


def _granted(case: Case, measure: Measure) -> tuple[Measure, ...]:
    return tuple(known for known in Measure if known in (*case.granted, measure))


def _replace(ledger: Ledger, new: Appointment) -> None:
    appointments = tuple(new if a.id == new.id else a for a in ledger.case.appointments)
    ledger.change(replace(ledger.case, appointments=appointments))


def _end_former(ledger: Ledger, choice: _Choice) -> Appointment | None:
    """End the coordinator in force the day before the new one begins; None when there is none."""
    former = ledger.case.coordinator
    if former is None:
        return None
    if (
        same(former.name, choice.name)
        and same(former.service, choice.service)
        and former.measure is choice.measure
    ):
        raise RefusedError("Den samme personen er allerede koordinator", rule="R-8")
    last = choice.from_date - timedelta(days=1)
    if former.from_date is not None and last < former.from_date:
        raise RefusedError("Den nye kan ikke begynne før eller samme dag som den forrige", rule="R-8")
    _replace(ledger, replace(former, to_date=last))
    ledger.note(EventKind.COORDINATOR_ENDED, appointment=former.id, to_date=last, rule="R-8")
    if not same(former.name, choice.name):
        ledger.task(
            "tell-former-coordinator",
            "Koordinatoren er byttet. Gi den forrige beskjed, og se til at nødvendig informasjon overføres.",
            rule="R-44",
        )
    return former


def _write(ledger: Ledger, choice: _Choice, reasons: str) -> Appointment:
    """Write the appointment; one that a service was asked for is filled in, so that the request is answered."""
    case = ledger.case
    waiting = case.awaiting
    answers = (
        waiting is not None and same(waiting.service, choice.service) and waiting.measure is choice.measure
    )
    if waiting is not None and not answers:
        _withdraw(ledger, waiting)
    asked = waiting if answers else None
    appointment = Appointment(
        id=asked.id if asked else next_id("a", (a.id for a in case.appointments)),
        measure=choice.measure,
        service=choice.service,
        name=choice.name,
        employee=choice.employee.id if choice.employee else None,
        from_date=choice.from_date,
        deputy_name=choice.deputy_name,
        deputy_contact=choice.deputy_contact,
        contact=choice.contact,
        requested_on=asked.requested_on if asked else None,
        reply_due=asked.reply_due if asked else None,
    )
    kept = tuple(a for a in ledger.case.appointments if a.id != appointment.id)
    # The right to a child coordinator is the family's.
    person = replace(case.person, family=case.person.family or choice.measure is Measure.CHILD_COORDINATOR)
    ledger.change(
        replace(
            ledger.case,
            person=person,
            appointments=(*kept, appointment),
            granted=_granted(case, choice.measure),
            phase=Phase.ACTIVE,
        )
    )
    ledger.settle("team-without-coordinator", "plan-without-coordinator", "coordinator-differs")
    ledger.note(
        EventKind.COORDINATOR_APPOINTED,
        appointment=appointment.id,
        measure=appointment.measure.value,
        service=appointment.service,
        from_date=appointment.from_date,
        reasons=reasons,
    )
    return appointment
