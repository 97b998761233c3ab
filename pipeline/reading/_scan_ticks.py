"""Tick boxes of a scanned page: on, off, unsure, and whether the box was filled in or struck out.

A box is compared with its own print, learnt from all boxes of the page that look alike, and judged with what runs into it from outside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.domain import MarkState
from pipeline.reading._scan_net import chances, weights_of
from pipeline.reading._scan_tick_views import views_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.reading._scan_types import Sheet, TickBox

SURELY_ON = 0.92
SURELY_OFF = 0.8
TOO_DARK_TO_BE_EMPTY = 0.35
"""Mean darkness of what isn't print in a box's middle: above this a box is never called empty without a look."""


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
    return [
        _verdict(float(off), float(on), float(corrected), float(ink))
        for (off, on, corrected), ink in zip(odds, views.facts[:, 0], strict=True)
    ]


def judge(sheet: Sheet, box: TickBox, others: Sequence[TickBox]) -> Judged:
    """Judge one box; ``others`` are the page's other boxes, which show how an empty one looks."""
    return judge_group(sheet, [box, *(other for other in others if other != box)])[0]


def _verdict(off: float, on: float, corrected: float, ink: float) -> Judged:
    if on >= SURELY_ON:
        return Judged(MarkState.ON, on)
    if off >= SURELY_OFF and ink < TOO_DARK_TO_BE_EMPTY:
        return Judged(MarkState.OFF, off)
    return Judged(MarkState.UNSURE, max(on, off), corrected > max(on, off))
