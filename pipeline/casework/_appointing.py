"""Appointing a coordinator: what must hold (R-1, R-8, R-24, R-26, T-21), and who is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pipeline.casework._absences import ask_for_deputy
from pipeline.casework._appointers import Appointer, check_appointer, keep_appointer, service_decided
from pipeline.casework._assessing import conclude, note_team_decision, use_team_decision
from pipeline.casework._conflicting import refuse_kept_out
from pipeline.casework._deciders import ask_about_wish
from pipeline.casework._elsewhere import refuse_second_coordinator
from pipeline.casework._handing_over import end_former, hand_over
from pipeline.casework._holding import asked_for
from pipeline.casework._ledger import Ledger, next_id
from pipeline.casework._noticing import while_noticed
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._parties import age_on
from pipeline.casework._relay import close_relay, end_relay
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
    decided_by_team: date | None = None,
    by: Appointer | None = None,
) -> Outcome:
    """Appoint a coordinator, or ask a service to name one (``name`` empty); the former one ends the day before (R-8).

    ``decided_by_team``: the day the municipality's decision body allocated the coordinator, where it has one (R-24).
    ``by``: who named the coordinator; None: the leader of a service that was asked, else the unit (R-21).

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
    _check_without_consent(ledger, reasons)
    refuse_second_coordinator(situation)
    check_appointer(ledger, service=choice.service, name=choice.name, by=by)
    if decided_by_team is not None:
        note_team_decision(ledger, decided_by_team)
    if not choice.name:
        _request(ledger, choice)
        conclude(ledger, "granted")
        return ledger.outcome()
    _check_employee(ledger, choice)
    new = _appointment(ledger, choice)
    service_decided(ledger, choice.service, new.id)
    former = end_former(ledger, new)
    appointment = _write(ledger, choice, new, reasons)
    keep_appointer(ledger, appointment, by, asked=new.requested_on is not None)
    use_team_decision(ledger, appointment.id)
    tell_of_appointment(ledger, appointment, choice.employee, former=former, reasons=reasons)
    if former is not None:
        hand_over(ledger, former, appointment)
    else:
        close_relay(ledger)
    end_relay(ledger, "coordinator")
    ask_for_deputy(ledger, appointment)
    ask_about_wish(ledger, appointment, reasons)
    conclude(ledger, "granted")
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
    if (rules.user_wish_required or choice.measure is Measure.CHILD_COORDINATOR) and not asked_for(
        case, situation
    ):
        source = situation.profile.sources.get("appointment.user_wish_required", "R-32")
        raise RefusedError(
            "Saken har ikke ønske eller samtykke fra den det gjelder. Innhent det først", rule=source
        )


def _check_without_consent(ledger: Ledger, reasons: str) -> None:
    """Without a wish or consent the municipality may still appoint, for reasons that are written down (R-32)."""
    if asked_for(ledger.case, ledger.situation):
        return
    if not reasons.strip():
        raise RefusedError(
            "Koordinator uten samtykke skal begrunnes: si hvorfor det er nødvendig for forsvarlig helsehjelp", rule="R-32"
        )  # fmt: skip
    ledger.task(
        "coordinator-without-consent",
        "Koordinatoren er oppnevnt uten samtykke fra den det gjelder. Informer om det, og innhent samtykke før opplysninger deles.",
        rule="R-32",
    )


def _check_employee(ledger: Ledger, choice: _Choice) -> None:
    rules = ledger.situation.profile.appointment
    if choice.employee is not None or rules.employee_required == "no":
        return
    source = ledger.situation.profile.sources.get("appointment.employee_required", "R-26")
    if rules.employee_required == "yes":
        raise RefusedError("Koordinatoren må være ansatt i kommunen og stå i ansattlisten", rule=source)
    text = "Koordinatoren står ikke i ansattlisten. Se om det er en kommunalt ansatt"
    ledger.task(
        "coordinator-not-employee",
        f"{text} eller en privat aktør som kan være koordinator."
        if rules.private_actor_allowed
        else f"{text}.",
        rule="R-27" if rules.private_actor_allowed else source,
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
    service_decided(ledger, choice.service, appointment.id)
    ledger.change(
        replace(
            ledger.case,
            appointments=(*ledger.case.appointments, appointment),
            granted=_granted(case, choice.measure),
            phase=while_noticed(case, Phase.ACTIVE if case.coordinator else Phase.AWAITING_DESIGNATION),
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


def _appointment(ledger: Ledger, choice: _Choice) -> Appointment:
    """The appointment to be; one that a service was asked for keeps its id, so that the request is answered."""
    case = ledger.case
    waiting = case.awaiting
    answers = (
        waiting is not None and same(waiting.service, choice.service) and waiting.measure is choice.measure
    )
    asked = waiting if answers else None
    return Appointment(
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


def _write(ledger: Ledger, choice: _Choice, appointment: Appointment, reasons: str) -> Appointment:
    """Write the appointment into the case; a request that it doesn't answer ends."""
    waiting = ledger.case.awaiting
    if waiting is not None and waiting.id != appointment.id:
        _withdraw(ledger, waiting)
    case = ledger.case
    kept = tuple(a for a in case.appointments if a.id != appointment.id)
    # The right to a child coordinator is the family's.
    person = replace(case.person, family=case.person.family or choice.measure is Measure.CHILD_COORDINATOR)
    ledger.change(
        replace(
            case,
            person=person,
            appointments=(*kept, appointment),
            granted=_granted(case, choice.measure),
            phase=while_noticed(case, Phase.ACTIVE),
        )
    )
    ledger.settle(
        "team-without-coordinator",
        "plan-without-coordinator",
        "coordinator-differs",
        "coordinator-to-be-offered",
    )
    ledger.note(
        EventKind.COORDINATOR_APPOINTED,
        appointment=appointment.id,
        measure=appointment.measure.value,
        service=appointment.service,
        from_date=appointment.from_date,
        reasons=reasons,
    )
    return appointment
