"""Signatures where a form asks for them: judged on the picture, put after the label, never read as words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.domain import Box, Ink, Line, Page, SigningPlace, Word
from pipeline.reading.layout._shapes import Rule
from pipeline.reading.scan._signing import signed_page
from pipeline.reading.scan._types import Drawn, ReadWord
from pipeline.reading.scan.marks._sign_areas import area_of, looked
from tests.unit.reading.paper import HAND, Paper

FAR = 1e6
LABEL = Box(40, 88, 100, 101)


def scribble(paper: Paper, x: float, base: float, wide: float = 90, high: float = 18) -> Box:
    """A signature's waves and its flourish."""
    turns = np.linspace(0, 1, 160)
    xs = x + wide * turns + 5 * np.sin(2 * np.pi * 9 * turns)
    ys = base - high * (0.5 + 0.5 * np.sin(2 * np.pi * 9 * turns)) * (1 - 0.6 * turns)
    for k in range(len(turns) - 1):
        paper.line(xs[k], ys[k], xs[k + 1], ys[k + 1], 1.0)
    return Box(x - 5, base - high, x + wide + 5, base)


def word(text: str, box: Box, confidence: float = 0.95) -> ReadWord:
    return ReadWord(text, box, confidence)


def judged(
    paper: Paper,
    rules: list[Rule],
    words: list[ReadWord],
    printed: list[ReadWord],
    places: list[SigningPlace] | None = None,
) -> Page:
    """A page of one line with these words after its places were judged; ``printed`` look printed."""
    sheet = paper.sheet()
    line = Line(pieces=tuple(Word(text=w.text, box=w.box, confidence=w.confidence) for w in words))
    page = Page(number=1, width=sheet.width, height=sheet.height, blocks=(line,))
    places = places or [SigningPlace(1, LABEL, FAR)]
    return signed_page(page, places, looked(sheet, Drawn(rules=rules)), printed, [])


def inks(page: Page) -> list[Ink]:
    return [piece for piece in page.pieces() if isinstance(piece, Ink)]


def texts(page: Page) -> list[str]:
    return [piece.text for piece in page.pieces() if isinstance(piece, Word)]


def labelled() -> tuple[Paper, list[Rule], ReadWord]:
    paper = Paper()
    paper.text(40, 98, "Underskrift:")
    paper.line(110, 100, 330, 100)
    return paper, [Rule(True, 100, 110, 330)], word("Underskrift:", LABEL)


def test_a_scribble_on_the_line_is_a_signature_and_no_words() -> None:
    paper, rules, label = labelled()
    stroke = scribble(paper, 130, 99)
    read = [word("Q", Box(128, 84, 150, 100), 0.4), word("b", Box(170, 84, 190, 100), 0.4)]
    page = judged(paper, rules, [label, *read], [label])
    assert texts(page) == ["Underskrift:"]
    (ink,) = inks(page)
    assert ink.confidence > 0.8
    assert ink.extent is not None
    assert abs(ink.extent.x0 - stroke.x0) < 6
    assert page.lines[0].pieces[1] is ink


def test_a_scribble_that_was_read_surely_as_short_words_is_still_one() -> None:
    paper, rules, label = labelled()
    scribble(paper, 130, 99)
    read = [word("OO", Box(125, 84, 180, 100)), word("DD", Box(185, 84, 225, 100))]
    page = judged(paper, rules, [label, *read], [label, *read])
    assert texts(page) == ["Underskrift:"]
    assert len(inks(page)) == 1


def test_a_typed_name_stays_a_name_and_signs_nothing() -> None:
    paper, rules, label = labelled()
    box = paper.text(130, 98, "Siri Bakken")
    name = [word("Siri", Box(box.x0, 88, 150, 101)), word("Bakken", Box(153, 88, box.x1, 101))]
    page = judged(paper, rules, [label, *name], [label, *name])
    assert texts(page) == ["Underskrift:", "Siri", "Bakken"]
    assert inks(page) == []


