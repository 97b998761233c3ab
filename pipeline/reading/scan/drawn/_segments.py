"""Runs of text on a sheet: its ink without lines and boxes, letter by letter gathered into pieces of one line in one cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from pipeline.domain import Box
from pipeline.reading.layout._grid import Grid, grids
from pipeline.reading.layout._shapes import Rule
from pipeline.reading.scan._types import Segment, Sheet, TickBox
from pipeline.reading.scan.drawn._brackets import is_cross
from pipeline.reading.scan.drawn._dust import (
    InkPiece,
    darkness_of,
    is_speck,
    print_height,
    usual_height,
    without_dust,
)
from pipeline.reading.scan.drawn._linked import linked
from pipeline.reading.scan.drawn._remnants import in_margin, without_broken_lines
from pipeline.reading.scan.drawn._runs import labelled
from pipeline.reading.scan.drawn._written import LEAST_INK, MOST_HEIGHT, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Bits = NDArray[np.uint8]

LEAST_HEIGHT = 2.6
"""Points: how high a letter may be at least."""
LEADER = (14.0, 2.4)
"""Points, wide and high: ink longer and thinner is a line, no letter."""
BAND = (30.0, 5.0, 0.12)
"""Points long and thin, and thin as a part of its length: the shadow of a fold, no letter and no stroke of a pen."""
PICTURE = (60.0, 36.0)
"""Points, wide and high: ink larger than both is a picture."""
ABOVE = (-7.0, 6.0)
"""Points: how far a line to write on lies below the foot of what is written on it (letters may hang over it)."""
PARTED, SLACK = 1.4, 3.0
"""Points: the least blank between a label and what is written after it, and how far from there its line may begin."""
LINE, SCRIBBLE, LEAST_LINE = 1.6, 2.2, 3
"""Usual heights of a letter: the most that print of a line has, the least that a scribble has; the least letters of a line."""
BESIDE = 14.0
"""Points: a run's height at most, by which it is told how far from it a dot or a comma may stand."""
BLOT = (16.0, 0.4)
"""Points wide and high, and the share of that inked: more than any letter has; a coat of arms, a blot."""
GRAIN = 3.1
"""Points: where a page is strewn with noise, a run is grains of it whose highest piece is lower; no print is so small."""
LEAST_CROSS = 3.0
"""Points: a cross is not smaller."""
_TALL = 0.6


@dataclass(slots=True)
class _Run:
    """Pieces that stand on one line."""

    pieces: list[InkPiece] = field(default_factory=list)

    @property
    def bounds(self) -> tuple[int, int, int, int]:
        return (
            min(p.x0 for p in self.pieces),
            min(p.y0 for p in self.pieces),
            max(p.x1 for p in self.pieces),
            max(p.y1 for p in self.pieces),
        )


def segments_of(
    sheet: Sheet, rules: list[Rule], boxes: list[TickBox], folds: Sequence[Rule] = ()
) -> tuple[list[Segment], list[Box]]:
    """The runs of text, and what is larger than text (logos, stamps, photographs)."""
    s = sheet.scale
    ink = written(sheet, [*rules, *folds], boxes)
    tables, _ = grids(rules)
    pieces, pictures = _pieces(ink, sheet, tables)
    pieces = without_broken_lines(without_dust(pieces, sheet), s)
    letters = [p for p in pieces if p.high >= LEAST_HEIGHT * s]
    small = [p for p in pieces if p.high < LEAST_HEIGHT * s]
    usual, printed = usual_height(letters), print_height(letters, s)
    runs = [part for run in linked(letters, usual) for part in _unstacked(_Run(run), usual)]
    _attach(runs, small, s)
    found: list[Segment] = []
    runs = list(_parted(runs, [rule for rule in rules if rule.across], s))
    holes = in_margin([run.bounds for run in runs], s)
    for run in (run for number, run in enumerate(runs) if number not in holes):
        x0, y0, x1, y1 = run.bounds
        grains = printed > usual and len(run.pieces) > 1 and max(p.high for p in run.pieces) < GRAIN * s
        if grains or (is_speck(run.bounds, printed) and not _is_small_cross(ink, run, s)):
            continue
        heights = sorted(p.high for p in run.pieces if p.high >= LEAST_HEIGHT * s)
        middle = heights[len(heights) // 2] if heights else y1 - y0
        found.append(Segment(Box(x0 / s, y0 / s, x1 / s, y1 / s), middle / s))
    found.sort(key=lambda one: (round(one.box.top / 4), one.box.x0))
    return found, pictures


def _is_small_cross(ink: Bits, run: _Run, s: float) -> bool:
    """Whether ink smaller than the letters around is a cross, which stands alone where it says yes."""
    x0, y0, x1, y1 = run.bounds
    return (
        len(run.pieces) == 1 and min(x1 - x0, y1 - y0) >= LEAST_CROSS * s and is_cross(ink[y0:y1, x0:x1] > 0)
    )


def _pieces(ink: Bits, sheet: Sheet, tables: list[Grid]) -> tuple[list[InkPiece], list[Box]]:
    """The connected pieces of ink that may be writing, and those that are pictures."""
    s = sheet.scale
    labels, stats, middles = labelled(ink)
    dark = darkness_of(sheet, ink, labels, stats[:, 4])
    pieces: list[InkPiece] = []
    pictures: list[Box] = []
    ordered = sorted(tables, key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0]))
    offsets = [0]
    for grid in ordered:
        offsets.append(offsets[-1] + len(grid.places))
    for (x, y, w, h, area), (mx, my), shade in zip(
        stats[1:].tolist(), middles[1:].tolist(), dark[1:], strict=True
    ):
        if area < LEAST_INK * s * s:
            continue
        if w > LEADER[0] * s and h < LEADER[1] * s:
            continue
        if h > LEADER[0] * s and w < 1.6 * s:
            continue
        if max(w, h) > BAND[0] * s and min(w, h) < min(BAND[1] * s, BAND[2] * max(w, h)):
            continue
        if w > PICTURE[0] * s and h > PICTURE[1] * s:
            pictures.append(Box(x / s, y / s, (x + w) / s, (y + h) / s))
            continue
        if h > 2 * MOST_HEIGHT * s or (min(w, h) > BLOT[0] * s and area > BLOT[1] * w * h):
            continue
        cell = -1
        for number, grid in enumerate(ordered):
            at = grid.cell_at(mx / s, my / s)
            if at >= 0:
                cell = offsets[number] + at
                break
        pieces.append(InkPiece(x, y, x + w, y + h, area, cell, shade))
    return pieces, pictures


