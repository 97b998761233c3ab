"""Every segment of a sheet read: by Tesseract first, by the recogniser where that fails or a hand has written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipeline.domain import Box
from pipeline.reading.layout._shapes import Rule
from pipeline.reading.layout._words import UNKNOWN
from pipeline.reading.scan._types import Drawn, ReadLine, ReadWord, Segment, Sheet
from pipeline.reading.scan.drawn._folds import wiped
from pipeline.reading.scan.text._absent import Absent
from pipeline.reading.scan.text._readers import Readers
from pipeline.reading.scan.text._strip import LEADER, Strip, strip_of
from pipeline.reading.scan.text._words import blanks

if TYPE_CHECKING:
    from pipeline.reading.scan._types import Inked

POOR = 0.60
"""Below this Tesseract's line is read by the recogniser too, and the surer of both is kept."""
DOUBTFUL = 0.4
"""No word is surer than this that a hand wrote or that only one reader can be asked about."""
HAND = 0.5
"""From this on a segment counts as handwriting."""
SURELY_HAND = 0.98
SHORT = 3
"""Letters: so short a line may look like handwriting and be a row's printed number."""
PRINTED, SURELY_PRINTED = 0.85, 0.92
"""What Tesseract reads so well is print, the second where a hand seems surely to have written it."""
LONG = 10
"""Letters: a line so long that Tesseract reads well is print, without asking how it looks. Of 850 such lines none was a hand's
by its looks and its letters together."""
_LEADER = re.compile(r"[_.…·\-–—~=,:]{3,}|_+|…+")
_LEADING = re.compile(r"^(?:_{2,}|\.{4,}|…{2,})|(?:_{2,}|\.{4,}|…{2,})$")
_DOT = re.compile(r"[^\w\s]|[eoO0]|[«»]")
_BULLET = 0.62
"""A mark at the beginning of a line, no larger than this share of a capital, is a bullet."""
LONGER, SPACE = 1.3, 0.36
"""Heights of a word: its letters are so wide on average at most. A blank wider than this share of a capital's height ends it."""
FLAT = 1.6
"""A dash is so many times as wide as high; a bullet's dot is about as wide as high."""
STRUCK_THICK, BRIDGED = 0.09, 0.7
"""A line is half so thick at most, as a share of the line's height, and bridges such a share of the blanks between letters."""
BESIDE = 12.0
"""Points that a line through words goes on beside them at most."""
STRUCK_LETTERS, STRUCK_WIDE = 3, 1.5
"""Fewer letters, or less wide as a share of the line's height, are not looked at for a line through them."""
STRUCK_BAND = (0.25, 0.72)
"""Shares of a line's height from its top, between which a line goes through letters; under letters it lies at 0.8."""
FEET = 0.22
"""A line so low over where letters stand, as a share of a capital's height, is what they stand on, or their serifs that run
together: on 26 files such lay at 0.14 at most, lines through words at 0.32 and more."""
STRUCK_SHARE, STRUCK_BESIDE = 0.94, 0.70
"""How much of a word's width is inked where the line is, and at most where it isn't (blurred letters run together)."""
STANDS = 60
"""Of a word's columns of ink so many in a hundred end at or over the line that its letters stand on; few have tails."""
EN_DASH = (0.42, 0.60)
"""A lone dash so wide, as a share of a capital's height, is an en dash; a hyphen has up to 0.40 in fonts of different widths,
and 0.62 and more in typewriters', where the readers' word is kept."""


@dataclass(frozen=True, slots=True)
class Lined:
    """A segment as it was read. ``by``: the reader's name, empty when none could. ``hand``: a hand wrote it."""

    segment: Segment
    strip: Strip
    line: ReadLine
    by: str
    hand: bool = False
    struck: frozenset[Box] = frozenset()
    """The words that a level line was drawn through."""
    doubted: frozenset[Box] = frozenset()
    """The words that a line may have been drawn through: their letters run together, so nobody can tell."""

    def through(self, rules: list[Rule]) -> list[Rule]:
        """Those of some lines that may strike its words out.

        One that goes on beside them is a line to write on: where a hand has written, its tails hang under it.
        """
        if not self.hand:
            return rules
        first, last = self.strip.box.x0 - BESIDE, self.strip.box.x1 + BESIDE
        return [rule for rule in rules if rule.start >= first and rule.end <= last]


