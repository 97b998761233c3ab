"""Several labels stacked in one cell («Koordinator» over «Kontaktperson»): which of the lines beside belong to which."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.domain import Box
from pipeline.extraction._atoms import Atom
from pipeline.extraction._heights import (
    Columns,
    Lines,
    box_of_line,
    close_under,
    height_of,
    is_written,
    level,
    may_go_on,
)
from pipeline.extraction._stacks import UNALIGNED, UNPLACED, Stack, guess, split_stack


def share_out(
    columns: Columns,
    labels: list[Box | None],
    rows: list[int],
    lead: str,
    *,
    height: int,
    rights: Mapping[str, float] | None = None,
) -> Stack:
    """Give stacked lines to labels stacked in the cell before: by height, else by number of lines.

    ``rows`` are the labels' line numbers in their own cell, which has ``height`` lines;
    ``rights`` are where each column's cell ends.
    """
    count = len(labels)
    empty: list[dict[str, Lines]] = [{name: [] for name in columns} for _ in labels]
    written = {name: [line for line in lines if is_written(line)] for name, lines in columns.items()}
    if not any(written.values()):
        return Stack(empty)
    by_height = _all_level(written, labels, lead, (rights or {}).get(lead))
    if by_height is not None:
        return Stack(by_height)
    by_line = _by_line(columns, rows, height)
    if by_line is not None:
        return Stack(by_line)
    if len(written[lead]) == count:
        split = split_stack(columns, lead, rights=rights)
        if len(split.entries) == count:
            return split
    if all(len(lines) <= 1 for lines in written.values()) or len(written[lead]) == 1:
        where = _single(columns, labels, lead)
        entries = [dict(entry) for entry in empty]
        entries[where or 0] = dict(written)
        return Stack(entries, [] if where is not None else [UNPLACED])
    entries = guess(written, count)
    return Stack(entries, [UNALIGNED])


def _all_level(
    written: Columns, labels: list[Box | None], lead: str, right: float | None
) -> list[dict[str, Lines]] | None:
    """Every written line level with one of the labels, or the rest of one that is.

    A name for which there was room on the line above is no rest: it is the next label's, written higher up.
    """
    entries: list[dict[str, Lines]] = [{name: [] for name in written} for _ in labels]
    height = height_of(written)
    for name, lines in written.items():
        last: tuple[int, list[Atom]] | None = None
        for line in lines:
            box = box_of_line(line)
            hits = [n for n, label in enumerate(labels) if label and box and level(label, box)]
            if not hits and box and last is not None and close_under(last[1], box, height):
                hits = [last[0]] if name != lead or may_go_on(last[1], line, right) else []
            if len(hits) != 1:
                return None
            entries[hits[0]][name].append(line)
            last = (hits[0], line)
    return entries


def _by_line(columns: Columns, rows: list[int], height: int) -> list[dict[str, Lines]] | None:
    """Blank lines keep the places: every written line has the number of one of the labels' lines."""
    entries: list[dict[str, Lines]] = [{name: [] for name in columns} for _ in rows]
    if height < 2 or any(len(lines) != height for lines in columns.values()):
        return None
    for name, lines in columns.items():
        for number, line in enumerate(lines):
            if is_written(line):
                if number not in rows:
                    return None
                entries[rows.index(number)][name].append(line)
    return entries


def _single(columns: Columns, labels: list[Box | None], lead: str) -> int | None:
    """Which label a lone entry belongs to: the nearest by height, or the first when it is on the first line."""
    line = next((line for line in columns[lead] if is_written(line)), None)
    if line is None:
        line = next((one for lines in columns.values() for one in lines if is_written(one)), None)
    box = box_of_line(line) if line is not None else None
    if box is not None and all(label is not None for label in labels):
        away = [abs(label.top - box.top) for label in labels if label is not None]
        nearest = away.index(min(away))
        rest = [distance for n, distance in enumerate(away) if n != nearest]
        return nearest if not rest or away[nearest] < 0.5 * min(rest) else None
    firsts = [lines[0] for lines in columns.values() if lines]
    return 0 if firsts and any(is_written(first) for first in firsts) else None
