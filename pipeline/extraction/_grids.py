"""Tables with column headings: which column is which, and what stands in a row under each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.domain import Box, MarkState
from pipeline.extraction._atoms import Atom, AtomKind, keyed
from pipeline.extraction._heights import Lines
from pipeline.extraction._hits import Hit
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Grid, Pane
from pipeline.extraction._spans import written_lines
from pipeline.extraction._ticks import UNSURE, WHOSE, Tick, slot_state, state_of
from pipeline.forms import Place

_STEP = 10.0
"""Points between lines typed in one widget, which is told only as text."""

_EDGE = 6.0
"""Points by which what is written may begin left of its heading."""


@dataclass(slots=True)
class Heads:
    """The headings of one grid: for each column's name the grid columns under it, and the headings' last row."""

    grid: Grid
    row: int = -1
    columns: dict[str, list[int]] = field(default_factory=dict)
    head_grid: Grid | None = None
    head_row: int = 0


def find_heads(layout: Layout, grid: Grid, place: Place, row: int) -> Heads:
    """The headings that govern a row; those of an earlier part of the same table (over a page break) count too."""
    heads = own_heads(layout, grid, place, row)
    if len(heads.columns) > 1:
        return heads
    for other in reversed(layout.sheet.grids[: layout.sheet.grids.index(grid)]):
        if other.columns == grid.columns:
            earlier = own_heads(layout, other, place, other.rows)
            if len(earlier.columns) > len(heads.columns):
                return Heads(grid, -1, earlier.columns, other, earlier.head_row)
    return heads


def own_heads(layout: Layout, grid: Grid, place: Place, row: int) -> Heads:
    """The headings in the grid itself: the nearest line of them above a row (or on it) that has the most."""
    keys = {keyed(text): name for name, texts in place.columns.items() for text in texts}
    by_row: dict[int, dict[str, Hit]] = {}
    for hit in layout.hits_of(keys.keys()):
        if hit.pane.grid is grid and hit.pane.row <= row and _alone(hit):
            by_row.setdefault(hit.pane.row, {}).setdefault(keys[hit.key], hit)
    heads = Heads(grid, head_grid=grid)
    if not by_row:
        return heads
    most = max(len(found) for found in by_row.values())
    best = max(number for number, found in by_row.items() if len(found) == most)
    heads.head_row = best
    for name, hit in by_row[best].items():
        pane = hit.pane
        heads.columns[name] = list(range(pane.column, pane.column + pane.column_span))
        heads.row = max(heads.row, pane.row + pane.row_span - 1)
    return heads


def _alone(hit: Hit) -> bool:
    return hit.whole and not any(atom.written and atom.key for atom in hit.strip.atoms[: hit.start])


def cells(grid: Grid, rows: range, columns: list[int]) -> list[Pane]:
    """The panes under a heading in some rows, each once."""
    seen: list[Pane] = []
    for row in rows:
        for column in columns:
            pane = grid.at(row, column)
            if pane is not None and pane not in seen and pane.row in rows:
                seen.append(pane)
    return seen


def lines_in(panes: list[Pane], skip: set[int] | None = None) -> Lines:
    """The lines of some panes, blank ones too; what was typed on several lines of one widget is several."""
    lines = [line for pane in panes if not skip or id(pane) not in skip for line in written_lines(pane)]
    return [part for line in lines for part in _typed_lines(line)]


def _typed_lines(line: list[Atom]) -> Lines:
    """A line for each that was typed in a widget that has the line to itself, with places of their own."""
    written = [atom for atom in line if atom.written]
    texts = written[0].text.splitlines() if len(written) == 1 else []
    if len(texts) < 2 or written[0].kind is not AtomKind.ENTRY:
        return [line]
    return [[replace(written[0], text=text, box=_under(written[0].box, n))] for n, text in enumerate(texts)]


def _under(box: Box | None, number: int) -> Box | None:
    """Where a line of a widget stands, in steps that are the same for widgets side by side."""
    return box and Box(box.x0, box.top + _STEP * number, box.x1, box.top + _STEP * number + 0.9 * _STEP)


def rows_of(hit: Hit) -> range:
    """The rows that a row's label spans."""
    return range(hit.pane.row, hit.pane.row + hit.pane.row_span)


def reaches_out(grid: Grid, rows: range, columns: list[int]) -> bool:
    """Whether a cell under a heading goes on above or below a row: on a scan the line between them may be lost."""
    panes = [grid.at(row, column) for row in rows for column in columns]
    return any(
        pane is not None and (pane.row < rows.start or pane.row + pane.row_span > rows.stop) for pane in panes
    )


