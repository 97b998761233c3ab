"""Whether a page was scanned so pale, in black and white only, that what was written on it may be gone without a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.reading.scan.drawn._runs import labelled

if TYPE_CHECKING:
    from pipeline.reading.scan._types import Segment, Sheet

INK = 128
"""Levels of grey: darker is ink in a picture that had black and white only."""
LINES = (4.0, 16.0)
"""Points: how high a segment of plain text is."""
LONG = 20.0
"""Points: how long it is at least."""
ENOUGH = 6
"""So few segments tell nothing of a page."""
BIT = 0.35
"""Heights of its segment: what is lower is a bit of a letter, a dot or a dash."""
BROKEN = 0.028
"""The share of ink in such bits from which print is broken. Of 166 pages drawn in black and white 159 had 0.025 at most and
seven 0.034 and more, five of them pale."""


def is_worn(sheet: Sheet, segments: list[Segment]) -> bool:
    """Whether the letters of a page of black and white are broken to bits. A grey page keeps even the palest print."""
    if not sheet.bilevel:
        return False
    lines = [
        one.box
        for one in segments
        if LINES[0] < one.box.bottom - one.box.top < LINES[1] and one.box.x1 - one.box.x0 >= LONG
    ]
    if len(lines) < ENOUGH:
        return False
    ink = bits = 0
    for box in lines:
        _, stats, _ = labelled((sheet.crop(box) < INK).view(np.uint8))
        heights, areas = stats[1:, 3], stats[1:, 4]
        ink += int(areas.sum())
        bits += int(areas[heights < BIT * (box.bottom - box.top) * sheet.scale].sum())
    return bits >= BROKEN * max(ink, 1)
