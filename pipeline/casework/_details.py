"""What a form says of the person and those around: what was unknown is filled in, what differs goes to a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.casework._ledger import Ledger, next_id
from pipeline.casework._words import listed, same
from pipeline.domain import Contact, ContactRole, EventKind, Person, Submission

_LABELS = {
    "name": "navn",
    "birth_date": "fødselsdato",
    "due_date": "termin",
    "address": "adresse",
    "postal_place": "poststed",
    "phone": "telefon",
    "email": "e-post",
}
_GROUPS = (("address", "postal_place"), ("name",), ("birth_date",), ("due_date",), ("phone",), ("email",))
"""Street and place are one address: half of one and half of another would be wrong."""


def day(submission: Submission, name: str) -> date | None:
    """The date a field holds, None when it is empty."""
    text = submission.text(name)
    return date.fromisoformat(text) if text else None


def person_of(submission: Submission, person_id: str) -> Person:
    """The person as a form describes them."""
    return Person(
        id=person_id,
        name=submission.text("recipient.name") or submission.text("subject"),
        birth_date=day(submission, "recipient.birth_date"),
        due_date=day(submission, "recipient.due_date"),
        address=submission.text("recipient.address"),
        postal_place=submission.text("recipient.postal_place"),
        phone=submission.text("recipient.phone"),
        email=submission.text("recipient.email"),
    )


def update_person(ledger: Ledger, submission: Submission) -> None:
    """Fill in what the register didn't know; a differing detail becomes a task, never a silent overwrite."""
    known, told = ledger.case.person, person_of(submission, ledger.case.person.id)
    filled: dict[str, str | date] = {}
    differs: list[str] = []
    for group in _GROUPS:
        _weigh(known, told, group, filled, differs)
    if filled:
        ledger.change(replace(ledger.case, person=replace(known, **filled)))  # type: ignore[arg-type]  # names and types are the person's own
        ledger.note(EventKind.PERSON_UPDATED, fields=tuple(filled))
    if differs:
        report_differences(ledger, [_LABELS[name] for name in differs])


def _weigh(
    known: Person, told: Person, group: Sequence[str], filled: dict[str, str | date], differs: list[str]
) -> None:
    apart = [name for name in group if _differ(getattr(known, name), getattr(told, name))]
    differs.extend(apart)
    if not apart:
        filled.update({n: getattr(told, n) for n in group if getattr(told, n) and not getattr(known, n)})


def _differ(known: str | date | None, told: str | date | None) -> bool:
    if not known or not told:
        return False
    if isinstance(known, str) and isinstance(told, str):
        return not same(known, told)
    return known != told


def report_differences(ledger: Ledger, labels: Sequence[str]) -> None:
    """Ask a person to look at what differs. The values stay in the document."""
    ledger.task(
        "details-differ",
        f"Opplysninger avviker: skjemaet sier noe annet enn registeret om {listed(labels)}. Se hva som er riktig.",
    )


def add_contact(ledger: Ledger, contact: Contact, label: str, *, several: bool = False) -> None:
    """Add somebody about the person; where there can be one only, a new name is a task. ``contact.id`` is given here."""
    if not contact.name and not contact.office:
        return
    others = [known for known in ledger.case.contacts if known.role is contact.role]
    match = next((known for known in others if same(known.name, contact.name)), None)
    if match is None:
        if others and not several:
            report_differences(ledger, [label])
            return
        added = replace(contact, id=next_id("k", (known.id for known in ledger.case.contacts)))
        ledger.change(replace(ledger.case, contacts=(*ledger.case.contacts, added)))
        ledger.note(EventKind.PERSON_UPDATED, contact=added.id, role=added.role.value)
        return
    names = ("relation", "phone", "email", "office")
    if any(_differ(getattr(match, name), getattr(contact, name)) for name in names):
        report_differences(ledger, [label])
        return
    fuller = replace(match, **{n: getattr(contact, n) for n in names if not getattr(match, n)})
    if fuller != match:
        contacts = tuple(fuller if known.id == match.id else known for known in ledger.case.contacts)
        ledger.change(replace(ledger.case, contacts=contacts))
        ledger.note(EventKind.PERSON_UPDATED, contact=match.id, role=match.role.value)


def add_kin(ledger: Ledger, submission: Submission) -> None:
    """Add the next of kin that a form names."""
    kin = Contact(
        id="",
        role=ContactRole.NEXT_OF_KIN,
        name=submission.text("next_of_kin.name"),
        phone=submission.text("next_of_kin.phone"),
        relation=submission.text("next_of_kin.relation"),
    )
    add_contact(ledger, kin, "pårørende", several=True)
