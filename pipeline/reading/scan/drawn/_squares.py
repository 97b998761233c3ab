"""Squares of straight sides on a sheet, whatever is drawn over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from pipeline.reading.scan._types import Sheet
from pipeline.reading.scan.drawn._lines import Ruling
from pipeline.reading.scan.drawn._runs import opened

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.reading.scan._types import Inked
    from pipeline.reading.scan.drawn._runs import Bits, Labels

SMALLEST, LARGEST = 6.2, 27.0
"""Points: the sides that a tick box can have."""
REACH = 80.0
"""Points: how large a box with its tick, or with the text that touches it, can be."""
APART = 1.7
"""Points: a ring that stands nearer than this beside another shape is a letter."""

SIDE = 0.5
"""So much of a side is one stroke at least."""
MOST_STROKES = 60
LETTER = 9.0
"""Points: letters of running text are not larger."""
SLACK, EXACT = 0.9, 0.3
"""Points: how far inside its frame a square's side may lie, and where the side is known from two strokes that meet it."""
EXACTLY = 0.85
"""So much of its weakest side a square shows then; the bows of letters show less."""
ENCLOSED = 0.96
"""So much of a box lies within its outline; letters are open or their corners round."""


class Spot(NamedTuple):
    """A place in pixels: left, top, right, bottom (beyond the last)."""

    x0: int
    y0: int
    x1: int
    y1: int


class Found(NamedTuple):
    spot: Spot
    round: bool
    score: float


class Shapes(NamedTuple):
    labels: Labels
    stats: NDArray[np.int32]


def sized(wide: float, high: float, scale: float, least: float = SMALLEST) -> bool:
    low, top = least * scale, LARGEST * scale
    return low <= wide <= top and low <= high <= top and 0.74 <= wide / high <= 1.36


def square(sheet: Sheet, lined: Ruling, shapes: Shapes) -> list[Found]:
    """Squares of straight sides, whatever is drawn over them: from a pair of like sides, proved by the other pair."""
    scale = lined.scale
    length = round(4.4 * scale)
    level, upright = opened(lined.bare, length, 1), opened(lined.bare, 1, length)
    count = len(shapes.stats)
    flat = np.bincount(shapes.labels[level > 0], minlength=count)
    tall = np.bincount(shapes.labels[upright > 0], minlength=count)
    stats = shapes.stats
    fits = (stats[:, 2] >= 5 * scale) & (stats[:, 3] >= 5 * scale)
    fits &= (stats[:, 2] <= REACH * scale * 4) & (stats[:, 3] <= REACH * scale)
    fits &= ((flat >= 1.9 * length) & (tall >= length)) | ((tall >= 1.9 * length) & (flat >= length))
    fits[0] = False
    found: list[Found] = []
    for label in np.flatnonzero(fits).tolist():
        x, y, w, h, _ = stats[label].tolist()
        here = shapes.labels[y : y + h, x : x + w] == label
        rows = _strokes((here & (level[y : y + h, x : x + w] > 0)).view(np.uint8))
        columns = _strokes((here & (upright[y : y + h, x : x + w] > 0)).view(np.uint8))
        turned = [Spot(s.y0, s.x0, s.y1, s.x1) for s in columns]
        spots = _pairs(rows, scale) + [Spot(s.y0, s.x0, s.y1, s.x1) for s in _pairs(turned, scale)]
        framed = _framed(rows, columns, scale)
        if not spots and not framed:
            continue
        solid, times = filled(here.view(np.uint8)), round(sheet.scale / scale)
        # What is no larger than letters, or was found in spite of what is drawn over it, is an outline without gaps.
        spots = [one for one in spots if one.x1 - one.x0 > LETTER * scale or encloses(solid, one)]
        spots += [
            one
            for one in framed
            if encloses(solid, one)
            and straight(sheet.ink, _moved(one, x, y), sheet.scale, times, EXACT)[0] >= EXACTLY
        ]
        for spot in dict.fromkeys(spots):
            moved = _moved(spot, x, y)
            score = is_square(sheet, lined, shapes, moved, label)
            if score:
                found.append(Found(moved, False, score))
    return found


def _moved(spot: Spot, x: int, y: int) -> Spot:
    return Spot(spot.x0 + x, spot.y0 + y, spot.x1 + x, spot.y1 + y)


