"""Consents: what was given, by whom and how; a missing box or signature is never assumed (R-51, R-60, R-61)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.casework._details import day
from pipeline.casework._ledger import Ledger, next_id
from pipeline.casework._parties import age_on, speaks_for
from pipeline.casework._words import same
from pipeline.domain import Case, Consent, ContactRole, EventKind, Member, Submission

BOXES = ("establish", "share", "register", "voluntary")
"""The boxes of a consent to a care team, by the kind of consent each gives."""

REPORT_WAITS = "report-not-registered"
"""The task of a report that may not be registered yet."""


def record(ledger: Ledger, consent: Consent) -> None:
    """Keep one consent with an id of its own; what a newer form leaves open, a person must look at."""
    before = ledger.case.consented(consent.kind)
    kept = replace(consent, id=next_id("c", (known.id for known in ledger.case.consents)))
    ledger.change(replace(ledger.case, consents=(*ledger.case.consents, kept)))
    kind = EventKind.CONSENT_GIVEN if kept.valid else EventKind.CONSENT_MISSING
    ledger.note(kind, consent=kept.id, kind=kept.kind, document=kept.document)
    if before and not kept.valid:
        ledger.task(
            "consent-changed",
            "Et nyere skjema mangler et samtykke som var gitt før. Avklar om det er trukket tilbake.",
            rule="R-54",
        )


def consent_to_message(ledger: Ledger, submission: Submission, document: str) -> bool:
    """Consents on a need notification: by signature or by the oral block; whether there is a valid one (R-60)."""
    valid = _by_signature(ledger, submission, document)
    valid = _oral(ledger, submission, document) or valid
    if valid:
        ledger.settle("consent-missing")
        return True
    ledger.note(EventKind.CONSENT_MISSING, document=document, rule="R-60")
    oral = ledger.situation.profile.consent.oral_accepted_for_message
    heard = submission.ticked("oral_consent.signed") and not oral
    ledger.task(
        "consent-missing",
        "Meldingen har ikke gyldig samtykke"
        + (", for kommunen godtar ikke muntlig samtykke" if heard else "")
        + ". Innhent det før andre enn den som meldte, får brev.",
        rule="R-60",
    )
    return False


def _by_signature(ledger: Ledger, submission: Submission, document: str) -> bool:
    valid = False
    for row in submission.rows("consent.signatures"):
        if row.get("signed") is not True:
            continue
        signer = str(row.get("name") or "")
        given = row.get("date")
        if not _may_sign(ledger, signer):
            ledger.task(
                "consent-signer",
                "En annen enn den det gjelder har skrevet under. Avklar hvem som kan samtykke, og innhent samtykket.",
                rule="T-19",
            )
            continue
        consent = Consent(
            id="",
            kind="process",
            granted=True,
            given_on=_iso(given),
            signer=signer,
            capacity=_capacity(ledger.case, signer),
            signed=True,
            document=document,
        )
        record(ledger, consent)
        valid = True
    return valid


def _may_sign(ledger: Ledger, signer: str) -> bool:
    """Whether a named signer may consent: from the age of own consent the person does it, or an adult's guardian; before, not the child."""
    person, situation = ledger.case.person, ledger.situation
    if not signer or person.birth_date is None:
        return True
    age = age_on(person.birth_date, situation.arrived)
    if age < situation.profile.consent.signature_from_age:
        # A child doesn't consent alone, and an employee doesn't consent for a child in the municipality's care.
        return not same(signer, person.name) and not _reported_as_service(ledger, signer)
    if same(signer, person.name):
        return True
    adult = age >= situation.law.age("majority", situation.arrived)
    return adult and any(
        contact.role is ContactRole.GUARDIAN and same(contact.name, signer)
        for contact in ledger.case.contacts
    )


def _reported_as_service(ledger: Ledger, signer: str) -> bool:
    """Whether the signer is the one who reported on behalf of a service."""
    return any(
        contact.role is ContactRole.REPORTER
        and contact.office
        and same(contact.name.split(",", maxsplit=1)[0], signer)
        for contact in ledger.case.contacts
    )


def _capacity(case: Case, signer: str) -> str:
    if not signer:
        return ""
    if same(signer, case.person.name):
        return "self"
    roles = {known.role for known in case.contacts if same(known.name, signer)}
    order = (ContactRole.GUARDIAN, ContactRole.NEXT_OF_KIN)
    return next((role.value for role in order if role in roles), "")


