"""Blurred print is mended where it is surely a form's own; what people wrote is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.domain import Box, Document, Line, Page, Reader, Word
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
    ["Kari Nordmann", "Fødselsdag", "Barnekoordinatoren", "Nava", "Storgata 5", "12.03.2014", "Fødd"],
)
def test_what_people_write_is_left_alone(printed: Print, written: str) -> None:
    assert mended(printed, written) == written


def test_typed_pages_are_left_alone(printed: Print) -> None:
    assert mended(printed, "Fodselsdato", scanned=False) == "Fodselsdato"


def test_a_value_behind_its_blurred_label_keeps_its_spelling(printed: Print) -> None:
    assert mended(printed, "Fodselsdato: 12.03.2014") == "Fødselsdato: 12.03.2014"
