"""Fields that hold rows: people and services under column headings, and every line of a checklist."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from pipeline.domain import Doubt, Finding, MarkState, union
from pipeline.extraction._answers import NO_COLUMN
from pipeline.extraction._atoms import keyed
from pipeline.extraction._checklist import LINES_LOST, lines_lost, read_grid
from pipeline.extraction._grids import (
    Heads,
    body_rows,
    cells,
    find_heads,
    lines_in,
    may_go_on_unseen,
    next_grid,
    own_heads,
    reaches_out,
    right_edges,
)
from pipeline.extraction._heights import Lines, box_of_line, is_written, may_go_on
from pipeline.extraction._hits import Hit, Strength
from pipeline.extraction._layout import Layout
from pipeline.extraction._list_rooms import crosses_lost
from pipeline.extraction._numbers import misread_numbers, numbered, row_numbers
from pipeline.extraction._places import MISSING, choose, finding_of
from pipeline.extraction._sheet import Grid, Pane
from pipeline.extraction._spans import chunks_of
from pipeline.extraction._stacks import UNALIGNED, split_stack
from pipeline.extraction._ticks import slot_state
from pipeline.extraction._values import span_after
from pipeline.forms import FieldSpec, Kind, Place

Row = Mapping[str, Finding]


def by_table(layout: Layout, spec: FieldSpec, place: Place) -> Finding | None:
    """The rows under a table's headings, or those that belong to a row's label."""
    hit, doubts = choose(layout, place)
    if hit is None:
        return None
    grid = hit.pane.grid
    heads = find_heads(layout, grid, place, hit.pane.row) if grid is not None else None
    is_head = any(keyed(text) == hit.key for heads_of in place.columns.values() for text in heads_of)
    if grid is None or heads is None or not set(spec.columns) <= set(heads.columns):
        span = span_after(layout, hit)
        found = finding_of(span.lines, page=hit.strip.page, how="table")
        return Finding(
            raw=found.raw,
            page=hit.strip.page,
            box=found.box,
            found_by="table",
            doubts=doubts if is_head and not found.raw and heads is None else (*doubts, NO_COLUMN),
        )
    rows: list[Row] = []
    more: list[Doubt] = []
    raws: list[str] = []
    number = 0
    body = body_of(layout, hit, grid, heads, place, is_head=is_head)
    misread = misread_numbers(body, heads, next(iter(spec.columns))) if is_head else set()
    if is_head and _cut_short(layout, grid, heads, len(body)):
        more.append(UNALIGNED)
    part, _, end = body[-1] if body else (grid, 0, grid.rows)
    if end == part.rows and may_go_on_unseen(layout, part):
        more.append(UNALIGNED)
    if is_head and not grid.drawn and _may_be_broken(body, heads, next(iter(spec.columns))):
        more.append(UNALIGNED)
    boxes = [name for name, kind in spec.columns.items() if kind is Kind.TICK]
    lead = next(iter(spec.columns))
    printed = row_numbers(body, heads, lead) if is_head else {}
    for position, (part, row, last) in enumerate(body):
        number = printed.get(position, number + 1)
        panes = {
            name: [p for p in cells(part, range(row, last), heads.columns[name]) if p is not hit.pane]
            for name in spec.columns
        }
        columns = {
            name: numbered(lines_in(found, misread), number if is_head else None)
            for name, found in panes.items()
            if name not in boxes
        }
        ticks = {name: _tick(panes[name], part.page) for name in boxes}
        under = [column for name in spec.columns for column in heads.columns[name]]
        if layout.sheet.scanned and reaches_out(part, range(row, last), under):
            more.append(UNALIGNED)
        if not part.drawn and _run_together(columns):
            more.append(UNALIGNED)
        stack = split_stack(columns, lead, rights=right_edges(heads), single=len(body) > 1)
        more += stack.doubts
        if "contact" in columns and any(
            "@" in atom.text
            for name in columns
            if name != "contact"
            for line in columns[name]
            for atom in line
        ):
            more.append(UNALIGNED)
        ticked = any(tick.state is not MarkState.OFF for tick in ticks.values())
        entries = stack.entries or ([{name: [] for name in columns}] if ticked else [])
        more += [UNALIGNED] if boxes and len(entries) > 1 else []
        for within, stacked in enumerate(entries):
            number += 1 if is_head and within else 0
            entry = {
                name: numbered(lines, number if is_head and within else None)
                for name, lines in stacked.items()
            }
            if ticked or any(is_written(line) for lines in entry.values() for line in lines):
                told = {name: finding_of(lines, page=part.page, how="table") for name, lines in entry.items()}
                row_found = {name: (told | ticks)[name] for name in spec.columns}
                rows.append(row_found)
                raws.append(" | ".join(_shown(one) for one in row_found.values()))
    return Finding(
        raw="\n".join(raws),
        rows=tuple(rows),
        page=hit.strip.page,
        box=union([one.box for row in rows for one in row.values() if one.raw]),
        confidence=min((one.confidence for row in rows for one in row.values()), default=1.0),
        found_by="table",
        doubts=tuple(
            dict.fromkeys((*doubts, *more, *(d for r in rows for f in r.values() for d in f.doubts)))
        ),
    )


def _cut_short(layout: Layout, grid: Grid, heads: Heads, count: int) -> bool:
    """Whether the row after the body holds, under the headings, what elsewhere are words beside a tick box."""
    row = heads.row + 1 + count
    if row >= grid.rows:
        return False
    columns = {column for where in heads.columns.values() for column in where}
    panes = [pane for pane in grid.row(row) if pane.column in columns]
    return len(panes) == len(heads.columns) and any(
        hit.pane in panes and hit.key in layout.wording.options for hit in layout.stops.values()
    )


def _may_be_broken(body: list[tuple[Grid, int, int]], heads: Heads, lead: str) -> bool:
    """Whether a row that nobody ruled may be the rest of the one above: only its first column is written in,
    and its first word had no room above.
    """
    right = right_edges(heads).get(lead)
    for (above, upper, _), (part, row, last) in pairwise(body):
        columns = {n: lines_in(cells(part, range(row, last), where)) for n, where in heads.columns.items()}
        if above is not part or [n for n, lines in columns.items() if any(map(is_written, lines))] != [lead]:
            continue
        lines = [
            line
            for line in lines_in(cells(part, range(upper, upper + 1), heads.columns[lead]))
            if is_written(line)
        ]
        first = next(line for line in columns[lead] if is_written(line))
        if lines and box_of_line(first) is not None and may_go_on(lines[-1], first, right):
            return True
    return False


def _shown(one: Finding) -> str:
    return "X" if one.state in (MarkState.ON, MarkState.UNSURE) else one.raw.replace("\n", " / ")


def _tick(panes: list[Pane], page: int | None) -> Finding:
    """The box in a row's cell; a cell without one is room for a cross, and no cell at all is a doubt."""
    found = [slot_state(pane) for pane in panes]
    if len(found) != 1:
        return Finding(state=MarkState.UNSURE, page=page, found_by="table", doubts=(NO_COLUMN,))
    tick = found[0]
    return Finding(
        state=tick.state,
        page=page,
        box=tick.box,
        confidence=tick.confidence,
        found_by="table",
        doubts=tuple(tick.doubts),
    )


