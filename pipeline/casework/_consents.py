"""Consents: what was given, by whom and how; a missing box or signature is never assumed (R-51, R-60, R-61)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.casework._details import day
from pipeline.casework._holding import holds
from pipeline.casework._informing import ask_if_informed
from pipeline.casework._ledger import Ledger, next_id
from pipeline.casework._parties import age_on
from pipeline.casework._renewal import answer_renewal
from pipeline.casework._scope import read_scope
from pipeline.casework._signing import capacity_of, second_is_due
from pipeline.casework._waiting import CONSENT, let_in, wait
from pipeline.casework._words import same
from pipeline.domain import Consent, ContactRole, EventKind, Submission

BOXES = ("establish", "share", "register", "voluntary")
"""The boxes of a consent to a care team, by the kind of consent each gives."""


def record(ledger: Ledger, consent: Consent) -> None:
    """Keep one consent with an id of its own, in the order of the days they were stated; what a newer form leaves open, a person must look at.

    One that is older than the newest statement of its kind (a withdrawal, a newer form) changes nothing but is kept (R-54).
    """
    before = holds(ledger.case, ledger.situation, consent.kind)
    kept = replace(consent, id=next_id("c", (known.id for known in ledger.case.consents)))
    known, newest = ledger.case.consents, ledger.case.consent(consent.kind)
    place = next((at for at, one in enumerate(known) if _newer(one, kept)), len(known))
    ledger.change(replace(ledger.case, consents=(*known[:place], kept, *known[place:])))
    if newest is not None and place < len(known):
        _narrow_too(ledger, kept, newest)
    counts = kept.valid and ledger.case.consent(kept.kind) == kept
    kind = EventKind.CONSENT_GIVEN if counts else EventKind.CONSENT_MISSING
    ledger.note(kind, consent=kept.id, kind=kept.kind, document=kept.document)
    if kept.valid and not counts:
        ledger.task(
            "consent-older",
            "Det er kommet et samtykke som er eldre enn det siste som er sagt, eller uten dato etter en tilbaketrekking. Det siste"
            " gjelder. Avklar hva den det gjelder vil.",
            rule="R-54",
        )
    if before and not holds(ledger.case, ledger.situation, kept.kind):
        ledger.task(
            "consent-changed",
            "Et nyere skjema mangler et samtykke som var gitt før. Avklar om det er trukket tilbake.",
            rule="R-54",
        )


def _narrow_too(ledger: Ledger, told: Consent, newest: Consent) -> None:
    """A form from between a consent and its withdrawal in part: it stands in the consent's place, less what was withdrawn since."""
    since = newest.given_on is not None and told.given_on is not None and newest.given_on <= told.given_on
    if not since or newest.withdrawn_on is not None or ledger.case.consent(told.kind) != newest:
        return
    gone = [entry for entry in read_scope(newest.scope).entries if entry.without]
    before = read_scope(told.scope)
    left = before.less(gone)
    over = ledger.situation.arrived if left.nothing_left(before) else None
    new_id = next_id("c", (known.id for known in ledger.case.consents))
    narrowed = replace(told, id=new_id, scope=left.texts, withdrawn_on=over)
    ledger.change(replace(ledger.case, consents=(*ledger.case.consents, narrowed)))


def _newer(known: Consent, told: Consent) -> bool:
    """Whether a known statement is newer than one that comes now; of one day, the one that comes last is."""
    if known.kind != told.kind:
        return False
    stated = max((on for on in (known.given_on, known.withdrawn_on) if on is not None), default=None)
    if told.given_on is None:
        return told.withdrawn_on is None and known.withdrawn_on is not None
    return stated is not None and stated > told.given_on


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
    signers: list[tuple[str, date | None]] = []
    for row in submission.rows("consent.signatures"):
        if row.get("signed") is not True:
            continue
        signer = str(row.get("name") or "")
        if _may_sign(ledger, signer):
            signers.append((signer, _iso(row.get("date"))))
            continue
        ledger.task(
            "consent-signer",
            "En annen enn den det gjelder har skrevet under. Avklar hvem som kan samtykke, og innhent samtykket.",
            rule="T-19",
        )
    both = len({name.casefold() for name, _ in signers}) > 1
    due = "no" if both or not signers else second_is_due(ledger)
    for signer, given in signers:
        consent = Consent(
            id="",
            kind="process",
            granted=True,
            given_on=given,
            signer=signer,
            capacity=capacity_of(ledger.case, signer, child=_is_child(ledger))[0],
            signed=due != "yes",
            document=document,
        )
        record(ledger, consent)
    if due != "no":
        ask_second(ledger, due)
    return bool(signers) and due != "yes"


