"""Tick boxes of a scanned page: on, off, unsure, and whether the box was filled in or struck out.

A box is compared with its own print, learnt from all boxes of the page that look alike, and judged with what runs into it from outside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from pipeline.domain import MarkState
from pipeline.reading.scan.marks._net import chances, weights_of
from pipeline.reading.scan.marks._tick_views import views_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.reading.scan._types import Sheet, TickBox

    Floats = NDArray[np.float32]

SURELY_ON = 0.9
SURELY_OFF = 0.9
TOO_DARK_TO_BE_EMPTY = 0.35
"""Mean darkness of what isn't print in a box's middle: above this a box is never called empty without a look."""
HARDLY_OFF = 0.05
"""A box that is so hardly empty was ticked or blacked out."""
DARK = 3
"""Among the facts of a box: how much of its inside is dark."""
SHOWN = (0, 1, 2, 3, 6)
"""Among the facts of a box: ink and darkness inside and outside, which tell how it is ticked."""
LIKE, UNLIKE = 0.08, 0.2
"""By how much each of these differs between boxes ticked or left empty alike; and at least one between others."""
NEARLY_SURE = 0.75
"""How sure a box is at least that the page's others may make sure."""
NEARLY = 0.05
"""By how much of its inside a box is darker than the page's only sure tick where it may be ticked like that."""
FEWEST = 2
"""Boxes that show how somebody ticks."""
EQUALLY = 0.2
"""By how much of a box's inside those differ that one hand filled alike."""
FILLED, THIN = 0.75, 0.5
"""How much of its inside is dark in a box that was filled in, at least, and in one that was ticked, at most."""
HABITUAL = 0.98
"""How sure a tick is that only the page's others tell from a blacked-out box."""
SMALLEST_STROKE = 5
"""Pixels of a near view, a quarter of the box's side: ink in smaller scraps is dust or a grey print, never surely a mark."""


class Judged(NamedTuple):
    """``confidence`` is the probability of the state given, for UNSURE of the likelier of on and off.

    ``corrected``: the box was filled in or its mark struck out. It then counts as off only where another box of its
    question is clearly on, which its reader must see to; the state is UNSURE.
    """

    state: MarkState
    confidence: float
    corrected: bool = False


def judge_group(sheet: Sheet, boxes: Sequence[TickBox]) -> list[Judged]:
    """Judge all boxes of a page together, one for one in the order given."""
    if not boxes:
        return []
    views = views_of(sheet, boxes)
    odds = chances(weights_of("ticks"), [views.near, views.wide], views.facts)
    alone = [
        _verdict(float(off), float(on), float(corrected), float(ink), left)
        for (off, on, corrected), ink, left in zip(odds, views.facts[:, 0], views.left, strict=True)
    ]
    return by_habit(alone, odds, views.facts)


def by_habit(alone: list[Judged], odds: Floats, facts: Floats) -> list[Judged]:
    """What a box alone doesn't tell, from how the page's other boxes are ticked and left empty; ``odds``: off, on, corrected."""
    alone = _oddly_filled(alone, facts[:, DARK])
    return _like_sure_ones(_heavily_ticked(alone, odds[:, 0], facts[:, DARK]), odds, facts)


def _oddly_filled(alone: list[Judged], dark: Floats) -> list[Judged]:
    """A box filled in on a page where every other tick is a thin one may have been filled to take its tick back."""
    sure = [number for number, one in enumerate(alone) if one.state is MarkState.ON]
    full = [number for number in sure if dark[number] >= FILLED]
    thin = [number for number in sure if dark[number] <= THIN]
    if len(full) != 1 or len(thin) != len(sure) - 1 or not thin:
        return alone
    return [
        Judged(MarkState.UNSURE, one.confidence, corrected=True) if number in full else one
        for number, one in enumerate(alone)
    ]


def _heavily_ticked(alone: list[Judged], off: Floats, dark: Floats) -> list[Judged]:
    """Boxes that may be ticked heavily or blacked out: whoever fills boxes to tick them fills all alike.

    What is no darker than the page's sure ticks is one. Without a sure one, two that are equally dark, even if they look
    blacked out: a box is blacked out to tick another.
    """
    sure = [number for number, one in enumerate(alone) if one.state is MarkState.ON]
    heavy = [
        number
        for number, one in enumerate(alone)
        if one.state is MarkState.UNSURE and off[number] <= HARDLY_OFF and not (sure and one.corrected)
    ]
    doubtful = sum(one.state is MarkState.UNSURE for one in alone) > len(heavy)
    if not sure and (len(heavy) < FEWEST or doubtful or float(np.ptp(dark[heavy])) > EQUALLY):
        return alone
    most = float(dark[sure].max()) if sure else 1.0
    spare = EQUALLY / 2 if len(sure) >= FEWEST else NEARLY if sure else 0.0
    ticked = {number for number in heavy if dark[number] <= most + spare}
    return [
        Judged(MarkState.ON, HABITUAL, one.corrected) if n in ticked else one for n, one in enumerate(alone)
    ]


def _like_sure_ones(judged: list[Judged], odds: Floats, facts: Floats) -> list[Judged]:
    """Boxes that are nearly sure, and like two others of the page that are, and like none that is surely otherwise."""
    shown = facts[:, SHOWN]
    sure = [np.array([one.state is state for one in judged]) for state in (MarkState.OFF, MarkState.ON)]
    out = list(judged)
    for number, one in enumerate(judged):
        likely = int(odds[number, :2].argmax())
        if one.state is not MarkState.UNSURE or odds[number, likely] < NEARLY_SURE:
            continue
        away = np.abs(shown - shown[number]).max(axis=1)
        alike, otherwise = away[sure[likely]] <= LIKE, away[sure[1 - likely]] <= UNLIKE
        if alike.sum() >= FEWEST and not otherwise.any():
            out[number] = Judged((MarkState.OFF, MarkState.ON)[likely], HABITUAL)
    return out


def judge(sheet: Sheet, box: TickBox, others: Sequence[TickBox]) -> Judged:
    """Judge one box; ``others`` are the page's other boxes, which show how an empty one looks."""
    return judge_group(sheet, [box, *(other for other in others if other != box)])[0]


def _verdict(off: float, on: float, corrected: float, ink: float, left: Floats) -> Judged:
    if on >= SURELY_ON and _reach(left) >= SMALLEST_STROKE:
        return Judged(MarkState.ON, on)
    if off >= SURELY_OFF and ink < TOO_DARK_TO_BE_EMPTY:
        return Judged(MarkState.OFF, off)
    return Judged(MarkState.UNSURE, max(on, off), corrected > max(on, off))


def _reach(left: Floats) -> int:
    """The larger side of the largest connected piece of ink in and close to the box that isn't print."""
    close = left[8:32, 8:32]
    pieces = (close > max(0.08, 0.4 * float(close.max()))).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(pieces, connectivity=8)
    sides = stats[1:count, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    return int(sides.max(initial=0))
