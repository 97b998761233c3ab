"""One segment's picture, cut to its ink: ruling lines and tick boxes that reach into it taken out.

Pixels of the sheet in, pixels of the sheet kept; points only at the edges of this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.domain import Box
from pipeline.reading.layout._shapes import Rule
from pipeline.reading.scan._types import Sheet, TickBox
from pipeline.reading.scan.text._tails import with_tails

if TYPE_CHECKING:
    from pipeline.reading.scan._types import Grey, Inked

REACH = 2.4
"""Points: a ruling line's ink lies this near to where it is said to be."""
CHUNK = 60.0
"""Points: a line that is not quite level is looked at in pieces of this length."""
LEADER = (16.0, 2.4)
"""Points, wide and high: ink longer and thinner than this is no letter and no dash."""
RING = (0.5, 0.3, 0.12)
"""Shares of a segment's height: how far over it a ring may reach, how near it must stand, the side of its least ink."""
RIM = 2
"""Pixels kept round the ink, where letters fade out."""
_PAPER = 255
_DARK = 160


@dataclass(frozen=True, slots=True)
class Strip:
    """A segment's ink. ``x`` and ``y``: where ``grey`` and ``ink`` begin on the sheet, in pixels of ``scale`` a point.

    ``middling``: the median height of its letters in pixels; ``foot``: the row that most letters stand on.
    """

    grey: Grey
    ink: Inked
    x: int
    y: int
    scale: float
    middling: float
    foot: float

    @property
    def capital(self) -> float:
        """About the height of a capital letter, in pixels."""
        return max(min(float(self.ink.shape[0]), 1.45 * self.middling), 4.0)

    @property
    def box(self) -> Box:
        """Where the ink is, in points."""
        high, wide = self.ink.shape
        s = self.scale
        return Box(self.x / s, self.y / s, (self.x + wide) / s, (self.y + high) / s)


def strip_of(sheet: Sheet, box: Box, rules: list[Rule], boxes: list[TickBox]) -> Strip | None:
    """Cut a segment out of a sheet; None where no ink is left."""
    s = sheet.scale
    high, wide = sheet.ink.shape
    left, top = max(0, int(box.x0 * s)), max(0, int(box.top * s))
    right, bottom = min(wide, round(box.x1 * s) + 1), min(high, round(box.bottom * s) + 1)
    if right - left < 1 or bottom - top < 1:
        return None
    above = _ringed(sheet.ink, left, top, right, bottom)
    kept_from, top = top, top - (above.shape[0] if above is not None else 0)
    ink = sheet.ink[top:bottom, left:right].copy()
    grey = sheet.grey[top:bottom, left:right].copy()
    if above is not None:
        over = slice(0, kept_from - top)
        ink[over] &= above
        grey[over][~_grown(above, 3, 3)] = _PAPER
    for rule in rules:
        _without(rule, grey, ink, left, top, s)
    for tick in boxes:
        _white(
            grey,
            ink,
            round(tick.box.x0 * s) - left - RIM,
            round(tick.box.top * s) - top - RIM,
            round(tick.box.x1 * s) - left + RIM + 1,
            round(tick.box.bottom * s) - top + RIM + 1,
        )
    grey, ink = with_tails(sheet, rules, grey, ink, (left, top))
    grey, ink = _without_leaders(grey, ink, s)
    return _trimmed(grey, ink, left, top, s)


def _ringed(ink: Inked, left: int, top: int, right: int, bottom: int) -> Inked | None:
    """The rings and marks of small print that stand over a segment's letters and were too small to be found with them.

    They are the ink of the rows above it, as many as are given; None where nothing stands there.
    """
    high = bottom - top
    upper = max(0, top - round(RING[0] * high))
    over = ink[upper:top, left:right]
    if over.shape[0] < 3 or not over.any():
        return None
    joined = _grown(over, 3, 3).view(np.uint8)
    _, pieces, stats, middles = cv2.connectedComponentsWithStats(joined, connectivity=8)
    below = np.flatnonzero(ink[top : top + max(1, round(0.3 * high)), left:right].any(axis=0))
    rings = np.zeros(len(stats), dtype=np.bool_)
    for number, (x, y, wide, tall, _) in enumerate(stats[1:].tolist(), 1):
        inked = int((over[y : y + tall, x : x + wide] & (pieces[y : y + tall, x : x + wide] == number)).sum())
        rings[number] = (
            y > 0
            and y + tall >= over.shape[0] - RING[1] * high
            and wide <= high
            and inked >= (RING[2] * high) ** 2
            and int(middles[number][0]) in below
        )
    if not rings.any():
        return None
    return np.asarray(rings[pieces] & over, dtype=np.bool_)


