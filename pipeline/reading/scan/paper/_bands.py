"""Light print on dark bands, as headings of forms have it, made dark print on paper in a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

_FINE = 2.0
"""Pixels per point that the bands are looked for at."""
_DARK = 140
_STROKE = 2.5
"""Points: the thickest stroke of light letters."""
_LEAST = (40.0, 9.0)
"""Points: how wide and high a band is at least; no bold letters, closed up, fill so much."""
_MOST = 72.0
"""Points: a higher dark mass is a picture."""
_FILLED = (0.55, 0.985)
"""The share of a band that is dark: lighter are patterns and codes, darker has nothing written on it."""
_LETTER, _LETTERS = 3.0, 3
"""Points: how high a light letter is at least, and how many are print."""
_FRAME = 0.8


def bands_lit(grey: Grey, scale: float) -> Grey:
    """The sheet with its dark bands turned light, each with a thin frame where its edge was; pixels per point in ``scale``."""
    high, wide = grey.shape
    share = min(1.0, _FINE / scale)
    size = (max(1, round(wide * share)), max(1, round(high * share)))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    dark = (small < _DARK).astype(np.uint8)
    points = scale * size[0] / wide
    if cv2.countNonZero(dark) < _LEAST[0] * _LEAST[1] * points**2 * _FILLED[0]:
        return grey
    closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, _block(_STROKE, _STROKE, points))
    solid = cv2.morphologyEx(closed, cv2.MORPH_OPEN, _block(*_LEAST, points))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid.astype(np.uint8), connectivity=4)
    lit = np.zeros_like(dark)
    for index in range(1, count):
        left, top, across, down, area = stats[index].tolist()
        part = np.s_[top : top + down, left : left + across]
        mass = labels[part] == index
        filled = float(dark[part][mass].mean())
        massive = down <= _MOST * points and area >= 0.8 * across * down
        if massive and _FILLED[0] <= filled <= _FILLED[1] and _lettered(dark[part], mass, points):
            lit[part] |= mass.view(np.uint8)
    if not lit.any():
        return grey
    whole = cv2.resize(lit, (wide, high), interpolation=cv2.INTER_NEAREST)
    inner = cv2.erode(whole, _block(2 * _FRAME, 2 * _FRAME, scale), borderValue=0)
    out = np.where(inner > 0, 255 - grey, grey)
    return np.asarray(np.where((whole > 0) & (inner == 0), 0, out), dtype=np.uint8)


def _lettered(dark: Grey, mass: NDArray[np.bool_], points: float) -> bool:
    """Whether light letters stand inside a band; the blanks of a bar code or a Patch code run out of it."""
    edged = np.pad(mass.view(np.uint8), 1)
    light = (cv2.erode(edged, np.ones((3, 3), np.uint8))[1:-1, 1:-1] > 0) & (dark == 0)
    outer = (edged[1:-1, 1:-1] > 0) & (cv2.erode(edged, _block(3, 3, points))[1:-1, 1:-1] == 0)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(light.astype(np.uint8), connectivity=8)
    reaching = set(np.unique(labels[outer]).tolist())
    high = [index for index in range(1, len(stats)) if stats[index, cv2.CC_STAT_HEIGHT] >= _LETTER * points]
    return sum(index not in reaching for index in high) >= _LETTERS


def _block(across: float, down: float, scale: float) -> NDArray[np.uint8]:
    return np.ones((max(1, round(down * scale)), max(1, round(across * scale))), np.uint8)
