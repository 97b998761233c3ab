"""A page scanned so pale that writing vanished is known by its broken letters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.reading.scan._types import Segment, Sheet
from pipeline.reading.scan._worn import is_worn
from tests.unit.reading.paper import Paper

LINES = (
    "Navn på tjenestemottaker",
    "Adresse",
    "Postnummer og sted",
    "Telefonnummer",
    "Kontaktperson",
    "Relasjon",
    "Fastlege",
)


def _page(keeps: float) -> tuple[Sheet, list[Segment]]:
    """A page of black and white on which each pixel of ink in ten rows of twelve is kept at a chance of ``keeps``."""
    paper = Paper()
    found = [Segment(paper.text(20, 20 + 25 * number, text)) for number, text in enumerate(LINES)]
    sheet = paper.sheet()
    grey = np.where(sheet.grey < 128, np.uint8(0), np.uint8(255))
    rows = np.arange(grey.shape[0])[:, None] // 3 % 4 != 0
    gone = rows & (np.random.default_rng(5).random(grey.shape) > keeps)
    return replace(sheet, grey=np.where(gone, np.uint8(255), grey), bilevel=True), found


@pytest.mark.parametrize(("keeps", "worn"), [(1.0, False), (0.97, False), (0.3, True)])
def test_a_page_of_broken_letters_is_worn(keeps: float, worn: bool) -> None:
    assert is_worn(*_page(keeps)) is worn


def test_a_grey_page_keeps_what_is_pale() -> None:
    sheet, found = _page(0.3)
    assert not is_worn(replace(sheet, bilevel=False), found)


def test_a_few_words_tell_nothing_of_a_page() -> None:
    sheet, found = _page(0.3)
    assert not is_worn(sheet, found[:4])
