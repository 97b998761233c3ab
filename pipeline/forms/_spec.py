"""What a declared form says: its cues, its sections, and for each field a kind and the places to look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a field holds (``spec/extraction.md``, Values)."""

    TEXT = "text"
    PERSON = "person"
    DATE = "date"
    BIRTH_DATE = "birth-date"
    DUE_DATE = "due-date"
    PHONE = "phone"
    EMAIL = "email"
    PLACE = "place"
    TOWN = "town"
    CONTACT = "contact"
    TICK = "tick"
    YES_NO = "yes-no"
    SIGNATURE = "signature"
    ROWS = "rows"


class PlaceKind(StrEnum):
    """The marking keys: how a place is known on the page.

    LABEL: the value beside, after or under a printed label. CHECKBOX: a tick by printed words. ROW: a line of
    a table by its first cell, with ``column`` or ``yes`` and ``no``. TABLE: the rows under column headings.
    CELL: what is written in a headed area. SIGNATURES: signature lines, repeated. CHECKLIST: every line of a grid.
    """

    LABEL = "label"
    CHECKBOX = "checkbox"
    ROW = "row"
    TABLE = "table"
    CELL = "cell"
    SIGNATURES = "signatures"
    CHECKLIST = "checklist"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One place where a field may stand.

    ``texts`` are the printed spellings of its anchor, any of them. ``within`` is a section's key, "" anywhere.
    ``columns`` gives the spellings of each column heading. ``part`` picks ``place`` or ``date`` out of
    «Sted og dato». ``line`` is the entry's number where several stand on lines in one cell (0-based).
    ``prompts`` are printed in a CELL and never a value. ``inside``: only in the label's own cell or line.
    """

    kind: PlaceKind
    texts: tuple[str, ...]
    within: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    column: str = ""
    part: str = ""
    line: int | None = None
    prompts: tuple[str, ...] = ()
    inside: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldSpec:
    """A field: its id, what it is called for people, its kind, and its places in order.

    ``optional``: the print may lack it without a doubt. ``long``: free text that may run over lines.
    ``columns`` are the kinds of a rows field's columns.
    """

    id: str
    name: str
    kind: Kind
    places: tuple[Place, ...]
    required: bool = False
    optional: bool = False
    long: bool = False
    columns: Mapping[str, Kind] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionSpec:
    """A part of the form, begun by any of its printed starts; labels inside belong to it alone.

    ``long`` holds free text: labels of other sections mean nothing in it unless they begin a section.
    """

    key: str
    starts: tuple[str, ...]
    long: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleSpec:
    """A named check and the ids it is about, written ``exactly_one(kind.change, kind.annual)``."""

    name: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CueSpec:
    """How a form is known: titles, headings of its later pages, other printed cues, and print that goes with it."""

    titles: tuple[str, ...]
    continued: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    with_it: tuple[str, ...] = ()
    names_municipality: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FormSpec:
    """One form and version. ``static``: print that is never a value. ``prefill``: what of the register a blank may be given
    filled in, as fields or the beginnings of their ids; never what is to be answered."""

    id: str
    version: str
    title: str
    cues: CueSpec
    sections: tuple[SectionSpec, ...]
    fields: tuple[FieldSpec, ...]
    static: tuple[str, ...] = ()
    rules: tuple[RuleSpec, ...] = ()
    prefill: tuple[str, ...] = ()

    def field(self, name: str) -> FieldSpec:
        """The field of that id; KeyError when the form has none."""
        for spec in self.fields:
            if spec.id == name:
                return spec
        raise KeyError(name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Forms:
    """Every declared form, by id and version."""

    specs: tuple[FormSpec, ...]

    def __iter__(self) -> Iterator[FormSpec]:
        """Yield the forms in the order of their files."""
        return iter(self.specs)

    def of(self, form: str, version: str = "") -> FormSpec:
        """The form of that id (and version); KeyError when nobody declared it."""
        for spec in self.specs:
            if spec.id == form and version in ("", spec.version):
                return spec
        raise KeyError(form)
