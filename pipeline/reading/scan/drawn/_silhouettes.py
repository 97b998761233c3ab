"""Boxes known by their silhouette: filled up, and freed of the strokes that run out of it, a ticked box is a square or a disc."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.reading.scan._types import Sheet
from pipeline.reading.scan.drawn._lines import Ruling
from pipeline.reading.scan.drawn._squares import (
    LARGEST,
    REACH,
    SMALLEST,
    Found,
    Shapes,
    Spot,
    filled,
    is_outline,
    sized,
    straight,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.reading.scan.drawn._runs import Bits

THICKEST_PEN = 3.2
"""Points: what is thinner and runs out of a silhouette is a stroke of a pen."""
SOLID = 0.8
"""Shapes inked so much are spots and not outlines."""
ROUND_FILLS = (0.72, 0.85)
"""How much of its frame a disc fills."""
SQUARE_FILLS = 0.9
ROUNDLY = 0.88
"""How surely a true disc is a round box: what is drawn in it may look like two sides of a square."""
OUT_OF_ROUND = 0.035
"""How far, as a share of the radius, a printed ring's edge wavers at most; a letter O is oval and a hand's loop uneven."""
SMALLEST_RING = 6.4
"""Points: smaller rings are letters and bullets."""
SIDES = 0.55
"""So much of its weakest side a rounded box draws straight."""


def silhouettes(sheet: Sheet, lined: Ruling, shapes: Shapes) -> list[Found]:
    """Closed outlines of a box's size, whatever is drawn in them, through them or out of them."""
    scale, (labels, stats) = lined.scale, shapes
    wide, high, area = stats[:, 2], stats[:, 3], stats[:, 4]
    fits = (np.minimum(wide, high) >= SMALLEST * scale) & (np.maximum(wide, high) <= REACH * scale)
    fits &= area < SOLID * wide * high
    fits[0] = False
    found: list[Found] = []
    for label in np.flatnonzero(fits).tolist():
        x, y, w, h, _ = stats[label].tolist()
        own = (labels[y : y + h, x : x + w] == label).view(np.uint8)
        for spot, part in _blobs(filled(own), scale):
            moved = Spot(spot.x0 + x, spot.y0 + y, spot.x1 + x, spot.y1 + y)
            shape = _shape(part, scale)
            if shape == "square" and _is_drawn(sheet, lined, moved):
                found.append(Found(moved, False, 0.85))
            elif shape == "round" and is_outline(lined.ink, moved, scale):
                found.append(Found(moved, True, ROUNDLY))
    return found


def _blobs(solid: Bits, scale: float) -> list[tuple[Spot, Bits]]:
    """What is left of a silhouette without strokes, where it has a box's size."""
    if not solid.any():
        return []
    size = max(3, round(THICKEST_PEN * scale))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    bare = cv2.morphologyEx(solid, cv2.MORPH_OPEN, kernel, borderValue=0).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(bare, connectivity=4)
    found: list[tuple[Spot, Bits]] = []
    for label in range(1, count):
        x, y, w, h, _ = stats[label].tolist()
        if max(w, h) <= LARGEST * scale and sized(w, h, scale):
            part = (labels[y : y + h, x : x + w] == label).view(np.uint8)
            found.append((Spot(x, y, x + w, y + h), part))
    return found


def _shape(part: Bits, scale: float) -> str:
    """``square``, ``round`` or nothing."""
    high, wide = part.shape
    fills = float(part.mean())
    if fills >= SQUARE_FILLS and _cornered(part):
        return "square"
    if not ROUND_FILLS[0] <= fills <= ROUND_FILLS[1] or min(wide, high) < SMALLEST_RING * scale:
        return ""
    return "round" if _wavers(part) <= max(OUT_OF_ROUND, 0.9 / min(wide, high)) else ""


def _cornered(part: Bits) -> bool:
    """Whether all four corners are alike: a D has two."""
    high, wide = part.shape
    y, x = max(2, round(0.2 * high)), max(2, round(0.2 * wide))
    corners = [
        float(part[rows, columns].mean())
        for rows in (slice(0, y), slice(-y, None))
        for columns in (slice(0, x), slice(-x, None))
    ]
    return min(corners) >= 0.4 and max(corners) - min(corners) <= 0.45


def _wavers(part: Bits) -> float:
    """How much the distance of its edge from its middle varies, as a share of that distance."""
    outlines, _ = cv2.findContours(part, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    edge: NDArray[np.float64] = max(outlines, key=len).reshape(-1, 2).astype(np.float64)
    high, wide = part.shape
    away = np.hypot(edge[:, 0] - (wide - 1) / 2, edge[:, 1] - (high - 1) / 2)
    return float(away.std() / max(away.mean(), 1e-6))


def _is_drawn(sheet: Sheet, lined: Ruling, spot: Spot) -> bool:
    share, _ = straight(sheet.ink, spot, sheet.scale, round(sheet.scale / lined.scale))
    return share >= SIDES and is_outline(lined.ink, spot, lined.scale)
