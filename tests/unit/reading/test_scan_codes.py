"""Codes, corner marks and separator sheets on scanned pages: found, exact, and never a stranger's."""

from __future__ import annotations

from pathlib import Path
from random import Random

import cv2
import numpy as np
import pypdfium2
import pytest
import segno
import zxingcpp

from pipeline.domain import FormCode
from pipeline.letters import code_picture
from pipeline.reading.scan._types import Picture
from pipeline.reading.scan.codes._codes import Coded, coded
from pipeline.reading.scan.paper._upright import upright
from pipeline.values import form_code_text
from tests.scans.scanner import Page, Scanned, paper, scan, setting

FORMS = Path(__file__).parents[3] / "templates" / "forms"
WHITE = (1754, 1240)
"""A4 at 150 dots an inch."""
REPORT = FormCode(form="group-report", version="orland-2024-02")


def scanned(form: str, damage: str, seed: int) -> Scanned:
    rng = Random(f"codes/{form}/{damage}/{seed}")
    made = setting(rng, [damage])
    pdf = pypdfium2.PdfDocument(FORMS / f"{form}.pdf")
    page = scan(paper(pdf, 0, made), made, rng)
    pdf.close()
    return page


def read(page: Scanned) -> Coded:
    grey = page.picture if page.picture.ndim == 2 else cv2.cvtColor(page.picture, cv2.COLOR_RGB2GRAY)
    high, wide = grey.shape
    size = (wide * 72 / page.across, high * 72 / page.along)
    bilevel = bool(np.isin(grey, (0, 255)).all())
    return coded(upright(Picture(number=1, grey=grey, width=size[0], height=size[1], bilevel=bilevel)))


def on_paper(picture: Page, dpi: float = 150) -> Coded:
    high, wide = picture.shape
    size = (wide * 72 / dpi, high * 72 / dpi)
    return coded(upright(Picture(number=1, grey=picture, width=size[0], height=size[1])))


def qr(text: str, scale: int) -> Page:
    rows = [[0 if dark else 255 for dark in row] for row in segno.make_qr(text, error="m").matrix]
    drawn = np.array(rows, dtype=np.uint8).repeat(scale, 0).repeat(scale, 1)
    return np.pad(drawn, 4 * scale, constant_values=255)