def read_segments(
    sheet: Sheet, drawn: Drawn, readers: Readers, is_handwriting: Callable[[Sheet, Box], float]
) -> list[Lined]:
    """Read them all; where ink is that nobody can read stands one unknown word of confidence 0."""
    found: list[Lined] = []
    folds = [rule.at for rule in drawn.folds if rule.across]
    sheet, dark = wiped(sheet, drawn.folds)
    rules = [*drawn.rules, *dark]
    for segment in drawn.segments:
        strip = strip_of(sheet, segment.box, rules, drawn.boxes)
        if strip is None:
            continue
        line, by = _read(strip, readers)
        likely = 0.0 if _is_print(line, by) else is_handwriting(sheet, segment.box)
        hand = likely >= HAND and line.confidence < PRINTED
        if likely >= SURELY_HAND:
            hand = line.confidence < SURELY_PRINTED or len(line.text) > SHORT
        if hand and by and by != "pp-ocr":
            line, by = _by_hand(strip, readers, line, by)
        if not line.words:
            unread = ReadWord(UNKNOWN, strip.box, 0.0)
            found.append(Lined(segment, strip, ReadLine((unread,), 0.0), "", hand))
            continue
        if hand or readers.absent:
            line = _capped(line)
        line = ReadLine(tuple(_tidied(line.words, strip)), line.confidence)
        if line.words:
            folded = any(strip.box.top <= at <= strip.box.bottom for at in folds)
            lines = {} if hand or folded else {word.box: _through(sheet, strip, word) for word in line.words}
            struck = frozenset(box for box, sure in lines.items() if sure is True)
            doubted = frozenset(box for box, sure in lines.items() if sure is None)
            found.append(Lined(segment, strip, line, by, hand, struck, doubted))
    return found


def _is_print(line: ReadLine, by: str) -> bool:
    """Whether Tesseract read so surely that a hand's looks count for nothing: much, or so little that they may deceive.

    The judge of hands costs as much as reading.
    """
    if not by.startswith("tesseract") or line.confidence < SURELY_PRINTED:
        return False
    return len(line.text) <= SHORT or sum(char.isalnum() for char in line.text) >= LONG


def _through(sheet: Sheet, strip: Strip, word: ReadWord) -> bool | None:
    """Whether ink runs through a word's middle from end to end, the blanks between its letters too.

    None where it does so, but too few blanks are there to tell a line from letters that run together.
    """
    if len(word.text) < STRUCK_LETTERS:
        return False
    high = strip.ink.shape[0]
    first, last = round(word.box.x0 * strip.scale), round(word.box.x1 * strip.scale)
    whole = sheet.ink[max(0, strip.y) : strip.y + high, max(0, first) : last]
    top = round(STRUCK_BAND[0] * high)
    feet = max(strip.foot, _feet(whole))
    part = whole[top : min(round(STRUCK_BAND[1] * high), round(feet - FEET * strip.capital))]
    if part.shape[0] < 2 or part.shape[1] < STRUCK_WIDE * high:
        return False
    filled = part.mean(axis=1)
    through = (part[:-1] | part[1:]).mean(axis=1)
    if through.max() < STRUCK_SHARE or filled.min() > STRUCK_BESIDE:
        return False
    at = top + int(through.argmax())
    thick = max(1, round(STRUCK_THICK * high))
    rest = np.delete(whole, np.s_[max(0, at - thick) : at + thick + 2], axis=0)
    letters = np.asarray(rest.any(axis=0))
    edges = np.flatnonzero(np.diff(letters.astype(np.int8)))
    line = np.asarray(whole[at : at + 2].any(axis=0))
    bridged = sum(
        bool(line[start + 1 : end + 1].all())
        for start, end in pairwise(edges.tolist())
        if not letters[start + 1]
    )
    return True if bridged >= BRIDGED * (len(word.text) - 1) else None


def _feet(ink: Inked) -> float:
    """About the row that a word's letters stand on, whatever line runs through them and was taken out of its strip."""
    columns = ink.any(axis=0)
    lowest = ink.shape[0] - np.argmax(ink[::-1, columns], axis=0)
    return float(np.percentile(lowest, STANDS)) if lowest.size else 0.0


def _by_hand(strip: Strip, readers: Readers, line: ReadLine, by: str) -> tuple[ReadLine, str]:
    """Handwriting is the recogniser's: Tesseract knows print."""
    second = readers.recogniser
    if isinstance(second, Absent):
        return line, by
    other = second.read(strip)
    return (other, second.name) if other.words else (line, by)


