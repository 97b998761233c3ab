"""The likeliest way through a recogniser's frames for a text of known shape, such as two figures, a stroke and two figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_NEVER = -1e9


class Course(NamedTuple):
    """How likely the way is (log), and for each place of the shape its first and last frame."""

    score: float
    spans: tuple[tuple[int, int], ...]


def course(logits: Floats, shape: Sequence[Sequence[int]]) -> Course | None:
    """The best way for ``shape``: for each place the columns that may stand there; column 0 is the blank between.

    None where there are fewer frames than places. The same character twice needs a blank between.
    """
    frames, columns = logits.shape
    long = len(shape)
    if frames < long or not long:
        return None
    allowed = np.full((long, columns), _NEVER)
    for place, may in enumerate(shape):
        allowed[place, list(may)] = 0.0
    shown = np.full((long, columns), _NEVER)
    blank = np.full(long + 1, _NEVER)
    blank[0] = 0.0
    rows = np.arange(long)
    ways: list[tuple[NDArray[np.int8], NDArray[np.int64], NDArray[np.int8], NDArray[np.int64]]] = []
    for frame in range(frames):
        emit = logits[frame]
        best = shown.argmax(axis=1)
        top = shown[rows, best]
        others = shown.copy()
        others[rows, best] = _NEVER
        second = others.argmax(axis=1)
        come = np.full((long, columns), _NEVER)
        before = np.zeros((long, columns), np.int64)
        if long > 1:
            come[1:] = top[:-1, None]
            before[1:] = best[:-1, None]
            come[rows[1:], best[:-1]] = others[rows[:-1], second[:-1]]
            before[rows[1:], best[:-1]] = second[:-1]
        choices = np.stack((shown, np.repeat(blank[:-1, None], columns, axis=1), come))
        kind = choices.argmax(axis=0).astype(np.int8)
        fresh = choices.max(axis=0) + emit[None, :] + allowed
        ended = np.concatenate(([_NEVER], top))
        stays = blank >= ended
        rest = np.where(stays, blank, ended) + emit[0]
        ways.append((kind, before, stays.astype(np.int8), np.concatenate(([0], best))))
        shown, blank = fresh, rest
    last = int(shown[-1].argmax())
    score, resting = max((float(shown[-1, last]), False), (float(blank[-1]), True))
    if score < _NEVER / 2:
        return None
    return Course(score, _traced(ways, long, last, resting))


def _traced(
    ways: Sequence[tuple[NDArray[np.int8], NDArray[np.int64], NDArray[np.int8], NDArray[np.int64]]],
    long: int,
    char: int,
    resting: bool,
) -> tuple[tuple[int, int], ...]:
    spans = [(0, 0)] * long
    place = long - 1
    end = -1
    for frame in range(len(ways) - 1, -1, -1):
        kind, before, stays, ended = ways[frame]
        if resting:
            if not stays[place + 1]:
                resting, char, end = False, int(ended[place + 1]), -1
            continue
        end = frame if end < 0 else end
        spans[place] = (frame, end)
        how = int(kind[place, char])
        if how == 1:
            place, resting = place - 1, True
        elif how == 2:
            char = int(before[place, char])
            place, end = place - 1, -1
    return tuple(spans)
