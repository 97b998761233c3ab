"""Printed tick boxes on a sheet: square, rounded, round or filled, alone or with a tick that runs out of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.domain import Box
from pipeline.reading.layout._shapes import Rule
from pipeline.reading.scan._types import Sheet, TickBox
from pipeline.reading.scan.drawn._brackets import brackets
from pipeline.reading.scan.drawn._hidden import like_others
from pipeline.reading.scan.drawn._letters import among_letters
from pipeline.reading.scan.drawn._lines import Ruling, ruling
from pipeline.reading.scan.drawn._runs import labelled
from pipeline.reading.scan.drawn._silhouettes import silhouettes
from pipeline.reading.scan.drawn._squares import (
    EXACT,
    LARGEST,
    SMALLEST,
    Found,
    Shapes,
    Spot,
    encloses,
    filled,
    free,
    is_outline,
    is_square,
    shared,
    square,
    stands_alone,
    straight,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.reading.scan.drawn._runs import Bits

TINIEST = 4.1
"""Points: so small is the box of an 8 point font."""
SMALLEST_ROUND = 6.4
"""Points: smaller rings are letters and bullets."""
EDGE = 1.1
"""Points: the outer band that a side must lie in."""
HOLE = (13.5, 21.0)
"""Points: the smallest and the largest hole that a punch makes, edge and shadow with it."""
BLACK = 0.6
"""So much of a hole that shows what lies behind is black; a box with straight sides is less."""
MARGIN = 44.0
"""Points: how far from the paper's edge holes are punched."""
CODE = (0.16, 1.0, 0.3, 0.7)
"""Widths of a code's corner, from where to where its squares are looked for beside it, and how much of that they ink."""
MOST_SHAPES = 40_000
TILE = 64
"""Pixels: boxes are held against those that stand in the same tiles of the page alone; a page of noise has hundreds."""


def boxes_of(sheet: Sheet, rules: list[Rule], lined: Ruling | None = None) -> list[TickBox]:
    """Find the printed boxes to tick, in points of the sheet, from the top down.

    Letters, cells of tables and boxes of a comb are none. ``lined`` saves finding the lines again.
    """
    lined = lined or ruling(sheet)
    scale = lined.scale
    labels, stats, _ = labelled(lined.bare)
    if len(stats) > MOST_SHAPES:
        return []
    shapes = Shapes(labels, stats)
    found = square(sheet, lined, shapes)
    found += _plain(sheet, lined, shapes)
    found += silhouettes(sheet, lined, shapes)
    found += _tiny(sheet, lined, shapes)
    found = [
        each
        for each in _once(found)
        if not _is_cell(each.spot, rules, scale) and not _is_hole(each, sheet, lined)
    ]
    found = _without_letters(sheet, shapes, found, scale, twinless=True)
    likely = _once(found + like_others(sheet, lined, shapes, found))
    found = _without_letters(sheet, shapes, likely, scale)
    if len(found) < len(likely):
        # What was no box as it was drawn may be one as the others are.
        found += like_others(sheet, lined, shapes, found)
        found = _without_letters(sheet, shapes, _once(found), scale)
    found += [
        Found(spot, False, 0.8)
        for spot in brackets(sheet, lined, shapes)
        if not any(shared(spot, each.spot) > 0.3 for each in found) and not _is_cell(spot, rules, scale)
    ]
    boxes = [
        _box(each, scale)
        for each in found
        if not _is_finder(lined.ink, each.spot) and not _is_hole(each, sheet, lined)
    ]
    return sorted(boxes, key=lambda found: (found.box.top, found.box.x0))


def _box(found: Found, scale: float) -> TickBox:
    return TickBox(Box(*(value / scale for value in found.spot)), found.round)


def _without_letters(
    sheet: Sheet, shapes: Shapes, found: list[Found], scale: float, *, twinless: bool = False
) -> list[Found]:
    """``twinless``: what may be a box were another like it stays in, so that the others like it can be looked for."""
    boxes = [_box(each, scale) for each in found]
    letters = set(among_letters(sheet, boxes, shapes.stats, scale, twinless=twinless))
    return [each for each, box in zip(found, boxes, strict=True) if box not in letters]


def _is_hole(found: Found, sheet: Sheet, lined: Ruling) -> bool:
    """Whether something round or black of a punched hole's size stands in the margin where holes are punched."""
    part = lined.ink[found.spot.y0 : found.spot.y1, found.spot.x0 : found.spot.x1]
    if not found.round and part.size and float(part.mean()) < BLACK:
        return False
    x0, top, x1, bottom = (value / lined.scale for value in found.spot)
    if min(x1 - x0, bottom - top) < HOLE[0] or max(x1 - x0, bottom - top) > HOLE[1]:
        return False
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    return min(x, sheet.width - x, y, sheet.height - y) < MARGIN


