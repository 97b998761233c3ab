"""Printed tick boxes on a sheet: square, rounded, round or filled, alone or with a tick that runs out of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from pipeline.domain import Box
from pipeline.reading._pdf_shapes import Rule
from pipeline.reading._scan_lines import Ruling, labelled, opened, ruling
from pipeline.reading._scan_types import Sheet, TickBox

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.reading._scan_lines import Bits, Labels
    from pipeline.reading._scan_types import Inked

SMALLEST, LARGEST = 6.2, 27.0
"""Points: the sides that a tick box can have."""
SMALLEST_ROUND = 6.4
"""Points: smaller rings are letters and bullets."""
REACH = 80.0
"""Points: how large a box with its tick, or with the text that touches it, can be."""
EDGE = 1.1
"""Points: the outer band that a side must lie in."""
APART = 1.7
"""Points: a ring that stands nearer than this beside another shape is a letter."""
MOST_SHAPES = 40_000


class _Spot(NamedTuple):
    """A place in pixels: left, top, right, bottom (beyond the last)."""

    x0: int
    y0: int
    x1: int
    y1: int


class _Found(NamedTuple):
    spot: _Spot
    round: bool
    score: float


class _Shapes(NamedTuple):
    labels: Labels
    stats: NDArray[np.int32]


def boxes_of(sheet: Sheet, rules: list[Rule], lined: Ruling | None = None) -> list[TickBox]:
    """Find the printed boxes to tick, in points of the sheet, from the top down.

    Letters, cells of tables and boxes of a comb are none. ``lined`` saves finding the lines again.
    """
    lined = lined or ruling(sheet)
    scale = lined.scale
    labels, stats = labelled(lined.bare)
    if len(stats) > MOST_SHAPES:
        return []
    shapes = _Shapes(labels, stats)
    found = _square(sheet, lined, shapes)
    found += _plain(sheet, lined, shapes)
    found = [each for each in _once(found) if not _is_cell(each.spot, rules, scale)]
    found += _like_others(sheet, lined, shapes, found)
    boxes = [
        TickBox(Box(*(value / scale for value in each.spot)), each.round)
        for each in _once(found)
        if not _is_finder(lined.ink, each.spot)
    ]
    return sorted(boxes, key=lambda found: (found.box.top, found.box.x0))


def _sized(wide: float, high: float, scale: float, least: float = SMALLEST) -> bool:
    low, top = least * scale, LARGEST * scale
    return low <= wide <= top and low <= high <= top and 0.74 <= wide / high <= 1.36


def _plain(sheet: Sheet, lined: Ruling, shapes: _Shapes) -> list[_Found]:
    """Shapes that are a box by themselves: what is drawn in them does not reach out."""
    scale, (labels, stats) = lined.scale, shapes
    wide, high = stats[:, 2], stats[:, 3]
    low, top = SMALLEST * scale, LARGEST * scale
    fits = (wide >= low) & (high >= low) & (wide <= top) & (high <= top)
    fits &= (wide * 100 >= high * 74) & (wide * 100 <= high * 136)
    fits[0] = False
    found: list[_Found] = []
    for label in np.flatnonzero(fits).tolist():
        x, y, w, h, area = stats[label].tolist()
        spot = _Spot(x, y, x + w, y + h)
        if area >= 0.8 * w * h:
            if min(w, h) >= SMALLEST * scale:
                found.append(_Found(spot, False, 0.9))
            continue
        own = labels[y : y + h, x : x + w] == label
        sides = _sides(own, max(1, round(EDGE * scale)))
        straight = _is_square(sheet, lined, shapes, spot, label) if min(sides) >= 0.65 else 0.0
        if straight:
            found.append(_Found(spot, False, straight))
        elif min(sides) >= 0.3 and min(w, h) >= SMALLEST_ROUND * scale:
            ring = _ring(own, scale)
            if ring and _stands_alone(shapes, label, scale, spot):
                found.append(_Found(spot, max(sides) < 0.75, 0.8))
    return found


def _sides(own: NDArray[np.bool_], band: int) -> tuple[float, float, float, float]:
    """How much of its left, top, right and bottom side a shape draws."""
    return (
        float(own[:, :band].any(axis=1).mean()),
        float(own[:band].any(axis=0).mean()),
        float(own[:, -band:].any(axis=1).mean()),
        float(own[-band:].any(axis=0).mean()),
    )


def _ring(own: NDArray[np.bool_], scale: float) -> bool:
    """Whether a shape is drawn all the way round, with corners that are alike."""
    high, wide = own.shape
    if not 0.86 <= wide / high <= 1.16:
        return False
    ys, xs = np.nonzero(own)
    dx, dy = (xs + 0.5) / wide * 2 - 1, (ys + 0.5) / high * 2 - 1
    far = np.hypot(dx, dy)
    inner = 1 - 2.2 * EDGE * scale / min(wide, high) * 1.1
    outer = far >= max(0.62, inner)
    bins = ((np.arctan2(dy, dx) / (2 * np.pi) + 0.5) * 32).astype(np.int32) % 32
    around = np.bincount(bins[outer], minlength=32) > 0
    if around.mean() < 0.93:
        return False
    corners = [float(far[(dx * sx > 0.3) & (dy * sy > 0.3)].max(initial=0.0)) for sx in (-1, 1) for sy in (-1, 1)]
    return max(corners) - min(corners) < 0.14 and max(corners) < 1.4


def _stands_alone(shapes: _Shapes, label: int, scale: float, spot: _Spot) -> bool:
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


def _square(sheet: Sheet, lined: Ruling, shapes: _Shapes) -> list[_Found]:
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
    found: list[_Found] = []
    for label in np.flatnonzero(fits).tolist():
        x, y, w, h, _ = stats[label].tolist()
        here = shapes.labels[y : y + h, x : x + w] == label
        rows = _strokes((here & (level[y : y + h, x : x + w] > 0)).view(np.uint8))
        columns = [_Spot(s.y0, s.x0, s.y1, s.x1) for s in _strokes((here & (upright[y : y + h, x : x + w] > 0)).view(np.uint8))]
        spots = _pairs(rows, scale) + [_Spot(s.y0, s.x0, s.y1, s.x1) for s in _pairs(columns, scale)]
        for spot in spots:
            moved = _Spot(spot.x0 + x, spot.y0 + y, spot.x1 + x, spot.y1 + y)
            score = _is_square(sheet, lined, shapes, moved, label)
            if score:
                found.append(_Found(moved, False, score))
    return found


def _strokes(runs: Bits) -> list[_Spot]:
    """The boxes of connected runs."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    return [_Spot(x, y, x + w, y + h) for x, y, w, h, _ in stats[1:].tolist()]


