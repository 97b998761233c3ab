"""What a clerk registers of consents that came without a form, and what a birthday or a withdrawal asks of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.casework._consents import (
    BOXES,
    ask_second,
    ask_who_signed,
    consents_came,
    record,
    registration_came,
)
from pipeline.casework._holding import holds
from pipeline.casework._informing import ask_if_informed, note_informed
from pipeline.casework._ledger import Ledger, next_id
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._parties import age_on
from pipeline.casework._renewal import review_age
from pipeline.casework._scope import INFORMATION, Entry, Scope, information_entries, person_entry
from pipeline.casework._signing import capacity_of, completes, second_is_due
from pipeline.casework._withdrawing import (
    OWN_KINDS,
    told_all,
    told_information,
    told_persons,
    whole,
    withdraw_all,
    withdraw_part,
)
from pipeline.casework._words import same
from pipeline.domain import Case, Consent, ContactRole, MatterKind
from pipeline.errors import RefusedError

_WRITTEN = frozenset(BOXES)
_ABOUT_TEAM = _WRITTEN - {"register"}
_CAPACITIES = ("self", "parent", "guardian", "service")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Signed:
    """Who gave a consent, and in what capacity."""

    signers: tuple[str, ...]
    capacity: str
    cannot_consent: str


def consent(
    case: Case,
    situation: Situation,
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
) -> Outcome:
    """Register a consent that came without a form. ``persons`` as ``Navn (tjeneste)`` or a service; ``information``: kinds of the form.

    ``cannot_consent``: why the young person or adult can't consent, so that a parent or guardian may (T-20); kept with the case.
    ``informed_on``: when the one who consents was told of team and sharing (R-59).
    Raises ``RefusedError`` with the rule that forbids it.
    """
    if not case.open:
        raise RefusedError("Saken er avsluttet, så samtykke kan ikke registreres i den", rule="R-45")
    if on > situation.today:
        raise RefusedError("Et samtykke kan ikke være gitt en dag som ikke har vært", rule="R-53")
    ledger, rules = Ledger(case, situation), situation.profile.consent
    told = _Signed(
        signers=tuple(name for name in signers if name.strip()),
        capacity=capacity,
        cannot_consent=cannot_consent.strip(),
    )
    _check_written(situation, kind, capacity, document)
    known = _check_signer(case, situation, told, on)
    due = "no" if len(told.signers) > 1 or capacity not in ("parent", "guardian") else second_is_due(ledger)
    unknown = [one for one in information if one not in INFORMATION]
    if unknown:
        raise RefusedError(f"Kjenner ikke opplysningene. Kjente: {', '.join(INFORMATION)}", rule="R-57")
    kinds = [Entry(kind="information", name=one) for one in INFORMATION if one in information]
    if rules.registration_required and kind in _ABOUT_TEAM and not holds(case, situation, "register"):
        raise RefusedError(
            "Enheten kan ikke registrere noe om teamet før den har samtykke til det. Registrer det først (register)",
            rule="R-61",
        )
    new = next_id("c", (one.id for one in case.consents))
    given = Consent(
        id="",
        kind=kind,
        granted=True,
        given_on=on,
        signer=" og ".join(told.signers),
        capacity=capacity,
        signed=due != "yes",
        scope=Scope(entries=(*_persons(persons), *kinds)).texts,
        document=document,
    )
    if due == "yes" and completes(case, given):
        due, given = "no", replace(given, signed=True)
    record(ledger, given)
    if told.cannot_consent:
        ledger.open_matter(
            MatterKind.CONSENT_RENEWAL, on, done_on=on, outcome="cannot-consent", text=told.cannot_consent,
            who=" og ".join(told.signers), about=new,
        )  # fmt: skip
    if due != "no":
        ask_second(ledger, due)
    elif not known:
        ask_who_signed(ledger)
    if due != "yes":
        _answered(ledger, kind)
    if informed_on is not None:
        note_informed(ledger, informed_on)
    if kind in ("establish", "share"):
        ask_if_informed(ledger, on)
    return ledger.outcome()


def _answered(ledger: Ledger, kind: str) -> None:
    ledger.settle("second-guardian-missing")
    if kind in ("process", "oral"):
        ledger.settle("consent-missing", "consent-signer")
    if kind == "plan":
        ledger.settle("plan-without-consent")
    if kind == "share":
        ledger.settle("sharing-not-signed", "sharing-not-granted", "consent-changed")
    consents_came(ledger)
    registration_came(ledger)


def _check_written(situation: Situation, kind: str, capacity: str, document: str) -> None:
    rules = situation.profile.consent
    known = (*BOXES, "process", "oral", *OWN_KINDS)
    if kind not in known:
        raise RefusedError(f"Kjenner ikke samtykket. Kjente: {', '.join(known)}", rule="R-53")
    if capacity not in _CAPACITIES:
        raise RefusedError(f"Si hvem som samtykker: {', '.join(_CAPACITIES)}", rule="R-53")
    if (kind == "oral") != (capacity == "service"):
        raise RefusedError("Et muntlig samtykke er hørt av en tjeneste, og bare det", rule="R-60")
    if kind == "oral" and not rules.oral_accepted_for_message:
        raise RefusedError("Kommunen godtar ikke muntlig samtykke", rule="R-60")
    required = rules.share_written_required if kind == "share" else rules.team_written_required
    if kind in _WRITTEN and required and not document:
        raise RefusedError(
            "Samtykket skal være skriftlig: oppgi dokumentet det står i",
            rule="R-52" if kind == "share" else "R-51",
        )


def _check_signer(case: Case, situation: Situation, told: _Signed, on: date) -> bool:
    """Refuse who may not consent on that day; whether the case's contacts know all who signed."""
    capacity, rules = told.capacity, situation.profile.consent
    if not told.signers:
        raise RefusedError("Si hvem som samtykker", rule="R-53")
    if capacity == "service":
        return True
    born = case.person.birth_date
    age = age_on(born, on) if born is not None else None
    if capacity == "self":
        if not all(same(name, case.person.name) for name in told.signers):
            raise RefusedError("Den som samtykker for seg selv, må være den saken gjelder", rule="T-19")
        if age is not None and age < rules.signature_from_age:
            raise RefusedError(
                f"Den det gjelder har ikke fylt {rules.signature_from_age} år: de som har foreldreansvaret, samtykker",
                rule="T-18",
            )
        return True
    if age is None and case.person.due_date is None:
        raise RefusedError("Fødselsdato mangler, så vi vet ikke hvem som kan samtykke", rule="T-18")
    if age is None or age < rules.signature_from_age:
        found = [capacity_of(case, name, child=True) for name in told.signers]
        return all(known and role == capacity for role, known in found)
    adult = age >= situation.law.age("majority", on)
    registered = all(
        any(c.role is ContactRole.GUARDIAN and same(c.name, name) for c in case.contacts)
        for name in told.signers
    )
    if capacity == "parent" and adult:
        raise RefusedError("Foreldre samtykker ikke for en voksen", rule="T-20")
    if adult and not registered:
        raise RefusedError("Vergen står ikke i saken. Registrer vergen først", rule="T-20")
    if not adult and not told.cannot_consent:
        raise RefusedError(
            f"Den det gjelder har fylt {rules.signature_from_age} år og samtykker selv. Kan hen ikke det, skriv hvorfor med"
            " --cannot-consent",
            rule="T-19",
        )
    found = [capacity_of(case, name, child=True) for name in told.signers]
    return all(known and role == capacity for role, known in found)