def _read(strip: Strip, readers: Readers) -> tuple[ReadLine, str]:
    nothing = ReadLine((), 0.0)
    first, second = readers.tesseract, readers.recogniser
    line, by = nothing, ""
    if not isinstance(first, Absent):
        line, by = first.read(strip), first.name
        if line.words and line.confidence >= POOR:
            return line, by
    if not isinstance(second, Absent):
        other = second.read(strip)
        if other.words and other.confidence >= line.confidence:
            line, by = other, second.name
    return line, by


def _capped(line: ReadLine) -> ReadLine:
    words = tuple(word._replace(confidence=min(word.confidence, DOUBTFUL)) for word in line.words)
    return ReadLine(words, min(line.confidence, DOUBTFUL))


def _tidied(words: tuple[ReadWord, ...], strip: Strip) -> list[ReadWord]:
    """Leaders of underscores or dots left out; a bullet, whatever it was taken for, made one."""
    kept: list[ReadWord] = []
    for number, word in enumerate(words):
        if _is_leader(word, strip):
            continue
        word = shortened(word, strip)  # noqa: PLW2901
        text = _LEADING.sub("", word.text)
        if not text:
            continue
        if number == 0 and len(words) > 1 and _DOT.fullmatch(text) and _is_bullet(word.box, strip):
            text = "-" if text in {"-", "–"} and _is_flat(word.box, strip) else "·"
        elif text in {"-", "–"} and number:
            text = dash(text, word.box, strip)
        kept.append(word if text == word.text else word._replace(text=text))
    return kept


def shortened(word: ReadWord, strip: Strip) -> ReadWord:
    """A word without the line that follows it, which its reader took for one underscore: it ends where its letters do.

    Its middle would lie in another cell, and it be lost to its own.
    """
    wide, high = word.box.x1 - word.box.x0, word.box.bottom - word.box.top
    letters = word.text.rstrip("_")
    if not letters or letters == word.text or wide <= LONGER * high * len(word.text):
        return word
    first, last = (round(at * strip.scale) - strip.x for at in (word.box.x0, word.box.x1))
    wide_ones = [
        start for start, end in blanks(strip) if first < start < last and end - start > SPACE * strip.capital
    ]
    end = min((strip.x + start) / strip.scale for start in wide_ones) if wide_ones else word.box.x0 + wide
    end = min(end, word.box.x0 + LONGER * high * len(letters))
    return word._replace(text=letters, box=word.box._replace(x1=end))


def _inked(box: Box, strip: Strip) -> tuple[int, int, int] | None:
    """The first and last row of a word's ink in its strip, and how wide it is, in pixels."""
    first = max(0, round(box.x0 * strip.scale) - strip.x)
    last = max(first + 1, round(box.x1 * strip.scale) - strip.x)
    rows = np.flatnonzero(strip.ink[:, first:last].any(axis=1))
    return (int(rows[0]), int(rows[-1]), last - first) if rows.size else None


def _is_leader(word: ReadWord, strip: Strip) -> bool:
    """Whether a word is a row of underscores or dots, whatever it was read as."""
    if _LEADER.fullmatch(word.text):
        return True
    inked = _inked(word.box, strip)
    if inked is None:
        return False
    first, last, wide = inked
    return wide >= LEADER[0] * strip.scale and last - first + 1 <= LEADER[1] * strip.scale


def dash(text: str, box: Box, strip: Strip) -> str:
    """A dash between words, hyphen or en dash by its width."""
    first = max(0, round(box.x0 * strip.scale) - strip.x)
    columns = np.flatnonzero(strip.ink[:, first : round(box.x1 * strip.scale) - strip.x].any(axis=0))
    share = float(columns[-1] + 1 - columns[0]) / strip.capital if columns.size else 1.0
    return "–" if EN_DASH[0] <= share < EN_DASH[1] else "-" if share < EN_DASH[0] else text


def _is_flat(box: Box, strip: Strip) -> bool:
    """Whether a word's ink is a dash and no dot: much wider than high."""
    first = max(0, round(box.x0 * strip.scale) - strip.x)
    part = strip.ink[:, first : max(first + 1, round(box.x1 * strip.scale) - strip.x)]
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    return bool(rows.size) and columns[-1] + 1 - columns[0] >= FLAT * (rows[-1] + 1 - rows[0])


def _is_bullet(box: Box, strip: Strip) -> bool:
    """Whether a word's ink is a dot or a dash in the middle of the line."""
    inked = _inked(box, strip)
    if inked is None:
        return False
    first, last, wide = inked
    small = last - first + 1 <= _BULLET * strip.capital and wide <= 1.2 * strip.capital
    return small and last < strip.foot
