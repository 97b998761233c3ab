"""Crosses in empty table cells."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.domain import Box, MarkState
from pipeline.reading.scan._types import Sheet
from pipeline.reading.scan.marks._cell_marks import cell_mark
from tests.scans.marks import strokes

SCALE = 200 / 72
CELL = Box(40, 20, 90, 40)


def _sheet(*lines: tuple[np.ndarray, float], dots: tuple[tuple[float, float, float], ...] = ()) -> Sheet:
    """A table of 50 by 20 point cells, with lines (points, width) and round dots (x, y, radius), all in points."""
    grey = np.full((round(60 * SCALE) * 2, round(140 * SCALE) * 2), 255, np.uint8)
    at = SCALE * 2
    for y in (0.5, 20, 40, 59):
        cv2.line(grey, (0, round(y * at)), (grey.shape[1], round(y * at)), 30, 3)
    for x in (0.5, 40, 90, 139):
        cv2.line(grey, (round(x * at), 0), (round(x * at), grey.shape[0]), 30, 3)
    for points, width in lines:
        cv2.polylines(
            grey, [np.round(points * at).astype(np.int32)], False, 50, round(width * at), cv2.LINE_AA
        )
    for x, y, radius in dots:
        cv2.circle(grey, (round(x * at), round(y * at)), max(1, round(radius * at)), 40, -1, cv2.LINE_AA)
    grey = cv2.GaussianBlur(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), (0, 0), 0.6)
    grey = np.clip(grey + np.random.default_rng(1).normal(0, 4, grey.shape), 0, 255).astype(np.uint8)
    return Sheet(number=1, grey=grey, ink=grey < 190, scale=SCALE, width=140, height=60)


def test_an_empty_cell_is_off() -> None:
    assert cell_mark(_sheet(), CELL, []).state is MarkState.OFF


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("kind", ["cross", "tick"])
def test_a_cross_or_tick_is_on(kind: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    middle = np.array([65 + rng.uniform(-8, 8), 30 + rng.uniform(-2, 2)])
    lines = [(stroke * rng.uniform(9, 15) + middle, 0.9) for stroke in strokes(kind, rng, hard=False)]
    assert cell_mark(_sheet(*lines), CELL, []).state is MarkState.ON


def test_a_large_cross_that_touches_the_lines_is_on() -> None:
    cross = [(np.array([[55, 19.0], [75, 41.5]]), 1.0), (np.array([[76, 18.5], [54, 41.0]]), 1.0)]
    assert cell_mark(_sheet(*cross), CELL, []).state is MarkState.ON


def test_the_neighbours_cross_is_not_this_cells() -> None:
    cross = [(np.array([[15, 23.0], [27, 37]]), 1.0), (np.array([[27, 23.0], [15, 37]]), 1.0)]
    sheet = _sheet(*cross)
    assert cell_mark(sheet, CELL, []).state is MarkState.OFF
    assert cell_mark(sheet, Box(0.5, 20, 40, 40), []).state is MarkState.ON


def test_specks_are_off() -> None:
    assert cell_mark(_sheet(dots=((60, 28, 0.4), (75, 33, 0.3))), CELL, []).state is MarkState.OFF


def test_a_line_through_the_row_is_not_a_cross() -> None:
    assert (
        cell_mark(_sheet((np.array([[5, 31.0], [60, 30], [135, 29]]), 0.9)), CELL, []).state
        is not MarkState.ON
    )


def test_a_dash_is_for_a_person() -> None:
    assert cell_mark(_sheet((np.array([[60, 30.0], [70, 30.4]]), 0.9)), CELL, []).state is MarkState.UNSURE


def test_a_known_word_is_no_mark() -> None:
    cross = [(np.array([[60, 25.0], [68, 35]]), 1.0), (np.array([[68, 25.0], [60, 35]]), 1.0)]
    assert cell_mark(_sheet(*cross), CELL, [Box(58, 23, 70, 37)]).state is MarkState.OFF


def test_a_printed_box_that_was_not_found_as_one_is_for_a_person() -> None:
    square = [np.array([[60, 25.0], [69, 25], [69, 34], [60, 34], [60, 25]])]
    assert cell_mark(_sheet((square[0], 0.8)), CELL, []).state is not MarkState.ON


def test_a_cross_in_a_low_cell_is_not_taken_for_its_frame() -> None:
    cross = [(np.array([[58, 21.5], [70, 38.5]]), 1.0), (np.array([[70, 21.5], [58, 38.5]]), 1.0)]
    frame = [(np.array([[40.0, 20.6], [90, 20.9]]), 1.4), (np.array([[40.0, 39.4], [90, 39.2]]), 1.4)]
    assert cell_mark(_sheet(*cross, *frame), CELL, []).state is MarkState.ON