def withdraw(
    case: Case,
    situation: Situation,
    *,
    on: date,
    persons: Sequence[str] = (),
    information: Sequence[str] = (),
    document: str = "",
    kind: str = "",
) -> Outcome:
    """Withdraw the consents to the team and to sharing, or only for the named persons, services or information (R-54).

    ``kind``: only that one, as ``plan`` (R-50, F-001-5). Raises ``RefusedError`` for a day to come or an unknown kind. It is said by anybody who may consent; no reason is asked.
    """
    if on > situation.today:
        raise RefusedError("En tilbaketrekking gjelder fra den dagen den ble sagt, ikke senere", rule="R-54")
    if kind and kind not in whole(case):
        raise RefusedError(
            f"Det er ikke gitt noe slikt samtykke å trekke tilbake. Kjente: {', '.join(whole(case))}",
            rule="R-54",
        )
    ledger = Ledger(case, situation)
    named = [replace(one, without=True) for one in _persons(persons)]
    kept_back = [entry for text in information for entry in information_entries(text)]
    if not (persons or information):
        withdraw_all(ledger, on, document, kinds=(kind,) if kind else whole(case))
        if kind not in OWN_KINDS:
            told_all(ledger)
        return ledger.outcome()
    withdraw_part(ledger, [*named, *kept_back], on, document, kind=kind)
    if named:
        told_persons(ledger)
    if kept_back:
        told_information(ledger)
    return ledger.outcome()


def _persons(told: Sequence[str]) -> list[Entry]:
    """``Ida Holm (BUP)`` is somebody of a service; ``(BUP)`` is the whole service; a name alone is a name alone."""
    found = []
    for text in told:
        name, bracket, service = text.partition("(")
        entry = person_entry(name.strip(), service.rstrip(") ") if bracket else "")
        if entry is not None:
            found.append(entry)
    return found


def renew_by_age(case: Case, situation: Situation) -> Outcome:
    """Ask for the person's own consent from the birthday on, once (T-18, T-20)."""
    ledger = Ledger(case, situation)
    review_age(ledger)
    return ledger.outcome()


def hold_back(case: Case, situation: Situation, *, letter: str) -> Outcome:
    """A letter is signed but not sent, and rests on a consent that was withdrawn: a person must stop it (R-54)."""
    ledger = Ledger(case, situation)
    ledger.task(
        f"signed-but-withdrawn-{letter}",
        f"Brev {letter} er underskrevet, men ikke sendt, og bygger på et samtykke som er trukket tilbake. Ikke send det: "
        f"skjemaflyt letter {letter} withdraw",
        rule="R-54",
    )
    return ledger.outcome()
