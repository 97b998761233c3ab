"""Ink that stands alone and may be a cross: in a table's cell, or on open paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.domain import Box, Mark, MarkSource, MarkState
from pipeline.reading.layout._glyphs import CROSSES
from pipeline.reading.layout._grid import Grid
from pipeline.reading.layout._lines import Placed
from pipeline.reading.scan._sight import Sight
from pipeline.reading.scan._types import Drawn, Sheet
from pipeline.reading.scan.drawn._runs import labelled
from pipeline.reading.scan.text._strip import Strip
from pipeline.reading.scan.text._text import Lined

if TYPE_CHECKING:
    from numpy.typing import NDArray

SURE = 0.8
"""A lone typed cross that a reader is less sure of may be something else."""
EDGE = 2.5
"""Points: so near a cell's edge the ink may be the edge's."""
LETTER = 0.4
"""A letter's height, as a share of the line's, at least."""
CROSS = (3.0, 34.0)
"""Points: how high and wide a cross in an empty cell may be."""
TICKS = frozenset("vV")
"""What a typed tick is read as."""
RINGS = frozenset("oO0DQ□")
"""What an empty printed box is read as."""
ROUND_CROSS = 3.0
"""Points round a cross on open paper in which nothing else stands."""
TALL = 18.0
"""Points: no form prints a letter so high; what was read as one on its own may be a pen's."""
SMALL_CELL = (7.0, 90.0, 60.0)
"""Points: the least side, the greatest width and height of a cell that is there for a cross."""
TOUCHES, SWEEP = 1.0, 2.5
"""Points between a box and a stroke that leaves it; sides of the box: how long the stroke is at most."""
LEAST_CROSS = 4.0
"""Square points of ink: less is no cross."""


def alone(lined: list[Lined], drawn: Drawn, tables: list[Grid]) -> dict[int, Box]:
    """The cell of each segment that has its cell to itself, by the segment's number; the smallest cell counts."""
    homes: dict[tuple[int, int], list[int]] = {}
    nested = sorted(range(len(tables)), key=lambda n: _area(tables[n].box))
    for number, box in enumerate([*(each.strip.box for each in lined), *(tick.box for tick in drawn.boxes)]):
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        for table in nested:
            cell = tables[table].cell_at(x, y)
            if cell >= 0:
                homes.setdefault((table, cell), []).append(number)
                break
    return {
        numbers[0]: tables[table].places[cell].box
        for (table, cell), numbers in homes.items()
        if len(numbers) == 1 and numbers[0] < len(lined)
    }


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def crossed(sheet: Sheet, lined: Lined, cell: Box | None, sight: Sight) -> Placed | None:
    """The mark for ink of a cross's size that is alone in its cell, None where it is none."""
    box = lined.strip.box
    wide, high = box.x1 - box.x0, box.bottom - box.top
    text = lined.line.text
    if cell is None or len(text) > 2 or not (CROSS[0] <= max(wide, high) <= CROSS[1]):
        return None
    bare = text.strip(".,:)(")
    like_one = bare in CROSSES or bare in TICKS
    if bare.isdigit() or (bare.isalnum() and not like_one and lined.line.confidence >= SURE):
        return None
    if bare.isalpha() and len(bare) > 1 and _letters(lined.strip) > 1:
        return None
    state, confidence = sight.cell(sheet, cell)
    if state is MarkState.OFF:
        return None
    if bare in RINGS:
        state, confidence = MarkState.UNSURE, 0.5
    return Placed(Mark(state=state, source=MarkSource.BOX, box=box, confidence=confidence), box)


def drawn_cross(sheet: Sheet, lined: Lined, sight: Sight) -> float:
    """How surely a whole segment is one cross or tick, though no cell of a table is round it; a half: nobody can tell."""
    box, text = lined.strip.box, lined.line.text
    if len(text) > 2 or not CROSS[0] <= max(box.x1 - box.x0, box.bottom - box.top) <= CROSS[1]:
        return 0.0
    tall = len(text) == 1 and box.bottom - box.top > TALL
    if not lined.hand and not tall and text.strip(".,:)(") not in CROSSES:
        return 0.0
    wider = Box(box.x0 - ROUND_CROSS, box.top - ROUND_CROSS, box.x1 + ROUND_CROSS, box.bottom + ROUND_CROSS)
    state, confidence = sight.cell(sheet, wider)
    if state is MarkState.ON and _letters(lined.strip) <= 1:
        return confidence
    return 0.0 if state is MarkState.OFF else 0.5


