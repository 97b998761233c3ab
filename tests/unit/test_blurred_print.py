"""Blurred print is mended where it is surely a form's own; what people wrote is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.domain import Box, Document, Gap, Ink, InkKind, Line, Page, Reader, Word
from pipeline.forms import load_forms
from pipeline.recognition import Print

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def printed() -> Print:
    return Print(load_forms(ROOT / "config" / "forms"))


def mended(printed: Print, text: str, *, scanned: bool = True) -> str:
    words = tuple(
        Word(text=word, box=Box(50.0 * n, 10, 50.0 * n + 40, 20), confidence=0.8)
        for n, word in enumerate(text.split())
    )
    page = Page(number=1, blocks=(Line(pieces=words, box=Box(0, 10, 500, 20)),), scanned=scanned)
    after = printed.mend(Document(source="a.png", reader=Reader.SCAN, pages=(page,)))
    return after.pages[0].lines[0].text


@pytest.mark.parametrize(
    ("read", "stood"),
    [
        ("Rapport ansvarsqruppe", "Rapport ansvarsgruppe"),
        ("Rapportansvarsgruppe", "Rapport ansvarsgruppe"),
        ("Fodselsdato:", "Fødselsdato:"),
        ("Fodt", "Født"),
        ("Evt. parorende/ verge/ foresatt", "Evt. pårørende/ verge/ foresatt"),
        ("Har tjenestemottaker individueli plan", "Har tjenestemottaker individuell plan"),
        ("Ärlig rapport av ansvarsgruppe", "Årlig rapport av ansvarsgruppe"),
    ],
)
def test_print_that_lost_a_letter_is_mended(printed: Print, read: str, stood: str) -> None:
    """Spaces mean nothing in comparing print."""
    assert mended(printed, read).casefold().replace(" ", "") == stood.casefold().replace(" ", "")


@pytest.mark.parametrize(
    "written",
    [
        "Kari Nordmann",
        "Fødselsdag",
        "Barnekoordinatoren",
        "Nava",
        "Storgata 5",
        "12.03.2014",
        "Fødd",
        "Treningsplan og pleieplan",
    ],
)
def test_what_people_write_is_left_alone(printed: Print, written: str) -> None:
    assert mended(printed, written) == written


@pytest.mark.parametrize(
    ("read", "stood"),
    [
        ("«Fysioterapeut", "Fysioterapeut"),
        ("Avlastning .", "Avlastning"),
        (
            "Langvarige og sammensatte eller .behov for koordinerte tjenester",
            "Langvarige og sammensatte eller behov for koordinerte tjenester",
        ),
        ("Høordinator", "Koordinator"),
        ("Annet", "Annet"),
        ("NAVN:", "NAVN:"),
    ],
)
def test_specks_in_print_are_no_signs(printed: Print, read: str, stood: str) -> None:
    assert mended(printed, read) == stood


@pytest.mark.parametrize(
    "line", ["Gjelder ansvarsgruppe for: Tor Langås", "Gjelder ansvarsgruppe for: Tor", "Fødselsdato: ato"]
)
def test_a_short_value_is_no_end_of_its_label(printed: Print, line: str) -> None:
    assert mended(printed, line) == line


def test_typed_pages_are_left_alone(printed: Print) -> None:
    assert mended(printed, "Fodselsdato", scanned=False) == "Fodselsdato"


def test_a_value_behind_its_blurred_label_keeps_its_spelling(printed: Print) -> None:
    assert mended(printed, "Fodselsdato: 12.03.2014") == "Fødselsdato: 12.03.2014"


def _inked(printed: Print, words: str, ink: Box) -> list[str]:
    """The pieces of a line that a hand's ink lies on; each word is 40 points wide, 50 from the last."""
    pieces = [
        Word(text=word, box=Box(50.0 * n, 10, 50.0 * n + 40, 20), confidence=0.9)
        for n, word in enumerate(words.split())
    ]
    line = Line(pieces=(pieces[0], Ink(kind=InkKind.STROKES, box=ink), *pieces[1:]), box=Box(0, 10, 500, 20))
    page = Page(number=1, blocks=(line,), scanned=True)
    after = printed.mend(Document(source="a.png", reader=Reader.SCAN, pages=(page,)))
    return [piece.text if isinstance(piece, Word) else "ink" for piece in after.pages[0].lines[0].pieces]


def test_print_that_looks_like_handwriting_is_no_ink(printed: Print) -> None:
    label = "Beskrivelse av behov for hjelp og koordinering:"
    assert _inked(printed, label, Box(0, 10, 340, 20)) == label.split()


def test_ink_after_a_label_comes_after_its_words(printed: Print) -> None:
    assert _inked(printed, "Sted og dato: Moen", Box(0, 10, 190, 20)) == [
        "Sted",
        "og",
        "dato:",
        "Moen",
        "ink",
    ]
    assert _inked(printed, "Sted og dato:", Box(0, 10, 400, 20)) == ["Sted", "og", "dato:", "ink"]


