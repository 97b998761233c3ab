"""Pieces with places to blocks in reading order: pieces into their cells, words into lines, tables into tables."""

from __future__ import annotations

from dataclasses import replace

from pipeline.domain import (
    Block,
    Box,
    Cell,
    Entry,
    Mark,
    MarkState,
    Page,
    Table,
    Word,
)
from pipeline.reading.layout._grid import Grid
from pipeline.reading.layout._lines import Placed, lines_from
from pipeline.reading.layout._ordering import ordered
from pipeline.reading.layout._slots import is_border, is_slots


def unsure(pieces: list[Placed]) -> list[Placed]:
    """The same pieces, none of which is to be taken for right unseen."""
    doubted: list[Placed] = []
    for placed in pieces:
        piece = placed.piece
        if isinstance(piece, Word):
            piece = replace(piece, confidence=min(piece.confidence, 0.4))
        elif isinstance(piece, Mark):
            piece = replace(piece, state=MarkState.UNSURE, confidence=0.5)
        doubted.append(placed._replace(piece=piece))
    return doubted


def blocks_of(pieces: list[Placed], grids: list[Grid], page: Page) -> tuple[Block, ...]:
    """Lay pieces and tables out in reading order."""
    fields = [placed.box for placed in pieces if isinstance(placed.piece, Entry)]
    kept = [grid for grid in grids if not _is_page_frame(grid, page) and not is_border(grid, fields)]
    kept.sort(key=lambda grid: _area(grid.box))
    homes: list[tuple[int, int] | None] = []
    for number, grid in enumerate(kept):
        x, y = grid.box.x0 + 1, grid.box.top + 1
        mid = (grid.box.x0 + grid.box.x1) / 2, (grid.box.top + grid.box.bottom) / 2
        homes.append(_home(kept, number + 1, x, y, *mid))
    inside: dict[tuple[int, int], list[Placed]] = {}
    loose: list[Placed] = []
    for placed in pieces:
        x, y = (placed.box.x0 + placed.box.x1) / 2, (placed.box.top + placed.box.bottom) / 2
        home = _home(kept, 0, x, y, x, y)
        if home is None:
            loose.append(placed)
        else:
            inside.setdefault(home, []).append(placed)
    slots = [
        number
        for number, grid in enumerate(kept)
        if not any(home is not None and home[0] == number for home in homes)
        and is_slots(
            grid,
            _words(inside.get(home, []) if (home := homes[number]) is not None else loose),
            [lines_from(inside.get((number, index), [])) for index in range(len(grid.places))],
        )
    ]
    for number in slots:
        home = homes[number]
        into = loose if home is None else inside.setdefault(home, [])
        into += [
            placed for index in range(len(kept[number].places)) for placed in inside.pop((number, index), [])
        ]
    tables: dict[tuple[int, int] | None, list[Table]] = {}
    for number, grid in enumerate(kept):
        if number in slots:
            continue
        tables.setdefault(homes[number], []).append(_table(grid, number, inside, tables))
    return ordered(lines_from(loose), tables.get(None, []))


def _words(pieces: list[Placed]) -> list[Box]:
    return [one.box for one in pieces if isinstance(one.piece, Word) and not one.turned]


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _is_page_frame(grid: Grid, page: Page) -> bool:
    """Whether a grid is no table but one line round the page."""
    return len(grid.places) == 1 and _area(grid.box) > 0.6 * page.width * page.height


def _home(
    grids: list[Grid], start: int, x: float, y: float, mid_x: float, mid_y: float
) -> tuple[int, int] | None:
    """The smallest cell that holds both points: the number of its table, and its own."""
    for number in range(start, len(grids)):
        grid = grids[number]
        if not (grid.xs[0] <= x <= grid.xs[-1] and grid.ys[0] <= y <= grid.ys[-1]):
            continue
        cell = grid.cell_at(x, y)
        if cell >= 0 and ((mid_x, mid_y) == (x, y) or grid.cell_at(mid_x, mid_y) == cell):
            return number, cell
    return None


def _table(
    grid: Grid,
    number: int,
    inside: dict[tuple[int, int], list[Placed]],
    tables: dict[tuple[int, int] | None, list[Table]],
) -> Table:
    cells = tuple(
        Cell(
            row=place.row,
            column=place.column,
            row_span=place.row_span,
            column_span=place.column_span,
            blocks=ordered(lines_from(inside.get((number, index), [])), tables.get((number, index), [])),
            box=place.box,
        )
        for index, place in enumerate(grid.places)
    )
    return Table(cells=cells, rows=len(grid.ys) - 1, columns=len(grid.xs) - 1, box=grid.box)