def sheet_with(picture: Page, *, top: int, left: int, lines: int = 20) -> Page:
    """A page of writing with a picture on it."""
    page = np.full(WHITE, 255, np.uint8)
    for line in range(lines):
        cv2.putText(
            page, "Kari Nordmann bor her", (150, 200 + 30 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 0, 2
        )
    high, wide = picture.shape
    page[top : top + high, left : left + wide] = picture
    return page


@pytest.mark.parametrize(
    "damage",
    ["skew", "fax", "bilevel", "upside-down", "small", "blur", "noise", "wave", "jpeg", "dark", "shading"],
)
def test_a_form_of_ours_is_known_and_lies_on_its_blank(damage: str) -> None:
    page = scanned("group-report", damage, 1)
    found = read(page)
    assert found.code == REPORT
    assert not found.separator
    assert found.exact
    assert (found.sheet.width, found.sheet.height) == pytest.approx((595.28, 841.89), abs=0.01)
    a, b, c, d, e, f = found.sheet.matrix
    worst = 0.0
    for x, y in ((60.0, 60.0), (540.0, 60.0), (60.0, 780.0), (470.0, 780.0), (300.0, 400.0)):
        there = page.matrix[:2] @ np.array([x, y, 1.0]) * 72 / np.array([page.across, page.along])
        worst = max(worst, abs(a * x + c * y + e - there[0]), abs(b * x + d * y + f - there[1]))
    # A feeder's wave is no part of the truth's matrix.
    assert worst < (2.5 if damage == "wave" else 1.0)


def test_code_and_marks_are_taken_out() -> None:
    sheet = read(scanned("closure-notice", "skew", 3)).sheet
    low = round(728 * sheet.scale)
    assert not sheet.ink[low:, round(480 * sheet.scale) :].any()
    assert not sheet.ink[: round(36 * sheet.scale), : round(36 * sheet.scale)].any()
    assert sheet.ink[: round(200 * sheet.scale)].any()


def test_a_code_without_its_marks_is_known_all_the_same() -> None:
    pdf = pypdfium2.PdfDocument(FORMS / "closure-notice.pdf")
    picture = np.ascontiguousarray(pdf[0].render(scale=200 / 72, grayscale=True).to_numpy().squeeze())
    pdf.close()
    picture[: round(15 / 25.4 * 200), :] = 255
    found = on_paper(picture, 200)
    assert found.code == FormCode(form="closure-notice", version="skjemaflyt-2026")
    assert not found.exact
    assert not found.sheet.ink[
        round(730 * found.sheet.scale) : round(797 * found.sheet.scale), round(484 * found.sheet.scale) :
    ].any()


@pytest.mark.parametrize(
    "text",
    [
        "https://example.invalid/skjema?id=1",
        "SKJEMAFLYT:1:GROUP-REPORT:ORLAND-2024-02:2026/1:AAAAAAAA",
        "SKJEMAFLYT:2:GROUP-REPORT:ORLAND-2024-02:2026/1:AAAAAAAA",
    ],
)
def test_a_strangers_code_is_nothing(text: str) -> None:
    found = on_paper(sheet_with(qr(text, 4), top=1500, left=1000))
    assert found.code is None
    assert not found.separator


def test_our_code_is_found_elsewhere_on_the_page_too() -> None:
    code = FormCode(form="group-report", version="orland-2024-02", case="2026/7")
    assert on_paper(sheet_with(qr(form_code_text(code), 4), top=900, left=200)).code == code


def patch(dpi: float, *, kind: str = "T", length: float = 63.5, times: float = 1.0) -> Page:
    wide = {"T": (1, 2.5, 1, 2.5), "2": (2.5, 1, 2.5, 1), "1": (2.5, 1, 1, 2.5)}[kind]
    unit = 2.03 / 25.4 * dpi * times
    long = round(length / 25.4 * dpi)
    parts = []
    for number, bar in enumerate(wide):
        if number:
            parts.append(np.full((round(unit), long), 255, np.uint8))
        parts.append(np.zeros((round(unit * bar), long), np.uint8))
    return np.pad(np.vstack(parts), 12, constant_values=255)


@pytest.mark.parametrize("kind", ["T", "2"])
@pytest.mark.parametrize("times", [1.0, 0.9])
@pytest.mark.parametrize("turned", [False, True])
def test_patch_t_parts_a_stack(kind: str, times: float, turned: bool) -> None:
    bars = patch(150, kind=kind, times=times)
    found = on_paper(
        sheet_with(
            bars.T if turned else bars, top=60 if not turned else 500, left=420, lines=0 if turned else 3
        )
    )
    assert found.separator
    assert found.code is None


def test_other_bars_part_nothing() -> None:
    assert not on_paper(sheet_with(patch(150, kind="1"), top=60, left=420, lines=3)).separator
    assert not on_paper(sheet_with(patch(150, length=25), top=60, left=420, lines=3)).separator


@pytest.mark.parametrize("text", ["PATCHT", "PATCH", "12345"])
def test_a_barcode_that_says_so_parts_a_stack(text: str) -> None:
    drawn = zxingcpp.write_barcode_to_image(
        zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128), scale=3
    )
    picture = np.array(drawn, dtype=np.uint8).repeat(2, 0)
    found = on_paper(sheet_with(picture, top=300, left=300, lines=0))
    assert found.separator == (text == "PATCHT")


def test_an_empty_back_has_no_code() -> None:
    found = on_paper(np.full(WHITE, 255, np.uint8))
    assert (found.code, found.separator, found.exact) == (None, False, False)


def test_a_note_outside_the_blank_is_not_cut_off() -> None:
    pdf = pypdfium2.PdfDocument(FORMS / "closure-notice.pdf")
    form = np.ascontiguousarray(pdf[0].render(scale=186 / 72, grayscale=True).to_numpy().squeeze())
    pdf.close()
    picture = np.full((2339, 1654), 255, np.uint8)
    high, wide = form.shape
    picture[80 : 80 + high, 60 : 60 + wide] = form
    assert on_paper(picture, 200).exact
    cv2.putText(picture, "OBS ring mor forst", (300, 60), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
    found = on_paper(picture, 200)
    assert not found.exact
    assert found.code is not None
    assert found.sheet.ink[: round(28 * found.sheet.scale)].any()


@pytest.mark.parametrize("damage", ["skew", "fax", "upside-down", "shading"])
def test_our_own_separator_sheet_parts_a_stack(damage: str) -> None:
    found = read(scanned("separator", damage, 1))
    assert found.separator
    assert found.code is None


@pytest.mark.parametrize("damage", ["skew", "fax", "small", "noise", "faint"])
def test_the_case_of_a_prefilled_form_comes_back_from_paper(damage: str) -> None:
    code = FormCode(form="coordinator-designation", version="skjemaflyt-2026", case="2026/41277")
    drawn = cv2.imdecode(np.frombuffer(code_picture(code), np.uint8), cv2.IMREAD_GRAYSCALE)
    rng = Random(f"prefilled/{damage}")
    made = setting(rng, [damage])
    pdf = pypdfium2.PdfDocument(FORMS / "coordinator-designation.pdf")
    page = paper(pdf, 0, made)
    pdf.close()
    dots = made.dpi / 25.4
    x, y, side = round(170 * dots), round(257 * dots), round(25 * dots)
    small = cv2.resize(drawn, (side, side), interpolation=cv2.INTER_AREA)
    page[y : y + side, x : x + side] = small if page.ndim == 2 else small[..., None]
    assert read(scan(page, made, rng)).code == code
