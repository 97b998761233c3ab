"""Whose form is it? One case, none, or a doubt that a person must settle; never on a name alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from pipeline.domain import Candidate, CaseSummary, Submission, SubmissionRecord
from pipeline.matching._asked import Asked, asked_of
from pipeline.matching._likeness import AFTER_DUE, BEFORE_DUE
from pipeline.matching._weigh import Verdict, Weighed, same_person, weigh

SHOWN = 20
"""How many candidates a person is shown at most."""

NOTIFICATION = "need-notification"
"""The form whose person also the forms without a name in the same file are about."""


class MatchKind(StrEnum):
    """ONE: this case; NONE: no case in the register fits; DOUBT: a person must say."""

    ONE = "one"
    NONE = "none"
    DOUBT = "doubt"


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """Whose a form is, and why: a stable ``code`` and one Norwegian sentence without personal data.

    ``case`` is set when ``kind`` is ONE. ``candidates``, the likeliest first: what was taken, or what a person may choose from.
    """

    kind: MatchKind
    code: str
    reason: str
    case: str | None = None
    candidates: tuple[Candidate, ...] = ()


class CaseSource(Protocol):
    """Where cases are found; every answer is of one municipality. ``store.Register`` is one."""

    def cases_by_number(self, municipality: str, number: str) -> tuple[CaseSummary, ...]:
        """Cases whose id or archive number is ``number``."""

    def cases_by_birth_date(self, municipality: str, day: date) -> tuple[CaseSummary, ...]:
        """Cases of persons born on a day."""

    def cases_by_due_date(self, municipality: str, first: date, last: date) -> tuple[CaseSummary, ...]:
        """Cases of unborn children due between two days."""

    def cases_by_phone(self, municipality: str, phone: str) -> tuple[CaseSummary, ...]:
        """Cases of persons with a phone number."""

    def cases_by_address(self, municipality: str, address: str) -> tuple[CaseSummary, ...]:
        """Cases of persons at a street and number."""

    def cases_by_name(self, municipality: str, name: str) -> tuple[CaseSummary, ...]:
        """Cases of persons of a name, accents, order and middle names aside."""


def match(
    submission: Submission,
    source: CaseSource,
    *,
    municipality: str,
    beside: Sequence[SubmissionRecord] = (),
) -> Match:
    """Say which case a form belongs to. ``beside``: the other forms of its file, for a form that names nobody."""
    asked = asked_of(submission)
    if not asked.named and not asked.number and not asked.coded:
        return _beside(beside)
    weighed = [weigh(asked, summary) for summary in _found(asked, source, municipality)]
    agreeing = [w for w in weighed if w.verdict is Verdict.AGREES]
    likely = _ordered(w for w in weighed if w.verdict is not Verdict.OTHER)
    found = _by_code(asked, likely) if asked.coded else _decided(asked, agreeing, likely)
    if asked.unsure and found.kind is not MatchKind.DOUBT:
        return _doubt(
            "uncertain-reading",
            "Navn, fødselsdato eller annet som skal vise hvem det gjelder, er uklart.",
            likely,
        )
    return found


def _by_code(asked: Asked, likely: list[Weighed]) -> Match:
    """Decide for a form whose code names a case: that one, unless the form itself speaks against it."""
    coded = next((w for w in likely if w.by_code), None)
    if coded is None:
        return _doubt("unknown-code", "Koden på skjemaet er for en sak som ikke finnes i registeret.", likely)
    likely = [coded, *(w for w in likely if w is not coded)]
    if coded.verdict is not Verdict.AGREES:
        return _doubt(
            "code-differs", "Skjemaet er laget for en sak, men navn eller fødselsdato er en annens.", likely
        )
    if asked.number and asked.number not in {coded.summary.id, coded.summary.archive_case}:
        return _doubt(
            "number-differs", "Koden på skjemaet og saksnummeret som står der, er ulike saker.", likely
        )
    if coded.ended:
        return _doubt(
            "ended-case",
            "Saken som skjemaet ble laget for, er avsluttet. Velg sak, eller opprett en ny.",
            likely,
        )
    return Match(
        kind=MatchKind.ONE,
        case=coded.summary.id,
        code="coded",
        reason="Koden på skjemaet er for denne saken, og ingenting på skjemaet sier noe annet.",
        candidates=(coded.candidate,),
    )


def _decided(asked: Asked, agreeing: list[Weighed], likely: list[Weighed]) -> Match:
    numbered = [w for w in likely if w.by_number]
    if asked.number and not numbered:
        return _doubt("unknown-number", "Saksnummeret på skjemaet finnes ikke i registeret.", likely)
    if any(w.verdict is Verdict.DOUBT for w in numbered):
        return _doubt(
            "number-differs", "Saksnummeret stemmer, men navn eller fødselsdato gjør det ikke.", likely
        )
    persons = agreeing[:1]
    for one in agreeing:
        if not any(same_person(one.summary.person, known.summary.person) for known in persons):
            persons.append(one)
    if len(persons) > 1:
        return _doubt("several-persons", "Flere personer i registeret passer. Velg hvem det gjelder.", likely)
    if agreeing:
        chosen = [w for w in agreeing if w.by_number] or agreeing
        open_cases = [w for w in chosen if not w.ended]
        if not open_cases:
            return _doubt(
                "ended-case", "Personen har bare avsluttede saker. Velg sak, eller opprett en ny.", likely
            )
        if len(open_cases) > 1:
            return _doubt("several-cases", "Personen har flere åpne saker. Velg hvilken det gjelder.", likely)
        return Match(
            kind=MatchKind.ONE,
            case=open_cases[0].summary.id,
            code="matched",
            reason="Skjemaet passer med én sak i registeret.",
            candidates=(open_cases[0].candidate,),
        )
    if asked.only_name:
        return _doubt("name-only", "Skjemaet har bare et navn å gå etter. Velg hvem det gjelder.", likely)
    if likely:
        return _doubt("near-match", "Skjemaet ligner på en sak i registeret, men ikke alt stemmer.", likely)
    return Match(kind=MatchKind.NONE, code="no-match", reason="Ingen sak i registeret passer.")


def _beside(beside: Sequence[SubmissionRecord]) -> Match:
    """Decide for a form that names nobody: it belongs to the notification in its file, when that has one case."""
    notified = [record for record in beside if record.submission.form == NOTIFICATION]
    cases = {record.case for record in notified}
    if len(cases) == 1 and None not in cases:
        return Match(
            kind=MatchKind.ONE,
            case=next(iter(cases)),
            code="same-file",
            reason="Skjemaet kom i samme fil som meldingen om behov.",
        )
    if notified:
        return _doubt(
            "names-nobody", "Skjemaet har ikke navn, og det er ikke klart hvilken melding det hører til.", []
        )
    return _doubt("names-nobody", "Skjemaet har ikke navn. Si hvem det gjelder.", [])


def _found(asked: Asked, source: CaseSource, municipality: str) -> Iterable[CaseSummary]:
    """Gather every case that may have something to do with the form, each once."""
    found: list[CaseSummary] = []
    if asked.coded:
        found += source.cases_by_number(municipality, asked.coded)
    if asked.number:
        found += source.cases_by_number(municipality, asked.number)
    if asked.birth_date:
        found += source.cases_by_birth_date(municipality, asked.birth_date)
        found += source.cases_by_due_date(
            municipality, _moved(asked.birth_date, -AFTER_DUE), _moved(asked.birth_date, BEFORE_DUE)
        )
    if asked.due_date:
        weeks = timedelta(days=21)
        found += source.cases_by_due_date(
            municipality, _moved(asked.due_date, -weeks), _moved(asked.due_date, weeks)
        )
    if asked.phone:
        found += source.cases_by_phone(municipality, asked.phone)
    if asked.address:
        found += source.cases_by_address(municipality, asked.address)
    if asked.named:
        found += source.cases_by_name(municipality, asked.name)
    return {summary.id: summary for summary in found}.values()


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day


def _ordered(weighed: Iterable[Weighed]) -> list[Weighed]:
    def likelihood(one: Weighed) -> tuple[bool, int, int]:
        candidate = one.candidate
        return (
            one.verdict is not Verdict.AGREES,
            len(candidate.speaks_against),
            -len(candidate.speaks_for),
        )

    return sorted(weighed, key=likelihood)


def _doubt(code: str, reason: str, likely: Sequence[Weighed]) -> Match:
    more = f" Viser {SHOWN} av {len(likely)} saker." if len(likely) > SHOWN else ""
    return Match(
        kind=MatchKind.DOUBT,
        code=code,
        reason=reason + more,
        candidates=tuple(one.candidate for one in likely[:SHOWN]),
    )
