"""Documents: every file ever taken in, and the steps of its journey."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import col, select

from pipeline.domain import Arrival, DocumentRecord, DocumentStatus, Step
from pipeline.store._unit import Unit, missing, number_in, refused
from pipeline.store.tables import DocumentRow, StepRow, SubmissionRow


class Documents:
    """What the register knows of the files that arrived."""

    def __init__(self, unit: Unit) -> None:
        """Work within one unit of work."""
        self._unit = unit

    def record_arrival(self, arrival: Arrival, *, municipality: str) -> DocumentRecord:
        """Record a claimed file, once for each token. The same bytes again in the same municipality or inbox are a duplicate.

        Raises RefusedError when the token was used for other bytes.
        """
        known = self._unit.one(select(DocumentRow).where(col(DocumentRow.token) == arrival.token))
        if known is not None:
            if known.sha256 != arrival.sha256:
                raise refused("Den samme mottaksnøkkelen er brukt for en annen fil.")
            return record_of(known)
        first = self._unit.one(
            select(DocumentRow)
            .where(
                col(DocumentRow.sha256) == arrival.sha256,
                or_(col(DocumentRow.municipality) == municipality, col(DocumentRow.folder) == arrival.folder),
                col(DocumentRow.duplicate_of).is_(None),
            )
            .order_by(col(DocumentRow.id))
        )
        number = self._unit.insert(
            DocumentRow,
            {
                "token": arrival.token,
                "source": arrival.source,
                "folder": arrival.folder,
                "sha256": arrival.sha256,
                "size": arrival.size,
                "received_at": arrival.received_at,
                "municipality": municipality,
                "status": DocumentStatus.RECEIVED if first is None else DocumentStatus.DUPLICATE,
                "reason": "" if first is None else f"Filen er allerede tatt inn som D{first.id}.",
                "reason_code": "" if first is None else "duplicate",
                "duplicate_of": None if first is None else first.id,
                "attempts": 0,
                "try_after": None,
            },
        )
        return self._known(f"D{number}")

    def next_document(self, now: datetime) -> DocumentRecord | None:
        """Take the oldest document that waits and whose next try is due: it is now WORKING, and the attempt is counted."""
        row = self._unit.one(
            select(DocumentRow)
            .where(
                col(DocumentRow.status) == DocumentStatus.RECEIVED,
                or_(col(DocumentRow.try_after).is_(None), col(DocumentRow.try_after) <= now),
            )
            .order_by(col(DocumentRow.received_at), col(DocumentRow.id))
        )
        if row is None:
            return None
        self._unit.update(
            DocumentRow,
            col(DocumentRow.id) == row.id,
            status=DocumentStatus.WORKING,
            attempts=row.attempts + 1,
            try_after=None,
        )
        return self._known(f"D{row.id}")

    def release_working(self) -> int:
        """Give back what a killed process was working on; return how many. For the start of the one that works."""
        return self._unit.update(
            DocumentRow,
            col(DocumentRow.status) == DocumentStatus.WORKING,
            status=DocumentStatus.RECEIVED,
        )

    def settle_document(
        self, document: str, status: DocumentStatus, *, reason: str = "", reason_code: str = ""
    ) -> None:
        """Leave a document with a status and, when due, a reason. RECEIVED starts it anew, its attempts forgotten."""
        found = self._known(document)
        self._unit.update(
            DocumentRow,
            col(DocumentRow.id) == number_in(document, "D"),
            status=status,
            reason=reason,
            reason_code=reason_code,
            try_after=None,
            attempts=0 if status is DocumentStatus.RECEIVED else found.attempts,
        )

    def postpone_document(self, document: str, *, reason: str, reason_code: str, try_after: datetime) -> None:
        """Put a document back in the queue until ``try_after``; its attempts are kept."""
        self._known(document)
        self._unit.update(
            DocumentRow,
            col(DocumentRow.id) == number_in(document, "D"),
            status=DocumentStatus.RECEIVED,
            reason=reason,
            reason_code=reason_code,
            try_after=try_after,
        )

    def move_document(self, document: str, municipality: str) -> None:
        """Hand a document to another municipality, before any form in it belongs to a case (else RefusedError)."""
        self._known(document)
        number = number_in(document, "D")
        linked = select(SubmissionRow).where(
            col(SubmissionRow.document_id) == number, col(SubmissionRow.case_id).is_not(None)
        )
        if self._unit.one(linked) is not None:
            raise refused("Dokumentet er knyttet til en sak og kan ikke flyttes til en annen kommune.")
        self._unit.update(DocumentRow, col(DocumentRow.id) == number, municipality=municipality)

    def document(self, document: str) -> DocumentRecord | None:
        """Return one document, None when there is none of that id."""
        number = number_in(document, "D")
        if number is None:
            return None
        row = self._unit.one(select(DocumentRow).where(col(DocumentRow.id) == number))
        return None if row is None else record_of(row)

    def documents(
        self, *, status: DocumentStatus | None = None, municipality: str | None = None
    ) -> Iterator[DocumentRecord]:
        """Yield documents in the order they were recorded, some hundred held at a time."""
        statement = select(DocumentRow)
        if status is not None:
            statement = statement.where(col(DocumentRow.status) == status)
        if municipality is not None:
            statement = statement.where(col(DocumentRow.municipality) == municipality)
        for rows in self._unit.chunks(statement, col(DocumentRow.id), "id"):
            yield from [record_of(row) for row in rows]

    def documents_named(self, source: str) -> tuple[DocumentRecord, ...]:
        """Return every document that came under a file name, oldest first."""
        rows = self._unit.all(
            select(DocumentRow).where(col(DocumentRow.source) == source).order_by(col(DocumentRow.id))
        )
        return tuple(record_of(row) for row in rows)

    def waiting_for(self, code: str) -> Iterator[DocumentRecord]:
        """Yield the documents in review with a reason code (``not-read``)."""
        statement = select(DocumentRow).where(
            col(DocumentRow.status) == DocumentStatus.REVIEW, col(DocumentRow.reason_code) == code
        )
        for rows in self._unit.chunks(statement, col(DocumentRow.id), "id"):
            yield from [record_of(row) for row in rows]

    def add_step(self, document: str, step: str, at: datetime, actor: str, text: str = "") -> None:
        """Note one step of a document's journey, for ``trace``. ``text`` without personal data."""
        self._known(document)
        self._unit.insert(
            StepRow,
            {
                "document_id": number_in(document, "D"),
                "step": step,
                "at": at,
                "actor": actor,
                "text": text,
            },
        )

    def steps(self, document: str) -> tuple[Step, ...]:
        """Return a document's steps in the order they were noted."""
        rows = self._unit.all(
            select(StepRow)
            .where(col(StepRow.document_id) == number_in(document, "D"))
            .order_by(col(StepRow.id))
        )
        return tuple(Step(document=document, step=r.step, at=r.at, actor=r.actor, text=r.text) for r in rows)

    def _known(self, document: str) -> DocumentRecord:
        found = self.document(document)
        if found is None:
            raise missing("Dokumentet")
        return found


def record_of(row: DocumentRow) -> DocumentRecord:
    """Return the record of a row."""
    return DocumentRecord(
        id=f"D{row.id}",
        token=row.token,
        source=row.source,
        sha256=row.sha256,
        size=row.size,
        received_at=row.received_at,
        status=row.status,
        municipality=row.municipality,
        reason=row.reason,
        reason_code=row.reason_code,
        duplicate_of=None if row.duplicate_of is None else f"D{row.duplicate_of}",
        attempts=row.attempts,
        try_after=row.try_after,
    )
