"""Runs of text on a sheet: its ink without lines and boxes, letter by letter gathered into pieces of one line in one cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from pipeline.domain import Box
from pipeline.reading._pdf_grid import Grid, grids
from pipeline.reading._pdf_shapes import Rule
from pipeline.reading._scan_types import Segment, Sheet, TickBox

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bits = NDArray[np.uint8]

REACH = 1.9
"""Points: a ruling line's ink lies this near to where it is said to be."""
THICKEST = 2.6
"""Points: what crosses a line's band in a longer stroke than this is writing."""
LEAST_INK = 0.32
"""Points squared: less ink is dust."""
LEAST_HEIGHT, MOST_HEIGHT = 2.6, 34.0
"""Points: how high a letter or a word written in one stroke may be."""
LEADER = (14.0, 2.4)
"""Points, wide and high: ink longer and thinner is a line, no letter."""
WIDEST_BLANK = 2.3
"""Small letters' heights: a wider blank parts two columns of text."""
PICTURE = (60.0, 36.0)
"""Points, wide and high: ink larger than both is a picture."""
_TALL = 0.6


class _Piece(NamedTuple):
    """One connected piece of ink, in pixels; ``cell`` is the number of its table's cell, -1 on the open page."""

    x0: int
    y0: int
    x1: int
    y1: int
    area: int
    cell: int

    @property
    def high(self) -> int:
        return self.y1 - self.y0


@dataclass(slots=True)
class _Run:
    """Pieces that stand on one line."""

    pieces: list[_Piece] = field(default_factory=list)

    @property
    def bounds(self) -> tuple[int, int, int, int]:
        return (
            min(p.x0 for p in self.pieces),
            min(p.y0 for p in self.pieces),
            max(p.x1 for p in self.pieces),
            max(p.y1 for p in self.pieces),
        )


