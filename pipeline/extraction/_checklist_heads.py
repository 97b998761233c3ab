"""The headings of a checklist's grid: over each column a group, and under it «ja» or «nei»."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pipeline.domain import Word
from pipeline.extraction._atoms import keyed
from pipeline.extraction._hits import Hit
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Grid, Pane
from pipeline.forms import Place

Columns = dict[int, tuple[str, str]]
"""For each grid column the group and the answer it stands for."""


class Headings(NamedTuple):
    """What the columns of a grid stand for, its first row of lines, and the headings that a scan shows misread."""

    columns: Columns
    body: int = 0
    misread: tuple[Pane, ...] = ()


LIKE = 0.8
"""So like a group's heading is what a scan shows where only this one is missing."""
SHORT = 3
"""Letters: what a scan makes of «ja» or «nei» is no longer."""


def columns_of(layout: Layout, grid: Grid, place: Place, names: list[str]) -> Headings:
    """The headings of a grid; those of an earlier part of the same table (over a page break) count too."""
    own = _own_columns(layout, grid, place, names)
    if own.columns:
        return own
    for other in reversed(layout.sheet.grids[: layout.sheet.grids.index(grid)]):
        if other.columns == grid.columns:
            earlier = _own_columns(layout, other, place, names)
            if earlier.columns:
                return Headings(earlier.columns)
    return Headings({})


def _own_columns(layout: Layout, grid: Grid, place: Place, names: list[str]) -> Headings:
    answers = {keyed(text): name for name in ("yes", "no") for text in place.columns.get(name, ())}
    groups = {keyed(text): name for name in names for text in place.columns[name]}
    hits = [hit for hit in layout.hits if hit.pane.grid is grid and hit.whole]
    heads = [hit for hit in hits if hit.key in answers]
    if not heads:
        return Headings({})
    row = min(hit.pane.row for hit in heads)
    heads = [hit for hit in heads if hit.pane.row == row]
    over = [hit for hit in hits if hit.key in groups and hit.pane.row <= row and hit.pane.column > 0]
    named = [(hit.pane, groups[hit.key]) for hit in over]
    told = {
        column: answers[hit.key]
        for hit in heads
        for column in range(hit.pane.column, hit.pane.column + hit.pane.column_span)
    }
    misread: list[Pane] = []
    if layout.sheet.scanned:
        more = _misread_group(grid, named, groups)
        named += more
        answered = _misread_answers(grid, row, named, told)
        told |= answered
        misread = [pane for pane, _ in more] + [pane for pane in grid.row(row) if pane.column in answered]
    columns: Columns = {}
    for column, answer in told.items():
        group = next((name for pane, name in named if _spans(pane, column)), "")
        if group:
            columns[column] = (group, answer)
    if len(columns) < len(heads) and len(heads) == 2 * len(over):
        columns = _in_order(heads, over, groups, answers)
    return Headings(columns, row + 1, tuple(misread))


def _misread_group(
    grid: Grid, named: list[tuple[Pane, str]], groups: Mapping[str, str]
) -> list[tuple[Pane, str]]:
    """The one heading that is missing, where a scan shows nearly its letters beside the others."""
    from rapidfuzz.distance import Levenshtein

    missing = set(groups.values()) - {name for _, name in named}
    rows = {pane.row for pane, _ in named}
    if len(missing) != 1 or len(rows) != 1:
        return []
    taken = {id(pane) for pane, _ in named}
    keys = [key for key, name in groups.items() if name in missing]
    found = [
        pane
        for pane in grid.row(rows.pop())
        if id(pane) not in taken
        and pane.column > 0
        and max(Levenshtein.normalized_similarity(_letters(pane), key) for key in keys) >= LIKE
    ]
    return [(found[0], missing.pop())] if len(found) == 1 else []


def _misread_answers(
    grid: Grid, row: int, named: list[tuple[Pane, str]], told: Mapping[int, str]
) -> dict[int, str]:
    """What a scan shows misread beside the other answer of its group, where every group has them in the same order."""
    pairs = [range(pane.column, pane.column + pane.column_span) for pane, _ in named]
    places = {
        (column - pair.start, told[column])
        for pair in pairs
        if len(pair) == 2
        for column in pair
        if column in told
    }
    if len({place for place, _ in places}) != len(places) or len({answer for _, answer in places}) != len(
        places
    ):
        return {}
    found: dict[int, str] = {}
    for pair in pairs:
        known = [column for column in pair if column in told]
        if len(pair) != 2 or len(known) != 1:
            continue
        other = pair.start + pair.stop - 1 - known[0]
        pane = grid.at(row, other)
        if pane is None or pane.row != row or pane.column_span != 1 or pane.blank:
            continue
        if len(_letters(pane)) <= SHORT:
            found[other] = "no" if told[known[0]] == "yes" else "yes"
    return found


def _letters(pane: Pane) -> str:
    return keyed("".join(atom.text for atom in pane.atoms if isinstance(atom.piece, Word)))


def _in_order(
    heads: list[Hit], over: list[Hit], groups: Mapping[str, str], answers: Mapping[str, str]
) -> Columns:
    """Headings whose groups lost their spans: two answers to each group, in order."""
    heads = sorted(heads, key=lambda hit: hit.pane.column)
    over = sorted(over, key=lambda hit: hit.pane.column)
    return {
        hit.pane.column: (groups[over[number // 2].key], answers[hit.key]) for number, hit in enumerate(heads)
    }


def _spans(pane: Pane, column: int) -> bool:
    return pane.column <= column < pane.column + pane.column_span
