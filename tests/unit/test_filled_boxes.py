"""Boxes filled in are ticks where nothing else is ticked; a form that is crossed on another page has them for a person."""

from __future__ import annotations

from pipeline.domain import Line, Mark, MarkSource, MarkState, Page
from pipeline.extraction._filled_boxes import doubted_if_crossed_elsewhere
from tests.unit.laying import table


def _page(number: int, *marks: Mark) -> Page:
    frame = table(["Avlastning", ""])
    first, last = frame.cells
    cells = (first, type(last)(row=0, column=1, blocks=(Line(pieces=marks),)))
    return Page(number=number, blocks=(type(frame)(cells=cells, rows=1, columns=2),), scanned=True)


def _mark(*, blacked: bool) -> Mark:
    return Mark(state=MarkState.ON, source=MarkSource.BOX, confidence=0.98, blacked=blacked)


def _states(*pages: Page) -> list[MarkState]:
    found = doubted_if_crossed_elsewhere(pages)
    return [piece.state for page in found for piece in page.pieces() if isinstance(piece, Mark)]


def test_a_form_with_filled_boxes_alone_is_ticked_by_filling() -> None:
    filled = _mark(blacked=True)
    assert _states(_page(1, filled, filled), _page(2, filled)) == [MarkState.ON] * 3


def test_filled_boxes_of_a_form_that_is_crossed_on_another_page_are_unsure() -> None:
    filled, crossed = _mark(blacked=True), _mark(blacked=False)
    assert _states(_page(1, filled, filled), _page(2, crossed)) == [MarkState.UNSURE] * 2 + [MarkState.ON]
