"""Consents that came without a form, and withdrawals: what they stop stops in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline import casework
from pipeline.casework import Outcome
from pipeline.domain import Case, Consent
from pipeline.errors import UsageError
from pipeline.flow._deciding import Say, decided
from pipeline.flow._desk import Desk
from pipeline.store import Register


def register_consent(
    desk: Desk,
    case_id: str,
    *,
    kind: str,
    signers: Sequence[str],
    capacity: str,
    on: date,
    document: str = "",
    persons: Sequence[str] = (),
    information: Sequence[str] = (),
    cannot_consent: str = "",
    informed_on: date | None = None,
    say: Say,
) -> dict[str, object]:
    """Register a consent that came without a form (R-50 to R-60). Raises UsageError for what isn't known, RefusedError for what a rule forbids."""

    def decide(register: Register, case: Case) -> Outcome:
        _check_document(register, document)
        return casework.consent(
            case,
            desk.situation(register, case, case.municipality, cause="consent"),
            kind=kind,
            signers=signers,
            capacity=capacity,
            on=on,
            document=document,
            persons=persons,
            information=information,
            cannot_consent=cannot_consent,
            informed_on=informed_on,
        )

    return decided(desk, case_id, decide, say)


def withdraw_consent(
    desk: Desk,
    case_id: str,
    *,
    on: date,
    persons: Sequence[str] = (),
    information: Sequence[str] = (),
    document: str = "",
    kind: str = "",
    say: Say,
) -> dict[str, object]:
    """Withdraw consents, wholly or in part (R-54). Raises as ``register_consent``."""

    def decide(register: Register, case: Case) -> Outcome:
        _check_document(register, document)
        situation = desk.situation(register, case, case.municipality, cause="consent")
        return casework.withdraw(
            case, situation, on=on, persons=persons, information=information, document=document, kind=kind
        )

    return decided(desk, case_id, decide, say)


def inform(desk: Desk, case_id: str, *, on: date, say: Say) -> dict[str, object]:
    """Note the information that comes before a consent (R-59). Raises as ``register_consent``."""

    def decide(register: Register, case: Case) -> Outcome:
        return casework.inform(
            case, desk.situation(register, case, case.municipality, cause="consent"), on=on
        )

    return decided(desk, case_id, decide, say)


def start_plan(desk: Desk, case_id: str, *, on: date, say: Say) -> dict[str, object]:
    """Note that an individual plan begins (R-50). Raises as ``register_consent``."""

    def decide(register: Register, case: Case) -> Outcome:
        return casework.start_plan(
            case, desk.situation(register, case, case.municipality, cause="plan"), on=on
        )

    return decided(desk, case_id, decide, say)


def hear_child(
    desk: Desk, case_id: str, *, on: date, view: str = "", why_not: str = "", say: Say
) -> dict[str, object]:
    """Note that a child was heard, or why not (R-65). Raises as ``register_consent``."""

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause="heard")
        return casework.hear_child(case, situation, on=on, view=view, why_not=why_not)

    return decided(desk, case_id, decide, say)


def consent_standing(desk: Desk, case: Case, consent: Consent) -> dict[str, object]:
    """Whether a consent counts today, and why not, for the view of a case."""
    why = casework.standing(case, desk.municipalities[case.municipality], consent, desk.today())
    return {"valid": not why, "why": why or None}


def _check_document(register: Register, document: str) -> None:
    if document and register.document(document) is None:
        raise UsageError(f"Fant ikke dokumentet {document}. Se listen med: skjemaflyt documents")
