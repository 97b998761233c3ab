"""Rings, dots and strokes over letters, measured: a witness that knows no letters.

Both readers lose the ring of an Å together now and then; how high the ink stands over the line shows it.
"""

from __future__ import annotations

import numpy as np

from pipeline.reading._scan_recogniser import Letter
from pipeline.reading._scan_strip import Strip

LOW = frozenset("aceomnrsuvwxzæø")
TALL = frozenset("ABCDEFGHKLMNOPRSTUVWXYZÆØbdhkl0123456789")
MARKED_LOW = frozenset("åäöáàâéèêëóòôüñčšž")
MARKED_TALL = frozenset("ÅÄÖÁÀÂÉÈÊËÓÒÔÜÑČŠŽ")
_LOW = 0.73
"""A small letter's height as a share of a capital's; fonts have 0.66 to 0.78."""
_OVER_LOW, _OVER_TALL = 0.90, 1.13
"""From here on, as a share of a capital's height, something stands over a small letter, a capital."""


def unlike(strip: Strip, letters: tuple[Letter, ...]) -> bool:
    """Whether some letter stands higher than it may without a ring, or not as high as it must with one."""
    heights = _heights(strip, letters)
    plain = [h if text in TALL else h / _LOW for text, h in heights if text in TALL or text in LOW]
    if not plain:
        return any(text in MARKED_LOW or text in MARKED_TALL for text, _ in heights) and len(heights) > 1
    capital = float(np.median(plain))
    for text, height in heights:
        share = height / capital
        if (text in LOW and share > _OVER_LOW) or (text in TALL and share > _OVER_TALL):
            return True
        if (text in MARKED_LOW and share < _OVER_LOW) or (text in MARKED_TALL and share < _OVER_TALL):
            return True
    return False


def _heights(strip: Strip, letters: tuple[Letter, ...]) -> list[tuple[str, float]]:
    """Each letter that stands apart from its neighbours, with how high its ink reaches over the line."""
    inked = strip.ink.any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0]))))
    starts, ends = edges[::2], edges[1::2]
    if not starts.size:
        return []
    owners: dict[int, list[str]] = {}
    for letter in letters:
        if letter.text == " ":
            continue
        away = np.maximum(np.maximum(starts - letter.at, letter.at - ends), 0)
        owners.setdefault(int(away.argmin()), []).append(letter.text)
    found: list[tuple[str, float]] = []
    for run, texts in owners.items():
        if len(texts) == 1:
            rows = np.flatnonzero(strip.ink[:, starts[run] : ends[run]].any(axis=1))
            found.append((texts[0], strip.foot - float(rows[0])))
    return found
