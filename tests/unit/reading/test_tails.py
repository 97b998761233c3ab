"""Tails that end in the line under them are read as tails."""

from __future__ import annotations

import pytest

from pipeline.domain import Box
from pipeline.reading.layout._shapes import Rule
from pipeline.reading.scan.text._readers import readers
from pipeline.reading.scan.text._strip import Strip, strip_of
from pipeline.reading.scan.text._tails import with_tails
from pipeline.reading.scan.text._tesseract import Tesseract
from tests.unit.reading.paper import Paper

FOOT = 60.0


def over_a_line(text: str, at: float) -> Strip:
    """Text whose segment ends at its foot, since the line at ``at`` took its tails."""
    paper = Paper()
    box = paper.text(30, FOOT, text, 12)
    paper.line(20, at, 300, at, 1.2)
    strip = strip_of(paper.sheet(), Box(box.x0, box.top, box.x1, FOOT), [Rule(True, at, 20, 300)], [])
    assert strip is not None
    return strip


@pytest.mark.parametrize("text", ["Bjugn", "Åfjord", "Eva Øydis Moen"])
@pytest.mark.parametrize("under", [1.6, 2.0])
def test_a_tail_that_ends_in_the_line_is_part_of_its_letter(text: str, under: float) -> None:
    reader = readers().tesseract
    assert isinstance(reader, Tesseract)
    strip = over_a_line(text, FOOT + under)
    assert strip.box.bottom > FOOT + under
    assert reader.read(strip).text == text


@pytest.mark.parametrize(("text", "under"), [("Brekstad", 1.6), ("Bjugn", 0.7), ("Bjugn", 4.0)])
def test_letters_without_tails_and_letters_on_the_line_are_as_they_were(text: str, under: float) -> None:
    assert over_a_line(text, FOOT + under).box.bottom <= FOOT + 0.6


def test_a_line_that_most_letters_stand_on_takes_no_part_in_them() -> None:
    paper = Paper()
    box = paper.text(30, FOOT, "HIIIH", 12)
    paper.line(20, FOOT, 300, FOOT, 1.2)
    sheet = paper.sheet()
    cut = Box(box.x0, box.top, box.x1, FOOT - 1.2)
    s = sheet.scale
    rows, columns = (
        slice(round(cut.top * s), round(cut.bottom * s)),
        slice(round(cut.x0 * s), round(cut.x1 * s)),
    )
    grey, ink = sheet.grey[rows, columns], sheet.ink[rows, columns]
    found = with_tails(sheet, [Rule(True, FOOT, 20, 300)], grey, ink, (columns.start, rows.start))
    assert found[1].shape == ink.shape
