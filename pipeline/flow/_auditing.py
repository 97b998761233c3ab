"""Audit: a share of the scanned fields that nobody would look at is looked at all the same, and what people correct is counted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pipeline.domain import Doubt, FieldReading, FieldStatus, Reader, ReadingStatus, Submission
from pipeline.flow._desk import Desk
from pipeline.flow._views import Row

AUDIT = Doubt(code="audit", text="Stikkprøve: verdien ser sikker ut. Se om den er riktig.")
_PRECISION = 1 << 32


def with_audit(submission: Submission, *, document: str, position: int, share: float) -> Submission:
    """The submission with a share of its accepted fields sent to a person.

    The draw follows from the document's hash, so that the same file read again draws the same fields. Values and
    confidence stay as they are; only scans are audited (typed carriers are read, not recognised).
    """
    if submission.reader is not Reader.SCAN or share <= 0:
        return submission
    drawn = {
        name: replace(reading, status=FieldStatus.REVIEW, doubt=AUDIT)
        for name, reading in submission.fields.items()
        if reading.status is FieldStatus.ACCEPTED and _drawn(f"{document}/{position}/{name}", share)
    }
    if not drawn:
        return submission
    fields: dict[str, FieldReading] = {**submission.fields, **drawn}
    doubts = (*submission.doubts, *((name, AUDIT) for name in drawn))
    return replace(submission, fields=fields, doubts=doubts, status=ReadingStatus.REVIEW)


def _drawn(what: str, share: float) -> bool:
    number = int.from_bytes(hashlib.sha256(what.encode()).digest()[:4])
    return number < share * _PRECISION


def tally_rows(desk: Desk) -> Iterator[Row]:
    """For each form and field: how often a person looked, how often the value was corrected; audits apart."""
    counted: dict[tuple[str, str], Counter[str]] = {}
    with desk.store.reading() as register:
        for item in register.review_items(resolved=True):
            if item.form is None or item.field is None or item.resolution not in {"accepted", "set"}:
                continue
            counts = counted.setdefault((item.form, item.field), Counter())
            way = "audited" if item.code == AUDIT.code else "looked_at"
            counts[way] += 1
            counts[f"{way}_corrected"] += item.resolution == "set"
    for (form, field), counts in sorted(counted.items()):
        yield {
            "form": form,
            "field": field,
            "looked_at": counts["looked_at"],
            "corrected": counts["looked_at_corrected"],
            "audited": counts["audited"],
            "audited_corrected": counts["audited_corrected"],
        }
