"""Sides of tick boxes: in a row or column they look like a broken ruling line, alone in a low cell like its wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.reading.scan.drawn._runs import Piece, inked

if TYPE_CHECKING:
    from pipeline.reading.scan.drawn._runs import Bits

SIDE = (5.0, 28.0)
"""Points: how long a box's side is."""
BLANK = 0.35
"""Points: the narrowest blank between two boxes."""
ALIKE = 0.18
"""Sides of boxes in a row differ by less than this share of the longest."""
CORNER = (1.2, 2.6)
"""Points: how far from a side the ink of its neighbours is looked for at its ends."""
FREE = 1.0
"""Points of paper after a side's end, where a wall would meet its line."""
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


def is_side(piece: Piece, ink: Bits, scale: float) -> bool:
    """Whether a short run between two lines is one side of a box that nearly fills its cell.

    At both its ends a stroke goes off to the same side, and after one of them comes paper: a wall goes on to its line.
    """
    if not SIDE[0] * scale <= piece.length <= SIDE[1] * scale:
        return False
    course = np.linspace(piece.left, piece.right, piece.length)
    step = round(FREE * scale)
    here, there = (
        all(
            any(
                _inked_beside(at, course, piece.start, ink, way, scale)
                for at in range(end - step, end + step + 1)
            )
            for end in (0, piece.length - 1)
        )
        for way in (-1, 1)
    )
    if here == there:
        return False
    return any(_ends_free(piece, ink, way, scale) for way in (-1, 1))


def _ends_free(piece: Piece, ink: Bits, way: int, scale: float) -> bool:
    """Whether paper follows an end of a run, in its own height."""
    far, slack = round((FREE + 1.0) * scale), max(1, round(BLANK * scale))
    height, first = (piece.left, piece.start) if way < 0 else (piece.right, piece.end - 1)
    rows = slice(max(0, round(height) - slack), round(height) + slack + 1)
    places = [first + way * step for step in range(far + 1)]
    bare = [0 <= at < ink.shape[1] and not ink[rows, at].any() for at in places]
    longest = run = 0
    for one in bare:
        run = run + 1 if one else 0
        longest = max(longest, run)
    return longest >= FREE * scale


def _cornered(
    parts: list[tuple[int, int]], course: np.ndarray, first: int, ink: Bits, way: int, scale: float
) -> bool:
    """Whether a stroke goes off to one side from most ends of the parts, and none from most of their middles."""
    ends, middles = (
        [_inked_beside(at, course, first, ink, way, scale) for at in places]
        for places in (
            [at for start, end in parts for at in (start, end - 1)],
            [(start + end) // 2 for start, end in parts],
        )
    )
    return float(np.mean(ends)) >= CORNERS and float(np.mean(middles)) <= 1 - CORNERS


def _inked_beside(at: int, course: np.ndarray, first: int, ink: Bits, way: int, scale: float) -> bool:
    """Whether a stroke goes off to one side at a place of a run."""
    high, wide = ink.shape
    near, far = round(CORNER[0] * scale), round(CORNER[1] * scale)
    reach = max(1, round(0.9 * scale))
    x = min(max(at + first, 0), wide - 1)
    y = round(float(course[min(max(at, 0), len(course) - 1)]))
    rows = sorted((y + way * near, y + way * far))
    part = ink[max(0, rows[0]) : min(high, rows[1] + 1), max(0, x - reach) : x + reach + 1]
    return bool(part.any(axis=1).all())
