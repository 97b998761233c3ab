"""The page laid out for looking things up: panes (cells, or the open page) of strips (lines) of atoms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache

from pipeline.domain import (
    Block,
    Box,
    Entry,
    Gap,
    Ink,
    Line,
    Mark,
    MarkSource,
    MarkState,
    Page,
    Piece,
    Table,
    Word,
    union,
)
from pipeline.values import fold

_FILL = re.compile(r"(_{2,}|\.{4,}|…{2,})")
_LABEL_GLUED = re.compile(r"([^\W\d_][^:/@]*:)(?=[^\s:/])")
_BULLET = re.compile(r"[^\w\s]|o|\d{1,2}[.)]|[a-zæøå]\)")


class AtomKind(Enum):
    """What an atom is. FILL: underscores or dots to write on."""

    WORD = auto()
    FILL = auto()
    MARK = auto()
    ENTRY = auto()
    INK = auto()
    GAP = auto()


@dataclass(slots=True, eq=False)
class Atom:
    """The smallest thing on a line. ``key`` is what is compared: letters and digits only, folded."""

    kind: AtomKind
    text: str = ""
    key: str = ""
    glued: bool = False
    box: Box | None = None
    confidence: float = 1.0
    piece: Piece | None = None

    @property
    def written(self) -> bool:
        """Whether it is text that may be part of a value."""
        return self.kind in (AtomKind.WORD, AtomKind.ENTRY) and bool(self.text.strip())


@dataclass(slots=True, eq=False)
class Strip:
    """One line of a pane, or (``grid``) the place of a table inside it. ``order`` counts through the region."""

    pane: Pane
    atoms: list[Atom]
    page: int
    order: int
    local: int
    box: Box | None = None
    grid: Grid | None = None
    ruled: tuple[int, int] | None = None
    """The grid and row of a table of one column that the line stood in (it is read as open page)."""

    @property
    def next(self) -> Strip | None:
        """The strip below it in the same pane."""
        strips = self.pane.strips
        return strips[self.local + 1] if self.local + 1 < len(strips) else None


@dataclass(slots=True, eq=False)
class Pane:
    """A cell of a grid, or the open page (``grid`` None)."""

    grid: Grid | None = None
    row: int = 0
    column: int = 0
    row_span: int = 1
    column_span: int = 1
    strips: list[Strip] = field(default_factory=list)
    box: Box | None = None

    @property
    def atoms(self) -> Iterator[Atom]:
        """Every atom of its own lines and of the tables inside it."""
        for strip in self.strips:
            yield from strip.atoms
            if strip.grid is not None:
                for pane in strip.grid.panes:
                    yield from pane.atoms

    @property
    def blank(self) -> bool:
        """Whether nothing is written, ticked or signed in it."""
        return not any(
            atom.written or atom.kind in (AtomKind.MARK, AtomKind.ENTRY, AtomKind.INK) for atom in self.atoms
        )


@dataclass(slots=True, eq=False)
class Grid:
    """A table: its panes in reading order, which of them covers a position, and the strip that holds it.

    ``drawn`` is False when the lines were never ruled and the cells are told by place.
    """

    rows: int
    columns: int
    page: int
    strip: Strip
    drawn: bool = True
    panes: list[Pane] = field(default_factory=list)
    covers: dict[tuple[int, int], Pane] = field(default_factory=dict)

    def at(self, row: int, column: int) -> Pane | None:
        """The pane that covers a position."""
        return self.covers.get((row, column))

    def row(self, row: int) -> list[Pane]:
        """The panes that begin in or cover a row, left to right, each once."""
        seen: list[Pane] = []
        for column in range(self.columns):
            pane = self.at(row, column)
            if pane is not None and pane not in seen:
                seen.append(pane)
        return seen


@dataclass(slots=True, eq=False)
class Sheet:
    """A form's region. ``strips`` run in reading order; ``open`` is the pane outside all tables."""

    open: Pane = field(default_factory=Pane)
    strips: list[Strip] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)

    def entries(self) -> Iterator[tuple[Strip, Atom]]:
        """Every widget and content control that takes text."""
        for strip in self.strips:
            for atom in strip.atoms:
                if atom.kind is AtomKind.ENTRY:
                    yield strip, atom


@lru_cache(maxsize=20_000)
def keyed(text: str) -> str:
    """What is compared of a text: its letters and digits, folded."""
    return "".join(character for character in fold(text) if character.isalnum())


def is_bullet(atom: Atom) -> bool:
    """Whether a word is only a bullet or a row's number."""
    return atom.kind is AtomKind.WORD and (not atom.key or _BULLET.fullmatch(atom.text) is not None)


