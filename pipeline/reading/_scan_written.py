"""The ink of a sheet that may be writing: without its ruling lines and tick boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.reading._pdf_shapes import Rule
from pipeline.reading._scan_types import Sheet, TickBox

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bits = NDArray[np.uint8]

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
    ink: Bits = sheet.ink.astype(np.uint8)
    for rule in rules:
        _erase(ink if rule.across else ink.T, rule, s)
    for tick in boxes:
        b = tick.box
        ink[
            max(0, round((b.top - 0.8) * s)) : round((b.bottom + 0.8) * s),
            max(0, round((b.x0 - 0.8) * s)) : round((b.x1 + 0.8) * s),
        ] = 0
    return ink


def _erase(ink: Bits, rule: Rule, s: float) -> None:
    """Take a level line out of its band, column by column, where its ink is no thicker than a line."""
    high, wide = ink.shape
    low, up = max(0, round((rule.at - 2 * REACH) * s)), min(high, round((rule.at + 2 * REACH) * s) + 1)
    first, last = max(0, round((rule.start - 1) * s)), min(wide, round((rule.end + 1) * s) + 1)
    if up - low < 3 or last - first < 3:
        return
    band = ink[low:up, first:last]
    middle = (up - low) // 2
    step = max(16, round(40 * s))
    for start in range(0, max(1, last - first - step // 2), step):
        end = start + step if start + 3 * step // 2 < last - first else last - first
        part = band[:, start:end]
        rows = part.sum(axis=1)
        reach = max(1, round(REACH * s))
        near = rows[max(0, middle - reach) : middle + reach + 1]
        if not near.size or near.max() < DOTS * part.shape[1]:
            continue
        thick = np.flatnonzero(near >= min(0.35 * part.shape[1], 0.6 * near.max()))
        top = max(0, middle - reach) + int(thick[0]) - 1
        bottom = max(0, middle - reach) + int(thick[-1]) + 2
        top, bottom = max(0, top), min(part.shape[0], bottom)
        above = part[max(0, top - 1), :] > 0
        below = part[min(part.shape[0] - 1, bottom), :] > 0 if bottom < part.shape[0] else above & False
        through = above & below
        # A stroke may lean: what comes in above and goes out nearby below goes through.
        wider = np.ones(min(part.shape[1], max(3, round(1.2 * s))), dtype=np.uint8)
        leaning = (np.convolve(above, wider, "same") > 0) & (np.convolve(below, wider, "same") > 0)
        keep = through | (leaning & (part[top:bottom].sum(axis=0) >= bottom - top - 1))
        part[top:bottom, ~keep] = 0
