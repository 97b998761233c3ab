"""The ink of a sheet that may be writing: without its ruling lines and tick boxes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.domain import Box
from pipeline.reading.layout._shapes import Rule
from pipeline.reading.scan._types import Sheet, TickBox

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bits = NDArray[np.uint8]

RIM = 0.8
"""Points: how far a box's outline may lie outside of where it is said to be."""
TAIL = 0.9
"""Sides of a box: how far a stroke out of it runs at most that is taken out with it."""
FULL, THIN = 0.3, 0.8
"""Share of its frame, and points of its length, that a stroke inks at most; a letter that touches a box inks more."""
REACH = 1.9
"""Points: a ruling line's ink lies this near to where it is said to be."""
DOTS = 0.2
"""From this share of inked columns a stretch of a line is taken out: a dotted one has no more."""
LEAST_INK = 0.32
"""Points squared: less ink is dust."""
MOST_HEIGHT = 34.0
"""Points: how high a letter or a word written in one stroke may be."""


def written(sheet: Sheet, rules: list[Rule], boxes: list[TickBox]) -> Bits:
    """The ink without ruling lines and tick boxes; letters that a line touches or crosses stay."""
    s = sheet.scale
    ink: Bits = sheet.ink.view(np.uint8).copy()
    for rule in rules:
        _erase(ink if rule.across else ink.T, rule, s)
    for tick in boxes:
        _take_out(ink, tick.box, s)
    return ink


def _take_out(ink: Bits, box: Box, s: float) -> None:
    """A box, and the ends of the strokes that run out of it: what touches it and is neither large nor full of ink."""
    wide, high = box.x1 - box.x0, box.bottom - box.top
    x0, top = max(0, round((box.x0 - RIM) * s)), max(0, round((box.top - RIM) * s))
    x1, bottom = round((box.x1 + RIM) * s), round((box.bottom + RIM) * s)
    left, upper = max(0, round((box.x0 - TAIL * wide) * s)), max(0, round((box.top - TAIL * high) * s))
    area = ink[upper : round((box.bottom + TAIL * high) * s), left : round((box.x1 + TAIL * wide) * s)]
    inside = (slice(top - upper, bottom - upper), slice(x0 - left, x1 - left))
    drawn = area[inside].any()
    area[inside] = 0
    if not drawn:
        return
    _, labels, stats, _ = cv2.connectedComponentsWithStats(area, connectivity=8)
    rim = np.zeros_like(area)
    rim[max(0, top - upper - 1) : bottom - upper + 1, max(0, x0 - left - 1) : x1 - left + 1] = 1
    tall, broad = area.shape
    for label in np.unique(labels[rim > 0]).tolist():
        x, y, w, h, size = stats[label].tolist()
        cut = x == 0 or y == 0 or x + w == broad or y + h == tall
        if label and not cut and size <= FULL * w * h + THIN * s * max(w, h):
            area[labels == label] = 0


def _erase(ink: Bits, rule: Rule, s: float) -> None:
    """Take a level line out of its band, column by column, where its ink is no thicker than a line."""
    high, wide = ink.shape
    low, up = max(0, round((rule.at - 2 * REACH) * s)), min(high, round((rule.at + 2 * REACH) * s) + 1)
    first, last = max(0, round((rule.start - 1) * s)), min(wide, round((rule.end + 1) * s) + 1)
    if up - low < 3 or last - first < 3:
        return
    band = np.ascontiguousarray(ink[low:up, first:last])
    middle = (up - low) // 2
    step, reach = max(16, round(40 * s)), max(1, round(REACH * s))
    starts = list(range(0, max(1, last - first - step // 2), step))
    close = band[max(0, middle - reach) : middle + reach + 1]
    sums = np.add.reduceat(close, starts, axis=1, dtype=np.int32)
    for number, (start, end) in enumerate(pairwise([*starts, last - first])):
        part, near = band[:, start:end], sums[:, number]
        if near.max() < DOTS * part.shape[1]:
            continue
        thick = np.flatnonzero(near >= min(0.35 * part.shape[1], 0.6 * near.max()))
        top = max(0, middle - reach) + int(thick[0]) - 1
        bottom = max(0, middle - reach) + int(thick[-1]) + 2
        top, bottom = max(0, top), min(part.shape[0], bottom)
        above = part[max(0, top - 1), :] > 0
        below = part[min(part.shape[0] - 1, bottom), :] > 0 if bottom < part.shape[0] else above & False
        if not above.any() or not below.any():
            part[top:bottom] = 0
            continue
        through = above & below
        # A stroke may lean: what comes in above and goes out nearby below goes through.
        wider = np.ones(min(part.shape[1], max(3, round(1.2 * s))), dtype=np.uint8)
        leaning = (np.convolve(above, wider, "same") > 0) & (np.convolve(below, wider, "same") > 0)
        keep = through | (leaning & (part[top:bottom].sum(axis=0) >= bottom - top - 1))
        part[top:bottom, ~keep] = 0
    ink[low:up, first:last] = band
