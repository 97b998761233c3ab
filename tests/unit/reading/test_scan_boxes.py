"""Tick boxes that no empty one of their kind shows: crossed, ticked, rounded, round, typed with brackets, tiny."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.domain import Box
from pipeline.reading.scan._drawn import drawn_on
from pipeline.reading.scan._types import Drawn
from pipeline.reading.scan.drawn._brackets import one_sided
from tests.unit.reading.paper import Paper

CLOSE = 1.8
"""Points between where a box is and where it is found."""


def square(paper: Paper, x: float, y: float, side: float, thick: float = 0.7) -> Box:
    for a, b, c, d in ((0, 0, 1, 0), (0, 1, 1, 1), (0, 0, 0, 1), (1, 0, 1, 1)):
        paper.line(x + a * side, y + b * side, x + c * side, y + d * side, thick)
    return Box(x, y, x + side, y + side)


def bracketed(paper: Paper, x: float, y: float, side: float) -> Box:
    for left, turn in ((x, 1), (x + side, -1)):
        paper.line(left, y, left, y + side, 0.7)
        for level in (y, y + side):
            paper.line(left, level, left + turn * 0.2 * side, level, 0.7)
    return Box(x, y, x + side, y + side)


def cross(paper: Paper, box: Box, beyond: float = 2.0) -> None:
    paper.line(box.x0 - beyond, box.top - beyond, box.x1 + beyond, box.bottom + beyond, 1.2)
    paper.line(box.x0 - beyond, box.bottom + beyond, box.x1 + beyond, box.top - beyond, 1.2)


def tick(paper: Paper, box: Box, beyond: float = 5.0) -> None:
    x, y = (box.x0 + box.x1) / 2, box.bottom - 2
    paper.line(box.x0 + 1, y - 4, x, y, 1.2)
    paper.line(x, y, box.x1 + beyond, box.top - beyond, 1.2)


def has(drawn: Drawn, box: Box) -> bool:
    return any(max(abs(a - b) for a, b in zip(one.box, box, strict=True)) <= CLOSE for one in drawn.boxes)


@pytest.mark.parametrize(
    ("make", "mark", "beyond"),
    [(square, cross, 2), (square, tick, 5), (bracketed, cross, -2), (bracketed, tick, 0)],
)
def test_a_ticked_box_is_found_though_none_is_empty(
    make: Callable[[Paper, float, float, float], Box],
    mark: Callable[[Paper, Box, float], None],
    beyond: float,
) -> None:
    paper = Paper()
    end = paper.text(30, 60, "opprettes ansvarsgruppe.").x1
    box = make(paper, end + 5, 49, 13)
    mark(paper, box, beyond)
    drawn = drawn_on(paper.sheet())
    assert has(drawn, box)
    assert len(drawn.boxes) == 1


@pytest.mark.parametrize("crossed", [(1, 2, 3), (0, 1, 2)])
def test_crossed_rings_are_found_though_but_one_is_empty(crossed: tuple[int, ...]) -> None:
    paper = Paper()
    rings = [paper.ring(40, 30 + 20 * row, 11, 0.5) for row in range(4)]
    for row, words in enumerate(
        ("Individuell plan (IP)", "Koordinator", "Ansvarsgruppe", "Barnekoordinator")
    ):
        paper.text(rings[row].x1 + 5, rings[row].bottom - 1.5, words)
        if row in crossed:
            cross(paper, rings[row], 1.5 - row)
    drawn = drawn_on(paper.sheet())
    assert all(has(drawn, ring) for ring in rings)
    assert len(drawn.boxes) == len(rings)


def test_a_dot_in_a_bold_box_is_no_corner_of_a_code() -> None:
    paper = Paper()
    boxes = [square(paper, 40, 40 + 22 * row, 11, 1.5) for row in range(3)]
    for box in boxes[:2]:
        paper.ring(box.x0 + 3, box.top + 3, 5, filled=True)
    for box in boxes:
        paper.text(box.x1 + 7, box.bottom - 1, "Ansvarsgruppe")
    drawn = drawn_on(paper.sheet())
    assert all(has(drawn, box) for box in boxes)


@pytest.mark.parametrize(
    ("feet", "back", "stands"),
    [((2, 2), (0, 0), True), ((1, 2), (0, 0), True), ((1, 1), (0, 0), False), ((1, 2), (1, 0), False)],
)
def test_of_a_brackets_shortest_feet_one_may_have_lost_a_pixel(
    feet: tuple[int, int], back: tuple[int, int], stands: bool
) -> None:
    assert one_sided(feet, back, 19) is stands


def test_a_stroke_out_of_a_box_is_no_writing() -> None:
    paper = Paper()
    box = square(paper, 40, 50, 12)
    tick(paper, box, 4)
    paper.text(70, 60, "Koordinator")
    assert len(drawn_on(paper.sheet()).segments) == 1


def test_empty_boxes_a_blank_behind_their_words_are_found() -> None:
    """The blank of a word is wider than those among letters, in spite of no other box on the page."""
    paper = Paper()
    boxes = []
    for row, words in enumerate(("Koordinator", "Barnekoordinator", "Ansvarsgruppe")):
        end = paper.text(30, 40 + 30 * row, words).x1
        boxes.append(square(paper, end + 3.5, 31 + 30 * row, 10))
    drawn = drawn_on(paper.sheet())
    assert all(has(drawn, box) for box in boxes)
    assert len(drawn.boxes) == len(boxes)


def test_boxes_in_a_column_are_no_ruling_line() -> None:
    paper = Paper()
    boxes = [square(paper, 40, 20 + 18.5 * row, 17) for row in range(5)]
    drawn = drawn_on(paper.sheet())
    assert all(has(drawn, box) for box in boxes)
    assert not drawn.rules


def test_tiny_boxes_of_small_print_are_found() -> None:
    paper = Paper()
    boxes = [square(paper, 40, 40 + 20 * row, 5.2, 0.6) for row in range(3)]
    for box in boxes:
        paper.text(box.x1 + 7, box.bottom, "om bo og do", 8)
    cross(paper, boxes[1], 1)
    drawn = drawn_on(paper.sheet())
    assert all(has(drawn, box) for box in boxes)
    assert len(drawn.boxes) == len(boxes)


def test_the_least_boxes_are_found_and_no_letter_beside_them() -> None:
    paper = Paper()
    boxes = [square(paper, 40, 40 + 20 * row, 4.1, 0.5) for row in range(3)]
    for box in boxes:
        paper.text(box.x1 + 7, box.bottom, "DELTAKERE OG DATO", 8)
    paper.text(40, 120, "DELTAKERE OG DATO", 8)
    drawn = drawn_on(paper.sheet())
    assert all(has(drawn, box) for box in boxes)
    assert len(drawn.boxes) == len(boxes)


def test_a_cross_smaller_than_letters_is_no_speck() -> None:
    """It stands alone where it says yes; a dot as large is dust."""
    paper = Paper()
    for row, words in enumerate(("Individuell plan (IP)", "Koordinator", "Ansvarsgruppe")):
        paper.text(40, 60 + 30 * row, words, 12)
    cross(paper, Box(250, 56, 252, 58), 1)
    paper.ring(250, 86, 4, filled=True)
    beyond = [one.box for one in drawn_on(paper.sheet()).segments if one.box.x0 > 240]
    assert len(beyond) == 1
    assert beyond[0].top < 60


@pytest.mark.parametrize("typed", ["[ ]", "[x]", "( )", "(x)"])
def test_typed_boxes_are_found_by_their_brackets(typed: str) -> None:
    paper = Paper()
    box = paper.text(30, 60, typed)
    paper.text(box.x1 + 5, 60, "Jeg samtykker")
    drawn = drawn_on(paper.sheet())
    assert len(drawn.boxes) == 1
    assert abs(drawn.boxes[0].box.x0 - box.x0) < CLOSE
    assert len(drawn.segments) == 1


def test_numbers_lists_and_words_are_no_bracket_boxes() -> None:
    paper = Paper()
    for row, words in enumerate(
        ("150823 00 10", "(a) (1) (IP) f(x)", "E 3 [se vedlegg] J 0 0", "Dato (dd.mm)")
    ):
        paper.text(30, 40 + 30 * row, words)
        paper.text(200, 40 + 30 * row, words, 8)
    assert not drawn_on(paper.sheet()).boxes


def test_a_box_is_found_though_a_large_cross_ties_it_to_the_next_one() -> None:
    paper = Paper()
    boxes = [square(paper, 40, 40 + 17.5 * row, 15) for row in range(3)]
    for box in boxes:
        paper.text(box.x1 + 7, box.bottom - 2, "Melding om endring")
    cross(paper, boxes[1], 3.2)
    drawn = drawn_on(paper.sheet())
    assert all(has(drawn, box) for box in boxes)
    assert len(drawn.boxes) == len(boxes)


def test_a_crossed_box_that_stands_apart_from_the_others_is_known_by_their_size() -> None:
    paper = Paper()
    boxes = [square(paper, x, 30 + 22 * row, 9.5, 0.8) for row, x in enumerate((150, 250, 201))]
    for box in boxes:
        paper.text(30, box.bottom - 2, "Årlig rapport")
    x0, top, x1, bottom = boxes[2]
    paper.line(x0 - 0.5, top - 1, x1 + 0.5, bottom + 1, 1.8)
    paper.line(x0 - 0.5, bottom + 1, x1 + 0.5, top - 1, 1.8)
    drawn = drawn_on(paper.sheet())
    assert all(has(drawn, box) for box in boxes)
    assert len(drawn.boxes) == len(boxes)


def test_letters_in_the_column_of_brackets_are_none() -> None:
    paper = Paper()
    box = bracketed(paper, 30, 30, 12)
    for number, text in enumerate(("Illness", "Hill", "IJI")):
        paper.text(30, 80 + 25 * number, text, 15)
    drawn = drawn_on(paper.sheet())
    assert has(drawn, box)
    assert len(drawn.boxes) == 1


def test_bold_capitals_that_look_like_boxes_are_letters() -> None:
    """Two alike, each as near to its word as letters are to each other, and higher than wide."""
    paper = Paper()
    for y in (30, 120):
        for a, b, c, d in (
            (30, y, 36.3, y),
            (30, y + 8.1, 36.3, y + 8.1),
            (30, y, 30, y + 8.1),
            (36.3, y, 36.3, y + 8.1),
        ):
            paper.line(a, b, c, d, 1.2)
        paper.text(38.6, y + 8.1, "eskrivelse av behov", 11)
    assert not drawn_on(paper.sheet()).boxes
