"""What a reviewer is shown: the strip of the page where the doubt is, framed, as a viewer would show it."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from pipeline.domain import Box
from pipeline.errors import UsageError
from pipeline.reading import glimpse
from tests.unit.word_files import paragraph, write

WIDE, HIGH = 595, 842
PLACE = Box(100, 400, 300, 420)


def shown(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("L"))


def scan(path: Path, *, pages: int = 1) -> Path:
    """White sheets at 144 dpi; the last has a black bar where `PLACE` is."""
    sheets = [Image.new("L", (WIDE * 2, HIGH * 2), 255) for _ in range(pages)]
    ImageDraw.Draw(sheets[-1]).rectangle([2 * part for part in PLACE], fill=0)
    sheets[0].save(path, save_all=True, append_images=sheets[1:], dpi=(144, 144))
    return path


def turned_pdf(path: Path) -> Path:
    """A page that a viewer turns upright: the bar stands at `PLACE` only as shown."""
    canvas = Canvas(str(path), pagesize=(WIDE, HIGH))  # reportlab turns the size with the page
    canvas.setPageRotation(90)
    canvas.rect(PLACE.top, PLACE.x0, PLACE.bottom - PLACE.top, PLACE.x1 - PLACE.x0, stroke=0, fill=1)
    canvas.save()
    return path


@pytest.mark.parametrize("make", [lambda folder: scan(folder / "a.tif", pages=3), lambda folder: turned_pdf(folder / "a.pdf")])  # fmt: skip
def test_the_place_stands_framed_in_its_strip(tmp_path: Path, make: object) -> None:
    file = make(tmp_path)  # type: ignore[operator]
    picture = shown(glimpse(file, page=3 if file.suffix == ".tif" else 1, box=PLACE))
    scale = picture.shape[1] / WIDE
    assert picture.shape[0] < 0.2 * HIGH * scale
    columns = np.flatnonzero((picture < 128).any(0)) / scale
    assert abs(columns.min() - PLACE.x0) < 6
    assert abs(columns.max() - PLACE.x1) < 6
    middle = picture[picture.shape[0] // 2]
    dark = np.flatnonzero(np.diff((middle < 128).astype(int)))
    assert len(dark) == 6, "frame, bar and frame"


def test_without_a_place_the_whole_page_is_shown(tmp_path: Path) -> None:
    picture = shown(glimpse(scan(tmp_path / "a.png"), page=1))
    assert abs(picture.shape[0] / picture.shape[1] - HIGH / WIDE) < 0.01


def test_a_place_off_the_page_shows_something_all_the_same(tmp_path: Path) -> None:
    assert shown(glimpse(scan(tmp_path / "a.png"), page=1, box=Box(10, 5000, 20, 5010))).size


def test_a_page_that_is_not_there_and_a_word_file_are_told_of(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ingen side 7"):
        glimpse(scan(tmp_path / "a.png"), page=7)
    with pytest.raises(UsageError, match="Word-dokument"):
        glimpse(write(tmp_path / "a.docx", paragraph()), page=1)
