"""How many of each there are, for ``status``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from pipeline.domain import DocumentStatus, LetterStatus, SubmissionStatus
from pipeline.store._unit import Unit
from pipeline.store.tables import CaseRow, DocumentRow, LetterRow, SubmissionRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """The register in numbers; every status is there, also with 0.

    ``oldest_waiting``: when the oldest document that the program hasn't settled (``received``, ``working``) came, None when
    none waits. ``oldest_review``: the same for those that wait for a person.
    """

    documents: Mapping[DocumentStatus, int]
    submissions: Mapping[SubmissionStatus, int]
    letters: Mapping[LetterStatus, int]
    cases: int
    oldest_waiting: datetime | None
    oldest_review: datetime | None


class Numbers:
    """Counts what the register holds."""

    def __init__(self, unit: Unit) -> None:
        """Work within one unit of work."""
        self._unit = unit

    def counts(self) -> Counts:
        """Return the register in numbers."""
        return Counts(
            documents={s: self._count(DocumentRow, s) for s in DocumentStatus},
            submissions={s: self._count(SubmissionRow, s) for s in SubmissionStatus},
            letters={s: self._count(LetterRow, s) for s in LetterStatus},
            cases=self._unit.one(select(func.count()).select_from(CaseRow)) or 0,
            oldest_waiting=self._oldest(DocumentStatus.RECEIVED, DocumentStatus.WORKING),
            oldest_review=self._oldest(DocumentStatus.REVIEW),
        )

    def _count(self, row: Any, status: Any) -> int:
        statement = select(func.count()).select_from(row).where(col(row.status) == status)
        return self._unit.one(statement) or 0

    def _oldest(self, *statuses: DocumentStatus) -> datetime | None:
        oldest = [
            self._unit.one(
                select(col(DocumentRow.received_at))
                .where(col(DocumentRow.status) == status)
                .order_by(col(DocumentRow.received_at))
            )
            for status in statuses
        ]
        return min((at for at in oldest if at is not None), default=None)
