"""Sides of tick boxes that stand in a row or column: together they look like a broken ruling line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.reading.scan._runs import Piece, inked

if TYPE_CHECKING:
    from pipeline.reading.scan._runs import Bits

SIDE = (5.0, 28.0)
"""Points: how long a box's side is."""
BLANK = 0.35
"""Points: the narrowest blank between two boxes."""
ALIKE = 0.18
"""Sides of boxes in a row differ by less than this share of the longest."""
CORNER = (1.2, 2.6)
"""Points: how far from a side the ink of its neighbours is looked for at its ends."""
CORNERS = 0.7
"""So many of the ends are corners."""


def are_sides(piece: Piece, ink: Bits, scale: float) -> bool:
    """Whether a level run is the sides of boxes in a row: pieces of one length, and a corner at each end of them."""
    course = np.linspace(piece.left, piece.right, piece.length)
    along = inked(ink, course, piece.start, scale)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], along.astype(np.int8), [0]))))
    parts = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    joined = [parts[0]] if parts else []
    for start, end in parts[1:]:
        if start - joined[-1][1] < max(1.0, BLANK * scale):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    lengths = [end - start for start, end in joined]
    if len(joined) < 2 or not SIDE[0] * scale <= min(lengths) <= max(lengths) <= SIDE[1] * scale:
        return False
    if max(lengths) - min(lengths) > ALIKE * max(lengths) + 1:
        return False
    return any(_cornered(joined, course, piece.start, ink, way, scale) for way in (-1, 1))


def _cornered(
    parts: list[tuple[int, int]], course: np.ndarray, first: int, ink: Bits, way: int, scale: float
) -> bool:
    """Whether a stroke goes off to one side from most ends of the parts, and none from most of their middles."""
    high, wide = ink.shape
    near, far = round(CORNER[0] * scale), round(CORNER[1] * scale)
    reach = max(1, round(0.9 * scale))

    def inked_at(at: int) -> bool:
        x = min(max(at + first, 0), wide - 1)
        y = round(float(course[min(max(at, 0), len(course) - 1)]))
        rows = sorted((y + way * near, y + way * far))
        part = ink[max(0, rows[0]) : min(high, rows[1] + 1), max(0, x - reach) : x + reach + 1]
        return bool(part.any(axis=1).all())

    ends = [inked_at(at) for start, end in parts for at in (start, end - 1)]
    middles = [inked_at((start + end) // 2) for start, end in parts]
    return float(np.mean(ends)) >= CORNERS and float(np.mean(middles)) <= 1 - CORNERS
