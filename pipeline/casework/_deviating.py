"""A letter that came back or reached the wrong person; the clock of the data protection law (B.12, art. 33)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.domain import Case, EventKind, Letter, LetterStatus, Matter, MatterKind
from pipeline.errors import RefusedError
from pipeline.municipalities import Law

_OSLO = ZoneInfo("Europe/Oslo")
CLOCK = "breach-report"
"""The clock of ``config/law.toml`` that a deviation runs against."""


class CameBack(StrEnum):
    """Why a letter came back. ADDRESS: nobody lives there; WRONG_PERSON: it went to another; OPENED_BY_OTHER: another opened it."""

    ADDRESS = "address"
    WRONG_PERSON = "wrong-person"
    OPENED_BY_OTHER = "opened-by-other"


_WHAT: Mapping[CameBack, str] = {
    CameBack.WRONG_PERSON: "er kommet til feil person",
    CameBack.OPENED_BY_OTHER: "er åpnet av en annen enn mottakeren",
}


def came_back(case: Case, situation: Situation, *, letter: Letter, why: CameBack) -> Outcome:
    """A letter that was sent came back. A wrong address is a task; a wrong reader opens a deviation whose clock runs from now.

    Raises ``RefusedError`` for a letter nobody has sent (rule ``letter-state``).
    """
    if letter.status not in (LetterStatus.SENT, LetterStatus.SIGNED):
        raise RefusedError("Brevet er ikke sendt, så det kan ikke være kommet tilbake", rule="letter-state")
    ledger = Ledger(case, situation)
    ledger.note(EventKind.LETTER_RETURNED, letter=letter.id, why=why.value)
    if why is CameBack.ADDRESS:
        ledger.task(
            "letter-returned",
            f"Brev {letter.id} er kommet tilbake: adressen stemmer ikke. Finn riktig adresse, rett saken og send brevet på nytt.",
            rule="B.17",
        )
        return ledger.outcome()
    due = report_due(situation.now, situation.law)
    matter = ledger.open_matter(
        MatterKind.DEVIATION,
        situation.today,
        at=situation.now,
        due=due.astimezone(_OSLO).date(),
        about=letter.id,
        text=why.value,
    )
    ledger.task(
        f"deviation-{matter.id}",
        f"Brev {letter.id} {_WHAT[why]}. Vurder om avviket skal meldes til tilsynet innen {written_moment(due)}, og om den det gjelder skal"
        " få vite det.",
        rule=_citation(situation),
    )
    return ledger.outcome()


def report_deviation(case: Case, situation: Situation, *, letter: str, reported_at: datetime) -> Outcome:
    """The deviation was reported at an aware instant; late is said, not hidden. ``RefusedError`` when none runs or before it was known."""
    ledger, matter = _running(case, situation, letter)
    if matter.at is None or reported_at < matter.at or reported_at > situation.now:
        raise RefusedError(
            "Avviket kan ikke være meldt før det ble oppdaget eller frem i tid", rule=_citation(situation)
        )
    late = reported_at > report_due(matter.at, situation.law)
    ledger.change_matter(
        matter,
        done_on=reported_at.astimezone(_OSLO).date(),
        outcome="reported-late" if late else "reported",
        scope=(reported_at.astimezone(UTC).isoformat(),),
    )
    ledger.settle(f"deviation-{matter.id}")
    if late:
        ledger.task(
            "deviation-late",
            f"Avviket om brev {matter.about} ble meldt etter fristen. Skriv i meldingen hvorfor den kom sent.",
            rule=_citation(situation),
        )
    return ledger.outcome()


def dismiss_deviation(case: Case, situation: Situation, *, letter: str, why: str) -> Outcome:
    """The deviation need not be reported, with the reason that must be kept. ``RefusedError`` without one."""
    ledger, matter = _running(case, situation, letter)
    if not why.strip():
        raise RefusedError("Si hvorfor avviket ikke skal meldes, med --why", rule=_citation(situation))
    ledger.change_matter(
        matter, done_on=situation.today, outcome="not-reportable", text=f"{matter.text}: {why.strip()}"
    )
    ledger.settle(f"deviation-{matter.id}")
    return ledger.outcome()


def report_due(known_at: datetime, law: Law) -> datetime:
    """The instant by which a deviation known at an aware instant must be reported, in UTC: hours by the clock, whatever the wall shows."""
    hours = law.hours(CLOCK, known_at.astimezone(_OSLO).date())
    return known_at.astimezone(UTC) + timedelta(hours=hours)


def hours_left(known_at: datetime, now: datetime, law: Law) -> float:
    """Hours left to report; negative when the time is out."""
    return (report_due(known_at, law) - now.astimezone(UTC)).total_seconds() / 3600


def written_moment(moment: datetime) -> str:
    """An instant as the clock on the wall shows it: ``25.11.2026 kl. 14.05``."""
    return moment.astimezone(_OSLO).strftime("%d.%m.%Y kl. %H.%M")


def _citation(situation: Situation) -> str:
    return situation.law.cite(CLOCK, situation.today)


def _running(case: Case, situation: Situation, letter: str) -> tuple[Ledger, Matter]:
    found = [
        m for m in case.matters_of(MatterKind.DEVIATION, running=True) if not letter or m.about == letter
    ]
    if len(found) != 1:
        what = (
            "Saken har ingen åpne avvik"
            if not found
            else "Saken har flere åpne avvik. Skriv brevets id i stedet"
        )
        raise RefusedError(what, rule=_citation(situation))
    return Ledger(case, situation), found[0]
