"""What a scan may have lost goes to a person, told from the form's other fields."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.domain import (
    Box,
    Cell,
    Document,
    Line,
    Mark,
    MarkSource,
    MarkState,
    Reader,
    Table,
    Word,
)
from pipeline.extraction import extract
from pipeline.recognition import recognise
from tests.unit.laying import FORMS, NAMES, document, read_all, table

NEED = """Melding om behov for IP/koordinator/barnekoordinator/ansvarsgruppe
Hva melder du behov for? Sett kryss.
[x] Individuell plan (IP)
[ ] Koordinator
[ ] Ansvarsgruppe
[ ] Barnekoordinator
Meldt av: Kari Vik | Dato: 3.11.2026
Opplysninger om tjenestemottaker
Navn: Åse Sæther
Adresse:
Telefon: 90123456"""
ORAL = "Der informert samtykke er innhentet muntlig av en tjeneste, kan melding sendes når tjenesteutøver signerer"
REPORT = """Rapport ansvarsgruppe
Navn: Åse Sæther
Fødselsdato: 3.11.2014"""


def _found(read: Document, *, worn: bool = False) -> dict[str, tuple[str, ...]]:
    """The codes of the doubts of each field of a scan."""
    pages = tuple(replace(page, scanned=True, worn=worn) for page in read.pages)
    (form,) = recognise(replace(read, reader=Reader.SCAN, pages=pages, paged=True), FORMS, NAMES)
    assert form.form is not None
    found = extract(read, form, FORMS.of(form.form)).fields
    return {name: tuple(doubt.code for doubt in one.doubts) for name, one in found.items()}


def test_an_empty_field_on_a_worn_page_is_doubtful() -> None:
    sound, worn = _found(document(NEED)), _found(document(NEED), worn=True)
    assert sound["recipient.address"] == ()
    assert worn["recipient.address"] == ("worn-page",)
    for name in ("recipient.phone", "requested.coordinator", "requested.individual_plan"):
        assert worn[name] == (), name


def _plan(*rows: str) -> dict[str, tuple[str, ...]]:
    questions = (
        "Har tjenestemottaker individuell plan?",
        "Hvis ja, er planen i drift?",
        "Hvis nei, er det informert om individuell plan?",
        "Er det behov for individuell plan?",
    )
    asked: list[list[str | None]] = [
        [text, *row.split("/"), ""] for text, row in zip(questions, rows, strict=True)
    ]
    return _found(
        document(REPORT, table(["Opplysninger om individuell plan", "ja", "nei", "Merknad"], *asked))
    )


def test_a_row_without_boxes_among_rows_with_boxes_goes_to_a_person() -> None:
    read = _plan("[x]/[ ]", "/", "[ ]/[ ]", "[ ]/[x]")
    assert [read[name] for name in ("plan.exists", "plan.active")] == [(), ("no-box",)]


def test_a_row_without_a_cross_where_crosses_go_in_empty_cells_is_not_answered() -> None:
    read = _plan("x/", "/", "/", "/x")
    assert [read[name] for name in ("plan.exists", "plan.active")] == [(), ()]


def test_two_questions_in_one_cell_have_one_cross_that_may_be_either_s() -> None:
    """The line between their rows was not found; the cross has the height of both."""
    cross = Box(322, 48, 365, 90)
    mark = Mark(state=MarkState.ON, source=MarkSource.BOX, box=cross)
    rows = [("Er det behov for individuell plan?", 58), ("Ikke pr i dag", 80)]
    labels = tuple(
        Line(
            pieces=tuple(
                Word(text=word, box=Box(60 + 30 * n, top - 5, 85 + 30 * n, top + 5))
                for n, word in enumerate(text.split())
            ),
            box=Box(60, top - 5, 240, top + 5),
        )
        for text, top in rows
    )
    heads = table(["Opplysninger om individuell plan", "ja", "nei", "Merknad"])
    cells = [
        *heads.cells,
        Cell(row=1, column=0, blocks=labels, box=Box(55, 48, 278, 90)),
        Cell(row=1, column=1, box=Box(278, 48, 322, 90)),
        Cell(row=1, column=2, blocks=(Line(pieces=(mark,), box=cross),), box=cross),
        Cell(row=1, column=3, box=Box(365, 48, 500, 90)),
    ]
    read = _found(document(REPORT, Table(cells=tuple(cells), rows=2, columns=4)))
    assert [read[name] for name in ("plan.needed", "plan.not_today")] == [("unsure-mark",), ("unsure-mark",)]


@pytest.mark.parametrize(("label", "codes"), [("E-post/telefon:", ()), ("telefon:", ("label-as-value",))])
def test_another_label_within_a_value_is_seen_where_a_label_is_missing(
    label: str, codes: tuple[str, ...]
) -> None:
    oral = table(["Tjeneste:\nNAV\n" + label + " 28 27 39 59", "Tjenesteutøvers signatur:"])
    assert _found(document(NEED, ORAL, oral))["oral_consent.service"] == codes


def test_a_cross_that_leaves_its_box_leaves_the_box_its_options() -> None:
    """The end of the stroke was read as a figure; the box to its left is another option's."""
    boxes = table(
        ["Individuell plan (IP)", "[ ]", "Koordinator", "[x] 7"],
        ["Ansvarsgruppe", "[ ]", "Barnekoordinator", "[ ]"],
    )
    (read,) = read_all(document("\n".join(NEED.split("\n")[:2]), boxes, "\n".join(NEED.split("\n")[6:])))
    assert read.value("requested.coordinator") is True
    assert read.value("requested.individual_plan") is False


@pytest.mark.parametrize(
    ("said", "sure", "code"),
    [
        ("teksttermin 15.63.2027", 0.4, "unclear-text"),
        ("15.o3.2O14", 0.4, "changed-form"),
        ("3. november 2014", 0.4, "changed-form"),
        ("teksttermin 15.63.2027", 1.0, "changed-form"),
    ],
)
def test_words_that_can_t_be_read_beside_a_birth_date_may_say_that_it_is_a_due_date(
    said: str, sure: float, code: str
) -> None:
    read = document(NEED.replace("Adresse:", f"Fødselsdato: {said}\nAdresse:"))
    (page,) = read.pages
    known = said.split()
    blocks = tuple(
        replace(
            block,
            pieces=tuple(
                replace(piece, confidence=sure) if isinstance(piece, Word) and piece.text in known else piece
                for piece in block.pieces
            ),
        )
        if isinstance(block, Line)
        else block
        for block in page.blocks
    )
    (found,) = read_all(replace(read, pages=(replace(page, blocks=blocks),)))
    doubt = found.fields["recipient.due_date"].doubt
    assert doubt is not None
    assert doubt.code == code
