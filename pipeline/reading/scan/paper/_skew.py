"""How a page lies: its skew, whether it lies on its side, and whether it stands on its head."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.reading.scan.drawn._runs import labelled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.reading.scan._types import Grey

    Points = NDArray[np.float32]

MOST_SKEW = 10.0
"""Degrees that a skew is looked for to either side."""
_COARSE, _FINE = 0.4, 0.03
_MOST_POINTS, _COARSE_POINTS = 40_000, 12_000
_FEWEST_POINTS, _CLEAR_PEAK = 150, 8.0
"""Points, and how far the best skew must stand out in standard errors: a lone signature reaches 4, forms 45 and more."""
_UPRIGHT, _HEADLONG, _LEANING = 4.0, -6.0, -2.0
"""Standard errors from which the letters' shapes alone say that a page is upright, or stands on its head;
and what must do when there is nobody to read it."""
_MOST_READ = 4

LineReader = Callable[["Grey"], float]
"""Reads a grey picture of one text line and says how sure it is, 0 to 1."""


def skew_of(dark: NDArray[np.uint8]) -> float:
    """The page's skew in degrees, clockwise positive; ``dark`` is 1 where there is ink, at about 75 dpi, in either orientation.

    Ruling lines and baselines fall into few rows when the page is straight, ruling lines and margins into few columns.
    """
    rows = _points((dark[:-1] & ~dark[1:] & 1).nonzero())
    columns = _points((dark[:, :-1] & ~dark[:, 1:] & 1).nonzero())[:, ::-1]
    if len(rows) + len(columns) < _FEWEST_POINTS:
        return 0.0
    span = float(np.hypot(*dark.shape)) + 2.0

    def score(degrees: float, each: float, thin: int = 1) -> float:
        slope = np.float32(np.tan(np.radians(degrees)))
        along = np.float32(np.cos(np.radians(degrees)) / each)
        total = 0.0
        for points, sign in ((rows[::thin], -1), (columns[::thin], 1)):
            if len(points):
                place = (points[:, 0] + np.float32(sign) * slope * points[:, 1]) * along + np.float32(
                    span / each
                )
                counts = np.bincount(place.astype(np.int32)).astype(np.float64)
                total += float(counts @ counts)
        return total

    steps = np.arange(-MOST_SKEW, MOST_SKEW + 1e-6, _COARSE)
    thin = max(1, (len(rows) + len(columns)) // _COARSE_POINTS)
    coarse = [score(float(step), 1.5, thin) for step in steps]
    best = float(steps[int(np.argmax(coarse))])
    standing_out = max(coarse) / max(float(np.median(coarse)), 1.0) - 1.0
    if standing_out * float(len(rows) + len(columns)) ** 0.5 < _CLEAR_PEAK or abs(best) > MOST_SKEW - 0.1:
        return 0.0
    for each, step in ((1.0, _COARSE / 4), (0.5, _FINE)):
        near = np.asarray(best + np.arange(-5, 6) * step, dtype=np.float64)
        scores = np.array([score(float(angle), each) for angle in near])
        best = float(near[int(scores.argmax())])
    return _peak(near, scores)


def _points(found: tuple[NDArray[np.intp], ...]) -> Points:
    """Row and column of each pixel, moved by a fixed random part of a pixel: whole numbers favour no skew at all."""
    points = np.stack(found, axis=1).astype(np.float32)
    chance = np.random.default_rng(7)
    if len(points) > _MOST_POINTS:
        points = points[chance.choice(len(points), _MOST_POINTS, replace=False)]
    return np.asarray(
        points + chance.random(points.shape, dtype=np.float32) - np.float32(0.5), dtype=np.float32
    )


def _peak(angles: NDArray[np.float64], scores: NDArray[np.float64]) -> float:
    """The middle of a peak's upper half."""
    floor = float(scores.min())
    weight = np.clip(scores - floor - 0.5 * (float(scores.max()) - floor), 0.0, None)
    return (
        float((angles * weight).sum() / weight.sum()) if weight.sum() > 0 else float(angles[len(angles) // 2])
    )


def on_its_side(dark: NDArray[np.uint8], scale: float) -> bool:
    """Whether words run down the page. ``scale``: pixels a point. Letters of a word stand closer than lines do."""
    reach = max(2, round(2.6 * scale))
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8)).astype(
        np.uint8, copy=False
    )
    _, stats, _ = labelled(joined)
    wide = stats[1:, cv2.CC_STAT_WIDTH] / scale
    high = stats[1:, cv2.CC_STAT_HEIGHT] / scale
    short, long = np.minimum(wide, high), np.maximum(wide, high)
    full = stats[1:, cv2.CC_STAT_AREA] / scale**2 / np.maximum(short * long, 1e-3)
    words = (short >= 3.5) & (short <= 40) & (long > 1.8 * short) & (long < 260) & (full > 0.25)
    across = float(long[words & (wide > high)].sum())
    down = float(long[words & (high > wide)].sum())
    return down > 1.6 * across and down > 60


