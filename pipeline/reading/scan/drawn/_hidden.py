"""Boxes that their ticks hide, or that are blacked out: known by the size and the place of the page's other boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.reading.scan._types import Sheet
from pipeline.reading.scan.drawn._lines import Ruling
from pipeline.reading.scan.drawn._squares import (
    REACH,
    SMALLEST,
    Found,
    Shapes,
    Spot,
    encloses,
    filled,
    free,
    is_outline,
    shared,
    sides_taken,
    stands_alone,
    straight,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.reading.scan.drawn._runs import Bits

WHOLE = 0.97
"""An outline drawn so nearly whole is one, though a stroke runs out of it to what stands beside it."""

OVER = 0.15
"""Sides of its box: by how much more a cross reaches over it on one side than on another; twice as much at most."""
TINY_FREE = 0.8
"""Parts of its height: how far from letters what hides a box of small print stands."""
CLOSE, EQUALLY = 4, 0.005
"""Pixels, and share of the best: ink that is thicker than an outline takes it in several places."""


def like_others(sheet: Sheet, lined: Ruling, shapes: Shapes, known: list[Found]) -> list[Found]:
    """Boxes that their ticks hide, or that are blacked out: known by the size and the place of the page's other boxes."""
    if not known:
        return []
    ink, scale, stats = lined.ink, lined.scale, shapes.stats
    sizes: list[tuple[int, int, bool]] = []
    for each in known:
        wide, high = each.spot.x1 - each.spot.x0, each.spot.y1 - each.spot.y0
        if not any(
            abs(wide - w) <= scale and abs(high - h) <= scale and r == each.round for w, h, r in sizes
        ):
            sizes.append((wide, high, each.round))
    smallest = min(min(w, h) for w, h, _ in sizes)
    fits = (stats[:, 2] >= 0.9 * smallest) & (stats[:, 3] >= 0.9 * smallest)
    fits &= (stats[:, 2] <= REACH * scale) & (stats[:, 3] <= REACH * scale)
    fits &= np.maximum(stats[:, 2], stats[:, 3]) >= 0.95 * smallest
    fits[0] = False
    lefts = np.array([each.spot.x0 for each in known])
    tops = np.array([each.spot.y0 for each in known])
    found: list[Found] = []
    for label in np.flatnonzero(fits).tolist():
        x, y, w, h, _ = stats[label].tolist()
        spot = Spot(x, y, x + w, y + h)
        inside = [each.spot for each in known if shared(spot, each.spot) > 0.5]
        if any(_covers(other, spot) for other in inside):
            continue
        best = _best(sheet, ink, spot, sizes[:4], lefts, tops, scale, inside)
        if best is None or (
            _is_tiny(best.spot, scale) and not free(shapes, spot, TINY_FREE * (best.spot.y1 - best.spot.y0))
        ):
            continue
        solid = filled((shapes.labels[y : y + h, x : x + w] == label).view(np.uint8))
        place = Spot(best.spot.x0 - x, best.spot.y0 - y, best.spot.x1 - x, best.spot.y1 - y)
        alone = stands_alone(shapes, label, scale, best.spot if inside else spot)
        if encloses(solid, place, best.round) or (
            alone and (_lined_up(spot, lefts, tops, scale) or best.score >= WHOLE)
        ):
            found.append(best)
    return found


def _is_tiny(spot: Spot, scale: float) -> bool:
    """Whether a box is so small that it fits into a letter."""
    return min(spot.x1 - spot.x0, spot.y1 - spot.y0) < SMALLEST * scale


def _covers(one: Spot, shape: Spot) -> bool:
    """Whether a box takes up most of a shape: what else is in the shape is its tick."""
    return shared(one, shape) * _area(one) > 0.5 * _area(shape)


def _area(spot: Spot) -> int:
    return (spot.x1 - spot.x0) * (spot.y1 - spot.y0)


