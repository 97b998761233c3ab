"""Checklists on scans: no cross of the list's section is left out in silence, whatever parts the list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.domain import (
    Box,
    Document,
    Doubt,
    FieldStatus,
    Findings,
    Gap,
    Line,
    Mark,
    MarkSource,
    MarkState,
    Page,
    Reader,
    Submission,
    Word,
)
from pipeline.extraction import extract
from pipeline.extraction._ticks import WHOSE
from pipeline.recognition import recognise
from tests.unit.laying import FORMS, NAMES, lines, read_all, table

TITLE = "«Din sjekkliste» for vurdering av rett til samordning, koordinator og individuell plan"
HEADS = "| Samordning | Barnekoordinator | Koordinator\n| JA | NEI | JA | NEI | JA | NEI"
SHADED = "Barnekoordinator / Koordinator"
BOXES = "| [ ] | [ ] | [ ] | [ ] | [ ] | [ ]"
PRINTED = [
    text
    for place in FORMS.of("needs-checklist").field("items").places
    for text in dict.fromkeys(place.texts)
    if text != SHADED
]


def _list(frame: str, below: str) -> Document:
    """An unruled list with a frame in its middle, and a cross under it."""
    half = len(PRINTED) // 2
    above = "\n".join(f"{text} {BOXES}" for text in PRINTED[:half])
    under = "\n".join(f"{text} {below if text == 'Avlastning' else BOXES}" for text in PRINTED[half:])
    plan = table(["", "JA", "NEI", "Kommentar"], ["INDIVIDUELL PLAN", "", "", ""], ["Rett på individuell plan", "", "[x]", ""])  # fmt: skip
    page = Page(
        number=1,
        blocks=(*lines(f"{TITLE}\n{HEADS}\n{above}"), table([frame]), *lines(under), plan),
        scanned=True,
    )
    return Document(source="a.png", reader=Reader.SCAN, pages=(page,))


def _read(document: Document) -> Submission:
    (only,) = read_all(document)
    return only


def test_a_shaded_line_does_not_end_a_list_that_nobody_ruled() -> None:
    found = _read(_list(SHADED, "| [ ] | [ ] | [x] | [ ] | [ ] | [ ]"))
    (row,) = found.rows("items")
    assert (row["item"], row["child_coordinator"]) == ("Avlastning", True)


@pytest.mark.parametrize(
    ("below", "status"),
    [("| [ ] | [ ] | [x] | [ ] | [ ] | [ ]", FieldStatus.REVIEW), (BOXES, FieldStatus.EMPTY)],
)
def test_a_cross_under_a_strange_frame_is_missed(below: str, status: FieldStatus) -> None:
    assert _read(_list("Noe som et stempel la i veien", below)).fields["items"].status is status


def _findings(first: str, sure: float = 1.0) -> Findings:
    """A ruled list in which every cell has its place; ``sure``: how well its last line was read."""
    head: list[str | None] = ["", "Samordning", None, "Barnekoordinator", None, "Koordinator", None]
    rows = [[text, *["[ ]"] * 6] for text in PRINTED]
    ruled = table(head, ["", "JA", "NEI", "JA", "NEI", "JA", "NEI"], *rows, [first, "[x]", *["[ ]"] * 5])
    cells = tuple(
        replace(
            cell,
            box=Box(60 + 60 * cell.column, 60 + 20 * cell.row, 120 + 60 * cell.column, 80 + 20 * cell.row),
            blocks=(Line(pieces=tuple(Word(text=text, confidence=sure) for text in first.split())),)
            if (cell.row, cell.column) == (ruled.rows - 1, 0)
            else cell.blocks,
        )
        for cell in ruled.cells
    )
    words = tuple(Word(text=text) for text in TITLE.split())
    page = Page(number=1, blocks=(Line(pieces=words), replace(ruled, cells=cells)), scanned=True)
    document = Document(source="a.png", reader=Reader.SCAN, pages=(page,))
    (found,) = recognise(document, FORMS, NAMES)
    return extract(document, found, FORMS.of("needs-checklist"))


def _options(height: float) -> Findings:
    """Two options on the lines of one page, and what is drawn right of the first at this height."""
    words = lines(
        "Melding om behov for IP/koordinator/barnekoordinator/ansvarsgruppe\nHva melder du behov for?"
    )
    cross = Mark(
        state=MarkState.ON, source=MarkSource.BOX, box=Box(400, height, 410, height + 10), confidence=0.99
    )
    label = Word(text="Koordinator", box=Box(60, 100, 120, 112), confidence=0.99)
    first = Line(pieces=(label, Gap(), cross), box=Box(60, 100, 410, 112))
    after = lines(
        "Opplysninger om tjenestemottaker\nNavn: Åse Sæther\nBeskrivelse av behov for hjelp og koordinering:"
    )
    page = Page(number=1, blocks=(*words, first, *after), scanned=True)
    document = Document(source="a.png", reader=Reader.SCAN, pages=(page,))
    (found,) = recognise(document, FORMS, NAMES)
    return extract(document, found, FORMS.of("need-notification"))


@pytest.mark.parametrize(("height", "doubts"), [(101.0, ()), (124.0, (WHOSE,))])
def test_a_cross_on_another_height_than_its_label_is_looked_at(
    height: float, doubts: tuple[Doubt, ...]
) -> None:
    found = _options(height).fields["requested.coordinator"]
    assert (found.state, found.doubts) == (MarkState.ON, doubts)


def test_a_list_has_the_room_of_its_answers_and_of_a_line_that_nobody_printed() -> None:
    rooms = [room for room in _findings("Tolk").rooms if room.field == "items"]
    assert {round(box.x0) for room in rooms for box in room.boxes} == {60, 120}
    (answers,) = [box for room in rooms for box in room.boxes if box.x0 == 120]
    assert answers.x1 == 480
    assert answers.bottom >= 60 + 20 * (len(PRINTED) + 3)


@pytest.mark.parametrize("sure", [0.4, 0.97])
def test_a_list_is_as_sure_as_a_line_that_was_written_into_it(sure: float) -> None:
    assert _findings("Syn a horsel", sure).fields["items"].confidence == sure


GROUPS = ["Samordning", "Barnekoordinator", "Koordinator"]
ANSWERS = ["JA", "NEI"] * 3


def _headed(groups: list[str], answers: list[str], last: str = "[ ]") -> Submission:
    """A ruled list under these headings, with a cross at «Avlastning» under the fifth column, and ``last`` under the sixth."""
    over: list[str | None] = [""]
    for group in groups:
        over += [group, None]
    rows = [
        [text, *["[ ]"] * 4, *(("[x]", last) if text == "Avlastning" else ("[ ]", "[ ]"))] for text in PRINTED
    ]
    ruled = table(over, ["", *answers], *rows)
    page = Page(number=1, blocks=(*lines(TITLE), ruled), scanned=True)
    return _read(Document(source="a.png", reader=Reader.SCAN, pages=(page,)))


@pytest.mark.parametrize(
    ("groups", "answers"),
    [
        (GROUPS, ANSWERS),
        (["Samordning", "[x] arne-koordinator", "Koordinator"], ANSWERS),
        (["Samordning", "Barnekoordinator", "[ ] oordinator"], ANSWERS),
        (GROUPS, ["JA", "[x] El", "JA", "NEI", "[ ]", "NEI"]),
    ],
)
def test_a_misread_heading_is_known_by_what_stands_beside_it(groups: list[str], answers: list[str]) -> None:
    found = _headed(groups, answers)
    (row,) = found.rows("items")
    assert (row["item"], row["coordinator"], row["child_coordinator"]) == ("Avlastning", True, None)
    assert found.fields["items"].status is FieldStatus.ACCEPTED


@pytest.mark.parametrize(
    ("groups", "answers"),
    [
        (["Samordning", "Barnekoordinator", "Kontakt"], ANSWERS),
        (["Samordning", "[ ] amekoordinator", "[ ] oordinator"], ANSWERS),
        (GROUPS, ["JA", "NEI", "JA", "NEI", "Uavklart", "NEI"]),
        (GROUPS, ["JA", "NEI", "NEI", "JA", "lA", "NEI"]),
    ],
)
def test_a_strange_heading_over_a_cross_is_for_a_person(groups: list[str], answers: list[str]) -> None:
    assert _headed(groups, answers).fields["items"].status is FieldStatus.REVIEW


def _blacked(sure: float, other: MarkState) -> Submission:
    """A list with one box filled in, under the fifth column, and another under the sixth."""
    found = table(
        ["", "Samordning", None, "Barnekoordinator", None, "Koordinator", None],
        ["", *ANSWERS],
        *[[text, *["[ ]"] * 6] for text in PRINTED],
    )
    row = 2 + PRINTED.index("Avlastning")
    filled = Mark(state=MarkState.UNSURE, source=MarkSource.BOX, confidence=sure, blacked=True)
    second = Mark(state=other, source=MarkSource.BOX, confidence=0.99)
    marks = {(row, 5): filled, (row, 6): second}
    cells = tuple(
        replace(cell, blocks=(Line(pieces=(marks[cell.row, cell.column],)),))
        if (cell.row, cell.column) in marks
        else cell
        for cell in found.cells
    )
    page = Page(number=1, blocks=(*lines(TITLE), replace(found, cells=cells)), scanned=True)
    return _read(Document(source="a.png", reader=Reader.SCAN, pages=(page,)))


def test_a_box_filled_in_beside_a_ticked_one_was_taken_back() -> None:
    found = _blacked(0.01, MarkState.ON)
    (row,) = found.rows("items")
    assert (row["item"], row["coordinator"]) == ("Avlastning", False)
    assert found.fields["items"].status is FieldStatus.ACCEPTED


@pytest.mark.parametrize(("sure", "other"), [(0.01, MarkState.OFF), (0.4, MarkState.ON)])
def test_a_box_filled_in_alone_or_hardly_is_for_a_person(sure: float, other: MarkState) -> None:
    assert _blacked(sure, other).fields["items"].status is FieldStatus.REVIEW


def test_yes_and_no_both_ticked_on_one_line_is_for_a_person() -> None:
    assert _headed(GROUPS, ANSWERS, "[x]").fields["items"].status is FieldStatus.REVIEW
