"""Ruling lines on a sheet: long thin runs of ink, level and upright, in spite of gaps, waves and a slight slope.

The search runs on the ink at 140 to 210 dots an inch, where a hairline is still there and a page costs little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.reading._pdf_shapes import Rule
from pipeline.reading._scan_types import Sheet

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bits = NDArray[np.uint8]
    """0 or 1."""
    Labels = NDArray[np.integer]

FINEST = 2.0
"""Pixels per point that the search needs."""
THICKEST = 2.6
"""Points: a stroke thicker than this is no ruling line."""
BRIDGED = 2.5
"""Points: a blank in a line that is taken for a break in the print."""
SEED = 8.0
"""Points: the shortest piece of a line that is looked at."""
LINKED = 16.0
"""Points: the longest piece hidden by writing between two pieces of one line."""
LONG = 14.0
"""Points: pieces from this length are joined to lines."""
STRONG, STRONG_UPRIGHT = 28.0, 36.0
"""Points: from this length a line needs no other line to lean on; no letter's stem is so long."""
MEETS = 2.6
DOTTED = 30.0
"""Points: the shortest row of dots that is a line to write on."""
WORD = 150.0
"""Points: no row of letters without a blank looks like a line for this long."""
SOLID = 0.93
"""From this share of thin columns a run is a line, whatever stands on it; rows of letters have thicker ones."""
STEM = 17.0
"""Points: an upright stroke shorter than this may be a letter's."""
MOST_SHORT = 60_000
"""Runs of ink up to which labels of 16 bits, which are faster, can't overflow."""
MOST_PIECES = 6_000
"""More pieces than this are a hatching or a photograph, not a form."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruling:
    """The lines of a sheet, and the ink that they were found in: ``scale`` pixels per point, 1 where ink is.

    ``bare`` is the ink without the lines: what letters cross or touch stays whole.
    """

    rules: list[Rule]
    ink: Bits
    bare: Bits
    scale: float


@dataclass(slots=True, eq=False)
class _Piece:
    """A part of a line as if it were level; in pixels. ``left`` and ``right``: its height at its ends."""

    labels: list[int]
    start: int
    end: int
    at: float
    left: float
    right: float
    thick: float
    filled: float
    """The share of its columns that are thin ink."""

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(slots=True, eq=False)
class _Traced:
    """Pieces found in one direction; ``labels`` has their pixels, ``stats`` each label's x, y, width, height, area."""

    ink: Bits
    slim: Bits
    labels: Labels
    stats: NDArray[np.int32]
    pieces: list[_Piece]


def rules_of(sheet: Sheet) -> list[Rule]:
    """Find the lines that part cells or are written on, in points of the sheet.

    Sides of tick boxes, strokes of letters, short underlines and strikethroughs are none.
    """
    return ruling(sheet).rules


def ruling(sheet: Sheet) -> Ruling:
    """Find the lines and take them out of the ink."""
    ink, scale = fine(sheet)
    level = _traced(ink, scale)
    upright = _traced(cv2.transpose(ink).astype(np.uint8), scale)
    flat, tall = _accepted(level, upright, scale)
    rules = [Rule(True, (p.at + 0.5) / scale, p.start / scale, p.end / scale) for p in flat]
    rules += [Rule(False, (p.at + 0.5) / scale, p.start / scale, p.end / scale) for p in tall]
    rules.sort()
    bare = ink & ~_drawn(level, flat) & ~cv2.transpose(_drawn(upright, tall)).astype(np.uint8)
    return Ruling(rules=rules, ink=ink, bare=bare, scale=scale)


