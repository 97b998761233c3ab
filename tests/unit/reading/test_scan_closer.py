"""A closer look at what two readers don't agree on, and what the ink itself says of spaces, rings, dashes and commas."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.domain import Box, Line, Page, ValuePlace, Word
from pipeline.reading.scan._again import read_again
from pipeline.reading.scan._drawn import drawn_on
from pipeline.reading.scan._page import SheetReading, reading_of
from pipeline.reading.scan._regions import Regions
from pipeline.reading.scan._types import Drawn, ReadWord, Segment
from pipeline.reading.scan.text._agreement import AGAIN, APART, FAINT, SecondReading, agree, witnessed
from pipeline.reading.scan.text._closer import least_of, only_mistaken
from pipeline.reading.scan.text._readers import readers
from pipeline.reading.scan.text._recogniser import Letter, Recogniser, recogniser
from pipeline.reading.scan.text._rings import unlike
from pipeline.reading.scan.text._settling import settled
from pipeline.reading.scan.text._strip import Strip, strip_of
from pipeline.reading.scan.text._text import read_segments
from pipeline.reading.scan.text._words import parting, spaced
from tests.unit.reading.paper import Paper, sight


def ours() -> Recogniser:
    found = recogniser()
    assert isinstance(found, Recogniser), found
    return found


def printed(paper: Paper, box: Box) -> Strip:
    strip = strip_of(paper.sheet(), box, [], [])
    assert strip is not None
    return strip


def region(text: str) -> tuple[Regions, Box]:
    paper = Paper()
    box = paper.text(30, 60, text)
    reading: SheetReading = reading_of(paper.sheet(), Drawn(segments=[Segment(box)]), readers(), sight())
    regions = Regions(readers())
    regions.keep(reading)
    return regions, box


def seen(text: str, confidence: float = 0.99, **more: object) -> SecondReading:
    return SecondReading(text=text, confidence=confidence, reader="pp-ocr", **more)  # type: ignore[arg-type]


def test_what_is_read_alike_at_a_closer_look_is_agreed() -> None:
    regions, box = region("Strandveien 128")
    closer = regions.closer(1, box, "text", "Strandveien 128", seen("Strändveien 128", 0.4))
    assert closer.text == "Strandveien 128"
    assert agree("Strandveien 128", closer, "text") == FAINT
    hardly = regions.closer(1, box, "text", "Strandveien 128", seen("Strandveien 128", 0.4))
    assert agree("Strandveien 128", hardly, "text") == FAINT
    unsure = regions.closer(1, box, "text", "Strandveien 128", seen("Strandveien 128", 0.9))
    assert agree("Strandveien 128", unsure, "text") == AGAIN


@pytest.mark.parametrize(
    ("text", "other", "sure"),
    [
        ("må planlegges t idlig", "må planlegges tidlig", False),
        ("går i 3. trinn", "går i 3. trinn", True),
        ("Bruveien 12 b", "Bruveien 12 b", True),
        ('sier: "Vi er slitne.”', 'sier: "Vi er slitne."', False),
        ("sier: «Vi er slitne.»", "sier: «Vi er slitne.»", True),
    ],
)
def test_a_piece_of_a_word_and_marks_of_two_kinds_are_never_sure(text: str, other: str, sure: bool) -> None:
    run = [Word(text=word, box=Box(10 * n, 0, 10 * n + 8, 10)) for n, word in enumerate(text.split())]
    words = settled(run, seen(other, 0.99), "text")
    assert (min(word.confidence for word in words) > 0.9) is sure


def test_what_stays_at_a_closer_look_is_the_better_guess_and_no_agreement() -> None:
    regions, box = region("Kristian Hegdal")
    closer = regions.closer(1, box, "person", "Kristian Headal", seen("Kristian Hegdal", 0.4))
    words = settled([Word(text="Kristian", box=box), Word(text="Headal", box=box)], closer, "person")
    assert [word.text for word in words] == ["Kristian", "Hegdal"]
    assert {word.confidence for word in words} == {APART}


def test_handwriting_is_not_looked_at_closer() -> None:
    regions, box = region("Kari")
    second = seen("Karl", 0.4, hand=True)
    assert regions.closer(1, box, "person", "Kari", second) == second


def test_only_the_known_mistake_of_one_reader_is_overruled() -> None:
    paper = Paper()
    strip = printed(paper, paper.text(30, 60, "Bor i helgene"))
    assert only_mistaken("Boråhelgene", "Borihelgene", strip)
    assert not only_mistaken("Boråhelgeme", "Borihelgene", strip)
    other = printed(paper, paper.text(30, 100, "Bor å helgene"))
    assert not only_mistaken("Boråhelgene", "Borihelgene", other)
    assert not only_mistaken("same", "same", strip)


def test_spaces_are_where_the_letters_part() -> None:
    regions, box = region("Mo i Rana, 29.09.22")
    second = regions.second(1, box, "text")
    assert second.spaced
    assert second.parted == 0, "the first reading parts them as well"
    second = replace(second, spaced=False, parted=2.0)
    run = [Word(text=text, box=box, confidence=0.9) for text in ("Moi", "Rana,", "29.09.22")]
    words = settled(run, second, "text")
    assert " ".join(word.text for word in words) == "Mo i Rana, 29.09.22"
    assert min(word.confidence for word in words) > 0.9
    unlike_length = settled(run, replace(second, text=second.text + "."), "text")
    assert max(word.confidence for word in unlike_length) < 0.9


def test_a_number_read_into_its_word_is_parted_where_the_blank_is() -> None:
    paper = Paper()
    number = paper.text(30, 60, "1.")
    value = paper.text(number.x1 + 2.4, 60, "Rusomsorg i kommunen")
    strip = printed(paper, Box(number.x0, value.top, value.x1, value.bottom))
    glued = [ReadWord("1.Rusomsorg i kommunen", strip.box, 0.9)]
    letters = ours().letters(strip).letters
    cut = (number.x1 + 1.2) * strip.scale - strip.x
    after = [letter.at for letter in letters if letter.text == " "][-2:]
    assert parting(strip, [cut, *after]) > spaced(strip, glued)


def test_an_address_is_borne_out_by_a_reader_that_lacks_its_sign() -> None:
    address = seen("g.knutsen@example.no", replaces=True, witness="g-knutsen@example.no.")
    assert agree("", witnessed(address, "g.knutsen&example.no"), "email") > 0.9
    assert agree("", witnessed(address, "g.knudsen&example.no"), "email") == APART
    assert agree("", witnessed(address, "g.knutsen.example.no"), "email") == APART


@pytest.mark.parametrize("text", ["helgel@example.no", "rune1l@example.no"])
def test_a_stroke_that_may_be_a_figure_is_doubted(text: str) -> None:
    regions, box = region(text)
    assert agree("", regions.second(1, box, "email"), "email") < 0.9


def test_an_address_that_the_first_reader_parted_at_its_sign_is_read_as_one() -> None:
    places = Places()
    run = (Word(text="kari.moene", box=Box(0, 0, 57, 10)), Word(text="post.ex", box=Box(90, 0, 150, 10)))
    page = Page(number=1, width=500, height=700, blocks=(Line(pieces=run),), scanned=True)
    pages = read_again([page], [ValuePlace(1, Box(0, 0, 400, 10), "contact")], places)  # type: ignore[arg-type]
    assert [kind for kind, _ in places.asked] == ["contact", "address"]
    assert [word.text for word in pages[0].pieces() if isinstance(word, Word)] == ["kari.moen@epost.example"]


class Places:
    """A second reader that says for each place what was asked there."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, float]] = []

    def second(self, page: int, box: Box, kind: str) -> SecondReading:
        self.asked.append((kind, box.x1 - box.x0))
        return seen("kari.moen@epost.example", replaces=True, witness="kari.moen@epost.example")

    def closer(self, page: int, box: Box, kind: str, first: str, second: SecondReading) -> SecondReading:
        return second


