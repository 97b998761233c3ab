"""What a reminder needs of casework: the address of those who are not ours, and a task for the unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._parties import UNTOLD, addressees, guardians, objects, parents_apart, unnamed, window
from pipeline.casework._words import same
from pipeline.domain import Case, Contact, ContactRole, Measure, Party, PartyRole
from pipeline.municipalities import Audience, Law

_PERSONS = {Audience.USER: PartyRole.USER, Audience.FAMILY: PartyRole.FAMILY}


def civil_parties(case: Case, law: Law, on: date, audience: Audience) -> tuple[tuple[Party, ...], str]:
    """Those of the person's side a reminder goes to, or why nobody does (a reason that ends a sentence).

    ``party``: whoever B.17 gives letters; ``user`` and ``family``: the youth or the family, also before a birthday that changes
    it. Both empty: there is nobody of that kind, or they have had theirs as another.
    """
    if audience is Audience.PARTY:
        measure = (
            Measure.CHILD_COORDINATOR if Measure.CHILD_COORDINATOR in case.requested else Measure.COORDINATOR
        )
        found = addressees(case, law, on, measure)
        return found.parties, found.hindrance
    person = case.person
    if audience in _PERSONS:
        lines = _lines(person.address, person.postal_place)
        role = _PERSONS[audience]
        if role is PartyRole.FAMILY and objects(case):
            return (), UNTOLD
        own = Party(role=role, name=window(person, role, named=not unnamed(case)), address_lines=lines)
        return (own, *(parents_apart(case) if role is PartyRole.FAMILY else ())), ""
    if audience is Audience.GUARDIAN:
        known = [one for one in guardians(case) if one.address and one.postal_place]
        parties = [_of(one, PartyRole.GUARDIAN) for one in known]
        return tuple(parties), "" if parties or not guardians(case) else "adressen til vergen mangler"
    return _reporter(case)


def ask_unit(case: Case, situation: Situation, *, code: str, text: str, rule: str) -> Outcome:
    """Give the unit a task that a rule asks for; the same task is not given twice while it is open."""
    ledger = Ledger(case, situation)
    ledger.task(code, text, rule=rule)
    return ledger.outcome()


def answer_unit(case: Case, situation: Situation, codes: Sequence[str]) -> Outcome:
    """Mark the tasks of some codes as done: what they asked for has come."""
    ledger = Ledger(case, situation)
    ledger.settle(*codes)
    return ledger.outcome()


def _reporter(case: Case) -> tuple[tuple[Party, ...], str]:
    """The one who reported, unless it was the person or a relative, who get a letter as such."""
    own = [case.person.name, *(c.name for c in case.contacts if c.role is not ContactRole.REPORTER)]
    reporters = [
        one
        for one in case.contacts
        if one.role is ContactRole.REPORTER and not any(same(one.name, name) for name in own)
    ]
    if not reporters:
        return (), ""
    last = reporters[-1]
    if not (last.address and last.postal_place):
        return (), "adressen til den som meldte, mangler"
    return (_of(last, PartyRole.REPORTER),), ""


def _of(contact: Contact, role: PartyRole) -> Party:
    return Party(role=role, name=contact.name, address_lines=_lines(contact.address, contact.postal_place))


def _lines(address: str, postal_place: str) -> tuple[str, ...]:
    """Without an address the letter is ordered all the same: it waits, and is made when somebody gives it."""
    return (address, postal_place) if address and postal_place else ()
