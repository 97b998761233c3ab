"""The print of a form that lies on its blank: known by its picture and never read, so that only what was filled in is left to read.

A run of the blank's words is there when the sheet looks like it in that place. Its ink is then taken out; what a pen drew over it stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from pipeline.domain import Box, Word, union
from pipeline.reading.scan._types import ReadLine, ReadWord, Segment, Sheet
from pipeline.reading.scan.text._strip import strip_of
from pipeline.reading.scan.text._text import Lined

if TYPE_CHECKING:
    from pipeline.reading.scan._types import Grey, Inked
    from pipeline.reading.scan.blanks._blanks import BlankPage

COARSE = 150 / 72
"""Pixels a point at which print is looked for."""
REACH = 2.5
"""Points that print may be off its place, after what the corner marks say."""
MARGIN = 1.0
"""Points round a run of words that belong to what it looks like."""
TAILS = 2.5
"""Points that a word's letters reach out of its box at most."""
LIKE, WORD_LIKE = 0.62, 0.45
"""How like the blank's a run must be, and each of its words, from -1 to 1."""
INKED = 150
"""Darker is the blank's ink."""
SPREAD = 0.9
"""Points that a printer and a scanner spread ink round what the blank has."""
STRUCK, LEAST_BLANK = 0.8, 0.12
"""A word with ink at one height in so many of the columns that its letters leave blank has a line through it, or something is written
over it: it is read like any other. The second: the least share of its columns by which that can be told."""
BAND, NARROW = 0.7, 0.5
"""Points up and down that a line may lean over a word, and to the left and right that letters are wider than the blank's."""
WHITE = 1.0
"""Points of white that belong to a line, above and below."""
BY = "blank"
"""What stands for the reader of print that was known."""
LEAST = 0.5
"""With a smaller share of a page's words in place it is not that page."""


class Printed(NamedTuple):
    """A sheet, and the same without the print of its blank's ``page``; the words that were there, a few of a line at a time."""

    sheet: Sheet
    bare: Sheet
    lines: tuple[tuple[Word, ...], ...] = ()
    page: BlankPage | None = None

    def words(self) -> Iterator[tuple[Word, Box]]:
        """All of the print, each with its place."""
        for line in self.lines:
            for word in line:
                if word.box is not None:
                    yield word, word.box

    def lined(self) -> Iterator[Lined]:
        """The print as if a reader had read it."""
        for line in self.lines:
            box = union([word.box for word in line])
            strip = strip_of(self.sheet, box, [], []) if box is not None else None
            if box is not None and strip is not None:
                read = tuple(ReadWord(word.text, word.box, 1.0) for word in line if word.box is not None)
                yield Lined(Segment(box, box.bottom - box.top), strip, ReadLine(read, 1.0), BY)


def without_print(sheet: Sheet, pages: Sequence[BlankPage]) -> Printed:
    """Find and take out what a blank prints; the sheet as it is where it isn't one of these pages."""
    scale = min(sheet.scale, COARSE)
    grey = _softened(sheet.grey, scale / sheet.scale)
    for page in pages:
        whole = _fitted(page.picture(sheet.scale), sheet.grey.shape)
        model = _softened(whole, scale / sheet.scale)
        print_ = whole < INKED
        placed = [_moved(run, grey, model, scale) for run in page.runs]
        spread = np.ones((2 * round(SPREAD * sheet.scale) + 1,) * 2, np.uint8)
        grown = cv2.dilate(print_.view(np.uint8), spread).view(np.bool_)
        found = [
            tuple(_there(run, by, sheet, print_, grey, model, scale)) if by is not None else ()
            for run, by in zip(page.runs, placed, strict=True)
        ]
        if sum(map(len, found)) < LEAST * sum(map(len, page.runs)):
            continue
        ink, shown = sheet.ink.copy(), sheet.grey.copy()
        lines: list[tuple[Word, ...]] = []
        for words, by in zip(found, placed, strict=True):
            for word in words:
                if by is not None and word.box is not None:
                    _erase(ink, shown, grown, word.box, by, sheet.scale)
            if words and by is not None:
                lines.append(_level([_at(word, print_, by, sheet.scale) for word in words]))
        return Printed(sheet, replace(sheet, ink=ink, grey=shown), tuple(lines), page)
    return Printed(sheet, sheet)


def _fitted(picture: Grey, shape: tuple[int, ...]) -> Grey:
    """A picture with white added or cut off at its right and lower edge."""
    paper = np.full(shape, 255, np.uint8)
    high, wide = min(shape[0], picture.shape[0]), min(shape[1], picture.shape[1])
    paper[:high, :wide] = picture[:high, :wide]
    return paper


def _softened(grey: Grey, times: float) -> Grey:
    small = cv2.resize(grey, None, fx=times, fy=times, interpolation=cv2.INTER_AREA) if times < 1 else grey
    return cv2.GaussianBlur(small, (0, 0), 0.8).astype(np.uint8, copy=False)


