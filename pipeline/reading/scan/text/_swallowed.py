"""Ink of a box's size at an end of a line of print that its reader took into the words or left out: it may be a ticked box."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from pipeline.domain import Box
from pipeline.reading.scan.text._text import Lined

SIDES = (6.0, 27.0)
"""Points: how wide and high a box with its tick may be."""
SHAPE = (0.6, 1.7)
"""How many times as wide as high."""
APART, WIDER = 2.5, 2.0
"""Points from the words, and how many times as far as letters usually stand from each other."""
LEAST = 6
"""Pieces of ink that a line has at least, so that the blanks between letters can be told."""


def swallowed(lined: Lined) -> list[Box]:
    """The places at the ends of a line where something of a box's size stands that is no word of its own."""
    strip, words = lined.strip, lined.line.words
    if lined.hand or not words:
        return []
    edges = np.flatnonzero(np.diff(np.concatenate(([0], strip.ink.any(axis=0).astype(np.int8), [0]))))
    runs = [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
    if len(runs) < LEAST:
        return []
    gaps = [after[0] - before[1] for before, after in pairwise(runs)]
    least = max(APART * strip.scale, WIDER * float(np.median(gaps)))
    found = [_box(lined, *run) for run, gap in ((runs[0], gaps[0]), (runs[-1], gaps[-1])) if gap >= least]
    return [box for box in found if _is_sized(box) and not any(_is_within(word.box, box) for word in words)]


def _box(lined: Lined, start: int, end: int) -> Box:
    strip = lined.strip
    rows = np.flatnonzero(strip.ink[:, start:end].any(axis=1))
    s = strip.scale
    return Box(
        (strip.x + start) / s,
        (strip.y + int(rows[0])) / s,
        (strip.x + end) / s,
        (strip.y + int(rows[-1]) + 1) / s,
    )


def _is_sized(box: Box) -> bool:
    wide, high = box.x1 - box.x0, box.bottom - box.top
    return SIDES[0] <= min(wide, high) and max(wide, high) <= SIDES[1] and SHAPE[0] <= wide / high <= SHAPE[1]


def _is_within(word: Box, box: Box) -> bool:
    """Whether a word is what stands in a place and no more."""
    spare = 0.5 * (box.x1 - box.x0)
    return word.x0 >= box.x0 - spare and word.x1 <= box.x1 + spare