def is_end_of_cross(sheet: Sheet, lined: Lined, ticked: list[Box]) -> bool:
    """Whether what was read as a letter or two is the end of a stroke that begins in a ticked box."""
    end = lined.strip.box
    if len(lined.line.text) > 2:
        return False
    for box in ticked:
        apart = max(end.x0 - box.x1, box.x0 - end.x1, end.top - box.bottom, box.top - end.bottom)
        size = max(box.x1 - box.x0, box.bottom - box.top)
        if apart <= TOUCHES and max(end.x1 - end.x0, end.bottom - end.top) <= SWEEP * size:
            both = Box(
                min(end.x0, box.x0), min(end.top, box.top), max(end.x1, box.x1), max(end.bottom, box.bottom)
            )
            if _are_one(sheet, end, box, both):
                return True
    return False


def _are_one(sheet: Sheet, one: Box, other: Box, both: Box) -> bool:
    """Whether most ink in one box is of a piece with ink in the other."""
    s = sheet.scale
    x, y = max(0, round(both.x0 * s) - 1), max(0, round(both.top * s) - 1)
    ink = sheet.ink[y : round(both.bottom * s) + 2, x : round(both.x1 * s) + 2].view(np.uint8)
    labels, _, _ = labelled(np.asarray(cv2.dilate(ink, np.ones((3, 3), np.uint8)), np.uint8))

    def there(box: Box) -> NDArray[np.int64]:
        x0, y0 = max(0, round(box.x0 * s) - x), max(0, round(box.top * s) - y)
        part = labels[y0 : round(box.bottom * s) + 1 - y, x0 : round(box.x1 * s) + 1 - x]
        return np.bincount(part.ravel(), minlength=int(labels.max()) + 1)[1:]

    mine = there(one)
    return bool(mine.size) and bool(there(other)[mine.argmax()])


def overlooked(sheet: Sheet, tables: list[Grid], seen: list[Box], sight: Sight) -> list[Placed]:
    """What stands in small cells in which nothing to read was found: a cross that a streak or a line runs through."""
    pieces: list[Placed] = []
    taken = np.array([[(box.x0 + box.x1) / 2, (box.top + box.bottom) / 2] for box in seen]).reshape(-1, 2)
    for table in tables:
        for place in table.places:
            cell = place.box
            wide, high = cell.x1 - cell.x0, cell.bottom - cell.top
            if not (SMALL_CELL[0] <= min(wide, high) and wide <= SMALL_CELL[1] and high <= SMALL_CELL[2]):
                continue
            inside = (taken >= (cell.x0, cell.top)) & (taken <= (cell.x1, cell.bottom))
            if inside.all(axis=1).any() or not _inked(sheet, cell):
                continue
            state, confidence = sight.cell(sheet, cell)
            if state is not MarkState.OFF:
                mark = Mark(state=state, source=MarkSource.BOX, box=cell, confidence=confidence)
                pieces.append(Placed(mark, cell))
    return pieces


def _inked(sheet: Sheet, cell: Box) -> bool:
    """Whether a cell holds as much ink as a small cross, apart from its edges."""
    inset, s = min(EDGE, (cell.x1 - cell.x0) / 6, (cell.bottom - cell.top) / 6), sheet.scale
    x0, x1 = round((cell.x0 + inset) * s), round((cell.x1 - inset) * s)
    y0, y1 = round((cell.top + inset) * s), round((cell.bottom - inset) * s)
    return int(np.count_nonzero(sheet.ink[max(0, y0) : y1, max(0, x0) : x1])) >= LEAST_CROSS * s * s


def _letters(strip: Strip) -> int:
    """How many pieces of a letter's height stand side by side: a cross is one."""
    inked = strip.ink.any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0]))))
    heights = [
        int(np.ptp(np.flatnonzero(strip.ink[:, start:end].any(axis=1)))) + 1
        for start, end in zip(edges[::2], edges[1::2], strict=True)
    ]
    return sum(high >= LETTER * strip.ink.shape[0] for high in heights)
