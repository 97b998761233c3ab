"""Ink of a box's size at the end of a line that no word of its own stands for."""

from __future__ import annotations

from pipeline.domain import Box
from pipeline.reading.scan._types import ReadLine, ReadWord, Segment
from pipeline.reading.scan.text._strip import strip_of
from pipeline.reading.scan.text._swallowed import swallowed
from pipeline.reading.scan.text._text import Lined
from tests.unit.reading.paper import Paper


def lined(words: list[tuple[str, float, float]], *, ring: bool = True) -> Lined:
    """A ring with a line through it, and an option; ``words``: as a reader saw them, from where to where."""
    paper = Paper()
    if ring:
        paper.ring(40, 42, 9)
        paper.line(41, 50, 48, 43)
    end = paper.text(54, 50, "Koordinator").x1
    box = Box(40 if ring else 54, 40, end, 53)
    sheet = paper.sheet()
    strip = strip_of(sheet, box, [], [])
    assert strip is not None
    read = tuple(ReadWord(text, Box(x0, 41, x1, 51), 0.95) for text, x0, x1 in words)
    return Lined(Segment(box, 8.0), strip, ReadLine(read, 0.95), "tesseract")


def test_a_box_that_a_reader_took_into_the_word_is_seen() -> None:
    (found,) = swallowed(lined([("Koordinator", 41, 118)]))
    assert abs(found.x0 - 40) < 1
    assert abs(found.x1 - 49) < 1


def test_what_was_read_as_a_word_of_its_own_is_not_told_again() -> None:
    assert not swallowed(lined([("O", 40, 49), ("Koordinator", 54, 118)]))


def test_print_alone_swallows_nothing() -> None:
    assert not swallowed(lined([("Koordinator", 54, 118)], ring=False))