def _moved(run: Sequence[Word], grey: Grey, model: Grey, scale: float) -> tuple[float, float] | None:
    """How far off its place a run is, in points; None where it isn't."""
    box = union([word.box for word in run])
    if box is None:
        return None
    likeness, by = _look(box, grey, model, scale, (0.0, 0.0), REACH)
    return by if likeness >= LIKE else None


def _look(
    box: Box, grey: Grey, model: Grey, scale: float, by: tuple[float, float], reach: float
) -> tuple[float, tuple[float, float]]:
    """How like a part of the blank the sheet is there at most, and how far off its place."""
    x0, top = round((box.x0 - MARGIN) * scale), round((box.top - MARGIN) * scale)
    x1, bottom = round((box.x1 + MARGIN) * scale), round((box.bottom + MARGIN) * scale)
    part = model[max(0, top) : bottom, max(0, x0) : x1]
    room = max(1, round(reach * scale))
    left, up = round(by[0] * scale) + x0 - room, round(by[1] * scale) + top - room
    if min(x0, top, left, up) < 0 or not part.size:
        return 0.0, by
    seen = grey[up : up + part.shape[0] + 2 * room, left : left + part.shape[1] + 2 * room]
    if seen.shape[0] <= part.shape[0] or seen.shape[1] <= part.shape[1]:
        return 0.0, by
    found = cv2.matchTemplate(seen, part, cv2.TM_CCOEFF_NORMED)
    _, most, _, (x, y) = cv2.minMaxLoc(found)
    return float(most), ((left + x - x0) / scale, (up + y - top) / scale)


def _there(
    run: Sequence[Word],
    by: tuple[float, float],
    sheet: Sheet,
    print_: Inked,
    grey: Grey,
    model: Grey,
    scale: float,
) -> Iterator[Word]:
    """The words of a run that are what the blank has, with nothing drawn through them."""
    before = False
    for word in run:
        if word.box is None:
            before = False
        elif any(char.isalnum() for char in word.text):
            like, _ = _look(word.box, grey, model, scale, by, 0.5)
            before = like >= WORD_LIKE and not _struck(word.box, by, sheet, print_)
        if before:
            yield word


def _struck(box: Box, by: tuple[float, float], sheet: Sheet, print_: Inked) -> bool:
    """Whether ink bridges the blanks between a word's letters at one height."""
    there, own = _places(box, by, print_.shape, sheet.scale)
    high = print_[own].shape[0]
    band = round(BAND * sheet.scale)
    thick = np.ones((1, 2 * round(NARROW * sheet.scale) + 1), np.uint8)
    letters = cv2.dilate(print_[own].view(np.uint8), thick).view(np.bool_)
    for row in range(high // 4, high * 3 // 4):
        rows = slice(max(0, row - band), row + band + 1)
        blanks = ~np.asarray(letters[rows].any(axis=0))
        inked = np.asarray(sheet.ink[there][rows].any(axis=0))
        if blanks.sum() > LEAST_BLANK * blanks.size and inked[blanks].mean() > STRUCK:
            return True
    return False


def _places(
    box: Box, by: tuple[float, float], shape: tuple[int, ...], scale: float, margin: float = MARGIN
) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """The dots of a word on the sheet, and the same many on the blank; both pictures are of this shape."""
    there: list[slice] = []
    own: list[slice] = []
    for low, high, off, most in ((box.top, box.bottom, by[1], shape[0]), (box.x0, box.x1, by[0], shape[1])):
        moved = round(off * scale)
        first = max(0, -moved, round((low - margin) * scale))
        last = max(first, min(most, most - moved, round((high + margin) * scale)))
        own.append(slice(first, last))
        there.append(slice(first + moved, last + moved))
    return (there[0], there[1]), (own[0], own[1])


def _erase(ink: Inked, grey: Grey, grown: Inked, box: Box, by: tuple[float, float], scale: float) -> None:
    there, own = _places(box, by, grown.shape, scale, TAILS)
    ink[there][grown[own]] = False
    grey[there][grown[own]] = 255


def _level(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of one line, each as high as the line and the white that a reader leaves round it."""
    whole = union([word.box for word in words])
    return tuple(
        replace(word, box=word.box._replace(top=whole.top - WHITE, bottom=whole.bottom + WHITE))
        for word in words
        if word.box is not None and whole is not None
    )


def _at(word: Word, print_: Inked, by: tuple[float, float], scale: float) -> Word:
    """The word where it is on the sheet, as wide as its ink."""
    if word.box is None:
        return word
    x0, top = max(0, round(word.box.x0 * scale)), max(0, round(word.box.top * scale))
    inked = print_[top : round(word.box.bottom * scale), x0 : round(word.box.x1 * scale)]
    columns = np.flatnonzero(inked.any(axis=0)).tolist() or [0, inked.shape[1] - 1]
    left, right = ((x0 + edge) / scale + by[0] for edge in (columns[0], columns[-1] + 1))
    box = Box(left, word.box.top + by[1], right, word.box.bottom + by[1])
    return replace(word, box=box, confidence=1.0)
