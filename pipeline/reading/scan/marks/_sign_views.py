"""Ink apart from ruling lines, specks and known print, gathered into groups that were written in one go, and how a group looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

from pipeline.domain import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.reading.scan._types import Sheet

    Floats = NDArray[np.float32]
    Bytes = NDArray[np.uint8]

HIGH, BROAD = 32, 96
"""Pixels: a view. A group is made as high as that; a long one is looked at in several views."""
MOST_VIEWS = 3
RULE = 26.0
"""Points: straight ink as long as this is a ruling line."""
SPECK = 1.6
"""Points: what is smaller both ways is dirt or a dot."""
LEAST = 3.5
"""Points: what is smaller both ways is not a group."""
FLAT = 2.6
"""Points: what is lower is a piece of a line."""
ACROSS, DOWN = 6.0, 1.5
"""Points: ink as near as this belongs together."""
FACTS = 10


class Group(NamedTuple):
    """Ink that belongs together: ``mask`` is True where it is, within ``box``; ``inside``: the share of it in the area asked for.

    ``passing``: it comes in over what was looked at and goes out under it.
    """

    box: Box
    grey: Bytes
    mask: NDArray[np.bool_]
    inside: float
    passing: bool = False


def groups_in(
    sheet: Sheet, area: Box, print_boxes: Sequence[Box], margins: tuple[float, float, float]
) -> list[Group]:
    """The groups of ink in ``area`` and ``margins`` (beside, above and below it, in points) that are no lines, specks or known print."""
    s = sheet.scale
    high, wide = sheet.grey.shape
    beside, above, below = margins
    x0, y0 = max(0, round((area.x0 - beside) * s)), max(0, round((area.top - above) * s))
    x1, y1 = min(wide, round((area.x1 + beside) * s)), min(high, round((area.bottom + below) * s))
    if x1 - x0 < 3 or y1 - y0 < 3:
        return []
    grey = sheet.grey[y0:y1, x0:x1]
    ink = _without_rules(_inked(grey), s)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    known = _known(print_boxes, s, x0, y0, ink.shape)
    keep = np.zeros(count, bool)
    size = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    keep[1:] = size[1:] >= SPECK * s
    if known.any():
        covered = np.bincount(labels[known], minlength=count) / np.maximum(1, stats[:, cv2.CC_STAT_AREA])
        tallest = max(box.bottom - box.top for box in print_boxes) * s
        keep &= (covered < 0.6) | (stats[:, cv2.CC_STAT_HEIGHT] > 1.15 * tallest + 2 * s)
        keep &= ~_flat_beside(labels, known, count, FLAT * s)
    ink = keep[labels].astype(np.uint8)
    joined = cv2.dilate(ink, np.ones((max(1, round(DOWN * s)), max(1, round(ACROSS * s))), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    labels = np.where(ink > 0, labels, 0)
    groups = []
    within = np.zeros(ink.shape, bool)
    a0, b0 = max(0, round(area.x0 * s) - x0), max(0, round(area.top * s) - y0)
    within[b0 : max(b0, round(area.bottom * s) - y0), a0 : max(a0, round(area.x1 * s) - x0)] = True
    for number in range(1, count):
        left, top, w, h = (int(v) for v in stats[number, :4])
        mask = labels[top : top + h, left : left + w] == number
        rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        if not len(rows) or max(rows[-1] - rows[0], cols[-1] - cols[0]) < LEAST * s:
            continue
        mask = mask[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]
        left, top = left + int(cols[0]), top + int(rows[0])
        h, w = mask.shape
        box = Box((x0 + left) / s, (y0 + top) / s, (x0 + left + w) / s, (y0 + top + h) / s)
        share = float((mask & within[top : top + h, left : left + w]).sum() / mask.sum())
        passing = top <= 1 and top + h >= ink.shape[0] - 1
        groups.append(Group(box, grey[top : top + h, left : left + w], mask, share, passing))
    return groups


def _flat_beside(
    labels: NDArray[Any], known: NDArray[np.bool_], count: int, least: float
) -> NDArray[np.bool_]:
    """Which pieces are print and, apart from it, nothing higher than a line: letters that stand on what is left of one."""
    touched = np.zeros(count, bool)
    touched[labels[known]] = True
    free = touched[labels] & ~known & (labels > 0)
    rows, numbers = np.nonzero(free)[0], labels[free]
    first, last = np.full(count, labels.shape[0]), np.full(count, -1)
    np.minimum.at(first, numbers, rows)
    np.maximum.at(last, numbers, rows)
    return np.asarray(touched & (last - first + 1 < least), bool)


def whole(sheet: Sheet, box: Box) -> Group | None:
    """All ink of a box as one group, None when there is none."""
    s = sheet.scale
    grey = sheet.crop(box)
    if min(grey.shape) < 3:
        return None
    mask = _without_rules(_inked(grey), s) > 0
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    part = (slice(rows[0], rows[-1] + 1), slice(cols[0], cols[-1] + 1))
    x0, y0 = max(0.0, box.x0) + cols[0] / s, max(0.0, box.top) + rows[0] / s
    h, w = mask[part].shape
    return Group(Box(x0, y0, x0 + w / s, y0 + h / s), grey[part], mask[part], 1.0)


def looks(groups: Sequence[Group], sheet: Sheet) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Views (number, rows, columns, 2), their facts, and to which group each belongs."""
    views, facts, owners = [], [], []
    for number, group in enumerate(groups):
        told = _facts(group, sheet)
        for view in _views(group):
            views.append(view)
            facts.append(told)
            owners.append(number)
    if not views:
        return (
            np.zeros((0, HIGH, BROAD, 2), np.float32),
            np.zeros((0, FACTS), np.float32),
            np.zeros(0, np.int64),
        )
    return np.stack(views), np.stack(facts), np.array(owners)