def cut_off(layout: Layout, hit: Hit, columns: list[int]) -> Lines:
    """What stands on the next page of a row that a page break cut: first there, and without a label."""
    grid = hit.pane.grid
    below = next_grid(layout, grid) if grid is not None and rows_of(hit).stop == grid.rows else None
    panes = below.row(0) if below is not None else []
    if below is None or not panes or not panes[0].blank or any(map(layout.has_stop, panes)):
        return []
    if any(atom.kind is AtomKind.MARK for pane in panes for atom in pane.atoms):
        return []
    return [line for line in lines_in(cells(below, range(1), columns)) if any(a.written for a in line)]


def body_rows(layout: Layout, grid: Grid, first: int, *, any_label: bool) -> Iterator[int]:
    """The rows from ``first`` on, until one that holds an anchor (a row's label, another heading)."""
    for row in range(first, grid.rows):
        panes = [pane for pane in grid.row(row) if pane.row == row]
        if any(layout.begins_with_stop(pane) for pane in panes):
            return
        if not any_label and panes and panes[0].column == 0 and not panes[0].blank:
            return
        yield row


def next_grid(layout: Layout, grid: Grid) -> Grid | None:
    """The same table's part on the next page: the next block but running print, with as many columns."""
    strip = grid.strip.next
    while strip is not None and strip.grid is None:
        if strip.page == grid.page and any(atom.written for atom in strip.atoms):
            return None
        if layout.first_stop(strip) < len(strip.atoms) and not layout.running(strip):
            return None
        strip = strip.next
    if strip is None or strip.grid is None or strip.grid.columns != grid.columns or strip.page == grid.page:
        return None
    return strip.grid


def may_go_on_unseen(layout: Layout, grid: Grid) -> bool:
    """Whether the next page's first table, which was not taken for the rest of this one, may be just that.

    It has as many columns, and a first row that is written in and holds nothing that is known. On a scan the rest may
    have lost some of its lines, and its page may have come before this one.
    """
    if next_grid(layout, grid) is not None:
        return False
    following = [one for one in layout.sheet.grids if one.strip.order > grid.strip.order]
    near = [one for one in following[:1] if one.page != grid.page and one.columns == grid.columns]
    if layout.sheet.scanned and _ends_page(layout, grid):
        near += [one for one in _on_top(layout) if one in following and one.page != grid.page]
    return any(_is_unknown(layout, one.row(0)) for one in near)


def _is_unknown(layout: Layout, panes: list[Pane]) -> bool:
    return not all(pane.blank for pane in panes) and not any(map(layout.has_stop, panes))


def _ends_page(layout: Layout, grid: Grid) -> bool:
    """Whether nothing that the form is known by stands under a table on its page."""
    below = [
        one for one in layout.sheet.open.strips if one.page == grid.page and one.order > grid.strip.order
    ]
    return not any(
        (one.grid is not None and any(map(layout.has_stop, one.grid.panes)))
        or (layout.first_stop(one) < len(one.atoms) and not layout.running(one))
        for one in below
    )


def _on_top(layout: Layout) -> Iterator[Grid]:
    """The table with which each page begins, before anything that the form is known by: pages may lie in the wrong order."""
    begun: set[int] = set()
    for strip in layout.sheet.open.strips:
        if strip.page in begun:
            continue
        if strip.grid is not None:
            yield strip.grid
        if strip.grid is not None or (
            layout.first_stop(strip) < len(strip.atoms) and not layout.running(strip)
        ):
            begun.add(strip.page)


def beside_answer(layout: Layout, hit: Hit, heads: Heads | None, place: Place) -> Lines | None:
    """What stands under a heading that shares its cell with the heading of «nei»: no line parts the two columns.

    None when that isn't so, or when something lies on both sides of where the heading begins.
    """
    grid = hit.pane.grid
    if grid is None or heads is None or "no" not in heads.columns or heads.head_grid is None:
        return None
    pane = heads.head_grid.at(heads.head_row, heads.columns["no"][0])
    keys = {keyed(text) for text in place.columns.get(place.column, ())}
    head = next((one for one in layout.hits if one.pane is pane and one.key in keys and one.start), None)
    edge = head.strip.atoms[head.start].box if head is not None else None
    if edge is None:
        return None
    panes = cells(grid, rows_of(hit), heads.columns["no"])
    atoms = [atom for one in panes for atom in one.atoms if atom.written or atom.kind is AtomKind.MARK]
    if any(atom.box is None or atom.box.x0 < edge.x0 - _EDGE < atom.box.x1 for atom in atoms):
        return None
    right = [[a for a in line if a.box is None or a.box.x0 >= edge.x0 - _EDGE] for line in lines_in(panes)]
    return [line for line in right if line]


