"""What pens leave in and round a tick box: strokes in the box's own measure, its centre 0 and its side 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Stroke = NDArray[np.float64]
    """Points, two columns: x to the right and y down."""

ON = ("tick", "cross", "slash", "dot", "scribble", "outside", "sweep", "hook", "typed", "printed")
CORRECTED = ("filled", "scribbled", "struck")
DOUBTFUL = ("ring", "dash")
"""A person would ask: they count as right when they are unsure, and are reported apart."""
OFF = ("empty", "speck", "tail", "strikeout", "graze")


def strokes(kind: str, rng: np.random.Generator, hard: bool) -> list[Stroke]:
    """The strokes of one mark; ``hard``: hasty, large, off the centre."""
    drawn = _MAKERS[kind](rng, hard)
    loose = 0.03 if hard else 0.012
    return [_hand(stroke, rng, loose) for stroke in drawn]


def _hand(points: Stroke, rng: np.random.Generator, loose: float) -> Stroke:
    """A drawn line through the points: rounder than they are, never quite straight."""
    steps = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    count = int(max(6, min(160, steps[-1] / 0.05)))
    at = np.linspace(0, steps[-1], count)
    line = np.column_stack([np.interp(at, steps, points[:, 0]), np.interp(at, steps, points[:, 1])])
    wave = rng.normal(0, 1, (count + 10, 2))
    kernel = np.hanning(9) / np.hanning(9).sum()
    soft = np.column_stack([np.convolve(wave[:, k], kernel, "same")[5:-5] for k in (0, 1)])
    return line + soft * loose * 2


def _array(*points: tuple[float, float]) -> Stroke:
    return np.array(points, float)


def _shift(rng: np.random.Generator, hard: bool) -> Stroke:
    return rng.uniform(-0.22, 0.22, 2) if hard else rng.normal(0, 0.05, 2)


def _tick(rng: np.random.Generator, hard: bool) -> list[Stroke]:
    size = rng.uniform(0.6, 1.6) if hard else rng.uniform(0.7, 1.1)
    points = _array(
        (rng.uniform(-0.45, -0.2), rng.uniform(-0.2, 0.12)),
        (rng.uniform(-0.15, 0.05), rng.uniform(0.2, 0.38)),
        (rng.uniform(0.25, 0.5), rng.uniform(-0.55, -0.25)),
    )
    return [points * size + _shift(rng, hard)]


def _hook(rng: np.random.Generator, hard: bool) -> list[Stroke]:
    """A tick with hardly a short arm, or one curved like a v or u."""
    turn = rng.uniform(0.0, 0.15)
    points = _array((-0.2, 0.05 - turn), (-0.12, 0.22), (-0.02, 0.25), (0.12, 0.0), (0.4, -0.4))
    size = rng.uniform(0.7, 1.5) if hard else rng.uniform(0.8, 1.1)
    return [points * size + _shift(rng, hard)]


def _cross(rng: np.random.Generator, hard: bool) -> list[Stroke]:
    size = rng.uniform(0.35, 1.5) if hard else rng.uniform(0.55, 1.0)
    e = rng.uniform(-0.12, 0.12, 8)
    middle = _shift(rng, hard)
    first = _array((-0.4 + e[0], -0.4 + e[1]), (0.4 + e[2], 0.4 + e[3])) * size + middle
    second = _array((0.4 + e[4], -0.4 + e[5]), (-0.4 + e[6], 0.4 + e[7])) * size + middle
    if rng.random() < 0.12:
        turn = np.pi / 4 + rng.normal(0, 0.15)
        matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        first, second = (first - middle) @ matrix + middle, (second - middle) @ matrix + middle
    return [first, second]


def _slash(rng: np.random.Generator, hard: bool) -> list[Stroke]:
    size = rng.uniform(0.6, 1.9) if hard else rng.uniform(0.7, 1.2)
    turn = rng.uniform(0.6, 1.15)
    x, y = 0.5 * np.cos(turn) * size, 0.5 * np.sin(turn) * size
    if rng.random() < 0.2:
        x = -x
    return [_array((-x, y), (x, -y)) + _shift(rng, hard) * 0.7]


def _dot(rng: np.random.Generator, hard: bool) -> list[Stroke]:
    radius = rng.uniform(0.13, 0.3)
    turns = np.linspace(0, rng.uniform(3, 5) * 2 * np.pi, 40)
    r = radius * np.sqrt(np.linspace(0.02, 1, 40))
    return [np.column_stack([r * np.cos(turns), r * np.sin(turns)]) + _shift(rng, hard) * 0.8]


def _zigzag(rng: np.random.Generator, wide: float, high: float, lines: int) -> Stroke:
    x = np.where(np.arange(lines) % 2 == 0, -wide, wide) + rng.normal(0, 0.05, lines) * wide
    y = np.linspace(-high, high, lines) + rng.normal(0, 0.02, lines)
    turn = rng.uniform(-0.9, 0.9)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return np.column_stack([x, y]) @ matrix


def _scribble(rng: np.random.Generator, hard: bool) -> list[Stroke]:
    reach = rng.uniform(0.25, 0.42)
    return [_zigzag(rng, reach, reach * 0.8, int(rng.integers(4, 6))) + _shift(rng, hard) * 0.5]


def _filled(rng: np.random.Generator, hard: bool) -> list[Stroke]:
    """Lines so close that with a pen's width nothing is left; the drawer thickens them."""
    reach = rng.uniform(0.44, 0.55)
    lines = np.linspace(-reach, reach, 15)
    points = [(x * (1 if k % 2 else -1), y) for k, y in enumerate(lines) for x in (-reach, reach)]
    return [_array(*points)]