def _oral(ledger: Ledger, submission: Submission, document: str) -> bool:
    given = day(submission, "oral_consent.date")
    service, contact = submission.text("oral_consent.service"), submission.text("oral_consent.contact")
    if not (given and service and contact and submission.ticked("oral_consent.signed")):
        return False
    if not ledger.situation.profile.consent.oral_accepted_for_message:
        return False
    consent = Consent(
        id="",
        kind="oral",
        granted=True,
        given_on=given,
        signer=service,
        capacity="service",
        signed=True,
        document=document,
    )
    record(ledger, consent)
    return True


def receive_consent(ledger: Ledger, submission: Submission, document: str) -> None:
    """A consent to a care team: each box by itself; without the signature none is valid (R-51)."""
    rules = ledger.situation.profile.consent
    signed = submission.ticked("signed")
    may_register = signed and submission.ticked("consents.register")
    if rules.registration_required and not may_register:
        # The unit may not register: the document is kept, nothing of what it says is taken over but this no, so that an
        # older yes no longer holds.
        if ledger.case.consented("register"):
            record(ledger, _box(submission, "register", document))
        ledger.note(EventKind.CONSENT_MISSING, document=document, rule="R-61")
        ledger.task(
            "registration-not-consented",
            "Skjemaet gir ikke samtykke til at enheten registrerer opplysninger om teamet. Dokumentet er tatt vare på;"
            " teamet er ikke registrert, telles ikke og gir ingen brev. Avklar med den det gjelder.",
            rule="R-61",
        )
        if not signed:
            _unsigned(ledger)
        return
    for box in BOXES:
        record(ledger, _box(submission, box, document))
    if may_register:
        _report_waits(ledger)
    if not signed:
        _unsigned(ledger)
    elif not ledger.case.consented("establish"):
        ledger.task(
            "team-consent-missing",
            f"Det er ikke krysset av for samtykke til {ledger.situation.profile.terms.team}. Innhent samtykket skriftlig.",
            rule="R-51",
        )
    else:
        ledger.settle("team-consent-missing", "registration-not-consented")
        if ledger.case.consented("share"):
            ledger.settle("reconsent")
    if all(ledger.case.consented(box) for box in BOXES):
        ledger.settle("consent-changed")


def _box(submission: Submission, box: str, document: str) -> Consent:
    return Consent(
        id="",
        kind=box,
        granted=submission.ticked(f"consents.{box}"),
        given_on=day(submission, "date"),
        signed=submission.ticked("signed"),
        document=document,
    )


def _report_waits(ledger: Ledger) -> None:
    """A report that came before the consent was not registered; now it may be, and a person must take it in again."""
    if any(t.code == REPORT_WAITS and t.done_on is None for t in ledger.case.tasks):
        ledger.task(
            "report-before-consent",
            "Samtykket til registrering er kommet. Rapporten som kom før samtykket, er ikke registrert: ta den ut av saken"
            " og knytt den til på nytt (review unlink, review link).",
            rule="R-61",
        )
        ledger.settle(REPORT_WAITS)


def _unsigned(ledger: Ledger) -> None:
    ledger.task(
        "team-consent-missing",
        f"Samtykket til {ledger.situation.profile.terms.team} er ikke underskrevet, og gjelder ikke før det er det.",
        rule="R-51",
    )


def covers(case: Case, member: Member) -> bool:
    """Whether a valid consent to share covers a member: it names them, or it was given when they already belonged (R-55)."""
    consent = case.consent("share")
    if consent is None or not consent.valid:
        return False
    if consent.scope:
        return any(
            same(name, told) for told in consent.scope for name in (member.name, member.service) if name
        )
    return (
        consent.given_on is not None and member.from_date is not None and consent.given_on >= member.from_date
    )


def asked_for(ledger: Ledger) -> bool:
    """Whether the person or somebody who speaks for them has asked or consented (``appointment.user_wish_required``)."""
    case, situation = ledger.case, ledger.situation
    if any(case.consented(kind) for kind in ("process", "oral", "establish")):
        return True
    reporters = (contact.name for contact in case.contacts if contact.role is ContactRole.REPORTER)
    return any(speaks_for(case, name, situation.law, situation.today) for name in reporters)


def _iso(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
