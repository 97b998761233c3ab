"""Files that arrived, the forms in them, and what waits for a person."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from pipeline.domain import DocumentStatus, FieldStatus, Reader, ReadingStatus, SubmissionStatus
from pipeline.store.tables._base import Row, anything, flag, instant, key, number, real, words
from pipeline.store.tables._types import choice


class DocumentRow(Row, table=True):
    """One file ever taken in. ``token`` is the claim: the same claim is recorded once."""

    __tablename__: ClassVar[Any] = "document"
    __table_args__ = (
        Index("ix_document_status_received_at", "status", "received_at"),
        Index("ix_document_status_reason_code", "status", "reason_code"),
    )

    id: int | None = key()
    token: str = words(unique=True)
    source: str = words(index=True)
    folder: str = words()
    sha256: str = words(index=True)
    size: int = number()
    received_at: datetime = instant()
    municipality: str = words()
    status: DocumentStatus = Field(sa_type=choice(DocumentStatus))
    reason: str = words()
    reason_code: str = words()
    duplicate_of: int | None = number(foreign_key="document.id")
    attempts: int = number()
    try_after: datetime | None = instant()


class StepRow(Row, table=True):
    """One step of a document's journey."""

    __tablename__: ClassVar[Any] = "step"

    id: int | None = key()
    document_id: int = number(foreign_key="document.id", index=True)
    step: str = words()
    at: datetime = instant()
    actor: str = words()
    text: str = words()


class SubmissionRow(Row, table=True):
    """One form as read. ``touched``: a person or casework has acted on it, so a new reading leaves it alone."""

    __tablename__: ClassVar[Any] = "submission"
    __table_args__ = (UniqueConstraint("document_id", "position"), {"sqlite_autoincrement": True})

    id: int | None = key()
    document_id: int = number(foreign_key="document.id")
    position: int = number()
    status: SubmissionStatus = Field(sa_type=choice(SubmissionStatus), index=True)
    case_id: str | None = words(foreign_key="casefile.id", index=True)
    why: str = words()
    touched: bool = flag()
    next_item: int = number()
    source: str = words()
    form: str | None = words()
    version: str = words()
    form_confidence: float = real()
    municipality: str | None = words()
    reader: Reader = Field(sa_type=choice(Reader))
    pages: Any = anything(nullable=False)
    reading: ReadingStatus = Field(sa_type=choice(ReadingStatus))
    doubts: Any = anything(nullable=False)
    problems: Any = anything(nullable=False)
    coded_case: str = words()


class FieldRow(Row, table=True):
    """One field of a form: value, raw text, how sure, and where it stands (points on the page as shown)."""

    __tablename__: ClassVar[Any] = "submission_field"

    submission_id: int = number(foreign_key="submission.id", primary_key=True)
    name: str = words(primary_key=True)
    position: int = number()
    value: Any = anything(nullable=True)
    raw: str = words()
    confidence: float = real()
    status: FieldStatus = Field(sa_type=choice(FieldStatus))
    page: int | None = number()
    x0: float | None = real()
    top: float | None = real()
    x1: float | None = real()
    bottom: float | None = real()
    doubt_code: str | None = words()
    doubt_text: str | None = words()
    found_by: str = words()


class ReviewRow(Row, table=True):
    """One thing a person must decide. ``number`` counts within the form and is never used again."""

    __tablename__: ClassVar[Any] = "review_item"
    __table_args__ = (Index("ix_review_item_resolved_at", "resolved_at"),)

    submission_id: int = number(foreign_key="submission.id", primary_key=True)
    number: int = number(primary_key=True)
    field: str | None = words()
    value: Any = anything(nullable=True)
    raw: str = words()
    code: str = words()
    reason: str = words()
    candidates: Any = anything(nullable=False)
    created_at: datetime = instant()
    resolved_at: datetime | None = instant()
    resolved_by: str = words()
    resolution: str = words()


class ArchiveRow(Row, table=True):
    """The archive's own numbers of a document or a letter."""

    __tablename__: ClassVar[Any] = "archive_reference"
    __table_args__ = (CheckConstraint("(document_id IS NULL) <> (letter_id IS NULL)", name="one_subject"),)

    id: int | None = key()
    document_id: int | None = number(foreign_key="document.id", unique=True)
    letter_id: int | None = number(foreign_key="letter.id", unique=True)
    archive_case: str = words()
    journal_number: str = words()
    at: datetime = instant()
    actor: str = words()
