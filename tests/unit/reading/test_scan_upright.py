"""A page comes out upright, straight and clean, with nothing lost that was written on it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.reading.scan._types import Sheet
from pipeline.reading.scan.paper._skew import skew_of
from pipeline.reading.scan.paper._upright import upright
from tests.unit.reading.damage import (
    FORMS,
    drawn,
    edged,
    form,
    grainy,
    picture,
    shaded,
    skewed,
    squeezed,
    strewn,
    turned,
    two_levelled,
)


def on_page(sheet: Sheet, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = sheet.matrix
    return a * x + c * y + e, b * x + d * y + f


def never(crop: np.ndarray) -> float:
    raise AssertionError


@pytest.mark.parametrize("seed", range(14))
def test_any_lie_is_set_right(seed: int) -> None:
    chance = np.random.default_rng(seed)
    dpi = (150, 200)[seed % 2]
    skew, turn = float(chance.uniform(-7, 7)), (0, 90, 180, 270)[seed % 4]
    grey = turned(skewed(drawn(FORMS[seed % len(FORMS)], 1, dpi), skew), turn)
    grey = grainy(shaded(grey, float(chance.uniform(0.5, 0.9)), float(chance.uniform(0.4, 1.0))), 4, seed)
    sheet = upright(picture(squeezed(grey, 70), dpi))
    assert sheet.turned == (360 - turn) % 360
    assert abs(sheet.skew - skew) < 0.1
    assert not sheet.blank


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, 0.6, -5.0])
def test_a_point_of_the_sheet_is_found_on_the_page(turn: int, skew: float) -> None:
    grey = form("group-report-pdf-text", 150)
    blot = grey.copy()
    cv2.circle(blot, (1000, 1560), 12, 0, -1)  # in the lower margin, where nothing else is
    page = picture(turned(skewed(blot, skew), turn), 150)
    sheet = upright(page)
    assert sheet.turned == (360 - turn) % 360
    found = np.argwhere(sheet.ink[int(1505 / 150 * 72 * sheet.scale) :])
    assert len(found)
    solid = cv2.morphologyEx(sheet.ink.view(np.uint8), cv2.MORPH_OPEN, np.ones((13, 13), np.uint8))
    y, x = np.argwhere(solid).mean(axis=0) + 0.5
    there = on_page(sheet, x / sheet.scale, y / sheet.scale)
    solid = cv2.morphologyEx((page.grey < 128).view(np.uint8), cv2.MORPH_OPEN, np.ones((11, 11), np.uint8))
    y, x = np.argwhere(solid).mean(axis=0) + 0.5
    assert np.hypot(there[0] - x * 72 / 150, there[1] - y * 72 / 150) < 0.4
    corner = on_page(sheet, sheet.width / 2, sheet.height / 2)
    assert abs(corner[0] - page.width / 2) < 30
    assert abs(corner[1] - page.height / 2) < 30


def test_a_page_of_absurd_size_is_measured_as_a4_and_mapped_back() -> None:
    grey = form("group-report-pdf-text", 200)
    large = upright(picture(grey, 200 / 17))
    plain = upright(picture(grey, 200))
    assert abs(large.width - plain.width) < 1
    x, y = on_page(large, large.width, large.height)
    assert np.allclose((x / 17, y / 17), on_page(plain, plain.width, plain.height), atol=1)


def test_nothing_at_the_edges_is_lost_by_straightening() -> None:
    grey = form("group-report-pdf-text", 150)
    printed = skewed(grey, 3.0)
    high, wide = printed.shape
    cv2.putText(printed, "7130", (wide - 100, 40), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2)
    cv2.putText(printed, "9012", (4, high - 10), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2)
    sheet = upright(picture(printed, 150))
    assert abs(sheet.skew - 3) < 0.1
    for place in ((wide - 50, 30), (40, high - 22)):
        a, b, c, d, e, f = sheet.matrix
        x, y = np.linalg.solve([[a, c], [b, d]], np.array(place) * 72 / 150 - (e, f)) * sheet.scale
        assert sheet.ink[max(0, int(y) - 25) : int(y) + 25, max(0, int(x) - 40) : int(x) + 40].sum() > 200


def test_the_reader_is_asked_only_in_doubt_and_believed() -> None:
    grey = form("need-notification-pdf-text", 200)
    assert upright(picture(grey, 200), never).turned == 0
    assert upright(picture(turned(grey, 180), 200), never).turned == 180
    page = np.full((2339, 1654), 255, np.uint8)
    for row in range(8):
        cv2.putText(
            page, "NORDHEIM SOLVIK", (200, 300 + 150 * row), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3, cv2.LINE_AA
        )
    asked: list[np.ndarray] = []

    def likes(second: bool):
        def read_line(crop: np.ndarray) -> float:
            asked.append(crop)
            return 0.9 if (len(asked) % 2 == 0) is second else 0.2

        return read_line

    assert upright(picture(page, 200), likes(second=False)).turned == 0
    assert 2 <= len(asked) <= 8
    assert np.array_equal(asked[0][::-1, ::-1], asked[1])
    asked.clear()
    assert upright(picture(page, 200), likes(second=True)).turned == 180
    asked.clear()
    assert upright(picture(page, 200), lambda crop: 0.5).turned == 0


def test_shade_and_pale_print_become_black_on_white() -> None:
    grey = form("group-report-pdf-text", 200)
    sheet = upright(picture(grainy(shaded(grey, 0.5, 0.4), 2), 200))
    paper = sheet.grey[~cv2.dilate((grey < 250).view(np.uint8), np.ones((9, 9), np.uint8)).astype(bool)]
    assert np.percentile(paper, 5) >= 245
    assert np.median(sheet.grey[grey < 40]) < 110
    assert (sheet.ink & (grey < 60)).sum() > 0.98 * (grey < 60).sum()
    assert sheet.ink.mean() < 1.6 * (grey < 140).mean()


def test_a_grey_cell_is_ground_and_a_blackened_box_is_ink() -> None:
    page = form("group-consent-pdf-text", 200)
    page[1500:1560, 300:1200] = 215
    cv2.putText(page, "Navn", (320, 1545), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 20, 3, cv2.LINE_AA)
    page[1700:1730, 300:330] = 90
    sheet = upright(picture(grainy(page, 2), 200))
    cell = sheet.ink[1504:1556, 500:1190]
    assert cell.mean() < 0.002
    assert sheet.ink[1510:1550, 320:420].mean() > 0.1
    assert sheet.ink[1702:1728, 302:328].all()
    assert 205 < np.median(sheet.grey[1504:1556, 500:1190]) < 225


def test_a_faint_pencil_stays() -> None:
    page = form("group-consent-pdf-text", 200)
    cv2.line(page, (300, 1900), (600, 1880), 205, 2, cv2.LINE_AA)
    sheet = upright(picture(grainy(page, 3), 200))
    band = sheet.ink[1870:1910, 300:600]
    assert band.any(axis=0).mean() > 0.95


def test_specks_go_and_dots_stay() -> None:
    page = form("group-consent-pdf-text", 300)
    before = upright(picture(page, 300))
    rows, columns = np.random.default_rng(3).integers(0, 3400, (2, 300))
    dusty = page.copy()
    for y, x in zip(rows.tolist(), np.minimum(columns, 2400).tolist(), strict=True):
        dusty[y : y + 2, x : x + 2] = 0
    sheet = upright(picture(dusty, 300))
    extra, lost = sheet.ink & ~before.ink, before.ink & ~sheet.ink
    far = ~cv2.dilate(before.ink.view(np.uint8), np.ones((45, 45), np.uint8)).astype(bool)
    assert (extra & far).sum() < 0.05 * 300 * 4
    assert lost.sum() < 0.001 * before.ink.sum()
    count, labels = cv2.connectedComponents((page < 128).view(np.uint8), connectivity=8)
    assert set(range(1, count)) <= set(np.unique(labels[before.ink]))  # every dot, ring and full stop


def test_strewn_pixels_go_and_hairlines_stay() -> None:
    page = form("group-report-pdf-text", 200)
    plain = upright(picture(page, 200)).ink
    sheet = upright(picture(strewn(page, 0.02), 200))
    far = ~cv2.dilate(plain.view(np.uint8), np.ones((9, 9), np.uint8)).astype(bool)
    assert (sheet.ink & far).mean() < 0.0005
    assert (sheet.ink & plain).sum() > 0.93 * plain.sum()


def test_dark_edges_and_holes_go_and_a_printed_band_stays() -> None:
    page = form("group-report-pdf-text", 200)
    sheet = upright(picture(edged(shaded(skewed(page, 2.0), 0.7), 60), 200))
    assert abs(sheet.skew - 2) < 0.1
    assert sheet.ink[:, :60].mean() < 0.001
    assert sheet.ink[-80:].mean() < 0.001
    banded = page.copy()
    banded[:110] = 40
    cv2.putText(banded, "Samtykke og melding", (150, 75), cv2.FONT_HERSHEY_SIMPLEX, 1.6, 255, 4, cv2.LINE_AA)
    kept = upright(picture(banded, 200))
    assert kept.grey[20:100, 140:700].std() > 60


def test_deep_shade_is_not_taken_for_an_edge() -> None:
    page = form("group-report-pdf-text", 150)
    x = np.linspace(1.0, 0.45, page.shape[1])
    sheet = upright(picture((page * x).astype(np.uint8), 150))
    right = (slice(None), slice(round(page.shape[1] * 0.7), None))
    scale = sheet.grey.shape[0] / page.shape[0]
    plain = upright(picture(page, 150)).ink
    assert (
        sheet.ink[:, round(right[1].start * scale) :].sum()
        > 0.9 * plain[:, round(right[1].start * scale) :].sum()
    )


def test_a_fax_is_smoothed_to_square_pixels() -> None:
    fax = two_levelled(form("group-consent-pdf-text", 204))[::2]
    sheet = upright(picture(fax, 204, bilevel=True, down=102))
    assert sheet.bilevel
    assert abs(sheet.grey.shape[0] / sheet.grey.shape[1] - 842 / 595) < 0.01
    assert 199 < sheet.scale * 72 < 206
    assert ((sheet.grey > 30) & (sheet.grey < 225)).sum() > 1_000


@pytest.mark.parametrize(("dpi", "becomes"), [(100, 200), (150, 200), (200, 200), (240, 240), (300, 300)])
def test_the_scale_is_between_200_and_300_dpi(dpi: int, becomes: int) -> None:
    sheet = upright(picture(form("group-consent-pdf-text", dpi), dpi))
    assert round(sheet.scale * 72) == becomes
    assert (
        sheet.grey.shape
        == sheet.ink.shape
        == (round(sheet.height * sheet.scale), round(sheet.width * sheet.scale))
    )


def paper(dpi: int = 200, shade: int = 245) -> np.ndarray:
    return np.full((round(11.69 * dpi), round(8.27 * dpi)), shade, np.uint8)


def signed(level: int) -> np.ndarray:
    page = paper()
    t = np.linspace(0, 6 * np.pi, 300)
    points = np.stack([800 + t * 13, 1900 + 40 * np.sin(t * 1.3) * np.cos(t)], 1).astype(int)
    cv2.polylines(page, [points], isClosed=False, color=level, thickness=3, lineType=cv2.LINE_AA)
    return page


def test_empty_backs_are_blank() -> None:
    shining = cv2.GaussianBlur(form("group-report-pdf-text", 200)[:, ::-1], (0, 0), 2.5).astype(float)
    backs = {
        "white": paper(),
        "grain": grainy(paper(), 5),
        "edges and holes": grainy(edged(paper(), 60), 4),
        "dust": squeezed(strewn(grainy(paper(), 3), 0.0002)),
        "show-through": squeezed(grainy((245 - (255 - shining) * 0.12).astype(np.uint8), 4)),
    }
    for name, grey in backs.items():
        assert upright(picture(grey, 200)).blank, name
    assert upright(picture(two_levelled(strewn(paper(), 0.0005)), 200, bilevel=True)).blank


@pytest.mark.parametrize("level", [30, 120, 180, 200])
def test_a_page_with_only_a_signature_is_not_blank_nor_turned(level: int) -> None:
    sheet = upright(picture(squeezed(grainy(signed(level), 3)), 200), never)
    assert not sheet.blank
    assert (sheet.turned, sheet.skew) == (0, 0.0)


def test_a_pencilled_word_is_not_blank() -> None:
    page = paper()
    cv2.putText(page, "ok", (400, 500), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.3, 175, 2, cv2.LINE_AA)
    assert not upright(picture(grainy(page, 4), 200)).blank


@pytest.mark.parametrize("shade", [0, 60, 128, 255])
@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (15, 15), (17, 40), (800, 600)])
def test_a_page_of_one_colour_is_a_sheet(shade: int, size: tuple[int, int]) -> None:
    sheet = upright(picture(np.full(size, shade, np.uint8), 100))
    assert sheet.grey.shape == sheet.ink.shape
    assert sheet.turned == 0


@pytest.mark.parametrize("seed", range(3))
def test_what_is_no_form_does_no_harm(seed: int) -> None:
    chance = np.random.default_rng(seed)
    y, x = np.mgrid[0:700, 0:900]
    waves = 128 + 90 * np.sin(x / 30) * np.cos(y / 40) + chance.normal(0, 25, y.shape)
    noise = chance.integers(0, 256, (700, 900))
    steep = x * 255 / 900
    sheet = upright(
        picture(np.clip((waves, noise, steep)[seed], 0, 255).astype(np.uint8), 80), lambda crop: 0.0
    )
    assert sheet.grey.shape == sheet.ink.shape


def test_the_skew_is_measured_without_favour() -> None:
    errors = []
    for step, degrees in enumerate(np.linspace(-9, 9, 19)):
        page = skewed(drawn(FORMS[step % len(FORMS)], 1, 75), float(degrees))
        errors.append(abs(skew_of((page < 200).astype(np.uint8)) - degrees))
    assert np.mean(errors) < 0.05
    assert max(errors) < 0.15
