"""Ink in the room for a value that no word accounts for: what stood there was never read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pipeline.domain import Box
from pipeline.reading.scan.drawn._dust import level_at
from pipeline.reading.scan.drawn._runs import labelled
from pipeline.reading.scan.marks._sign_areas import Looked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.reading.scan._types import ReadWord, Sheet


BEYOND = 40.0
"""Points round a room that are looked at too, so that what reaches out of it is known for what it is."""
AROUND = 1.2
"""Points round a word that its ink may take."""
LEAST_BOX, GLUED = 6.5, 1.0
"""Points: no tick box is smaller, and none stands so near to a word."""
MANY = 8
"""So many boxes show how small a page's boxes are."""
LETTER = 1.3
"""A letter is on average so wide at most, in heights of its word: a word that is wider covers something else too."""
DUST = 0.5
"""Points squared: less ink is dust."""
LINE = (10.0, 2.0)
"""Points long and thin: a bit of a line, of a leader or of a streak."""
LARGE = 60.0, 36.0
"""Points wide and high: a picture, a stamp."""
FAINT = 0.45
"""Less dark than this share of the page's letters shines through, or is a stain."""
REACH = 0.8
"""Heights of a letter between pieces of one word."""
LEAST = 0.8
"""Heights of a letter: so high is what was written, at least."""
NARROW = 0.35
"""Heights of a letter: what is narrower is a bit of a streak."""
THICK = 0.75
"""Share of its frame that a letter inks at most; a blot, a hole's shadow inks more."""
MELTED = 30.0
"""Points: what was read as one word so high is several lines of writing that touch, and none of them was read."""
HEIGHT = 5.5
"""Points: a letter's height where no word tells it."""


class _Piece(NamedTuple):
    """A connected piece of ink, in points of the sheet."""

    box: Box
    ink: float


class Unaccounted:
    """The ink of one sheet that belongs to no word, no ruling line and no tick box."""

    def __init__(
        self, seen: Looked, words: Sequence[ReadWord], high: float = HEIGHT, crosses: Sequence[Box] = ()
    ) -> None:
        """Wipe out the lines. ``high``: the usual height of the page's letters in points. ``crosses``: where marks were seen
        in cells without a printed box; the largest piece of ink in each place is the mark.
        """
        self._sheet = seen.bare
        self._words = [_own(word) for word in words]
        least = _least(seen.boxes)
        self._boxes = [box for box in seen.boxes if not _is_part(box, self._words, least)]
        self._crosses = [box for box in crosses if box not in seen.boxes]
        self._pictures = seen.pictures
        self._high = high
        self._dark = _usual(self._sheet, words)
        self._found: list[tuple[_Piece, tuple[int, int, int, int]]] | None = None

    def within(self, room: Box) -> Box | None:
        """Where in a room something is written that nobody read; None where nothing is."""
        pieces = [one for one in self._pieces(room) if not any(box.holds(one.box) for box in self._pictures)]
        for group in _groups(pieces, REACH * self._high):
            box = Box(
                min(one.box.x0 for one in group),
                min(one.box.top for one in group),
                max(one.box.x1 for one in group),
                max(one.box.bottom for one in group),
            )
            if box.bottom - box.top >= LEAST * self._high and box.x1 - box.x0 >= NARROW * self._high:
                return box
        return None

    def _pieces(self, room: Box) -> Iterator[_Piece]:
        """The ink whose middle lies in a room; what reaches out of it and of what is around it is known for what it is."""
        s = self._sheet.scale
        high, wide = self._sheet.grey.shape
        left, top = max(0, round((room.x0 - BEYOND) * s)), max(0, round((room.top - BEYOND) * s))
        right, bottom = min(wide, round((room.x1 + BEYOND) * s)), min(high, round((room.bottom + BEYOND) * s))
        if self._found is None:
            self._found = list(self._letters())
        for piece, (x0, y0, x1, y1) in self._found:
            cut = (
                (x0 <= left and left > 0)
                or (y0 <= top and top > 0)
                or (x1 >= right and right < wide)
                or (y1 >= bottom and bottom < high)
            )
            if not cut and room.holds(piece.box):
                yield piece

    def _letters(self) -> Iterator[tuple[_Piece, tuple[int, int, int, int]]]:
        """All ink of the sheet that may be a letter and belongs to no word and no tick box, and its frame in pixels."""
        s = self._sheet.scale
        ink = (self._sheet.grey < 255 - FAINT * self._dark).view(np.uint8)
        for box in self._words:
            _part(ink, box, s)[:] = 0
        labels, stats, _ = labelled(ink)
        ticked = {one for box in self._boxes for one in np.unique(_part(labels, box, s)).tolist()}
        for box in self._crosses:
            there = np.bincount(_part(labels, box, s).ravel())
            ticked |= {int(there[1:].argmax()) + 1} if there.size > 1 else set()
        for number, (x, y, w, h, area) in enumerate(stats.tolist()):
            box = Box(x / s, y / s, (x + w) / s, (y + h) / s)
            if number and number not in ticked and _is_letter(box, area / s / s):
                yield _Piece(box, area / s / s), (x, y, x + w, y + h)


