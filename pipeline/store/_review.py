"""Review items: what waits for a person, and what the person decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from pipeline.domain import Candidate, ReadingStatus, ReviewItem, SubmissionStatus
from pipeline.store._submission_rows import value_of
from pipeline.store._unit import Unit, missing, number_in, refused
from pipeline.store.tables import FieldRow, ReviewRow, SubmissionRow


class Reviews:
    """The questions a form raises. While one is open, the form's status is ``review``."""

    def __init__(self, unit: Unit) -> None:
        """Work within one unit of work."""
        self._unit = unit

    def add_review_item(
        self,
        submission: str,
        *,
        field: str | None,
        code: str,
        reason: str,
        candidates: Sequence[Candidate] = (),
    ) -> ReviewItem:
        """Ask a person about a form or one of its fields. The same open question again takes the new reason and candidates.

        An accepted form goes to review; one that is linked stays linked. A field that the form doesn't have counts as None.
        """
        row = self._form(submission)
        seen = self._unit.one(
            select(FieldRow).where(col(FieldRow.submission_id) == row.id, col(FieldRow.name) == (field or ""))
        )
        field = seen.name if seen is not None else None
        known = [i for i in self._open(row.id) if (i.field, i.code) == (field, code)]
        shown = [candidate_values(c) for c in candidates]
        if known:
            number = known[0].number
            self._unit.update(ReviewRow, *self._at(row.id, number), reason=reason, candidates=shown)
        else:
            number = row.next_item
            self._unit.insert(
                ReviewRow,
                {
                    "submission_id": row.id,
                    "number": number,
                    "field": field,
                    "value": seen.value if seen else None,
                    "raw": seen.raw if seen else "",
                    "code": code,
                    "reason": reason,
                    "candidates": shown,
                    "created_at": self._unit.clock(),
                    "resolved_at": None,
                    "resolved_by": "",
                    "resolution": "",
                },
            )
            self._unit.update(SubmissionRow, col(SubmissionRow.id) == row.id, next_item=number + 1)
        if row.status is SubmissionStatus.ACCEPTED:
            self._unit.update(SubmissionRow, col(SubmissionRow.id) == row.id, status=SubmissionStatus.REVIEW)
        return self._item(f"{submission}-{number}")

    def review_item(self, item: str) -> ReviewItem | None:
        """Return one item (``S12-3``), None when there is none of that id."""
        submission, _, digits = item.partition("-")
        form, number = number_in(submission, "S"), number_in(digits, "")
        if form is None or number is None:
            return None
        row = self._unit.one(select(ReviewRow).where(*self._at(form, number)))
        return None if row is None else item_of(row, self._form(submission))

    def review_items(
        self,
        *,
        submission: str | None = None,
        document: str | None = None,
        code: str | None = None,
        resolved: bool | None = False,
    ) -> Iterator[ReviewItem]:
        """Yield items by form and number: the open ones, or the resolved ones, or all (``resolved=None``)."""
        forms = select(SubmissionRow).join(ReviewRow).distinct()
        if resolved is not None:
            closed = col(ReviewRow.resolved_at)
            forms = forms.where(closed.is_not(None) if resolved else closed.is_(None))
        if submission is not None:
            forms = forms.where(col(SubmissionRow.id) == number_in(submission, "S"))
        if document is not None:
            forms = forms.where(col(SubmissionRow.document_id) == number_in(document, "D"))
        for rows in self._unit.chunks(forms, col(SubmissionRow.id), "id"):
            found = {row.id: row for row in rows}
            for item in self._unit.all(
                select(ReviewRow)
                .where(col(ReviewRow.submission_id).in_(list(found)))
                .order_by(col(ReviewRow.submission_id), col(ReviewRow.number))
            ):
                if resolved is not None and resolved != (item.resolved_at is not None):
                    continue
                if code is None or item.code == code:
                    yield item_of(item, found[item.submission_id])

    def resolve_review_item(self, item: str, actor: str, resolution: str = "resolved") -> ReviewItem:
        """Note that a person has decided. The last open item resolved makes a form in review ``accepted``.

        Raises RefusedError for an open item about a field: ``set_field`` and ``accept_field`` decide those. Done twice it changes
        nothing.
        """
        known = self._item(item)
        if known.resolved_at is None:
            if known.field is not None:
                raise refused("Rett eller godta feltet.")
            number = number_in(item.partition("-")[2], "")
            self._resolve(known.submission, [number or 0], actor, resolution)
        return self._item(item)

    def open_items(self, submission: str) -> list[ReviewItem]:
        """Return what still waits for a person in one form."""
        row = self._form(submission)
        return [item_of(i, row) for i in self._open(row.id)]

    def resolve_field(self, submission: str, field: str, actor: str, resolution: str) -> None:
        """Resolve what is open about one field."""
        row = self._form(submission)
        self._resolve(
            submission, [i.number for i in self._open(row.id) if i.field == field], actor, resolution
        )

    def resolve_all(self, submission: str, actor: str, resolution: str) -> None:
        """Resolve everything open about a form."""
        row = self._form(submission)
        self._resolve(submission, [i.number for i in self._open(row.id)], actor, resolution)

    def _resolve(self, submission: str, numbers: Sequence[int], actor: str, resolution: str) -> None:
        row = self._form(submission)
        for number in numbers:
            self._unit.update(
                ReviewRow,
                *self._at(row.id, number),
                resolved_at=self._unit.clock(),
                resolved_by=actor,
                resolution=resolution,
            )
        if row.status is SubmissionStatus.REVIEW and not self._open(row.id):
            self._unit.update(
                SubmissionRow,
                col(SubmissionRow.id) == row.id,
                status=SubmissionStatus.ACCEPTED,
                reading=ReadingStatus.ACCEPTED,
                doubts=[],
                touched=True,
            )

    def _open(self, number: int | None) -> list[ReviewRow]:
        return self._unit.all(
            select(ReviewRow)
            .where(col(ReviewRow.submission_id) == number, col(ReviewRow.resolved_at).is_(None))
            .order_by(col(ReviewRow.number))
        )

    def _at(self, submission: int | None, number: int) -> tuple[Any, Any]:
        return col(ReviewRow.submission_id) == submission, col(ReviewRow.number) == number

    def _form(self, submission: str) -> SubmissionRow:
        row = self._unit.one(select(SubmissionRow).where(col(SubmissionRow.id) == number_in(submission, "S")))
        if row is None:
            raise missing("Skjemaet")
        return row

    def _item(self, item: str) -> ReviewItem:
        found = self.review_item(item)
        if found is None:
            raise missing("Spørsmålet")
        return found