def _tone(grey: Bytes, share: float) -> float:
    """The tone below which a share of the pixels lies."""
    counts = cv2.calcHist([np.ascontiguousarray(grey)], [0], None, [256], [0, 256]).ravel()
    return float(np.searchsorted(np.cumsum(counts), share * grey.size))


def _inked(grey: Bytes) -> Bytes:
    paper, dark = _tone(grey, 0.8), _tone(grey, 0.01)
    return np.asarray(grey < paper - max(28.0, 0.3 * (paper - dark)), np.uint8)


def _without_rules(ink: Bytes, scale: float) -> Bytes:
    """The ink with its ruling lines taken out; what crosses one stays whole."""
    reach = max(5, round(RULE * scale))
    thick = max(2, round(1.6 * scale))
    for kernel, across in (((1, reach), True), ((reach, 1), False)):
        if ink.shape[1 if across else 0] < reach:
            continue
        upright = (lambda side: (side, 1)) if across else (lambda side: (1, side))
        lines = _morph(ink, cv2.MORPH_OPEN, kernel)
        heavy = _morph(lines, cv2.MORPH_OPEN, upright(thick))
        lines = _morph(lines & (1 - heavy), cv2.MORPH_DILATE, upright(3))
        rest = ink & (1 - lines)
        mend = _morph(rest, cv2.MORPH_CLOSE, upright(thick + 3))
        ink = rest | (mend & lines & ink)
    return ink


def _morph(ink: Bytes, how: int, kernel: tuple[int, int]) -> Bytes:
    return np.asarray(cv2.morphologyEx(ink, how, np.ones(kernel, np.uint8)), np.uint8)


def _known(boxes: Sequence[Box], scale: float, x0: int, y0: int, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    known = np.zeros(shape, bool)
    for box in boxes:
        top, bottom = round((box.top - 0.7) * scale) - y0, round((box.bottom + 0.7) * scale) - y0
        left, right = round((box.x0 - 0.7) * scale) - x0, round((box.x1 + 0.7) * scale) - x0
        known[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = True
    return known


def _views(group: Group) -> list[Floats]:
    high, wide = group.mask.shape
    paper = max(60.0, _tone(group.grey, 0.9))
    dark = np.clip((paper - group.grey.astype(np.float32)) / paper, 0, 1)
    near = cv2.dilate(group.mask.astype(np.uint8), np.ones((3, 3), np.uint8))
    zoom = (HIGH - 2) / max(high, wide / (BROAD * MOST_VIEWS) * HIGH)
    size = (max(1, round(wide * zoom)), max(1, round(high * zoom)))
    way = cv2.INTER_AREA if zoom < 1 else cv2.INTER_LINEAR
    seen = np.stack(
        [cv2.resize(dark * near, size, interpolation=way), cv2.resize(dark, size, interpolation=way)], -1
    )
    count = max(1, min(MOST_VIEWS, -(-size[0] // BROAD)))
    starts = np.linspace(0, max(0, size[0] - BROAD), count).astype(int)
    views = []
    for start in starts:
        part = seen[:HIGH, start : start + BROAD]
        view = np.zeros((HIGH, BROAD, 2), np.float32)
        top, left = (HIGH - part.shape[0]) // 2, (BROAD - part.shape[1]) // 2
        view[top : top + part.shape[0], left : left + part.shape[1]] = part
        views.append(view)
    return views


def _facts(group: Group, sheet: Sheet) -> Floats:
    """Size, proportions, the stroke's width and how it varies, and how many pieces of what heights."""
    s = sheet.scale
    mask = np.pad(group.mask.astype(np.uint8), 1)
    high, wide = group.mask.shape
    away = cv2.distanceTransform(mask, cv2.DIST_L2, 3)
    ridge = (away >= cv2.dilate(away, np.ones((3, 3), np.uint8)) - 1e-3) & (mask > 0)
    widths = away[ridge] * 2 / s
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    heights = stats[1:, cv2.CC_STAT_HEIGHT] / s
    return np.array(
        [
            np.log(high / s + 1), np.log(wide / s + 1), np.log((wide + 1) / (high + 1)), widths.mean(), widths.std() / (widths.mean() + 0.01),
            (count - 1) / (wide / max(1, high) + 1), group.mask.mean(), group.grey[group.mask].mean() / 255,
            heights.max() / (np.median(heights) + 0.1), float(sheet.bilevel),
        ],
        np.float32,
    )  # fmt: skip
