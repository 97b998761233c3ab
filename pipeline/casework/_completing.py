"""An order that waits for what nobody had said: completed from the register and the staff list as they are now."""

from __future__ import annotations

from dataclasses import replace

from pipeline.casework._outcome import Situation
from pipeline.casework._parties import addressees, internal
from pipeline.casework._tidings import reach
from pipeline.domain import Appointment, Case, Employee, Fact, LetterOrder, Measure, PartyRole

_CIVIL = frozenset({PartyRole.USER, PartyRole.FAMILY, PartyRole.GUARDIAN})
_OF_APPOINTMENT = frozenset(
    {"appointment-user", "appointment-coordinator", "appointment-manager", "designation-request"}
)

_OF_MATTER = frozenset({"deputy-user", "meeting-notice"})


def complete(order: LetterOrder, case: Case, situation: Situation) -> LetterOrder:
    """The order with the address, the leader or the coordinator's phone that has become known since; else as it was."""
    to = order.to
    if to.role in _CIVIL and not to.address_lines:
        # Any measure will do where the role stands already: the family's address is the person's.
        found = addressees(case, situation.law, situation.today, Measure.CHILD_COORDINATOR)
        known = next((party for party in found.parties if party.role is to.role), None)
        if known is not None:
            order = replace(order, to=replace(to, address_lines=known.address_lines))
    if to.role is PartyRole.MANAGER and to.employee is None:
        leader = situation.staff.holder("manager", situation.today, service=to.service)
        if leader is not None:
            order = replace(order, to=internal(PartyRole.MANAGER, leader))
    if order.kind == "appointment-user":
        order = replace(order, facts={**order.facts, **_coordinator(order, case, situation)})
    return order


def outdated(order: LetterOrder, case: Case) -> bool:
    """Whether a letter that still waits would say what no longer holds: its appointment has ended, its request is answered, its meeting
    is called off or its absence over."""
    if order.kind in _OF_MATTER:
        return any(m.id in order.key.split(":")[1:] and not m.open for m in case.matters)
    if order.kind not in _OF_APPOINTMENT:
        return False
    appointment = _appointment(order, case)
    if appointment is None:
        return False
    return appointment.to_date is not None or (order.kind == "designation-request" and bool(appointment.name))


def _coordinator(order: LetterOrder, case: Case, situation: Situation) -> dict[str, Fact]:
    if order.facts.get("coordinator_phone") or order.facts.get("coordinator_email"):
        return {}
    appointment = _appointment(order, case)
    if appointment is None:
        return {}
    phone, email = reach(appointment.contact)
    employee = _employee(appointment, situation)
    phone = phone or (employee.phone if employee else "")
    email = email or (employee.email if employee else "")
    return {name: text for name, text in (("coordinator_phone", phone), ("coordinator_email", email)) if text}


def _employee(appointment: Appointment, situation: Situation) -> Employee | None:
    staff = situation.staff
    by_id = next((known for known in staff.employees if known.id == appointment.employee), None)
    # A new staff list may give the same person a new id.
    return by_id or staff.named(appointment.name, service=appointment.service)


def _appointment(order: LetterOrder, case: Case) -> Appointment | None:
    parts = order.key.split(":")
    return next((known for known in case.appointments if known.id in parts[1:]), None)
