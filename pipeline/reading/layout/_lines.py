"""Pieces to lines of text: which stand on one line, though some are high, some are ink and some reach into the next."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.domain import (
    Box,
    Entry,
    Gap,
    Ink,
    Line,
    Mark,
    Piece,
    Word,
    union,
)

WIDE_BLANK = 1.0
"""A blank wider than this share of the line's height is a gap: a tab, or the next column."""
TALLER = 1.6
"""Heights of a line: a word so much higher, a stamp's, doesn't make the line as high as itself."""
STROKE = (2, 2.5)
"""Letters at most, and usual heights at least, of what a long stroke over several lines was read as."""
GAP = Gap()


class Placed(NamedTuple):
    """A piece, its box, and whether it may belong to a line of upright words."""

    piece: Piece
    box: Box
    turned: bool = False
    spaces: int = 0
    """Space characters before it; a few of them are a blank in the text, however wide, and no gap."""


def lines_from(pieces: list[Placed]) -> list[Line]:
    """Gather pieces into lines, from the top down and from left to right."""
    if len(pieces) < 2:
        return [_line(pieces)] if pieces else []
    turned = [placed for placed in pieces if placed.turned]
    upright = [placed for placed in pieces if not placed.turned]
    heights = sorted(p.box.bottom - p.box.top for p in upright if isinstance(p.piece, Word))
    usual = heights[len(heights) // 2] if heights else 12.0
    tall = [p for p in upright if p.box.bottom - p.box.top > 1.7 * usual and _may_stand_tall(p, usual)]
    rows: list[tuple[float, float, list[Placed]]] = []
    flat = [p for p in upright if p not in tall] if tall else upright
    inked = [p for p in flat if isinstance(p.piece, Ink)]
    if inked:
        flat = [p for p in flat if not isinstance(p.piece, Ink)]
    for placed in sorted(flat, key=lambda p: (p.box.top + p.box.bottom, p.box.x0)):
        _file(rows, placed)
    for placed in sorted(inked, key=lambda p: (p.box.top + p.box.bottom, p.box.x0)):
        _file_ink(rows, placed)
    for placed in sorted(tall, key=lambda p: (isinstance(p.piece, Ink), p.box.top)):
        _file_tall(rows, placed)
    lines = [_line(row) for _, _, row in sorted(rows, key=lambda row: row[0])]
    return lines + [_line(group) for group in _sideways(turned)]


def _may_stand_tall(placed: Placed, usual: float) -> bool:
    """Whether a piece higher than the lines reaches over several of them: all but words, and a long stroke read as a letter."""
    piece = placed.piece
    return not isinstance(piece, Word) or (
        len(piece.text) <= STROKE[0] and placed.box.bottom - placed.box.top > STROKE[1] * usual
    )


def _file(rows: list[tuple[float, float, list[Placed]]], placed: Placed) -> None:
    """Put a piece into the line it stands on: more than half of the lower of the two in common."""
    top, bottom = placed.box.top, placed.box.bottom
    for number in range(len(rows) - 1, max(-1, len(rows) - 6), -1):
        row_top, row_bottom, row = rows[number]
        if bottom - top < 4 and row_top - 2 <= (top + bottom) / 2 <= row_bottom + 4:
            row.append(placed)
            return
        if row_bottom <= top or row_top >= bottom:
            continue
        shared = min(bottom, row_bottom) - max(top, row_top)
        if shared > 0.5 * max(min(bottom - top, row_bottom - row_top), 0.5):
            if isinstance(placed.piece, Entry) and _taken(row, placed.box):
                continue
            if bottom - top < 0.9 * (row_bottom - row_top) and _under(row, placed):
                continue
            if bottom - top > row_bottom - row_top and _over_words(row, placed):
                continue
            row.append(placed)
            if row_bottom - row_top < bottom - top <= TALLER * (row_bottom - row_top) and isinstance(
                placed.piece, Word
            ):
                rows[number] = (top, bottom, row)
            return
    rows.append((top, bottom, [placed]))


def _taken(row: list[Placed], box: Box) -> bool:
    """Whether a field of the line stands where another would: they are under each other, however close."""
    return any(
        isinstance(other.piece, Entry)
        and min(other.box.x1, box.x1) - max(other.box.x0, box.x0)
        > 0.5 * min(other.box.x1 - other.box.x0, box.x1 - box.x0)
        for other in row
    )


def _under(row: list[Placed], placed: Placed) -> bool:
    """Whether a word stands below another of the line: only a taller word beside them, a label, reaches both."""
    box = placed.box
    return isinstance(placed.piece, Word) and any(
        isinstance(other.piece, Word)
        and min(other.box.x1, box.x1) - max(other.box.x0, box.x0) > 1
        and min(other.box.bottom, box.bottom) - max(other.box.top, box.top)
        < 0.3 * min(other.box.bottom - other.box.top, box.bottom - box.top)
        for other in row
    )


def _over_words(row: list[Placed], placed: Placed) -> bool:
    """Whether a high word, a hand's, covers the width of others of the line and has its middle well over or under theirs."""
    box = placed.box
    return isinstance(placed.piece, Word) and any(
        isinstance(other.piece, Word)
        and min(other.box.x1, box.x1) - max(other.box.x0, box.x0) > 0.5 * (other.box.x1 - other.box.x0)
        and abs(other.box.top + other.box.bottom - box.top - box.bottom)
        > 1.2 * (other.box.bottom - other.box.top)
        for other in row
    )


def _file_ink(rows: list[tuple[float, float, list[Placed]]], placed: Placed) -> None:
    """Put ink on the line that it covers most of: a signature makes no line where words stand."""
    top, bottom = placed.box.top, placed.box.bottom
    shared = [min(bottom, row_bottom) - max(top, row_top) for row_top, row_bottom, _ in rows]
    best = max(range(len(rows)), key=shared.__getitem__, default=None)
    if best is not None and shared[best] > 0.4 * max(min(bottom - top, rows[best][1] - rows[best][0]), 0.5):
        rows[best][2].append(placed)
    else:
        rows.append((top, bottom, [placed]))


def _file_tall(rows: list[tuple[float, float, list[Placed]]], placed: Placed) -> None:
    """Put a piece of several lines' height beside the first line that it reaches and does not cover; a tick box, and a stroke
    read as a letter, beside the line that is nearest to its middle.

    Ink may cover the field that it was signed in.
    """
    box = placed.box
    signed = isinstance(placed.piece, Ink)
    if isinstance(placed.piece, Mark | Word):
        rows_in_turn = sorted(rows, key=lambda row: abs(row[0] + row[1] - box.top - box.bottom))
    else:
        rows_in_turn = sorted(rows, key=lambda row: row[0])
    for top, bottom, row in rows_in_turn:
        middle = (top + bottom) / 2
        if box.top - 1 <= middle <= box.bottom + 1 and all(
            other.box.x1 <= box.x0 + 3
            or other.box.x0 >= box.x1 - 3
            or (signed and isinstance(other.piece, Entry))
            for other in row
        ):
            row.append(placed)
            return
    rows.append((box.top, box.bottom, [placed]))


def _sideways(turned: list[Placed]) -> list[list[Placed]]:
    """Words that run up or down: those in one column are one line."""
    groups: list[list[Placed]] = []
    for placed in turned:
        last = groups[-1][-1].box if groups else None
        if last and abs(last.x0 - placed.box.x0) < 3 and abs(last.x1 - placed.box.x1) < 3:
            groups[-1].append(placed)
        else:
            groups.append([placed])
    return groups


def _line(row: list[Placed]) -> Line:
    if len(row) == 1:
        return Line(pieces=(row[0].piece,), box=row[0].box)
    if not row[0].turned:
        row.sort(key=lambda p: p.box.x0)
    pieces: list[Piece] = []
    tallest = max((p.box.bottom - p.box.top for p in row if isinstance(p.piece, Word)), default=11.0)
    high = min(max(tallest, 6.0), 14.0)
    end = row[0].box.x0
    for placed in row:
        box = placed.box
        typed = 0.62 * high * placed.spaces if placed.spaces <= 3 else 0.0
        if pieces and not placed.turned and box.x0 - end - typed > WIDE_BLANK * high:
            pieces.append(GAP)
        pieces.append(placed.piece)
        end = max(end, box.x1)
    return Line(pieces=tuple(pieces), box=union([p.box for p in row]))
