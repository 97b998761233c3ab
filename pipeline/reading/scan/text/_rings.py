"""Rings, dots, strokes and tails of letters, measured: a witness that knows no letters.

Both readers lose the ring of an Å or the tail of a j together now and then; where the ink stands shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from pipeline.reading.scan.text._recogniser import Letter
from pipeline.reading.scan.text._strip import Strip

if TYPE_CHECKING:
    from pipeline.reading.scan._types import Inked

LOW = frozenset("aceomnrsuvwxzæø")
TALL = frozenset("ABCDEFGHKLMNOPRSTUVWXYZÆØbdhkl0123456789")
MARKED_LOW = frozenset("åäöáàâéèêëóòôüñčšž")
MARKED_TALL = frozenset("ÅÄÖÁÀÂÉÈÊËÓÒÔÜÑČŠŽ")
_LOW = 0.73
"""A small letter's height as a share of a capital's; fonts have 0.66 to 0.78."""
STANDING = frozenset("iunvaoceN")
"""Letters taken for ones with a tail (j, y, ŋ, g, q, Ŋ): they end on the line."""
TAILED = frozenset("gjpqy")
UNBROKEN = frozenset("lI1t")
"""Letters without a dot of their own, taken for i and j."""
_TAIL, _NO_TAIL = 0.12, 0.05
"""How far under the line ink goes, as a share of a capital's height; standing letters have up to 0.05, tails 0.15 to 0.3."""
BARS = {"D": ((0.42, 0.58), (0.26, 0.34), (0.66, 0.74)), "d": ((0.10, 0.24), (0.34, 0.44))}
"""Of the Sámi letters that both readers take for others: where their bar is, in shares of the height, and then where it is not."""
_BAR = 0.06
"""How far a bar stands out of its stem, as a share of the letter's height."""
_DOT = 0.13
"""The side of the least dot, as a share of a capital's height; less ink is dust."""
_OVER_LOW, _OVER_TALL = 0.90, 1.13
"""From here on, as a share of a capital's height, something stands over a small letter, a capital."""


class _Shape(NamedTuple):
    """A letter's ink: pixels over and under the line, whether a blank row parts it, and whether a bar crosses its stem."""

    text: str
    above: float
    below: float
    broken: bool
    barred: bool


def unlike(strip: Strip, letters: tuple[Letter, ...]) -> bool:
    """Whether some letter's ink is not where it must be: a ring too much or missing, a tail, a dot."""
    shapes = _shapes(strip, letters)
    if any(_misshapen(shape, strip.capital) for shape in shapes):
        return True
    heights = [(shape.text, shape.above) for shape in shapes]
    plain = [h if text in TALL else h / _LOW for text, h in heights if text in TALL or text in LOW]
    if not plain:
        return any(text in MARKED_LOW or text in MARKED_TALL for text, _ in heights) and len(heights) > 1
    capital = float(np.median(plain))
    for text, height in heights:
        share = height / capital
        if (text in LOW and share > _OVER_LOW) or (text in TALL and share > _OVER_TALL):
            return True
        if (text in MARKED_LOW and share < _OVER_LOW) or (text in MARKED_TALL and share < _OVER_TALL):
            return True
    return False


def _misshapen(shape: _Shape, capital: float) -> bool:
    tail = shape.below / capital
    if shape.text in STANDING and tail > _TAIL:
        return True
    if shape.text in TAILED and tail < _NO_TAIL:
        return True
    return shape.barred or (shape.text in UNBROKEN and shape.broken)


def _shapes(strip: Strip, letters: tuple[Letter, ...]) -> list[_Shape]:
    """Each letter that stands apart from its neighbours, with how far its ink reaches over and under the line."""
    ink = _without_dust(strip)
    inked = ink.any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0]))))
    starts, ends = edges[::2], edges[1::2]
    if not starts.size:
        return []
    owners: dict[int, list[str]] = {}
    for letter in letters:
        if letter.text == " ":
            continue
        away = np.maximum(np.maximum(starts - letter.at, letter.at - ends), 0)
        owners.setdefault(int(away.argmin()), []).append(letter.text)
    found: list[_Shape] = []
    for run, texts in owners.items():
        # Where a neighbour has no letter at all, letters aren't where the recogniser says they are.
        if len(texts) != 1 or any(
            0 <= beside < len(starts) and beside not in owners for beside in (run - 1, run + 1)
        ):
            continue
        rows = np.flatnonzero(ink[:, starts[run] : ends[run]].any(axis=1))
        first, last = int(rows[0]), int(rows[-1])
        broken = last + 1 - first > rows.size
        barred = _barred(texts[0], ink[first : last + 1, starts[run] : ends[run]])
        found.append(_Shape(texts[0], strip.foot - first, last + 1 - strip.foot, broken, barred))
    return found


def _barred(text: str, ink: Inked) -> bool:
    """Whether the stem of what was read as a D or d is crossed by a bar, as that of a Đ or đ is."""
    bands = BARS.get(text)
    if bands is None:
        return False
    high = ink.shape[0]
    side = ink if text == "D" else ink[:, ::-1]
    edges = [
        side[rows][side[rows].any(axis=1)].argmax(axis=1)
        for rows in (slice(round(a * high), max(round(b * high), round(a * high) + 1)) for a, b in bands)
        if side[rows].any()
    ]
    if len(edges) < len(bands):
        return False
    stem = min(float(np.median(one)) for one in edges[1:])
    return bool(stem - float(np.percentile(edges[0], 25)) >= _BAR * high)


def _without_dust(strip: Strip) -> Inked:
    """A strip's ink without pieces too small for a dot or a ring."""
    _, pieces, stats, _ = cv2.connectedComponentsWithStats(strip.ink.view(np.uint8), connectivity=8)
    kept = stats[:, cv2.CC_STAT_AREA] >= (_DOT * strip.capital) ** 2
    kept[0] = False
    return strip.ink if kept[1:].all() else np.asarray(kept[pieces], dtype=np.bool_)
