"""A small way to write documents by hand for tests of recognition, extraction and checking.

A line is text: ``|`` is a wide gap, ``[ ]`` an empty box, ``[x]`` a ticked one, ``{text}`` a widget, ``<ink>`` a signature.
A table is a list of rows of cells; ``None`` goes on the cell to the left.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from pipeline.checking import check, unread
from pipeline.domain import (
    Cell,
    Document,
    Entry,
    EntryKind,
    Gap,
    Ink,
    InkKind,
    Line,
    Mark,
    MarkSource,
    MarkState,
    Page,
    Piece,
    Reader,
    Submission,
    Table,
    Word,
)
from pipeline.extraction import extract
from pipeline.forms import load_forms
from pipeline.recognition import recognise
from pipeline.values import PostTowns

ROOT = Path(__file__).parents[2]
FORMS = load_forms(ROOT / "config" / "forms")
TOWNS = PostTowns.load(ROOT / "config" / "postal-codes.csv")
NAMES = {"Ørland kommune": "orland", "Salangen kommune": "salangen"}
TODAY = date(2026, 11, 22)
_TOKEN = re.compile(r"\[x\]|\[ \]|\{[^}]*\}|<ink>|\||[^\s|\[\]{}]+")


def line(text: str) -> Line:
    """One line of pieces."""
    return Line(pieces=tuple(_piece(token) for token in _TOKEN.findall(text)))


def _piece(token: str) -> Piece:
    if token == "|":
        return Gap()
    if token in ("[x]", "[ ]"):
        return Mark(state=MarkState.ON if token == "[x]" else MarkState.OFF, source=MarkSource.BOX)
    if token == "<ink>":
        return Ink(kind=InkKind.PICTURE)
    if token.startswith("{"):
        return Entry(kind=EntryKind.TEXT, value=token[1:-1])
    return Word(text=token)


def lines(text: str) -> tuple[Line, ...]:
    """Several lines."""
    return tuple(line(one) for one in text.split("\n") if one.strip())


def table(*rows: list[str | None]) -> Table:
    """A ruled table."""
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text is None:
                last = cells.pop()
                cells.append(
                    Cell(
                        row=last.row,
                        column=last.column,
                        column_span=last.column_span + 1,
                        blocks=last.blocks,
                    )
                )
            else:
                cells.append(Cell(row=number, column=column, blocks=lines(text)))
    return Table(cells=tuple(cells), rows=len(rows), columns=max(map(len, rows)))


def document(*blocks: str | Table, reader: Reader = Reader.DOCX) -> Document:
    """A document of one page."""
    laid: list[Line | Table] = []
    for block in blocks:
        laid += [block] if isinstance(block, Table) else lines(block)
    return Document(source="test", reader=reader, pages=(Page(number=1, blocks=tuple(laid)),), paged=False)


def read_all(doc: Document) -> list[Submission]:
    """Recognise, extract and check as the journey does."""
    found = []
    for recognition in recognise(doc, FORMS, NAMES):
        if recognition.form is None:
            found.append(unread(recognition, doc))
            continue
        spec = FORMS.of(recognition.form, recognition.version)
        findings = extract(doc, recognition, spec)
        found.append(check(findings, recognition, doc, spec, today=TODAY, towns=TOWNS))
    return found


def read_one(*blocks: str | Table) -> Submission:
    """The one submission of a document."""
    (only,) = read_all(document(*blocks))
    return only
