"""Letters that look like tick boxes: told from boxes by what stands beside them, and by the page's other boxes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.reading.scan._types import Sheet, TickBox
from pipeline.reading.scan.drawn._written import LEAST_INK, MOST_HEIGHT

if TYPE_CHECKING:
    from numpy.typing import NDArray

TIGHT, BETWEEN, BESIDE, CLEAR = 0.32, 0.7, 0.6, 0.8
"""Parts of a box's height: how near letters stand on both sides of a letter (of what is in all else a box, and of what
is less), on one side of it; and how far they stand from a box that is no letter for sure."""
TOUCHING = 0.2
"""Parts of a box's height: no blank between words is narrower, and none between a word's letters is wider."""
LETTERED = 0.22
"""How much of the band of a word is ink at least; a stroke out of a box covers less."""
NEIGHBOURS = 7
WIDER, LEAST_BLANK = 1.4, 0.3
"""Times the blank between two letters, and points: how much wider the blank between two words is at least."""
BLANK = 1.0
"""Parts of a box's height: the widest blank between words."""
LOW = 8.0
"""Points: small letters are not higher."""
HOLLOW = 4.5
"""Points: the smallest inside of a box."""
NARROW = 0.85
"""Times its height: a box that is less wide and stands as near to letters as they to each other is one."""
MERGED = 1.45
"""Parts of a box's height: letters that run together are no higher."""


def among_letters(
    sheet: Sheet, boxes: list[TickBox], stats: NDArray[np.int32], scale: float, *, twinless: bool = False
) -> list[TickBox]:
    """The boxes that are letters of a word; ``stats`` are the shapes on the sheet without its lines, ``scale`` theirs.

    Letters stand close on both sides of one, or on one side no farther than letters stand from each other; a box has the
    blank of a word beside it, and is drawn as squarely as no letter is or like another box of the page. ``twinless``: the
    blank of a word is enough, for others like it may not have been found yet.
    """
    s = scale
    kept = stats[1:][(stats[1:, 4] >= LEAST_INK * s * s) & (stats[1:, 3] < MOST_HEIGHT * s)]
    gaps = [_gaps(sheet, kept, tick, s) for tick in boxes]
    drawn = [_squarely(sheet, tick) or _is_hollow(sheet, tick) for tick in boxes]
    apart = [
        one >= BESIDE or (one >= TOUCHING and _word_apart(kept, tick, s))
        for tick, (_, one) in zip(boxes, gaps, strict=True)
    ]
    every = list(zip(boxes, gaps, drawn, apart, strict=True))
    sure = [tick for tick, (_, one), square, word in every if one > CLEAR or (square and word)]
    likely = [tick for tick, (both, _), _, word in every if word and both >= BETWEEN]
    found: list[TickBox] = []
    for tick, (both, one), square, word in every:
        alike = any(_alike(tick, other) for other in sure if other is not tick)
        if both < (TIGHT if square and alike else BETWEEN):
            found.append(tick)
        elif (
            one < BLANK
            and _is_low(tick)
            and not any(well and _alike(tick, other) for other, _, well, _ in every)
        ):
            # Among words as a word is: a box so small is drawn well at least once on its page.
            found.append(tick)
        elif one < TIGHT and _is_narrow(tick):
            # A bold B or D, though the page has another.
            found.append(tick)
        elif one < BESIDE:
            like = square or alike or any(_alike(tick, other) for other in likely if other is not tick)
            if not (like or twinless if word else alike and square):
                found.append(tick)
    return found


def _is_narrow(tick: TickBox) -> bool:
    """Whether a box is as much higher than wide as capital letters are."""
    return tick.box.x1 - tick.box.x0 < NARROW * (tick.box.bottom - tick.box.top)


def _is_low(tick: TickBox) -> bool:
    """Whether a box is no higher than the small letters of running text."""
    return tick.box.bottom - tick.box.top <= LOW


