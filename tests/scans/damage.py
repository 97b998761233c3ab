"""What happens to a page before, in and after a scanner: each damage by name, with a strength from 0 to 1.

A page is a grey picture (or a colour one) of `numpy`, paper 255. `readable` says by rule whether a person reads the
result without effort.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.scans import stains
from tests.scans.grain import blend, grain, smooth_field

Page = NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True)
class Damage:
    """`strength` from 0 (hardly seen) to 1 (as bad as offices send it)."""

    name: str
    strength: float

    def __str__(self) -> str:
        return f"{self.name} {self.strength:.2f}"


def shading(page: Page, strength: float, rng: Random, dpi: int) -> Page:
    """Darker towards one side or a corner, as of a book's fold or an open lid."""
    high, wide = page.shape[:2]
    ys, xs = np.linspace(-1, 1, 48, dtype=np.float32)[:, None], np.linspace(-1, 1, 32, dtype=np.float32)[None]
    turn = rng.uniform(0, 2 * np.pi)
    slope = np.clip((np.cos(turn) * xs + np.sin(turn) * ys + 1) / 2.8, 0, 1) ** rng.uniform(1, 2.5)
    light = cv2.resize(1 - slope * (0.08 + 0.4 * strength), (wide, high), interpolation=cv2.INTER_LINEAR)
    return blend(page, light)


def contrast(page: Page, strength: float, rng: Random, dpi: int) -> Page:
    """Black is grey and white is greyer."""
    low, top = 20 + 110 * strength * rng.uniform(0.7, 1), 255 - 45 * strength * rng.uniform(0, 1)
    return table(page, low + (top - low) * LEVELS / 255)


def dark(page: Page, strength: float, rng: Random, dpi: int) -> Page:
    """A copy made too dark: strokes grow, the paper greys."""
    out = cv2.erode(page, np.ones((2, 2), np.uint8)) if dpi >= 200 or strength > 0.7 else page
    return table(out, (LEVELS / 255) ** (1 + 0.8 * strength) * (255 - 50 * strength))


def faint(page: Page, strength: float, rng: Random, dpi: int) -> Page:
    """Toner or ink running out: paler, unevenly over the page."""
    high, wide = page.shape[:2]
    field = smooth_field(rng, wide, high, cells=7)
    keep = 1 - (0.25 + 0.45 * strength) * (0.55 + 0.45 * field)
    pale = cv2.multiply(255 - page, plane(page, keep), dtype=cv2.CV_8U)
    return 255 - pale


def noise(page: Page, strength: float, rng: Random, dpi: int) -> Page:
    """A sensor's grain."""
    return grain(page, 3 + 22 * strength, rng)


def specks(page: Page, strength: float, rng: Random, dpi: int) -> Page:
    """Dust and toner dots, dark and light."""
    high, wide = page.shape[:2]
    count = int(40 + 900 * strength**1.5)
    dice = np.random.default_rng(rng.getrandbits(32))
    for x, y, size, tone in zip(
        dice.integers(0, wide, count),
        dice.integers(0, high, count),
        dice.exponential(0.45, count) * dpi / 150,
        dice.integers(0, 120, count),
        strict=True,
    ):
        level = int(tone) if tone > 12 else 255
        cv2.circle(page, (int(x), int(y)), max(0, round(float(min(size, 2.2)))), (level,) * 3, -1)
    return page


def blur(page: Page, strength: float, rng: Random, dpi: int) -> Page:
    """Out of focus, or moved."""
    sigma = (0.35 + 0.9 * strength) * dpi / 200
    if rng.random() < 0.3:
        length = max(2, round(sigma * 2.2))
        kernel = np.full((length, 1) if rng.random() < 0.5 else (1, length), 1 / length, np.float32)
        return cv2.filter2D(page, -1, kernel)
    return cv2.GaussianBlur(page, (0, 0), sigma)


def wave(page: Page, strength: float, rng: Random, dpi: int) -> Page:
    """The feeder pulls unevenly: rows shift and stretch."""
    high, wide = page.shape[:2]
    reach = (0.6 + 3.4 * strength) * dpi / 300
    ys = np.arange(high, dtype=np.float32)
    turn, times = rng.uniform(0, 6.28), rng.uniform(0.5, 2.5)
    across = reach * np.sin(turn + 2 * np.pi * times * ys / high)
    along = reach * 0.7 * np.sin(turn * 2 + 2 * np.pi * times * 1.7 * ys / high)
    xs = np.arange(wide, dtype=np.float32)
    map_x = xs[None, :] + across[:, None]
    map_y = np.repeat((ys + along)[:, None], wide, axis=1)
    return cv2.remap(page, map_x, map_y, cv2.INTER_LINEAR, borderValue=(255, 255, 255))


