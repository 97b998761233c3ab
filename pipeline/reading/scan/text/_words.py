"""Where words stand on a strip: both readers say about where, the blanks between the letters say exactly."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pipeline.domain import Box
from pipeline.reading.scan._types import ReadLine, ReadWord
from pipeline.reading.scan.text._strip import Strip

WIDEST_WITHIN = 0.45
"""A blank wider than this share of a capital's height parts two words."""
CLEARLY = 1.25
"""How many times as wide as any blank within a word a blank between words is, where that is clear."""
ASTRAY = 2.5
"""Letters: how far from a blank a reader may take a word to begin."""
SHORT = frozenset("acegijmnopqrsuvwxyzæøåáàâäãéèêëóòôöíìîïúùûüçñčšžŋ.,:;·•-–—_~«»*+=<>\"'’")
"""Characters that don't reach a capital's height (small letters with marks count by their body)."""


class About(NamedTuple):
    """A word, and from where to where it stands in pixels of the strip, as a reader says."""

    text: str
    start: float
    end: float
    confidence: float


def placed(strip: Strip, words: Sequence[About]) -> ReadLine:
    """The words with boxes like those of printed files: as high as the font, each from its first to its last ink.

    A word that stands where no ink is, is none.
    """
    if not words:
        return ReadLine((), 0.0)
    high, low = _heights(strip, "".join(word.text for word in words))
    s = strip.scale
    cuts = _cuts(strip, words)
    inked = np.asarray(strip.ink.any(axis=0))
    found: list[ReadWord] = []
    for number, word in enumerate(words):
        start, end = cuts[number], cuts[number + 1]
        columns = np.flatnonzero(inked[start:end])
        if not columns.size:
            continue
        x0, x1 = strip.x + start + int(columns[0]), strip.x + start + int(columns[-1]) + 1
        found.append(ReadWord(word.text, Box(x0 / s, high, x1 / s, low), word.confidence))
    if not found:
        return ReadLine((), 0.0)
    mean = sum(w.confidence * len(w.text) for w in found) / sum(len(w.text) for w in found)
    return ReadLine(tuple(found), mean)


def _heights(strip: Strip, text: str) -> tuple[float, float]:
    """Top and bottom, in points, of a font whose letters are as high as these."""
    tall = any(char not in SHORT for char in text if not char.isspace())
    above = strip.foot - int(np.flatnonzero(strip.ink.any(axis=1))[0])
    size = above / (0.72 if tall else 0.52)
    if any(char in "ÅÁÀÂÄÉÈÖÜŠČŽ" for char in text):
        size = above / 0.93
    size = max(size, 1.0)
    foot = strip.y + strip.foot
    return (foot - 0.9 * size) / strip.scale, (foot + 0.22 * size) / strip.scale


def blanks(strip: Strip) -> list[tuple[int, int]]:
    """The runs of columns without ink, from left to right."""
    empty = np.concatenate(([0], (~strip.ink.any(axis=0)).astype(np.int8), [0]))
    edges = np.flatnonzero(np.diff(empty))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def spaced(strip: Strip, words: Sequence[ReadWord]) -> float:
    """How clearly the words part where the letters do, 0 where they don't."""
    return parting(
        strip, [(left.box.x1 + right.box.x0) / 2 * strip.scale - strip.x for left, right in pairwise(words)]
    )


def parting(strip: Strip, cuts: Sequence[float]) -> float:
    """How many times as wide as any other the blanks at these columns are; 0 where they aren't clearly wider."""
    within: list[int] = []
    between: list[int] = []
    for start, end in blanks(strip):
        if start == 0 or end >= strip.ink.shape[1]:
            continue
        parted = any(start - 1 <= cut <= end + 1 for cut in cuts)
        (between if parted else within).append(end - start)
    if len(between) < len(cuts):
        return 0.0
    narrowest = min(between, default=0)
    widest = max(within, default=0)
    if not between:
        return float(widest < WIDEST_WITHIN * strip.capital)
    return narrowest / max(widest, 1) if narrowest > max(CLEARLY * widest, widest + 1) else 0.0


def _cuts(strip: Strip, words: Sequence[About]) -> list[int]:
    """Columns between the words: within the widest blank about where the reader parted them."""
    wide = strip.ink.shape[1]
    gaps = blanks(strip)
    clear = _clear_cuts(words, [gap for gap in gaps if gap[0] > 0 and gap[1] < wide])
    if clear:
        return [0, *clear, wide]
    cuts = [0]
    for left, right in pairwise(words):
        letter = max(
            (left.end - left.start) / max(len(left.text), 1),
            (right.end - right.start) / max(len(right.text), 1),
        )
        middle = (left.end + right.start) / 2
        reach = (right.start - left.end) / 2 + 1.2 * letter
        near = [
            (end - start - 0.4 * abs((start + end) / 2 - middle), start, end)
            for start, end in gaps
            if abs((start + end) / 2 - middle) <= reach
        ]
        cut = (max(near)[1] + max(near)[2]) // 2 if near else round(middle)
        cuts.append(min(max(cut, cuts[-1]), wide))
    return [*cuts, wide]


def _clear_cuts(words: Sequence[About], gaps: list[tuple[int, int]]) -> list[int]:
    """The columns between the words where as many blanks as part words are clearly wider than all others; else nothing.

    A reader may be a letter or two wrong about where a word begins, and take the end of a label for a value's beginning.
    """
    ordered = sorted(gaps, key=lambda gap: gap[0] - gap[1])
    between, within = ordered[: len(words) - 1], ordered[len(words) - 1 :]
    if not between or len(between) < len(words) - 1:
        return []
    narrowest = between[-1][1] - between[-1][0]
    widest = within[0][1] - within[0][0] if within else 0
    if narrowest <= max(CLEARLY * widest, widest + 1):
        return []
    cuts = sorted((start + end) // 2 for start, end in between)
    for cut, (left, right) in zip(cuts, pairwise(words), strict=True):
        letter = max(
            (each.end - each.start) / max(len(each.text), 1)
            for each in (left, right)
            if each.end > each.start
        )
        if abs(cut - (left.end + right.start) / 2) > ASTRAY * letter + (right.start - left.end) / 2:
            return []
    return cuts
