"""The empty back of a sheet through which the front's print shines: it reads only in the mirror."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipeline.reading.scan.drawn._dust import level_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.reading.scan.text._recogniser import Recogniser
    from pipeline.reading.scan.text._strip import Strip
    from pipeline.reading.scan.text._text import Lined

WIDEST, FEWEST = 8, 3
"""So many of the widest segments are tried first; with fewer nothing tells."""
WIDE, WRITTEN = 40.0, 15.0
"""Points: how wide a segment is that surely holds words, and one that may."""
LETTERS = 4
"""A mirrored segment has so many letters at least."""
UNREADABLE, READABLE = 0.75, 0.85
"""How surely a segment is read as it stands, at most, and in the mirror, at least."""
MOST = 0.75
"""The share of the widest segments that read so on an empty back."""
GHOST = 45.0
"""Levels: on the palest of 20 pages of pale print half the segments were darker than 127; ghosts on three backs had at most 36."""
MANY = 120
"""A page of so many segments is no empty back, or not worth the while."""


def is_empty_back(lined: Sequence[Lined], reader: Recogniser, *, bilevel: bool) -> bool:
    """Whether all that was read on a page is a front's print in the mirror; one word that isn't makes the page one to be seen.

    What a hand wrote on the back, a stamp or a note reads no better in the mirror. On a page that isn't ``bilevel`` it is also
    told by its tone: what shines through is lighter than the palest print.
    """
    if not bilevel and len(lined) >= FEWEST and all(_darkness(each.strip) < GHOST for each in lined):
        return True
    wide = sorted(
        (each for each in lined if _width(each.strip) >= WIDE), key=lambda each: -_width(each.strip)
    )
    first = wide[:WIDEST]
    if len(first) < FEWEST or len(lined) > MANY:
        return False
    if np.median([each.line.confidence for each in first]) > UNREADABLE:
        return False
    mirrored = [each for each in first if _reads_mirrored(each, reader, READABLE)]
    if len(mirrored) < max(FEWEST, MOST * len(first)):
        return False
    others = [
        each for each in lined if _width(each.strip) >= WRITTEN and not any(each is one for one in mirrored)
    ]
    return all(_reads_mirrored(each, reader, 0.0) for each in others)


def _reads_mirrored(each: Lined, reader: Recogniser, least: float) -> bool:
    strip = each.strip
    seen = reader.read(
        replace(
            strip,
            grey=np.ascontiguousarray(strip.grey[:, ::-1]),
            ink=np.ascontiguousarray(strip.ink[:, ::-1]),
        )
    )
    as_it_stands = max(each.line.confidence, reader.read(strip).confidence)
    enough = sum(char.isalpha() for char in seen.text) >= LETTERS
    return seen.confidence > as_it_stands and (least == 0.0 or (seen.confidence >= least and enough))


def _darkness(strip: Strip) -> float:
    """How dark the ink of a segment is: 0 paper, 255 black."""
    return 255.0 - level_at(strip.grey, 0.1)


def _width(strip: Strip) -> float:
    return strip.box.x1 - strip.box.x0
