"""What reaches over a table's edge parts nothing in it: lines drawn too long, the frame of a stamp."""

from __future__ import annotations

from pipeline.reading.layout._grid import Grid, grids
from pipeline.reading.layout._shapes import Rule

ROWS, COLUMNS = (100.0, 140.0, 180.0), (50.0, 200.0, 400.0)


def _table(*more: Rule) -> Grid:
    """Two rows by two columns, and other lines that meet them."""
    rules = [Rule(True, y, COLUMNS[0], COLUMNS[-1]) for y in ROWS]
    rules += [Rule(False, x, ROWS[0], ROWS[-1]) for x in COLUMNS]
    return grids([*rules, *more])[0][0]


def _shape(grid: Grid) -> tuple[int, int, int]:
    return len(grid.ys) - 1, len(grid.xs) - 1, len(grid.places)


def test_a_table_as_it_is() -> None:
    assert _shape(_table()) == (2, 2, 4)


def test_a_line_drawn_too_long_makes_no_column() -> None:
    assert _shape(_table(Rule(True, 140.0, 50.0, 406.0))) == (2, 2, 4)
    assert _shape(_table(Rule(True, 100.0, 45.0, 400.0))) == (2, 2, 4)


def test_a_stamp_over_the_edge_makes_neither_row_nor_column() -> None:
    assert _shape(_table(Rule(False, 300.0, 70.0, 100.0))) == (2, 2, 4)
    assert _shape(_table(Rule(True, 150.0, 400.0, 470.0))) == (2, 2, 4)


def test_a_wall_in_one_row_is_a_wall() -> None:
    assert _shape(_table(Rule(False, 300.0, 140.0, 180.0))) == (2, 3, 5)
