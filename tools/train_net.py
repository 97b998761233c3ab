"""Train the small nets of ``pipeline.reading`` (`_scan_net`) in numpy: the way back through them, and Adam."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.reading.scan.marks._net import LAYERS, columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Weights = dict[str, Floats]

CHANNELS = (12, 16, 24)
HIDDEN = 48
BATCH = 64


def fresh(
    shapes: Sequence[tuple[int, int, int]], facts: Floats, classes: int, rng: np.random.Generator
) -> Weights:
    """Untrained weights for towers that see (rows, columns, channels), and for so many facts."""
    weights: Weights = {"facts.mean": facts.mean(0), "facts.spread": facts.std(0) + 1e-3}
    flat = facts.shape[1]
    for tower, shape in enumerate(shapes):
        high, wide, before = shape
        for layer, ((side, step), depth_out) in enumerate(zip(LAYERS, CHANNELS, strict=True)):
            fan = side * side * before
            weights[f"{tower}.{layer}.w"] = rng.normal(0, (2 / fan) ** 0.5, (fan, depth_out)).astype(
                np.float32
            )
            weights[f"{tower}.{layer}.b"] = np.zeros(depth_out, np.float32)
            high, wide, before = -(-high // step), -(-wide // step), depth_out
        flat += high * wide * before
    weights["full.w"] = rng.normal(0, (2 / flat) ** 0.5, (flat, HIDDEN)).astype(np.float32)
    weights["full.b"] = np.zeros(HIDDEN, np.float32)
    weights["out.w"] = rng.normal(0, 0.1, (HIDDEN, classes)).astype(np.float32)
    weights["out.b"] = np.zeros(classes, np.float32)
    return weights


def slope(weights: Weights, views: Sequence[Floats], facts: Floats, wanted: Floats) -> tuple[float, Weights]:
    """The mean cross-entropy of a batch and its gradient for every weight."""
    kept: list[list[tuple[Floats, Floats, tuple[int, ...]]]] = []
    flat = []
    for tower, view in enumerate(views):
        steps = []
        x = view
        for layer, (side, step) in enumerate(LAYERS):
            rows, high, wide = columns(x, side, step)
            y = np.maximum(rows @ weights[f"{tower}.{layer}.w"] + weights[f"{tower}.{layer}.b"], 0)
            steps.append((rows, y, x.shape))
            x = y.reshape(len(x), high, wide, -1)
        kept.append(steps)
        flat.append(x.reshape(len(x), -1))
    told = np.clip((facts - weights["facts.mean"]) / weights["facts.spread"], -4, 4)
    joined = np.concatenate([*flat, told], axis=1)
    hidden = np.maximum(joined @ weights["full.w"] + weights["full.b"], 0)
    z = hidden @ weights["out.w"] + weights["out.b"]
    z -= z.max(axis=1, keepdims=True)
    p = np.exp(z)
    p /= p.sum(axis=1, keepdims=True)
    loss = float(-(wanted * np.log(p + 1e-9)).sum(1).mean())
    grad: Weights = {}
    dz = (p - wanted) / len(facts)
    grad["out.w"], grad["out.b"] = hidden.T @ dz, dz.sum(0)
    dh = (dz @ weights["out.w"].T) * (hidden > 0)
    grad["full.w"], grad["full.b"] = joined.T @ dh, dh.sum(0)
    dx = dh @ weights["full.w"].T
    at = 0
    for tower, steps in enumerate(kept):
        width = flat[tower].shape[1]
        d = dx[:, at : at + width]
        at += width
        for layer in reversed(range(len(LAYERS))):
            rows, y, shape = steps[layer]
            d = d.reshape(y.shape) * (y > 0)
            grad[f"{tower}.{layer}.w"], grad[f"{tower}.{layer}.b"] = rows.T @ d, d.sum(0)
            if layer:
                d = _back(d @ weights[f"{tower}.{layer}.w"].T, shape, *LAYERS[layer])
    return loss, grad


def _back(rows: Floats, shape: tuple[int, ...], side: int, step: int) -> Floats:
    count, high, wide, depth = shape
    half = side // 2
    padded = np.zeros((count, high + 2 * half, wide + 2 * half, depth), np.float32)
    tall, broad = -(-high // step), -(-wide // step)
    parts = rows.reshape(count, tall, broad, side, side, depth)
    for i in range(side):
        for j in range(side):
            padded[:, i : i + step * tall : step, j : j + step * broad : step] += parts[:, :, :, i, j]
    return padded[:, half : half + high, half : half + wide]


def train(
    weights: Weights,
    views: Sequence[NDArray[np.uint8]],
    facts: Floats,
    wanted: Floats,
    *,
    rounds: int,
    seed: int,
    rate: float = 2e-3,
) -> Iterator[float]:
    """Train ``weights`` in place; yields each round's mean loss. Views are bytes, 0 to 255."""
    rng = np.random.default_rng(seed)
    learnt = [key for key in weights if not key.startswith("facts.")]
    first = {key: np.zeros_like(weights[key]) for key in learnt}
    second = {key: np.zeros_like(weights[key]) for key in learnt}
    total, done = rounds * (len(facts) // BATCH), 0
    for _ in range(rounds):
        losses = []
        order = rng.permutation(len(facts))
        for start in range(0, len(order) - BATCH + 1, BATCH):
            pick = np.sort(order[start : start + BATCH])
            loss, grad = slope(
                weights, [view[pick].astype(np.float32) / 255 for view in views], facts[pick], wanted[pick]
            )
            losses.append(loss)
            done += 1
            now = rate * 0.5 * (1 + np.cos(np.pi * done / total)) * min(1.0, done / 200)
            for key in learnt:
                g = grad[key] + 1e-4 * weights[key]
                first[key] += 0.1 * (g - first[key])
                second[key] += 0.001 * (g * g - second[key])
                unbiased = second[key] / (1 - 0.999**done)
                weights[key] -= np.float32(now) * (first[key] / (1 - 0.9**done)) / (np.sqrt(unbiased) + 1e-7)
        yield float(np.mean(losses))


def store(weights: Weights, path: str) -> None:
    """Write the weights in half precision."""
    np.savez_compressed(
        path,
        **{
            key: value.astype(np.float16) if key.split(".")[0] != "facts" else value
            for key, value in weights.items()
        },
    )
