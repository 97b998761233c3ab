"""The second reading: agreement makes sure, difference keeps the better guess and a doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.domain import Box, Ink, Line, Page, SigningPlace, ValuePlace, Word
from pipeline.reading.scan._again import read_again, signed_again
from pipeline.reading.scan._types import Drawn, ReadWord
from pipeline.reading.scan.marks._sign_areas import Looked, looked
from pipeline.reading.scan.text._agreement import ALONE, APART, SecondReading
from pipeline.reading.scan.text._settling import HAND_AT_MOST, UNSPACED, settled
from tests.unit.reading.paper import Paper
from tests.unit.reading.test_scan_signing import scribble


def run(*texts: str) -> list[Word]:
    return [
        Word(text=text, box=Box(40.0 * n, 0, 40.0 * n + 36, 10), confidence=0.93)
        for n, text in enumerate(texts)
    ]


def second(text: str, confidence: float = 0.99, **more: object) -> SecondReading:
    return SecondReading(text=text, confidence=confidence, reader="pp-ocr", **more)  # type: ignore[arg-type]


def test_what_both_read_is_sure_and_keeps_the_first_readers_spaces() -> None:
    words = settled(run("Kari", "Berg"), second("KariBerg"), "person")
    assert [word.text for word in words] == ["Kari", "Berg"]
    assert min(word.confidence for word in words) > 0.99


def test_what_they_read_differently_is_doubtful_and_shows_the_surer_guess() -> None:
    words = settled(run("Kari", "Beng"), second("Kari Berg"), "person")
    assert [word.text for word in words] == ["Kari", "Berg"]
    assert {word.confidence for word in words} == {APART}


def test_an_unsure_second_reading_changes_no_word() -> None:
    words = settled(run("Kari", "Berg"), second("Kar1 8erg", confidence=0.2), "person")
    assert [word.text for word in words] == ["Kari", "Berg"]
    assert {word.confidence for word in words} == {APART}


@pytest.mark.parametrize("text", ["132.", ".132", "132:"])
def test_a_mark_at_the_edge_that_one_reader_sees_is_dust(text: str) -> None:
    words = settled(run("Søndre", text), second("Søndre 132"), "text")
    assert words[-1].text == "132" or text.startswith(".")
    assert "." not in settled(run(text), second("132"), "text")[0].text


def test_words_that_may_be_parted_wrongly_are_looked_at() -> None:
    words = settled(run("Hus", "sain"), second("Hussain", spaced=False), "person")
    assert max(word.confidence for word in words) <= UNSPACED
    phone = settled(run("90", "12"), second("9012", spaced=False), "phone")
    assert min(word.confidence for word in phone) > UNSPACED


def test_a_capital_within_a_word_may_begin_another_that_both_readers_joined_to_it() -> None:
    words = settled(run("Kystlegen", "AS"), second("Kystlegen AS"), "text")
    assert min(word.confidence for word in words) > UNSPACED
    for text in ("KystlegenAS", "MoiRana"):
        assert settled(run(text), second(text), "text")[0].confidence <= UNSPACED


def test_handwriting_is_always_looked_at() -> None:
    words = settled(run("Kari"), second("Kari", hand=True), "person")
    assert words[0].confidence <= HAND_AT_MOST


def test_a_kind_that_the_first_reader_cannot_read_comes_from_the_second() -> None:
    words = settled(
        run("karidexample.no"), second("kari@example.no", replaces=True, witness="kari@example.no"), "email"
    )
    assert [word.text for word in words] == ["kari@example.no"]
    assert words[0].confidence > 0.9


class Seen:
    """A second reader that sees one text as an address and another as any text."""

    def __init__(self, address: str, text: str) -> None:
        self._texts = {"address": address}
        self._text = text
        self.asked: list[str] = []

    def second(self, page: int, box: Box, kind: str) -> SecondReading:
        self.asked.append(kind)
        text = self._texts.get(kind, self._text)
        if kind == "address":
            return second(text, replaces=True, witness=text)
        return second(text)

    def figured(self, page: int, box: Box, kind: str, texts: tuple[str, ...]) -> str:
        return ""


def page_with(*texts: str) -> Page:
    return Page(number=1, width=500, height=700, blocks=(Line(pieces=tuple(run(*texts))),), scanned=True)


def test_an_address_among_other_words_is_read_as_one() -> None:
    seen = Seen("tobias84@kommune.example;", "95655709")
    places = [ValuePlace(1, Box(0, 0, 400, 10), "contact")]
    pages = read_again([page_with("95655709", "tobias84Ekommune.example;")], places, seen)  # type: ignore[arg-type]
    words = [piece for piece in pages[0].pieces() if isinstance(piece, Word)]
    assert [word.text for word in words] == ["95655709", "tobias84@kommune.example;"]
    assert min(word.confidence for word in words) > 0.9
    assert seen.asked == ["phone", "address"]


def test_what_only_looks_like_an_address_is_read_as_any_word() -> None:
    seen = Seen("legesenter.Fosen", "legesenter.Fosen")
    places = [ValuePlace(1, Box(0, 0, 400, 10), "text")]
    pages = read_again([page_with("legesenter.Fosen")], places, seen)  # type: ignore[arg-type]
    assert seen.asked == ["address", "text"]
    assert [word.text for word in pages[0].pieces() if isinstance(word, Word)] == ["legesenter.Fosen"]


def test_spaces_that_both_readers_put_are_spaces() -> None:
    words = settled(run("Tor", "Refsnes"), second("Tor Refsnes", spaced=False), "person")
    assert min(word.confidence for word in words) > 0.9


def test_a_lone_small_letter_in_a_name_is_looked_at() -> None:
    words = settled(run("Vegard", "Fje", "d"), second("Vegard Fje d"), "person")
    assert max(word.confidence for word in words) <= UNSPACED


def test_specks_beside_the_figures_of_a_telephone_are_left_out() -> None:
    words = settled(run("323", "48,657"), second("323 48657"), "phone")
    assert [word.text for word in words] == ["323", "48657"]


@pytest.mark.parametrize("other", ["Thea O'Neill", "Thea O'Neill."])
def test_a_lone_mark_after_the_words_is_dust(other: str) -> None:
    words = settled(run("Thea", "O'Neill", "."), second(other), "person")
    assert [word.text for word in words] == ["Thea", "O'Neill"]


def test_a_letter_torn_off_its_word_is_looked_at() -> None:
    assert max(word.confidence for word in settled(run("samboe", "r"), second("samboer"), "text")) <= UNSPACED
    assert (
        min(word.confidence for word in settled(run("mor", "i", "Bjugn"), second("mor i Bjugn"), "text"))
        > 0.9
    )


@pytest.mark.parametrize(
    ("name", "sure"), [("Grønll", False), ("Kirstl", False), ("Fjell", True), ("Dahl", True), ("Lill", True)]
)
def test_an_l_where_no_word_has_one_may_be_an_i_without_its_dot(name: str, sure: bool) -> None:
    (word,) = settled(run(name), second(name), "person")
    assert (word.confidence > UNSPACED) is sure


class Twice:
    """A second reader that knows the text in each stretch of a line, and the date that figures there make."""

    def __init__(self, read: dict[tuple[float, float], str], figures: str, reader: str) -> None:
        """``read``: from and to which point on the line, and what stands there."""
        self.read, self.figures, self.reader = read, figures, reader

    def second(self, page: int, box: Box, kind: str) -> SecondReading:
        return replace(second(self.read[box.x0, box.x1]), reader=self.reader)

    def closer(self, page: int, box: Box, kind: str, first: str, seen: SecondReading) -> SecondReading:
        return seen

    def figured(self, page: int, box: Box, kind: str, texts: tuple[str, ...]) -> str:
        return self.figures


def place_and_date(
    read: dict[tuple[float, float], str], figures: str = "", reader: str = "pp-ocr"
) -> list[Word]:
    """The words of a page that says «Brekstad, 3.5.2l», its place and its date read again."""
    line = Line(pieces=tuple(run("Brekstad,", "3.5.2l")))
    page = Page(number=1, width=595, height=842, blocks=(line,), scanned=True)
    places = [ValuePlace(1, Box(0, 0, 36, 10), "town"), ValuePlace(1, Box(40, 0, 76, 10), "date")]
    (again,) = read_again([page], places, Twice(read, figures, reader))  # type: ignore[arg-type]
    return [piece for piece in again.pieces() if isinstance(piece, Word)]


def test_a_place_and_a_date_in_one_entry_are_sure_when_both_read_the_whole_alike() -> None:
    words = place_and_date({(0, 76): "Brekstad, 3.5.2l"})
    assert [word.text for word in words] == ["Brekstad,", "3.5.2l"]
    assert min(word.confidence for word in words) > 0.9


def test_the_recognisers_place_stays_where_tesseract_could_not_read_the_line() -> None:
    read = {(0, 76): "Drekstod; 3.S", (0, 36): "Drekstod,", (40, 76): "3.S"}
    for reader, guess in (("tesseract-nor", "Brekstad,"), ("pp-ocr", "Drekstod,")):
        place, _ = place_and_date(read, figures="3.5.21", reader=reader)
        assert (place.text, place.confidence) == (guess, APART)


def test_where_they_differ_the_date_is_read_as_a_date_and_the_place_stays_sure() -> None:
    read = {(0, 76): "Brekstad, 3.5.21", (0, 36): "Brekstad,", (40, 76): "3.5.2"}
    place, day = place_and_date(read, figures="3.5.21")
    assert (place.text, day.text) == ("Brekstad,", "3.5.21")
    assert place.confidence > 0.9
    assert day.confidence <= HAND_AT_MOST


class Signed:
    """What is kept of one sheet, on which words were read in some boxes."""

    def __init__(self, seen: Looked) -> None:
        """``seen``: its picture."""
        self.seen = seen

    def look(self, number: int) -> Looked:
        return self.seen

    def printed(self, number: int) -> list[ReadWord]:
        return []

    def words(self, boxes: list[Box], number: int) -> list[Box]:
        return boxes


@pytest.mark.parametrize(("kind", "signed"), [("signature", True), ("person", False)])
def test_what_was_read_in_a_signatures_own_place_does_not_hide_it(kind: str, signed: bool) -> None:
    paper = Paper()
    label = paper.text(40, 98, "Underskrift:")
    ink = scribble(paper, 130, 94)
    sheet = paper.sheet()
    line = Line(pieces=(Word(text="Underskrift:", box=label),))
    page = Page(number=1, width=sheet.width, height=sheet.height, blocks=(line,), scanned=True)
    place = SigningPlace(1, label, 1e6, below=label.bottom + 6)
    value = ValuePlace(1, ink._replace(top=ink.top - 12, bottom=ink.bottom - 4), kind)
    regions = Signed(looked(sheet, Drawn(rules=[])))
    (again,) = signed_again([page], [place], [value], regions)  # type: ignore[arg-type]
    assert any(isinstance(piece, Ink) for piece in again.pieces()) is signed


def test_a_word_that_no_second_reader_saw_is_never_sure() -> None:
    seen = Seen("Ola", "Ola")
    places = [ValuePlace(1, Box(0, 0, 36, 10), "person")]
    pages = read_again([page_with("Ola", "Li")], places, seen)  # type: ignore[arg-type]
    words = [piece for page in pages for piece in page.pieces() if isinstance(piece, Word)]
    assert words[1].confidence <= ALONE
    elsewhere = read_again([page_with("Moe")], [], seen)  # type: ignore[arg-type]
    assert [piece.confidence for piece in elsewhere[0].pieces() if isinstance(piece, Word)] == [ALONE]
