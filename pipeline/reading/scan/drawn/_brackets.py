"""Boxes of two brackets, ``[ ]`` and ``( )``, typed or printed: told by the shape of the brackets, whatever stands between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.reading.scan.drawn._lines import Ruling
from pipeline.reading.scan.drawn._runs import opened
from pipeline.reading.scan.drawn._squares import APART, Shapes, Spot, free, shared

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.reading.scan._types import Sheet
    from pipeline.reading.scan.drawn._runs import Bits

LOWEST, HIGHEST = 6.0, 22.0
"""Points: how high a bracket may be."""
THICKEST = 2.2
"""Points: the thickest stroke of a bracket."""
FOOT, NO_FOOT = 0.08, 0.07
"""Parts of its height: how long a square bracket's feet are at least, and how little stands out on its other side."""
APART_AT = (0.22, 1.2)
"""Parts of their height: how far from each other two brackets of one box stand."""
ALIKE = 0.14
"""Parts of their height: how much higher or lower one of them may stand or reach."""
OPEN = 0.35
"""How much of the room between the feet may be inked."""
SLACK, LEVEL = 0.14, 0.035
"""Parts of its height: how far past a stroke's ends its feet are looked for, and how much higher or lower they may lie."""
ROOM = 0.2
"""Parts of their height: how far from a pair of brackets letters stand at least."""
PAST = 0.15
"""Parts of their height: how far past its feet a bow would close it, as in a nought."""
BOW = 0.3
"""How much of its width a round bracket bends at least."""
WIDEST_BOW = 0.5
"""Parts of its height: no round bracket is wider."""


def brackets(sheet: Sheet, lined: Ruling, shapes: Shapes) -> list[Spot]:
    """The places that two brackets enclose, the brackets with them; letters stand neither in front nor behind."""
    # Brackets that stand in a column are easily taken for a dotted line, so the lines stay in.
    ink, scale = lined.ink, lined.scale
    lefts, rights = _square(sheet, lined)
    found = [spot for spot in _paired(lefts, rights) if _is_open(ink, spot)]
    lefts, rights = _round(shapes, scale)
    found += [spot for spot in _paired(lefts, rights) if _holds_a_cross(ink, spot, scale)]
    kept: list[Spot] = []
    for spot in found:
        if free(shapes, spot, max(ROOM * (spot.y1 - spot.y0), 0.5 * APART * scale)) and not any(
            shared(spot, other) > 0.3 for other in kept
        ):
            kept.append(spot)
    return kept


def _square(sheet: Sheet, lined: Ruling) -> tuple[list[Spot], list[Spot]]:
    """Upright strokes with feet to the right, and with feet to the left."""
    ink, scale, fine = lined.ink, lined.scale, sheet.ink
    times = round(sheet.scale / scale)
    strokes = opened(ink, 1, round(0.8 * LOWEST * scale) | 1)
    frames = _frames(strokes)
    thin = frames[
        (frames[:, 2] <= THICKEST * scale)
        & (frames[:, 3] >= LOWEST * scale)
        & (frames[:, 3] <= HIGHEST * scale)
    ]
    lefts: list[Spot] = []
    rights: list[Spot] = []
    for x, y, w, h in thin[_footed(ink, thin, scale)].tolist():
        spot = Spot(x, y, x + w, y + h)
        right = _feet(ink, spot, scale)
        left = _feet(ink[:, ::-1], _mirrored(spot, ink.shape[1]), scale)
        exact = Spot(*(value * times for value in spot))
        if one_sided(right, left, h) and _stands_square(fine, exact):
            lefts.append(spot)
        if one_sided(left, right, h) and _stands_square(fine[:, ::-1], _mirrored(exact, fine.shape[1])):
            rights.append(spot)
    return lefts, rights


def one_sided(feet: tuple[int, int], back: tuple[int, int], high: int) -> bool:
    """Whether a stroke has feet to one side alone; where a foot is but two pixels long, one of the two may have lost one."""
    least = max(2, round(FOOT * high))
    if min(feet) >= least:
        return max(back) <= max(1, NO_FOOT * high)
    return min(feet) >= least - 1 and max(feet) >= least and max(back) == 0


