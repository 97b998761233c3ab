"""Who signed a form with a line for the person and lines for those who speak for them (T-18, T-19, T-20, B.17)."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.casework._details import day
from pipeline.casework._ledger import Ledger
from pipeline.casework._parties import age_on, is_parent
from pipeline.casework._words import same
from pipeline.domain import Case, Consent, ContactRole, Submission


@dataclass(frozen=True, kw_only=True, slots=True)
class Signer:
    """Who signed. ``capacity``: ``self``, ``parent`` or ``guardian``; ``""`` when nobody signed who may.

    ``others_alone``: somebody signed for one who decides for themselves (T-19). ``known``: a named signer is among the case's
    contacts. ``second``: two signed for a child (barnelova § 30).
    """

    capacity: str = ""
    name: str = ""
    others_alone: bool = False
    known: bool = True
    second: bool = False

    @property
    def valid(self) -> bool:
        """Whether somebody signed who may."""
        return bool(self.capacity)


def signer_of(ledger: Ledger, submission: Submission, *, stops: bool = False) -> Signer:
    """Who validly signed a form.

    From the age of own consent the person signs, or an adult's registered guardian; before it, those who have parental responsibility. An
    unknown age is nobody's to guess: then the person's own signature counts, and a guardian's alone doesn't. ``stops``: the form ends a
    consent, and a guardian who isn't named counts then.
    """
    own = submission.ticked("signed")
    first, second = submission.ticked("guardian.signed"), submission.ticked("second_guardian.signed")
    name = submission.text("guardian.name") if first else ""
    case, situation = ledger.case, ledger.situation
    born = case.person.birth_date or day(submission, "recipient.birth_date")
    if born is None:
        return Signer(capacity="self", name=case.person.name) if own else Signer()
    age = age_on(born, situation.arrived)
    if age < situation.profile.consent.signature_from_age:
        if not (first or second):
            return Signer()
        capacity, known = capacity_of(case, name, child=True)
        return Signer(
            capacity=capacity or "guardian", name=name, known=known or not name, second=first and second
        )
    if own:
        return Signer(capacity="self", name=case.person.name)
    others = first or second
    if others and age >= situation.law.age("majority", situation.arrived):
        capacity, _ = capacity_of(case, name, child=False)
        unnamed = stops and not name and any(c.role is ContactRole.GUARDIAN for c in case.contacts)
        if capacity == "guardian" or unnamed:
            return Signer(capacity="guardian", name=name)
    return Signer(others_alone=others)


def capacity_of(case: Case, name: str, *, child: bool) -> tuple[str, bool]:
    """In what capacity a named signer acts, and whether the case's contacts know them: ``self``, ``parent``, ``guardian`` or ``""``."""
    if not name:
        return "", False
    if same(name, case.person.name):
        return "self", True
    found = [known for known in case.contacts if same(known.name, name)]
    if any(known.role is ContactRole.GUARDIAN for known in found):
        return "guardian", True
    kin = [known for known in found if known.role is ContactRole.NEXT_OF_KIN]
    if child and kin:
        # A child's next of kin whose relation stands empty is taken for a parent, as the form's own line is for one.
        parent = any(not known.relation or is_parent(known.relation) for known in kin)
        return ("parent", True) if parent else ("guardian", False)
    return "", False


def second_is_due(ledger: Ledger) -> str:
    """Whether a child's other parent must sign too (``consent.two_guardians``): ``yes``, ``ask`` (a person decides) or ``no``."""
    rule, case, situation = ledger.situation.profile.consent.two_guardians, ledger.case, ledger.situation
    born = case.person.birth_date
    own_age = situation.profile.consent.signature_from_age
    if rule == "no" or (born is not None and age_on(born, situation.arrived) >= own_age):
        return "no"
    if rule == "yes":
        return "yes" if born is not None or case.person.due_date is not None else "ask"
    homes = {
        (" ".join(c.address.split()).casefold(), c.postal_place.casefold())
        for c in case.contacts
        if c.role is ContactRole.NEXT_OF_KIN and is_parent(c.relation) and c.address
    }
    return "ask" if len(homes) > 1 else "no"


def completes(case: Case, consent: Consent) -> bool:
    """Whether this is the other parent's signature to the very same consent (barnelova § 30)."""
    first = case.consent(consent.kind)
    return (
        first is not None
        and first.granted
        and not first.signed
        and first.withdrawn_on is None
        and bool(first.signer and consent.signer)
        and not same(first.signer, consent.signer)
        and set(first.scope) == set(consent.scope)
    )
