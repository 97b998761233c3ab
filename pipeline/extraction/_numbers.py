"""The numbers printed before the rows of a table."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.domain import Box
from pipeline.extraction._grids import Heads, cells
from pipeline.extraction._heights import Lines, is_written
from pipeline.extraction._sheet import Grid, Pane

_NUMBER = re.compile(r"(\d{1,2})([.)]?)[.,]?")
"""A row's printed number, a speck beside it too."""
NUMBERED = 2
"""So many rows with a printed number show where the numbers stand."""
_SLACK = 2.5
"""Points."""


def misread_numbers(body: list[tuple[Grid, int, int]], heads: Heads, lead: str) -> set[int]:
    """The cells that hold nothing but a row's printed number that a scan blurred: it stands where the others stand."""
    known: list[Box] = []
    others: list[tuple[Pane, Box]] = []
    for number, (part, row, last) in enumerate(body, 1):
        for pane in cells(part, range(row, last), heads.columns[lead]):
            first = next((atom for atom in pane.atoms if atom.written), None)
            if first is None or first.box is None:
                continue
            match = _NUMBER.fullmatch(first.text)
            if match and match[2] and int(match[1]) == number:
                known.append(first.box)
            elif first.confidence < 1 and sum(atom.written for atom in pane.atoms) == 1:
                others.append((pane, first.box))
    if len(known) < NUMBERED:
        return set()
    left, right = min(box.x0 for box in known), max(box.x1 for box in known)
    return {id(pane) for pane, box in others if left - _SLACK <= box.x0 and box.x1 <= right + _SLACK}


def row_numbers(body: list[tuple[Grid, int, int]], heads: Heads, lead: str) -> dict[int, int]:
    """The numbers that rows begin with where they rise from row to row, whichever rows are gone or stand empty between."""
    found: dict[int, int] = {}
    for position, (part, row, last) in enumerate(body):
        panes = cells(part, range(row, last), heads.columns[lead])
        first = next((atom for pane in panes for atom in pane.atoms if atom.written), None)
        match = _NUMBER.fullmatch(first.text) if first is not None else None
        if match and match[2]:
            found[position] = int(match[1])
        elif first is not None:
            return {}
    rising = all(before < after for before, after in pairwise(found.values()))
    return found if rising and len(found) >= NUMBERED else {}


def numbered(lines: Lines, number: int | None) -> Lines:
    """Take a row's printed number off its first line."""
    if number is None:
        return lines
    for position, line in enumerate(lines):
        if not is_written(line):
            continue
        first = next(n for n, atom in enumerate(line) if atom.written)
        match = _NUMBER.fullmatch(line[first].text)
        alone = sum(atom.written for atom in line) == 1
        if match and int(match[1]) == number and (match[2] or alone):
            return [*lines[:position], line[first + 1 :], *lines[position + 1 :]]
        return lines
    return lines
