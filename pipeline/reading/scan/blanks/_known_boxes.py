"""The boxes to tick of a form that lies on its blank: each stands where the blank has it, whatever a pen did to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.domain import Box
from pipeline.reading.scan._types import TickBox

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.reading.layout._shapes import Rule
    from pipeline.reading.scan._types import Inked, Sheet

REACH = 3.0
"""Points that a printed box may be off its place: Word draws a letter where the fillable blank has a field."""
SIZES = (0.8, 0.87, 0.94, 1.0, 1.06, 1.13)
"""Of a blank's box: what fonts make of it."""
BAND = 0.2
"""Points that a side may lie askew, up and down."""
WHOLE, SIDE = 0.8, 0.55
"""So much of a box's outline, and of each of its sides, must be there."""
LARGER = 0.1
"""What a box's size counts: a square within a thick outline is as good, but smaller."""
NEARER = 0.03
"""What a point off its place counts, in shares of the outline."""
ALIKE = 0.55
"""Two boxes that share so much are one."""
TOUCH = 0.2
BEYOND = 1.2
"""So far beyond its box, in sides of it, a stroke is the tick's alone: the next value is farther."""
MOST = 0.8
"""With so many of a blank's boxes in their places the page is the blank as it was printed, and has no other."""


def with_known(sheet: Sheet, found: list[TickBox], blank: Sequence[Box]) -> list[TickBox]:
    """The boxes of a sheet that lies on its blank, from the top down.

    ``found``: those that were seen; ``blank``: those of the blank. Seen boxes in a blank's place are kept, hidden ones added
    where their outline is, and on a page that is the blank all others are left out.
    """
    known = [there for there in (_outline(sheet, box) for box in blank) if there is not None]
    whole = len(known) >= MOST * len(blank)
    boxes: list[TickBox] = []
    taken: set[int] = set()
    for box in known:
        near = [number for number, one in enumerate(found) if _shared(one.box, box) > TOUCH]
        taken.update(near)
        alike = [found[number] for number in near if _shared(found[number].box, box) >= ALIKE]
        boxes.append(alike[0] if len(alike) == len(near) == 1 else TickBox(box))
    boxes += [one for number, one in enumerate(found) if number not in taken and not whole]
    return sorted(boxes, key=lambda one: (one.box.top, one.box.x0))


def without_strokes(sheet: Sheet, boxes: Sequence[TickBox], ink: Inked, rules: Sequence[Rule]) -> Sheet:
    """The sheet without what a pen drew in these boxes and a little beyond: a tick's end is no letter.

    ``ink``: that of the whole page, on which a stroke hangs together.
    """
    scale = sheet.scale
    left = sheet.ink.copy()
    loose = ink.view(np.uint8).copy()
    for rule in rules:
        at, start, end = (round(value * scale) for value in (rule.at, rule.start, rule.end))
        thick = round(scale)
        (loose if rule.across else loose.T)[max(0, at - thick) : at + thick + 1, max(0, start) : end] = 0
    for box, _ in boxes:
        reach = BEYOND * max(box.x1 - box.x0, box.bottom - box.top)
        x0, top = (max(0, round((low - reach) * scale)) for low in (box.x0, box.top))
        x1, bottom = (round((high + reach) * scale) for high in (box.x1, box.bottom))
        _, labels = cv2.connectedComponents(loose[top:bottom, x0:x1])
        own = labels[
            round(box.top * scale) - top : round(box.bottom * scale) - top,
            round(box.x0 * scale) - x0 : round(box.x1 * scale) - x0,
        ]
        left[top:bottom, x0:x1] &= ~np.isin(labels, own[own > 0])
    return replace(sheet, ink=left)


def _shared(one: Box, other: Box) -> float:
    """The share of two boxes that both cover."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    if wide <= 0 or high <= 0:
        return 0.0
    return wide * high / (_area(one) + _area(other) - wide * high)


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _outline(sheet: Sheet, box: Box) -> Box | None:
    """Where a blank's box is drawn on the sheet, None where its outline isn't."""
    scale = sheet.scale
    side = ((box.x1 - box.x0) + (box.bottom - box.top)) / 2
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    room = side * SIZES[-1] / 2 + REACH
    left, top = max(0, round((x - room) * scale)), max(0, round((y - room) * scale))
    ink = sheet.ink[top : round((y + room) * scale), left : round((x + room) * scale)].view(np.uint8)
    best, where = 0.0, None
    for size in SIZES:
        dots = round(side * size * scale)
        if min(ink.shape) <= dots or dots < 8:
            continue
        drawn = _drawn(ink, dots, max(1, round(BAND * scale)))
        high, wide = drawn.shape
        off_y = np.abs((np.arange(high) + top + dots / 2) / scale - y)[:, None]
        off_x = np.abs((np.arange(wide) + left + dots / 2) / scale - x)[None]
        scored = drawn - NEARER * np.maximum(off_x, off_y) + LARGER * size
        row, column = divmod(int(np.argmax(scored)), wide)
        if scored[row, column] > best and drawn[row, column] >= WHOLE:
            best = float(scored[row, column])
            x0, y0 = (column + left) / scale, (row + top) / scale
            where = Box(x0, y0, x0 + dots / scale, y0 + dots / scale)
    return where


def _drawn(ink: NDArray[np.uint8], dots: int, band: int) -> NDArray[np.float64]:
    """How much of the outline of a square of so many dots is drawn, for each place of its upper left corner; 0 where a side lacks."""
    level = cv2.dilate(ink, np.ones((2 * band + 1, 1), np.uint8))
    plumb = cv2.dilate(ink, np.ones((1, 2 * band + 1), np.uint8))
    across = np.cumsum(np.pad(level, ((0, 0), (1, 0))), axis=1, dtype=np.float64)
    down = np.cumsum(np.pad(plumb, ((1, 0), (0, 0))), axis=0, dtype=np.float64)
    lines = (across[:, dots:] - across[:, :-dots]) / dots
    posts = (down[dots:] - down[:-dots]) / dots
    sides = np.stack((lines[: 1 - dots], lines[dots - 1 :], posts[:, : 1 - dots], posts[:, dots - 1 :]))
    return np.where(sides.min(axis=0) >= SIDE, sides.mean(axis=0), 0.0)