def lines_of(dark: NDArray[np.uint8], scale: float) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Boxes (left, top, width, height, area) of text lines' parts, and the letters' boxes with their line's number as a sixth."""
    _, letters, middles = labelled(dark)
    letters, middles = letters[1:], middles[1:]
    wide, high = letters[:, 2] / scale, letters[:, 3] / scale
    like = (high >= 3.0) & (high <= 16) & (wide >= 0.8) & (wide <= 22)
    letters, middles = letters[like], middles[like]
    sown = np.zeros(dark.shape, np.uint8)
    for left, top, across, down, _ in letters.tolist():
        sown[top + down // 4 : top + down - down // 4, left : left + across] = 1
    reach = max(3, round(7 * scale))
    joined = cv2.morphologyEx(sown, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8)).astype(
        np.uint8, copy=False
    )
    labels, lines, _ = labelled(joined)
    rows = np.clip((letters[:, 1] + letters[:, 3] // 2), 0, dark.shape[0] - 1)
    columns = np.clip(np.rint(middles[:, 0]).astype(np.intp), 0, dark.shape[1] - 1)
    line = labels[rows, columns]
    return np.asarray(lines, dtype=np.int32), np.column_stack((letters, line)).astype(np.int32)


def upside_down(grey: Grey, dark: NDArray[np.uint8], scale: float, read_line: LineReader | None) -> bool:
    """Whether the page stands on its head; False when nothing says so. ``scale``: pixels a point of ``dark``; ``grey`` may be finer.

    Letters stand on one line and end at several heights: ascenders are far more common than descenders. Where that
    doesn't tell, a few lines are read both ways.
    """
    part = dark[: round(0.45 * dark.shape[0])]  # mostly enough, and half the work
    sure, full = _standing(part, scale)
    if _HEADLONG < sure < _UPRIGHT:
        sure, full = _standing(dark, scale)
    if sure >= _UPRIGHT or not full:
        return False
    if read_line is None or sure <= _HEADLONG:
        return sure <= _LEANING
    full.sort(reverse=True)
    upright = turned = 0.0
    finer = grey.shape[0] / dark.shape[0]
    for _, left, top, right, bottom in full[:_MOST_READ]:
        x0, x1 = max(0.0, left - 1.5 * scale), min(right, left + 160 * scale) + 1.5 * scale
        y0, y1 = max(0.0, top - 1.5 * scale), bottom + 1.5 * scale
        crop = np.ascontiguousarray(
            grey[int(y0 * finer) : int(y1 * finer), int(x0 * finer) : int(x1 * finer)]
        )
        upright += read_line(crop)
        turned += read_line(np.ascontiguousarray(crop[::-1, ::-1]))
    lean = 0.08 * min(len(full), _MOST_READ)
    return turned > upright + (lean if sure > _LEANING else -lean)


def _standing(dark: NDArray[np.uint8], scale: float) -> tuple[float, list[tuple[int, ...]]]:
    """How surely letters stand rather than hang, in standard errors; and the lines: letters, left, top, right, bottom."""
    lines, letters = lines_of(dark, scale)
    votes, spread = 0.0, 0.0
    full: list[tuple[int, ...]] = []
    order = letters[letters[:, 5].argsort(kind="stable")]
    for group in np.split(order, np.flatnonzero(np.diff(order[:, 5])) + 1):
        if len(group) < 5 or group[0, 5] == 0:
            continue
        tops, bottoms = group[:, 1], group[:, 1] + group[:, 3]
        near = max(1.0, 0.09 * float(np.median(group[:, 3])))
        standing = np.abs(bottoms - np.median(bottoms)) <= near
        hanging = np.abs(tops - np.median(tops)) <= near
        votes += float(standing.sum()) - float(hanging.sum())
        spread += float((standing != hanging).sum())
        left, across = lines[group[0, 5], [cv2.CC_STAT_LEFT, cv2.CC_STAT_WIDTH]].tolist()
        full.append((len(group), left, int(tops.min()), left + across, int(bottoms.max())))
    return votes / max(spread, 1.0) ** 0.5, full
