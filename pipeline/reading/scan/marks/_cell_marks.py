"""A cross or tick in an empty table cell, where no box is printed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from pipeline.domain import MarkState
from pipeline.reading.scan.marks._sign_views import groups_in
from pipeline.reading.scan.marks._ticks import Judged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.domain import Box
    from pipeline.reading.scan._types import Sheet
    from pipeline.reading.scan.marks._sign_views import Group

SMALLEST_MARK = 4.2
"""Points: a mark is at least as large as this one way; what is smaller may be a dot or dirt."""
LARGEST_MARK = 40.0
HOLLOW = 0.03
"""The middle of most ticks and of a cross has more ink than this; a ring's and a box's has none."""
AROUND_IT = 0.75
"""So much of two sides that face each other a box or a ring draws, though it be broken."""
INKED, DRAWN = 190, 0.5
"""Darker than this is ink on a clean sheet; so much of a cell's edge is ink where its frame is drawn."""
AROUND, FRAME = 8.0, 1.5
"""Points round a cell that are looked at, and to both sides of its edges in which its frame is drawn."""
INSIDE = 0.5
"""So much of a mark lies in its own cell."""
LEVEL = 2.5
"""What is wider than so many times its height is a dash, a line or a word."""
SLANTING = 0.28
"""So much of a mark's outline runs aslant; printed dashes, line remnants and the frame's scraps don't."""


class _Shape(NamedTuple):
    wide: float
    high: float
    slanting: float


def cell_mark(sheet: Sheet, cell: Box, words_near: Sequence[Box]) -> Judged:
    """Tell whether a cell holds a cross, a tick or another mark; ``words_near`` are words known to be text.

    A line that runs through the cell, a dot, a dash and anything that looks like writing are UNSURE.
    """
    sheet, cell, words_near = _unframed(sheet, cell, words_near)
    inset = min(1.5, (cell.x1 - cell.x0) / 8, (cell.bottom - cell.top) / 8)
    inner = type(cell)(cell.x0 + inset, cell.top + inset, cell.x1 - inset, cell.bottom - inset)
    groups = groups_in(sheet, inner, words_near, (6.0, 6.0, 6.0))
    found = [group for group in groups if group.inside * _reach(group) >= 1.5]
    if not found:
        return Judged(MarkState.OFF, 0.995)
    own = [group for group in found if group.inside >= INSIDE and _reach(group) >= SMALLEST_MARK]
    if not own:
        small = all(_reach(group) < SMALLEST_MARK or group.inside < 0.15 for group in found)
        return (
            Judged(MarkState.OFF, 0.9)
            if small and not _through(found, inner)
            else Judged(MarkState.UNSURE, 0.6)
        )
    if _through(found, inner):
        return Judged(MarkState.UNSURE, 0.5)
    group = max(own, key=lambda one: float(one.mask.sum()))
    shape = _shape(group)
    others = sum(float(one.mask.sum()) * one.inside for one in found if one is not group)
    if others > 0.35 * float(group.mask.sum()) or shape.wide > LEVEL * shape.high:
        return Judged(MarkState.UNSURE, 0.6)
    if (
        max(shape.wide, shape.high) > LARGEST_MARK
        or min(shape.wide, shape.high) < 2.0
        or shape.slanting < SLANTING
        or _hollow(group)
    ):
        return Judged(MarkState.UNSURE, 0.6)
    return Judged(MarkState.ON, 0.995)


def _unframed(sheet: Sheet, cell: Box, words: Sequence[Box]) -> tuple[Sheet, Box, list[Box]]:
    """The picture round a cell without the lines that frame it, and where the cell and the words are in it."""
    s = sheet.scale
    x0, y0 = (max(0, round((low - AROUND) * s)) / s for low in (cell.x0, cell.top))
    grey = sheet.crop(cell, AROUND).copy()
    moved, *others = (
        type(cell)(one.x0 - x0, one.top - y0, one.x1 - x0, one.bottom - y0) for one in (cell, *words)
    )
    for low, high, first, last, lines in (
        (moved.x0, moved.x1, moved.top, moved.bottom, grey.T),
        (moved.top, moved.bottom, moved.x0, moved.x1, grey),
    ):
        along = slice(max(0, round(first * s)), max(0, round(last * s)))
        for edge in (low, high):
            band = lines[max(0, round((edge - FRAME) * s)) : max(0, round((edge + FRAME) * s))]
            if band.size and float((band[:, along] < INKED).any(axis=0).mean()) >= DRAWN:
                band[:] = 255
    return replace(sheet, grey=grey), moved, others


def _hollow(group: Group) -> bool:
    """Whether a mark goes round what it leaves blank, as a printed box or a ring does, perhaps with gaps."""
    high, wide = group.mask.shape
    middle = group.mask[round(0.3 * high) : round(0.7 * high), round(0.3 * wide) : round(0.7 * wide)]
    if not middle.size or float(middle.mean()) >= HOLLOW:
        return False
    a, b = max(1, round(0.25 * high)), max(1, round(0.25 * wide))
    over, under = (float(part.any(axis=0).mean()) for part in (group.mask[:a], group.mask[-a:]))
    left, right = (float(part.any(axis=1).mean()) for part in (group.mask[:, :b], group.mask[:, -b:]))
    return max(min(over, under), min(left, right)) >= AROUND_IT


def _reach(group: Group) -> float:
    return max(group.box.x1 - group.box.x0, group.box.bottom - group.box.top)


def _through(groups: Sequence[Group], cell: Box) -> bool:
    """Whether ink runs in at one side of the cell and out at the other."""
    return any(
        (g.box.x0 < cell.x0 and g.box.x1 > cell.x1)
        or (g.box.top < cell.top - 2 and g.box.bottom > cell.bottom + 2)
        for g in groups
    )


def _shape(group: Group) -> _Shape:
    """Width and height in points, and the share of its edge that is neither level nor upright."""
    mask = cv2.GaussianBlur(np.pad(group.mask.astype(np.float32), 3), (0, 0), 1.2)
    x, y = cv2.Sobel(mask, cv2.CV_32F, 1, 0), cv2.Sobel(mask, cv2.CV_32F, 0, 1)
    steep = np.hypot(x, y)
    edge = steep > 0.3 * steep.max()
    turn = np.degrees(np.arctan2(np.abs(y[edge]), np.abs(x[edge])))
    slanting = float(np.mean((turn > 18) & (turn < 72)))
    return _Shape(group.box.x1 - group.box.x0, group.box.bottom - group.box.top, slanting)