def _strokes(runs: Bits) -> list[Spot]:
    """The boxes of connected runs."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    return [Spot(x, y, x + w, y + h) for x, y, w, h, _ in stats[1:].tolist()]


def _pairs(strokes: list[Spot], scale: float) -> list[Spot]:
    """Squares between two level strokes that begin and end alike."""
    slack = 1.3 * scale
    found: list[Spot] = []
    strokes = sorted(strokes, key=lambda s: s.y0)[:MOST_STROKES]
    for number, upper in enumerate(strokes):
        for lower in strokes[number:]:
            x0, x1 = min(upper.x0, lower.x0), max(upper.x1, lower.x1)
            if abs(upper.x0 - lower.x0) > slack or abs(upper.x1 - lower.x1) > slack:
                continue
            if sized(x1 - x0, lower.y1 - upper.y0, scale):
                found.append(Spot(x0, upper.y0, x1, lower.y1))
    return found


def _framed(level: list[Spot], upright: list[Spot], scale: float) -> list[Spot]:
    """Squares between two level and two upright strokes, though what is drawn over them lengthens or breaks the strokes."""
    if not 2 <= len(level) <= MOST_STROKES or not 2 <= len(upright) <= MOST_STROKES:
        return []
    found: list[Spot] = []
    level, upright = sorted(level, key=lambda s: s.y0), sorted(upright, key=lambda s: s.x0)
    for number, upper in enumerate(level):
        for lower in level[number + 1 :]:
            high = lower.y1 - upper.y0
            if not SMALLEST * scale <= high <= LARGEST * scale:
                continue
            sides = [s for s in upright if min(s.y1, lower.y1) - max(s.y0, upper.y0) >= SIDE * high]
            for first, left in enumerate(sides):
                for right in sides[first + 1 :]:
                    wide = right.x1 - left.x0
                    if not sized(wide, high, scale):
                        continue
                    if all(min(s.x1, right.x1) - max(s.x0, left.x0) >= SIDE * wide for s in (upper, lower)):
                        found.append(Spot(left.x0, upper.y0, right.x1, lower.y1))
    return found


def is_square(sheet: Sheet, lined: Ruling, shapes: Shapes, spot: Spot, label: int) -> float:
    """How surely a place is a square box, 0 when it is none: alone it need not be drawn so well."""
    share, corners = straight(sheet.ink, spot, sheet.scale, round(sheet.scale / lined.scale))
    if share < 0.7 or not is_outline(lined.ink, spot, lined.scale):
        return 0.0
    beside = sides_taken(lined.ink, spot, lined.scale)
    if share >= 0.92 and corners == 4 and beside < 2:
        return share
    if share >= 0.7 and corners >= 3 and not beside and stands_alone(shapes, label, lined.scale, spot):
        return share
    return 0.0


def straight(ink: Inked, spot: Spot, sharp: float, times: int, slack: float = SLACK) -> tuple[float, int]:
    """How much of a square's weakest side one straight stroke draws, and how many corners are drawn.

    Looked at in the sheet's own sharpness, where a letter's bows are no sides; ``slack``: how far inside, in points, a
    side may lie.
    """
    margin, deep = times + 1, max(2, round(slack * sharp))
    thick = max(2, round(0.35 * sharp))
    high, wide = ink.shape
    x0, y0 = max(0, spot.x0 * times - margin), max(0, spot.y0 * times - margin)
    x1, y1 = min(wide, spot.x1 * times + margin), min(high, spot.y1 * times + margin)
    area = ink[y0:y1, x0:x1]
    if min(area.shape) < 2 * (deep + margin + thick):
        return 0.0, 0
    shares: list[float] = []
    places: list[int] = []
    for strip, length in ((area, x1 - x0), (area[::-1], x1 - x0), (area.T, y1 - y0), (area.T[::-1], y1 - y0)):
        part = strip[: margin + deep + thick - 1, 2 * times + 1 : length - 2 * times - 1]
        rows = part[: margin + deep].copy()
        for step in range(1, thick):
            rows |= part[step : margin + deep + step]
        counts = rows.sum(axis=1)
        best = int(counts.argmax())
        shares.append(int(counts[best]) / max(part.shape[1], 1))
        places.append(best + thick - 1)
    top, low, left, right = places
    low, right = y1 - y0 - 1 - low, x1 - x0 - 1 - right
    near = max(1, round(0.3 * sharp))
    corners = sum(
        bool(area[max(0, y - near) : y + near + 1, max(0, x - near) : x + near + 1].any())
        for y in (top, low)
        for x in (left, right)
    )
    return min(shares), corners


def is_outline(ink: Bits, spot: Spot, scale: float) -> bool:
    """Whether three sides of a square have paper outside, and three are no thicker than a box's line."""
    beyond, within = max(2, round(1.0 * scale)), max(3, round(2.0 * scale))
    x0, y0, x1, y1 = spot
    high, wide = ink.shape
    third = max(1, (x1 - x0) // 6)

    def row(y: int) -> float:
        part = ink[y, max(0, x0) + third : x1 - third] if 0 <= y < high else ink[:0, 0]
        return float(part.mean()) if part.size else 0.0

    def column(x: int) -> float:
        part = ink[max(0, y0) + third : y1 - third, x] if 0 <= x < wide else ink[:0, 0]
        return float(part.mean()) if part.size else 0.0

    outside = (row(y0 - beyond), row(y1 - 1 + beyond), column(x0 - beyond), column(x1 - 1 + beyond))
    inside = (row(y0 + within), row(y1 - 1 - within), column(x0 + within), column(x1 - 1 - within))
    thin = sum(share < 0.75 for share in inside)
    return sum(share <= 0.3 for share in outside) >= 3 and (thin >= 3 or min(inside) > 0.75)


def sides_taken(ink: Bits, spot: Spot, scale: float) -> int:
    """On how many of its two upright sides something stands close to a square's middle, as letters do."""
    near, reach = max(1, round(0.4 * scale)), round(APART * scale)
    quarter = (spot.y1 - spot.y0) // 4
    rows = slice(spot.y0 + quarter, spot.y1 - quarter)
    left = ink[rows, max(0, spot.x0 - reach) : max(0, spot.x0 - near)]
    right = ink[rows, spot.x1 + near : spot.x1 + reach]
    return sum(bool(part.size) and float(part.any(axis=1).mean()) > 0.2 for part in (left, right))


def stands_alone(shapes: Shapes, label: int, scale: float, spot: Spot) -> bool:
    """Whether no letter stands close beside a place in a shape, touching or not."""
    stats = shapes.stats
    x, y, wide, high = spot.x0, spot.y0, spot.x1 - spot.x0, spot.y1 - spot.y0
    near = APART * scale
    beside = (stats[:, 0] < x + wide + near) & (stats[:, 0] + stats[:, 2] > x - near)
    beside &= (stats[:, 1] < y + 0.85 * high) & (stats[:, 1] + stats[:, 3] > y + 0.15 * high)
    inside = (stats[:, 0] >= x) & (stats[:, 1] >= y)
    inside &= (stats[:, 0] + stats[:, 2] <= x + wide) & (stats[:, 1] + stats[:, 3] <= y + high)
    beside &= ~inside & (stats[:, 3] > 0.25 * high)
    beside[[0, label]] = False
    return not bool(beside.any())


def free(shapes: Shapes, spot: Spot, near: float) -> bool:
    """Whether nothing as high as a letter stands ``near`` pixels before or behind a place."""
    stats, high = shapes.stats, spot.y1 - spot.y0
    x0, x1, y0, y1 = stats[:, 0], stats[:, 0] + stats[:, 2], stats[:, 1], stats[:, 1] + stats[:, 3]
    level = (np.minimum(y1, spot.y1) - np.maximum(y0, spot.y0) > 0.35 * high) & (y1 - y0 < 2 * high)
    beside = level & (((x1 <= spot.x0) & (x1 > spot.x0 - near)) | ((x0 >= spot.x1) & (x0 < spot.x1 + near)))
    beside[0] = False
    return not bool(beside.any())


def shared(a: Spot, b: Spot) -> float:
    wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
    least = min((a.x1 - a.x0) * (a.y1 - a.y0), (b.x1 - b.x0) * (b.y1 - b.y0))
    return max(wide, 0) * max(high, 0) / max(least, 1)


def filled(own: Bits) -> Bits:
    """A shape with all that it encloses; the least breaks in its outline are bridged."""
    high, wide = own.shape
    room = np.zeros((high + 4, wide + 4), np.uint8)
    room[2:-2, 2:-2] = own
    room = cv2.morphologyEx(room, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)).astype(np.uint8)
    outside = room.copy()
    cv2.floodFill(outside, None, (0, 0), 2)
    return np.asarray(outside[2:-2, 2:-2] != 2, np.uint8)


def encloses(solid: Bits, spot: Spot, is_round: bool = False) -> bool:
    """Whether a shape, filled up, fills a place in it: what is drawn there is an outline without gaps."""
    part = solid[max(0, spot.y0) : spot.y1, max(0, spot.x0) : spot.x1]
    return part.size > 0 and float(part.mean()) >= (ENCLOSED * np.pi / 4 if is_round else ENCLOSED)
