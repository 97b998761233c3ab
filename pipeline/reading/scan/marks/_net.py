"""A small convolutional net in numpy: it looks at pictures of one size through one or more towers, and at a few numbers."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Weights = dict[str, Floats]

LAYERS = ((5, 2), (3, 2), (3, 2))
"""Each tower's convolutions: the side of the kernel and the step. The picture is padded by half a kernel."""
AT_ONCE = 32


@cache
def weights_of(name: str) -> Weights:
    """The trained weights of a net, from ``models/<name>.npz`` beside this module."""
    data = files("pipeline.reading").joinpath("models", f"{name}.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        return {key: stored[key].astype(np.float32) for key in stored.files}


def chances(weights: Weights, views: Sequence[Floats], facts: Floats) -> Floats:
    """The probability of each class, a row for each picture.

    ``views``: for each tower pictures as (number, rows, columns, channels), 0 to 1; ``facts``: (number, facts).
    """
    parts = [
        _few(weights, [view[start : start + AT_ONCE] for view in views], facts[start : start + AT_ONCE])
        for start in range(0, len(facts), AT_ONCE)
    ]
    if not parts:
        return np.zeros((0, len(weights["out.b"])), np.float32)
    return np.concatenate(parts)


def _few(weights: Weights, views: Sequence[Floats], facts: Floats) -> Floats:
    seen = [_tower(weights, str(number), view) for number, view in enumerate(views)]
    told = (facts - weights["facts.mean"]) / weights["facts.spread"]
    x = np.concatenate([*seen, np.clip(told, -4, 4)], axis=1)
    x = np.maximum(x @ weights["full.w"] + weights["full.b"], 0)
    z = x @ weights["out.w"] + weights["out.b"]
    z = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(z / z.sum(axis=1, keepdims=True), np.float32)


def _tower(weights: Weights, tower: str, x: Floats) -> Floats:
    for layer, (side, step) in enumerate(LAYERS):
        w, b = weights[f"{tower}.{layer}.w"], weights[f"{tower}.{layer}.b"]
        rows, high, wide = columns(x, side, step)
        x = np.maximum(rows @ w + b, 0).reshape(len(x), high, wide, -1)
    return x.reshape(len(x), -1)


def columns(x: Floats, side: int, step: int) -> tuple[Floats, int, int]:
    """Every place the kernel looks at as a row, and how many places there are down and across."""
    half = side // 2
    count, high, wide, channels = x.shape
    padded = np.zeros((count, high + 2 * half, wide + 2 * half, channels), x.dtype)
    padded[:, half : half + high, half : half + wide] = x
    seen = np.lib.stride_tricks.sliding_window_view(padded, (side, side), axis=(1, 2))[:, ::step, ::step]
    count, high, wide = seen.shape[:3]
    return seen.transpose(0, 1, 2, 4, 5, 3).reshape(count * high * wide, -1), high, wide
