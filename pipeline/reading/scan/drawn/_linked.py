"""Letters linked to runs: each with the next to its right on its line. All pairs are looked at together, for pages have thousands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.reading.scan.drawn._dust import InkPiece

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Truths = NDArray[np.bool_]

WIDEST_BLANK = 2.3
"""Small letters' heights: a wider blank parts two columns of text."""
TALL, LOW, BESIDE_TALL = 2.2, 1.6, 1.8
"""Usual heights of a letter: a tick or a stroke much taller than print, print beside it, and the blank that parts them."""
MOST_PAIRS = 200_000
"""Pairs held at once; a page strewn with noise has millions."""


class _Side(NamedTuple):
    """One side of many pairs, a number for each pair."""

    x0: Whole
    y0: Whole
    x1: Whole
    y1: Whole
    high: Whole


def linked(letters: Sequence[InkPiece], usual: float) -> list[list[InkPiece]]:
    """The runs of letters that stand on one line in one cell; ``usual``: the usual height of a letter in pixels."""
    if not letters:
        return []
    letters = sorted(letters)
    parent = list(range(len(letters)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for left, right in _links(letters, usual):
        parent[root(right)] = root(left)
    runs: dict[int, list[InkPiece]] = {}
    for number, piece in enumerate(letters):
        runs.setdefault(root(number), []).append(piece)
    return list(runs.values())


def _links(letters: Sequence[InkPiece], usual: float) -> Iterator[tuple[int, int]]:
    """Numbers of letters that belong together, the left one first."""
    numbers = np.array([(p.x0, p.y0, p.x1, p.y1, p.high, p.cell) for p in letters], np.int64)
    starts, high = numbers[:, 0], numbers[:, 4]
    size = np.minimum(np.maximum(high, 0.8 * usual), 1.6 * usual)
    first = np.searchsorted(starts, starts, side="left")
    last = np.searchsorted(starts, numbers[:, 2] + WIDEST_BLANK * size, side="right")
    ends = np.cumsum(last - first)
    begin = 0
    while begin < len(letters):
        before = int(ends[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(ends, before + MOST_PAIRS, side="right")))
        counts = (last - first)[begin:end]
        left = np.repeat(np.arange(begin, end), counts)
        right = np.arange(len(left)) - np.repeat(np.cumsum(counts) - counts, counts) + first[left]
        near = (left != right) & (numbers[left, 5] == numbers[right, 5])
        yield from _among(numbers, left[near], right[near], usual)
        begin = end


def _among(numbers: Whole, left: Whole, right: Whole, usual: float) -> Iterator[tuple[int, int]]:
    """The pairs that belong together: one upon the other, beside within the other, or the nearest beside."""
    one, other = _Side(*numbers[left, :5].T), _Side(*numbers[right, :5].T)
    upon = _upon(one, other)
    level = _level(one, other) & ~upon
    gap = other.x0 - one.x1
    most, least = np.maximum(one.high, other.high), np.minimum(one.high, other.high)
    level &= ~((most > TALL * usual) & (least < LOW * usual) & (gap > BESIDE_TALL * usual))
    within = level & ((other.x1 <= one.x1) | (gap < 0))
    sure = upon | within
    yield from zip(left[sure].tolist(), right[sure].tolist(), strict=True)
    beside = level & ~within
    left, right, gap = left[beside], right[beside], gap[beside]
    order = np.lexsort((right, gap, left))
    left, right = left[order], right[order]
    nearest = np.diff(left, prepend=-1) != 0
    yield from zip(left[nearest].tolist(), right[nearest].tolist(), strict=True)


def _upon(one: _Side, other: _Side) -> Truths:
    """Whether one of them stands upon the other as a ring or a dot does."""
    shared = np.minimum(one.x1, other.x1) - np.maximum(one.x0, other.x0)
    over = shared >= 0.5 * np.minimum(one.x1 - one.x0, other.x1 - other.x0)
    first = one.y0 < other.y0
    upper_high, lower_high = np.where(first, one.high, other.high), np.where(first, other.high, one.high)
    gap = np.where(first, other.y0 - one.y1, one.y0 - other.y1)
    return np.asarray(over & (upper_high < 0.65 * lower_high) & (gap < 0.3 * lower_high), np.bool_)


def _level(one: _Side, other: _Side) -> Truths:
    """Whether two letters stand on one line: the lower of them shares most of its height with the higher."""
    shared = np.minimum(one.y1, other.y1) - np.maximum(one.y0, other.y0)
    least, most = np.minimum(one.high, other.high), np.maximum(one.high, other.high)
    alike = (shared >= 0.5 * least) & ((least >= 0.3 * most) | (shared >= 0.9 * least))
    return np.asarray(alike | _hangs(one, other), np.bool_)


def _hangs(one: _Side, other: _Side) -> Truths:
    """Whether the second is a comma close after the first: low, from above its foot to below it."""
    low = (other.high < 0.7 * one.high) & (other.x0 - one.x1 < 0.5 * one.high)
    foot = (one.y0 + 0.4 * one.high < other.y0) & (other.y0 < one.y1) & (one.y1 < other.y1)
    return np.asarray(low & foot & (other.x0 > one.x0), np.bool_)
