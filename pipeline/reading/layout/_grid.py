"""Ruling lines to grids: pieces joined, double lines made one, merged cells found, tables that don't touch kept apart.

Level lines alone make no table: where they part rows without columns, the words stay lines with gaps.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from operator import attrgetter

from pipeline.domain import Box
from pipeline.reading.layout._shapes import Rule

JOIN = 2.6
"""Points: lines this near are one line, at the place of the longer; ends this near meet."""
SMALLEST_CELL = 4.0
OVERSHOOT = 9.0
"""Points: a line reaches no further over the last line of its table."""
MOST_SQUARES = 40_000
MOST_RULES = 4_000
"""More lines on a page are a hatching or squared paper."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One cell's position and spans in its grid."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A table's lines: ``xs`` and ``ys`` in points, ``covers`` the number of the cell over each square (-1: a hole)."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    places: tuple[Place, ...]
    covers: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> Box:
        """The whole table."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> int:
        """The number of the cell at a point, -1 outside."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1:
            return self.covers[row][column]
        return -1


def joined(rules: Iterable[Rule]) -> list[Rule]:
    """Join pieces of one line, and the two lines of a double line."""
    kept: dict[int, Rule] = {}
    active: dict[int, Rule] = {}
    level, first = True, -inf  # of the active ones: whether they are level, and the least place
    for number, rule in enumerate(sorted(rules)):
        across, at, start, end = rule
        if across != level or not at - first <= JOIN + 0.6:
            active = {n: a for n, a in active.items() if a[0] == across and at - a[1] <= JOIN + 0.6}
            level, first = across, min((a[1] for a in active.values()), default=at)
        low, high = start - JOIN, end + JOIN
        for n in [n for n, a in active.items() if a[2] <= high and a[3] >= low]:
            other = active.pop(n)
            del kept[n]
            at = other.at if other.end - other.start >= end - start else at
            start, end = min(start, other.start), max(end, other.end)
        active[number] = kept[number] = Rule(across, at, start, end)
    return list(kept.values())


