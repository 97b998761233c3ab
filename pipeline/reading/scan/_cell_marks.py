"""A cross or tick in an empty table cell, where no box is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from pipeline.domain import MarkState
from pipeline.reading.scan._sign_views import groups_in
from pipeline.reading.scan._ticks import Judged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.domain import Box
    from pipeline.reading.scan._sign_views import Group
    from pipeline.reading.scan._types import Sheet

SMALLEST_MARK = 4.2
"""Points: a mark is at least as large as this one way; what is smaller may be a dot or dirt."""
LARGEST_MARK = 40.0
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
    ):
        return Judged(MarkState.UNSURE, 0.6)
    return Judged(MarkState.ON, 0.995)


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
