"""What is left on a page of lines and holes that were not known for what they are: rows of flat bits, shadows in the margin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.reading.scan.drawn._dust import InkPiece

if TYPE_CHECKING:
    from collections.abc import Sequence

FLAT = (2.0, 2.0)
"""Points high at most, and times its height wide at least: a bit of a line, or a dash."""
ROW, LONG, LEVEL = 4, 60.0, 1.5
"""So many bits on one level, over so many points, are a line in pieces; bits on one level lie within so many points."""
BESIDE = 6.0
"""Points: so near to a dash stands the letter or the figure that it belongs to, unless it begins a line."""
PUNCHED = 48.0
"""Points from the sheet's left edge in which holes are punched."""
CLEAR = 12.0
"""Points between what a hole left and everything that is written."""
HOLE = 24.0
"""Points: a hole is no larger."""


def without_broken_lines(pieces: list[InkPiece], s: float) -> list[InkPiece]:
    """Leave out the bits of a faint line that a scan in black and white left in pieces; ``s``: pixels a point.

    Dashes between words have letters beside them on their own level, bits of a line lie alone or under the letters.
    """
    flat = [p for p in pieces if p.high <= FLAT[0] * s and p.x1 - p.x0 >= FLAT[1] * p.high]
    if len(flat) < ROW:
        return pieces
    tall = np.array([p[:4] for p in pieces if p.high > FLAT[0] * s], dtype=np.float64).reshape(-1, 4)
    alone = sorted((p for p in flat if not _has_letter(p, tall, s)), key=lambda p: p.y0 + p.y1)
    gone: set[InkPiece] = set()
    start = 0
    for end in range(1, len(alone) + 1):
        if end < len(alone) and alone[end].y0 + alone[end].y1 - alone[end - 1].y0 - alone[end - 1].y1 <= s:
            continue
        row = alone[start:end]
        start = end
        long = max(p.x1 for p in row) - min(p.x0 for p in row) >= LONG * s
        deep = (row[-1].y0 + row[-1].y1 - row[0].y0 - row[0].y1) / 2 <= LEVEL * s * max(1, len(row) // ROW)
        if len(row) >= ROW and long and deep:
            gone.update(row)
    return [p for p in pieces if p not in gone]


def _has_letter(p: InkPiece, tall: np.ndarray[tuple[int, int], np.dtype[np.float64]], s: float) -> bool:
    """Whether a letter stands right beside a bit, on its level and reaching over and under it."""
    x0, y0, x1, y1 = tall.T
    beside = np.maximum(x0 - p.x1, p.x0 - x1) <= BESIDE * s
    return bool((beside & (y0 < p.y0 - s) & (p.y1 + 0.5 * s < y1)).any())


def in_margin(bounds: Sequence[tuple[int, int, int, int]], s: float) -> set[int]:
    """The numbers of the runs that are what a punched hole left in the left margin, where nothing else is written.

    ``bounds``: left, top, right, bottom of each run in pixels.
    """
    wide = [each[0] for each in bounds if each[2] - each[0] > HOLE * s]
    if len(wide) < ROW:
        return set()
    body = float(np.percentile(wide, 5))
    return {
        number
        for number, (x0, y0, x1, y1) in enumerate(bounds)
        if x1 <= min(PUNCHED * s, body - CLEAR * s) and max(x1 - x0, y1 - y0) <= HOLE * s
    }
