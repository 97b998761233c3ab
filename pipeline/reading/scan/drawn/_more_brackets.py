"""Pairs of brackets that a cross or a blur spoils, known by the page's other pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.reading.scan.drawn._squares import Shapes, Spot, free, shared

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.reading.scan.drawn._runs import Bits

FOOT = 0.2
"""Parts of a pair's width: how long the feet are that are looked for."""
DRAWN = 0.9
"""How much of both brackets is drawn at least."""
OUTSIDE = 0.35
"""How much ink stands just outside a bracket at most: more is a letter's or a box's."""
COLUMN = 1.2
"""Points: boxes so little off each other stand in one column."""
OVER = 1.5
"""Times a pair: how large its brackets and the cross over them are together."""
ROOM = 0.2
"""Parts of their height: how far from a pair of brackets letters stand at least."""


def like_brackets(ink: Bits, shapes: Shapes, scale: float, known: list[Spot]) -> list[Spot]:
    """The further pairs: as large as a known one, in its column, or one shape with the cross that runs over them."""
    if not known:
        return []
    grown = cv2.dilate(ink, np.ones((3, 3), np.uint8)).astype(np.float32)
    sizes = {(spot.x1 - spot.x0, spot.y1 - spot.y0) for spot in known}
    places = [
        one
        for wide, high in sorted(sizes)
        if grown.shape[0] >= high and grown.shape[1] >= wide
        for one in _places(grown, _pair(wide, high), shapes, scale, known)
    ]
    found: list[Spot] = []
    for spot, _ in sorted(places, key=lambda one: -one[1]):
        before = ink[spot.y0 : spot.y1, max(0, spot.x0 - 3)]
        after = ink[spot.y0 : spot.y1, min(ink.shape[1] - 1, spot.x1 + 2)]
        if (
            not any(shared(spot, other) > 0.2 for other in (*known, *found))
            and max(before.mean(), after.mean()) <= OUTSIDE
            and free(shapes, spot, ROOM * (spot.y1 - spot.y0))
        ):
            found.append(spot)
    return found


def _pair(wide: int, high: int) -> NDArray[np.float32]:
    """A pair of brackets, drawn."""
    pair, foot = np.zeros((high, wide), np.float32), max(2, round(FOOT * wide))
    pair[:, [0, -1]] = 1
    pair[[0, -1], :foot] = pair[[0, -1], -foot:] = 1
    return pair


def _places(
    grown: NDArray[np.float32], pair: NDArray[np.float32], shapes: Shapes, scale: float, known: list[Spot]
) -> list[tuple[Spot, float]]:
    """Where a pair is drawn, and how well."""
    high, wide = pair.shape
    near = round(COLUMN * scale)
    windows = [(max(0, x - near), 0, x + wide + near, grown.shape[0]) for x in {spot.x0 for spot in known}]
    stats = shapes.stats
    fits = (stats[:, 2] >= 0.9 * wide) & (stats[:, 2] <= OVER * wide)
    fits &= (stats[:, 3] >= 0.9 * high) & (stats[:, 3] <= OVER * high)
    fits[0] = False
    windows += [
        (max(0, x - 1), max(0, y - 1), x + w + 1, y + h + 1) for x, y, w, h, _ in stats[fits].tolist()
    ]
    found: list[tuple[Spot, float]] = []
    for x0, y0, x1, y1 in windows:
        part = grown[y0:y1, x0:x1]
        if part.shape[0] < high or part.shape[1] < wide:
            continue
        score = np.asarray(cv2.matchTemplate(part, pair, cv2.TM_CCORR), np.float32) / float(pair.sum())
        while True:
            _, most, _, (left, top) = cv2.minMaxLoc(score)
            if most < DRAWN:
                break
            found.append((Spot(left + x0, top + y0, left + x0 + wide, top + y0 + high), float(most)))
            score[max(0, top - high // 2) : top + high // 2 + 1] = 0
    return found
