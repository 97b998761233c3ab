"""A form that lies on its blank: the print is known by its picture, boxes by their place, and what was filled in is left."""

from __future__ import annotations

import tempfile
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest

from pipeline.domain import FormCode
from pipeline.reading.scan._drawn import drawn_on
from pipeline.reading.scan._types import Picture
from pipeline.reading.scan.blanks._blanks import Blanks
from pipeline.reading.scan.blanks._known_print import Printed, without_print
from pipeline.reading.scan.codes._codes import coded
from pipeline.reading.scan.paper._upright import upright
from tests.scans.scanner import Page
from tools.blank_forms.fill import fill_pdf

FORMS = Path(__file__).parents[3] / "templates" / "forms"
DPI = 200
SCALE = DPI / 72
CODE = FormCode(form="closure-notice", version="skjemaflyt-2026")
BOX = (58, 252, 68)
"""The second box of the form: left, middle and right, in points."""


def drawn(form: str = "closure-notice") -> Page:
    """The blank as a viewer prints it."""
    with tempfile.TemporaryDirectory() as folder:
        filled = Path(folder, "filled.pdf")
        fill_pdf(FORMS / f"{form}.pdf", {}, filled)
        pdf = pypdfium2.PdfDocument(filled.read_bytes())
    pdf.init_forms()
    picture = pdf[0].render(scale=SCALE, grayscale=True).to_numpy()
    pdf.close()
    return np.array(picture, dtype=np.uint8).reshape(picture.shape[:2])


def found(page: Page, code: FormCode = CODE) -> Printed:
    high, wide = page.shape
    size = (wide * 72 / DPI, high * 72 / DPI)
    seen = coded(upright(Picture(number=1, grey=page, width=size[0], height=size[1])))
    assert seen.exact
    return without_print(seen.sheet, Blanks(FORMS).of(code))


def said(known: Printed) -> str:
    return " ".join(word.text for word, _ in known.words())


def line(page: Page, *points: tuple[float, float], width: float = 1.2) -> None:
    """A pen's line through points of the page."""
    dots = np.rint(np.array(points) * SCALE).astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(page, [dots], False, 40, max(1, round(width * SCALE)), cv2.LINE_AA)


def test_all_print_is_known_and_nothing_is_left_to_read() -> None:
    known = found(drawn())
    assert "Ansvarsgruppe eller oppfølgingsteam" in said(known)
    assert "Hva den det gjelder sier:" in said(known)
    assert not drawn_on(known.bare, known).segments


def test_what_was_filled_in_is_left_and_nothing_else() -> None:
    page = drawn()
    cv2.putText(page, "Kari Moen", (round(105 * SCALE), round(142 * SCALE)), cv2.FONT_HERSHEY_DUPLEX, 0.9, 20)
    (segment,) = drawn_on((known := found(page)).bare, known).segments
    assert segment.box.x0 == pytest.approx(105, abs=3)
    assert segment.box.bottom == pytest.approx(142, abs=5)


def test_a_tick_over_its_label_hides_neither_and_is_no_letter() -> None:
    page = drawn()
    left, middle, right = BOX
    line(page, (left, middle - 3), (left + 5, middle + 4), (right + 16, middle - 12))
    known = found(page)
    seen = drawn_on(known.bare, known)
    assert "Ansvarsgruppe eller oppfølgingsteam" in said(known)
    assert len(seen.boxes) == len(known.page.boxes if known.page else ())
    assert not [one for one in seen.segments if one.box.x1 - one.box.x0 > 5]


def test_a_label_with_a_line_through_is_not_taken_for_print() -> None:
    page = drawn()
    line(page, (78, BOX[1] + 0.5), (245, BOX[1] - 0.5))
    known = found(page)
    assert "eller oppfølgingsteam" not in said(known)
    assert "Koordinator eller barnekoordinator" in said(known)


def test_a_code_copied_onto_another_form_makes_nothing_known() -> None:
    known = found(drawn("consent-withdrawal"))
    assert known.page is None
    assert known.bare is known.sheet


@pytest.mark.parametrize("version", ["skjemaflyt-2025", ""])
def test_a_blank_of_another_version_is_not_ours(version: str) -> None:
    assert Blanks(FORMS).of(FormCode(form="closure-notice", version=version)) == ()


def test_without_a_folder_or_a_blank_nothing_is_known() -> None:
    assert Blanks().of(CODE) == ()
    assert Blanks(FORMS).of(FormCode(form="unheard-of", version="1")) == ()
