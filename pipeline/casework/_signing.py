"""Who signed a form with a line for the person and lines for those who speak for them (T-18, T-19, T-20)."""

from __future__ import annotations

from pipeline.casework._details import day
from pipeline.casework._ledger import Ledger
from pipeline.casework._parties import age_on
from pipeline.domain import Submission


def signer_of(ledger: Ledger, submission: Submission) -> str:
    """In what capacity a form is validly signed: ``self`` or ``guardian``; ``""`` when by nobody who may.

    From the age of own consent the person signs, or an adult's guardian; before it, those who have parental responsibility. An unknown age
    is nobody's to guess: then the person's own signature counts, and a guardian's alone doesn't.
    """
    own = submission.ticked("signed")
    other = submission.ticked("guardian.signed") or submission.ticked("second_guardian.signed")
    born = ledger.case.person.birth_date or day(submission, "recipient.birth_date")
    if born is None:
        return "self" if own else ""
    age = age_on(born, ledger.situation.arrived)
    if age < ledger.situation.profile.consent.signature_from_age:
        return "guardian" if other else ""
    if own:
        return "self"
    adult = age >= ledger.situation.law.age("majority", ledger.situation.arrived)
    return "guardian" if other and adult else ""
