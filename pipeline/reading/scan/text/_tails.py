"""Tails that end in a line to write on: taken for a part of the line, they leave an i of a j, a v of a y, an a of a g.

Pixels of the sheet; points only as measures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.reading.layout._shapes import Rule
from pipeline.reading.scan._types import Sheet

if TYPE_CHECKING:
    from pipeline.reading.scan._types import Grey, Inked

UNDER = (0.4, 3.2)
"""Points under the foot of a run of letters between which a line lies that its tails may reach."""
AROUND = 1.5
"""Points: a line's ink lies this near to where it is said to be."""
CHUNK = 60.0
"""Points: a line that is not quite level is looked at in pieces of this length."""
FULL = 0.6
"""The share of its length that a line inks in each of its rows."""
FEW, MANY, CLEAR = 0.3, 0.6, 0.8
"""The share of a run's inked columns that its tails take at most, where they are shorter and longer than so many points.
Where more touch the line, letters stand on it.
"""
_PAPER = 255


def with_tails(
    sheet: Sheet, rules: list[Rule], grey: Grey, ink: Inked, corner: tuple[int, int]
) -> tuple[Grey, Inked]:
    """A run's picture, ``corner`` (x, y) where it begins on the sheet, with what of its tails lies between its foot and a line.

    The line's own rows are kept under a tail: it ends somewhere in them, and no more of it can be seen.
    """
    s, (left, top) = sheet.scale, corner
    high, wide = ink.shape
    foot = top + high
    near = [
        rule
        for rule in rules
        if rule.across
        and UNDER[0] <= rule.at - foot / s <= UNDER[1]
        and min(rule.end * s, left + wide) - max(rule.start * s, left) > 0
    ]
    if not near:
        return grey, ink
    end = min(sheet.ink.shape[0], round((max(rule.at for rule in near) + AROUND) * s) + 2)
    tails = np.zeros((end - foot, wide), dtype=np.bool_)
    for rule in near:
        first, last = max(0, round(rule.start * s) - left), min(wide, round(rule.end * s) - left + 1)
        step = max(8, round(CHUNK * s))
        for start in range(first, last, step):
            stop = min(last, start + step)
            under = sheet.ink[foot - 1 : end, left + start : left + stop]
            nearest = max(round((rule.at - AROUND) * s) - foot, 1)
            _hang(under, ink[:, start:stop], tails[:, start:stop], nearest, CLEAR * s)
    rows = np.flatnonzero(tails.any(axis=1))
    if not rows.size:
        return grey, ink
    tails = tails[: int(rows[-1]) + 1]
    below = sheet.grey[foot : foot + tails.shape[0], left : left + wide]
    rim = cv2.dilate(tails.view(np.uint8), np.ones((1, 3), dtype=np.uint8)) > 0
    below = np.where(rim, below, np.uint8(_PAPER))
    return np.vstack((grey, below)), np.vstack((ink, tails))


def _hang(under: Inked, letters: Inked, tails: Inked, nearest: int, clear: float) -> None:
    """Mark, in place, the tails of one stretch. ``under`` begins with the letters' last row, ``tails`` with the row below it;
    ``nearest``: the first row of ``under`` that the line may take; ``clear``: rows from which on tails are long.
    """
    share = under[1:].mean(axis=1)
    line = np.flatnonzero(share >= FULL)
    line = line[line >= nearest]
    if not line.size:
        return
    upper, lower = int(line[0]) - 1, int(line[-1]) + 1
    if upper < 1:
        return
    joined = under[: upper + 1].view(np.uint8)
    _, pieces = cv2.connectedComponents(np.ascontiguousarray(joined), connectivity=8)
    both = set(np.unique(pieces[0]).tolist()) & set(np.unique(pieces[upper]).tolist()) - {0}
    if not both:
        return
    hanging = np.isin(pieces, list(both))
    touching = hanging[upper]
    if touching.sum() > (MANY if upper >= clear else FEW) * letters.any(axis=0).sum():
        return
    tails[:upper] |= hanging[1:]
    tails[upper:lower] |= under[upper + 1 : lower + 1] & touching
