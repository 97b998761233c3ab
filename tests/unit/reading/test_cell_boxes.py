"""Boxes in a table's cells that are found because the cells beside them have theirs."""

from __future__ import annotations

import numpy as np

from pipeline.domain import Box
from pipeline.reading.layout._shapes import Rule
from pipeline.reading.scan._types import Sheet, TickBox
from pipeline.reading.scan.drawn._cell_boxes import in_cells_like_others

SCALE = 3.0
COLUMNS, ROWS, WIDE, HIGH, SIDE = 4, 4, 40.0, 20.0, 10.0
RULES = [Rule(True, row * HIGH + 10, 10, 10 + COLUMNS * WIDE) for row in range(ROWS + 1)] + [
    Rule(False, column * WIDE + 10, 10, 10 + ROWS * HIGH) for column in range(COLUMNS + 1)
]


def place(row: int, column: int) -> Box:
    left, top = 10 + column * WIDE + 6, 10 + row * HIGH + 4
    return Box(left, top, left + SIDE, top + SIDE)


def sheet(*, without: tuple[tuple[int, int], ...] = (), broken: tuple[tuple[int, int], ...] = ()) -> Sheet:
    ink = np.zeros((round(110 * SCALE), round(190 * SCALE)), bool)
    for row in range(ROWS):
        for column in range(COLUMNS):
            if (row, column) in without:
                continue
            x0, y0, x1, y1 = (round(value * SCALE) for value in place(row, column))
            ink[y0 : y1 + 1, x0 : x1 + 1] = True
            ink[y0 + 2 : y1 - 1, x0 + 2 : x1 - 1] = False
            if (row, column) in broken:
                ink[y0 : y0 + 4, x0 + 5 : x0 + 20] = False
    return Sheet(
        number=1,
        grey=np.where(ink, 0, 255).astype(np.uint8),
        ink=ink,
        scale=SCALE,
        width=ink.shape[1] / SCALE,
        height=ink.shape[0] / SCALE,
    )


def known(*but: tuple[int, int]) -> list[TickBox]:
    cells = [(row, column) for row in range(ROWS) for column in range(COLUMNS)]
    return [TickBox(place(*cell)) for cell in cells if cell not in but]


def test_a_broken_box_is_found_where_its_neighbours_have_theirs() -> None:
    missed = (2, 1)
    found = in_cells_like_others(sheet(broken=(missed,)), RULES, known(missed))
    assert len(found) == 1
    assert np.abs(np.array(found[0].box) - np.array(place(*missed))).max() < 1


def test_an_empty_cell_and_one_with_something_else_have_no_box() -> None:
    missed = (2, 1)
    page = sheet(without=(missed,))
    assert in_cells_like_others(page, RULES, known(missed)) == []
    x0, y0, x1, y1 = (round(value * SCALE) for value in place(*missed))
    for step in range(x1 - x0):
        page.ink[y0 + step : y0 + step + 3, x0 + step] = True
        page.ink[y1 - step - 3 : y1 - step, x0 + step] = True
    assert in_cells_like_others(page, RULES, known(missed)) == []


def test_a_few_boxes_or_boxes_here_and_there_show_nothing() -> None:
    missed = (2, 1)
    page = sheet(broken=(missed,))
    assert in_cells_like_others(page, RULES, known(missed)[:5]) == []
    moved = [
        TickBox(Box(box.x0 + 5 * (number % 4), box.top, box.x1 + 5 * (number % 4), box.bottom))
        for number, (box, _) in enumerate(known(missed))
    ]
    assert in_cells_like_others(page, RULES, moved) == []
