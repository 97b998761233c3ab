"""Crosses that a pen drew beside options where no box is printed, as a scan shows them."""

from __future__ import annotations

import pytest

from pipeline.domain import (
    Box,
    Document,
    FieldStatus,
    Gap,
    Ink,
    InkKind,
    Line,
    Mark,
    MarkSource,
    MarkState,
    Page,
    Piece,
    Reader,
    Submission,
    Word,
)
from tests.unit.laying import lines, read_all

BEFORE = """Melding om behov for IP/koordinator/barnekoordinator/ansvarsgruppe
Hva melder du behov for? Sett kryss."""
AFTER = """Annet:
Meldt av: Kari Vik | Dato: 3.11.2026
Opplysninger om tjenestemottaker
Navn: Åse Sæther
Fødselsdato: 3.11.2014
Adresse: Strandveien 2
Postnr./sted: 7130 Brekstad
Telefon: 90123456
Kontaktinformasjon til nærmeste pårørende
Navn: Per Vik
Beskrivelse av behov for hjelp og koordinering:
Trenger én som samordner.
Eventuelt foreslått koordinator: Liv Moe
Informasjon om saksgang"""


def _word(text: str, x: float, top: float, *, cross: float = 0.0) -> Word:
    box = Box(x, top, x + 5.5 * len(text), top + 10)
    return Word(text=text, box=box, confidence=0.5 if cross else 1.0, cross=cross)


def _line(top: float, *pieces: Piece) -> Line:
    return Line(pieces=pieces, box=Box(60, top, 500, top + 10))


def _read(first: list[Piece], second: list[Piece]) -> Submission:
    blocks = (*lines(BEFORE), _line(100, *first), _line(120, *second), *lines(AFTER))
    pages = (Page(number=1, blocks=blocks, scanned=True),)
    (only,) = read_all(Document(source="a.png", reader=Reader.SCAN, pages=pages))
    return only


def _cross(x: float, top: float, text: str = "V", sure: float = 0.995) -> list[Piece]:
    box = Box(x - 1, top - 2, x + 8, top + 11)
    return [Gap(), _word(text, x, top, cross=sure), Ink(kind=InkKind.STROKES, box=box)]


def _plan() -> list[Piece]:
    return [_word("Individuell", 60, 100), _word("plan", 125, 100), _word("(IP)", 152, 100)]


def test_a_cross_after_its_words_ticks_them_and_no_others() -> None:
    read = _read(
        [*_plan(), Gap(), _word("Koordinator", 320, 100), *_cross(490, 100)],
        [_word("Ansvarsgruppe", 60, 120), *_cross(290, 120, "1"), Gap(), _word("Barnekoordinator", 320, 120)],
    )
    said = {name: one for name, one in read.fields.items() if name.startswith("requested.")}
    ticks = {name: (one.value, one.status) for name, one in said.items() if name != "requested.other"}
    assert ticks == {
        "requested.individual_plan": (False, FieldStatus.ACCEPTED),
        "requested.coordinator": (True, FieldStatus.ACCEPTED),
        "requested.care_group": (True, FieldStatus.ACCEPTED),
        "requested.child_coordinator": (False, FieldStatus.ACCEPTED),
    }


@pytest.mark.parametrize("sure", [0.5, 0.995])
def test_a_cross_between_two_options_that_may_be_either_s_goes_to_a_person(sure: float) -> None:
    read = _read(
        [*_plan(), *_cross(300, 100, sure=sure), Gap(), _word("Koordinator", 315, 100)],
        [_word("Ansvarsgruppe", 60, 120), Gap(), _word("Barnekoordinator", 320, 120)],
    )
    assert read.fields["requested.individual_plan"].status is FieldStatus.REVIEW


def _unsure_glyph(x: float, top: float) -> Piece:
    box = Box(x, top, x + 9, top + 9)
    return Mark(state=MarkState.UNSURE, source=MarkSource.GLYPH, box=box, confidence=0.5)


def test_an_option_without_a_box_is_doubted_where_the_others_boxes_are_printed_though_none_can_be_judged() -> (
    None
):
    read = _read(
        [_unsure_glyph(48, 100), *_plan(), Gap(), _word("Koordinator", 320, 100)],
        [
            _unsure_glyph(48, 120),
            _word("Ansvarsgruppe", 60, 120),
            Gap(),
            _unsure_glyph(308, 120),
            _word("Barnekoordinator", 320, 120),
        ],
    )
    assert read.fields["requested.coordinator"].status is FieldStatus.REVIEW
