"""Thin level runs of ink on a sheet, the pieces that ruling lines are made of.

The search runs on the ink at 140 to 210 dots an inch, where a hairline is still there and a page costs little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.reading.scan._types import Sheet

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
MOST_SHORT = 60_000
"""Runs of ink up to which labels of 16 bits, which are faster, can't overflow."""
MOST_PIECES = 6_000
"""More pieces than this are a hatching or a photograph, not a form."""


@dataclass(slots=True, eq=False)
class Piece:
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
class Traced:
    """Pieces found in one direction; ``labels`` has their pixels, ``stats`` each label's x, y, width, height, area."""

    ink: Bits
    slim: Bits
    labels: Labels
    stats: NDArray[np.int32]
    pieces: list[Piece]


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


def labelled(ink: Bits) -> tuple[Labels, NDArray[np.int32], NDArray[np.float64]]:
    """Label connected ink (8 neighbours) and give each label's x, y, width, height and area, and its middle; 0 is paper.

    Counted run by run: OpenCV's own counts look at every pixel of the page, most of which are paper.
    """
    rows, starts, ends = _runs(ink)
    kind = cv2.CV_16U if len(rows) < MOST_SHORT else cv2.CV_32S
    count, labels = cv2.connectedComponents(ink, connectivity=8, ltype=kind)
    stats = np.zeros((count, 5), dtype=np.int32)
    middles = np.zeros((count, 2), dtype=np.float64)
    stats[0] = (0, 0, ink.shape[1], ink.shape[0], ink.size - int((ends - starts).sum()))
    if count < 2:
        return np.asarray(labels), stats, middles
    own = np.asarray(labels)[rows, starts]
    order = np.argsort(own, kind="stable")
    rows, starts, ends = rows[order], starts[order], ends[order]
    first = np.flatnonzero(np.diff(own[order].astype(np.int32), prepend=0))
    long = ends - starts
    left, right = np.minimum.reduceat(starts, first), np.maximum.reduceat(ends, first)
    top, bottom = rows[first], rows[np.append(first[1:], len(rows)) - 1] + 1
    area = np.add.reduceat(long, first)
    stats[1:] = np.column_stack((left, top, right - left, bottom - top, area))
    middles[1:, 0] = np.add.reduceat((starts + ends - 1) * long / 2, first) / area
    middles[1:, 1] = np.add.reduceat(rows * long, first, dtype=np.int64) / area
    return np.asarray(labels), stats, middles


def _runs(ink: Bits) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """The level runs of ink from the top down: each one's row, first column, and the column after its last."""
    high, wide = ink.shape
    framed = np.zeros((high, wide + 2), dtype=np.uint8)
    framed[:, 1:-1] = ink
    edges = np.flatnonzero(framed[:, 1:] != framed[:, :-1]).astype(np.int32)
    rows, starts = np.divmod(edges[::2], wide + 1)
    return rows, starts, starts + edges[1::2] - edges[::2]


def trace(ink: Bits, scale: float) -> Traced:
    """Find thin level runs; the short ones wait until lines are known that they could run between."""
    slim = ink & ~opened(ink, 1, round(THICKEST * scale) + 1)
    path = cv2.dilate(slim, np.ones((3, 1), np.uint8)).astype(np.uint8)
    path = opened(closed(path, round(BRIDGED * scale) + 1, 1), round(SEED * scale), 1)
    labels, stats, _ = labelled(path)
    traced = Traced(ink, slim, labels, stats, [])
    if len(stats) <= MOST_PIECES:
        long = np.flatnonzero(stats[:, 2] >= LONG * scale)
        traced.pieces = _linked(pieces_among(traced, long, scale), ink, scale)
    return traced


def pieces_among(traced: Traced, chosen: NDArray[np.intp], scale: float) -> list[Piece]:
    made = [_piece(traced, int(label), scale) for label in chosen if label]
    return [piece for piece in made if piece is not None]


def _piece(traced: Traced, label: int, scale: float) -> Piece | None:
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
    return Piece(
        labels=[label],
        start=x + first,
        end=x + last,
        at=float(middle.sum()) / present.size + y,
        left=float(middle[:reach].sum()) / min(reach, middle.size) + y,
        right=float(middle[-reach:].sum()) / min(reach, middle.size) + y,
        thick=thick,
        filled=present.size / (last - first),
    )


def inked(ink: Bits, course: NDArray[np.float64], start: int, scale: float) -> NDArray[np.bool_]:
    """Whether ink lies along a course of heights, a third of a point up or down allowed."""
    rows = np.rint(course).astype(np.int32)
    columns = np.arange(start, start + rows.size)
    found = np.zeros(rows.size, bool)
    slack = max(1, round(0.35 * scale))
    for step in range(-slack, slack + 1):
        found |= ink[np.minimum(np.maximum(rows + step, 0), ink.shape[0] - 1), columns] > 0
    return found


def _linked(pieces: list[Piece], ink: Bits, scale: float) -> list[Piece]:
    """Join pieces of one line where ink goes on between them under the writing."""
    pieces.sort(key=lambda piece: piece.start)
    kept: list[Piece] = []
    open_ends: list[Piece] = []
    for piece in pieces:
        open_ends = [other for other in open_ends if piece.start - other.end <= LINKED * scale]
        best: Piece | None = None
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


def _goes_on(before: Piece, after: Piece, ink: Bits, scale: float) -> bool:
    blank = after.start - before.end
    if blank <= BRIDGED * scale:
        return True
    course = np.linspace(before.right, after.left, blank)
    return float(inked(ink, course, before.end, scale).mean()) > 0.85


def _join(before: Piece, after: Piece) -> None:
    one, two = before.length, after.length
    whole = max(after.end - before.start, 1)

    def mean(first: float, second: float) -> float:
        return (first * one + second * two) / (one + two)

    before.filled = min(1.0, (before.filled * one + after.filled * two) / whole)
    before.at = mean(before.at, after.at)
    before.thick = mean(before.thick, after.thick)
    before.labels += after.labels
    before.end, before.right = max(before.end, after.end), after.right
