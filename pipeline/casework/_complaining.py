"""A complaint: taken in, decided by the unit or sent on, and what the complaint body says (B.1, B.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pipeline.casework._delivery import tell_family
from pipeline.casework._ledger import Ledger
from pipeline.casework._noticing import measure_of
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._silence import silence
from pipeline.domain import (
    Case,
    EventKind,
    Fact,
    Letter,
    Matter,
    MatterKind,
    Measure,
    Party,
    PartyRole,
    Phase,
)
from pipeline.errors import RefusedError

OUTCOMES = {
    "upheld": "Klageinstansen har stadfestet avgjørelsen. Gi den som klaget beskjed, og legg svaret i saken.",
    "changed": "Klageinstansen har endret avgjørelsen. Gjør det som følger av svaret, og gi den som klaget beskjed.",
    "set-aside": "Klageinstansen har opphevet avgjørelsen. Behandle saken på nytt.",
}
"""What the complaint body may say, each with what a person must do next."""
_ENDED = (Phase.REFUSED, Phase.CLOSED, Phase.TERMINATED)


def complain(
    case: Case, situation: Situation, *, received_on: date, about: str, letter: Letter | None = None
) -> Outcome:
    """Take a complaint in, early or late: a late one is kept all the same and is a task (pbrl. § 7-5, B.1).

    ``letter`` is the one complained about, from which the weeks are counted. Raises ``RefusedError`` for a day to come or no subject (B.2).
    """
    if received_on > situation.today:
        raise RefusedError("Klagen kan ikke være mottatt frem i tid", rule="B.2")
    if not about.strip():
        raise RefusedError("Skriv hva det klages på, med --about", rule="B.2")
    ledger = Ledger(case, situation)
    matter = ledger.open_matter(
        MatterKind.COMPLAINT, received_on, text=about, about=letter.id if letter is not None else ""
    )
    _check_time(ledger, received_on, letter)
    _tell(ledger, "complaint-received", matter, {"received_on": received_on})
    ledger.task(
        f"complaint-{matter.id}",
        f"En klage er mottatt {received_on:%d.%m.%Y}. Vurder om avgjørelsen skal endres; ellers skal klagen sendes videre uten ugrunnet opphold.",
        rule="B.2",
    )
    return ledger.outcome()


def decide_complaint(
    case: Case, situation: Situation, *, upheld: bool, why: str, reopen: bool = False
) -> Outcome:
    """What the unit itself makes of the complaint: it changes its decision and tells so, or it stands by it and the complaint goes on.

    ``reopen`` takes up an ended case again. Raises ``RefusedError`` without a running complaint or reasons (B.2).
    """
    ledger, matter = _running(case, situation)
    if not why.strip():
        raise RefusedError("Svaret på en klage skal begrunnes", rule="B.2")
    if reopen and not upheld:
        raise RefusedError("Saken kan ikke tas opp igjen når avgjørelsen står", rule="B.2")
    if not upheld:
        ledger.change_matter(matter, outcome="maintained")
        ledger.settle(f"complaint-{matter.id}")
        ledger.task(
            "complaint-forward",
            "Enheten står ved avgjørelsen. Send klagen videre til klageinstansen.",
            rule="B.2",
        )
        return ledger.outcome()
    _tell(ledger, "complaint-decided", matter, {"received_on": matter.on, "upheld": True, "reasons": why})
    ledger.change_matter(matter, done_on=situation.today, outcome="granted")
    ledger.settle(f"complaint-{matter.id}", "complaint-forward")
    ledger.task(
        "complaint-mend",
        "Enheten har gitt medhold i en klage. Rett avgjørelsen det ble klaget på.",
        rule="B.2",
    )
    if reopen:
        _reopen(ledger, matter)
    return ledger.outcome()


def forward_complaint(case: Case, situation: Situation, *, forwarded_on: date) -> Outcome:
    """Send the complaint on to the complaint body and tell the one who complained. ``RefusedError`` when none runs, or before it came (B.2)."""
    ledger, matter = _running(case, situation)
    if forwarded_on < matter.on or forwarded_on > situation.today:
        raise RefusedError("Klagen kan ikke være sendt videre før den kom eller frem i tid", rule="B.2")
    if matter.until is not None:
        raise RefusedError("Klagen er alt sendt videre", rule="B.2")
    _tell(ledger, "complaint-forwarded", matter, {"received_on": matter.on, "forwarded_on": forwarded_on})
    office = situation.profile.office
    body = Party(
        role=PartyRole.COMPLAINT_BODY, name=office.complaint_body, address_lines=office.complaint_address
    )
    ledger.order("complaint-transmittal", body, matter.id, {"received_on": matter.on, "subject": matter.text})
    ledger.change_matter(matter, until=forwarded_on, outcome="forwarded")
    ledger.settle(f"complaint-{matter.id}", "complaint-forward")
    if not office.complaint_address:
        channel = f" ({office.complaint_channel})" if office.complaint_channel else ""
        ledger.task(
            "complaint-send",
            f"Oversendelsen av klagen har ingen postadresse. Send den til {office.complaint_body or 'klageinstansen'} med sakens dokumenter"
            f" gjennom kommunens egen kanal{channel}.",
            rule="B.2",
        )
    return ledger.outcome()


def answer_complaint(
    case: Case, situation: Situation, *, outcome: str, on: date, reopen: bool = False
) -> Outcome:
    """What the complaint body decided (a key of ``OUTCOMES``), with the task that follows.

    Raises ``RefusedError`` when the complaint was not sent on, or for an answer nobody knows (B.2).
    """
    ledger, matter = _running(case, situation)
    if outcome not in OUTCOMES:
        raise RefusedError(f"Klageinstansen kan svare: {', '.join(OUTCOMES)}", rule="B.2")
    if matter.until is None:
        raise RefusedError("Klagen er ikke sendt videre. Registrer det først med --forwarded", rule="B.2")
    if on < matter.until or on > situation.today:
        raise RefusedError(
            "Svaret kan ikke være gitt før klagen ble sendt videre eller frem i tid", rule="B.2"
        )
    if reopen and outcome == "upheld":
        raise RefusedError("Saken kan ikke tas opp igjen når avgjørelsen står", rule="B.2")
    ledger.change_matter(matter, done_on=on, outcome=outcome)
    ledger.settle("complaint-send")
    ledger.task(f"complaint-{outcome}", OUTCOMES[outcome], rule="B.2")
    if reopen:
        _reopen(ledger, matter)
    return ledger.outcome()


def _running(case: Case, situation: Situation) -> tuple[Ledger, Matter]:
    found = case.matters_of(MatterKind.COMPLAINT, running=True)
    if not found:
        raise RefusedError("Saken har ingen klage som er under behandling", rule="B.2")
    return Ledger(case, situation), found[0]


def _tell(ledger: Ledger, kind: str, matter: Matter, facts: dict[str, Fact]) -> None:
    # Any measure will do where nobody was granted one: it only says whose letter it is.
    tell_family(ledger, kind, matter.id, facts, measure_of(ledger.case) or Measure.COORDINATOR)


def _check_time(ledger: Ledger, received_on: date, letter: Letter | None) -> None:
    law, today = ledger.situation.law, ledger.situation.today
    basis = law.basis((measure_of(ledger.case) or Measure.COORDINATOR).value)
    if basis is None:
        return
    track = law.complaint(basis.complaint, today)
    rule = law.cite(track.citation, today)
    if letter is None:
        ledger.task(
            "complaint-time",
            f"Det står ikke hvilket brev det klages på. Se om klagen kom i tide; fristen er {track.weeks} uker.",
            rule=rule,
        )
        return
    start = letter.ordered_at.astimezone(ledger.situation.now.tzinfo).date()
    due = law.deadline(start, days=timedelta(weeks=track.weeks).days, roll_to_workday=True)
    if received_on > due:
        ledger.task(
            "complaint-late",
            f"Klagen kan være kommet for sent: {track.weeks} uker etter brevet var {due:%d.%m.%Y}. Klagen er tatt vare på; vurder om den"
            " likevel skal behandles.",
            rule=rule,
        )


def _reopen(ledger: Ledger, matter: Matter) -> None:
    case = ledger.case
    if case.phase not in _ENDED:
        raise RefusedError("Saken er ikke avsluttet, så den kan ikke tas opp igjen", rule="B.2")
    if hindrance := silence(case.person):
        raise RefusedError(f"Saken kan ikke tas opp igjen: {hindrance}", rule="R-45")
    ledger.change(replace(case, phase=Phase.ASSESSMENT, closed_on=None))
    ledger.note(EventKind.CASE_REOPENED, matter=matter.id, phase=Phase.ASSESSMENT.value, rule="B.2")
    ledger.task(
        "reopened",
        "Saken er tatt opp igjen etter en klage. Ingen er koordinator, og teamet er ikke tatt opp igjen: avgjør hva som skal gjelde nå.",
        rule="B.2",
    )
