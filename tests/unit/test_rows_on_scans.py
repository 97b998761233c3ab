"""Rows of a scanned table: printed numbers that were misread are no rows, scraps are never sure, a cut table is never short in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.domain import Box, Cell, Document, FieldStatus, Line, Page, Reader, Submission, Table, Word
from tests.unit.laying import lines, read_all, table

HEADS = ("Hjelpetiltak og tjenester", "Kontaktperson")
BEFORE = """Melding om behov for IP/koordinator/barnekoordinator/ansvarsgruppe
Hva melder du behov for? Sett kryss.
[x] Individuell plan (IP)
Meldt av: Kari Vik | Dato: 3.11.2026
Opplysninger om tjenestemottaker
Navn: Åse Sæther
Kontaktinformasjon til nærmeste pårørende
Navn: Per Vik"""
AFTER = """Beskrivelse av behov for hjelp og koordinering:
Trenger én som samordner.
Eventuelt foreslått koordinator: Liv Moe
Informasjon om saksgang"""


def _cell(row: int, column: int, text: str, sure: float) -> Cell:
    left, top = (60.0, 300.0)[column], 400.0 + 24 * row
    words, x = [], left + 6
    for word in text.split():
        words.append(Word(text=word, box=Box(x, top + 6, x + 6 * len(word), top + 16), confidence=sure))
        x += 6 * len(word) + 3
    found = (Line(pieces=tuple(words), box=Box(left + 6, top + 6, x, top + 16)),) if words else ()
    box = Box(left, top, left + 240, top + 24)
    return Cell(row=row, column=column, blocks=found, box=box)


def _table(*rows: tuple[str, str], sure: float = 0.95) -> Table:
    cells = [
        _cell(row, column, text, sure) for row, pair in enumerate(rows) for column, text in enumerate(pair)
    ]
    return Table(cells=tuple(cells), rows=len(rows), columns=2, box=Box(60, 400, 540, 400 + 24 * len(rows)))


def _read(*pages: Page) -> Submission:
    (only,) = read_all(Document(source="a.png", reader=Reader.SCAN, pages=pages))
    return only


def _form(*rows: tuple[str, str], sure: float = 0.95) -> Submission:
    return _read(
        Page(number=1, blocks=(*lines(BEFORE), _table(HEADS, *rows, sure=sure), *lines(AFTER)), scanned=True)
    )


@pytest.mark.parametrize("misread", ["3", "S.", "3,", "8", "3.."])
def test_a_misread_row_number_is_no_row(misread: str) -> None:
    found = _form(("1. PPT", "Ola Li"), ("2.", ""), (misread, ""), ("4.", ""))
    assert found.value("services") == ({"service": "PPT", "contact": "Ola Li"},)
    assert found.fields["services"].status is FieldStatus.ACCEPTED


def test_a_row_of_a_letter_or_two_is_never_sure() -> None:
    found = _form(("PPT", "Ola Li"), ("S", ""))
    assert found.fields["services"].status is FieldStatus.REVIEW
    assert _form(("PPT", "Ola Li"), ("", "i")).fields["services"].status is FieldStatus.REVIEW
    assert _form(("PPT", "Ola Li"), ("BUP", "")).fields["services"].status is FieldStatus.ACCEPTED


def test_a_table_that_goes_on_behind_strange_print_goes_to_a_person() -> None:
    strange = "Noe som står øverst på neste side med Navn: Per"
    first = Page(number=1, blocks=(*lines(BEFORE), _table(HEADS, ("PPT", "Ola Li"))), scanned=True)
    rest = (*lines(strange), _table(("BUP", "Kari Moen"), ("NAV", "")), *lines(AFTER))
    found = _read(first, Page(number=2, blocks=rest, scanned=True))
    whole = found.value("services") == (
        {"service": "PPT", "contact": "Ola Li"},
        {"service": "BUP", "contact": "Kari Moen"},
        {"service": "NAV", "contact": None},
    )
    assert whole or found.fields["services"].status is FieldStatus.REVIEW


def test_the_rest_of_a_table_whose_page_came_first_and_lost_its_lines_is_missed() -> None:
    first = Page(number=2, blocks=(*lines(BEFORE), _table(HEADS, ("PPT", "Ola Li"))), scanned=True)
    second = Page(number=3, blocks=lines("Informasjon om saksgang"), scanned=True)
    rest = table(["BUP\nNAV", "Kari Moen", ""])
    third = Page(number=1, blocks=(rest, *lines(AFTER)), scanned=True)
    found = _read(first, second, third)
    assert found.fields["services"].status is FieldStatus.REVIEW
    plain = _read(first, second, replace(third, blocks=lines(AFTER)))
    assert plain.fields["services"].status is FieldStatus.ACCEPTED


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ('Mor sier: "Vi er slitne."', FieldStatus.ACCEPTED),
        ('Mor sier: "Vi er slitne.', FieldStatus.REVIEW),
        ("Går i 3. trinn (Opphaug skole.", FieldStatus.REVIEW),
        ("1) avlastning 2) tolk", FieldStatus.ACCEPTED),
    ],
)
def test_half_a_pair_of_marks_is_looked_at_on_a_scan(said: str, status: FieldStatus) -> None:
    written = AFTER.replace("Trenger én som samordner.", said)
    services = _table(HEADS, ("PPT", "Ola Li"))
    found = _read(Page(number=1, blocks=(*lines(BEFORE), services, *lines(written)), scanned=True))
    assert found.fields["needs"].status is status


def test_a_cell_that_reaches_over_two_rows_may_have_lost_the_line_between_them() -> None:
    whole = _table(HEADS, ("PPT", "Ola Li"), ("BUP", "Kari Moen"))
    torn = replace(
        whole,
        cells=tuple(
            replace(cell, row_span=2) if (cell.row, cell.column) == (1, 1) else cell
            for cell in whole.cells
            if (cell.row, cell.column) != (2, 1)
        ),
    )
    blocks = (*lines(BEFORE), torn, *lines(AFTER))
    scan = _read(Page(number=1, blocks=blocks, scanned=True))
    assert scan.fields["services"].status is FieldStatus.REVIEW


@pytest.mark.parametrize(("scanned", "status"), [(True, FieldStatus.REVIEW), (False, FieldStatus.ACCEPTED)])
def test_both_answers_ticked_are_looked_at_on_a_scan(scanned: bool, status: FieldStatus) -> None:
    plan = table(
        ["Opplysninger om individuell plan", "ja", "nei", "Merknad"],
        ["Har tjenestemottaker individuell plan?", "[x]", "[x]", ""],
        ["Hvis ja, er planen i drift?", "[ ]", "[x]", ""],
    )
    people = table(
        ["DELTAKERE/ROLLER", "NAVN", "TJENESTE/ VIRKSOMHET", "KONTAKTINFORMASJON"],
        ["Koordinator", "Liv Moe", "PPT", ""],
    )
    blocks = (
        *lines("Rapport ansvarsgruppe\nNavn: Åse Li"),
        people,
        plan,
        *lines("Skjema er fylt ut av: Liv Moe"),
    )
    found = _read(Page(number=1, blocks=blocks, scanned=scanned))
    assert found.fields["plan.exists"].status is status
    assert found.value("plan.active") is False


def test_what_stands_in_the_row_under_a_text_is_not_lost_in_silence() -> None:
    said = AFTER.split("\n")
    rest = ["Hun har CP og bruker rullestol.", None]
    kept = table([f"{said[0]}\nAnnet: se vedlagt epikrise.", None], rest, [said[2], "Tlf."])
    services = _table(HEADS, ("PPT", "Ola Li"))
    found = _read(Page(number=1, blocks=(*lines(BEFORE), services, kept, *lines(said[3])), scanned=True))
    assert found.fields["needs"].status is FieldStatus.REVIEW
    assert found.value("needs") == "Annet: se vedlagt epikrise. Hun har CP og bruker rullestol."


def test_a_label_whose_value_stands_under_it_is_no_value_of_the_label_above() -> None:
    more = "Relasjon:\nFastlege\nHelge Moe\nLegekontor:\nVerge:"
    services = _table(HEADS, ("PPT", "Ola Li"))
    found = _read(
        Page(number=1, blocks=(*lines(BEFORE), *lines(more), services, *lines(AFTER)), scanned=True)
    )
    assert found.value("gp.name") == "Helge Moe"
