"""Who gets a letter: by age and right (``domain/law.md`` B.17). An address nobody has given stays empty: the letter waits."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.casework._silence import silence
from pipeline.casework._words import folded, same
from pipeline.domain import (
    Case,
    Contact,
    ContactRole,
    Employee,
    MatterKind,
    Measure,
    Party,
    PartyRole,
    Person,
    Staff,
)
from pipeline.municipalities import Law

_PARENTS = frozenset(
    "mor mamma medmor far pappa forelder foreldre foresatt foresatte føresett føresette".split()  # noqa: SIM905
)


NO_NAME = "child-name"
"""The task while a child that is born has no name in the case."""


def age_on(birth: date, on: date) -> int:
    """Whole years on a day. Born on 29 February: a year older on the last day of February (as domstolloven § 148 reckons)."""
    last = calendar.monthrange(on.year, birth.month)[1]
    birthday = date(on.year, birth.month, min(birth.day, last))
    return on.year - birth.year - (on < birthday)


def is_minor(person: Person, law: Law, on: date) -> bool:
    """Whether the person is surely under the age of majority, or not yet born."""
    if person.birth_date is None:
        return person.due_date is not None or person.family
    return age_on(person.birth_date, on) < law.age("majority", on)


def is_parent(relation: str) -> bool:
    """Whether a form's word for the next of kin surely means a parent: «Mor», «mor/far»."""
    parts = relation.casefold().replace("/", " ").replace(",", " ").replace(" og ", " ").split()
    return bool(parts) and all(part.strip(".") in _PARENTS for part in parts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Addressees:
    """Who gets a letter, or why nobody does (a reason that ends a sentence).

    ``ask_guardian``: there is a guardian who doesn't get one, because address or mandate isn't known.
    """

    parties: tuple[Party, ...] = ()
    hindrance: str = ""
    ask_guardian: bool = False


def addressees(case: Case, law: Law, on: date, measure: Measure) -> Addressees:
    """The user, the family or the youth, each with a letter of their own."""
    person = case.person
    if hindrance := silence(person):
        return Addressees(hindrance=hindrance)
    if person.protected:
        return Addressees(hindrance="adressen er sperret, så brevet må sendes av en person")
    if not person.name:
        return Addressees(hindrance="navnet mangler")
    roles = _roles(person, law, on, measure)
    if not roles:
        return Addressees(
            hindrance="fødselsdato eller termin mangler, så vi vet ikke hvem som skal ha brevet"
        )
    if objects(case):
        roles = tuple(role for role in roles if role is not PartyRole.FAMILY)
        if not roles:
            return Addressees(hindrance=UNTOLD)
    # Without an address the letter is ordered all the same: it waits, and is made when somebody gives it.
    lines = (person.address, person.postal_place) if person.address and person.postal_place else ()
    parties = [
        Party(role=role, name=window(person, role, named=not unnamed(case)), address_lines=lines)
        for role in roles
    ]
    if PartyRole.FAMILY in roles:
        parties += parents_apart(case)
    ask = False
    for guardian in guardians(case):
        if not is_minor(person, law, on) and guardian.address and guardian.postal_place:
            theirs = (guardian.address, guardian.postal_place)
            parties.append(Party(role=PartyRole.GUARDIAN, name=guardian.name, address_lines=theirs))
        else:
            ask = True
    return Addressees(parties=tuple(parties), ask_guardian=ask)


def _roles(person: Person, law: Law, on: date, measure: Measure) -> tuple[PartyRole, ...]:
    if person.birth_date is None:
        return (PartyRole.FAMILY,) if person.due_date is not None or person.family else ()
    age = age_on(person.birth_date, on)
    if age >= law.age("majority", on):
        return (PartyRole.USER,)
    # The right to a child coordinator is the family's, also when the youth consents alone.
    parents = age < law.age("own_consent", on) or measure is Measure.CHILD_COORDINATOR
    youth = age >= law.age("notify_minor", on)
    return ((PartyRole.FAMILY,) if parents else ()) + ((PartyRole.USER,) if youth else ())


def window(person: Person, role: PartyRole, *, named: bool = True) -> str:
    """What stands in the address window: the person, or «Foreldrene til …». ``named``: the name is the child's own."""
    if role is not PartyRole.FAMILY:
        return person.name
    # Before the birth, and until the child has a name, the name may be a parent's own.
    own = person.birth_date is not None and named
    return f"Foreldrene til {person.name}" if own else f"Familien til {person.name}"


def unnamed(case: Case) -> bool:
    """Whether the child is born and its name isn't known yet."""
    return any(task.code == NO_NAME and task.done_on is None for task in case.tasks)


def guardians(case: Case) -> tuple[Contact, ...]:
    """The guardians that are not the next of kin under another heading."""
    kin = [contact.name for contact in case.contacts if contact.role is ContactRole.NEXT_OF_KIN]
    return tuple(
        contact
        for contact in case.contacts
        if contact.role is ContactRole.GUARDIAN and not any(same(contact.name, name) for name in kin)
    )


UNTOLD = "den unge vil ikke at foreldrene får vite det, så en person avgjør hvem som skal ha beskjed"


def objects(case: Case) -> bool:
    """Whether the youth doesn't want the parents told."""
    return bool(case.matters_of(MatterKind.OBJECTION, running=True))


def parents_apart(case: Case) -> tuple[Party, ...]:
    """The parents for whom the unit has registered an address of their own: a letter each, that doesn't say who else gets it (B.17)."""
    home = (folded(case.person.address), folded(case.person.postal_place))
    return tuple(
        Party(role=PartyRole.FAMILY, name=contact.name, address_lines=(contact.address, contact.postal_place))
        for contact in case.contacts
        if contact.role is ContactRole.NEXT_OF_KIN
        and is_parent(contact.relation)
        and contact.address
        and (folded(contact.address), folded(contact.postal_place)) != home
    )


def marks(parties: Sequence[Party]) -> tuple[str, ...]:
    """What tells the letters of one decision apart: the reader's role, numbered from the second of a role on."""
    made: list[str] = []
    for party in parties:
        before = sum(one.role is party.role for one in parties[: len(made)])
        made.append(party.role.value if not before else f"{party.role.value}-{before + 1}")
    return tuple(made)


def speaks_for(case: Case, name: str, law: Law, on: date) -> bool:
    """Whether somebody asks on the person's own behalf: the person, a guardian, or a parent of a child."""
    if not name:
        return False
    if same(name, case.person.name):
        return True
    minor = is_minor(case.person, law, on)
    return any(
        same(contact.name, name)
        and (
            contact.role is ContactRole.GUARDIAN
            or (contact.role is ContactRole.NEXT_OF_KIN and minor and is_parent(contact.relation))
        )
        for contact in case.contacts
    )


def employee_told_of(staff: Staff, text: str, *, service: str = "", contact: str = "") -> Employee | None:
    """The employee a form names, when more than the name agrees: service, title, phone or e-mail. Never on a name alone.

    ``text`` may have more behind the name («Navn, fysioterapeut»). None when there is not surely one.
    """
    bare = text.split(",", maxsplit=1)[0].split("(", maxsplit=1)[0].strip()
    if not bare:
        return None
    behind = folded(text[len(bare) :].strip(" ,()"))
    told = {folded(service), behind} - {""}
    contacts = {folded(part) for part in contact.split(";")} - {""}
    found = [
        employee
        for employee in staff.employees
        if same(employee.name, bare)
        and (
            told & {folded(employee.service), folded(employee.title)}
            or contacts & {folded(employee.phone), folded(employee.email)}
        )
    ]
    return found[0] if len(found) == 1 else None


def internal(role: PartyRole, employee: Employee) -> Party:
    """An employee as recipient: an internal letter, without street address."""
    return Party(
        role=role, name=employee.name, employee=employee.id, email=employee.email, service=employee.service
    )