def through(page: Page, strength: float, rng: Random, dpi: int) -> Page:
    """The back of the sheet shows through: mirrored, soft, pale."""
    back = cv2.flip(page, 1)
    back = np.roll(back, (round(rng.uniform(-0.05, 0.05) * page.shape[0]), round(rng.uniform(-9, 9))), (0, 1))
    small = cv2.resize(back, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    soft = cv2.resize(small, (page.shape[1], page.shape[0]), interpolation=cv2.INTER_LINEAR)
    share = 0.05 + 0.17 * strength
    return cv2.subtract(page, cv2.multiply(255 - soft, share))


def streaks(page: Page, strength: float, rng: Random, dpi: int) -> Page:
    """Dirt on the feeder's glass: thin lines down the whole page."""
    for _ in range(rng.randint(1, 1 + round(2 * strength))):
        x = rng.randrange(page.shape[1])
        level = rng.randint(round(225 - 120 * strength), 225)
        wide = rng.randint(1, max(1, dpi // 150))
        column = page[:, x : x + wide]
        np.minimum(column, level, out=column)
    return page


LEVELS = np.arange(256, dtype=np.float32)


def table(page: Page, levels: NDArray[np.float32]) -> Page:
    return cv2.LUT(page, np.clip(levels, 0, 255).astype(np.uint8))


def plane(page: Page, light: NDArray[np.float32]) -> NDArray[np.float32]:
    return light if page.ndim == 2 else cv2.merge([light] * 3)


Apply = Callable[[Page, float, Random, int], Page]
PAPER: dict[str, Apply] = {
    "coffee": stains.coffee,
    "fold": stains.folds,
    "punch-holes": stains.holes,
    "stamp": stains.stamp,
    "show-through": through,
    "faint": faint,
    "margin-note": stains.scrawl,
}
"""What happens to the sheet."""
SCANNER: dict[str, Apply] = {
    "wave": wave,
    "dark": dark,
    "shading": shading,
    "low-contrast": contrast,
    "blur": blur,
    "streaks": streaks,
    "specks": specks,
    "noise": noise,
}
"""What the scanner does to the picture, in this order."""
SHARES = {
    "coffee": 4,
    "fold": 8,
    "punch-holes": 12,
    "stamp": 9,
    "show-through": 7,
    "faint": 7,
    "margin-note": 4,
    "wave": 8,
    "dark": 7,
    "shading": 12,
    "low-contrast": 9,
    "blur": 11,
    "streaks": 5,
    "specks": 9,
    "noise": 13,
}
"""How often each is drawn, relative to the others; the rest of the damages (below) are drawn on their own."""
WHOLE = ("skew", "black-edges", "upside-down", "sideways", "jpeg", "bilevel", "fax", "small")
NAMES = (*PAPER, *SCANNER, *WHOLE)
HARD = {
    "faint": 0.55,
    "low-contrast": 0.8,
    "blur": 0.55,
    "noise": 0.75,
    "dark": 0.75,
    "show-through": 0.8,
    "shading": 0.85,
    "specks": 0.8,
    "coffee": 0.9,
    "wave": 0.9,
    "jpeg": 0.8,
}
"""From which strength on a person reads with effort."""
FINE = 18
"""Letters of fewer pixels to the em are read with effort."""


def readable(damages: list[Damage], *, dpi: int, smallest: float) -> bool:
    """Whether a person reads the page without effort.

    No fax, at least 150 dots an inch and 18 dots to the smallest writing's em, black and white from 200 dots on, no damage beyond
    its limit, and those that hurt letters not more than 1.3 together.
    """
    names = {damage.name: damage.strength for damage in damages}
    if "fax" in names or dpi < 150 or smallest * dpi / 72 < FINE or ("bilevel" in names and dpi < 200):
        return False
    if any(names.get(name, 0) >= limit for name, limit in HARD.items()):
        return False
    hurting = sum(
        names.get(name, 0) for name in ("faint", "low-contrast", "blur", "noise", "dark", "specks", "jpeg")
    )
    if "bilevel" in names and any(
        names.get(name, 0) >= 0.35 for name in ("faint", "low-contrast", "shading", "dark", "noise")
    ):
        return False
    return hurting <= 1.3