def _pairs(strokes: list[_Spot], scale: float) -> list[_Spot]:
    """Squares between two level strokes that begin and end alike."""
    slack = 1.3 * scale
    found: list[_Spot] = []
    strokes = sorted(strokes, key=lambda s: s.y0)[:60]
    for number, upper in enumerate(strokes):
        for lower in strokes[number:]:
            x0, x1 = min(upper.x0, lower.x0), max(upper.x1, lower.x1)
            if abs(upper.x0 - lower.x0) > slack or abs(upper.x1 - lower.x1) > slack:
                continue
            if _sized(x1 - x0, lower.y1 - upper.y0, scale):
                found.append(_Spot(x0, upper.y0, x1, lower.y1))
    return found


def _straight(ink: Inked, spot: _Spot, sharp: float, times: int) -> tuple[float, int]:
    """How much of a square's weakest side one straight stroke draws, and how many corners are drawn.

    Looked at in the sheet's own sharpness, where a letter's bows are no sides.
    """
    margin, deep = times + 1, max(3, round(0.9 * sharp))
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
        places.append(best)
    top, low, left, right = places
    low, right = y1 - y0 - 1 - low, x1 - x0 - 1 - right
    near = max(1, round(0.3 * sharp))
    corners = sum(
        bool(area[max(0, y - near) : y + near + 1, max(0, x - near) : x + near + 1].any())
        for y in (top, low)
        for x in (left, right)
    )
    return min(shares), corners


