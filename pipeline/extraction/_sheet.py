"""The page laid out for looking things up: panes (cells, or the open page) of strips (lines) of atoms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from pipeline.domain import (
    Block,
    Box,
    Line,
    Page,
    Table,
)
from pipeline.extraction._atoms import Atom, AtomKind, atoms_of

_PLACE = attrgetter("row", "column")
_FILLED = (AtomKind.MARK, AtomKind.ENTRY, AtomKind.INK)


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
    def atoms(self) -> Sequence[Atom]:
        """Every atom of its own lines and of the tables inside it."""
        strips = self.strips
        if len(strips) == 1 and strips[0].grid is None:
            return strips[0].atoms
        return list(self._atoms()) if strips else ()

    def _atoms(self) -> Iterator[Atom]:
        for strip in self.strips:
            yield from strip.atoms
            if strip.grid is not None:
                for pane in strip.grid.panes:
                    yield from pane.atoms

    @property
    def blank(self) -> bool:
        """Whether nothing is written, ticked or signed in it."""
        return not any(atom.written or atom.kind in _FILLED for atom in self.atoms)


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
        before: Pane | None = None
        for column in range(self.columns):
            pane = self.covers.get((row, column))
            if pane is not None and pane is not before and pane not in seen:
                seen.append(pane)
            before = pane
        return seen


@dataclass(slots=True, eq=False)
class Sheet:
    """A form's region. ``strips`` run in reading order; ``open`` is the pane outside all tables."""

    open: Pane = field(default_factory=Pane)
    strips: list[Strip] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    scanned: bool = False
    """Whether any of it was recognised from a picture: then what is missing may only not have been seen."""

    def entries(self) -> Iterator[tuple[Strip, Atom]]:
        """Every widget and content control that takes text."""
        for strip in self.strips:
            for atom in strip.atoms:
                if atom.kind is AtomKind.ENTRY:
                    yield strip, atom

    def release(self) -> None:
        """Let go of everything at once: panes and strips hold each other and would wait for the collector."""
        for grid in self.grids:
            for pane in grid.panes:
                pane.strips = []
            grid.strip.grid = None
            grid.panes = []
            grid.covers = {}
        self.open.strips = []


def lay_out(region: tuple[Page, ...]) -> Sheet:
    """Lay a region's pages out as one sheet; the open page runs on from page to page."""
    sheet = Sheet(scanned=any(page.scanned for page in region))
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
        strip = Strip(pane, [], page, len(sheet.strips), len(pane.strips), block.box)
        pane.strips.append(strip)
        sheet.strips.append(strip)
        if isinstance(block, Line):
            strip.atoms = atoms_of(block.pieces)
        else:
            strip.grid = _grid(sheet, block, page, strip)


def _grid(sheet: Sheet, table: Table, page: int, strip: Strip) -> Grid:
    grid = Grid(rows=table.rows, columns=table.columns, page=page, strip=strip)
    sheet.grids.append(grid)
    covers = grid.covers
    for cell in sorted(table.cells, key=_PLACE):
        row, column = cell.row, cell.column
        pane = Pane(grid, row, column, cell.row_span, cell.column_span, [], cell.box)
        grid.panes.append(pane)
        if cell.row_span == cell.column_span == 1:
            covers.setdefault((row, column), pane)
        else:
            for down in range(row, row + cell.row_span):
                for right in range(column, column + cell.column_span):
                    covers.setdefault((down, right), pane)
        _fill(sheet, pane, cell.blocks, page)
    return grid