def _part(picture: NDArray[Any], box: Box, s: float) -> NDArray[Any]:
    """The part of a picture that a box and a little around it take."""
    x0, y0 = round((box.x0 - AROUND) * s), round((box.top - AROUND) * s)
    x1, y1 = round((box.x1 + AROUND) * s), round((box.bottom + AROUND) * s)
    return picture[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)]


def _is_letter(box: Box, ink: float) -> bool:
    """Whether ink may be a letter or a stroke of one: no dust, no bit of a line, no blot and no picture."""
    wide, high = box.x1 - box.x0, box.bottom - box.top
    if ink < DUST or (wide > LARGE[0] and high > LARGE[1]):
        return False
    if max(wide, high) >= LINE[0] and min(wide, high) <= LINE[1]:
        return False
    return ink <= THICK * wide * high or min(wide, high) <= LINE[1]


def _least(boxes: Sequence[Box]) -> float:
    """How wide a tick box is at least: small print has small boxes, and then most are."""
    wide = sorted(box.x1 - box.x0 for box in boxes)
    usual = wide[len(wide) // 2] if len(wide) >= MANY else LEAST_BOX
    return min(LEAST_BOX, 0.8 * usual)


def _is_part(box: Box, words: Sequence[Box], least: float) -> bool:
    """Whether what was taken for a tick box is a letter: smaller than any box, or without a blank beside a word."""
    if box.x1 - box.x0 < least:
        return True
    return any(
        max(word.x0 - box.x1, box.x0 - word.x1) < GLUED
        and min(word.bottom, box.bottom) - max(word.top, box.top) > 0.5 * (box.bottom - box.top)
        for word in words
    )


def _own(word: ReadWord) -> Box:
    """Where a word's own letters are: ink further to the right was never read."""
    box = word.box
    return box._replace(x1=min(box.x1, box.x0 + LETTER * (box.bottom - box.top) * max(len(word.text), 1)))


def _usual(sheet: Sheet, words: Sequence[ReadWord]) -> float:
    """How dark the ink of a page's words is: 0 paper, 255 black."""
    step = max(1, len(words) // 60)
    dark = [255.0 - level_at(part, 0.10) for part in (sheet.crop(w.box) for w in words[::step]) if part.size]
    return float(np.median(dark)) if dark else 200.0


def _groups(pieces: list[_Piece], reach: float) -> list[list[_Piece]]:
    """Pieces that stand beside one another, as the letters of a word do."""
    groups: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda one: one.box.x0):
        near = [
            group
            for group in groups
            if any(
                piece.box.x0 - one.box.x1 <= reach
                and min(one.box.bottom, piece.box.bottom) - max(one.box.top, piece.box.top) > -reach / 2
                for one in group
            )
        ]
        groups = [group for group in groups if group not in near]
        groups.append([piece, *(one for group in near for one in group)])
    return groups
