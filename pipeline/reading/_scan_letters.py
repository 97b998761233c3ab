"""Letters that look like tick boxes: told from boxes by what stands beside them, and by the page's other boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.reading._scan_types import Sheet, TickBox
from pipeline.reading._scan_written import LEAST_INK, MOST_HEIGHT

if TYPE_CHECKING:
    from numpy.typing import NDArray

TIGHT, BETWEEN, BESIDE, CLEAR = 0.32, 0.7, 0.6, 0.8
"""Parts of a box's height: how near letters stand on both sides of a letter (of what is in all else a box, and of what
is less), on one side of it; and how far they stand from a box that is no letter for sure."""
MERGED = 1.45
"""Parts of a box's height: letters that run together are no higher."""


def among_letters(
    sheet: Sheet, boxes: list[TickBox], stats: NDArray[np.int32], scale: float
) -> list[TickBox]:
    """The boxes that are letters of a word; ``stats`` are the shapes on the sheet without its lines, ``scale`` theirs.

    Letters stand close on both sides of one, or close on one side of one that is not drawn as squarely as a box is and
    is unlike every box of the page that is one for sure.
    """
    s = scale
    kept = stats[1:][(stats[1:, 4] >= LEAST_INK * s * s) & (stats[1:, 3] < MOST_HEIGHT * s)]
    gaps = [_gaps(kept, tick, s) for tick in boxes]
    squarely = [_squarely(sheet, tick) for tick in boxes]
    sure = [
        tick for tick, (_, one), square in zip(boxes, gaps, squarely, strict=True) if square or one > CLEAR
    ]
    found: list[TickBox] = []
    for tick, (both, one), square in zip(boxes, gaps, squarely, strict=True):
        alike = any(_alike(tick, other) for other in sure if other is not tick)
        if both < (TIGHT if square and alike else BETWEEN) or (one < BESIDE and not alike and not square):
            found.append(tick)
    return found


def _gaps(letters: NDArray[np.int32], tick: TickBox, s: float) -> tuple[float, float]:
    """The wider and the narrower blank between a box and the letters beside it on its line, in parts of its height."""
    x0, y0, x1, y1 = (
        letters[:, 0],
        letters[:, 1],
        letters[:, 0] + letters[:, 2],
        letters[:, 1] + letters[:, 3],
    )
    a, b, c, d = (value * s for value in tick.box)
    high = d - b
    level = np.minimum(y1, d) - np.maximum(y0, b) > 0.55 * np.minimum(high, y1 - y0)
    level &= y1 - y0 > 0.45 * high
    before, after = level & (x1 <= a + 0.3 * high), level & (x0 >= c - 0.3 * high)
    left = float((a - x1[before]).min()) if before.any() else np.inf
    right = float((x0[after] - c).min()) if after.any() else np.inf
    # Letters that run together are one shape, no higher than its line.
    joined = (np.minimum(x1, c) - np.maximum(x0, a) > 0.5 * (c - a)) & level & (y1 - y0 < MERGED * high)
    if (joined & (x0 < a - 0.35 * high)).any():
        left = 0.0
    if (joined & (x1 > c + 0.35 * high)).any():
        right = 0.0
    return max(left, right) / high, min(left, right) / high


def _alike(one: TickBox, other: TickBox) -> bool:
    """Whether two boxes are of one size and kind."""
    a, b = one.box, other.box
    wide, high = (a.x1 - a.x0) - (b.x1 - b.x0), (a.bottom - a.top) - (b.bottom - b.top)
    return one.round == other.round and max(abs(wide), abs(high)) <= 0.9


def _squarely(sheet: Sheet, tick: TickBox) -> bool:
    """Whether ink is in all four corners of an outline and all along its sides, as in no round or open letter."""
    x0, y0, x1, y1 = (round(value * sheet.scale) for value in tick.box)
    part = sheet.ink[max(0, y0) : y1 + 1, max(0, x0) : x1 + 1]
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if not rows.size:
        return False
    part = part[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    edge = max(2, round(0.14 * min(part.shape)))
    corners = (part[:edge, :edge], part[:edge, -edge:], part[-edge:, :edge], part[-edge:, -edge:])
    if tick.round or not all(corner.mean() > 0.3 for corner in corners):
        return False
    rows_of = (
        part[:edge].any(axis=0),
        part[-edge:].any(axis=0),
        part[:, :edge].any(axis=1),
        part[:, -edge:].any(axis=1),
    )
    return all(side.mean() > 0.96 for side in rows_of)
