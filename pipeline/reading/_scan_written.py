"""The ink of a sheet that may be writing: without its ruling lines and tick boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.reading._pdf_shapes import Rule
from pipeline.reading._scan_types import Sheet, TickBox

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bits = NDArray[np.uint8]

REACH = 1.9
"""Points: a ruling line's ink lies this near to where it is said to be."""
TIGHT, BETWEEN, BESIDE, CLEAR = 0.32, 0.7, 0.6, 0.8
"""Parts of a box's height: how near letters stand on both sides of a letter (of what is in all else a box, and of what
is less), on one side of it; and how far they stand from a box that is no letter for sure."""
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


def among_letters(sheet: Sheet, rules: list[Rule], boxes: list[TickBox]) -> list[TickBox]:
    """The boxes that are letters of a word.

    Letters stand close on both sides of one, or close on one side of one that is not drawn as squarely as a box is and
    is unlike every box of the page that stands clear of letters.
    """
    s = sheet.scale
    ink = written(sheet, rules, [])
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = stats[1:][(stats[1:, 4] >= LEAST_INK * s * s) & (stats[1:, 3] < MOST_HEIGHT * s)]
    gaps = [_gaps(kept, tick, s) for tick in boxes]
    clear = [
        tick
        for tick, (_, one) in zip(boxes, gaps, strict=True)
        if one > CLEAR and (tick.round or _cornered(ink, tick, s))
    ]
    found: list[TickBox] = []
    for tick, (both, one) in zip(boxes, gaps, strict=True):
        alike = any(_alike(tick, other) for other in clear if other is not tick)
        squarely = not tick.round and _cornered(ink, tick, s)
        if both < (TIGHT if squarely and alike else BETWEEN) or (one < BESIDE and not alike and not squarely):
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
    return max(left, right) / high, min(left, right) / high


def _alike(one: TickBox, other: TickBox) -> bool:
    """Whether two boxes are of one size and kind."""
    a, b = one.box, other.box
    wide, high = (a.x1 - a.x0) - (b.x1 - b.x0), (a.bottom - a.top) - (b.bottom - b.top)
    return one.round == other.round and max(abs(wide), abs(high)) <= 0.9


def _cornered(ink: Bits, tick: TickBox, s: float) -> bool:
    """Whether there is ink in all four corners of an outline, as in no round or open letter."""
    x0, y0, x1, y1 = (round(value * s) for value in tick.box)
    part = ink[max(0, y0) : y1 + 1, max(0, x0) : x1 + 1]
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if not rows.size:
        return False
    part = part[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    edge = max(2, round(0.14 * min(part.shape)))
    corners = (part[:edge, :edge], part[:edge, -edge:], part[-edge:, :edge], part[-edge:, -edge:])
    return all(corner.mean() > 0.3 for corner in corners)
