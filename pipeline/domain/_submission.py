"""What an extraction says: the typed fields of one form, each with its raw text, place and status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.domain._document import Box, Doubt, Reader

Row = Mapping[str, "str | bool | None"]
Value = str | bool | None | tuple[Row, ...]
"""A text, date (ISO), phone (E.164) …; a tick or yes/no; nothing; or rows."""


class FieldStatus(StrEnum):
    """How sure a field is."""

    ACCEPTED = "accepted"
    REVIEW = "review"
    EMPTY = "empty"


class ReadingStatus(StrEnum):
    """How sure a form's reading is as a whole."""

    ACCEPTED = "accepted"
    REVIEW = "review"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldReading:
    """One field: its normalised value, what stood there, how sure, and where.

    ``doubt`` is set when ``status`` is REVIEW. ``found_by`` names the place that yielded (provenance).
    ``page`` and ``box`` are None where there is no page (Word).
    """

    value: Value
    raw: str = ""
    confidence: float = 1.0
    status: FieldStatus = FieldStatus.EMPTY
    page: int | None = None
    box: Box | None = None
    doubt: Doubt | None = None
    found_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """What the form itself lacks or contradicts, though surely read; ``rule`` is an id (``R-60``, ``required``)."""

    rule: str
    fields: tuple[str, ...]
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """One form as read. ``form`` is None when no form is known in these pages.

    ``municipality`` is the key only when the form itself names it. ``pages`` is empty for Word. ``notes`` say what was done with
    the file beside this form (blank backs left out), a sentence each; they raise no doubt.
    ``coded_case``: the case that the project's own code on a pre-filled form names, ``""`` when none does.
    """

    source: str
    form: str | None
    version: str = ""
    form_confidence: float = 0.0
    municipality: str | None = None
    reader: Reader = Reader.DOCX
    pages: tuple[int, ...] = ()
    status: ReadingStatus = ReadingStatus.REVIEW
    doubts: tuple[tuple[str, Doubt], ...] = ()
    """Pairs of a field id (or ``document``) and why."""
    problems: tuple[Problem, ...] = ()
    fields: Mapping[str, FieldReading] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    coded_case: str = ""

    def value(self, name: str) -> Value:
        """The value of a field, None when the form doesn't have it."""
        reading = self.fields.get(name)
        return reading.value if reading else None

    def text(self, name: str) -> str:
        """The value of a text field, ``""`` when empty."""
        value = self.value(name)
        return value if isinstance(value, str) else ""

    def ticked(self, name: str) -> bool:
        """Whether a tick or yes/no is surely true."""
        return self.value(name) is True

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a rows field, empty when none."""
        value = self.value(name)
        return value if isinstance(value, tuple) else ()
