"""Crosses at the beginning or end of a line of print, where no box is printed: each is a segment of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipeline.domain import Box, MarkState
from pipeline.reading.scan._types import Segment, Sheet

if TYPE_CHECKING:
    from pipeline.reading.scan._types import Inked

APART, WIDER = 0.4, 1.5
"""Heights of a line between a cross and the words, and how many times as far as between any two words."""
BLANK, BLANKS = 2.0, 2
"""A gap so many times as wide as most parts words; fewer such gaps don't show how far from each other words stand."""
SIDES = (0.35, 1.7)
"""How wide a cross is, in heights of the line."""
REST = 3.0
"""So many heights long is what is left, at least: a line of words."""
ROUND = 3.0
"""Points round a cross that are looked at with it."""
SURE = 0.9

Cell = Callable[[Sheet, Box], tuple[MarkState, float]]


def with_crosses_apart(
    sheet: Sheet, segments: Sequence[Segment], cell: Cell
) -> tuple[list[Segment], frozenset[Segment]]:
    """The segments, with what surely is a cross at an end of one cut off it, and these; ``cell`` judges a box's ink."""
    parts: list[Segment] = []
    crosses: list[Segment] = []
    for segment in segments:
        for part, cross in _parts(sheet, segment, cell):
            parts.append(part)
            crosses += [part] if cross else []
    return parts, frozenset(crosses)


def _parts(sheet: Sheet, segment: Segment, cell: Cell) -> Iterator[tuple[Segment, bool]]:
    s = sheet.scale
    x, y = max(0, round(segment.box.x0 * s)), max(0, round(segment.box.top * s))
    ink = sheet.ink[y : round(segment.box.bottom * s), x : round(segment.box.x1 * s)]
    high = ink.shape[0]
    if ink.size == 0 or ink.shape[1] < REST * high:
        yield segment, False
        return
    edges = np.flatnonzero(np.diff(np.concatenate(([0], ink.any(axis=0).astype(np.int8), [0]))))
    runs: list[tuple[int, int]] = [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
    first, last = 0, len(runs)
    gaps = [after[0] - before[1] for before, after in pairwise(runs)]
    within = gaps[1:-1]
    words = [gap for gap in within if gap >= BLANK * sorted(within)[len(within) // 2]]
    least = max(APART * high, WIDER * max(words, default=0))
    crosses: list[Segment] = []
    if len(words) < BLANKS:
        yield segment, False
        return
    if gaps[0] >= least:
        crosses += _cross(sheet, ink, runs[0], (x, y), cell)
        first = len(crosses)
    if gaps[-1] >= least:
        found = _cross(sheet, ink, runs[-1], (x, y), cell)
        crosses += found
        last -= len(found)
    if not crosses or runs[last - 1][1] - runs[first][0] < REST * high:
        yield segment, False
        return
    yield from ((cross, True) for cross in crosses)
    start, end = (x + runs[first][0]) / s, (x + runs[last - 1][1]) / s
    yield Segment(segment.box._replace(x0=start, x1=end), segment.height), False


def _cross(
    sheet: Sheet, ink: Inked, run: tuple[int, int], corner: tuple[int, int], cell: Cell
) -> list[Segment]:
    """The segment of one run of ink when it surely is a cross, and no box or other sign."""
    start, end = run
    rows = np.flatnonzero(ink[:, start:end].any(axis=1))
    wide, high = end - start, int(rows[-1] - rows[0]) + 1
    if not SIDES[0] * ink.shape[0] <= wide <= SIDES[1] * ink.shape[0] or not 0.5 <= wide / high <= 2.0:
        return []
    s, (x, y) = sheet.scale, corner
    box = Box((x + start) / s, (y + int(rows[0])) / s, (x + end) / s, (y + int(rows[-1]) + 1) / s)
    state, sure = cell(sheet, Box(box.x0 - ROUND, box.top - ROUND, box.x1 + ROUND, box.bottom + ROUND))
    return [Segment(box, box.bottom - box.top)] if state is MarkState.ON and sure >= SURE else []