def test_an_address_that_was_parted_at_its_dots_is_read_whole() -> None:
    texts = ("kari.", "moen&epost", ".example")
    run = tuple(
        Word(text=text, box=Box(60.0 * n, 0, 60.0 * n + 57, 10), confidence=0.9)
        for n, text in enumerate(texts)
    )
    page = Page(number=1, width=500, height=700, blocks=(Line(pieces=run),), scanned=True)
    places = Places()
    pages = read_again([page], [ValuePlace(1, Box(0, 0, 400, 10), "contact")], places)  # type: ignore[arg-type]
    assert [kind for kind, _ in places.asked] == ["address"]
    assert [word.text for word in pages[0].pieces() if isinstance(word, Word)] == ["kari.moen@epost.example"]


def test_the_ring_over_a_segment_belongs_to_it() -> None:
    paper = Paper()
    whole = paper.text(30, 60, "Åsen", 6)
    capital = paper.text(90, 60, "A", 6)
    cut = Box(whole.x0, capital.top, whole.x1, whole.bottom)
    strip = printed(paper, cut)
    assert ours().letters(strip).text == "Åsen"
    plain = printed(paper, capital)
    assert ours().letters(plain).text == "A"


def test_the_line_above_gives_no_rings() -> None:
    paper = Paper()
    paper.text(30, 52, "gjpy", 9)
    low = paper.text(30, 60, "Asen", 8)
    strip = printed(paper, low)
    assert strip.box.top == pytest.approx(low.top, abs=1)


def test_dust_beside_a_letter_is_no_ring() -> None:
    paper = Paper()
    box = paper.text(30, 60, "Helsestasjon")
    paper.line(36.2, 51.2, 36.6, 51.2, 0.3)
    strip = printed(paper, box)
    assert not unlike(strip, ours().letters(strip).letters)


def test_a_dash_at_the_beginning_of_a_line_is_no_bullet() -> None:
    paper = Paper()
    box = paper.text(30, 60, "- Fysioterapi to ganger i uka")
    lined = read_segments(paper.sheet(), Drawn(segments=[Segment(box)]), readers(), lambda _, __: 0.0)
    assert lined[0].line.text == "- Fysioterapi to ganger i uka"


def test_a_comma_stays_with_its_word() -> None:
    paper = Paper()
    box = paper.text(30, 60, "Salangen", 16)
    comma = paper.text(box.x1 + 0.6, 61.6, ",", 16)
    assert comma.bottom > box.bottom
    segments = drawn_on(paper.sheet()).segments
    assert len(segments) == 1
    assert segments[0].box.x1 > comma.x0


def test_print_whose_looks_would_count_for_nothing_is_not_asked_about_hands() -> None:
    paper = Paper()
    long, short = paper.text(30, 60, "Opplysninger om tjenestemottaker"), paper.text(30, 100, "Ja")
    middling = paper.text(30, 140, "Telefon")
    asked: list[Box] = []

    def hand(_: object, box: Box) -> float:
        asked.append(box)
        return 0.0

    segments = [Segment(long), Segment(short), Segment(middling)]
    read_segments(paper.sheet(), Drawn(segments=segments), readers(), hand)
    assert asked == [middling]


def test_letters_that_both_see_and_one_leans_to_count_as_sure() -> None:
    sure = least_of((Letter("B", 0, 0.99), Letter("å", 9, 0.5), Letter("l", 18, 0.9)))
    assert sure == pytest.approx(0.96)
    assert least_of((Letter("B", 0, 0.5),)) == 0.5
    assert least_of(()) == 0.0
