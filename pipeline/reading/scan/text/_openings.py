"""The letter after a house number: both readers take a C for a nought, which has a hole where a C is open."""

from __future__ import annotations

import re

import cv2
import numpy as np

from pipeline.reading.scan.text._strip import Strip
from pipeline.reading.scan.text._words import blanks

_HOUSE = re.compile(r"[^\W\d_].*?\s?\d{1,3}\s?[0O]")
"""A street and a number that ends in what may be a letter."""
HOLE = 0.02
"""The least hole of a nought, as a share of the square round it; less is a gap in blurred ink."""
MIDDLE, OPEN = (0.3, 0.7), 0.12
"""Shares of the height between which a C is open to the right, and how far it is so at least."""
SIDE = 0.6
"""The share of the width from its left where a C may have ink in its middle."""


def with_house_letter(text: str, strip: Strip) -> str:
    """The reading of an address, its last nought a C where the ink is open to the right."""
    return text[:-1] + "C" if _HOUSE.fullmatch(text) and _open(strip) else text


def _open(strip: Strip) -> bool:
    """Whether the last letter of a strip is open to the right and holds no hole."""
    wide = strip.ink.shape[1]
    parting = [gap for gap in blanks(strip) if gap[1] < wide]
    end = next((gap[0] for gap in blanks(strip) if gap[1] >= wide), wide)
    letter = strip.ink[:, parting[-1][1] if parting else 0 : end]
    rows = np.flatnonzero(letter.any(axis=1))
    if not rows.size:
        return False
    letter = letter[rows[0] : rows[-1] + 1]
    high, width = letter.shape
    ground = np.pad(~letter, 1, constant_values=True).view(np.uint8)
    _, pieces, stats, _ = cv2.connectedComponentsWithStats(ground, connectivity=4)
    holes = [
        int(area) for number, area in enumerate(stats[:, cv2.CC_STAT_AREA]) if number not in (0, pieces[0, 0])
    ]
    if any(area >= HOLE * high * width for area in holes):
        return False
    middle = letter[round(MIDDLE[0] * high) : max(round(MIDDLE[1] * high), 1)]
    clear = middle.any(axis=1) & ~middle[:, round(SIDE * width) :].any(axis=1)
    return bool(clear.sum() >= max(OPEN * high, 1))