def _gaps(sheet: Sheet, letters: NDArray[np.int32], tick: TickBox, s: float) -> tuple[float, float]:
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
    first, last = x0[joined & (x0 < a - 0.35 * high)], x1[joined & (x1 > c + 0.35 * high)]
    if first.size and _lettered(sheet, max(float(first.min()), a - high), a, b, d, s):
        left = 0.0
    if last.size and _lettered(sheet, c, min(float(last.max()), c + high), b, d, s):
        right = 0.0
    return max(left, right) / high, min(left, right) / high


def _lettered(sheet: Sheet, x0: float, x1: float, top: float, low: float, s: float) -> bool:
    """Whether what runs out of a box sideways is as full of ink as letters are, and not a stroke of a pen."""
    x0, x1, top, low = (round(value * sheet.scale / s) for value in (x0, x1, top, low))
    part = sheet.ink[max(0, top) : low, max(0, x0) : x1]
    return bool(part.size) and float(part.mean()) >= LETTERED


def _word_apart(letters: NDArray[np.int32], tick: TickBox, s: float) -> bool:
    """Whether the blank to the nearer letters on its line is wider than the blanks among those letters."""
    a, b, c, d = (value * s for value in tick.box)
    top, low, high = letters[:, 1], letters[:, 1] + letters[:, 3], d - b
    here = letters[
        (np.minimum(low, d) - np.maximum(top, b) > 0.3 * np.minimum(high, low - top))
        & (low - top > 0.25 * high)
    ]
    first, last = here[:, 0], here[:, 0] + here[:, 2]
    before, after = last <= a + 0.3 * high, first >= c - 0.3 * high
    sides = [
        sorted(zip((a - last[before]).tolist(), (a - first[before]).tolist(), strict=True)),
        sorted(zip((first[after] - c).tolist(), (last[after] - c).tolist(), strict=True)),
    ]
    near = min((side[:NEIGHBOURS] for side in sides if side), default=[])
    blanks = [max(0.0, later[0] - sooner[1]) for sooner, later in pairwise(near)]
    return not blanks or near[0][0] > WIDER * float(np.median(blanks)) + LEAST_BLANK * s


def _is_hollow(sheet: Sheet, tick: TickBox) -> bool:
    """Whether what an outline encloses is a rectangle, its corners perhaps rounded: no letter does so."""
    x0, y0, x1, y1 = (round(value * sheet.scale) for value in tick.box)
    part = sheet.ink[max(0, y0 - 2) : y1 + 2, max(0, x0 - 2) : x1 + 2]
    paper = np.ascontiguousarray(~part).view(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(paper, connectivity=4)
    inner = [
        label
        for label in range(1, count)
        if stats[label, 0] > 0
        and stats[label, 1] > 0
        and stats[label, 0] + stats[label, 2] < part.shape[1]
        and stats[label, 1] + stats[label, 3] < part.shape[0]
    ]
    if not inner:
        return False
    x, y, wide, high, area = stats[max(inner, key=lambda label: int(stats[label, 4]))].tolist()
    if min(wide, high) < HOLLOW * sheet.scale or not 0.8 <= wide / high <= 1.25 or area < 0.88 * wide * high:
        return False
    hole = labels[y : y + high, x : x + wide] > 0
    a, b = max(2, round(0.2 * high)), max(2, round(0.2 * wide))
    corners = (hole[:a, :b], hole[:a, -b:], hole[-a:, :b], hole[-a:, -b:])
    return all(corner.mean() >= 0.5 for corner in corners)


def _alike(one: TickBox, other: TickBox) -> bool:
    """Whether two boxes are of one size, and of one kind or in one column: a cross hides how round a box is."""
    a, b = one.box, other.box
    wide, high = (a.x1 - a.x0) - (b.x1 - b.x0), (a.bottom - a.top) - (b.bottom - b.top)
    column = abs(a.x0 - b.x0) <= 0.9
    return (one.round == other.round or column) and max(abs(wide), abs(high)) <= 0.9


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
