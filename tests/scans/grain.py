"""Fields of light and grain over a page, quick enough for thousands of pages."""

from __future__ import annotations

from functools import cache
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

TILE = 1024


@cache
def tile() -> NDArray[np.float32]:
    """Grain of width 1, a little softer than white noise, as a scanner's is."""
    dice = np.random.default_rng(20261122)
    fine = dice.standard_normal((TILE, TILE)).astype(np.float32)
    soft = cv2.GaussianBlur(fine, (0, 0), 0.6)
    mixed = 0.5 * fine + 0.5 * soft / soft.std()
    return (mixed / mixed.std()).astype(np.float32)


def grain(page: NDArray[np.uint8], sigma: float, rng: Random) -> NDArray[np.uint8]:
    """The page with grain of that width in levels of grey."""
    high, wide = page.shape[:2]
    part = np.roll(tile(), (rng.randrange(TILE), rng.randrange(TILE)), (0, 1))
    if rng.random() < 0.5:
        part = part[::-1]
    levels = np.clip(part * sigma, -127, 127).astype(np.int16)
    whole = np.tile(levels, (high // TILE + 1, wide // TILE + 1))[:high, :wide]
    if page.ndim == 3:
        whole = cv2.merge([whole] * 3)
    return cv2.add(page, whole, dtype=cv2.CV_8U)


def smooth_field(rng: Random, wide: int, high: int, *, cells: int) -> NDArray[np.float32]:
    """A field from 0 to 1 that changes slowly over the page."""
    dice = np.random.default_rng(rng.getrandbits(32))
    coarse = dice.random((cells + 2, cells)).astype(np.float32)
    return np.clip(cv2.resize(coarse, (wide, high), interpolation=cv2.INTER_CUBIC), 0, 1)


def blend(page: NDArray[np.uint8], light: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The page under that light, 1 unchanged."""
    if page.ndim == 3:
        light = cv2.merge([light] * 3)
    return cv2.multiply(page, light, dtype=cv2.CV_8U)
