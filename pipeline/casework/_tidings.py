"""Who is told of an appointment or asked to name a coordinator, and with which facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pipeline.casework._deciders import decider
from pipeline.casework._delivery import tell_family
from pipeline.casework._hearing import child_heard
from pipeline.casework._ledger import Ledger
from pipeline.casework._parties import internal
from pipeline.casework._words import same, written_day
from pipeline.domain import Appointment, Employee, Fact, Measure, Party, PartyRole


def reach(contact: str) -> tuple[str, str]:
    """Phone and e-mail out of a contact that holds one or both (``+4772000001; navn@example.no``)."""
    parts = [part.strip() for part in contact.split(";") if part.strip()]
    phone = next((part for part in parts if "@" not in part), "")
    email = next((part for part in parts if "@" in part), "")
    return phone, email


def ask_for_designation(ledger: Ledger, appointment: Appointment) -> None:
    """The letter that asks a service's leader to name a coordinator."""
    facts: dict[str, Fact] = {
        "measure": appointment.measure.value,
        "service": appointment.service,
        "reply_due": appointment.reply_due,
        **decider(ledger, appointment.measure),
    }
    _to_leader(ledger, "designation-request", appointment.service, appointment.id, facts)


def tell_service_of_withdrawal(ledger: Ledger, waiting: Appointment) -> None:
    """Ask a person to tell the service that it need not name anybody any more."""
    word = ledger.situation.profile.terms.leader
    ledger.task(
        "tell-asked-service",
        f"{waiting.service} ble bedt om å peke ut koordinator. Det er ikke lenger aktuelt. Gi beskjed til tjenestens {word}.",
        rule="T-1",
    )


def tell_of_appointment(
    ledger: Ledger,
    appointment: Appointment,
    employee: Employee | None,
    *,
    former: Appointment | None,
    reasons: str,
) -> None:
    """Letters to the user or family, to the coordinator and to the leader of the coordinator's service."""
    changed = former is not None and not same(former.name, appointment.name)
    if changed and ledger.situation.profile.appointment.notify_user_of_change == "phone_and_journal":
        ledger.task(
            "tell-user-by-phone",
            "Koordinatoren er byttet. Ring den det gjelder og eventuelle pårørende, og skriv det i journalen.",
            rule="L-000-5",
        )
    else:
        # Another measure than before is a new decision, not a change of person.
        same_measure = former is not None and former.measure is appointment.measure
        former_name = former.name if former is not None and changed and same_measure else ""
        _to_user(ledger, appointment, employee, reasons, former_name=former_name)
    _to_coordinator(ledger, appointment, employee)
    service = employee.service if employee and employee.service else appointment.service
    facts: dict[str, Fact] = {
        "measure": appointment.measure.value,
        "coordinator_name": appointment.name,
        "service": service,
        "from_date": appointment.from_date,
        **decider(ledger, appointment.measure),
    }
    _to_leader(ledger, "appointment-manager", service, appointment.id, facts, unless=employee)


def tell_of_plan(ledger: Ledger, coordinator: Appointment) -> None:
    """The decision that there is to be an individual plan, to the user or family, with who the coordinator is (L-003-4)."""
    employee = next((one for one in ledger.situation.staff.employees if one.id == coordinator.employee), None)
    plan = replace(coordinator, id=f"{coordinator.id}:plan", measure=Measure.INDIVIDUAL_PLAN)
    _to_user(ledger, plan, employee, "", former_name="")


def _to_user(
    ledger: Ledger, appointment: Appointment, employee: Employee | None, reasons: str, *, former_name: str
) -> None:
    staff = ledger.situation.staff
    phone, email = reach(appointment.contact)
    deputy = staff.named(appointment.deputy_name) if appointment.deputy_name else None
    deputy_phone, _ = reach(appointment.deputy_contact)
    facts: dict[str, Fact] = {
        "measure": appointment.measure.value,
        "from_date": appointment.from_date,
        "coordinator_name": appointment.name,
        "coordinator_title": employee.title if employee else "",
        "coordinator_service": (employee.service if employee else "") or appointment.service,
        "coordinator_phone": phone or (employee.phone if employee else ""),
        "coordinator_email": email or (employee.email if employee else ""),
        "deputy_name": appointment.deputy_name,
        "deputy_phone": deputy_phone or (deputy.phone if deputy else ""),
        "former_name": former_name,
        "notified_on": ledger.case.notified_on,
        "reasons": reasons,
        **child_heard(ledger),
        **decider(ledger, appointment.measure),
    }
    tell_family(ledger, "appointment-user", appointment.id, facts, appointment.measure)


def _to_coordinator(ledger: Ledger, appointment: Appointment, employee: Employee | None) -> None:
    if employee is None:
        ledger.no_letter("appointment-coordinator", "koordinatoren står ikke i ansattlisten")
        return
    case, annual = ledger.case, ledger.situation.profile.annual
    team = case.team is not None and case.team.active
    owes = annual.mode == "push" and (team or Measure.CARE_GROUP in (*case.requested, *case.granted))
    facts: dict[str, Fact] = {
        "measure": appointment.measure.value,
        "from_date": appointment.from_date,
        "deputy_name": appointment.deputy_name,
        "team": team,
        # Any year will do: the day is one that every year has.
        "annual_due": written_day(date.fromisoformat(f"2001-{annual.due}")) if owes else None,
        **decider(ledger, appointment.measure),
    }
    if ledger.situation.profile.appointment.handbook:
        facts |= {"handbook": True, "plan_tool": ledger.situation.profile.plan.tool}
    ledger.order("appointment-coordinator", internal(PartyRole.COORDINATOR, employee), appointment.id, facts)


def _to_leader(
    ledger: Ledger,
    kind: str,
    service: str,
    key: str,
    facts: Mapping[str, Fact],
    *,
    unless: Employee | None = None,
) -> None:
    """A letter to the one who leads a service; none when that is the coordinator. It waits while the staff list has nobody."""
    leader = ledger.situation.staff.holder("manager", ledger.situation.today, service=service)
    if leader is None:
        ledger.order(kind, Party(role=PartyRole.MANAGER, name="", service=service), key, facts)
    elif unless is None or leader.id != unless.id:
        ledger.order(kind, internal(PartyRole.MANAGER, leader), key, facts)
