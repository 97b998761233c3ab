"""Boxes in the cells of a table, where the cells beside, over and under them have theirs: printed alike, in the same place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from pipeline.domain import Box
from pipeline.reading.layout._grid import grids
from pipeline.reading.scan._types import TickBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.reading.layout._grid import Grid, Place
    from pipeline.reading.layout._shapes import Rule
    from pipeline.reading.scan._types import Sheet

    Floats = NDArray[np.float32]

FEW = 2
"""Cells with a box in a column that is there for boxes."""
FEWEST = 6
"""Cells with one box each that show how a table's cells are printed."""
NEAR = 2.0
"""Points: how far from its usual place in a cell a box may stand, and two boxes of one row from level."""
ALIKE = 0.15
"""Boxes whose sides differ by less than this share are printed alike."""
MOST_OF = 0.8
"""So many of a table's boxes stand in the same place of their cells, if any place is usual."""
COMMON = 0.6
"""What is inked in so many of the boxes is their print."""
DRAWN = 0.8
"""So much of that print stands where a box is; a letter or a cross alone covers less."""
LEAST_PRINT = 1.6
"""Sides of a box that its print is long at least, in lengths of one side."""
GROWN = 3
"""Pixels that a thin stroke is wide at least when it is grown."""
MOST = 60
"""So many boxes are enough to learn the print."""


class _Usual(NamedTuple):
    """How the boxes of a table stand in their cells. ``left``: points from the cell's edge."""

    left: float
    wide: float
    high: float
    round: bool


def in_cells_like_others(sheet: Sheet, rules: Sequence[Rule], boxes: Sequence[TickBox]) -> list[TickBox]:
    """Boxes that were not found by themselves: broken, faint or hidden by their tick, in cells whose neighbours have theirs."""
    if len(boxes) < FEWEST:
        return []
    found: list[TickBox] = []
    for table in grids(rules)[0]:
        homes = _homes(table, boxes)
        alone = {cell: own[0] for cell, own in homes.items() if len(own) == 1}
        usual = _usual(table, alone)
        if usual is None:
            continue
        own = [box for box in alone.values() if _is_alike(box.box, usual)]
        pattern = _print(sheet, own, usual)
        if pattern is None:
            continue
        columns = Counter((table.places[cell].column, table.places[cell].column_span) for cell in alone)
        for cell, place in enumerate(table.places):
            if cell in homes or columns[place.column, place.column_span] < FEW:
                continue
            spot = _expected(place, table, alone, usual)
            seen = _seen(sheet, spot, pattern) if spot is not None else None
            if seen is not None:
                found.append(TickBox(seen, usual.round))
    return found


def _homes(table: Grid, boxes: Sequence[TickBox]) -> dict[int, list[TickBox]]:
    """The boxes in each cell, by the cell's number."""
    homes: dict[int, list[TickBox]] = {}
    for tick in boxes:
        box = tick.box
        cell = table.cell_at((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2)
        if cell >= 0:
            homes.setdefault(cell, []).append(tick)
    return homes


def _usual(table: Grid, alone: dict[int, TickBox]) -> _Usual | None:
    """Where in its cell a box of this table stands, None where there are few or each stands elsewhere."""
    if len(alone) < FEWEST:
        return None
    seen = np.array(
        [
            (box.x0 - place.x0, box.x1 - box.x0, box.bottom - box.top)
            for place, box in ((table.places[cell].box, tick.box) for cell, tick in alone.items())
        ]
    )
    left, wide, high = np.median(seen, axis=0).tolist()
    same = np.abs(seen - (left, wide, high)) <= (NEAR, ALIKE * wide + 0.5, ALIKE * high + 0.5)
    if same.all(axis=1).mean() < MOST_OF:
        return None
    rounds = sum(tick.round for tick in alone.values())
    return _Usual(left, wide, high, 2 * rounds > len(alone))


def _is_alike(box: Box, usual: _Usual) -> bool:
    return (
        abs(box.x1 - box.x0 - usual.wide) <= ALIKE * usual.wide + 0.5
        and abs(box.bottom - box.top - usual.high) <= ALIKE * usual.high + 0.5
    )


def _expected(place: Place, table: Grid, alone: dict[int, TickBox], usual: _Usual) -> Box | None:
    """Where a cell's box would stand: as high as those of its row; where it has none it is a heading, or not for boxes."""
    level = [
        tick.box.top
        for cell, tick in alone.items()
        if table.places[cell].row == place.row and _is_alike(tick.box, usual)
    ]
    if not level:
        return None
    top = float(np.median(level))
    left = place.box.x0 + usual.left
    if left + usual.wide > place.box.x1 or top + usual.high > place.box.bottom + NEAR:
        return None
    return Box(left, top, left + usual.wide, top + usual.high)


def _window(sheet: Sheet, box: Box, margin: float) -> Floats:
    """The ink of a box and so many points around it."""
    s, high, wide = sheet.scale, *sheet.ink.shape
    x0, y0 = round((box.x0 - margin) * s), round((box.top - margin) * s)
    x1, y1 = (
        x0 + round((box.x1 - box.x0 + 2 * margin) * s),
        y0 + round((box.bottom - box.top + 2 * margin) * s),
    )
    if x0 < 0 or y0 < 0 or x1 > wide or y1 > high:
        return np.zeros((0, 0), np.float32)
    return sheet.ink[y0:y1, x0:x1].astype(np.float32)


def _print(sheet: Sheet, boxes: Sequence[TickBox], usual: _Usual) -> Floats | None:
    """What most of the boxes have inked; None where that is too little to know one by."""
    seen = []
    for tick in boxes[:: max(1, len(boxes) // MOST)]:
        box = Box(tick.box.x0, tick.box.top, tick.box.x0 + usual.wide, tick.box.top + usual.high)
        part = _window(sheet, box, 1.0)
        if part.size:
            seen.append(_grown(part))
    if len(seen) < FEWEST:
        return None
    common = (np.mean(seen, axis=0) >= COMMON).astype(np.float32)
    strokes = float(common.sum()) / (GROWN * sheet.scale * min(usual.wide, usual.high))
    return common if strokes >= LEAST_PRINT else None


def _grown(ink: Floats) -> Floats:
    return np.asarray(cv2.dilate(ink, np.ones((GROWN, GROWN), np.uint8)), np.float32)


def _seen(sheet: Sheet, spot: Box, pattern: Floats) -> Box | None:
    """The place near the expected one where the print stands; None where it doesn't."""
    part = _window(sheet, spot, 1.0 + NEAR)
    if part.shape[0] < pattern.shape[0] or part.shape[1] < pattern.shape[1]:
        return None
    drawn = cv2.matchTemplate(_grown(part), pattern, cv2.TM_CCORR)
    _, most, _, (x, y) = cv2.minMaxLoc(drawn)
    if most < DRAWN * float(pattern.sum()):
        return None
    left, top = spot.x0 - NEAR + x / sheet.scale, spot.top - NEAR + y / sheet.scale
    return Box(left, top, left + spot.x1 - spot.x0, top + spot.bottom - spot.top)
