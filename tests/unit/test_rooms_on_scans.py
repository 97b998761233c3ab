"""The room of each field on a scan: where a value stands or would stand, and what is made of ink there that nobody read."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking import check
from pipeline.domain import (
    Box,
    Cell,
    Document,
    FieldRoom,
    FieldStatus,
    Findings,
    Gap,
    Line,
    Page,
    Piece,
    Reader,
    Recognition,
    Submission,
    Table,
    Word,
)
from pipeline.extraction import extract, not_read
from pipeline.reading.scan._scans import struck_in
from pipeline.recognition import recognise
from tests.unit.laying import FORMS, NAMES, TODAY, TOWNS, read_all

STEP, WIDE, LEFT = 20.0, 6.0, 50.0
BEFORE = """Melding om behov for IP/koordinator/barnekoordinator/ansvarsgruppe
Hva melder du behov for? Sett kryss.
Meldt av: Kari Vik | Dato: 3.11.2026
Opplysninger om tjenestemottaker
Navn: Åse Sæther
Adresse: Granveien 4 | Telefon:
Kontaktinformasjon til nærmeste pårørende
Navn: Per Vik
Relasjon:"""
AFTER = """Beskrivelse av behov for hjelp og koordinering:
Trenger én som samordner.
Eventuelt foreslått koordinator: Liv Moe
Informasjon om saksgang"""


def laid(text: str, left: float, top: float) -> Line:
    """A line whose words have their places; a gap is eight letters wide."""
    pieces: list[Piece] = []
    x = left
    for word in text.split():
        if word == "|":
            pieces.append(Gap())
            x += 8 * WIDE
            continue
        pieces.append(Word(text=word, box=Box(x, top, x + WIDE * len(word), top + 10), confidence=0.98))
        x += WIDE * (len(word) + 1)
    return Line(pieces=tuple(pieces), box=Box(left, top, x, top + 10))


def form() -> Document:
    """A scanned form with a ruled table whose second row is empty."""
    blocks: list[Line | Table] = []
    top = 100.0
    for text in BEFORE.splitlines():
        blocks.append(laid(text, LEFT, top))
        top += STEP
    rows = (("Hjelpetiltak og tjenester", "Kontaktperson"), ("PPT", "Ola Li"), ("", ""))
    cells = [
        Cell(
            row=row,
            column=column,
            box=Box(LEFT + 240 * column, top + 24 * row, LEFT + 240 * (column + 1), top + 24 * (row + 1)),
            blocks=(laid(text, LEFT + 240 * column + 4, top + 24 * row + 7),) if text else (),
        )
        for row, pair in enumerate(rows)
        for column, text in enumerate(pair)
    ]
    box = Box(LEFT, top, LEFT + 480, top + 72)
    blocks.append(Table(cells=tuple(cells), rows=3, columns=2, box=box))
    top += 90
    for text in AFTER.splitlines():
        blocks.append(laid(text, LEFT, top))
        top += STEP
    page = Page(number=1, width=595, height=842, blocks=tuple(blocks), scanned=True)
    return Document(source="a.png", reader=Reader.SCAN, pages=(page,))


def found() -> tuple[Document, Recognition, Findings]:
    document = form()
    (recognition,) = recognise(document, FORMS, NAMES)
    assert recognition.form is not None
    return document, recognition, extract(document, recognition, FORMS.of(recognition.form))


def rooms(findings: Findings, name: str) -> tuple[Box, ...]:
    return tuple(box for room in findings.rooms if room.field == name for box in room.boxes)


def read(*inked: FieldRoom) -> Submission:
    document, recognition, findings = found()
    assert recognition.form is not None
    spec = FORMS.of(recognition.form)
    return check(not_read(findings, inked), recognition, document, spec, today=TODAY, towns=TOWNS)


def holds(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def test_an_empty_fields_room_is_after_its_label_and_not_under_the_next() -> None:
    _, _, findings = found()
    relation = rooms(findings, "next_of_kin.relation")
    assert any(holds(box, 200, 265) for box in relation)
    assert not any(holds(box, 60, 265) or holds(box, 200, 245) for box in relation)


def test_a_values_room_ends_where_the_next_label_begins() -> None:
    _, _, findings = found()
    street = rooms(findings, "recipient.address")
    phone = next(
        word.box for word in form().pages[0].pieces() if isinstance(word, Word) and word.text == "Telefon:"
    )
    assert phone is not None
    assert max(box.x1 for box in street) < phone.x0
    assert any(holds(box, phone.x1 + 30, 205) for box in rooms(findings, "recipient.phone"))


def test_a_tables_rooms_are_its_cells_the_empty_ones_too() -> None:
    _, _, findings = found()
    assert any(holds(box, 100, 340) for box in rooms(findings, "services"))


def test_unread_ink_sends_an_empty_field_to_review_with_its_place() -> None:
    place = Box(140, 260, 170, 270)
    field = read(FieldRoom("next_of_kin.relation", 1, (place,))).fields["next_of_kin.relation"]
    assert field.status is FieldStatus.REVIEW
    assert field.box == place
    assert field.doubt is not None
    assert field.doubt.code == "unread-ink"
    assert read().fields["next_of_kin.relation"].status is FieldStatus.EMPTY


def test_unread_ink_beside_a_value_keeps_it_as_the_guess() -> None:
    place = Box(300, 200, 330, 210)
    field = read(FieldRoom("recipient.address", 1, (place,))).fields["recipient.address"]
    assert (field.status, field.value) == (FieldStatus.REVIEW, "Granveien 4")


def stakeholders() -> Document:
    """A scanned stakeholder map on the open page: headings with their prompts, and what was written under them."""
    text = """Aktørkart barn og unge