def segments_of(
    sheet: Sheet, rules: list[Rule], boxes: list[TickBox]
) -> tuple[list[Segment], list[Box]]:
    """The runs of text, and what is larger than text (logos, stamps, photographs)."""
    s = sheet.scale
    ink = _written(sheet, rules, boxes)
    tables, _ = grids(rules)
    pieces, pictures = _pieces(ink, s, tables)
    pieces = _without_streaks(pieces, sheet, s)
    letters = [p for p in pieces if p.high >= LEAST_HEIGHT * s]
    small = [p for p in pieces if p.high < LEAST_HEIGHT * s]
    runs = _runs(letters)
    _attach(runs, small, s)
    found: list[Segment] = []
    for run in runs:
        x0, y0, x1, y1 = run.bounds
        heights = sorted(p.high for p in run.pieces if p.high >= LEAST_HEIGHT * s)
        middle = heights[len(heights) // 2] if heights else y1 - y0
        found.append(Segment(Box(x0 / s, y0 / s, x1 / s, y1 / s), middle / s))
    found.sort(key=lambda one: (round(one.box.top / 4), one.box.x0))
    return found, pictures


def among_letters(sheet: Sheet, rules: list[Rule], boxes: list[TickBox]) -> list[TickBox]:
    """The boxes that are letters of a word: ink of their own height stands close on both sides, or very close on one."""
    s = sheet.scale
    ink = _written(sheet, rules, [])
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = stats[1:][(stats[1:, 4] >= LEAST_INK * s * s) & (stats[1:, 3] < MOST_HEIGHT * s)]
    x0, y0, x1, y1 = kept[:, 0], kept[:, 1], kept[:, 0] + kept[:, 2], kept[:, 1] + kept[:, 3]
    found: list[TickBox] = []
    for tick in boxes:
        a, b, c, d = (value * s for value in tick.box)
        high = d - b
        level = (np.minimum(y1, d) - np.maximum(y0, b) > 0.55 * np.minimum(high, y1 - y0)) & (
            y1 - y0 > 0.45 * high
        )
        apart = (x1 <= a + 0.3 * high) | (x0 >= c - 0.3 * high)
        before = level & apart & (x1 <= a + 0.3 * high)
        after = level & apart & (x0 >= c - 0.3 * high)
        left = float((a - x1[before]).min()) if before.any() else np.inf
        right = float((x0[after] - c).min()) if after.any() else np.inf
        if max(left, right) < 0.32 * high or (min(left, right) < 0.22 * high and not _cornered(ink, tick, s)):
            found.append(tick)
    return found


def _cornered(ink: Bits, tick: TickBox, s: float) -> bool:
    """Whether there is ink in all four corners of an outline, as in no round or open letter."""
    x0, y0, x1, y1 = (round(value * s) for value in tick.box)
    part = ink[max(0, y0) : y1 + 1, max(0, x0) : x1 + 1]
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if not rows.size:
        return False
    part = part[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    edge = max(2, round(0.14 * min(part.shape)))
    corners = (part[:edge, :edge], part[:edge, -edge:], part[-edge:, :edge], part[-edge:, -edge:])
    return all(corner.mean() > 0.3 for corner in corners)


def _written(sheet: Sheet, rules: list[Rule], boxes: list[TickBox]) -> Bits:
    """The ink without ruling lines and tick boxes; letters that a line touches or crosses stay."""
    s = sheet.scale
    ink: Bits = sheet.ink.astype(np.uint8)
    for rule in rules:
        _erase(ink if rule.across else ink.T, rule, s)
    for tick in boxes:
        b = tick.box
        ink[
            max(0, round((b.top - 0.8) * s)) : round((b.bottom + 0.8) * s),
            max(0, round((b.x0 - 0.8) * s)) : round((b.x1 + 0.8) * s),
        ] = 0
    return ink


def _erase(ink: Bits, rule: Rule, s: float) -> None:
    """Take a level line out of its band, column by column, where its ink is no thicker than a line."""
    high, wide = ink.shape
    low, up = max(0, round((rule.at - 2 * REACH) * s)), min(high, round((rule.at + 2 * REACH) * s) + 1)
    first, last = max(0, round((rule.start - 1) * s)), min(wide, round((rule.end + 1) * s) + 1)
    if up - low < 3 or last - first < 3:
        return
    band = ink[low:up, first:last]
    middle = (up - low) // 2
    step = max(16, round(40 * s))
    for start in range(0, last - first, step):
        part = band[:, start : start + step]
        rows = part.sum(axis=1)
        reach = max(1, round(REACH * s))
        near = rows[max(0, middle - reach) : middle + reach + 1]
        if not near.size or near.max() < 0.35 * part.shape[1]:
            continue
        thick = np.flatnonzero(near >= 0.35 * part.shape[1])
        top = max(0, middle - reach) + int(thick[0]) - 1
        bottom = max(0, middle - reach) + int(thick[-1]) + 2
        top, bottom = max(0, top), min(part.shape[0], bottom)
        above = part[max(0, top - 1), :] > 0
        below = part[min(part.shape[0] - 1, bottom), :] > 0 if bottom < part.shape[0] else above & False
        through = above & below
        # A stroke may lean: what comes in above and goes out nearby below goes through.
        wider = np.ones(min(max(3, round(1.2 * s)), part.shape[1]), dtype=np.uint8)
        leaning = (np.convolve(above, wider, "same") > 0) & (np.convolve(below, wider, "same") > 0)
        keep = through | (leaning & (part[top:bottom].sum(axis=0) >= bottom - top - 1))
        part[top:bottom, ~keep] = 0


def _pieces(ink: Bits, s: float, tables: list[Grid]) -> tuple[list[_Piece], list[Box]]:
    """The connected pieces of ink that may be writing, and those that are pictures."""
    _, _, stats, middles = cv2.connectedComponentsWithStats(ink, connectivity=8)
    pieces: list[_Piece] = []
    pictures: list[Box] = []
    ordered = sorted(tables, key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0]))
    offsets = [0]
    for grid in ordered:
        offsets.append(offsets[-1] + len(grid.places))
    for (x, y, w, h, area), (mx, my) in zip(stats[1:].tolist(), middles[1:].tolist(), strict=True):
        if area < LEAST_INK * s * s:
            continue
        if w > LEADER[0] * s and h < LEADER[1] * s:
            continue
        if h > LEADER[0] * s and w < 1.6 * s:
            continue
        if w > PICTURE[0] * s and h > PICTURE[1] * s:
            pictures.append(Box(x / s, y / s, (x + w) / s, (y + h) / s))
            continue
        if h > 2 * MOST_HEIGHT * s:
            continue
        cell = -1
        for number, grid in enumerate(ordered):
            at = grid.cell_at(mx / s, my / s)
            if at >= 0:
                cell = offsets[number] + at
                break
        pieces.append(_Piece(x, y, x + w, y + h, area, cell))
    return pieces, pictures