def right_edges(heads: Heads) -> dict[str, float]:
    """Where each column ends, in points; those without a place are left out."""
    edges: dict[str, float] = {}
    for name, columns in heads.columns.items():
        pane = heads.head_grid.at(heads.head_row, max(columns)) if heads.head_grid else None
        if pane is not None and pane.box is not None:
            following = heads.head_grid.at(heads.head_row, max(columns) + 1) if heads.head_grid else None
            edges[name] = following.box.x0 if following is not None and following.box else pane.box.x1
    return edges


def yes_no(layout: Layout, hit: Hit, heads: Heads | None) -> tuple[Tick, Tick]:
    """The two boxes of a question: under the headings, else beside the printed words «ja» and «nei»."""
    if heads is not None and "yes" in heads.columns and "no" in heads.columns and hit.pane.grid is not None:
        yes = cells(hit.pane.grid, rows_of(hit), heads.columns["yes"])
        no = cells(hit.pane.grid, rows_of(hit), heads.columns["no"])
        if yes and no and not set(map(id, yes)) & set(map(id, no)) and hit.pane not in (*yes, *no):
            return _slots(yes, "ja"), _slots(no, "nei")
        if yes and no and hit.pane not in (*yes, *no):
            return merged(yes[0])
    atoms = hit.last.atoms[hit.end :]
    if hit.pane.grid is not None:
        atoms = atoms + [
            atom
            for pane in hit.pane.grid.row(hit.pane.row)
            if pane.column > hit.pane.column
            for atom in pane.atoms
        ]
    elif not any(atom.written or atom.kind is AtomKind.MARK for atom in atoms):
        below = hit.last.next
        if below is not None and layout.first_stop(below) == len(below.atoms):
            atoms = below.atoms
    return inline(atoms)


def _slots(panes: list[Pane], answer: str) -> Tick:
    ticks = [slot_state(pane, answer) for pane in panes]
    on = [tick for tick in ticks if tick.state is not MarkState.OFF]
    tick = on[0] if on else ticks[0]
    tick.how = "column"
    if len(on) > 1:
        tick.doubts.append(UNSURE)
    return tick


def merged(pane: Pane) -> tuple[Tick, Tick]:
    """One cell under both headings: two boxes stand in order; one cross alone could mean either."""
    marks = [atom for atom in pane.atoms if atom.kind is AtomKind.MARK]
    if len(marks) == 2 and not any(atom.written for atom in pane.atoms):
        return state_of(marks[:1]), state_of(marks[1:])
    if not marks and pane.blank:
        return Tick(MarkState.OFF, pane.box, how="column"), Tick(MarkState.OFF, pane.box, how="column")
    return inline(list(pane.atoms))


def inline(atoms: list[Atom]) -> tuple[Tick, Tick]:
    """Boxes beside the words «ja» and «nei», or the word alone as the answer."""
    tokens = [atom for atom in atoms if atom.kind is AtomKind.MARK or atom.key in ("ja", "nei")]
    words = [atom for atom in tokens if atom.kind is not AtomKind.MARK]
    marks = [atom for atom in tokens if atom.kind is AtomKind.MARK]
    answers: dict[str, Tick] = {"ja": Tick(MarkState.OFF), "nei": Tick(MarkState.OFF)}
    if not tokens:
        return Tick(), Tick()
    if len(words) == 1 and not marks:
        answers[words[0].key] = Tick(MarkState.ON, words[0].box, words[0].confidence, "word")
    elif {word.key for word in words} == {"ja", "nei"} and len(words) == 2 and marks:
        step = -1 if tokens[0].kind is AtomKind.MARK else 1
        for number, token in enumerate(tokens):
            beside = number + step
            if token in words and 0 <= beside < len(tokens) and tokens[beside] in marks:
                answers[token.key] = state_of([tokens[beside]])
        if len(marks) == 1:
            drawn = marks[0] in (tokens[0], tokens[-1]) and len(tokens) == 3
            if not drawn:
                answers = {key: Tick(tick.state, tick.box, doubts=[WHOSE]) for key, tick in answers.items()}
    elif len(marks) == 2 and not words:
        answers = {"ja": state_of(marks[:1]), "nei": state_of(marks[1:])}
    else:
        answers = {key: Tick(MarkState.OFF, doubts=[UNSURE]) for key in answers}
    return answers["ja"], answers["nei"]