def fine(sheet: Sheet) -> tuple[Bits, float]:
    """The sheet's ink as small as lines allow, and its pixels per point; a pixel is ink when any part of it was."""
    ink = np.ascontiguousarray(sheet.ink).view(np.uint8)
    times = max(1, int(sheet.scale / FINEST))
    if times == 1:
        return ink.copy(), sheet.scale
    high, wide = ink.shape
    size = (max(1, -(-wide // times)), max(1, -(-high // times)))
    padded = cv2.copyMakeBorder(
        ink, 0, size[1] * times - high, 0, size[0] * times - wide, cv2.BORDER_CONSTANT, value=0
    )
    small = cv2.resize(padded * np.uint8(255), size, interpolation=cv2.INTER_AREA)
    return (small > 0).view(np.uint8), sheet.scale / times


def opened(ink: Bits, wide: int, high: int) -> Bits:
    """Keep only ink that a rectangle of this size fits into."""
    kernel = np.ones((high, wide), np.uint8)
    return cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel, borderValue=0).astype(np.uint8)


def closed(ink: Bits, wide: int, high: int) -> Bits:
    """Fill what a rectangle of this size doesn't fit into."""
    kernel = np.ones((high, wide), np.uint8)
    return cv2.morphologyEx(ink, cv2.MORPH_CLOSE, kernel).astype(np.uint8)


def labelled(ink: Bits) -> tuple[Labels, NDArray[np.int32]]:
    """Label connected ink (8 neighbours) and give each label's x, y, width, height and area; 0 is paper."""
    runs = int(np.count_nonzero(ink[:, 1:] > ink[:, :-1])) + ink.shape[0]
    kind = cv2.CV_16U if runs < MOST_SHORT else cv2.CV_32S
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=kind)
    return np.asarray(labels), stats.astype(np.int32, copy=False)


def _traced(ink: Bits, scale: float) -> _Traced:
    """Find thin level runs; the short ones wait until lines are known that they could run between."""
    slim = ink & ~opened(ink, 1, round(THICKEST * scale) + 1)
    path = cv2.dilate(slim, np.ones((3, 1), np.uint8)).astype(np.uint8)
    path = opened(closed(path, round(BRIDGED * scale) + 1, 1), round(SEED * scale), 1)
    labels, stats = labelled(path)
    traced = _Traced(ink, slim, labels, stats, [])
    if len(stats) <= MOST_PIECES:
        long = np.flatnonzero(stats[:, 2] >= LONG * scale)
        traced.pieces = _linked(_pieces(traced, long, scale), ink, scale)
    return traced


def _pieces(traced: _Traced, chosen: NDArray[np.intp], scale: float) -> list[_Piece]:
    made = [_piece(traced, int(label), scale) for label in chosen if label]
    return [piece for piece in made if piece is not None]


def _piece(traced: _Traced, label: int, scale: float) -> _Piece | None:
    x, y, wide, high, _ = traced.stats[label].tolist()
    if high > 6 * scale and high > 0.05 * wide + 4 * scale:
        return None
    part = (traced.labels[y : y + high, x : x + wide] == label).view(np.uint8)
    own = part & traced.slim[y : y + high, x : x + wide]
    columns = own.sum(axis=0, dtype=np.int32)
    present = np.flatnonzero(columns)
    if present.size < 3:
        return None
    columns = columns[present]
    thick = float(columns.sum()) / present.size
    if thick > THICKEST * scale:
        return None
    middle = (np.arange(high, dtype=np.int32) @ own)[present] / columns
    reach = max(4, round(2 * scale))
    first, last = int(present[0]), int(present[-1]) + 1
    return _Piece(
        labels=[label],
        start=x + first,
        end=x + last,
        at=float(middle.sum()) / present.size + y,
        left=float(middle[:reach].sum()) / min(reach, middle.size) + y,
        right=float(middle[-reach:].sum()) / min(reach, middle.size) + y,
        thick=thick,
        filled=present.size / (last - first),
    )


def _inked(ink: Bits, course: NDArray[np.float64], start: int, scale: float) -> NDArray[np.bool_]:
    """Whether ink lies along a course of heights, a third of a point up or down allowed."""
    rows = np.rint(course).astype(np.int32)
    columns = np.arange(start, start + rows.size)
    found = np.zeros(rows.size, bool)
    slack = max(1, round(0.35 * scale))
    for step in range(-slack, slack + 1):
        found |= ink[np.minimum(np.maximum(rows + step, 0), ink.shape[0] - 1), columns] > 0
    return found


def _linked(pieces: list[_Piece], ink: Bits, scale: float) -> list[_Piece]:
    """Join pieces of one line where ink goes on between them under the writing."""
    pieces.sort(key=lambda piece: piece.start)
    kept: list[_Piece] = []
    open_ends: list[_Piece] = []
    for piece in pieces:
        open_ends = [other for other in open_ends if piece.start - other.end <= LINKED * scale]
        best: _Piece | None = None
        for other in open_ends:
            if abs(other.right - piece.left) > 0.9 * scale or piece.start - other.end < -2 * scale:
                continue
            if best is None or other.end > best.end:
                best = other
        if best is not None and _goes_on(best, piece, ink, scale):
            _join(best, piece)
            continue
        kept.append(piece)
        open_ends.append(piece)
    return kept


def _goes_on(before: _Piece, after: _Piece, ink: Bits, scale: float) -> bool:
    blank = after.start - before.end
    if blank <= BRIDGED * scale:
        return True
    course = np.linspace(before.right, after.left, blank)
    return float(_inked(ink, course, before.end, scale).mean()) > 0.85


def _join(before: _Piece, after: _Piece) -> None:
    one, two = before.length, after.length
    whole = max(after.end - before.start, 1)

    def mean(first: float, second: float) -> float:
        return (first * one + second * two) / (one + two)

    before.filled = min(1.0, (before.filled * one + after.filled * two) / whole)
    before.at = mean(before.at, after.at)
    before.thick = mean(before.thick, after.thick)
    before.labels += after.labels
    before.end, before.right = max(before.end, after.end), after.right


def _accepted(level: _Traced, upright: _Traced, scale: float) -> tuple[list[_Piece], list[_Piece]]:
    """Long lines first; then short ones that run from line to line."""
    flat = [p for p in level.pieces if p.length >= STRONG * scale and _is_line(p, level.ink, scale)]
    tall = [p for p in upright.pieces if p.length >= STRONG_UPRIGHT * scale and p.filled >= 0.7]
    for _ in range(2):
        tall += _between(upright, tall, flat, scale)
        flat += _between(level, flat, tall, scale)
    return flat, tall


def _is_line(piece: _Piece, ink: Bits, scale: float) -> bool:
    """Whether a long level run is a line, and not a row of letters, or a stroke through them."""
    course = np.linspace(piece.left, piece.right, piece.length)
    away = piece.thick / 2 + 0.9 * scale
    above = _inked(ink, course - away, piece.start, scale)
    below = _inked(ink, course + away, piece.start, scale)
    if (above & below).mean() > 0.3:
        return False
    if piece.filled >= SOLID or (piece.filled >= 0.5 and piece.length >= WORD * scale):
        return True
    least = 0.5 if piece.length < DOTTED * scale else 0.15
    return above.mean() < 0.3 and below.mean() < 0.3 and piece.filled >= least


def _is_wall(piece: _Piece, ink: Bits, scale: float) -> bool:
    """Whether a short upright piece between two lines is a wall and no letter's stem: alone, and from edge to edge."""
    if piece.length >= STEM * scale:
        return piece.filled >= 0.65
    if piece.filled < 0.8:
        return False
    course = np.linspace(piece.left, piece.right, piece.length)
    away = piece.thick / 2 + 0.9 * scale
    return all(
        float(_inked(ink, course + way * away, piece.start, scale).mean()) < 0.35 for way in (-1.0, 1.0)
    )


def _between(traced: _Traced, known: list[_Piece], others: list[_Piece], scale: float) -> list[_Piece]:
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
    found = _pieces(traced, np.array(short, dtype=np.intp), scale)
    longer = [p for p in traced.pieces if p.labels[0] not in taken]
    if longer:
        ends = np.array([(p.start, p.end, p.at) for p in longer], dtype=np.float64).T
        found += [
            p
            for p, stands in zip(longer, standing(ends[0], ends[2]) & standing(ends[1], ends[2]), strict=True)
            if stands
        ]
    return [p for p in found if _is_wall(p, traced.ink, scale)]


def _drawn(traced: _Traced, lines: list[_Piece]) -> Bits:
    """The pixels of these lines; where a letter stands on one or crosses it, the letter keeps its own."""
    chosen = np.zeros(int(traced.labels.max(initial=0)) + 1, np.uint8)
    for line in lines:
        chosen[line.labels] = 1
    chosen[0] = 0
    return chosen[traced.labels] & traced.slim
