"""What the register knows of a case, as a form asks for it: by the names of the form's fields."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from pipeline.domain import Appointment, Case, ContactRole, Member, Person
from pipeline.letters._words import kept_together


def known_of(case: Case, wanted: Collection[str]) -> dict[str, str]:
    """The texts for a form's fields, rows by number (``members.2.name``); ``wanted`` are fields or the beginnings of their ids.

    What nobody has said is left out, and so is a protected address.
    """
    return {
        name: text
        for name, text in _all(case)
        if text and any(name == one or name.startswith(f"{one}.") for one in wanted)
    }


def _all(case: Case) -> Iterator[tuple[str, str]]:
    yield "subject", case.person.name
    yield "case.number", case.archive_case or case.id
    yield from _person(case.person)
    for role, prefix in ((ContactRole.NEXT_OF_KIN, "next_of_kin"), (ContactRole.GUARDIAN, "guardian")):
        contact = next((one for one in case.contacts if one.role is role), None)
        if contact is not None:
            yield f"{prefix}.name", contact.name
            yield f"{prefix}.phone", _written(contact.phone)
            yield f"{prefix}.relation", contact.relation
    if case.coordinator is not None:
        yield from _coordinator(case.coordinator)
    present = case.team.present if case.team is not None and case.team.active else ()
    yield from _members("members", (one for one in present if not one.on_call))
    yield from _members("on_call_members", (one for one in present if one.on_call))
    yield from _members("persons", present)


def _person(person: Person) -> Iterator[tuple[str, str]]:
    yield "recipient.name", person.name
    if person.birth_date is not None:
        yield "recipient.birth_date", person.birth_date.strftime("%d.%m.%Y")
    elif person.due_date is not None:
        yield "recipient.birth_date", f"termin {person.due_date.strftime('%d.%m.%Y')}"
    if not person.protected:
        yield "recipient.address", person.address
        yield "recipient.postal_place", person.postal_place
    yield "recipient.phone", _written(person.phone)
    yield "recipient.email", person.email


def _coordinator(appointment: Appointment) -> Iterator[tuple[str, str]]:
    yield "coordinator.name", appointment.name
    yield "coordinator.service", appointment.service
    yield "coordinator.contact", _written(appointment.contact)
    yield "deputy.name", appointment.deputy_name
    yield "deputy.contact", _written(appointment.deputy_contact)


def _members(group: str, members: Iterable[Member]) -> Iterator[tuple[str, str]]:
    for number, member in enumerate(members, start=1):
        yield f"{group}.{number}.name", member.name
        yield f"{group}.{number}.service", member.service
        yield f"{group}.{number}.contact", _written(member.contact)


def _written(contact: str) -> str:
    """A telephone as people write it, without the hard spaces that a letter needs."""
    return kept_together(contact).replace("\u00a0", " ")