def strip_whole(line: Grey) -> Strip | None:
    """A picture of one text line as a strip; None where no ink is. Places and scale mean nothing."""
    ink: Inked = np.asarray(line < _DARK, dtype=np.bool_)
    return _trimmed(line, ink, 0, 0, 1.0)


def part_of(strip: Strip, x0: float, x1: float) -> Strip | None:
    """The part of a strip between two places, in points of the sheet."""
    first = max(0, round(x0 * strip.scale) - strip.x)
    last = min(strip.ink.shape[1], round(x1 * strip.scale) - strip.x + 1)
    if last - first < 1:
        return None
    return _trimmed(
        strip.grey[:, first:last], strip.ink[:, first:last], strip.x + first, strip.y, strip.scale
    )


def _trimmed(grey: Grey, ink: Inked, left: int, top: int, scale: float) -> Strip | None:
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        return None
    a, b = max(0, int(rows[0]) - RIM), min(ink.shape[0], int(rows[-1]) + RIM + 1)
    c, d = max(0, int(columns[0]) - RIM), min(ink.shape[1], int(columns[-1]) + RIM + 1)
    ink, grey = ink[a:b, c:d], grey[a:b, c:d]
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink.view(np.uint8), connectivity=8)
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    feet = stats[1:, cv2.CC_STAT_TOP] + heights
    tall = heights > 0.35 * heights.max()
    return Strip(
        grey, ink, left + c, top + a, scale, float(np.median(heights[tall])), float(np.median(feet[tall]))
    )


def _without_leaders(grey: Grey, ink: Inked, scale: float) -> tuple[Grey, Inked]:
    """Take out underscores run together and what is left of ruling lines: long level runs, thin, also under letters."""
    high, wide = ink.shape
    long = round(max(LEADER[0] * scale, 1.5 * high))
    if wide < long:
        return grey, ink
    level = np.ones((1, long), dtype=np.uint8)
    opened = cv2.morphologyEx(
        ink.view(np.uint8), cv2.MORPH_OPEN, level, borderType=cv2.BORDER_CONSTANT, borderValue=0
    )
    runs = _grown(np.asarray(opened, dtype=np.bool_), 3, 1) & ink
    if not runs.any():
        return grey, ink
    thick = runs.sum(axis=0) > LEADER[1] * scale
    above = np.zeros_like(ink)
    above[2:] = (ink & ~runs)[:-2]
    below = np.zeros_like(ink)
    below[:-2] = (ink & ~runs)[2:]
    gone = runs & ~(above & below) & ~thick
    kept = ink & ~gone
    return np.where(_grown(gone, 5, 3) & ~kept, np.uint8(_PAPER), grey), kept


def _grown(ink: Inked, high: int, wide: int) -> Inked:
    grown = cv2.dilate(ink.view(np.uint8), np.ones((high, wide), dtype=np.uint8))
    return np.asarray(grown, dtype=np.bool_)


def _white(grey: Grey, ink: Inked, x0: int, y0: int, x1: int, y1: int) -> None:
    high, wide = ink.shape
    x0, y0, x1, y1 = max(0, x0), max(0, y0), min(wide, x1), min(high, y1)
    if x0 < x1 and y0 < y1:
        grey[y0:y1, x0:x1] = _PAPER
        ink[y0:y1, x0:x1] = False


def _without(rule: Rule, grey: Grey, ink: Inked, left: int, top: int, scale: float) -> None:
    """Take a line's ink out where no letter's stroke goes through it."""
    if not rule.across:
        grey, ink, left, top = grey.T, ink.T, top, left
    high, wide = ink.shape
    first, last = round(rule.start * scale) - left - 1, round(rule.end * scale) - left + 2
    reach = round(REACH * scale)
    middle = round(rule.at * scale) - top
    first, last = max(0, first), min(wide, last)
    low, up = max(0, middle - reach), min(high, middle + reach + 1)
    if last - first < 3 or up - low < 1:
        return
    step = max(8, round(CHUNK * scale))
    for start in range(first, last, step):
        end = min(last, start + step)
        full = np.flatnonzero(ink[low:up, start:end].mean(axis=1) > 0.6)
        if not full.size:
            continue
        a, b = max(0, low + int(full[0]) - 1), min(high, low + int(full[-1]) + 2)
        above = ink[max(0, a - 2) : a, start:end].any(axis=0)
        below = ink[b : b + 2, start:end].any(axis=0)
        lone = ~(above & below)
        ink[a:b, start:end][:, lone] = False
        grey[a:b, start:end][:, lone] = _PAPER
