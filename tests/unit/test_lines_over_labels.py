"""Signature lines whose labels are printed under them, as a scan gives them: the signature stands after its label."""

from __future__ import annotations

from pipeline.domain import (
    Box,
    Document,
    FieldStatus,
    Gap,
    Ink,
    InkKind,
    Line,
    Page,
    Piece,
    Reader,
    Submission,
    Word,
)
from tests.unit.laying import lines, read_all

FORM = """Melding om behov for IP/koordinator/barnekoordinator/ansvarsgruppe
Hva melder du behov for? Sett kryss.
[x] Individuell plan (IP)
Meldt av: Kari Vik | Dato: 3.11.2026
Opplysninger om tjenestemottaker
Navn: Åse Sæther"""
CONSENT = """Side 2 Melding om behov for IP/koordinator/barnekoordinator/ansvarsgruppe
Informasjon om saksgang
Samtykke
Helse- og omsorgstjenester kan bare gis med pasient eller brukers samtykke."""


def _line(top: float, left: str, right: str = "", *, inked: bool = False) -> Line:
    pieces: list[Piece] = []
    for start, text in ((60.0, left), (300.0, right)):
        x = start
        if text and pieces:
            pieces.append(Gap())
        for word in text.split():
            pieces.append(Word(text=word, box=Box(x, top, x + 6 * len(word), top + 10), confidence=0.98))
            x += 6 * len(word) + 3
    if inked:
        pieces.append(
            Ink(
                kind=InkKind.STROKES,
                box=Box(330, top, 331, top + 10),
                extent=Box(310, top - 30, 380, top - 6),
            )
        )
    return Line(pieces=tuple(pieces), box=Box(60, top, 420, top + 10))


def _form(*consent: Line) -> Submission:
    pages = (
        Page(number=1, blocks=tuple(lines(FORM)), scanned=True),
        Page(number=2, blocks=(*lines(CONSENT), *consent), scanned=True),
    )
    (only,) = read_all(Document(source="a.png", reader=Reader.SCAN, pages=pages))
    return only


def test_two_signed_lines_over_their_labels_stay_two() -> None:
    found = _form(
        _line(240, "Brekstad 09.05.2025"),
        _line(262, "Sted og dato:", "Navn:", inked=True),
        _line(320, "Bjugn, den 17.09.2026"),
        _line(342, "Sted og dato:", "Navn:", inked=True),
    )
    rows = found.value("consent.signatures")
    assert isinstance(rows, tuple)
    assert [(row["place"], row["date"], row["signed"]) for row in rows] == [
        ("Brekstad", "2025-05-09", True),
        ("Bjugn", "2026-09-17", True),
    ]


def test_lines_under_their_labels_are_theirs_still() -> None:
    found = _form(
        _line(240, "Sted og dato:", "Navn:", inked=True),
        _line(255, "Brekstad 09.05.2025"),
        _line(320, "Sted og dato:", "Navn:"),
    )
    rows = found.value("consent.signatures")
    assert isinstance(rows, tuple)
    assert [(row["place"], row["date"]) for row in rows] == [("Brekstad", "2025-05-09")]


def test_a_date_among_signature_lines_that_no_row_took_is_asked_about() -> None:
    found = _form(
        _line(240, "Sted 0g Brekstad 09.05.2025", "Navn:"),
        _line(255, "dat0:"),
        _line(320, "Sted og dato:", "Navn:"),
    )
    assert found.fields["consent.signatures"].status is FieldStatus.REVIEW
