"""What the archive has no journal number for yet."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import col, select

from pipeline.domain import DocumentRecord, DocumentStatus, Letter, LetterStatus
from pipeline.store._documents import record_of
from pipeline.store._letters import letter_of
from pipeline.store._unit import Unit
from pipeline.store.tables import ArchiveRow, DocumentRow, LetterRow


class Journal:
    """The archive clerk's questions (B.4: journal duty)."""

    def __init__(self, unit: Unit) -> None:
        """Work within one unit of work."""
        self._unit = unit

    def unjournalled_documents(self) -> Iterator[DocumentRecord]:
        """Yield the documents without a journal number, as they came; the same file again is not another document."""
        done = select(col(ArchiveRow.document_id)).where(
            col(ArchiveRow.document_id).is_not(None), col(ArchiveRow.journal_number) != ""
        )
        statement = select(DocumentRow).where(
            col(DocumentRow.id).not_in(done), col(DocumentRow.status) != DocumentStatus.DUPLICATE
        )
        for rows in self._unit.chunks(statement, col(DocumentRow.id), "id"):
            yield from [record_of(row) for row in rows]

    def unjournalled_letters(self) -> Iterator[Letter]:
        """Yield the letters that are signed or sent and have no journal number, as they were ordered."""
        done = select(col(ArchiveRow.letter_id)).where(
            col(ArchiveRow.letter_id).is_not(None), col(ArchiveRow.journal_number) != ""
        )
        statement = select(LetterRow).where(
            col(LetterRow.id).not_in(done),
            col(LetterRow.status).in_([LetterStatus.SIGNED, LetterStatus.SENT]),
        )
        for rows in self._unit.chunks(statement, col(LetterRow.id), "id"):
            yield from [letter_of(row) for row in rows]
