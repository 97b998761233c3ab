"""A submission as the contract's JSON (``spec/extraction``) and as text for people."""

from __future__ import annotations

from pipeline.cli import _show
from pipeline.domain import FieldReading, ReadingStatus, Submission

STATUS = {"accepted": "lest sikkert", "review": "må ses på", "rejected": "kunne ikke leses", "empty": "tomt"}


def as_row(submission: Submission) -> dict[str, object]:
    """The one JSON object of a form."""
    return {
        "source": submission.source,
        "form": submission.form,
        "form_confidence": round(submission.form_confidence, 4),
        "municipality": submission.municipality,
        "reader": submission.reader.value,
        "pages": list(submission.pages),
        "status": submission.status.value,
        "reasons": [f"{field}: {doubt.code}: {doubt.text}" for field, doubt in submission.doubts],
        "problems": [{"rule": p.rule, "fields": list(p.fields), "text": p.text} for p in submission.problems],
        "fields": {name: field_row(reading) for name, reading in submission.fields.items()},
    }


def field_row(reading: FieldReading) -> dict[str, object]:
    """One field of the JSON object."""
    value = reading.value
    return {
        "value": [dict(row) for row in value] if isinstance(value, tuple) else value,
        "raw": reading.raw,
        "confidence": round(reading.confidence, 4),
        "status": reading.status.value,
        "page": reading.page,
        "bbox": [round(side, 1) for side in reading.box] if reading.box is not None else None,
    }


def as_text(submission: Submission) -> None:
    """Print a form for people: what it is, its fields, what is doubtful and what it lacks."""
    _show.tell(
        f"{submission.source}: {submission.form or 'ukjent skjema'}, {STATUS[submission.status.value]}"
    )
    for _, doubt in submission.doubts if submission.status is not ReadingStatus.ACCEPTED else ():
        _show.tell(f"  ! {doubt.text}")
    for note in submission.notes:
        _show.tell(f"  · {note}")
    for problem in submission.problems:
        _show.tell(f"  ? {problem.text} ({problem.rule})")
    filled = [
        {
            "field": name,
            "value": _show.cell(field_row(reading)["value"]),
            "status": STATUS[reading.status.value],
        }
        for name, reading in submission.fields.items()
        if reading.value not in (None, "", (), False)
    ]
    if filled:
        _show.table({"field": "Felt", "value": "Verdi", "status": "Lesing"}, filled)
