"""What happens to the sheet of paper: coffee, folds, holes, stamps, a note in the margin."""

from __future__ import annotations

import math
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.scans.grain import smooth_field

Page = NDArray[np.uint8]


def darken(page: Page, mask: NDArray[np.float32], tone: tuple[float, float, float], x: int, y: int) -> Page:
    """Lays a see-through stain (mask 0 to 1, tone in red, green, blue) with its upper left corner at (x, y)."""
    high, wide = page.shape[:2]
    y0, x0 = max(0, y), max(0, x)
    y1, x1 = min(high, y + mask.shape[0]), min(wide, x + mask.shape[1])
    if y1 <= y0 or x1 <= x0:
        return page
    part = mask[y0 - y : y1 - y, x0 - x : x1 - x]
    if page.ndim == 2:
        level = (0.3 * tone[0] + 0.59 * tone[1] + 0.11 * tone[2]) / 255
        page[y0:y1, x0:x1] = (page[y0:y1, x0:x1] * (1 - part * (1 - level))).astype(np.uint8)
    else:
        for channel in range(3):
            level = tone[channel] / 255
            page[y0:y1, x0:x1, channel] = (page[y0:y1, x0:x1, channel] * (1 - part * (1 - level))).astype(
                np.uint8
            )
    return page


def coffee(page: Page, strength: float, rng: Random, dpi: int) -> Page:
    """A cup's ring or a spill."""
    side = round(rng.uniform(2.4, 3.6) * dpi)
    ys, xs = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j].astype(np.float32)
    wobble = 0.05 * (smooth_field(rng, side, side, cells=5) - 0.5)
    far = np.hypot(xs, ys) + wobble
    ring = np.exp(-(((far - 0.85) / 0.035) ** 2))
    inside = np.clip((0.85 - far) * 12, 0, 1) * rng.choice((0.05, 0.15, 0.45))
    patchy = 0.5 + 0.5 * smooth_field(rng, side, side, cells=6)
    mask = np.clip(ring * patchy + inside, 0, 1) * (0.25 + 0.5 * strength)
    x, y = rng.randrange(-side // 3, page.shape[1]), rng.randrange(-side // 3, page.shape[0])
    return darken(page, mask.astype(np.float32), (110, 72, 30), x, y)


def folds(page: Page, strength: float, rng: Random, dpi: int) -> Page:
    """Folded in three for the envelope, or in two: a bright ridge and its shadow."""
    high, wide = page.shape[:2]
    places = rng.choice(((1 / 3, 2 / 3), (1 / 2,)))
    across = rng.random() < 0.85
    for share in places:
        at = round((high if across else wide) * (share + rng.uniform(-0.02, 0.02)))
        reach = round(dpi * 0.05)
        depth = 0.1 + 0.3 * strength
        profile = 1 - depth * np.exp(-((np.arange(-reach, reach) / (reach / 2.5)) ** 2)).astype(np.float32)
        worn = rng.random() < 0.5
        part = page[at - reach : at + reach] if across else page[:, at - reach : at + reach]
        shape = [1] * part.ndim
        shape[0 if across else 1] = -1
        shaded = part * profile.reshape(shape)
        part[...] = shaded.astype(np.uint8)
        if worn and strength > 0.5:
            line = page[at : at + 2] if across else page[:, at : at + 2]
            np.maximum(line, 190, out=line)
    return page


def holes(page: Page, strength: float, rng: Random, dpi: int) -> Page:
    """Two or four punch holes at the left edge, dark on the scan or shaded; sometimes punched at the top."""
    high = page.shape[0]
    radius = round(dpi * 0.118)
    edge = round(dpi * rng.uniform(0.4, 0.5))
    apart = 3.15 * dpi
    level = rng.choice((15, 15, 60, 215))
    offsets = (-1.5, -0.5, 0.5, 1.5) if rng.random() < 0.3 else (-0.5, 0.5)
    for step in offsets:
        middle = (edge, round(high / 2 + step * apart))
        cv2.circle(page, middle, radius, (level,) * 3, -1, cv2.LINE_AA)
        cv2.circle(page, middle, radius, (110,) * 3, 1, cv2.LINE_AA)
    return page


STAMPS = (
    ("MOTTATT", "KOORDINERENDE ENHET"),
    ("MOTTATT", "14 MAI 2025"),
    ("JOURNALFØRT", "SAK 2025/1187"),
    ("KOPI", ""),
    ("UNNTATT OFFENTLIGHET", "OFFL. § 13"),
)


def stamp(page: Page, strength: float, rng: Random, dpi: int) -> Page:
    """A received stamp, mostly near the top right corner, sometimes over writing."""
    first, second = rng.choice(STAMPS)
    scale = dpi / 150
    wide, high = round(250 * scale), round(84 * scale)
    face = np.zeros((high, wide), np.uint8)
    thick = max(1, round(2 * scale))
    cv2.rectangle(face, (thick, thick), (wide - thick, high - thick), 255, thick)
    for number, text in enumerate((first, second)):
        size = min(0.8 * scale, 0.8 * scale * 14 / max(len(text), 1))
        shown = text.replace("Ø", "O").replace("§", "par.")
        cv2.putText(
            face,
            shown,
            (round(14 * scale), round((34 + 34 * number) * scale)),
            cv2.FONT_HERSHEY_DUPLEX,
            size,
            255,
            thick,
            cv2.LINE_AA,
        )
    around = round(wide * 1.2)
    sheet = np.zeros((around, around), np.uint8)
    top, left = (around - high) // 2, (around - wide) // 2
    sheet[top : top + high, left : left + wide] = face
    turn = cv2.getRotationMatrix2D((around / 2, around / 2), rng.uniform(-14, 14), 1)
    turned = cv2.warpAffine(sheet, turn, (around, around))
    worn = 0.35 + 0.65 * smooth_field(rng, around, around, cells=14)
    mask = (turned / 255 * worn * (0.35 + 0.5 * strength)).astype(np.float32)
    if rng.random() < 0.75:
        x, y = round(page.shape[1] * rng.uniform(0.5, 0.7)), round(-around * 0.32 + dpi * rng.uniform(0, 0.3))
    else:
        x, y = round(page.shape[1] * rng.uniform(0, 0.7)), round(page.shape[0] * rng.uniform(0.1, 0.85))
    return darken(page, mask, rng.choice(((40, 50, 150), (170, 30, 40), (20, 20, 20))), x, y)


def scrawl(page: Page, strength: float, rng: Random, dpi: int) -> Page:
    """A clerk's note in the margin: a squiggle at the right or the bottom edge."""
    high, wide = page.shape[:2]
    x, y = wide * rng.uniform(0.55, 0.7), high * rng.uniform(0.955, 0.97)
    if rng.random() < 0.4:
        x, y = wide * 0.915, high * rng.uniform(0.1, 0.8)
        length = wide * 0.06
    else:
        length = wide * 0.2
    points = [
        (
            round(x + length * step / 60),
            round(y + dpi * 0.05 * math.sin(step * 0.9) * rng.uniform(0.6, 1)),
        )
        for step in range(60)
    ]
    cv2.polylines(page, [np.array(points, np.int32)], False, (60, 60, 60), max(1, dpi // 130), cv2.LINE_AA)
    return page