def _scribbled(rng: np.random.Generator, hard: bool) -> list[Stroke]:
    drawn = [
        _zigzag(rng, rng.uniform(0.45, 0.7), rng.uniform(0.4, 0.6), int(rng.integers(9, 15)))
        for _ in range(2)
    ]
    return drawn if rng.random() < 0.7 else [*drawn, *_cross(rng, hard)]


def _struck(rng: np.random.Generator, hard: bool) -> list[Stroke]:
    """A mark that was taken back: lines drawn across it."""
    first = (_tick if rng.random() < 0.5 else _cross)(rng, False)
    count = int(rng.integers(3, 6))
    reach = rng.uniform(0.6, 1.1)
    if rng.random() < 0.5:
        return [*first, _zigzag(rng, reach, rng.uniform(0.15, 0.35), int(rng.integers(6, 10)))]
    ys = np.linspace(-0.28, 0.28, count) + rng.normal(0, 0.03, count)
    return [*first, *(_array((-reach, y), (reach, y + rng.normal(0, 0.06))) for y in ys)]


def _outside(rng: np.random.Generator, hard: bool) -> list[Stroke]:
    """A tick or cross of which most lies outside, but which begins in or reaches into the box."""
    if rng.random() < 0.5:
        size = rng.uniform(1.0, 1.8)
        low = rng.uniform(-0.2, 0.2, 2)
        points = _array((-0.25, -0.3), (0.0, 0.0), (rng.uniform(0.4, 0.7), rng.uniform(-0.9, -0.5)))
        return [points * size + low]
    side = rng.choice([-1, 1])
    middle = np.array([side * rng.uniform(0.25, 0.42), rng.uniform(-0.3, 0.3)])
    return [stroke * rng.uniform(1.0, 1.3) + middle for stroke in _cross(rng, False)]


def _sweep(rng: np.random.Generator, hard: bool) -> list[Stroke]:
    """A large tick: it turns in its own box, its long arm runs over whatever is above and to the right."""
    length = rng.uniform(1.8, 4.2)
    turn = rng.uniform(0.35, 1.1)
    low = np.array([rng.uniform(-0.25, 0.15), rng.uniform(-0.05, 0.4)])
    start = low + np.array([rng.uniform(-0.6, -0.2), rng.uniform(-0.7, -0.2)])
    end = low + np.array([np.cos(turn), -np.sin(turn)]) * length
    bow = (low + end) / 2 + rng.normal(0, 0.08, 2) * length
    return [np.array([start, low, bow, end])]


def _ring(rng: np.random.Generator, hard: bool) -> list[Stroke]:
    turns = np.linspace(0, rng.uniform(1.9, 2.3) * np.pi, 40)
    rx, ry = rng.uniform(0.75, 1.1, 2)
    return [np.column_stack([rx * np.cos(turns), ry * np.sin(turns)]) + rng.normal(0, 0.08, 2)]


def _dash(rng: np.random.Generator, hard: bool) -> list[Stroke]:
    reach = rng.uniform(0.2, 0.38)
    y = rng.normal(0, 0.08)
    return [_array((-reach, y), (reach, y + rng.normal(0, 0.04)))]


def _tail(rng: np.random.Generator, hard: bool) -> list[Stroke]:
    """A letter's tail from the line above, or its head from below, that ends just inside the box."""
    x, depth = rng.uniform(-0.4, 0.4), rng.uniform(-0.45, -0.22)
    up = -1 if rng.random() < 0.7 else 1
    points = _array((x + 0.15, -1.4), (x + 0.05, -0.9), (x, depth - 0.1), (x - 0.18, depth))
    points[:, 1] *= -up
    return [points]


def _graze(rng: np.random.Generator, hard: bool) -> list[Stroke]:
    """A pen line that runs past and cuts off a corner of the box."""
    side = rng.choice([-1, 1], 2)
    corner = 0.5 * side
    turn = np.arctan2(side[1], side[0]) + np.pi / 2 + rng.normal(0, 0.3)
    inset = corner * rng.uniform(0.62, 0.95)
    reach = np.array([np.cos(turn), np.sin(turn)]) * rng.uniform(1.2, 2.5)
    return [np.array([inset - reach * rng.uniform(0.5, 1), inset + reach])]


def _strikeout(rng: np.random.Generator, hard: bool) -> list[Stroke]:
    """A line through the box and the whole line of text beside it; the drawer makes it long."""
    y, slant = rng.normal(0, 0.15), rng.normal(0, 0.015)
    left, right = rng.uniform(-2.5, -0.7), rng.uniform(4.0, 11.0)
    return [_array((left, y + left * slant), (0, y), (right, y + right * slant))]


_MAKERS = {
    "tick": _tick,
    "cross": _cross,
    "slash": _slash,
    "dot": _dot,
    "scribble": _scribble,
    "filled": _filled,
    "scribbled": _scribbled,
    "struck": _struck,
    "outside": _outside,
    "sweep": _sweep,
    "hook": _hook,
    "ring": _ring,
    "dash": _dash,
    "tail": _tail,
    "graze": _graze,
    "strikeout": _strikeout,
}