def test_a_short_word_after_a_typed_one_is_the_rest_of_the_name() -> None:
    """By itself so short a word may have been read from a scribble."""
    paper, rules, label = labelled()
    first = paper.text(130, 98, "Jørun")
    rest = paper.text(first.x1 + 4, 98, "Ås", 7.5, font_file=HAND)
    name = [word("Jørun", first), word("Ås", rest)]
    page = judged(paper, rules, [label, *name], [label, *name])
    assert texts(page) == ["Underskrift:", "Jørun", "Ås"]
    assert inks(page) == []


def test_a_signature_after_a_typed_name_leaves_the_name() -> None:
    paper, rules, label = labelled()
    paper.text(115, 98, "Siri Bakken")
    scribble(paper, 215, 99)
    name = [word("Siri", Box(115, 88, 137, 101)), word("Bakken", Box(140, 88, 182, 101))]
    page = judged(paper, rules, [label, *name], [label, *name])
    assert texts(page) == ["Underskrift:", "Siri", "Bakken"]
    assert len(inks(page)) == 1


def test_an_empty_line_is_unsigned() -> None:
    paper, rules, label = labelled()
    assert inks(judged(paper, rules, [label], [label])) == []


def test_the_frame_of_a_cell_is_no_signature() -> None:
    paper = Paper()
    paper.text(40, 98, "Underskrift:")
    rules = [Rule(True, y, 30, 380) for y in (84, 106)] + [Rule(False, x, 84, 106) for x in (30, 380)]
    for y in (84, 106):
        paper.line(30, y, 380, y, 1.2)
    for x in (30, 380):
        paper.line(x, 84, x, 106, 1.2)
    label = word("Underskrift:", LABEL)
    place = SigningPlace(1, LABEL, 380, Box(30, 84, 380, 106))
    assert inks(judged(paper, rules, [label], [label], [place])) == []
    scribble(paper, 150, 104)
    assert len(inks(judged(paper, rules, [label], [label], [place]))) == 1


def test_a_stains_edge_through_the_line_is_looked_at() -> None:
    paper, rules, label = labelled()
    for k in range(30):
        paper.line(180 + 0.02 * (k - 15) ** 2, 20 + 5 * k, 180 + 0.02 * (k - 14) ** 2, 25 + 5 * k, 4)
    assert all(ink.confidence < 0.5 for ink in inks(judged(paper, rules, [label], [label])))


def test_a_signature_belongs_to_one_line_of_two() -> None:
    paper, rules, label = labelled()
    lower = Box(40, 128, 100, 141)
    paper.text(40, 138, "Underskrift:")
    paper.line(110, 140, 330, 140)
    rules.append(Rule(True, 140, 110, 330))
    scribble(paper, 130, 105, high=20)
    second = word("Underskrift:", lower)
    places = [SigningPlace(1, LABEL, FAR), SigningPlace(1, lower, FAR)]
    page = judged(paper, rules, [label, second], [label, second], places)
    pieces = page.lines[0].pieces
    assert [type(piece) for piece in pieces] == [Word, Ink, Word]


def test_a_covered_label_stands_where_its_twin_tells() -> None:
    paper = Paper()
    paper.text(40, 98, "Sted og dato:")
    scribble(paper, 205, 118, high=34)
    beside = word("Sted og dato:", Box(40, 88, 110, 101))
    left = word("N", Box(200, 88, 207, 101), 0.5)
    there = Box(200, 88, 230, 101)
    place = SigningPlace(1, there, 370, Box(200, 82, 370, 131), "Navn:", beside.box)
    page = judged(paper, [], [beside, left], [beside], [place])
    assert texts(page) == ["Sted og dato:", "Navn:"]
    assert len(inks(page)) == 1


@pytest.mark.parametrize(
    ("at", "box"),
    [
        (100, Box(110, 80, 330, 103)),
        (78, Box(30, 58, 330, 81)),
        (125, Box(30, 101, 330, 128)),
    ],
)
def test_the_line_of_a_label_stands_after_over_or_under_it(at: float, box: Box) -> None:
    rules = [Rule(True, at, 110 if at == 100 else 30, 330)]
    assert area_of(SigningPlace(1, LABEL, FAR), rules, 400) == box