def _plain(sheet: Sheet, lined: Ruling, shapes: Shapes) -> list[Found]:
    """Shapes that are a box by themselves: what is drawn in them does not reach out."""
    scale, (labels, stats) = lined.scale, shapes
    wide, high = stats[:, 2], stats[:, 3]
    low, top = SMALLEST * scale, LARGEST * scale
    fits = (wide >= low) & (high >= low) & (wide <= top) & (high <= top)
    fits &= (wide * 100 >= high * 74) & (wide * 100 <= high * 136)
    fits[0] = False
    found: list[Found] = []
    for label in np.flatnonzero(fits).tolist():
        x, y, w, h, area = stats[label].tolist()
        spot = Spot(x, y, x + w, y + h)
        if area >= 0.8 * w * h:
            if min(w, h) >= SMALLEST * scale:
                found.append(Found(spot, False, 0.9))
            continue
        own = labels[y : y + h, x : x + w] == label
        sides = _sides(own, max(1, round(EDGE * scale)))
        straight = is_square(sheet, lined, shapes, spot, label) if min(sides) >= 0.65 else 0.0
        if straight:
            found.append(Found(spot, False, straight))
        elif min(sides) >= 0.3 and min(w, h) >= SMALLEST_ROUND * scale:
            ring = _ring(own, scale)
            if ring and stands_alone(shapes, label, scale, spot):
                found.append(Found(spot, max(sides) < 0.75, 0.8))
    return found


def _tiny(sheet: Sheet, lined: Ruling, shapes: Shapes) -> list[Found]:
    """Boxes that a font of small print has, two at least: exactly square, empty, and alone."""
    scale, (labels, stats) = lined.scale, shapes
    wide, high, area = stats[:, 2], stats[:, 3], stats[:, 4]
    fits = (np.minimum(wide, high) >= TINIEST * scale) & (np.minimum(wide, high) < SMALLEST * scale)
    fits &= (np.abs(wide - high) <= 0.12 * np.maximum(wide, high) + 1) & (area < 0.65 * wide * high)
    fits[0] = False
    found: list[Found] = []
    for label in np.flatnonzero(fits).tolist():
        x, y, w, h, _ = stats[label].tolist()
        spot = Spot(x, y, x + w, y + h)
        own = (labels[y : y + h, x : x + w] == label).view(np.uint8)
        if (
            min(_sides(own > 0, 2)) < 0.85
            or not free(shapes, spot, 0.8 * h)
            or not encloses(filled(own), Spot(1, 1, w - 1, h - 1))
        ):
            continue
        share, corners = straight(sheet.ink, spot, sheet.scale, round(sheet.scale / scale), EXACT)
        if share >= 0.9 and corners == 4 and is_outline(lined.ink, spot, scale):
            found.append(Found(spot, False, share))
    return found if len(found) > 1 else []


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
    corners = [
        float(far[(dx * sx > 0.3) & (dy * sy > 0.3)].max(initial=0.0)) for sx in (-1, 1) for sy in (-1, 1)
    ]
    return max(corners) - min(corners) < 0.14 and max(corners) < 1.4


def _once(found: list[Found]) -> list[Found]:
    """One box for each place: of two that share theirs the outer, unless the inner is drawn much better."""
    kept: list[Found] = []
    near: dict[tuple[int, int], list[Spot]] = {}
    for each in sorted(
        found, key=lambda f: (-round(f.score * 8), -(f.spot.x1 - f.spot.x0) * (f.spot.y1 - f.spot.y0))
    ):
        x0, y0, x1, y1 = (value // TILE for value in each.spot)
        tiles = [(x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)]
        if not any(shared(each.spot, other) > 0.3 for tile in tiles for other in near.get(tile, ())):
            kept.append(each)
            for tile in tiles:
                near.setdefault(tile, []).append(each.spot)
    return kept


def _is_cell(spot: Spot, rules: list[Rule], scale: float) -> bool:
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


def _is_finder(ink: Bits, spot: Spot) -> bool:
    """Whether a square is the corner of a QR code: a thick ring, a blank, a solid middle, and more of the code beside it.

    A dot in a box drawn boldly looks the same but for its neighbours.
    """
    wide, high = spot.x1 - spot.x0, spot.y1 - spot.y0
    part = ink[spot.y0 : spot.y1, spot.x0 : spot.x1]
    y, x = high / 7, wide / 7
    middle = part[round(2.3 * y) : round(4.7 * y), round(2.3 * x) : round(4.7 * x)]
    ring = part[round(0.2 * y) : max(1, round(0.75 * y)), :]
    blank = np.concatenate(
        [
            part[round(1.3 * y) : round(1.75 * y), round(1.4 * x) : round(5.6 * x)].ravel(),
            part[round(5.3 * y) : round(5.7 * y), round(1.4 * x) : round(5.6 * x)].ravel(),
        ]
    )
    return bool(
        middle.size
        and ring.size
        and blank.size
        and middle.mean() > 0.92
        and ring.mean() > 0.92
        and blank.mean() < 0.15
        and all(_is_patterned(one, spot) for one in (ink, ink.T))
    )


def _is_patterned(ink: Bits, spot: Spot) -> bool:
    """Whether the squares of a code stand before or behind one of its corners; ``ink`` turned over: above or below."""
    x0, y0, x1, y1 = spot if ink.flags.c_contiguous else (spot.y0, spot.x0, spot.y1, spot.x1)
    near, far = round(CODE[0] * (x1 - x0)), round(CODE[1] * (x1 - x0))
    sides = (ink[y0:y1, max(0, x0 - far) : max(0, x0 - near)], ink[y0:y1, x1 + near : x1 + far])
    return any(side.size and CODE[2] <= float(side.mean()) <= CODE[3] for side in sides)
