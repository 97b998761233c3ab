"""Where pdfium's own objects don't do, pdfplumber reads: real files for which it is really asked, and never believed alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, NameObject

from pipeline.domain import Document, Mark, Word
from pipeline.reading.pdf import _plumber as plumbing
from pipeline.wiring import ReadingKit, reading_kit
from tests.generated.draw import LAYOUTS, generate
from tests.unit.pdf_files import (
    cross,
    drawn,
    line,
    lines,
    marks,
    pdf,
    pieces,
    read_bytes,
    square,
    states,
    stream,
    tables,
    text,
)

ROOT = Path(__file__).resolve().parents[2]
FONT = "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
GRID = "".join(line(x, 600, x, 700) for x in (60, 260, 460)) + "".join(
    line(60, y, 460, y) for y in (600, 650, 700)
)
FORM = GRID + text(70, 670, "Navn") + text(270, 670, "Kari Vik") + square(70, 500) + cross(70, 500)


@pytest.fixture(scope="module")
def kit() -> ReadingKit:
    return reading_kit(ROOT)


def nested(content: str, depth: int) -> bytes:
    """A page that draws its content in a form in a form and so on."""
    forms = [
        stream(
            f"/Fm{n + 1} Do",
            f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
            f"/Resources << /XObject << /Fm{n + 1} {101 + n} 0 R >> >>",
        )
        for n in range(depth - 1)
    ]
    forms.append(stream(content, f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] {FONT}"))
    return pdf("/Fm0 Do", objects=tuple(forms)).replace(b"/XObject << ", b"/XObject << /Fm0 100 0 R ", 1)


def unopened(data: bytes) -> bytes:
    """A page with kids: pdfium takes it for a branch of the page tree and can't open it."""
    return data.replace(b"<< /Type /Page /Parent", b"<< /Type /Page /Kids [] /Parent")


def codes(document: Document) -> list[str]:
    return [doubt.code for doubt in document.doubts]


def sure(document: Document) -> list[Word | Mark]:
    return [each for each in pieces(document) if isinstance(each, (Word, Mark)) and each.confidence > 0.5]


def test_a_page_that_pdfium_cannot_open_is_read_and_doubted(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, unopened(pdf(FORM)))
    assert lines(document)[:2] == ["Navn", "Kari Vik"]
    assert [(table.rows, table.columns) for table in tables(document)] == [(2, 2)]
    assert states(document) == ["unsure"]
    assert "broken-page" in codes(document)
    assert not sure(document)
    assert document.pages[0].width == 595


def test_a_page_of_which_pdfium_lists_nothing_is_read_and_doubted(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, nested(FORM, 45))
    assert lines(document)[:2] == ["Navn", "Kari Vik"]
    assert [(table.rows, table.columns) for table in tables(document)] == [(2, 2)]
    assert codes(document) == ["readers-differ"]
    assert not sure(document)


def test_rulings_that_stand_too_deep_are_found_and_the_same_letters_are_no_doubt(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, nested(FORM, 15))
    plain = drawn(tmp_path, FORM)
    assert [(table.rows, table.columns) for table in tables(document)] == [(2, 2)]
    assert lines(document) == lines(plain)
    assert states(document) == states(plain) == ["on"]
    assert codes(document) == []
    assert marks(document)[0].box == pytest.approx(marks(plain)[0].box, abs=0.5)


def test_readers_that_see_different_letters_leave_a_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = plumbing.Plumbed.letters.fget
    assert whole is not None
    monkeypatch.setattr(plumbing.Plumbed, "letters", property(lambda self: whole(self)[1:]))
    document = read_bytes(tmp_path, nested(FORM, 15))
    assert codes(document) == ["readers-differ"]
    assert not sure(document)


def test_a_page_that_neither_can_read_is_doubted(tmp_path: Path) -> None:
    twice = stream(
        "/A Do /A Do",
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 100 0 R >> >>",
    )
    forms = [twice.replace("100 0 R", f"{101 + n} 0 R") for n in range(13)]
    last = stream("0 0 5 5 re f", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    data = pdf("/Fm0 Do " + text(60, 700, "Navn"), objects=(*forms, last))
    started = time.process_time()
    document = read_bytes(tmp_path, data.replace(b"/XObject << ", b"/XObject << /Fm0 100 0 R ", 1))
    assert time.process_time() - started < 10
    assert codes(document) == ["readers-differ"]
    assert not sure(document)


def test_a_blank_page_is_blank_and_pdfplumber_stays_shut_for_an_ordinary_one(tmp_path: Path) -> None:
    assert codes(drawn(tmp_path, "")) == []
    held = plumbing.Plumber(pdf(FORM))
    assert held.count is None


def test_its_count_of_pages_counts_where_it_is_asked(tmp_path: Path) -> None:
    held = plumbing.Plumber(unopened(pdf(FORM, FORM)))
    assert held.page(1) is not None
    assert held.count == 2
    held.close()
    untyped = pdf("").replace(b"/Type /Page /Parent", b"/Parent")
    assert "page-count" in codes(read_bytes(tmp_path, untyped))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_places_are_those_of_the_page_as_shown(tmp_path: Path, turn: int) -> None:
    page = f"/Rotate {turn} /MediaBox [0 0 595 842] /CropBox [20 30 575 812]"
    plain = drawn(tmp_path, FORM, page=page)
    document = read_bytes(tmp_path, unopened(pdf(FORM, page=page)))
    (first,), (second,) = marks(plain), marks(document)
    assert second.box == pytest.approx(first.box, abs=1.0)
    assert (document.pages[0].width, document.pages[0].height) == (
        plain.pages[0].width,
        plain.pages[0].height,
    )


@pytest.mark.parametrize("form", LAYOUTS)
def test_nothing_wrong_is_accepted_from_pdfplumber_alone(form: str, tmp_path: Path, kit: ReadingKit) -> None:
    for seed in (700, 701):
        filled = generate(form, "pdf-text", seed, tmp_path)
        writer = PdfWriter(clone_from=filled.path)
        for page in writer.pages:
            page[NameObject("/Kids")] = ArrayObject()
        writer.write(filled.path)
        found = kit.read(filled.path)
        assert [one.form for one in found] == [form]
        assert not [field for field in found[0].fields.values() if field.status == "accepted"]
