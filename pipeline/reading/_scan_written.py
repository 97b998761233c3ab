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
        if not near.size or near.max() < 0.35 * part.shape[1]:
            continue
        thick = np.flatnonzero(near >= 0.35 * part.shape[1])
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
    """The boxes that are letters of a word: ink of their own height stands close on both sides, or very close on one."""
    s = sheet.scale
    ink = written(sheet, rules, [])
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = stats[1:][(stats[1:, 4] >= LEAST_INK * s * s) & (stats[1:, 3] < MOST_HEIGHT * s)]
    x0, y0, x1, y1 = kept[:, 0], kept[:, 1], kept[:, 0] + kept[:, 2], kept[:, 1] + kept[:, 3]
    found: list[TickBox] = []
    for tick in boxes:
        a, b, c, d = (value * s for value in tick.box)
        high = d - b
        level = (np.minimum(y1, d) - np.maximum(y0, b) > 0.55 * np.minimum(high, y1 - y0)) & (
            y1 - y0 > 0.45 * high
        )
        apart = (x1 <= a + 0.3 * high) | (x0 >= c - 0.3 * high)
        before = level & apart & (x1 <= a + 0.3 * high)
        after = level & apart & (x0 >= c - 0.3 * high)
        left = float((a - x1[before]).min()) if before.any() else np.inf
        right = float((x0[after] - c).min()) if after.any() else np.inf
        if max(left, right) < 0.32 * high or (min(left, right) < 0.22 * high and not _cornered(ink, tick, s)):
            found.append(tick)
    return found


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