def _run_together(columns: dict[str, Lines]) -> bool:
    """Whether only one column is written in, and in pieces: the columns may stand elsewhere than their headings."""
    written = [lines for lines in columns.values() if any(map(is_written, lines))]
    return len(written) == 1 and any(
        sum(any(atom.written for atom in chunk) for chunk in chunks_of(line)) > 1 for line in written[0]
    )


def body_of(
    layout: Layout, hit: Hit, grid: Grid, heads: Heads, place: Place, *, is_head: bool
) -> list[tuple[Grid, int, int]]:
    """The rows of the table's body, each with its grid and its end; over page breaks too."""
    found: list[tuple[Grid, int, int]] = []
    first = heads.row + 1
    if not is_head:
        first = hit.pane.row + hit.pane.row_span
        own = range(hit.pane.row, first)
        beside = [row for row in own if _is_row(grid, row, heads)]
        found += [(grid, row, row + 1) for row in beside] or [(grid, own.start, own.stop)]
    part: Grid | None = grid
    while part is not None:
        end = first
        for row in body_rows(layout, part, first, any_label=is_head):
            found.append((part, row, row + 1))
            end = row + 1
        if end < part.rows:
            break
        part = next_grid(layout, part)
        first = 0
        if part is not None:
            first = own_heads(layout, part, place, 2).row + 1
    return found


def _is_row(grid: Grid, row: int, heads: Heads) -> bool:
    """Whether some column has a cell that begins in this row."""
    return any(
        pane is not None and pane.row == row
        for columns in heads.columns.values()
        for pane in [grid.at(row, columns[0])]
    )


def by_checklist(layout: Layout, spec: FieldSpec, place: Place) -> Finding | None:
    """Every ticked line of a grid with JA and NEI under each of several groups."""
    names = [name for name in spec.columns if place.columns.get(name)]
    label = next(name for name in spec.columns if name not in names)
    rows: list[Row] = []
    doubts: list[Doubt] = []
    panes: list[Pane] = []
    heads: list[Pane] = []
    known = 0
    for grid in layout.sheet.grids:
        found = read_grid(layout, grid, place, names, label)
        if found is None:
            continue
        known += 1
        rows += found.rows
        doubts += found.doubts
        panes += found.panes
        heads += found.heads
    if not known:
        items = set(map(keyed, place.texts))
        if not any(hit.key in items and hit.strength >= Strength.RUNNING for hit in layout.hits):
            return None
        return Finding(found_by="checklist", doubts=(MISSING,))
    if lines_lost(layout, place) or crosses_lost(layout, place, panes, heads):
        doubts.append(LINES_LOST)
    return Finding(
        raw="\n".join(_told(row, names, label) for row in rows),
        rows=tuple(rows),
        page=next((row[label].page for row in rows), None),
        box=union([one.box for row in rows for one in row.values()]),
        confidence=min((one.confidence for row in rows for one in row.values()), default=1.0),
        found_by="checklist",
        doubts=tuple(dict.fromkeys(doubts)),
    )


def _told(row: Row, names: list[str], label: str) -> str:
    answers = [
        f"{name}: {'/'.join(word for word, state in (('ja', row[name].yes), ('nei', row[name].no)) if state is MarkState.ON)}"
        for name in names
        if MarkState.ON in (row[name].yes, row[name].no)
    ]
    return f"{row[label].raw} ({', '.join(answers)})"