def grids(rules: Iterable[Rule]) -> tuple[list[Grid], list[Rule]]:
    """Return the tables that the lines make, and the lines that make none."""
    given = list(rules)
    if len(given) > MOST_RULES:
        return [], given
    lines = joined(given)
    flat = [r for r in lines if r.across]
    tall = sorted([r for r in lines if not r.across], key=attrgetter("at"))
    places = [r.at for r in tall]
    parent = list(range(len(lines)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    count = len(flat)
    for i, across in enumerate(flat):
        at, low, high = across.at, across.start - JOIN, across.end + JOIN
        for j in range(bisect_left(places, low), bisect_right(places, high)):
            if tall[j].start - JOIN <= at <= tall[j].end + JOIN:
                parent[root(i)] = root(count + j)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate((*flat, *tall)):
        groups.setdefault(root(index), []).append(rule)
    found: list[Grid] = []
    left: list[Rule] = []
    for group in groups.values():
        grid = _grid(group)
        if grid is None:
            left += group
        else:
            found.append(grid)
    return found, left


def _positions(values: list[float]) -> list[float]:
    """Sorted positions, those nearer than a joint taken for one."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > JOIN + 0.6:
            kept.append(value)
    return kept


def _grid(group: list[Rule]) -> Grid | None:
    flat = [r for r in group if r.across]
    tall = [r for r in group if not r.across]
    if not flat or not tall or len(flat) + len(tall) < 3:
        return None
    xs = _positions([r.at for r in tall] + [min(r.start for r in flat), max(r.end for r in flat)])
    ys = _positions([r.at for r in flat] + [min(r.start for r in tall), max(r.end for r in tall)])
    if len(xs) * len(ys) <= MOST_SQUARES:
        xs, ys = _parting(xs, tall, ys), _parting(ys, flat, xs)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MOST_SQUARES:
        return None
    if xs[-1] - xs[0] < SMALLEST_CELL or ys[-1] - ys[0] < SMALLEST_CELL:
        return None
    down = _walls(tall, xs, ys)
    across = _walls(flat, ys, xs)
    grid = _regions(xs, ys, down, across)
    inner = _without_rims(grid, flat, tall) if grid is not None else None
    return grid if inner is None else _grid(inner)


def _without_rims(grid: Grid, flat: list[Rule], tall: list[Rule]) -> list[Rule] | None:
    """The lines of a table without what stands out of it (a stamp, an arrow): rows and columns without any cell.

    None where there are none.
    """
    rows = [any(number >= 0 for number in row) for row in grid.covers]
    columns = [any(row[column] >= 0 for row in grid.covers) for column in range(len(grid.xs) - 1)]
    if rows[0] and rows[-1] and columns[0] and columns[-1]:
        return None
    top, bottom = grid.ys[rows.index(True)], grid.ys[len(rows) - rows[::-1].index(True)]
    left, right = grid.xs[columns.index(True)], grid.xs[len(columns) - columns[::-1].index(True)]
    return [
        rule._replace(start=max(rule.start, low), end=min(rule.end, high))
        for rules, low, high, first, last in (
            (flat, left, right, top, bottom),
            (tall, top, bottom, left, right),
        )
        for rule in rules
        if first - JOIN <= rule.at <= last + JOIN and min(rule.end, high) - max(rule.start, low) > JOIN
    ]


def _parting(positions: list[float], rules: list[Rule], bands: list[float]) -> list[float]:
    """The positions where something is parted: a line's ends may reach over the table's edge, and a line may be too short."""
    walls = [any(walls) for walls in _walls(rules, positions, bands)]
    first, last = 0, len(positions) - 1
    if last - first > 1 and not walls[first] and positions[first + 1] - positions[first] < OVERSHOOT:
        first += 1
    if last - first > 1 and not walls[last] and positions[last] - positions[last - 1] < OVERSHOOT:
        last -= 1
    return [
        position
        for number, position in enumerate(positions)
        if number in (first, last) or (first < number < last and walls[number])
    ]


def _walls(rules: list[Rule], positions: list[float], bands: list[float]) -> list[list[bool]]:
    """For each position and band, whether a line stands there."""
    walls = [[False] * (len(bands) - 1) for _ in positions]
    reaches: list[tuple[float, float]] = []  # for each band, from where to where a line in it must run
    for low, high in pairwise(bands):
        slack = min(JOIN + 0.8, 0.35 * (high - low))
        reaches.append((low + slack, high - slack))
    for _, at, start, end in rules:
        first, last = bisect_left(positions, at - JOIN - 0.8), bisect_right(positions, at + JOIN + 0.8)
        if first == last:
            continue
        stands = [band for band, (low, high) in enumerate(reaches) if start <= low and end >= high]
        for number in range(first, last):
            for band in stands:
                walls[number][band] = True
    return walls


def _regions(
    xs: list[float], ys: list[float], down: list[list[bool]], across: list[list[bool]]
) -> Grid | None:
    """Squares that no line parts are one cell; what is not a rectangle is cut into rectangles."""
    rows, columns = len(ys) - 1, len(xs) - 1
    covers = [[-2] * columns for _ in range(rows)]
    places: list[Place] = []
    for row in range(rows):
        for column in range(columns):
            if covers[row][column] != -2:
                continue
            width = 1
            while (
                column + width < columns
                and not down[column + width][row]
                and covers[row][column + width] == -2
            ):
                width += 1
            height = 1
            while row + height < rows and _continues(covers, down, across, row + height, column, width):
                height += 1
            number = len(places)
            open_sides = _open_sides(down, across, row, column, height, width, rows, columns)
            if open_sides:
                number = -1
            for r in range(row, row + height):
                covers[r][column : column + width] = [number] * width
            if number >= 0:
                box = Box(xs[column], ys[row], xs[column + width], ys[row + height])
                places.append(Place(row=row, column=column, row_span=height, column_span=width, box=box))
    if not places:
        return None
    return Grid(xs=tuple(xs), ys=tuple(ys), places=tuple(places), covers=tuple(tuple(r) for r in covers))


def _continues(
    covers: list[list[int]],
    down: list[list[bool]],
    across: list[list[bool]],
    row: int,
    column: int,
    width: int,
) -> bool:
    """Whether a region goes on into the next row with the same width."""
    if any(across[row][c] or covers[row][c] != -2 for c in range(column, column + width)):
        return False
    return not any(down[c][row] for c in range(column + 1, column + width))


def _open_sides(
    down: list[list[bool]],
    across: list[list[bool]],
    row: int,
    column: int,
    height: int,
    width: int,
    rows: int,
    columns: int,
) -> bool:
    """Whether a region at the table's edge is open both upright and sideways: no cell but the paper outside."""
    top = row == 0 and not any(across[0][c] for c in range(column, column + width))
    low = row + height == rows and not any(across[rows][c] for c in range(column, column + width))
    left = column == 0 and not any(down[0][r] for r in range(row, row + height))
    right = column + width == columns and not any(down[columns][r] for r in range(row, row + height))
    return (top or low) and (left or right)
