"""How a form lies in its rows: one for the form, one for each field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select

from pipeline.domain import (
    Box,
    Doubt,
    FieldReading,
    Problem,
    Submission,
    SubmissionRecord,
    SubmissionStatus,
    Value,
)
from pipeline.store._unit import Unit, number_in
from pipeline.store.tables import FieldRow, ReviewRow, SubmissionRow


def value_of(stored: Any) -> Value:
    """Return a field's value as the domain has it: rows are tuples."""
    return tuple(stored) if isinstance(stored, list) else stored


class FormRows:
    """Writes and reads the rows of a form."""

    def __init__(self, unit: Unit) -> None:
        """Work within one unit of work."""
        self._unit = unit

    def of_document(self, document: int | None) -> list[SubmissionRow]:
        """Return the rows of a document's forms, in page order."""
        return self._unit.all(
            select(SubmissionRow)
            .where(col(SubmissionRow.document_id) == document)
            .order_by(col(SubmissionRow.position))
        )

    def save(
        self,
        document: int | None,
        position: int,
        submission: Submission,
        status: SubmissionStatus,
        before: SubmissionRow | None,
    ) -> int:
        """Write a form in place of ``before``, an earlier reading; return its number."""
        values: dict[str, object] = {
            "document_id": document,
            "position": position,
            "status": status,
            "case_id": None,
            "why": "",
            "touched": False,
            "source": submission.source,
            "form": submission.form,
            "version": submission.version,
            "form_confidence": submission.form_confidence,
            "municipality": submission.municipality,
            "reader": submission.reader,
            "pages": submission.pages,
            "reading": submission.status,
            "doubts": [[name, doubt.code, doubt.text] for name, doubt in submission.doubts],
            "coded_case": submission.coded_case,
            "problems": [[p.rule, p.fields, p.text] for p in submission.problems],
        }
        if before is None or before.id is None:
            number = self._unit.insert(SubmissionRow, {**values, "next_item": 1})
        else:
            number = before.id
            self._clear(number)
            self._unit.update(SubmissionRow, col(SubmissionRow.id) == number, **values)
        self._unit.insert_all(
            FieldRow,
            [
                {"submission_id": number, "name": name, "position": place, **field_values(reading)}
                for place, (name, reading) in enumerate(submission.fields.items())
            ],
        )
        return number

    def save_field(self, submission: str, name: str, reading: FieldReading) -> None:
        """Write one field anew."""
        self._unit.update(
            FieldRow,
            col(FieldRow.submission_id) == number_in(submission, "S"),
            col(FieldRow.name) == name,
            **field_values(reading),
        )

    def remove(self, row: SubmissionRow) -> None:
        """Take away an earlier reading that nobody has acted on."""
        if row.id is not None:
            self._clear(row.id)
            self._unit.delete(SubmissionRow, col(SubmissionRow.id) == row.id)

    def records(self, rows: Sequence[SubmissionRow]) -> list[SubmissionRecord]:
        """Return the records of some forms, with their fields."""
        numbers = [row.id for row in rows]
        fields: dict[int, dict[str, FieldReading]] = {}
        for f in self._unit.all(
            select(FieldRow)
            .where(col(FieldRow.submission_id).in_(numbers))
            .order_by(col(FieldRow.submission_id), col(FieldRow.position))
        ):
            fields.setdefault(f.submission_id, {})[f.name] = reading_of(f)
        return [record_of(row, fields.get(row.id or 0, {})) for row in rows]

    def _clear(self, number: int) -> None:
        self._unit.delete(FieldRow, col(FieldRow.submission_id) == number)
        self._unit.delete(ReviewRow, col(ReviewRow.submission_id) == number)


def field_values(reading: FieldReading) -> dict[str, object]:
    """Return the columns of one field."""
    box, doubt = reading.box, reading.doubt
    return {
        "value": reading.value,
        "raw": reading.raw,
        "confidence": reading.confidence,
        "status": reading.status,
        "page": reading.page,
        "x0": box.x0 if box else None,
        "top": box.top if box else None,
        "x1": box.x1 if box else None,
        "bottom": box.bottom if box else None,
        "doubt_code": doubt.code if doubt else None,
        "doubt_text": doubt.text if doubt else None,
        "found_by": reading.found_by,
    }


def reading_of(row: FieldRow) -> FieldReading:
    """Return the reading of one field's row."""
    box = None
    if row.x0 is not None and row.top is not None and row.x1 is not None and row.bottom is not None:
        box = Box(row.x0, row.top, row.x1, row.bottom)
    return FieldReading(
        value=value_of(row.value),
        raw=row.raw,
        confidence=row.confidence,
        status=row.status,
        page=row.page,
        box=box,
        doubt=None if row.doubt_code is None else Doubt(code=row.doubt_code, text=row.doubt_text or ""),
        found_by=row.found_by,
    )


def record_of(row: SubmissionRow, fields: dict[str, FieldReading]) -> SubmissionRecord:
    """Return the record of one form's row."""
    return SubmissionRecord(
        id=f"S{row.id}",
        document=f"D{row.document_id}",
        position=row.position,
        status=row.status,
        case=row.case_id,
        why=row.why,
        submission=Submission(
            source=row.source,
            form=row.form,
            version=row.version,
            form_confidence=row.form_confidence,
            municipality=row.municipality,
            reader=row.reader,
            pages=tuple(row.pages),
            status=row.reading,
            doubts=tuple((name, Doubt(code=code, text=text)) for name, code, text in row.doubts),
            problems=tuple(
                Problem(rule=rule, fields=tuple(names), text=text) for rule, names, text in row.problems
            ),
            fields=fields,
            coded_case=row.coded_case,
        ),
    )
