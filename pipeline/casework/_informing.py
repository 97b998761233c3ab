"""What the one who consents is told first: the team's composition, its way of working, and what is shared (L-002-2, R-59)."""

from __future__ import annotations

from datetime import date

from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.domain import Case, MatterKind
from pipeline.errors import RefusedError

_INFORMED = "informed"
_TASK = "consent-not-informed"


def inform(case: Case, situation: Situation, *, on: date) -> Outcome:
    """Note that the one who consents was informed on a day (R-59). Raises ``RefusedError`` for a day to come or a closed case."""
    if not case.open:
        raise RefusedError("Saken er avsluttet", rule="R-45")
    ledger = Ledger(case, situation)
    note_informed(ledger, on)
    return ledger.outcome()


def note_informed(ledger: Ledger, on: date) -> None:
    """Keep the day the information was given; a consent from that day on rests on it. Raises ``RefusedError`` for a day to come."""
    if on > ledger.situation.today:
        raise RefusedError("Informasjonen kan ikke være gitt en dag som ikke er kommet", rule="R-59")
    if not any(m.on == on and m.outcome == _INFORMED for m in ledger.case.matters):
        ledger.open_matter(MatterKind.CONSENT_RENEWAL, on, done_on=on, outcome=_INFORMED)
    if any(_counts(consent_on, on) for consent_on in _given(ledger.case)):
        ledger.settle(_TASK)


def ask_if_informed(ledger: Ledger, given_on: date | None, *, ticked: bool = False) -> None:
    """Where the profile says that information comes first: a consent nobody was informed before is a task (R-59).

    ``ticked``: the form that was signed says it itself. A letter that asked for the consent carries the information too.
    """
    rules, sources = ledger.situation.profile.consent, ledger.situation.profile.sources
    if not rules.information_first or ticked or _told(ledger.case, given_on or ledger.situation.arrived):
        return
    ledger.task(
        _TASK,
        "Samtykket er registrert uten at det står når den som samtykker, ble informert om hvem som er med, arbeidsformen og utvekslingen"
        " av taushetsbelagte opplysninger. Informer, og se om samtykket står ved lag: skjemaflyt consent SAK --informed DATO.",
        rule=sources.get("consent.information_first", "R-59"),
    )


def _told(case: Case, on: date) -> bool:
    # A form that waits for the consent to register is «about» a document, and told nobody anything.
    renewals = [m for m in case.matters_of(MatterKind.CONSENT_RENEWAL) if not m.about]
    return any(_counts(on, matter.on) for matter in renewals)


def _counts(given_on: date, informed_on: date) -> bool:
    return informed_on <= given_on


def _given(case: Case) -> list[date]:
    newest = [case.consent(kind) for kind in ("establish", "share")]
    return [one.given_on for one in newest if one is not None and one.valid and one.given_on is not None]