def _without_streaks(pieces: list[_Piece], sheet: Sheet, s: float) -> list[_Piece]:
    """Leave out bits of the thin grey line that dust on the scanner's glass draws down a page."""
    thin = [p for p in pieces if p.x1 - p.x0 <= max(2, round(1.1 * s)) and p.high >= 2.2 * s]
    if len(thin) < 4:
        return pieces
    dark = [_darkness(sheet, p) for p in pieces[:: max(1, len(pieces) // 200)]]
    usual = float(np.median(dark))
    streaks = {p for p in thin if _darkness(sheet, p) < 0.55 * usual}
    return [p for p in pieces if p not in streaks]


def _darkness(sheet: Sheet, p: _Piece) -> float:
    """How dark a piece's darkest ink is: 0 paper, 255 black."""
    part = sheet.grey[p.y0 : p.y1, p.x0 : p.x1]
    return 255.0 - float(np.percentile(part, 15))


def _runs(letters: list[_Piece]) -> list[_Run]:
    """Link each letter with the next to its right on its line; what is linked is a run."""
    if not letters:
        return []
    letters = sorted(letters)
    starts = [p.x0 for p in letters]
    usual = float(np.median([p.high for p in letters]))
    parent = list(range(len(letters)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for number, left in enumerate(letters):
        size = min(max(left.high, 0.8 * usual), 1.6 * usual)
        reach = left.x1 + WIDEST_BLANK * size
        best: tuple[float, int] | None = None
        begin, end = bisect_left(starts, left.x0), bisect_right(starts, reach)
        for other in range(begin, end):
            right = letters[other]
            if other == number or right.cell != left.cell:
                continue
            if _upon(left, right):
                parent[root(other)] = root(number)
                continue
            if not _level(left, right):
                continue
            gap = right.x0 - left.x1
            if right.x1 <= left.x1 or gap < 0:
                parent[root(other)] = root(number)
                continue
            if best is None or gap < best[0]:
                best = (gap, other)
        if best is not None:
            parent[root(best[1])] = root(number)
    groups: dict[int, _Run] = {}
    for number, piece in enumerate(letters):
        groups.setdefault(root(number), _Run()).pieces.append(piece)
    return list(groups.values())


def _upon(one: _Piece, other: _Piece) -> bool:
    """Whether one of them stands upon the other as a ring or a dot does."""
    if min(one.x1, other.x1) - max(one.x0, other.x0) < 0.5 * min(one.x1 - one.x0, other.x1 - other.x0):
        return False
    upper, lower = (one, other) if one.y0 < other.y0 else (other, one)
    return upper.high < 0.65 * lower.high and lower.y0 - upper.y1 < 0.3 * lower.high


def _level(one: _Piece, other: _Piece) -> bool:
    """Whether two letters stand on one line: the lower of them shares most of its height with the higher."""
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    least, most = sorted((one.high, other.high))
    if shared < 0.5 * least:
        return False
    return least >= 0.3 * most or shared >= 0.9 * least


def _attach(runs: list[_Run], small: list[_Piece], s: float) -> None:
    """Give dots, rings, commas and dashes to the run they belong to; alone they are a run of their own or dust."""
    spans = [(run, *run.bounds) for run in runs]
    loose: list[_Piece] = []
    for piece in small:
        best: tuple[float, _Run] | None = None
        mx, my = (piece.x0 + piece.x1) / 2, (piece.y0 + piece.y1) / 2
        for run, x0, y0, x1, y1 in spans:
            if run.pieces[0].cell != piece.cell:
                continue
            high = min(y1 - y0, 14 * s)
            if not (y0 - 0.45 * high <= my <= y1 + 0.3 * high):
                continue
            beside = max(x0 - mx, mx - x1, 0.0)
            if beside > 1.1 * high:
                continue
            away = beside + 2 * max(y0 - my, my - y1, 0.0)
            if best is None or away < best[0]:
                best = (away, run)
        if best is not None:
            best[1].pieces.append(piece)
        elif piece.x1 - piece.x0 >= _TALL * LEAST_HEIGHT * s and piece.area >= 4 * LEAST_INK * s * s:
            loose.append(piece)
    runs += [_Run([piece]) for piece in loose]