def _is_outline(ink: Bits, spot: _Spot, scale: float) -> bool:
    """Whether three sides of a square have paper outside, and three are no thicker than a box's line."""
    beyond, within = max(2, round(1.0 * scale)), max(3, round(2.0 * scale))
    x0, y0, x1, y1 = spot
    high, wide = ink.shape
    third = max(1, (x1 - x0) // 6)

    def row(y: int) -> float:
        return float(ink[y, x0 + third : x1 - third].mean()) if 0 <= y < high else 0.0

    def column(x: int) -> float:
        return float(ink[y0 + third : y1 - third, x].mean()) if 0 <= x < wide else 0.0

    outside = (row(y0 - beyond), row(y1 - 1 + beyond), column(x0 - beyond), column(x1 - 1 + beyond))
    inside = (row(y0 + within), row(y1 - 1 - within), column(x0 + within), column(x1 - 1 - within))
    thin = sum(share < 0.75 for share in inside)
    return sum(share <= 0.3 for share in outside) >= 3 and (thin >= 3 or min(inside) > 0.75)


def _beside(ink: Bits, spot: _Spot, scale: float) -> int:
    """On how many of its two upright sides something stands close to a square's middle, as letters do."""
    near, reach = max(1, round(0.4 * scale)), round(APART * scale)
    quarter = (spot.y1 - spot.y0) // 4
    rows = slice(spot.y0 + quarter, spot.y1 - quarter)
    left = ink[rows, max(0, spot.x0 - reach) : max(0, spot.x0 - near)]
    right = ink[rows, spot.x1 + near : spot.x1 + reach]
    return sum(bool(part.size) and float(part.any(axis=1).mean()) > 0.2 for part in (left, right))


def _is_square(sheet: Sheet, lined: Ruling, shapes: _Shapes, spot: _Spot, label: int) -> float:
    """How surely a place is a square box, 0 when it is none: alone it need not be drawn so well."""
    share, corners = _straight(sheet.ink, spot, sheet.scale, round(sheet.scale / lined.scale))
    if share < 0.7 or not _is_outline(lined.ink, spot, lined.scale):
        return 0.0
    beside = _beside(lined.ink, spot, lined.scale)
    if share >= 0.92 and corners == 4 and beside < 2:
        return share
    if share >= 0.7 and corners >= 3 and not beside and _stands_alone(shapes, label, lined.scale, spot):
        return share
    return 0.0


def _once(found: list[_Found]) -> list[_Found]:
    """One box for each place: of two that share theirs the outer, unless the inner is drawn much better."""
    kept: list[_Found] = []
    for each in sorted(found, key=lambda f: (-round(f.score * 8), -(f.spot.x1 - f.spot.x0) * (f.spot.y1 - f.spot.y0))):
        if not any(_shared(each.spot, other.spot) > 0.3 for other in kept):
            kept.append(each)
    return kept


def _shared(a: _Spot, b: _Spot) -> float:
    wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
    least = min((a.x1 - a.x0) * (a.y1 - a.y0), (b.x1 - b.x0) * (b.y1 - b.y0))
    return max(wide, 0) * max(high, 0) / max(least, 1)


def _is_cell(spot: _Spot, rules: list[Rule], scale: float) -> bool:
    """Whether two sides or more of a square are ruling lines."""
    x0, top, x1, bottom = (value / scale for value in spot)
    sides = set()
    for rule in rules:
        low, high = (x0, x1) if rule.across else (top, bottom)
        if min(rule.end, high) - max(rule.start, low) < 0.6 * (high - low):
            continue
        for number, side in enumerate((top, bottom) if rule.across else (x0, x1)):
            if abs(rule.at - side) <= 1.5:
                sides.add((rule.across, number))
    return len(sides) > 1


def _like_others(sheet: Sheet, lined: Ruling, shapes: _Shapes, known: list[_Found]) -> list[_Found]:
    """Boxes that their ticks hide, or that are blacked out: known by the size and the place of the page's other boxes."""
    if not known:
        return []
    ink, scale, stats = lined.ink, lined.scale, shapes.stats
    sizes: list[tuple[int, int, bool]] = []
    for each in known:
        wide, high = each.spot.x1 - each.spot.x0, each.spot.y1 - each.spot.y0
        if not any(abs(wide - w) <= scale and abs(high - h) <= scale and r == each.round for w, h, r in sizes):
            sizes.append((wide, high, each.round))
    smallest = min(min(w, h) for w, h, _ in sizes)
    fits = (stats[:, 2] >= 0.9 * smallest) & (stats[:, 3] >= 0.9 * smallest)
    fits &= (stats[:, 2] <= REACH * scale) & (stats[:, 3] <= REACH * scale)
    fits &= np.maximum(stats[:, 2], stats[:, 3]) >= 1.05 * smallest
    fits[0] = False
    lefts = np.array([each.spot.x0 for each in known])
    tops = np.array([each.spot.y0 for each in known])
    found: list[_Found] = []
    for label in np.flatnonzero(fits).tolist():
        x, y, w, h, _ = stats[label].tolist()
        spot = _Spot(x, y, x + w, y + h)
        if any(_shared(spot, each.spot) > 0.5 for each in known):
            continue
        lined_up = (
            ((lefts >= x - 1.5 * scale) & (lefts <= x + w)).any() or ((tops >= y - 1.5 * scale) & (tops <= y + h)).any()
        )
        if not lined_up:
            continue
        if not _stands_alone(shapes, label, scale, spot):
            continue
        best = _best(sheet, ink, spot, sizes[:4], lefts, tops, scale)
        if best is not None:
            found.append(best)
    return found


def _best(
    sheet: Sheet,
    ink: Bits,
    spot: _Spot,
    sizes: list[tuple[int, int, bool]],
    lefts: NDArray[np.intp],
    tops: NDArray[np.intp],
    scale: float,
) -> _Found | None:
    """The place in a shape where the outline of a known box is drawn best."""
    margin = max(1, round(0.5 * scale))
    x0, y0 = max(0, spot.x0 - margin), max(0, spot.y0 - margin)
    crop = cv2.dilate(ink[y0 : spot.y1 + margin, x0 : spot.x1 + margin], np.ones((3, 3), np.uint8)).astype(np.float32)
    best: _Found | None = None
    for wide, high, is_round in sizes:
        if crop.shape[0] < high or crop.shape[1] < wide:
            continue
        outline = np.zeros((high, wide), np.float32)
        if is_round:
            cv2.ellipse(outline, ((wide - 1) / 2, (high - 1) / 2), (wide - 2, high - 2), 0, 0, 360, 1.0) if False else (
                cv2.circle(outline, ((wide - 1) // 2, (high - 1) // 2), (min(wide, high) - 2) // 2, 1.0)
            )
        else:
            cv2.rectangle(outline, (0, 0), (wide - 1, high - 1), 1.0)
        drawn = cv2.matchTemplate(crop, outline, cv2.TM_CCORR) / float(outline.sum())
        _, score, _, (left, top) = cv2.minMaxLoc(drawn)
        place = _Spot(left + x0, top + y0, left + x0 + wide, top + y0 + high)
        near = 2.0 * scale
        column = bool((np.abs(lefts - place.x0) <= near).any())
        row = bool((np.abs(tops - place.y0) <= near).any())
        if score < (0.9 if column or row else 0.97) or (best is not None and score <= best.score):
            continue
        if not is_round:
            share, corners = _straight(sheet.ink, place, sheet.scale, round(sheet.scale / scale))
            if share < 0.7 or corners < 3 or not _is_outline(ink, place, scale):
                continue
        if _beside(ink, place, scale):
            continue
        best = _Found(place, is_round, score)
    return best


def _is_finder(ink: Bits, spot: _Spot) -> bool:
    """Whether a square is the corner of a QR code: a thick ring, a blank, a solid middle."""
    wide, high = spot.x1 - spot.x0, spot.y1 - spot.y0
    part = ink[spot.y0 : spot.y1, spot.x0 : spot.x1]
    y, x = high / 7, wide / 7
    middle = part[round(2.3 * y) : round(4.7 * y), round(2.3 * x) : round(4.7 * x)]
    ring = part[round(0.2 * y) : max(1, round(0.75 * y)), :]
    blank = np.concatenate(
        [part[round(1.3 * y) : round(1.75 * y), round(1.4 * x) : round(5.6 * x)].ravel(), part[round(5.3 * y) : round(5.7 * y), round(1.4 * x) : round(5.6 * x)].ravel()]
    )
    return bool(middle.size and ring.size and blank.size and middle.mean() > 0.92 and ring.mean() > 0.92 and blank.mean() < 0.15)