def lay_out(region: tuple[Page, ...]) -> Sheet:
    """Lay a region's pages out as one sheet; the open page runs on from page to page."""
    sheet = Sheet()
    for page in region:
        _fill(sheet, sheet.open, page.blocks, page.number)
    return sheet


def renumber(sheet: Sheet) -> None:
    """Number the strips anew after lines were moved."""
    sheet.strips, sheet.grids = [], []
    _collect(sheet, sheet.open)


def _collect(sheet: Sheet, pane: Pane) -> None:
    for local, strip in enumerate(pane.strips):
        strip.pane, strip.local, strip.order = pane, local, len(sheet.strips)
        sheet.strips.append(strip)
        if strip.grid is not None:
            sheet.grids.append(strip.grid)
            for inner in strip.grid.panes:
                _collect(sheet, inner)


def _fill(sheet: Sheet, pane: Pane, blocks: tuple[Block, ...], page: int) -> None:
    for block in blocks:
        strip = Strip(
            pane=pane, atoms=[], page=page, order=len(sheet.strips), local=len(pane.strips), box=block.box
        )
        pane.strips.append(strip)
        sheet.strips.append(strip)
        if isinstance(block, Line):
            strip.atoms = _undoubled([atom for piece in block.pieces for atom in _atoms(piece)])
        else:
            strip.grid = _grid(sheet, block, page, strip)


def _grid(sheet: Sheet, table: Table, page: int, strip: Strip) -> Grid:
    grid = Grid(rows=table.rows, columns=table.columns, page=page, strip=strip)
    sheet.grids.append(grid)
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        pane = Pane(
            grid=grid,
            row=cell.row,
            column=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
            box=cell.box,
        )
        grid.panes.append(pane)
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                grid.covers.setdefault((row, column), pane)
        _fill(sheet, pane, cell.blocks, page)
    return grid


def _atoms(piece: Piece) -> Iterator[Atom]:
    if isinstance(piece, Gap):
        yield Atom(AtomKind.GAP)
    elif isinstance(piece, Mark):
        yield Atom(AtomKind.MARK, piece.glyph, box=piece.box, confidence=piece.confidence, piece=piece)
    elif isinstance(piece, Ink):
        yield Atom(AtomKind.INK, box=piece.box, piece=piece)
    elif isinstance(piece, Entry):
        yield Atom(AtomKind.ENTRY, piece.value, box=piece.box, confidence=piece.confidence, piece=piece)
    elif not piece.struck:
        yield from _words(piece)


def _undoubled(atoms: list[Atom]) -> list[Atom]:
    """Leave out the drawn frame of a widget's box; a frame that says more than the widget stays, as a doubt."""
    widgets = [
        atom for atom in atoms if isinstance(atom.piece, Mark) and atom.piece.source is MarkSource.WIDGET
    ]

    def framed(atom: Atom) -> bool:
        mark = atom.piece
        return (
            isinstance(mark, Mark)
            and mark.source in (MarkSource.BOX, MarkSource.GLYPH)
            and any(
                _overlap(atom.box, widget.box)
                and isinstance(widget.piece, Mark)
                and (mark.state is MarkState.OFF or mark.state is widget.piece.state)
                for widget in widgets
            )
        )

    return [atom for atom in atoms if not framed(atom)] if widgets else atoms


def _overlap(one: Box | None, other: Box | None) -> bool:
    if one is None or other is None:
        return False
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return width > 1 and height > 1


def _words(word: Word) -> Iterator[Atom]:
    """Cut a word where a fill line or a label's colon is glued to what was written."""
    glued = word.glued
    for part in _FILL.split(word.text):
        if not part:
            continue
        kind = AtomKind.FILL if _FILL.fullmatch(part) else AtomKind.WORD
        pieces = [part]
        match = _LABEL_GLUED.match(part) if kind is AtomKind.WORD else None
        if match is not None:
            pieces = [match[1], part[match.end() :]]
        for text in pieces:
            yield Atom(kind, text, keyed(text), glued, word.box, word.confidence, word)
            glued = True


def text_of(lines: list[list[Atom]]) -> str:
    """What is written on the lines, each on its own line; fill characters and tick boxes left out."""
    return "\n".join(line for line in (line_text(atoms) for atoms in lines) if line)


def line_text(atoms: list[Atom]) -> str:
    """What is written on one line."""
    parts: list[str] = []
    loose = True
    for atom in atoms:
        if atom.written:
            parts.append(("" if atom.glued and not loose else " ") + atom.text.strip())
            loose = False
        else:
            loose = True
    return "".join(parts).strip()


def box_of(lines: list[list[Atom]]) -> Box | None:
    """The union of what stands on the lines."""
    return union([atom.box for atoms in lines for atom in atoms])
