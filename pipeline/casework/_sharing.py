"""Consent to share between services, and its withdrawal, wholly or in part (R-52 to R-58, T-24)."""

from __future__ import annotations

from dataclasses import replace

from pipeline.casework._consents import ask_second, ask_who_signed, record
from pipeline.casework._details import day, update_person
from pipeline.casework._holding import holds
from pipeline.casework._informing import ask_if_informed
from pipeline.casework._ledger import Ledger
from pipeline.casework._renewal import answer_renewal
from pipeline.casework._scope import INFORMATION, Entry, Scope, information_entries, person_entry
from pipeline.casework._signing import Signer, completes, second_is_due, signer_of
from pipeline.casework._withdrawing import (
    told_all,
    told_information,
    told_persons,
    whole,
    withdraw_all,
    withdraw_part,
)
from pipeline.domain import Consent, Submission

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


def receive_sharing(ledger: Ledger, submission: Submission, document: str) -> None:
    """Who may share what, each by the box of its own; without the signature of one who may consent nothing is given."""
    update_person(ledger, submission)
    signer = signer_of(ledger, submission)
    due = "no" if signer.second or signer.capacity not in ("parent", "guardian") else second_is_due(ledger)
    scope = _scope(submission)
    consent = Consent(
        id="",
        kind="share",
        granted=submission.ticked("consents.share") and scope.names_somebody,
        given_on=day(submission, "date"),
        signer=signer.name,
        capacity=signer.capacity,
        signed=signer.valid and due != "yes",
        scope=scope.texts,
        document=document,
    )
    if due == "yes" and completes(ledger.case, consent):
        due, consent = "no", replace(consent, signed=True)
        ledger.settle("second-guardian-missing")
    record(ledger, consent)
    if not signer.valid:
        _not_signed(ledger, signer)
    elif not consent.granted:
        ledger.task(
            "sharing-not-granted",
            "Skjemaet om samarbeid er underskrevet, men gir ikke samtykke til at noen deler opplysninger. Avklar hva som var ment.",
            rule="R-53",
        )
    else:
        ask_if_informed(ledger, consent.given_on)
        if due != "no":
            ask_second(ledger, due)
        if not signer.known:
            ask_who_signed(ledger)
        if holds(ledger.case, ledger.situation, "share"):
            ledger.settle("sharing-not-signed", "sharing-not-granted", "consent-changed")
            answer_renewal(ledger)
    if submission.text("information.except") or any(
        row.get("information") for row in submission.rows("persons")
    ):
        ledger.task(
            "sharing-limited",
            "Samtykket til samarbeid har unntak for noen opplysninger eller personer. Les dem i skjemaet, og gi beskjed til dem som deler.",
            rule="R-58",
        )


def _not_signed(ledger: Ledger, signer: Signer) -> None:
    age = ledger.situation.profile.consent.signature_from_age
    ledger.task(
        "sharing-not-signed",
        f"Den det gjelder har fylt {age} år og samtykker selv, så underskriften fra en annen gjelder ikke. Send skjemaet til egen"
        " underskrift. Kan den det gjelder ikke forstå hva et samtykke er, avgjør en person det med: consent --cannot-consent."
        if signer.others_alone
        else "Samtykket til samarbeid er ikke underskrevet av den som kan samtykke, og gjelder ikke før det er det.",
        rule="T-19",
    )


def _scope(submission: Submission) -> Scope:
    """The services, persons and kinds of information that were ticked; a person whose box stands empty isn't among them."""
    services = [name for field, name in _SERVICES.items() if submission.ticked(field)]
    found = [person_entry("", name) for name in (*services, submission.text("share_with.other"))]
    found += [
        person_entry(str(row["name"]), str(row.get("service") or ""), only=str(row.get("information") or ""))
        for row in submission.rows("persons")
        if row.get("allowed") and row.get("name")
    ]
    kinds = [
        Entry(kind="information", name=kind)
        for kind in INFORMATION
        if submission.ticked(f"information.{kind}")
    ]
    kept_back = information_entries(submission.text("information.except"))
    return Scope(entries=(*(entry for entry in found if entry is not None), *kinds, *kept_back))


def receive_withdrawal(ledger: Ledger, submission: Submission, document: str) -> None:
    """Stop what the form stops at once, and ask a person to tell those who share."""
    update_person(ledger, submission)
    if not signer_of(ledger, submission, stops=True).valid:
        ledger.task(
            "withdrawal-not-signed",
            "En tilbaketrekking av samtykke er ikke underskrevet av den som kan samtykke. Ring den det gjelder i dag, og la ingen"
            " dele mer før det er avklart.",
            rule="R-54",
        )
        return
    on = ledger.situation.arrived
    if submission.ticked("withdraws.all"):
        withdraw_all(ledger, on, document, kinds=whole(ledger.case))
        told_all(ledger)
        return
    if submission.ticked("withdraws.persons"):
        rows = [
            person_entry(str(row.get("name") or ""), str(row.get("service") or ""), without=True)
            for row in submission.rows("persons")
        ]
        withdraw_part(ledger, [row for row in rows if row is not None], on, document)
        told_persons(ledger)
    if submission.ticked("withdraws.information"):
        told = submission.text("withdrawn_information")
        withdraw_part(ledger, information_entries(told), on, document)
        told_information(ledger)
