"""What lists show: cases in short, a document's steps, reminders made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pipeline.domain._register import Person, Phase


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseSummary:
    """A case without its children, for long lists and for finding whose a form is."""

    id: str
    municipality: str
    phase: Phase
    opened_on: date
    person: Person
    closed_on: date | None = None
    archive_case: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step of a document's journey, for ``trace``. ``text`` is one Norwegian sentence without personal data."""

    document: str
    step: str
    at: datetime
    actor: str
    text: str = ""


class ReminderStatus(StrEnum):
    """What became of a reminder. STOPPED: the answer came first."""

    CREATED = "created"
    STOPPED = "stopped"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReminderRecord:
    """One reminder, once for each case, rule and period (``2026``, ``2026-06``, or what the rule counts by)."""

    case: str
    rule: str
    period: str
    due: date
    status: ReminderStatus
    at: datetime
