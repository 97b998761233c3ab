"""Ink beside a label that no word accounts for: what was written there was never read."""

from __future__ import annotations

from pipeline.domain import Box
from pipeline.reading.layout._shapes import Rule
from pipeline.reading.scan._page import reading_of
from pipeline.reading.scan._regions import Regions
from pipeline.reading.scan._types import Drawn, ReadWord, Segment, TickBox
from pipeline.reading.scan._unread import Unaccounted
from pipeline.reading.scan.marks._sign_areas import looked
from pipeline.reading.scan.text._readers import readers
from tests.unit.reading.paper import HAND, Paper, sight

ROOM = Box(95, 86, 390, 104)


def page() -> tuple[Paper, ReadWord]:
    paper = Paper()
    return paper, ReadWord("Relasjon:", paper.text(40, 98, "Relasjon:"), 0.9)


def unread(paper: Paper, words: list[ReadWord], drawn: Drawn | None = None, room: Box = ROOM) -> Box | None:
    return Unaccounted(looked(paper.sheet(), drawn or Drawn()), words).within(room)


def test_words_that_nobody_read_are_seen() -> None:
    paper, label = page()
    box = paper.text(140, 98, "søster")
    found = unread(paper, [label])
    assert found is not None
    assert abs(found.x0 - box.x0) < 2
    assert unread(paper, [label, ReadWord("søster", box, 0.9)]) is None


def test_a_single_figure_and_a_hands_word_are_seen() -> None:
    paper, label = page()
    paper.text(140, 98, "3")
    assert unread(paper, [label]) is not None
    paper, label = page()
    paper.text(140, 98, "nabo", 14, font_file=HAND)
    assert unread(paper, [label]) is not None


def test_a_value_that_was_taken_into_its_label_is_seen() -> None:
    paper, label = page()
    box = paper.text(140, 98, "søster")
    assert unread(paper, [label._replace(box=label.box._replace(x1=box.x1))]) is not None


def test_the_rest_of_a_value_is_seen() -> None:
    paper, label = page()
    first = ReadWord("Tone", paper.text(140, 98, "Tone"), 0.9)
    paper.text(174, 98, "Hårstad")
    assert unread(paper, [label, first]) is not None


def test_lines_to_write_on_leaders_and_dust_are_nothing() -> None:
    paper, label = page()
    paper.line(100, 100, 330, 100)
    assert unread(paper, [label], Drawn(rules=[Rule(True, 100, 100, 330)])) is None
    for start in ("_" * 30, "." * 60):
        paper, label = page()
        paper.text(100, 98, start)
        assert unread(paper, [label]) is None
    paper, label = page()
    for x in range(110, 380, 13):
        paper.line(x, 90 + x % 7, x + 0.8, 90 + x % 7, 0.8)
    assert unread(paper, [label]) is None


def test_what_belongs_to_a_tick_box_is_no_writing() -> None:
    paper, label = page()
    for a, b in (
        ((150, 105), (165, 105)),
        ((165, 105), (165, 120)),
        ((165, 120), (150, 120)),
        ((150, 120), (150, 105)),
    ):
        paper.line(*a, *b, 1.0)
    paper.line(152, 112, 157, 118, 1.2)
    paper.line(157, 118, 176, 88, 1.2)
    drawn = Drawn(boxes=[TickBox(Box(150, 105, 165, 120))])
    room = ROOM._replace(bottom=125)
    assert unread(paper, [label], room=room) is not None
    assert unread(paper, [label], drawn, room) is None


def test_a_picture_and_what_is_in_it_are_no_writing() -> None:
    paper, label = page()
    paper.text(150, 98, "MOTTATT")
    stamp = Box(140, 70, 230, 120)
    assert unread(paper, [label], Drawn(pictures=[stamp])) is None


def test_a_letter_that_was_taken_for_a_tick_box_is_seen() -> None:
    paper, label = page()
    box = paper.text(140, 98, "BUP")
    rest = ReadWord("UP", box._replace(x0=box.x0 + 7.8), 0.9)
    drawn = Drawn(boxes=[TickBox(Box(box.x0, box.top, box.x0 + 7, box.bottom))])
    assert unread(paper, [label, rest], drawn) is not None
    assert unread(paper, [label, rest._replace(box=box)]) is None


def test_words_that_are_no_longer_on_the_page_account_for_nothing() -> None:
    paper = Paper()
    label, gone = paper.text(40, 98, "Telefon:"), paper.text(140, 98, "900 12 345")
    reading = reading_of(paper.sheet(), Drawn(segments=[Segment(label), Segment(gone)]), readers(), sight())
    regions = Regions(readers())
    regions.keep(reading)
    before, after = regions.unaccounted(1, [label, gone]), regions.unaccounted(1, [label])
    assert before is not None
    assert after is not None
    assert before.within(ROOM) is None
    assert after.within(ROOM) is not None


def test_a_mark_that_was_seen_in_a_cell_is_no_writing_but_a_word_beside_it_is() -> None:
    paper, label = page()
    paper.line(150, 88, 166, 103, 1.4)
    paper.line(166, 88, 150, 103, 1.4)
    seen, cell = looked(paper.sheet(), Drawn()), Box(140, 86, 190, 104)
    assert Unaccounted(seen, [label]).within(ROOM) is not None
    assert Unaccounted(seen, [label], crosses=[cell]).within(ROOM) is None
    paper.text(220, 98, "søster")
    seen = looked(paper.sheet(), Drawn())
    assert Unaccounted(seen, [label], crosses=[cell]).within(ROOM) is not None


def test_the_boxes_of_small_print_are_boxes_where_most_are_so_small() -> None:
    paper, label = page()
    places = [Box(150 + 20 * number, 92, 155.5 + 20 * number, 97.5) for number in range(9)]
    for x0, top, x1, bottom in places:
        for a, b in (((x0, top), (x1, top)), ((x1, top), (x1, bottom)), ((x1, bottom), (x0, bottom)), ((x0, bottom), (x0, top))):  # fmt: skip
            paper.line(*a, *b, 0.6)
    boxes = [TickBox(box) for box in places]
    assert unread(paper, [label], Drawn(boxes=boxes)) is None
    assert unread(paper, [label], Drawn(boxes=boxes[:3])) is not None
