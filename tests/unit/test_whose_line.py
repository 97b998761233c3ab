"""Lines and signatures that stand so close that they touch: never a wrong one for sure."""

from __future__ import annotations

import pytest

from pipeline.domain import (
    Box,
    Document,
    Entry,
    EntryKind,
    FieldStatus,
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
from pipeline.reading.layout._lines import Placed, lines_from
from pipeline.reading.layout._ordering import ordered
from tests.unit.laying import line, read_all

CONSENT = (
    "Samtykke til tverrfaglig samarbeid\nNavn: Åse Sæther | Fødselsdato: 3.11.2014\n"
    "Hvem kan dele opplysninger med hverandre\n[x] Fastlegen min\n[ ] Barnehagen eller skolen\n"
    "Hva kan de dele\n[x] Helse og behandling\n[ ] Hverdag og behov for hjelp\nDette skal ikke deles\n"
    "[x] Jeg samtykker til at de jeg har krysset av for, deler disse opplysningene når det er nødvendig for samarbeidet\n"
    "Sted: Brekstad | Dato: 3.11.2026\nUnderskrift, den det gjelder\nForesatt eller verge, navn: Per Vik"
)
GUARDIAN, OTHER = "Underskrift, foresatt eller verge", "Underskrift, den andre forelderen"
LETTER = 4.0


def written(text: str, top: float, *inks: Box) -> Line:
    """A line of words from the left margin, ten points high, and the ink on it."""
    pieces: list[Piece] = []
    x = 60.0
    for word in text.split():
        pieces.append(Word(text=word, box=Box(x, top, x + LETTER * len(word), top + 10)))
        x += LETTER * (len(word) + 1)
    pieces += [Ink(kind=InkKind.STROKES, box=ink) for ink in inks]
    return Line(pieces=tuple(pieces), box=Box(60.0, top, max(x, 300.0), top + 10))


def signed(*lines: Line) -> Submission:
    """A consent that ends with some lines to sign on."""
    above = tuple(line(one) for one in CONSENT.split("\n"))
    page = Page(number=1, blocks=(*above, *lines))
    (found,) = read_all(Document(source="test", reader=Reader.PDF_TEXT, pages=(page,)))
    return found


@pytest.mark.parametrize("begins", [185.0, 205.0])
def test_two_signatures_that_touch_are_not_one(begins: float) -> None:
    """Their strokes run into each other, also where the upper one begins over the lower one's label."""
    found = signed(written(GUARDIAN, 500, Box(begins, 498, 300, 524)), written(OTHER, 515))
    assert found.value("guardian.signed") is True
    assert found.fields["second_guardian.signed"].status is FieldStatus.REVIEW


def test_one_signature_is_not_two() -> None:
    """Ink between two labels, one over it and one under it, is one of theirs at most."""
    ink = Line(pieces=(Ink(kind=InkKind.STROKES, box=Box(60, 512, 200, 524)),), box=Box(60, 512, 200, 524))
    found = signed(written(GUARDIAN, 500), ink, written(OTHER, 526))
    names = ("guardian.signed", "second_guardian.signed")
    sure = [name for name in names if found.fields[name].status is FieldStatus.ACCEPTED]
    assert sum(found.value(name) is True for name in sure) <= 1


def test_ink_over_the_lower_line_is_not_the_upper_ones_for_the_name_typed_there() -> None:
    """The typed name takes the line under it for its own; what stands beside the other label is signed there."""
    box = Box(200, 497, 330, 509)
    upper = written(GUARDIAN, 500)
    upper = Line(pieces=(*upper.pieces, Entry(kind=EntryKind.TEXT, value="Per Vik", box=box)), box=upper.box)
    between = Box(210, 520, 280, 529)
    ink = Line(pieces=(Ink(kind=InkKind.STROKES, box=between),), box=between)
    found = signed(upper, ink, written(OTHER, 527))
    assert found.value("guardian.signed") is False
    assert found.value("second_guardian.signed") is True


def placed(text: str, x: float, top: float, high: float) -> list[Placed]:
    """Words side by side."""
    words = []
    for word in text.split():
        box = Box(x, top, x + LETTER * len(word), top + high)
        words.append(Placed(Word(text=word, box=box), box))
        x = box.x1 + 3
    return words


def told(lines: list[Line]) -> list[str]:
    return [" ".join(piece.text for piece in one.pieces if isinstance(piece, Word)) for one in lines]


def test_small_lines_beside_a_tall_label_stay_apart() -> None:
    """The label reaches both; the names are one under the other all the same."""
    small = placed("Liv Nesjå", 166, 497.7, 6.5) + placed("Per Olav Moe", 166, 506.1, 6.5)
    found = told(lines_from(placed("Faste deltakere", 59, 500, 11) + small))
    assert found == ["Faste deltakere Liv Nesjå", "Per Olav Moe"]


def test_ink_in_a_field_stands_on_the_line_of_the_field() -> None:
    """Also when the field is as tall as several lines of print."""
    print_ = [one for n in range(4) for one in placed("Underskrift, foresatt", 55, 100.0 + 40 * n, 8)]
    box = Box(55, 109, 205, 123)
    field = Placed(Entry(kind=EntryKind.SIGNATURE, value="", box=box), box)
    ink = Placed(Ink(kind=InkKind.PICTURE, box=box), box)
    for order in ([field, ink], [ink, field]):
        (signed_line,) = [
            one
            for one in lines_from([*print_, *order])
            if any(isinstance(piece, Ink) for piece in one.pieces)
        ]
        assert any(isinstance(piece, Entry) for piece in signed_line.pieces)


def test_a_tall_box_stands_on_its_own_line_though_a_long_stroke_crosses_several() -> None:
    """The stroke of a large tick was read as a letter."""
    print_ = placed("Hva melder du", 58, 103, 10) + placed("Individuell", 58, 117, 10)
    print_ += placed("Koordinator", 58, 131, 10) + placed("Ansvarsgruppe", 58, 145, 10)
    stroke = Box(176, 88, 199, 138)
    boxes = [Box(160, 127, 179, 146)]
    pieces = [Placed(Mark(state=MarkState.ON, source=MarkSource.BOX, box=box), box) for box in boxes]
    pieces.append(Placed(Word(text="v", box=stroke), stroke))
    (ticked,) = [
        one for one in lines_from([*print_, *pieces]) if any(isinstance(piece, Mark) for piece in one.pieces)
    ]
    assert told([ticked])[0].startswith("Koordinator")


def test_a_long_stroke_read_as_a_letter_stands_on_the_line_nearest_to_its_middle() -> None:
    print_ = placed("Sett kryss.", 58, 81, 13) + placed("Koordinator", 300, 102, 13)
    stroke = Box(488, 86, 508, 122)
    lines = lines_from([*print_, Placed(Word(text="L", box=stroke), stroke)])
    assert told(lines) == ["Sett kryss.", "Koordinator L"]


def test_a_stamps_high_word_does_not_draw_the_next_lines_boxes_to_its_own() -> None:
    stamp = Box(400, 178, 440, 206)
    pieces = [
        *placed("Rett", 58, 176, 11),
        *placed("Ansker", 58, 197, 11),
        Placed(Word(text="Kopi", box=stamp), stamp),
    ]
    for top in (174, 195):
        box = Box(253, top, 264, top + 11)
        pieces.append(Placed(Mark(state=MarkState.OFF, source=MarkSource.BOX, box=box), box))
    lines = lines_from(pieces)
    assert [sum(isinstance(piece, Mark) for piece in one.pieces) for one in lines] == [1, 1]


def test_what_a_hand_wrote_under_a_label_stands_on_its_own_line() -> None:
    """Its box reaches up over the label's; the words were sorted into the label's."""
    label = [("Sted", 59, 84), ("og", 90, 103), ("dato:", 108, 137)]
    pieces = [
        Placed(Word(text=text, box=Box(x0, 309, x1, 324)), Box(x0, 309, x1, 324)) for text, x0, x1 in label
    ]
    hand = Box(59, 310, 187, 348)
    pieces.append(Placed(Word(text="Bjugn 4.7.25", box=hand), hand))
    assert told(lines_from(pieces)) == ["Sted og dato:", "Bjugn 4.7.25"]


def test_a_stamp_beside_a_line_changes_neither_its_order_nor_the_label_that_runs_over_it() -> None:
    """The stamp reaches into the line above, and part of it stands as ink between a label's two lines."""
    above = placed("Jeg er kjent med at det er frivillig", 58, 241, 12)
    below = placed("å gi samtykke", 58, 257, 12)
    stamp = Box(400, 236, 490, 268)
    below.append(Placed(Word(text="1425", box=stamp), stamp))
    first, second = (one for one in ordered([*lines_from(below), *lines_from(above)], []))
    assert isinstance(first, Line)
    assert isinstance(second, Line)
    assert told([first, second])[0].startswith("Jeg er kjent")
    halves = (
        "Jeg samtykker til at personene i ansvarsgruppen får",
        "tilgang til relevante taushetsbelagte opplysninger",
    )
    text = (
        "SAMTYKKEERKLÆRING FOR OPPRETTELSE AV ANSVARSGRUPPE\nGjelder ansvarsgruppe for: Liv Moe\n"
        f"[x] {halves[0]}\n<ink>\n{halves[1]}\nSted og dato: Bjugn, 3.11.2026\nUnderskrift:"
    )
    page = Page(number=1, blocks=tuple(line(one) for one in text.split("\n")))
    (found,) = read_all(Document(source="test", reader=Reader.PDF_TEXT, pages=(page,)))
    assert found.fields["consents.share"].value is True


HEADS, EDGES = ("Tjenester som er med i dag", "Kontaktperson"), (60.0, 300.0)


def services(*rows: tuple[str, str]) -> Submission:
    """A request with its services under headings that nobody ruled."""
    laid = []
    for number, row in enumerate((HEADS, *rows)):
        words = [
            one
            for x, text in zip(EDGES, row, strict=True)
            for one in placed(text, x, 300 + 18.0 * number, 10)
        ]
        laid += lines_from(words)
    before = (
        "Søknad om koordinator, barnekoordinator eller individuell plan\nHva søker du om?\n[x] Koordinator\n"
        "Hvem søker?\n[x] Jeg søker for meg selv\nHvem gjelder søknaden?\nNavn: Åse Sæther | Fødselsdato: 3.11.2014"
    )
    after = "Hva trenger du hjelp til å samordne?\nAlt\nØnsket koordinator: Liv Moe\nSted: Brekstad | Dato: 3.11.2026\nUnderskrift:"
    blocks = (*(line(one) for one in before.split("\n")), *laid, *(line(one) for one in after.split("\n")))
    (found,) = read_all(
        Document(source="test", reader=Reader.PDF_TEXT, pages=(Page(number=1, blocks=blocks),))
    )
    return found


def test_a_service_that_may_go_on_from_the_line_above_goes_to_a_person() -> None:
    long = "Helsestasjon og alt som hører til den"
    broken = services((long, "Liv Moe"), ("skolehelsetjenesten-i-kommunen", ""))
    assert broken.fields["services"].status is FieldStatus.REVIEW
    apart = services(("Helsestasjon", "Liv Moe"), ("Avlastning", ""), ("Fysio", "Per Aas"))
    assert apart.fields["services"].status is FieldStatus.ACCEPTED
    assert [row["service"] for row in apart.rows("services")] == ["Helsestasjon", "Avlastning", "Fysio"]