@pytest.mark.parametrize(
    ("read", "stood"),
    [
        ("*BPA", "BPA"),
        ("'Fastlege", "Fastlege"),
        ("*Kari", "*Kari"),
        (".Fødselsdato:", "Fødselsdato:"),
    ],
)
def test_specks_before_print_are_left_out(printed: Print, read: str, stood: str) -> None:
    assert mended(printed, read) == stood


@pytest.mark.parametrize(
    ("read", "stood"),
    [
        (
            "Opplysninger om individuell plan fa nei Merknad",
            "Opplysninger om individuell plan Ja nei Merknad",
        ),
        ("la nei", "Ja nei"),
        ("Pia nei", "Pia nei"),
        ("fa Merknad", "fa Merknad"),
    ],
)
def test_a_heading_of_two_letters_is_known_by_the_next_one(printed: Print, read: str, stood: str) -> None:
    assert mended(printed, read) == stood


def lined(text: str, *starts: float, top: float) -> Line:
    """A line whose parts, told from each other by `|`, begin at these places."""
    pieces: list[Word | Gap] = []
    for start, part in zip(starts, text.split("|"), strict=True):
        pieces += [Gap()] if pieces else []
        pieces += [
            Word(text=word, box=Box(start + 50 * n, top, start + 50 * n + 40, top + 10), confidence=0.8)
            for n, word in enumerate(part.split())
        ]
    return Line(pieces=tuple(pieces), box=Box(starts[0], top, 500, top + 10))


@pytest.mark.parametrize(("under", "stood"), [(202, "Tjeneste/"), (240, "TJENESTEI")])
def test_a_heading_broken_over_lines_beside_other_columns_is_mended(
    printed: Print, under: float, stood: str
) -> None:
    """Only what stands right under it belongs to it."""
    blocks = (
        lined("Deltakere/roller|Navn|TJENESTEI|Kontaktinformasjon", 20, 120, 200, 320, top=10),
        lined("VIRKSOMHET", under, top=22),
        lined("Koordinator|Kari Moen|NAV", 20, 120, 200, top=40),
    )
    page = Page(number=1, blocks=blocks, scanned=True)
    after = printed.mend(Document(source="a.png", reader=Reader.SCAN, pages=(page,)))
    words = [piece.text for piece in after.pages[0].lines[0].pieces if isinstance(piece, Word)]
    assert words == ["Deltakere/roller", "Navn", stood, "Kontaktinformasjon"]
    assert after.pages[0].lines[2] == blocks[2]


def test_a_label_that_is_broken_over_lines_is_mended_as_a_whole(printed: Print) -> None:
    def line(text: str, top: float) -> Line:
        words = tuple(
            Word(text=word, box=Box(50.0 * n, top, 50.0 * n + 40, top + 10), confidence=0.8)
            for n, word in enumerate(text.split())
        )
        return Line(pieces=words, box=Box(0, top, 500, top + 10))

    blocks = (
        line("Aktuelle tjenester/", 10),
        line("fagpersoner sam møter", 22),
        line("ved behøv:", 34),
        line("Kari Moen", 46),
    )
    page = Page(number=1, blocks=blocks, scanned=True)
    after = printed.mend(Document(source="a.png", reader=Reader.SCAN, pages=(page,)))
    assert [one.text for one in after.pages[0].lines] == [
        "Aktuelle tjenester/",
        "fagpersoner som møter",
        "ved behov:",
        "Kari Moen",
    ]


def test_a_heading_keeps_its_name_beside_what_the_edge_of_its_band_was_read_as(printed: Print) -> None:
    assert mended(printed, "1 Opplysninger om tjenestemottaker") == "Opplysninger om tjenestemottaker"
    assert mended(printed, "X Individuell plan (IP)") == "X Individuell plan (IP)"


@pytest.mark.parametrize(("struck", "found"), [(1, "Familie og nettverk"), (2, "Famille")])
def test_a_heading_that_is_struck_in_part_is_not_struck_out(printed: Print, struck: int, found: str) -> None:
    texts = ("Famille", "og", "nettverk")
    words = tuple(
        Word(text=text, box=Box(50.0 * n, 10, 50.0 * n + 40, 20), confidence=0.8, struck=n >= 3 - struck)
        for n, text in enumerate(texts)
    )
    page = Page(number=1, blocks=(Line(pieces=words, box=Box(0, 10, 500, 20)),), scanned=True)
    after = printed.mend(Document(source="a.png", reader=Reader.SCAN, pages=(page,)))
    kept = [
        piece.text for piece in after.pages[0].lines[0].pieces if isinstance(piece, Word) and not piece.struck
    ]
    assert " ".join(kept) == found
