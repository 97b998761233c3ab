"""Ruling lines on a sheet: long thin runs of ink, level and upright, in spite of gaps, waves and a slight slope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.reading.layout._shapes import Rule
from pipeline.reading.scan._types import Sheet
from pipeline.reading.scan.drawn._box_rows import are_sides, is_side
from pipeline.reading.scan.drawn._folds import faint_among, folds_among
from pipeline.reading.scan.drawn._runs import MOST_PIECES, Piece, Traced, fine, inked, pieces_among, trace

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.reading.scan.drawn._runs import Bits

STRONG, STRONG_UPRIGHT = 28.0, 36.0
"""Points: from this length a line needs no other line to lean on; no letter's stem is so long."""
MEETS = 2.6
DOTTED = 30.0
"""Points: the shortest row of dots that is a line to write on."""
WORD = 150.0
"""Points: no row of letters without a blank looks like a solid line for this long."""
SOLID = 0.93
"""From this share of thin columns a run is a line, whatever stands on it; rows of letters have thicker ones."""
RUN_ON = 0.5
"""From this share of a whole line with ink close beside it, it may be the feet of letters that run together."""
FEET = (0.9, 1.8, 2.7)
"""Points from a level run at which the letters are looked for whose feet it may be."""
LETTERS, BLANK = 0.3, 9.0
"""The share of a run that has ink beside it where it is the feet of letters, and the widest blank there in points."""
LEANS = (1.6, 0.015)
"""Points, and points for each point of length, by which a line's ends stand off each other at most."""
DOTS = 0.25
"""From this share of inked rows an upright row of dots or dashes is a line."""
GAP, LEVEL = 8.0, 1.0
"""Points: the widest gap in a table's line, and how far its parts are off each other."""
STEM = 17.0
"""Points: an upright stroke shorter than this may be a letter's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruling:
    """The lines of a sheet, and the ink that they were found in: ``scale`` pixels per point, 1 where ink is.

    ``bare`` is the ink without the lines: what letters cross or touch stays whole. ``folds`` aren't drawn, but ink too.
    """

    rules: list[Rule]
    folds: list[Rule]
    ink: Bits
    bare: Bits
    scale: float


def rules_of(sheet: Sheet) -> list[Rule]:
    """Find the lines that part cells or are written on, in points of the sheet.

    Sides of tick boxes, strokes of letters, short underlines and strikethroughs are none.
    """
    return ruling(sheet).rules


def ruling(sheet: Sheet) -> Ruling:
    """Find the lines and take them out of the ink."""
    ink, scale = fine(sheet)
    level = trace(ink, scale)
    upright = trace(cv2.transpose(ink).astype(np.uint8), scale)
    flat, tall = _accepted(level, upright, scale)
    found = [
        (Rule(across, (p.at + 0.5) / scale, p.start / scale, p.end / scale), _is_straight(p, scale))
        for across, lines in ((True, flat), (False, tall))
        for p in lines
    ]
    every = [rule for rule, _ in found]
    folds = folds_among(every, sheet.width, sheet.height, faint_among(every, sheet))
    rules = sorted(_whole([rule for rule, straight in found if straight and rule not in folds]))
    bare = ink & ~_drawn(level, flat) & ~cv2.transpose(_drawn(upright, tall)).astype(np.uint8)
    return Ruling(rules=rules, folds=sorted(folds), ink=ink, bare=bare, scale=scale)


def _whole(rules: list[Rule]) -> list[Rule]:
    """The lines, with the parts of one that was broken put together where it runs from line to line."""
    kept: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (rule.across, rule.start)):
        before = next(
            (
                one
                for one in kept
                if one.across == rule.across
                and abs(one.at - rule.at) <= LEVEL
                and 0 < rule.start - one.end <= GAP
                and min(one.end - one.start, rule.end - rule.start) >= STRONG
            ),
            None,
        )
        if before is not None and _stands(before, before.start, rules) and _stands(rule, rule.end, rules):
            whole = before.end - before.start + rule.end - rule.start
            at = (before.at * (before.end - before.start) + rule.at * (rule.end - rule.start)) / whole
            kept[kept.index(before)] = Rule(rule.across, at, before.start, rule.end)
        else:
            kept.append(rule)
    return kept


def _stands(rule: Rule, end: float, rules: list[Rule]) -> bool:
    """Whether an end of a line stands on a line of the other direction."""
    return any(
        other.across != rule.across
        and abs(other.at - end) <= MEETS
        and other.start - MEETS <= rule.at <= other.end + MEETS
        for other in rules
    )


def _accepted(level: Traced, upright: Traced, scale: float) -> tuple[list[Piece], list[Piece]]:
    """Long lines first; then short ones that run from line to line."""
    flat = [p for p in level.pieces if p.length >= STRONG * scale and _is_line(p, level.ink, scale)]
    tall = [
        p
        for p in upright.pieces
        if p.length >= STRONG_UPRIGHT * scale
        and (p.filled >= 0.7 or _is_dotted(p, upright.ink, scale))
        and not are_sides(p, upright.ink, scale)
    ]
    for _ in range(2):
        tall += _between(upright, tall, flat, scale)
        flat += _between(level, flat, tall, scale)
    return flat, tall


def _is_line(piece: Piece, ink: Bits, scale: float) -> bool:
    """Whether a long level run is a line, and not a row of letters, or a stroke through them."""
    course = np.linspace(piece.left, piece.right, piece.length)
    away = piece.thick / 2 + 0.9 * scale
    above = inked(ink, course - away, piece.start, scale)
    below = inked(ink, course + away, piece.start, scale)
    if (above & below).mean() > 0.3:
        return False
    long = piece.length >= WORD * scale and piece.filled >= 0.5
    if long and piece.filled >= SOLID:
        return True
    if long or piece.filled >= SOLID:
        # Also of a long row: bold letters run together over their blanks in a dark scan.
        beside = ((-1.0, above), (1.0, below))
        return not any(near.mean() > RUN_ON and _are_feet(piece, ink, way, scale) for way, near in beside)
    least = 0.5 if piece.length < DOTTED * scale else 0.15
    if above.mean() >= 0.3 or below.mean() >= 0.3 or piece.filled < least:
        return False
    return not any(_are_feet(piece, ink, way, scale) for way in (-1.0, 1.0))


def _is_straight(piece: Piece, scale: float) -> bool:
    """Whether a run lies as the sheet does; a stamp lies otherwise."""
    return abs(piece.right - piece.left) <= LEANS[0] * scale + LEANS[1] * piece.length


def _are_feet(piece: Piece, ink: Bits, way: float, scale: float) -> bool:
    """Whether a broken level run is the feet (or tops) of letters: they stand on it from end to end."""
    course = np.linspace(piece.left, piece.right, piece.length)
    along = np.zeros(piece.length, bool)
    for away in FEET:
        along |= inked(ink, course + way * (piece.thick / 2 + away * scale), piece.start, scale)
    places = np.flatnonzero(along)
    if along.mean() < LETTERS:
        return False
    blanks = np.diff(np.concatenate(([-1], places, [piece.length])))
    return bool(blanks.max() <= BLANK * scale)


def _is_dotted(piece: Piece, ink: Bits, scale: float) -> bool:
    """Whether an upright row of dots is a wall: paper on one side of it at least, on the other no more than its twin."""
    if piece.filled < DOTS:
        return False
    course = np.linspace(piece.left, piece.right, piece.length)
    away = piece.thick / 2 + 0.9 * scale
    sides = sorted(float(inked(ink, course + way * away, piece.start, scale).mean()) for way in (-1.0, 1.0))
    return sides[0] < 0.12 and sides[1] < 0.8


def _is_wall(piece: Piece, ink: Bits, scale: float) -> bool:
    """Whether a short upright piece between two lines is a wall and no letter's stem: alone, and from edge to edge."""
    long = piece.length >= STEM * scale
    if piece.filled < (0.65 if long else 0.8):
        return long and _is_dotted(piece, ink, scale)
    course = np.linspace(piece.left, piece.right, piece.length)
    away = piece.thick / 2 + 0.9 * scale
    most = 0.6 if long else 0.35
    return all(
        float(inked(ink, course + way * away, piece.start, scale).mean()) < most for way in (-1.0, 1.0)
    )


