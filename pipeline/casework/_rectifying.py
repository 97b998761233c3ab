"""Putting right what the register says of the person and those around: address, name, what is protected (B.11, B.17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from pipeline.casework._details import report_differences
from pipeline.casework._ledger import Ledger, next_id
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._parties import window
from pipeline.casework._words import listed, same
from pipeline.domain import (
    Case,
    Contact,
    ContactRole,
    EventKind,
    Letter,
    LetterOrder,
    LetterStatus,
    PartyRole,
    Person,
    Phase,
)
from pipeline.errors import RefusedError

_NAMED_AS = frozenset({PartyRole.USER, PartyRole.FAMILY})


def rectify(case: Case, situation: Situation, *, person: Person, letters: Sequence[Letter] = ()) -> Outcome:
    """The case with what a clerk knows to be right of the person. ``letters`` are the case's.

    A protected address (B.11) makes a task of what is signed already; ``rewritten`` says what happens to the others. Raises
    ``RefusedError`` for a birth to come, and for a case that goes on in another.
    """
    _check(case)
    if person.birth_date is not None and person.birth_date > situation.today:
        raise RefusedError("Fødselsdagen kan ikke være frem i tid", rule="T-21")
    ledger = Ledger(case, situation)
    changed = [f.name for f in fields(Person) if getattr(person, f.name) != getattr(case.person, f.name)]
    if not changed:
        return ledger.outcome()
    ledger.change(replace(case, person=person))
    ledger.note(EventKind.PERSON_UPDATED, fields=tuple(changed))
    if "address" in changed or "postal_place" in changed:
        ledger.settle("letter-returned")
    if "protected" in changed:
        _protect(ledger, letters)
    return ledger.outcome()


def _protect(ledger: Ledger, letters: Sequence[Letter]) -> None:
    if not ledger.case.person.protected:
        ledger.settle("protected-address", "protected-signed")
        return
    ledger.task(
        "protected-address",
        "Adressen er sperret. Brev til den det gjelder og de nærmeste lages ikke lenger av programmet: skriv dem og send dem selv.",
        rule="B.11",
    )
    signed = [one.id for one in letters if one.status is LetterStatus.SIGNED and one.order.to.address_lines]
    if signed:
        ledger.task(
            "protected-signed",
            f"Adressen er sperret, og dette er underskrevet før det ble registrert: {listed(signed)}. Send det ikke før noen har sett på det.",
            rule="B.11",
        )


def rewritten(letter: Letter, before: Person, after: Person) -> LetterOrder | None:
    """The order of an unsigned letter as it must be made anew once the person is put right; None when it says nothing of what changed.

    A reminder is ordered once only, so a reminder made anew has a key of its own.
    """
    order, to = letter.order, letter.order.to
    old = tuple(line for line in (before.address, before.postal_place) if line)
    new = (after.address, after.postal_place) if after.address and after.postal_place else ()
    name = to.name
    if to.role in _NAMED_AS and before.name != after.name:
        for named in (True, False):
            if to.name == window(before, to.role, named=named):
                name = window(after, to.role, named=named)
    lines = new if to.role in _NAMED_AS and (to.address_lines in (old, ())) else to.address_lines
    if (name, lines) == (to.name, to.address_lines) and before.name == after.name:
        return None
    key = f"{order.key}:{letter.id}" if order.batch else order.key
    return replace(order, key=key, to=replace(to, name=name, address_lines=lines))


def reveals(order: LetterOrder, case: Case) -> bool:
    """Whether a letter shows where somebody with a protected address lives: it is never made, nor left in the outbox (B.11)."""
    return case.person.protected and order.to.employee is None and bool(order.to.address_lines)


def rectify_contact(case: Case, situation: Situation, *, contact: Contact) -> Outcome:
    """The case with somebody around the person added or put right, known by role and name.

    A parent with an address of their own gets letters of their own from then on (B.17). Raises ``RefusedError`` for a case that goes on in another.
    """
    _check(case)
    known = next(
        (one for one in case.contacts if one.role is contact.role and same(one.name, contact.name)), None
    )
    ledger = Ledger(case, situation)
    if known is None:
        added = replace(contact, id=next_id("k", (one.id for one in case.contacts)))
        ledger.change(replace(case, contacts=(*case.contacts, added)))
        ledger.note(EventKind.PERSON_UPDATED, contact=added.id, role=added.role.value)
        if contact.role is ContactRole.GP and any(one.role is ContactRole.GP for one in case.contacts):
            report_differences(ledger, ["fastlege"])
        return ledger.outcome()
    names = ("relation", "phone", "email", "office", "address", "postal_place")
    told = {name: getattr(contact, name) for name in names if getattr(contact, name)}
    kept = tuple(replace(one, **told) if one.id == known.id else one for one in case.contacts)
    if kept != case.contacts:
        ledger.change(replace(case, contacts=kept))
        ledger.note(EventKind.PERSON_UPDATED, contact=known.id, role=known.role.value)
    return ledger.outcome()


def _check(case: Case) -> None:
    if case.phase is Phase.MERGED:
        raise RefusedError("Saken er slått sammen med en annen. Rett opplysningene i den", rule="B.17")
