"""Consent to share between services, and its withdrawal, wholly or in part (R-52 to R-58, T-24)."""

from __future__ import annotations

from dataclasses import replace

from pipeline.casework._consents import covers, record
from pipeline.casework._details import day, update_person
from pipeline.casework._ledger import Ledger, next_id
from pipeline.casework._signing import signer_of
from pipeline.casework._words import same
from pipeline.domain import Consent, EventKind, Submission

CONSENT = "collaboration-consent"
WITHDRAWAL = "consent-withdrawal"
_SERVICES = {
    "share_with.gp": "Fastlege",
    "share_with.health_nurse": "Helsestasjon og skolehelsetjeneste",
    "share_with.care_services": "Helse- og omsorgstjenesten",
    "share_with.specialist": "Spesialisthelsetjenesten",
    "share_with.school": "Barnehage eller skole",
    "share_with.ppt": "PPT",
    "share_with.child_welfare": "Barneverntjenesten",
    "share_with.nav": "NAV",
}
_ALL = ("share", "establish", "register", "voluntary")
"""The consents that «hele samtykket» means: to share, and to the team. A notification's own consent is another matter."""


def receive_sharing(ledger: Ledger, submission: Submission, document: str) -> None:
    """Who may share what, each by the box of its own; without the signature of one who may consent nothing is given."""
    update_person(ledger, submission)
    capacity = signer_of(ledger, submission)
    scope = _scope(submission)
    consent = Consent(
        id="",
        kind="share",
        granted=submission.ticked("consents.share") and bool(scope),
        given_on=day(submission, "date"),
        signer=submission.text("guardian.name") if capacity == "guardian" else "",
        capacity=capacity,
        signed=bool(capacity),
        scope=scope,
        document=document,
    )
    record(ledger, consent)
    if not capacity:
        ledger.task(
            "sharing-not-signed",
            "Samtykket til samarbeid er ikke underskrevet av den som kan samtykke, og gjelder ikke før det er det.",
            rule="T-19",
        )
    elif not consent.granted:
        ledger.task(
            "sharing-not-granted",
            "Skjemaet om samarbeid er underskrevet, men gir ikke samtykke til at noen deler opplysninger. Avklar hva som var ment.",
            rule="R-53",
        )
    else:
        ledger.settle("sharing-not-signed", "sharing-not-granted", "consent-changed")
        team = ledger.case.team
        if team is None or all(covers(ledger.case, member) for member in team.present):
            ledger.settle("reconsent")
    if submission.text("information.except") or any(
        row.get("information") for row in submission.rows("persons")
    ):
        ledger.task(
            "sharing-limited",
            "Samtykket til samarbeid har unntak for noen opplysninger eller personer. Les dem i skjemaet, og gi beskjed til dem som deler.",
            rule="R-58",
        )


def _scope(submission: Submission) -> tuple[str, ...]:
    """The services and persons that were ticked; a person whose box stands empty isn't among them."""
    services = [name for field, name in _SERVICES.items() if submission.ticked(field)]
    other = submission.text("share_with.other")
    persons = [
        str(row["name"]) for row in submission.rows("persons") if row.get("allowed") and row.get("name")
    ]
    return (*services, *([other] if other else []), *persons)


def receive_withdrawal(ledger: Ledger, submission: Submission, document: str) -> None:
    """Stop what the form stops at once, and ask a person to tell those who share."""
    update_person(ledger, submission)
    if not signer_of(ledger, submission):
        ledger.task(
            "withdrawal-not-signed",
            "En tilbaketrekking av samtykke er ikke underskrevet av den som kan samtykke. Ring den det gjelder i dag, og la ingen"
            " dele mer før det er avklart.",
            rule="R-54",
        )
        return
    if submission.ticked("withdraws.all"):
        _end(ledger, _ALL, document)
        ledger.task(
            "consent-withdrawn",
            "Hele samtykket er trukket tilbake, og det sendes ikke flere purringer om teamet. Gi beskjed i dag til alle som deler"
            " opplysninger, og avgjør hva som skal skje med teamet.",
            rule="R-54",
        )
        return
    if submission.ticked("withdraws.persons"):
        _narrow(ledger, submission, document)
        ledger.task(
            "consent-withdrawn-persons",
            "Samtykket er trukket tilbake for noen personer eller tjenester. Se i skjemaet hvem det er, og gi dem beskjed i dag.",
            rule="R-54",
        )
    if submission.ticked("withdraws.information"):
        ledger.task(
            "consent-withdrawn-information",
            "Samtykket er trukket tilbake for noen opplysninger. Se i skjemaet hvilke, og gi beskjed i dag til dem som deler.",
            rule="R-54",
        )


def _end(ledger: Ledger, kinds: tuple[str, ...], document: str) -> None:
    arrived = ledger.situation.arrived
    ended = tuple(one.id for one in ledger.case.consents if one.kind in kinds and one.valid)
    consents = tuple(
        replace(one, withdrawn_on=arrived) if one.id in ended else one for one in ledger.case.consents
    )
    ledger.change(replace(ledger.case, consents=consents))
    ledger.note(
        EventKind.CONSENT_MISSING, withdrawn=ended, withdrawn_on=arrived, document=document, rule="R-54"
    )
    ledger.settle("reconsent", "consent-changed")


def _narrow(ledger: Ledger, submission: Submission, document: str) -> None:
    """Take those who are named out of a consent that names whom it covers; one that names nobody is left to a person."""
    consent = ledger.case.consent("share")
    if consent is None or not consent.valid or not consent.scope:
        return
    told = [str(row.get("name") or row.get("service") or "") for row in submission.rows("persons")]
    left = tuple(name for name in consent.scope if not any(same(name, one) for one in told))
    if left == consent.scope:
        return
    _end(ledger, ("share",), document)
    if left:
        kept = replace(
            consent, id=next_id("c", (one.id for one in ledger.case.consents)), scope=left, document=document
        )
        ledger.change(replace(ledger.case, consents=(*ledger.case.consents, kept)))
        ledger.note(EventKind.CONSENT_GIVEN, consent=kept.id, kind=kept.kind, document=document, rule="R-54")