def _frames(strokes: Bits) -> NDArray[np.int32]:
    """The frame of each stroke, a row of x, y, width and height from the top down; outlines cost a tenth of labels."""
    outlines, kin = cv2.findContours(strokes, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    outer = (
        [each for each, (_, _, _, parent) in zip(outlines, kin[0], strict=True) if parent < 0]
        if outlines
        else []
    )
    frames = sorted((y, x, w, h) for x, y, w, h in map(cv2.boundingRect, outer))
    return np.array([(x, y, w, h) for y, x, w, h in frames], dtype=np.int32).reshape(-1, 4)


def _footed(ink: Bits, strokes: NDArray[np.int32], scale: float) -> NDArray[np.bool_]:
    """Which strokes have ink beside both their ends, on one side: all strokes at once, for pages have hundreds."""
    deep, (high, wide) = max(2, round(0.9 * scale)), ink.shape
    sums = cv2.integral(ink)
    x0, y0, x1, y1 = (
        strokes[:, 0],
        strokes[:, 1],
        strokes[:, 0] + strokes[:, 2],
        strokes[:, 1] + strokes[:, 3],
    )
    tops = (np.maximum(0, y0 - 1), y1 - deep + 1)

    def inked(column: NDArray[np.int32]) -> NDArray[np.int32]:
        left, right = np.clip(column, 0, wide), np.clip(column + 1, 0, wide)
        found = np.zeros(len(strokes), dtype=np.int32)
        for top in tops:
            upper, lower = np.clip(top, 0, high), np.clip(top + deep, 0, high)
            found += sums[lower, right] - sums[upper, right] > sums[lower, left] - sums[upper, left]
        return found

    right = (inked(x1) == len(tops)) & (inked(x1 + 1) > 0)
    left = (inked(x0 - 1) == len(tops)) & (inked(x0 - 2) > 0)
    return np.asarray(right | left, dtype=np.bool_)


def _stands_square(ink: NDArray[np.bool_], spot: Spot) -> bool:
    """Whether feet go off level from both ends of a stroke, as from no letter's bow; in the sheet's own sharpness."""
    high = spot.y1 - spot.y0
    slack, reach = round(SLACK * high), round(0.16 * high)
    left, right = max(0, spot.x0), spot.x1 + max(1, round(0.03 * high))
    ends = (
        ink[max(0, spot.y0 - slack) : spot.y0 + high // 3],
        ink[spot.y0 + 2 * high // 3 : spot.y1 + slack][::-1],
    )
    level = 0
    for rows in ends:
        stroke, foot = rows[:, left : spot.x1].any(axis=1), rows[:, right : right + reach].any(axis=1)
        if not stroke.any() or not foot.any():
            return False
        level += abs(int(stroke.argmax()) - int(foot.argmax())) <= max(1, round(LEVEL * high))
    # A cross may run over one of the corners.
    return level > 0


def _mirrored(spot: Spot, wide: int) -> Spot:
    return Spot(wide - spot.x1, spot.y0, wide - spot.x0, spot.y1)


def _feet(ink: Bits, spot: Spot, scale: float) -> tuple[int, int]:
    """How far ink runs to the right from a stroke's upper and lower end, in pixels; 0 where it runs on past the end."""
    deep, high = max(2, round(0.9 * scale)), spot.y1 - spot.y0
    past, near = max(1, round(0.8 * scale)) + 1, max(2, round(0.7 * scale))
    lengths: list[int] = []
    for top, beyond in (
        (max(0, spot.y0 - 1), slice(max(0, spot.y0 - past), max(0, spot.y0))),
        (spot.y1 - deep + 1, slice(spot.y1, spot.y1 + past)),
    ):
        band = ink[top : top + deep, spot.x1 : spot.x1 + high].any(axis=0)
        gaps = np.flatnonzero(~band)
        runs_on = bool(ink[beyond, spot.x1 : spot.x1 + near].any(axis=1).all())
        lengths.append(0 if runs_on else int(gaps[0]) if gaps.size else int(band.size))
    return lengths[0], lengths[1]


def _round(shapes: Shapes, scale: float) -> tuple[list[Spot], list[Spot]]:
    """Shapes that bend like an opening and like a closing bracket."""
    labels, stats = shapes
    wide, high, area = stats[:, 2], stats[:, 3], stats[:, 4]
    fits = (high >= LOWEST * scale) & (high <= HIGHEST * scale) & (wide <= WIDEST_BOW * high) & (wide >= 3)
    fits &= (area <= 0.62 * wide * high) & (area >= 0.9 * high)
    fits[0] = False
    lefts: list[Spot] = []
    rights: list[Spot] = []
    for label in np.flatnonzero(fits).tolist():
        x, y, w, h, _ = stats[label].tolist()
        own = labels[y : y + h, x : x + w] == label
        if _bends(own):
            lefts.append(Spot(x, y, x + w, y + h))
        elif _bends(own[:, ::-1]):
            rights.append(Spot(x, y, x + w, y + h))
    return lefts, rights


def _bends(own: NDArray[np.bool_]) -> bool:
    """Whether a shape is one stroke that lies farthest left in its middle and bends to the right at both ends."""
    high, wide = own.shape
    if not own.any(axis=1).all():
        return False
    first = own.argmax(axis=1)
    last = wide - 1 - own[:, ::-1].argmax(axis=1)
    end, middle = max(1, high // 8), slice(round(0.35 * high), round(0.65 * high))
    tip = min(float(first[:end].mean()), float(first[-end:].mean()))
    if float(first[middle].mean()) > 0.2 * wide or tip < BOW * wide:
        return False
    if float(last[middle].max()) > 0.72 * wide or float((last - first + 1).max()) > 0.75 * wide + 1:
        return False
    half = high // 2
    return bool((np.diff(first[:half]) <= 1).all() and (np.diff(first[half:]) >= -1).all())


def _paired(lefts: list[Spot], rights: list[Spot]) -> list[Spot]:
    found: list[Spot] = []
    for left in lefts:
        high = left.y1 - left.y0
        near = [
            right
            for right in rights
            if APART_AT[0] * high <= right.x0 - left.x1 <= APART_AT[1] * high
            and abs(right.y0 - left.y0) <= ALIKE * high
            and abs(right.y1 - left.y1) <= ALIKE * high
        ]
        if near:
            right = min(near, key=lambda one: one.x0)
            found.append(Spot(left.x0, min(left.y0, right.y0), right.x1, max(left.y1, right.y1)))
    return found


def _is_open(ink: Bits, spot: Spot) -> bool:
    """Whether nothing runs from foot to foot: a closed square is found as such."""
    wide, high = spot.x1 - spot.x0, spot.y1 - spot.y0
    deep, past = max(2, round(0.1 * high)), max(1, round(PAST * high))
    x0, x1 = spot.x0 + round(0.38 * wide), spot.x1 - round(0.38 * wide)
    bands = (
        ink[max(0, spot.y0 - past) : spot.y0 + deep, x0:x1],
        ink[spot.y1 - deep : spot.y1 + past, x0:x1],
    )
    return all(band.size and float(band.any(axis=0).mean()) <= OPEN for band in bands)


def _holds_a_cross(ink: Bits, spot: Spot, scale: float) -> bool:
    """Whether nothing stands between round brackets, or an x: a number or a letter there is a list's."""
    edge = round(0.06 * (spot.y1 - spot.y0)) + 1
    inner = ink[spot.y0 : spot.y1, spot.x0 : spot.x1]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(inner, connectivity=8)
    wide = spot.x1 - spot.x0
    within = [
        label
        for label in range(1, count)
        if stats[label, 0] > edge
        and stats[label, 0] + stats[label, 2] < wide - edge
        and stats[label, 4] > scale
    ]
    if not within:
        return True
    x, y, w, h, _ = stats[within[0]].tolist()
    return (
        len(within) == 1
        and h >= 0.25 * (spot.y1 - spot.y0)
        and is_cross(labels[y : y + h, x : x + w] == within[0])
    )


def is_cross(own: NDArray[np.bool_]) -> bool:
    """Whether ink is in a shape's four corners and its middle, and not in the middle of its sides."""
    high, wide = own.shape
    if not 0.55 <= wide / high <= 1.8 or min(high, wide) < 5:
        return False
    a, b = max(1, round(0.25 * high)), max(1, round(0.25 * wide))
    corners = (own[:a, :b], own[:a, -b:], own[-a:, :b], own[-a:, -b:])
    y, x = slice(high * 2 // 5, -(-high * 3 // 5)), slice(wide * 2 // 5, -(-wide * 3 // 5))
    notches = (own[:a, x], own[-a:, x], own[y, :b], own[y, -b:])
    return (
        all(corner.any() for corner in corners)
        and bool(own[y, x].mean() > 0.5)
        and sum(float(notch.mean()) for notch in notches) / 4 < 0.35
    )
