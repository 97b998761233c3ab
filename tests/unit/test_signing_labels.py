"""Where a label that asks for a signature is printed, though a signature touches its last word."""

from __future__ import annotations

from pipeline.domain import (
    Box,
    Document,
    Gap,
    Ink,
    InkKind,
    Line,
    Page,
    Piece,
    Reader,
    SigningPlace,
    Word,
    union,
)
from pipeline.extraction import extract
from pipeline.recognition import recognise
from tests.unit.laying import FORMS, NAMES, lines

FORM = """Melding om behov for IP/koordinator/barnekoordinator/ansvarsgruppe
Hva melder du behov for? Sett kryss.
[x] Individuell plan (IP)
Meldt av: Kari Vik | Dato: 3.11.2026
Opplysninger om tjenestemottaker
Navn: Åse Sæther
Der informert samtykke er innhentet muntlig av en tjeneste, kan melding sendes når tjenesteutøver signerer:"""


HEIGHT = 11.0


def words(text: str, x: float, top: float, *, high: float = HEIGHT) -> list[Word]:
    """The words of a text, five points a letter."""
    found = []
    for one in text.split():
        found.append(Word(text=one, box=Box(x, top, x + 5 * len(one), top + high)))
        x += 5 * len(one) + 3
    return found


def signing(*below: Line) -> tuple[SigningPlace, ...]:
    """The places to sign of a scanned notification that ends in these lines."""
    page = Page(number=1, width=595, height=842, blocks=(*lines(FORM), *below), scanned=True)
    document = Document(source="a.png", reader=Reader.SCAN, pages=(page,))
    (found,) = recognise(document, FORMS, NAMES)
    assert found.form is not None
    return extract(document, found, FORMS.of(found.form, found.version)).signing


def line(*pieces: Piece) -> Line:
    boxes = [piece.box for piece in pieces if isinstance(piece, Word | Ink)]
    return Line(pieces=pieces, box=union(boxes))


def test_a_label_that_melted_with_a_line_is_as_high_as_the_words_beside_it() -> None:
    tall = Word(text="Navn:", box=Box(300, 388, 325, 418))
    (place,) = [
        one for one in signing(line(*words("Sted og dato:", 59, 400), Gap(), tall)) if one.label.x0 == 300
    ]
    assert (place.label.top, place.label.bottom) == (400, 411)


def test_what_may_be_ink_in_the_middle_of_a_label_does_not_break_it() -> None:
    sted, *rest = words("Sted og dato:", 59, 400)
    ink = Ink(kind=InkKind.STROKES, box=Box(60, 396, 120, 412))
    found = signing(line(sted, ink, *rest, Gap(), *words("Navn:", 300, 400)))
    assert 300 in {one.label.x0 for one in found}


def test_the_print_over_and_under_a_place_to_sign_is_told() -> None:
    found = signing(
        line(*words("Ved å underskrive dette skjemaet samtykker du til at Ørland kommune kan", 59, 370)),
        line(*words("Sted og dato:", 59, 400), Gap(), *words("Navn:", 300, 400)),
        line(*words("Sted og dato:", 59, 440), Gap(), *words("Navn:", 300, 440)),
    )
    first, second = sorted((one for one in found if one.label.x0 == 300), key=lambda one: one.label.top)
    assert first.below == 440
    assert second.above == 411
    assert second.below > 800


def test_a_signature_that_touches_its_label_is_no_part_of_it() -> None:
    label = (
        Word(text="Tjenesteutøvers", box=Box(59, 381, 124, 403)),
        Word(text="signatur:", box=Box(127, 381, 256, 403)),
    )
    blocks = (*lines(FORM), Line(pieces=label, box=Box(59, 381, 256, 403)))
    page = Page(number=1, width=595, height=842, blocks=blocks, scanned=True)
    document = Document(source="a.png", reader=Reader.SCAN, pages=(page,))
    (found,) = recognise(document, FORMS, NAMES)
    assert found.form is not None
    findings = extract(document, found, FORMS.of(found.form, found.version))
    (place,) = [one for one in findings.signing if one.label.x0 == 59]
    assert 160 < place.label.x1 < 185
