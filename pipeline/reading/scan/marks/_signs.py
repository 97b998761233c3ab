"""Signatures of a scanned page: whether a hand left ink on a line, and what on a page is handwriting at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from pipeline.reading.scan.marks._net import chances, weights_of
from pipeline.reading.scan.marks._sign_views import groups_in, looks, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.domain import Box
    from pipeline.reading.scan._types import Sheet
    from pipeline.reading.scan.marks._sign_views import Group

MARGINS = (8.0, 14.0, 14.0)
"""Points beside, above and below the area in which a signature may lie that was meant for it."""
PRINT, HAND, OTHER = range(3)
SURELY, HARDLY = 0.7, 0.15
TOUCHES = 0.08
"""The share of a group that must lie in the area for it to count as on the line."""
STAMP = 20.0
"""Points: a stamp's ring or frame is at least as wide and as high."""
CLOSED = 0.85
"""So much of the way round, a ring or a frame has ink."""
STRAIGHT = 2.0
"""Points: ink no wider than this along its whole length is a line."""
PASSING = 0.4
"""How surely at most a hand wrote what goes on over and under the place to sign: a stain's edge, a fold, a streak."""
SMALLEST = 5.0
"""Points: handwriting smaller than this both ways signs nothing for sure."""


class Signed(NamedTuple):
    """``present`` is None when nobody can be sure; ``outside``: most of the ink lies outside the area.

    Handwriting that doesn't reach the area at all (it may belong to another line) gives None, outside.
    """

    present: bool | None
    confidence: float
    outside: bool = False


class Claim(NamedTuple):
    """Ink at a place to sign, and how surely a hand wrote it. ``read``: it also reads well as words."""

    group: Group
    odds: float
    read: bool = False


def sign_state(sheet: Sheet, area: Box, print_boxes: Sequence[Box]) -> Signed:
    """Tell whether somebody signed in ``area``; ``print_boxes`` are the words known to be printed or typed there."""
    return said_of(claims_on(sheet, area, print_boxes))


def claims_on(sheet: Sheet, area: Box, print_boxes: Sequence[Box]) -> list[Claim]:
    """All ink in and round an area that is not known to be printed."""
    groups = groups_in(sheet, area, print_boxes, MARGINS)
    odds = _odds(groups, sheet) if groups else []
    return [Claim(group, chance) for group, chance in zip(groups, odds, strict=True)]


def said_of(claims: Sequence[Claim]) -> Signed:
    """What all ink at one place says together."""
    if not claims:
        return Signed(False, 0.999)
    on = [claim for claim in claims if claim.group.inside >= TOUCHES]
    best = max((claim.odds for claim in on), default=0.0)
    if best >= SURELY:
        written = [claim.group for claim in on if claim.odds >= SURELY]
        ink = [float(group.mask.sum()) for group in written]
        inside = sum(i * group.inside for i, group in zip(ink, written, strict=True)) / sum(ink)
        large = any(max(_sides(group.box)) >= SMALLEST for group in written)
        return Signed(True if large else None, best if large else 0.5, inside < 0.5)
    near = max((claim.odds for claim in claims if claim.group.inside < TOUCHES), default=0.0)
    if near >= SURELY and best <= HARDLY:
        return Signed(None, 1 - near, True)
    if best > HARDLY:
        return Signed(None, best)
    return Signed(False, 1 - best)


def is_handwriting(sheet: Sheet, segment_box: Box) -> float:
    """The probability that the ink of a segment was written by hand and not printed."""
    group = whole(sheet, segment_box)
    return 0.0 if group is None else _odds([group], sheet)[0]


def _sides(box: Box) -> tuple[float, float]:
    return box.x1 - box.x0, box.bottom - box.top


def _odds(groups: Sequence[Group], sheet: Sheet) -> list[float]:
    """For each group the probability that it is handwriting: the mean over its views."""
    views, facts, owners = looks(groups, sheet)
    hand = chances(weights_of("signs"), [views], facts)[:, HAND]
    odds = [
        0.0
        if _straight(group, sheet.scale) or _framed(group, sheet.scale)
        else float(np.mean(hand[owners == number]))
        for number, group in enumerate(groups)
    ]
    return [min(PASSING, one) if group.passing else one for one, group in zip(odds, groups, strict=True)]


def _straight(group: Group, scale: float) -> bool:
    """Whether a group is one straight line, however it slants."""
    points = cv2.findNonZero(group.mask.astype(np.uint8))
    return min(cv2.minAreaRect(points)[1]) < STRAIGHT * scale


def _framed(group: Group, scale: float) -> bool:
    """Whether ink runs all the way round a group, as a stamp's ring or frame does and no signature."""
    high, wide = group.mask.shape
    if min(high, wide) < STAMP * scale:
        return False
    edge = max(2, round(2.0 * scale))
    sides = (
        group.mask[:edge].any(0),
        group.mask[-edge:].any(0),
        group.mask[:, :edge].any(1),
        group.mask[:, -edge:].any(1),
    )
    if min(float(side.mean()) for side in sides) >= CLOSED:
        return True
    if not 0.8 < wide / high < 1.25:
        return False
    y, x = np.nonzero(group.mask)
    across, down = (x - (wide - 1) / 2) / (wide / 2), (y - (high - 1) / 2) / (high / 2)
    rim = np.hypot(across, down) > 0.85
    turns = np.floor(np.degrees(np.arctan2(down[rim], across[rim])) / 10)
    return len(np.unique(turns)) / 36 >= CLOSED
