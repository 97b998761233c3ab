"""Lines, tick boxes and runs of text: found where the very same page read as a PDF has them, and in what damage leaves."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.domain import Box, Table, Word, lines_of
from pipeline.reading import read
from pipeline.reading.layout._grid import grids
from pipeline.reading.layout._shapes import Rule
from pipeline.reading.scan._drawn import drawn_on
from pipeline.reading.scan._types import Drawn, Sheet
from pipeline.reading.scan.drawn._folds import folds_among
from pipeline.reading.scan.drawn._lines import rules_of, ruling
from pipeline.reading.scan.drawn._written import written
from pipeline.reading.scan.paper._upright import upright
from tests.unit.reading.damage import FORMS, drawn, grainy, picture, squeezed
from tests.unit.reading.paper import Paper

PRINTED = [path for path in FORMS if path.stem.endswith("-pdf-text")]
CLOSE = 4.0
"""Points between where a line is and where it is found."""


def _cells(found: Drawn) -> list[Box]:
    return [place.box for grid in grids(found.rules)[0] for place in grid.places]


def _near(one: Box, other: Box, within: float = CLOSE) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= within


def _box(paper: Paper, x: float, y: float, side: float = 11, thick: float = 0.8) -> Box:
    for a, b, c, d in ((0, 0, 1, 0), (0, 1, 1, 1), (0, 0, 0, 1), (1, 0, 1, 1)):
        paper.line(x + a * side, y + b * side, x + c * side, y + d * side, thick)
    return Box(x, y, x + side, y + side)


def _table(paper: Paper, *, dots: float = 0.0) -> list[Box]:
    """Two by two cells, drawn with lines or with dots so far apart."""
    xs, ys = (40.0, 160.0, 300.0), (30.0, 90.0, 150.0)
    for across, places, ends in ((True, ys, (xs[0], xs[-1])), (False, xs, (ys[0], ys[-1]))):
        for place in places:
            steps = np.arange(ends[0], ends[1], dots) if dots else np.array([ends[0]])
            for start in steps:
                end = start + 0.6 if dots else ends[1]
                paper.line(*((start, place, end, place) if across else (place, start, place, end)))
    return [Box(xs[i], ys[j], xs[i + 1], ys[j + 1]) for j in (0, 1) for i in (0, 1)]


def _tables(blocks: tuple[object, ...]) -> list[Box]:
    found: list[Box] = []
    for block in blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                found += [cell.box] if cell.box else []
                found += _tables(cell.blocks)
    return found


@pytest.mark.parametrize("path", PRINTED, ids=lambda path: path.stem)
def test_a_picture_of_a_form_has_the_cells_and_words_of_the_form(path) -> None:
    page = read(path, source="skjema.pdf").pages[0]
    sheet = upright(picture(squeezed(grainy(drawn(path), 6))))
    found = drawn_on(sheet)
    true = _tables(page.blocks)
    cells = _cells(found)
    missed = [cell for cell in true if not any(_near(cell, other) for other in cells)]
    assert len(missed) <= 0.01 * len(true)
    words = [
        piece.box
        for line in lines_of(page.blocks)
        for piece in line.pieces
        if isinstance(piece, Word) and piece.box and any(map(str.isalnum, piece.text))
    ]
    cut = [word for word in words if not any(_holds(one.box, word) for one in found.segments)]
    assert len(cut) <= 0.02 * len(words)


def _holds(outer: Box, inner: Box) -> bool:
    middle = (inner.top + inner.bottom) / 2
    return (
        outer.x0 <= inner.x0 + CLOSE and outer.x1 >= inner.x1 - CLOSE and outer.top <= middle <= outer.bottom
    )


@pytest.mark.parametrize("dots", [0.0, 2.0], ids=["lines", "dots"])
def test_cells_are_found_between_lines_and_between_rows_of_dots(dots: float) -> None:
    paper = Paper()
    cells = _table(paper, dots=dots)
    paper.text(50, 60, "Navn")
    found = drawn_on(paper.sheet())
    assert len(_cells(found)) == len(cells)
    assert all(any(_near(cell, other) for other in _cells(found)) for cell in cells)
    assert len(found.segments) == 1


def test_text_in_neighbouring_cells_is_two_segments() -> None:
    paper = Paper()
    _table(paper)
    paper.text(120, 65, "Koordin")
    paper.text(162, 65, "Helse")
    segments = drawn_on(paper.sheet()).segments
    assert len(segments) == 2
    assert all(one.box.x1 <= 161 or one.box.x0 >= 159 for one in segments)


def test_tick_boxes_are_found_and_letters_are_not() -> None:
    paper = Paper()
    boxes = [_box(paper, 40, 30), _box(paper, 40, 60), _box(paper, 200, 60)]
    for box, words in zip(boxes, ("Individuell plan", "Koordinator", "DO bod 000 on"), strict=True):
        paper.text(box.x1 + 4, box.bottom - 1, words)
    paper.text(40, 120, "DODO mono bod Moo", 14)
    found = drawn_on(paper.sheet()).boxes
    assert len(found) == len(boxes)
    assert all(any(_near(box, one.box, 1.5) for one in found) for box in boxes)


def test_a_box_under_a_large_cross_is_known_by_its_like() -> None:
    paper = Paper()
    boxes = [_box(paper, 40, 30), _box(paper, 40, 60), _box(paper, 40, 90)]
    paper.line(36, 56, 55, 75, 1.4)
    paper.line(55, 56, 36, 75, 1.4)
    found = drawn_on(paper.sheet()).boxes
    assert all(any(_near(box, one.box, 1.5) for one in found) for box in boxes)


def test_a_box_that_touches_its_label_is_found() -> None:
    paper = Paper()
    box = _box(paper, 40, 30)
    paper.text(51, 40, "Ja")
    _box(paper, 40, 60)
    assert any(_near(box, one.box, 1.5) for one in drawn_on(paper.sheet()).boxes)


def test_a_punched_hole_is_no_tick_box() -> None:
    paper = Paper(595, 300)
    sheet = paper.sheet()
    y, x = np.mgrid[0 : sheet.grey.shape[0], 0 : sheet.grey.shape[1]]
    away = np.hypot(x - 33 * sheet.scale, y - 150 * sheet.scale)
    ring = (away < 8.5 * sheet.scale) & (away > 7.8 * sheet.scale)
    grey = np.where(ring, 30, sheet.grey).astype(np.uint8)
    holed = Sheet(number=1, grey=grey, ink=ring, scale=sheet.scale, width=595, height=300)
    assert drawn_on(holed).boxes == []


def test_an_underlined_word_keeps_its_letters() -> None:
    paper = Paper()
    word = paper.text(60, 80, "Ansvarsgruppe")
    paper.line(40, 84, 300, 84)
    found = drawn_on(paper.sheet())
    assert [rule.across for rule in found.rules] == [True]
    assert len(found.segments) == 1
    assert _holds(found.segments[0].box, word)


@pytest.mark.parametrize("end", [300.0, 300.3, 310.0, 399.9])
def test_a_line_of_any_length_is_taken_out_to_its_end(end: float) -> None:
    paper = Paper()
    paper.line(40, 84, end, 84)
    sheet = paper.sheet()
    lined = ruling(sheet)
    assert not written(sheet, [*lined.rules, *lined.folds], []).any()


def test_an_empty_sheet_has_nothing() -> None:
    assert drawn_on(Paper().sheet()) == Drawn()


def test_lines_of_print_that_something_melts_are_parted() -> None:
    paper = Paper()
    upper = paper.text(40, 60, "Tjeneste: Habilitering", 10)
    lower = paper.text(60, 74, "Epost/telefon: ase", 10)
    for step in range(6):
        paper.line(30 + 8 * step, 88, 34 + 8 * step, 55, 1.0)
        paper.line(34 + 8 * step, 55, 38 + 8 * step, 88, 1.0)
    found = [segment.box for segment in drawn_on(paper.sheet()).segments]
    for line in (upper, lower):
        assert any(abs(box.x1 - line.x1) < 2 and box.bottom - box.top < 14 for box in found)


def test_lines_that_the_edge_of_a_stain_joins_are_two() -> None:
    paper = Paper()
    upper = paper.text(40, 60, "Beskrivelse av behov for hjelp:", 10)
    lower = paper.text(40, 73, "Familien trenger avlastning i helgene", 10)
    paper.line(120, 61, 128, 72, 0.8)
    found = [segment.box for segment in drawn_on(paper.sheet()).segments]
    assert [box for box in found if abs(box.top - upper.top) < 1.5 and box.bottom < lower.top + 3]
    assert [box for box in found if abs(box.bottom - lower.bottom) < 1.5 and box.top > upper.bottom - 5]


def test_a_line_that_runs_over_the_papers_edge_is_a_fold() -> None:
    folds = folds_among([Rule(True, 300.0, 64.0, 591.0)], 595.0, 842.0)
    assert len(folds) == 1
    assert not folds_among([Rule(True, 300.0, 64.0, 540.0)], 595.0, 842.0)


def test_a_gap_in_a_tables_line_joins_no_rows_and_lines_to_write_on_stay_apart() -> None:
    paper = Paper()
    for x in (40, 160, 300):
        paper.line(x, 30, x, 150)
    for y in (30, 150):
        paper.line(40, y, 300, y)
    paper.line(40, 90, 120, 90)
    paper.line(126, 90, 300, 90)
    paper.line(40, 180, 120, 180)
    paper.line(126, 180, 300, 180)
    rules = [rule for rule in rules_of(paper.sheet()) if rule.across]
    assert sum(abs(rule.at - 90) < 1 for rule in rules) == 1
    assert sum(abs(rule.at - 180) < 1 for rule in rules) == 2


def test_a_tick_much_taller_than_print_is_not_in_the_next_columns_words() -> None:
    paper = Paper()
    note = paper.text(120, 60, "Tas opp på neste møte", 9)
    paper.line(92, 52, 96, 60, 1.4)
    paper.line(96, 60, 106, 42, 1.4)
    found = [segment.box for segment in drawn_on(paper.sheet()).segments]
    assert any(_near(box, note, 2.0) for box in found)


@pytest.mark.parametrize("side", [8.0, 9.0])
def test_the_sides_of_boxes_in_low_cells_are_no_walls(side: float) -> None:
    paper, low = Paper(), 13.5
    ys = [30 + low * row for row in range(6)]
    for y in ys:
        paper.line(40, y, 300, y)
    for x in (40.0, 200.0, 250.0, 300.0):
        paper.line(x, ys[0], x, ys[-1])
    boxes = [_box(paper, x, y + low - side - 2.0, side) for y in ys[:-1] for x in (220.0, 270.0)]
    paper.text(boxes[2].x0 + 1.2, boxes[2].bottom - 1.2, "x", side)
    found = drawn_on(paper.sheet())
    assert sorted(round(rule.at) for rule in found.rules if not rule.across) == [40, 200, 250, 300]
    assert len(found.boxes) == len(boxes)


def test_letters_that_run_together_over_their_blanks_rule_no_line() -> None:
    """Bold print in a dark scan: the tops of its letters are one level run, thin at the blanks between words."""
    paper = Paper()
    box = paper.text(30, 60, "samtykker sammen nærmere annen ansvarsvurdering og varmere rommene", 11)
    paper.line(30, 120, 380, 120, 1.0)
    paper.line(box.x0, 54.3, box.x1 - 10, 54.3, 1.0)
    sheet = paper.sheet()
    gaps = np.arange(sheet.grey.shape[1]) % 97 < 12
    band = slice(round(53.4 * sheet.scale), round(55.2 * sheet.scale))
    sheet.ink[band, gaps] = False
    sheet.grey[band, gaps] = 255
    assert [round(rule.at) for rule in rules_of(sheet) if rule.across] == [120]
