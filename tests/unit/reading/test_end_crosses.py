"""A cross typed before or after an option, where no box is printed, is told from the words beside it."""

from __future__ import annotations

import pytest

from pipeline.domain import Box, Mark, MarkState, Word
from pipeline.reading.scan._page import page_of
from pipeline.reading.scan._types import Drawn, Segment, Sheet
from pipeline.reading.scan.marks._cell_marks import cell_mark
from pipeline.reading.scan.marks._end_crosses import with_crosses_apart
from pipeline.reading.scan.text._readers import readers
from tests.unit.reading.paper import Paper, sight

OPTION = "Jeg samtykker til at personene deler det"


def cell(sheet: Sheet, box: Box) -> tuple[MarkState, float]:
    judged = cell_mark(sheet, box, ())
    return judged.state, judged.confidence


def printed(*texts: tuple[float, str]) -> tuple[Sheet, Segment]:
    """Words at their places on one line, found as one segment."""
    paper = Paper()
    boxes = [paper.text(x, 60, text) for x, text in texts]
    box = Box(boxes[0].x0, min(b.top for b in boxes), boxes[-1].x1, max(b.bottom for b in boxes))
    return paper.sheet(), Segment(box, 8.0)


@pytest.mark.parametrize("texts", [((20.0, "X"), (38.0, OPTION)), ((20.0, OPTION), (262.0, "X"))])
def test_a_cross_at_the_end_of_a_line_stands_apart(texts: tuple[tuple[float, str], ...]) -> None:
    sheet, segment = printed(*texts)
    parts, crosses = with_crosses_apart(sheet, [segment], cell)
    assert len(parts) == 2
    assert len(crosses) == 1


@pytest.mark.parametrize(
    "texts",
    [
        ((20.0, f"X {OPTION}"),),
        ((20.0, "Å være med i gruppen er bra"),),
        ((20.0, "1."), (38.0, OPTION)),
        ((20.0, "Storgata"), (80.0, "A")),
        ((20.0, "4"), (34.0, "t/uke)")),
    ],
)
def test_letters_and_numbers_stay_with_their_words(texts: tuple[tuple[float, str], ...]) -> None:
    sheet, segment = printed(*texts)
    assert with_crosses_apart(sheet, [segment], cell) == ([segment], frozenset())


@pytest.mark.parametrize(("sign", "states"), [("X", [MarkState.ON]), ("Å", [])])
def test_a_cross_that_stands_apart_is_a_mark_and_a_letter_a_letter(
    sign: str, states: list[MarkState]
) -> None:
    sheet, segment = printed((20.0, sign), (38.0, OPTION))
    page = page_of(sheet, Drawn(segments=[segment]), readers(), sight(cross=MarkState.ON))
    assert [piece.state for piece in page.pieces() if isinstance(piece, Mark)] == states


def test_a_house_number_whose_figures_touch_is_no_cross() -> None:
    paper = Paper()
    street = paper.text(20, 60, "Gamle Kirkeveien nord")
    one = paper.text(street.x1 + 9, 60, "1")
    number = paper.text(one.x0 + 6.5, 60, "7")._replace(x0=one.x0)
    paper.line(number.x0, 59.6, number.x1, 59.6, 0.8)
    segment = Segment(Box(street.x0, street.top, number.x1, street.bottom), 8.0)
    page = page_of(paper.sheet(), Drawn(segments=[segment]), readers(), sight(cross=MarkState.ON))
    assert not any(isinstance(piece, Mark) for piece in page.pieces())
    assert [piece.text for piece in page.pieces() if isinstance(piece, Word)][-1] == "17"