def candidate_values(candidate: Candidate) -> dict[str, object]:
    """Return a candidate as JSON."""
    return {
        "case": candidate.case,
        "name": candidate.name,
        "birth_date": candidate.birth_date,
        "for": candidate.speaks_for,
        "against": candidate.speaks_against,
    }


def candidate_of(stored: dict[str, Any]) -> Candidate:
    """Return the candidate that was stored as JSON."""
    born = stored["birth_date"]
    return Candidate(
        case=stored["case"],
        name=stored["name"],
        birth_date=None if born is None else date.fromisoformat(born),
        speaks_for=tuple(stored["for"]),
        speaks_against=tuple(stored["against"]),
    )


def item_of(row: ReviewRow, form: SubmissionRow) -> ReviewItem:
    """Return the item of a row."""
    return ReviewItem(
        id=f"S{row.submission_id}-{row.number}",
        submission=f"S{row.submission_id}",
        document=f"D{form.document_id}",
        form=form.form,
        field=row.field,
        value=value_of(row.value),
        raw=row.raw,
        code=row.code,
        reason=row.reason,
        created_at=row.created_at,
        candidates=tuple(candidate_of(c) for c in row.candidates),
        resolved_at=row.resolved_at,
        resolved_by=row.resolved_by,
        resolution=row.resolution,
    )