def _unstacked(run: _Run, usual: float) -> Iterator[_Run]:
    """Part lines of print that something melts: a scribble beside, over or under them, the edge of a coffee stain."""
    line = [p for p in run.pieces if p.high <= LINE * usual]
    scribbled = [p for p in run.pieces if p.high >= SCRIBBLE * usual and _across(p, line) > 1]
    rest = run.pieces
    while len(line) >= LEAST_LINE:
        at = sorted((p.y0 + p.y1, p.y1) for p in line)[len(line) // 2][1]
        level = [p for p in line if abs(p.y1 - at) <= 0.5 * usual]
        if scribbled and len(level) < LEAST_LINE:
            line = [p for p in line if p not in level]
            continue
        tops, bottoms = sorted(p.y0 for p in level), sorted(p.y1 for p in level)
        top, bottom = tops[len(tops) // 2], bottoms[len(bottoms) // 2]
        own = [
            p
            for p in rest
            if p not in scribbled and top - 0.5 * usual <= (p.y0 + p.y1) / 2 <= bottom + 0.5 * usual
        ]
        over = [p for p in line if p.y1 < top + 0.2 * usual or p.y0 > bottom - 0.2 * usual]
        stacked = sum(_across(p, own) > 0 for p in over) >= LEAST_LINE
        if len(own) < LEAST_LINE or not (scribbled or stacked):
            break
        yield _Run(own)
        rest = [p for p in rest if p not in own]
        line = [p for p in line if p not in own]
    if rest:
        yield _Run(rest)


def _across(tall: InkPiece, line: list[InkPiece]) -> int:
    """How many letters stand over or under a piece of ink."""
    return sum(min(p.x1, tall.x1) - max(p.x0, tall.x0) > 0.5 * (p.x1 - p.x0) for p in line)


def _parted(runs: list[_Run], lines: list[Rule], s: float) -> Iterator[_Run]:
    """Part a run where a line to write on begins or ends under it: a label before the line, the value upon it."""
    for run in runs:
        x0, _, x1, y1 = run.bounds
        ends = sorted(
            end * s
            for rule in lines
            if ABOVE[0] * s < rule.at * s - y1 < ABOVE[1] * s
            for end in (rule.start, rule.end)
            if x0 < end * s < x1
        )
        pieces = sorted(run.pieces)
        for end in ends:
            left = [p for p in pieces if p.x0 + p.x1 < 2 * end]
            right = [p for p in pieces if p.x0 + p.x1 >= 2 * end]
            if not left or not right:
                continue
            before, after = max(p.x1 for p in left), min(p.x0 for p in right)
            if after - before >= PARTED * s and before - SLACK * s <= end <= after + SLACK * s:
                yield _Run(left)
                pieces = right
        yield _Run(pieces)


def _attach(runs: list[_Run], small: list[InkPiece], s: float) -> None:
    """Give dots, rings, commas and dashes to the run they belong to; alone they are a run of their own or dust."""
    loose: list[InkPiece] = []
    band = max(1, round(BESIDE * s))
    near: dict[tuple[int, int], list[tuple[_Run, int, int, int, int]]] = {}
    for run in runs:
        x0, y0, x1, y1 = run.bounds
        high = min(y1 - y0, BESIDE * s)
        for number in range(int((y0 - 0.45 * high) // band), int((y1 + 0.3 * high) // band) + 1):
            near.setdefault((run.pieces[0].cell, number), []).append((run, x0, y0, x1, y1))
    for piece in small:
        best: tuple[float, _Run] | None = None
        mx, my = (piece.x0 + piece.x1) / 2, (piece.y0 + piece.y1) / 2
        for run, x0, y0, x1, y1 in near.get((piece.cell, int(my // band)), ()):
            high = min(y1 - y0, BESIDE * s)
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
