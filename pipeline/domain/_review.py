"""Forms in the register, and what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pipeline.domain._submission import Submission, Value


class SubmissionStatus(StrEnum):
    """Where one form stands. REVIEW: a person must look first; LINKED: it belongs to a case and was acted on."""

    ACCEPTED = "accepted"
    REVIEW = "review"
    LINKED = "linked"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True, slots=True)
class SubmissionRecord:
    """One form as the register knows it. ``id`` is ``S12``; ``position`` is its 1-based place in the file.

    ``why`` is the reason a person gave for rejecting it, ``""`` otherwise.
    """

    id: str
    document: str
    position: int
    status: SubmissionStatus
    submission: Submission
    case: str | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A case that a form may belong to, with Norwegian phrases for what speaks for and against it.

    The phrases hold no addresses or numbers, only what agrees («samme telefon»).
    """

    case: str
    name: str
    birth_date: date | None = None
    speaks_for: tuple[str, ...] = ()
    speaks_against: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewItem:
    """One thing a person must decide. ``id`` is ``S12-3``, unique and never reused.

    ``field`` None: the doubt is about the whole form (which it is, whose it is). ``code`` is stable, ``reason`` one Norwegian
    sentence. ``resolved_at`` None: still open; ``resolution`` says what was done (``accepted``, ``set``, ``linked`` …).
    """

    id: str
    submission: str
    document: str
    form: str | None
    field: str | None
    value: Value
    raw: str
    code: str
    reason: str
    created_at: datetime
    candidates: tuple[Candidate, ...] = ()
    resolved_at: datetime | None = None
    resolved_by: str = ""
    resolution: str = ""
