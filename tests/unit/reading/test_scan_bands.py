"""Light print on dark bands is turned; photographs, codes, bold letters and empty bars stay as they are."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from pipeline.reading.scan.paper._bands import bands_lit
from tests.unit.reading.paper import FONT, SCALE


def _page(
    text: str, *, band: tuple[int, int, int, int] | None, shade: int = 60, size: float = 10
) -> Image.Image:
    """Text at (30, 50) in points, light when it stands on a band."""
    image = Image.new("L", (round(400 * SCALE), round(120 * SCALE)), 255)
    pen = ImageDraw.Draw(image)
    if band is not None:
        pen.rectangle([round(place * SCALE) for place in band], fill=shade)
    font = ImageFont.truetype(str(FONT), round(size * SCALE))
    pen.text((30 * SCALE, 50 * SCALE), text, font=font, fill=0 if band is None else 255, anchor="ls")
    return image


def test_light_letters_on_a_dark_band_become_dark_on_light_in_a_frame() -> None:
    page = np.asarray(_page("Opplysninger om tjenestemottaker", band=(20, 38, 380, 55)))
    lit = bands_lit(page, SCALE)
    inside = np.s_[round(40 * SCALE) : round(53 * SCALE), round(24 * SCALE) : round(370 * SCALE)]
    assert np.array_equal(lit[inside], 255 - page[inside])
    middle = round(46 * SCALE)
    assert lit[middle, round(19 * SCALE) : round(22 * SCALE)].min() == 0
    assert (lit[: round(36 * SCALE)] == 255).all()


def test_bold_print_and_an_empty_bar_stay() -> None:
    for page in (
        _page("SAMTYKKEERKLÆRING FOR", band=None, size=22),
        _page("", band=(20, 38, 380, 55)),
        _page("", band=(20, 38, 380, 40)),
    ):
        before = np.asarray(page)
        assert np.array_equal(bands_lit(before, SCALE), before)


def test_a_pattern_of_modules_stays() -> None:
    rng = np.random.default_rng(5)
    modules = np.kron(rng.integers(0, 2, (29, 29)), np.ones((8, 8))).astype(np.uint8) * np.uint8(255)
    page = np.full((500, 700), 255, np.uint8)
    page[100:332, 100:332] = modules
    assert np.array_equal(bands_lit(page, SCALE), page)