def _middle(drawn: NDArray[np.integer | np.floating], most: float, first: Sequence[int]) -> tuple[int, int]:
    """Where an outline fits best: in the middle of the places close by where it fits as well."""
    x, y = first
    alike = np.argwhere(drawn[y : y + CLOSE, x : x + CLOSE] >= most * (1 - EQUALLY))
    down, across = np.round(alike.mean(axis=0)).astype(int).tolist()
    return x + across, y + down


def _is_round_about(shape: Spot, place: Spot) -> bool:
    """Whether a shape reaches a little over a place on all sides alike, as a cross does over its box."""
    over = (place.x0 - shape.x0, place.y0 - shape.y0, shape.x1 - place.x1, shape.y1 - place.y1)
    return max(over) - min(over) <= OVER * (place.x1 - place.x0) and max(over) <= 2 * OVER * (
        place.x1 - place.x0
    )


def _within(start: int, end: int, length: int) -> slice:
    """From where to where something so long lies too far into what goes from start to end."""
    spare = max(1, round(0.75 * length))
    return slice(max(0, start - spare), max(0, end - length + spare))


def _lined_up(spot: Spot, lefts: NDArray[np.intp], tops: NDArray[np.intp], scale: float) -> bool:
    slack = 1.5 * scale
    return bool(
        ((lefts >= spot.x0 - slack) & (lefts <= spot.x1)).any()
        or ((tops >= spot.y0 - slack) & (tops <= spot.y1)).any()
    )


def _best(
    sheet: Sheet,
    ink: Bits,
    spot: Spot,
    sizes: list[tuple[int, int, bool]],
    lefts: NDArray[np.intp],
    tops: NDArray[np.intp],
    scale: float,
    taken: list[Spot],
) -> Found | None:
    """The place in a shape where the outline of a known box is drawn best, beside those that are ``taken``."""
    margin = max(1, round(0.5 * scale))
    x0, y0 = max(0, spot.x0 - margin), max(0, spot.y0 - margin)
    crop = cv2.dilate(ink[y0 : spot.y1 + margin, x0 : spot.x1 + margin], np.ones((3, 3), np.uint8)).astype(
        np.float32
    )
    best: Found | None = None
    for wide, high, is_round in sizes:
        if crop.shape[0] < high or crop.shape[1] < wide:
            continue
        outline = np.zeros((high, wide), np.float32)
        if is_round:
            cv2.circle(outline, ((wide - 1) // 2, (high - 1) // 2), (min(wide, high) - 2) // 2, 1.0)
        else:
            cv2.rectangle(outline, (0, 0), (wide - 1, high - 1), 1.0)
        drawn = np.asarray(cv2.matchTemplate(crop, outline, cv2.TM_CCORR), dtype=np.float32)
        for other in taken:
            drawn[
                _within(other.y0 - y0, other.y1 - y0, high), _within(other.x0 - x0, other.x1 - x0, wide)
            ] = 0
        _, most, _, first = cv2.minMaxLoc(drawn)
        left, top = _middle(drawn, most, first)
        score = most / float(outline.sum())
        place = Spot(left + x0, top + y0, left + x0 + wide, top + y0 + high)
        near = 2.0 * scale
        column = bool((np.abs(lefts - place.x0) <= near).any())
        row = bool((np.abs(tops - place.y0) <= near).any())
        if score < (0.9 if column or row else WHOLE) or (best is not None and score <= best.score):
            continue
        if not is_round:
            share, corners = straight(sheet.ink, place, sheet.scale, round(sheet.scale / scale))
            crossed = score >= WHOLE and share >= 0.9 and corners == 4
            crossed = crossed and (column or row or _is_round_about(spot, place))
            if share < 0.7 or corners < 3 or not (crossed or is_outline(ink, place, scale)):
                continue
        if sides_taken(ink, place, scale) > (score >= WHOLE):
            continue
        best = Found(place, is_round, score)
    return best
