"""Rows of boxes that no rule parts: a row whose cells hold boxes one above another is as many rows."""

from __future__ import annotations

from itertools import pairwise

from pipeline.domain import union
from pipeline.extraction._atoms import AtomKind
from pipeline.extraction._sheet import Grid, Pane, Sheet, Strip, renumber

_LEVEL = 4.0
"""Points by which the middles of boxes on one level may differ."""


def part_levels(sheet: Sheet) -> None:
    """Part every row in which two cells or more hold boxes on the same several levels, and no cell on others."""
    changed = False
    for grid in sheet.grids:
        several = [pane for pane in grid.panes if _marks(pane) > 1]
        row = 0 if len(several) > 1 else grid.rows
        while row < grid.rows:
            levels = _levels(grid, row)
            if len(levels) > 1:
                _part(grid, row, levels)
                changed = True
            row += max(len(levels), 1)
    if changed:
        renumber(sheet)


def _levels(grid: Grid, row: int) -> list[float]:
    """The heights on which the boxes of a row stand, when its cells agree on several."""
    panes = [pane for pane in grid.row(row) if pane.row == row and pane.row_span == 1]
    found = [tops for tops in (_heights(pane) for pane in panes) if tops]
    if len(found) < 2 or len(found[0]) < 2 or any(len(tops) != len(found[0]) for tops in found):
        return []
    for tops in found:
        if any(abs(one - other) > _LEVEL for one, other in zip(tops, found[0], strict=True)):
            return []
    return found[0]


def _marks(pane: Pane) -> int:
    return sum([atom.kind is AtomKind.MARK for atom in pane.atoms])


def _heights(pane: Pane) -> list[float]:
    """The middles of a cell's boxes, one above another; none when two stand side by side."""
    boxes = [atom.box for atom in pane.atoms if atom.kind is AtomKind.MARK]
    if any(strip.grid is not None for strip in pane.strips):
        return []
    tops = sorted((box.top + box.bottom) / 2 for box in boxes if box is not None)
    if len(tops) != len(boxes) or any(b - a < 2 * _LEVEL for a, b in pairwise(tops)):
        return []
    return tops


def _part(grid: Grid, row: int, levels: list[float]) -> None:
    more = len(levels) - 1
    edges = [(one + other) / 2 for one, other in pairwise(levels)]
    panes: list[Pane] = []
    for pane in grid.panes:
        if pane.row > row:
            pane.row += more
        elif pane.row + pane.row_span > row + 1 or (pane.row < row < pane.row + pane.row_span):
            pane.row_span += more
        elif pane.row == row:
            panes += _pieces(pane, edges)
            continue
        panes.append(pane)
    grid.panes = sorted(panes, key=lambda pane: (pane.row, pane.column))
    grid.rows += more
    grid.covers = {}
    for pane in grid.panes:
        for covered in range(pane.row, pane.row + pane.row_span):
            for column in range(pane.column, pane.column + pane.column_span):
                grid.covers.setdefault((covered, column), pane)


def _pieces(pane: Pane, edges: list[float]) -> list[Pane]:
    groups: list[list[Strip]] = [[] for _ in range(len(edges) + 1)]
    for strip in pane.strips:
        box = union([atom.box for atom in strip.atoms]) or strip.box
        middle = (box.top + box.bottom) / 2 if box is not None else 0.0
        groups[sum(middle > edge for edge in edges)].append(strip)
    pieces = []
    for number, strips in enumerate(groups):
        piece = Pane(grid=pane.grid, row=pane.row + number, column=pane.column, column_span=pane.column_span)
        piece.strips = strips
        piece.box = union([strip.box for strip in strips])
        pieces.append(piece)
    return pieces