Velferdstjeneste
· Barnehage/skole
Kontakt Liv Moen
Helse- og omsorgstjenester
· Fastlege
Fritid
· Fotball"""
    blocks = tuple(laid(one, LEFT, 100 + STEP * number) for number, one in enumerate(text.splitlines()))
    page = Page(number=1, width=595, height=842, blocks=blocks, scanned=True)
    return Document(source="a.png", reader=Reader.SCAN, pages=(page,))


def test_a_headed_areas_room_goes_down_to_the_next_section() -> None:
    document = stakeholders()
    (recognition,) = recognise(document, FORMS, NAMES)
    assert recognition.form is not None
    findings = extract(document, recognition, FORMS.of(recognition.form))
    assert any(holds(box, 60, 245) for box in rooms(findings, "leisure"))
    assert not any(holds(box, 60, 225) for box in rooms(findings, "welfare_services"))


def test_print_over_a_label_for_a_place_is_no_place() -> None:
    text = """SAMTYKKEERKLÆRING FOR OPPRETTELSE AV ANSVARSGRUPPE
Gjelder ansvarsgruppe for: Åse Sæther
Noe som kommunen selv har skrevet her
Sted og dato: | Underskrift:"""
    blocks = tuple(laid(one, LEFT, 100 + 14 * number) for number, one in enumerate(text.splitlines()))
    page = Page(number=1, width=595, height=842, blocks=blocks, scanned=True)
    (found,) = read_all(Document(source="a.png", reader=Reader.SCAN, pages=(page,)))
    assert found.fields["place"].status is FieldStatus.REVIEW or found.value("place") is None


def test_ink_by_a_label_to_sign_at_that_was_not_taken_for_a_signature_is_looked_at() -> None:
    text = """SAMTYKKEERKLÆRING FOR OPPRETTELSE AV ANSVARSGRUPPE
Gjelder ansvarsgruppe for: Åse Sæther
Sted og dato: Sjøvegan, 3.11.2026 | Underskrift:"""
    blocks = tuple(laid(one, LEFT, 100 + STEP * number) for number, one in enumerate(text.splitlines()))
    page = Page(number=1, width=595, height=842, blocks=blocks, scanned=True)
    document = Document(source="a.png", reader=Reader.SCAN, pages=(page,))
    (recognition,) = recognise(document, FORMS, NAMES)
    assert recognition.form is not None
    findings = extract(document, recognition, FORMS.of(recognition.form))
    (room,) = [one for one in findings.rooms if one.field == "signed"]
    assert any(holds(box, 500, 135) for box in room.boxes)
    assert not_read(findings, [room]).fields["signed"].doubts


def test_words_struck_out_where_nothing_else_stands_are_seen() -> None:
    """A hand wrote on its line, which was taken for a stroke through the words."""
    document, recognition, findings = found()
    (room,) = [one for one in findings.rooms if one.field == "next_of_kin.relation"]
    (filled,) = [one for one in findings.rooms if one.field == "recipient.address"]
    assert (room.empty, filled.empty) == (True, False)
    box = room.boxes[0]
    at = Box(box.x0 + 5, box.top + 1, box.x0 + 40, box.bottom - 1)
    word = Line(pieces=(Word(text="mor", box=at, struck=True),), box=at)
    page = replace(document.pages[0], blocks=(*document.pages[0].blocks, word))
    assert struck_in(room, page) == [at]
    assert struck_in(filled, page) == []
    assert recognition.form is not None
