"""The page of figures is one page, in bokmål, with a title and a text for each bar, however many services there are (A7)."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from pipeline.figures import KINDS, Counting, Tally, assemble
from pipeline.letters import PdfPress, figure_page

DAY = date(2026, 6, 1)
RULES = Counting(municipality="fjelldal", on=DAY, since=date(2026, 1, 1), until=DAY)
TITLE = "Tall for koordinering, Fjelldal kommune, 2026"


def page(services: int) -> bytes:
    names = [f"Tjenesten for habilitering og rehabilitering nummer {n}" for n in range(services)]
    tally = Tally(
        counts={kind.id: 1000 + n for n, kind in enumerate(KINDS)},
        services={
            "teams.members": dict.fromkeys(names, 70),
            "coordinators.in_force": dict.fromkeys(names, 30),
        },
        days={12: 10},
    )
    return figure_page(
        assemble(tally, RULES), title=TITLE, lines=["Tallene er per 1.6.2026."], notes=["Merknad."]
    )


def test_a_number_stands_beside_each_bar() -> None:
    made = docx.Document(io.BytesIO(page(3)))
    assert made.core_properties.title == TITLE
    assert made.core_properties.author == ""
    bars = 0
    for table in made.tables:
        assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
        for row in table.rows[1:]:
            label, shown = row.cells[0].text.strip(), row.cells[2].text
            told = row.cells[1]._tc.xpath(".//wp:docPr/@descr")
            assert told == (
                [f"Søyle: {label.removesuffix(' *')}, {shown}"] if shown not in ("0", "–") else []
            )
            bars += len(told)
    assert bars == len(KINDS) + 6


@pytest.mark.parametrize("services", [0, 30])
def test_it_is_one_page(tmp_path: Path, services: int) -> None:
    press = PdfPress(tmp_path / "profiles")
    if not press.available:
        pytest.skip("LibreOffice is not here")
    word = tmp_path / "tall.docx"
    word.write_bytes(page(services))
    made = press.print([word], tmp_path / "out")[word]
    assert isinstance(made, Path)
    pdf = PdfReader(made)
    assert len(pdf.pages) == 1
    assert pdf.metadata is not None
    assert pdf.metadata.title == TITLE
    assert str(pdf.trailer["/Root"]["/Lang"]) == "nb-NO"
    text = " ".join(pdf.pages[0].extract_text().split())
    assert "Merknad." in text
    assert ("Og 22 tjenester til" in text) is (services == 30)
