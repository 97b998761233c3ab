"""Where a label that asks for a signature is printed, though a signature touches its last word."""

from __future__ import annotations

from pipeline.domain import Box, Document, Line, Page, Reader, Word
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
