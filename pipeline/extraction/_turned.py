"""A row that the end of a page cut in two: its label stands on one page and what was written in it on the next."""

from __future__ import annotations

from pipeline.extraction._atoms import Atom
from pipeline.extraction._grids import next_grid
from pipeline.extraction._hits import Hit
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Strip
from pipeline.extraction._spans import Span, written_lines


def over_page(layout: Layout, hit: Hit) -> Span | None:
    """What stands first on the next page, in the row that goes on there; a person must look whether it is the label's."""
    lines = _in_grid(layout, hit) if hit.pane.grid is not None else _in_rows(layout, hit)
    if not any(atom.written for line in lines for atom in line):
        return None
    span = Span(lines=lines, page=hit.strip.page + 1, how="cell-below", room=True)
    span.doubt("value-below", "Raden går over to sider, og teksten står øverst på den andre.")
    return span


def _in_grid(layout: Layout, hit: Hit) -> list[list[Atom]]:
    """The lines under a label, or else beside it, in the first row of the table's next part."""
    grid, pane = hit.pane.grid, hit.pane
    if grid is None or pane.row + pane.row_span < grid.rows or hit.last.next is not None:
        return []
    below = next_grid(layout, grid)
    panes = below.row(0) if below is not None else []
    if below is None or any(map(layout.has_stop, panes)):
        return []
    written = [one for one in panes if not one.blank]
    after = pane.column + pane.column_span
    near = [one for one in written if pane.column <= one.column <= after]
    return written_lines(near[0]) if len(near) == len(written) == 1 else []


def _in_rows(layout: Layout, hit: Hit) -> list[list[Atom]]:
    """The lines of the first row on the next page, of tables of one column."""
    label, strip = hit.last, _next_written(hit.last)
    if strip is None or strip.page == label.page:
        return []
    lines: list[list[Atom]] = []
    row = strip.ruled
    while strip is not None and row is not None and strip.ruled == row:
        if layout.first_stop(strip) < len(strip.atoms) or layout.is_print(strip):
            return []
        lines.append(strip.atoms)
        strip = strip.next
    return lines if row is not None and row[1] == 0 else []


def _next_written(strip: Strip) -> Strip | None:
    following = strip.next
    while following is not None and following.grid is None and not following.atoms:
        following = following.next
    return following if following is not None and following.grid is None else None