def test_a_signature_that_broke_off_the_beginning_of_its_line_lies_where_the_line_began() -> None:
    area = area_of(SigningPlace(1, LABEL, FAR), [Rule(True, 100, 190, 330)], 400)
    assert area == Box(LABEL.x1 + 1, 80, 330, 103)


def test_without_a_line_the_room_after_the_label_is_looked_at_where_print_stands_under_it() -> None:
    area = area_of(SigningPlace(1, LABEL, 250.0, below=LABEL.bottom + 6), [], 400)
    assert (area.x0, area.x1) == (101, 250)
    assert area.top < LABEL.top
    assert LABEL.bottom < area.bottom < LABEL.bottom + 6


def test_without_a_line_the_room_under_the_label_is_looked_at_too() -> None:
    area = area_of(SigningPlace(1, LABEL, 250.0, below=LABEL.bottom + 25), [], 400)
    assert (area.x0, area.x1) == (LABEL.x0, 250)
    assert LABEL.bottom + 20 < area.bottom < LABEL.bottom + 25


@pytest.mark.parametrize("start", [40, 250])
def test_a_line_under_print_or_far_to_the_left_is_a_frames_and_nobody_signs_on_it(start: float) -> None:
    label = Box(250, 88, 300, 101)
    place = SigningPlace(1, label, FAR, above=75 if start == 250 else 0)
    area = area_of(place, [Rule(True, 78, start, 380)], 400)
    assert area.top > 78
    assert area.bottom > label.bottom


def test_a_line_that_a_signature_broke_in_pieces_is_one() -> None:
    rules = [Rule(True, 100, 110, 145), Rule(True, 100.5, 230, 330)]
    assert area_of(SigningPlace(1, LABEL, FAR), rules, 400).x1 == 330
    assert area_of(SigningPlace(1, LABEL, 200.0), rules, 400).x1 == 200


def test_a_label_that_was_read_together_with_its_signature_stays() -> None:
    paper, rules, _ = labelled()
    scribble(paper, 105, 99)
    melted = word("Underskrift:", Box(40, 80, 195, 101), 0.9)
    page = judged(paper, rules, [melted], [melted])
    assert texts(page) == ["Underskrift:"]
    assert len(inks(page)) == 1


def test_what_shines_through_from_the_back_is_looked_at() -> None:
    paper, rules, label = labelled()
    scribble(paper, 130, 99)
    sheet = paper.sheet()
    grey = sheet.grey.copy()
    right = round(105 * sheet.scale)
    grey[:, right:] = 255 - (255 - grey[:, right:]) // 4
    line = Line(pieces=(Word(text=label.text, box=label.box),))
    page = Page(number=1, width=sheet.width, height=sheet.height, blocks=(line,))
    seen = looked(replace(sheet, grey=grey), Drawn(rules=rules))
    found = signed_page(page, [SigningPlace(1, LABEL, FAR)], seen, [label], [])
    assert all(ink.confidence < 0.5 for ink in inks(found))


def test_a_signature_that_touches_the_line_over_it_is_no_other_fields_value() -> None:
    paper, rules, label = labelled()
    scribble(paper, 130, 99, high=24)
    sheet = paper.sheet()
    page = Page(
        number=1,
        width=sheet.width,
        height=sheet.height,
        blocks=(Line(pieces=(Word(text=label.text, box=label.box),)),),
    )
    melted = Box(125, 40, 260, 104)
    seen = looked(sheet, Drawn(rules=rules))
    assert len(inks(signed_page(page, [SigningPlace(1, LABEL, FAR)], seen, [label], [melted]))) == 1


def test_a_word_that_melted_with_a_signature_is_no_print_that_hides_it() -> None:
    paper, rules, label = labelled()
    scribble(paper, 130, 99, high=24)
    melted = word("1", Box(125, 50, 260, 104), 0.7)
    page = judged(paper, rules, [label, melted], [label, melted])
    assert len(inks(page)) == 1


def test_a_written_telephone_over_the_line_is_no_signature() -> None:
    paper, rules, label = labelled()
    number = word("00472859", paper.text(130, 98, "00472859", 13, font_file=HAND), 0.4)
    found = judged(paper, rules, [label, number], [label])
    assert "00472859" in texts(found)
    assert not any(ink.confidence >= 0.5 for ink in inks(found))
