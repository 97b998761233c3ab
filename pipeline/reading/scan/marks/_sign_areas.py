"""Where on a scanned page a signature for a label lies, and the picture that it is judged on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.domain import Box, SigningPlace
from pipeline.reading.scan.drawn._written import written
from pipeline.reading.scan.paper._smaller import smaller

if TYPE_CHECKING:
    from pipeline.reading.layout._shapes import Rule
    from pipeline.reading.scan._types import Drawn, Sheet

FINE = 2.0
"""Pixels a point: so fine a picture is enough to tell handwriting."""
OVER, UNDER = 20.0, 3.0
"""Points over and under a line in which a signature on it lies."""
INKED = 190
"""Darker than this is ink on a clean sheet."""
LEAST_LINE = 30.0
"""Points: nobody signs on a shorter line."""
ABOVE, BELOW, TIGHT = 22.0, 46.0, 13.0
"""Points between a label and the line over or under it; a line so tight over a label is that label's own."""
LEVEL, BROKEN, NAME = 2.0, 130.0, 70.0
"""Points: pieces of one line lie so level, a signature breaks so much out of it, and no line to sign on is shorter."""
BEFORE = 40.0
"""Points: a line that begins farther left of a label is a frame's, and nobody signs for that label on it."""
ROOM, LOST = 10.0, 28.0
"""Points: a name needs so much height; and where no line is found, a signature stands at most so far under its label."""
CLOSE = 14.0
"""Points from a label to the line after it."""
MARGIN = 20.0
"""Points at a page's edge where no line goes."""


@dataclass(frozen=True)
class Looked:
    """A sheet's picture, coarse enough to be kept, its ruling lines, its folds, its tick boxes and what is no writing."""

    sheet: Sheet
    rules: tuple[Rule, ...]
    folds: tuple[Rule, ...]
    boxes: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()

    @cached_property
    def bare(self) -> Sheet:
        """The picture with its ruling lines wiped out; what crosses one stays."""
        sheet = replace(self.sheet, ink=self.sheet.grey < INKED)
        kept = written(sheet, [*self.rules, *self.folds], []) > 0
        lines = cv2.dilate((sheet.ink & ~kept).view(np.uint8), np.ones((3, 3), np.uint8)).view(np.bool_)
        return replace(sheet, grey=np.where(lines & ~kept, np.uint8(255), sheet.grey))


def looked(sheet: Sheet, drawn: Drawn) -> Looked:
    """What must be kept of a sheet to judge signatures on it later."""
    less = max(1, int(sheet.scale / FINE))
    small = replace(
        sheet, grey=smaller(sheet.grey, less), ink=np.zeros((0, 0), bool), scale=sheet.scale / less
    )
    boxes = tuple(tick.box for tick in drawn.boxes)
    return Looked(small, tuple(drawn.rules), tuple(drawn.folds), boxes, tuple(drawn.pictures))


def area_of(place: SigningPlace, rules: Sequence[Rule], width: float) -> Box:
    """Where a signature for a label lies: on the line after it, over or under it; without a line, beside or under it."""
    label, until = place.label, min(place.until, width - MARGIN)
    if place.room is not None:
        return place.room
    high = label.bottom - label.top
    beside = [
        rule
        for rule in rules
        if label.bottom - 0.5 * high <= rule.at <= label.bottom + 0.8 * high
        and min(rule.end, until) - max(rule.start, label.x1) >= LEAST_LINE
    ]
    if beside:
        rule = min(beside, key=lambda one: (abs(max(one.start - label.x1, 0.0)), abs(one.at - label.bottom)))
        # A signature may have broken off the line's beginning.
        broken = CLOSE < rule.start - label.x1 <= BROKEN
        start = label.x1 + 1 if broken else max(label.x1 + 1, rule.start)
        return _along(rule, rules, start, until, rule.at - OVER)
    along = [
        rule
        for rule in rules
        if label.x0 - BEFORE <= rule.start <= label.x0 + 18 and rule.end >= label.x0 + LEAST_LINE
    ]
    over = [rule for rule in along if max(label.top - ABOVE, place.above + ROOM) <= rule.at <= label.top + 2]
    under = [rule for rule in along if label.bottom + 2 < rule.at <= min(label.bottom + BELOW, place.below)]
    near = max(over, key=lambda one: one.at) if over else None
    until = max(until, label.x1)
    if under and (near is None or label.top - near.at > TIGHT):
        near = min(under, key=lambda one: one.at)
        return _along(near, rules, near.start, until, min(near.at - OVER, label.bottom))
    if near is not None:
        return _along(near, rules, near.start, until, near.at - OVER)
    low = min(place.below - 1, label.bottom + LOST)
    if low < label.bottom + ROOM:
        return Box(label.x1 + 1, label.top - 5, max(until, label.x1 + LEAST_LINE), label.bottom + 3)
    return Box(label.x0, label.top - 5, max(until, label.x1 + LEAST_LINE), low)


def _along(rule: Rule, rules: Sequence[Rule], start: float, until: float, top: float) -> Box:
    """The room over a line, which a signature across it may have broken in pieces."""
    end = rule.end
    for other in sorted(rules, key=lambda one: one.start):
        if abs(other.at - rule.at) <= LEVEL and end < other.end and other.start - end <= BROKEN:
            end = other.end
    return Box(start, top, min(max(end, start + NAME), until), rule.at + UNDER)
