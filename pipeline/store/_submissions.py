"""Forms as they were read, field by field, and what people made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlmodel import col, select

from pipeline.domain import (
    Event,
    EventKind,
    FieldReading,
    FieldStatus,
    ReadingStatus,
    Submission,
    SubmissionRecord,
    SubmissionStatus,
    Value,
)
from pipeline.store._events import Events
from pipeline.store._review import Reviews
from pipeline.store._submission_rows import FormRows
from pipeline.store._unit import Unit, missing, number_in, refused
from pipeline.store.tables import CaseRow, DocumentRow, SubmissionRow

_FIRST = {
    ReadingStatus.ACCEPTED: SubmissionStatus.ACCEPTED,
    ReadingStatus.REVIEW: SubmissionStatus.REVIEW,
    ReadingStatus.REJECTED: SubmissionStatus.REJECTED,
}


class Submissions:
    """Every form the register holds. A doubtful form has at least one open review item, always."""

    def __init__(self, unit: Unit, events: Events, reviews: Reviews) -> None:
        """Work within one unit of work."""
        self._unit = unit
        self._events = events
        self._reviews = reviews
        self._rows = FormRows(unit)

    def save_submissions(
        self, document: str, submissions: Sequence[Submission]
    ) -> tuple[SubmissionRecord, ...]:
        """Save the forms of a document in page order, with a review item for every doubt.

        An earlier reading is replaced, but a form that a person or casework has acted on keeps its place as it is. Raises
        RefusedError when the new reading has another form there, and UsageError when there is no such document.
        """
        number = number_in(document, "D")
        if self._unit.one(select(DocumentRow).where(col(DocumentRow.id) == number)) is None:
            raise missing("Dokumentet")
        earlier = {r.position: r for r in self._rows.of_document(number)}
        for position, row in earlier.items():
            form = submissions[position - 1].form if position <= len(submissions) else None
            if row.touched and (position > len(submissions) or form != row.form):
                raise refused(
                    "Skjemaet er allerede behandlet, og den nye lesingen viser et annet skjema der."
                )
            if position > len(submissions):
                self._rows.remove(row)
        saved = []
        for position, submission in enumerate(submissions, start=1):
            row_before = earlier.get(position)
            if row_before is None or not row_before.touched:
                self._save(document, position, submission, row_before)
            saved.append(self._at(number, position))
        return tuple(saved)

    def submission(self, submission: str) -> SubmissionRecord | None:
        """Return one form, None when there is none of that id."""
        number = number_in(submission, "S")
        row = self._unit.one(select(SubmissionRow).where(col(SubmissionRow.id) == number))
        return None if row is None else self._rows.records([row])[0]

    def submissions(
        self, *, status: SubmissionStatus | None = None, document: str | None = None, case: str | None = None
    ) -> Iterator[SubmissionRecord]:
        """Yield forms in the order they were saved."""
        statement = select(SubmissionRow)
        if status is not None:
            statement = statement.where(col(SubmissionRow.status) == status)
        if document is not None:
            statement = statement.where(col(SubmissionRow.document_id) == number_in(document, "D"))
        if case is not None:
            statement = statement.where(col(SubmissionRow.case_id) == case)
        for rows in self._unit.chunks(statement, col(SubmissionRow.id), "id"):
            yield from self._rows.records(rows)

    def document_forms(self, document: str) -> tuple[tuple[str | None, SubmissionStatus, str | None], ...]:
        """Return form, status and case of every form in a document, in page order."""
        return tuple((r.form, r.status, r.case_id) for r in self._rows.of_document(number_in(document, "D")))

    def set_field(self, submission: str, field: str, value: Value, actor: str) -> SubmissionRecord:
        """Give a field the value a person read; the old one stays in an event. ``raw`` and place are kept.

        Raises UsageError for a field the form doesn't have, RefusedError when the form is linked or rejected.
        """
        return self._decide(submission, field, actor, EventKind.FIELD_CORRECTED, (value,))

    def accept_field(self, submission: str, field: str, actor: str) -> SubmissionRecord:
        """Let a field stand as it was read. Raises as ``set_field``."""
        return self._decide(submission, field, actor, EventKind.FIELD_ACCEPTED, ())

    def link_submission(self, submission: str, case: str, actor: str) -> SubmissionRecord:
        """Say whose a form is: its status is ``linked`` and its doubts about the whole form are answered.

        A document from the common inbox follows its first form to the case's municipality. Raises RefusedError while a field is
        still doubtful, when the form is rejected or belongs to another case, or when the document lay in another municipality's
        inbox; UsageError for an unknown id. Done twice it changes nothing.
        """
        record = self._known(submission)
        row = self._unit.one(select(CaseRow).where(col(CaseRow.id) == case))
        if row is None:
            raise missing("Saken")
        if record.status is SubmissionStatus.LINKED and record.case == case:
            return record
        if record.status in {SubmissionStatus.LINKED, SubmissionStatus.REJECTED}:
            raise refused("Skjemaet er allerede knyttet til en sak eller avvist.")
        self._follow(record.document, row.municipality)
        if any(i.field is not None for i in self._reviews.open_items(submission)):
            raise refused("Rett eller godta de uklare feltene før skjemaet knyttes til en sak.")
        self._reviews.resolve_all(submission, actor, "linked")
        self._change(submission, status=SubmissionStatus.LINKED, case_id=case, touched=True)
        self._happened(record, EventKind.DOCUMENT_LINKED, actor, case=case)
        return self._known(submission)

    def unlink_submission(self, submission: str, actor: str) -> SubmissionRecord:
        """Take a form out of its case; it waits in review with the code ``unlinked``. What casework did with it stands."""
        record = self._known(submission)
        if record.status is not SubmissionStatus.LINKED or record.case is None:
            raise refused("Skjemaet er ikke knyttet til noen sak.")
        self._change(submission, status=SubmissionStatus.REVIEW, case_id=None)
        self._reviews.add_review_item(
            submission,
            field=None,
            code="unlinked",
            reason="Skjemaet er tatt ut av saken. Knytt det til riktig sak.",
        )
        self._happened(record, EventKind.DOCUMENT_UNLINKED, actor, case=record.case)
        return self._known(submission)

    def reject_submission(self, submission: str, why: str, actor: str) -> SubmissionRecord:
        """Put a form aside for good, with a person's reason. Raises RefusedError when it is linked."""
        record = self._known(submission)
        if record.status is SubmissionStatus.LINKED:
            raise refused("Skjemaet er knyttet til en sak. Løs det fra saken først.")
        self._reviews.resolve_all(submission, actor, "rejected")
        self._change(submission, status=SubmissionStatus.REJECTED, why=why, touched=True)
        self._happened(record, EventKind.SUBMISSION_REJECTED, actor, why=why)
        return self._known(submission)

    def _follow(self, document: str, municipality: str) -> None:
        number = number_in(document, "D")
        owner = self._unit.one(select(DocumentRow).where(col(DocumentRow.id) == number))
        if owner is None or owner.municipality == municipality:
            return
        if owner.folder or any(row.case_id for row in self._rows.of_document(number)):
            raise refused("Saken og dokumentet hører til hver sin kommune.")
        self._unit.update(DocumentRow, col(DocumentRow.id) == number, municipality=municipality)

    def _decide(
        self, submission: str, field: str, actor: str, kind: EventKind, new: tuple[Value, ...]
    ) -> SubmissionRecord:
        record = self._known(submission)
        if record.status in {SubmissionStatus.LINKED, SubmissionStatus.REJECTED}:
            raise refused("Skjemaet er allerede knyttet til en sak eller avvist.")
        before = record.submission.fields.get(field)
        if before is None:
            raise missing("Feltet")
        after = replace(before, value=new[0] if new else before.value, confidence=1.0, doubt=None)
        after = replace(after, status=FieldStatus.EMPTY if is_empty(after) else FieldStatus.ACCEPTED)
        self._rows.save_field(submission, field, after)
        left = [(name, doubt) for name, doubt in record.submission.doubts if name != field]
        self._change(
            submission,
            touched=True,
            doubts=[[name, doubt.code, doubt.text] for name, doubt in left],
        )
        self._happened(record, kind, actor, field=field, old=before.value, new=after.value)
        self._reviews.resolve_field(submission, field, actor, "set" if new else "accepted")
        return self._known(submission)

    def _save(
        self, document: str, position: int, submission: Submission, before: SubmissionRow | None
    ) -> None:
        number = self._rows.save(
            number_in(document, "D"), position, submission, _FIRST[submission.status], before
        )
        doubted = {name for name, _ in submission.doubts}
        doubts = [(name, d.code, d.text) for name, d in submission.doubts]
        for name, reading in submission.fields.items():
            if reading.status is FieldStatus.REVIEW and name not in doubted:
                code, text = (reading.doubt.code, reading.doubt.text) if reading.doubt else UNSURE
                doubts.append((name, code, text))
        if submission.status is ReadingStatus.REVIEW and not doubts:
            doubts.append(("document", *UNSURE))
        for name, code, text in doubts:
            field = name if name in submission.fields else None
            self._reviews.add_review_item(f"S{number}", field=field, code=code, reason=text)

    def _change(self, submission: str, **values: object) -> None:
        self._unit.update(SubmissionRow, col(SubmissionRow.id) == number_in(submission, "S"), **values)

    def _happened(
        self, record: SubmissionRecord, kind: EventKind, actor: str, *, case: str = "", **data: object
    ) -> None:
        self._events.add_events(
            [
                Event(
                    case=case or record.case or "",
                    kind=kind,
                    at=self._unit.clock(),
                    actor=actor,
                    cause=record.document,
                    data={"submission": record.id, "form": record.submission.form, **data},
                )
            ]
        )

    def _known(self, submission: str) -> SubmissionRecord:
        found = self.submission(submission)
        if found is None:
            raise missing("Skjemaet")
        return found

    def _at(self, document: int | None, position: int) -> SubmissionRecord:
        row = self._unit.one(
            select(SubmissionRow).where(
                col(SubmissionRow.document_id) == document, col(SubmissionRow.position) == position
            )
        )
        return self._known(f"S{row.id}" if row is not None else "")


UNSURE = ("unsure", "Lesingen er usikker. Se på skjemaet og rett eller godta det.")


def is_empty(reading: FieldReading) -> bool:
    """Whether a field says nothing: no text, no answer, no rows."""
    return reading.value is None or reading.value in ("", ())