def _between(traced: Traced, known: list[Piece], others: list[Piece], scale: float) -> list[Piece]:
    """The short pieces both ends of which stand on lines of the other direction."""
    if not others or len(traced.stats) > MOST_PIECES:
        return []
    near = MEETS * scale
    at, start, end, lean = np.array([(o.at, o.start, o.end, abs(o.right - o.left) / 2) for o in others]).T

    def standing(ends: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.bool_]:
        meets = np.abs(ends[:, None] - at) <= near + lean
        within = (start - near <= places[:, None]) & (places[:, None] <= end + near)
        return np.asarray((meets & within).any(axis=1))

    stats = traced.stats
    taken = {label for piece in known for label in piece.labels}
    linked = {label for piece in traced.pieces for label in piece.labels}
    x0, x1 = stats[:, 0].astype(np.float64), (stats[:, 0] + stats[:, 2]).astype(np.float64)
    y = stats[:, 1] + stats[:, 3] / 2
    chosen = np.flatnonzero(standing(x0, y) & standing(x1, y))
    short = [label for label in chosen.tolist() if label not in linked and label not in taken]
    found = pieces_among(traced, np.array(short, dtype=np.intp), scale)
    longer = [p for p in traced.pieces if p.labels[0] not in taken]
    if longer:
        ends = np.array([(p.start, p.end, p.at) for p in longer], dtype=np.float64).T
        found += [
            p
            for p, stands in zip(longer, standing(ends[0], ends[2]) & standing(ends[1], ends[2]), strict=True)
            if stands
        ]
    return [p for p in found if _is_wall(p, traced.ink, scale) and not is_side(p, traced.ink, scale)]


def _drawn(traced: Traced, lines: list[Piece]) -> Bits:
    """The pixels of these lines; where a letter stands on one or crosses it, the letter keeps its own."""
    drawn = np.zeros_like(traced.slim)
    for label in {label for line in lines for label in line.labels}:
        x, y, wide, high, _ = traced.stats[label].tolist()
        part = np.s_[y : y + high, x : x + wide]
        drawn[part] |= (traced.labels[part] == label).view(np.uint8) & traced.slim[part]
    return drawn