def ask_second(ledger: Ledger, due: str) -> None:
    """Ask for the other parent's signature (B.17, barnelova § 30)."""
    ledger.task(
        "second-guardian-missing",
        "Bare én av foreldrene har skrevet under. Samtykket gjelder ikke før den andre også har gjort det."
        if due == "yes"
        else "Bare én av foreldrene har skrevet under, og saken har to som ikke bor sammen. Avklar om begge har foreldreansvar, og"
        " om den andre også må skrive under.",
        rule="B.17",
    )


def ask_who_signed(ledger: Ledger) -> None:
    """Somebody signed for the person whom the case's contacts don't know as parent or guardian."""
    ledger.task(
        "signer-unknown",
        "Samtykket er underskrevet av en som ikke står i saken som forelder eller verge. Avklar om vedkommende kan samtykke.",
        rule="B.17",
    )


def _is_child(ledger: Ledger) -> bool:
    born = ledger.case.person.birth_date
    return born is None or (
        age_on(born, ledger.situation.arrived) < ledger.situation.profile.consent.signature_from_age
    )


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
    due = second_is_due(ledger) if signed else "no"
    may_register = signed and submission.ticked("consents.register") and due != "yes"
    if rules.registration_required and not may_register and not _let_in_since(ledger, document):
        # The unit may not register: the document is kept, nothing of what it says is taken over but its noes, so that an
        # older yes no longer holds.
        for box in BOXES:
            no = box == "register" or not (signed and submission.ticked(f"consents.{box}"))
            if no and ledger.case.consented(box):
                record(ledger, _box(submission, box, document, due))
        ledger.note(EventKind.CONSENT_MISSING, document=document, rule="R-61")
        ledger.task(
            "registration-not-consented",
            "Skjemaet gir ikke samtykke til at enheten registrerer opplysninger om teamet. Dokumentet er tatt vare på;"
            " teamet er ikke registrert, telles ikke og gir ingen brev. Avklar med den det gjelder.",
            rule="R-61",
        )
        if signed:
            wait(ledger, document, CONSENT)
            if due != "no":
                ask_second(ledger, due)
        else:
            _unsigned(ledger)
        return
    for box in BOXES:
        # A form that waited says no to registering; the newer yes that let it in stands.
        if box != "register" or may_register or not rules.registration_required:
            record(ledger, _box(submission, box, document, due))
    registration_came(ledger, document)
    if signed:
        # The first box says «jeg er kjent med sammensetning og arbeidsform», the second what is shared.
        ask_if_informed(ledger, day(submission, "date"), ticked=submission.ticked("consents.establish"))
    if not signed:
        _unsigned(ledger)
    elif not holds(ledger.case, ledger.situation, "establish") and due != "yes":
        ledger.task(
            "team-consent-missing",
            f"Det er ikke krysset av for samtykke til {ledger.situation.profile.terms.team}. Innhent samtykket skriftlig.",
            rule="R-51",
        )
    else:
        consents_came(ledger)
    if due != "no":
        ask_second(ledger, due)
    if all(holds(ledger.case, ledger.situation, box) for box in BOXES):
        ledger.settle("consent-changed")


def consents_came(ledger: Ledger) -> None:
    """Settle what a newer consent answers."""
    if holds(ledger.case, ledger.situation, "establish"):
        ledger.settle("team-consent-missing")
    answer_renewal(ledger)


def registration_came(ledger: Ledger, document: str = "") -> None:
    """When the unit may register, what waited for it may come in; ``document``: the form that said so (R-61)."""
    if holds(ledger.case, ledger.situation, "register"):
        ledger.settle("registration-not-consented")
        let_in(ledger, by=document)


def _let_in_since(ledger: Ledger, document: str) -> bool:
    """Whether a form that waited is taken in again because the consent to register has come another way."""
    waited = any(m.about == document for m in ledger.case.matters)
    return waited and holds(ledger.case, ledger.situation, "register")


def _box(submission: Submission, box: str, document: str, due: str) -> Consent:
    return Consent(
        id="",
        kind=box,
        granted=submission.ticked(f"consents.{box}"),
        given_on=day(submission, "date"),
        signed=submission.ticked("signed") and due != "yes",
        document=document,
    )


def _unsigned(ledger: Ledger) -> None:
    ledger.task(
        "team-consent-missing",
        f"Samtykket til {ledger.situation.profile.terms.team} er ikke underskrevet, og gjelder ikke før det er det.",
        rule="R-51",
    )


def _iso(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
