"""A sheet becomes the same page that a printed PDF gives; a value is read again by the other reader."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from pipeline.domain import Box, Ink, Mark, MarkSource, MarkState, Table, Word
from pipeline.reading.layout._shapes import Rule
from pipeline.reading.layout._tokens import Token
from pipeline.reading.scan._page import SheetReading, _as_cross, _numbered, page_of, reading_of
from pipeline.reading.scan._regions import Regions
from pipeline.reading.scan._types import Drawn, ReadLine, ReadWord, Segment, TickBox
from pipeline.reading.scan.marks._cell_marks import cell_mark
from pipeline.reading.scan.text._absent import Absent
from pipeline.reading.scan.text._agreement import APART, SecondReading, agree
from pipeline.reading.scan.text._readers import Readers, readers
from pipeline.reading.scan.text._strip import strip_of
from pipeline.reading.scan.text._text import DOUBTFUL, Lined, dash, read_segments
from tests.unit.reading.paper import HAND, Paper, sight

ABSENT = Absent(name="tesseract", text="Installer tesseract-ocr-nor.")


def ruled(paper: Paper, xs: list[float], ys: list[float]) -> list[Rule]:
    rules: list[Rule] = []
    for y in ys:
        paper.line(xs[0], y, xs[-1], y)
        rules.append(Rule(True, y, xs[0], xs[-1]))
    for x in xs:
        paper.line(x, ys[0], x, ys[-1])
        rules.append(Rule(False, x, ys[0], ys[-1]))
    return rules


def kept(reading: SheetReading) -> Regions:
    regions = Regions(readers())
    regions.keep(reading)
    return regions


def segments(*boxes: Box) -> list[Segment]:
    return [Segment(box) for box in boxes]


def test_words_stand_in_their_cells_and_boxes_are_marks() -> None:
    paper = Paper()
    rules = ruled(paper, [20, 150, 380], [20, 45, 70])
    found = segments(
        paper.text(25, 38, "NAVN:"),
        paper.text(155, 38, "Åse Sætre"),
        paper.text(25, 62, "FØDT:"),
        paper.text(155, 62, "3.11.2014"),
    )
    rules += []
    box = TickBox(Box(25, 100, 35, 110))
    found += segments(paper.text(45, 109, "Koordinator"))
    drawn = Drawn(rules=rules, boxes=[box], segments=found)
    page = page_of(paper.sheet(), drawn, readers(), sight(box=MarkState.ON))
    table, line = page.blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["NAVN:", "Åse Sætre", "FØDT:", "3.11.2014"]
    assert line.pieces[0] == Mark(state=MarkState.ON, source=MarkSource.BOX, box=box.box)
    assert line.text == "Koordinator"
    assert all(0.6 < p.confidence <= 1 for p in page.pieces() if isinstance(p, Word))


def test_a_blank_sheet_is_an_empty_page() -> None:
    import dataclasses

    sheet = dataclasses.replace(Paper().sheet(3), blank=True)
    page = page_of(sheet, Drawn(), readers(), sight())
    assert (page.number, page.blocks, page.readable) == (3, (), True)


def test_ink_that_nobody_can_read_leaves_an_unknown_word() -> None:
    paper = Paper()
    paper.line(60, 50, 61, 51, 1.2)
    where = Box(58, 48, 64, 54)
    nobody = Readers(ABSENT, Absent(name="pp-ocr", text=""))
    page = page_of(paper.sheet(), Drawn(segments=segments(where)), nobody, sight())
    (word,) = page.pieces()
    assert isinstance(word, Word)
    assert (word.text, word.confidence) == ("\ufffd", 0.0)


def test_leaders_are_no_words() -> None:
    paper = Paper()
    box = paper.text(30, 60, "Navn: ________ Åse")
    dots = paper.text(30, 90, "Dato ..............")
    page = page_of(paper.sheet(), Drawn(segments=segments(box, dots)), readers(), sight())
    assert [line.text for line in page.lines] == ["Navn: Åse", "Dato"]


def test_a_cross_alone_in_its_cell_is_a_mark() -> None:
    paper = Paper()
    rules = ruled(paper, [20, 150, 200], [20, 45])
    found = segments(paper.text(25, 38, "Avlastning"), paper.text(170, 38, "x"))
    drawn = Drawn(rules=rules, segments=found)
    page = page_of(paper.sheet(), drawn, readers(), sight(cross=MarkState.ON))
    marks = [piece for piece in page.pieces() if isinstance(piece, Mark)]
    assert [(mark.state, mark.source) for mark in marks] == [(MarkState.ON, MarkSource.BOX)]
    assert [line.text for line in page.lines] == ["Avlastning", ""]


def test_a_short_word_alone_in_its_cell_is_no_cross() -> None:
    paper = Paper()
    rules = ruled(paper, [20, 150, 200], [20, 45])
    found = segments(paper.text(25, 38, "Merknad"), paper.text(170, 38, "ja"))
    drawn = Drawn(rules=rules, segments=found)
    page = page_of(paper.sheet(), drawn, readers(), sight(cross=MarkState.ON))
    assert [line.text for line in page.lines] == ["Merknad", "ja"]


def test_a_cross_in_a_cell_is_no_signature() -> None:
    paper = Paper()
    rules = ruled(paper, [20, 150, 200], [20, 45])
    cross = paper.text(165, 40, "x", 22, font_file=HAND)
    drawn = Drawn(rules=rules, segments=segments(paper.text(25, 38, "Avlastning"), cross))
    page = page_of(paper.sheet(), drawn, readers(), sight(cross=MarkState.ON, hand=[cross]))
    assert [type(piece) for piece in page.pieces() if isinstance(piece, Mark | Ink)] == [Mark]


def test_a_struck_word_is_no_value() -> None:
    paper = Paper()
    box = paper.text(30, 60, "Brekstad")
    paper.line(26, 56.5, box.x1 + 4, 56.5)
    rule = Rule(True, 56.5, 26, box.x1 + 4)
    page = page_of(paper.sheet(), Drawn(rules=[rule], segments=segments(box)), readers(), sight())
    assert [piece.struck for piece in page.pieces() if isinstance(piece, Word)] == [True]


def test_a_stroke_on_a_rows_line_is_not_struck_out_by_it() -> None:
    paper = Paper()
    found = segments(paper.text(300, 60, "L", size=24))
    paper.line(20, 50, 380, 50)
    drawn = Drawn(rules=[Rule(True, 50, 20, 380)], segments=found)
    words = [
        piece
        for piece in page_of(paper.sheet(), drawn, readers(), sight()).pieces()
        if isinstance(piece, Word)
    ]
    assert words
    assert not any(word.struck for word in words)


def test_an_empty_ring_is_no_cross_whatever_its_shape_says() -> None:
    paper = Paper()
    paper.text(30, 60, "Koordinator")
    ring = paper.ring(120, 50, 11, 1.6)
    word = ReadWord("O", ring, 0.6)
    strip = strip_of(paper.sheet(), ring, [], [])
    assert strip is not None
    lined = Lined(Segment(ring), strip, ReadLine((word,), 0.6), "print")
    assert _as_cross(lined) is lined
    assert _as_cross(replace(lined, line=ReadLine((word._replace(text="K"),), 0.6))).line.text == "X"


@pytest.mark.parametrize(("beside", "out"), [(4, True), (60, False)])
def test_a_line_that_goes_on_beside_handwriting_is_written_on_and_strikes_nothing_out(
    beside: float, out: bool
) -> None:
    paper = Paper()
    box = paper.text(80, 60, "Bjugn", 14, font_file=HAND)
    rule = Rule(True, (box.top + box.bottom) / 2, box.x0 - beside, box.x1 + beside)
    page = page_of(paper.sheet(), Drawn(rules=[rule], segments=segments(box)), readers(), sight(hand=[box]))
    words = [piece for piece in page.pieces() if isinstance(piece, Word)]
    assert words
    assert {word.struck for word in words} == {out}


def test_what_a_hand_wrote_is_a_guess_and_may_be_a_signature() -> None:
    paper = Paper()
    box = paper.text(30, 60, "Åse Sætre", 14, font_file=HAND)
    page = page_of(paper.sheet(), Drawn(segments=segments(box)), readers(), sight(hand=[box]))
    words = [piece for piece in page.pieces() if isinstance(piece, Word)]
    assert words
    assert all(word.confidence <= DOUBTFUL for word in words)
    assert sum(isinstance(piece, Ink) for piece in page.pieces()) == 1


def test_without_tesseract_all_words_are_doubtful() -> None:
    paper = Paper()
    box = paper.text(30, 60, "Meldt av: Liv Moen")
    page = page_of(
        paper.sheet(), Drawn(segments=segments(box)), Readers(ABSENT, readers().recogniser), sight()
    )
    assert [line.text for line in page.lines] == ["Meldt av: Liv Moen"]
    assert all(p.confidence <= DOUBTFUL for p in page.pieces() if isinstance(p, Word))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("3.11.2014", "date"),
        ("+47 48 13 53 15", "phone"),
        ("7130 Brekstad", "place"),
        ("Åse Sætre", "person"),
    ],
)
def test_a_value_is_read_again_by_the_other_reader(text: str, kind: str) -> None:
    paper = Paper()
    label = paper.text(30, 60, "Felt:")
    value = paper.text(label.x1 + 4, 60, text)
    whole = Box(label.x0, value.top - 1, value.x1, value.bottom + 1)
    reading = reading_of(paper.sheet(), Drawn(segments=segments(whole)), readers(), sight())
    second = kept(reading).second(1, value, kind)
    assert second.reader == "pp-ocr"
    assert not second.replaces
    assert agree(text, second, kind) > 0.95
    assert agree("9" + text, second, kind) == APART


def test_an_address_is_never_taken_from_norwegian_tesseract() -> None:
    paper = Paper()
    value = paper.text(30, 60, "ase.moen@epost.example")
    reading = reading_of(paper.sheet(), Drawn(segments=segments(value)), readers(), sight())
    second = kept(reading).second(1, value, "email")
    assert second.replaces
    assert second.text == "ase.moen@epost.example"
    assert second.witness == second.text
    assert agree("anything", second, "email") > 0.95
    alone = SecondReading(text="a@b.example", confidence=0.99, reader="pp-ocr", replaces=True)
    assert agree("a@b.example", alone, "email") < 0.6


def test_nothing_to_read_again_is_no_agreement() -> None:
    second = Regions(readers()).second(1, Box(0, 0, 10, 10), "text")
    assert second == SecondReading(text="", confidence=0.0, reader="")
    assert agree("Åse", second, "person") < 0.6
    assert agree("", second, "person") == 0.0


def test_a_ring_is_a_difference_and_a_space_is_none() -> None:
    second = SecondReading(text="NilsÅs", confidence=1.0, reader="pp-ocr")
    assert agree("Nils Ås", second, "person") > 0.95
    assert agree("Nils As", second, "person") == APART


@pytest.mark.parametrize(
    ("first", "other", "same"),
    [
        ("31.7.2022", "Sjøvegan, den 31.7.2022", True),
        ("1.7.2022", "31.7.2022", False),
        ("31.7.20", "31.7.2022", False),
        ("3/11-2014", "Brekstad 3/11-2014.", True),
        ("7.2022", "31.7.2022", False),
    ],
)
def test_a_date_may_share_its_place_but_not_its_digits(first: str, other: str, same: bool) -> None:
    second = SecondReading(text=other, confidence=1.0, reader="pp-ocr")
    assert (agree(first, second, "date") > 0.95) is same


@pytest.mark.parametrize(("kind", "sure"), [("person", False), ("text", False)])
def test_a_name_that_is_part_of_another_is_not_the_same(kind: str, sure: bool) -> None:
    second = SecondReading(text="Åse Moen", confidence=1.0, reader="pp-ocr")
    assert (agree("Åse", second, kind) > 0.95) is sure


def test_a_broken_leader_is_no_value_whatever_it_is_read_as() -> None:
    paper = Paper()
    label = paper.text(30, 60, "Fylt ut av:")
    for x in range(100, 300, 11):
        paper.line(x, 62, x + 9.5, 62, 0.4)
    found = segments(Box(label.x0, label.top - 1, 302, 64))
    page = page_of(paper.sheet(), Drawn(segments=found), readers(), sight())
    assert [line.text for line in page.lines] == ["Fylt ut av:"]


def test_a_struck_word_is_known_by_its_ink_where_no_line_was_found() -> None:
    paper = Paper()
    box = paper.text(30, 60, "Brekstad")
    paper.line(29, 56.5, box.x1 + 1, 56.5)
    plain = paper.text(120, 60, "Grande")
    page = page_of(paper.sheet(), Drawn(segments=segments(box, plain)), readers(), sight())
    words = [piece for piece in page.pieces() if isinstance(piece, Word)]
    assert words[-1].text == "Grande"
    assert [word.struck for word in words] == [*[True] * (len(words) - 1), False]


@pytest.mark.parametrize(
    ("seen", "share", "meant"),
    [("-", 0.48, "–"), ("–", 0.48, "–"), ("–", 0.34, "-"), ("-", 0.65, "-"), ("–", 0.65, "–")],
)
def test_a_dash_between_words_is_what_its_width_says(seen: str, share: float, meant: str) -> None:
    paper = Paper()
    box = paper.text(30, 60, "HHH")
    start = box.x1 + 6
    end = start + share * (box.bottom - box.top)
    paper.line(start, 56, end, 56, 0.8)
    strip = strip_of(paper.sheet(), Box(box.x0, box.top, end + 6, box.bottom), [], [])
    assert strip is not None
    assert dash(seen, Box(start - 0.5, box.top, end + 0.5, box.bottom), strip) == meant


def test_agreement_on_what_the_first_reader_guessed_is_chance() -> None:
    second = SecondReading(text="Siøvegan", confidence=0.997, reader="pp-ocr")
    assert agree("Siøvegan", second, "text", 0.41) < 0.9 < agree("Siøvegan", second, "text", 0.93)


def test_letters_that_run_together_are_not_struck_out_but_looked_at() -> None:
    paper = Paper()
    box = paper.text(30, 60, "neste")
    sheet = paper.sheet()
    heavy = cv2.erode(sheet.grey, np.ones((3, 8), np.uint8))
    sheet = replace(sheet, grey=heavy, ink=heavy < 150)
    (line,) = read_segments(sheet, Drawn(segments=segments(box)), readers(), sight().handwriting)
    assert (len(line.struck), len(line.doubted)) == (0, 1)


def test_a_pen_s_cross_on_open_paper_is_known_beside_the_word_it_was_read_as() -> None:
    paper = Paper()
    found = segments(paper.text(30, 60, "Koordinator"), paper.text(170, 60, "x", 20, font_file=HAND))
    seen = sight(cross=MarkState.ON, hand=[found[1].box])
    page = page_of(paper.sheet(), Drawn(segments=found), readers(), seen)
    words = [piece for piece in page.pieces() if isinstance(piece, Word)]
    assert [word.cross for word in words] == [0.0, 0.9]


def test_what_stands_in_a_small_cell_where_nothing_was_read_is_looked_at() -> None:
    paper = Paper()
    rules = ruled(paper, [20, 150, 200], [20, 45, 70])
    found = segments(paper.text(25, 38, "Avlastning"), paper.text(25, 63, "Merknad"))
    paper.line(165, 26, 180, 40, 1.2)
    paper.line(165, 40, 180, 26, 1.2)
    page = page_of(
        paper.sheet(), Drawn(rules=rules, segments=found), readers(), sight(cross=MarkState.UNSURE)
    )
    marks = [piece for piece in page.pieces() if isinstance(piece, Mark)]
    assert [(mark.state, mark.box) for mark in marks] == [(MarkState.UNSURE, Box(150, 20, 200, 45))]


def test_a_faint_fold_through_an_empty_cell_is_no_mark_in_it() -> None:
    paper = Paper()
    rules = ruled(paper, [20, 150, 200], [20, 45, 70])
    found = segments(paper.text(25, 38, "Avlastning"), paper.text(25, 63, "Merknad"))
    sheet = paper.sheet()
    s, fold = sheet.scale, Rule(False, 175, 0, sheet.height)
    band = np.s_[:, round(174 * s) : round(176 * s)]
    sheet.grey[band] = np.minimum(sheet.grey[band], 205)
    sheet.ink[band] = True
    seen = replace(sight(), cell=lambda sheet, cell: (cell_mark(sheet, cell, ()).state, 0.9))
    page = page_of(sheet, Drawn(rules=rules, segments=found, folds=[fold]), readers(), seen)
    assert not [piece for piece in page.pieces() if isinstance(piece, Mark)]
    page = page_of(sheet, Drawn(rules=rules, segments=found), readers(), seen)
    assert [piece for piece in page.pieces() if isinstance(piece, Mark)]


@pytest.mark.parametrize(("joined", "words"), [(True, []), (False, ["V"])])
def test_the_end_of_a_cross_that_leaves_its_box_is_no_word(joined: bool, words: list[str]) -> None:
    paper = Paper()
    for line in ((50, 50, 61, 50), (50, 61, 61, 61), (50, 50, 50, 61), (61, 50, 61, 61)):
        paper.line(*line)
    paper.line(52, 59, 66 if joined else 60, 45 if joined else 51, 1.0)
    end = paper.text(61.5, 49, "V", 10)
    drawn = Drawn(boxes=[TickBox(Box(50, 50, 61, 61))], segments=segments(end))
    page = page_of(paper.sheet(), drawn, readers(), sight(box=MarkState.ON))
    assert [piece.text for piece in page.pieces() if isinstance(piece, Word)] == words


def test_a_penned_cross_on_open_paper_is_no_signature_too() -> None:
    paper = Paper()
    found = segments(paper.text(30, 60, "Koordinator"), paper.text(170, 60, "x", 22, font_file=HAND))
    seen = sight(cross=MarkState.ON, hand=[found[1].box])
    page = page_of(paper.sheet(), Drawn(segments=found), readers(), seen)
    assert not any(isinstance(piece, Ink) for piece in page.pieces())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1.Helsestasjon", ["1.", "Helsestasjon"]),
        ("12.3.2020", ["12.3.2020"]),
        ("2.etasje", ["2.etasje"]),
        ("4.AB", ["4.AB"]),
    ],
)
def test_a_rows_number_that_runs_into_a_word_is_a_word_of_its_own(text: str, parts: list[str]) -> None:
    found = _numbered(Token(text, Box(10, 10, 10 + 5 * len(text), 20)))
    assert [token.text for token in found] == parts
    assert found[0].box.x0 == 10
    assert found[-1].box.x1 == 10 + 5 * len(text)


@pytest.mark.parametrize(("size", "cross"), [(30, 0.9), (11, 0.0)])
def test_a_letter_higher_than_any_print_may_be_a_pens_cross(size: float, cross: float) -> None:
    paper = Paper()
    found = segments(paper.text(30, 60, "Koordinator"), paper.text(200, 60, "L", size))
    page = page_of(paper.sheet(), Drawn(segments=found), readers(), sight(cross=MarkState.ON))
    assert [word.cross for word in page.pieces() if isinstance(word, Word)] == [0.0, cross]


def test_a_line_at_the_feet_of_letters_strikes_nothing_out() -> None:
    """A line to write on, or serifs that run together: a line's tails make it seem to lie in the middle of the letters."""
    paper = Paper()
    box = paper.text(30, 60, "Opphaug")
    low = paper.text(95, 60, "Laila")
    paper.line(low.x0 - 1, 59.2, low.x1 + 1, 59.2)
    found = segments(Box(box.x0, box.top, low.x1, box.bottom))
    page = page_of(paper.sheet(), Drawn(segments=found), readers(), sight())
    words = [piece for piece in page.pieces() if isinstance(piece, Word)]
    assert len(words) > 1
    assert not any(word.struck for word in words)
