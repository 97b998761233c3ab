"""Values in the cells round a label: beside it, below it, or shared line by line by several labels."""

from __future__ import annotations

from pipeline.extraction._atoms import Atom, box_of
from pipeline.extraction._hits import Hit
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Grid, Pane
from pipeline.extraction._spans import Span, written_lines


def beside_of(layout: Layout, pane: Pane) -> Span:
    """The cells to the right, until one that begins with an anchor."""
    span = Span(how="next-cell")
    grid = pane.grid
    if grid is None:
        return span
    seen: list[Pane] = []
    first: list[list[Atom]] = []
    written = 0
    taken: Pane | None = None
    for column in range(pane.column + pane.column_span, grid.columns):
        stopped = False
        for row in range(pane.row, pane.row + pane.row_span):
            right = grid.at(row, column)
            if right is None or right in seen:
                continue
            if layout.begins_with_stop(right) or right.row < pane.row:
                stopped = True
                break
            seen.append(right)
            span.room = True
            span.page = grid.page
            if right.blank:
                continue
            if taken is not None and taken.column != right.column and not span.doubts:
                span.doubt("several-cells", "Det står tekst i flere ruter ved siden av feltet.")
            taken = taken or right
            lines = _until_stop(layout, right)
            if taken is right:
                first = [*lines]
            written += 1
            span.lines += lines
        if stopped:
            break
    if written > 2 and span.doubts:
        span.lines = first
    return span


def under_of(layout: Layout, pane: Pane) -> Span:
    """The cell below, when no anchor stands in it."""
    span = Span(how="cell-below")
    grid = pane.grid
    if grid is None:
        return span
    below = grid.at(pane.row + pane.row_span, pane.column)
    if below is None or layout.has_stop(below) or below.column != pane.column:
        return span
    left = grid.at(below.row, below.column - 1) if below.column else None
    if left is not None and layout.begins_with_stop(left) and grid.at(pane.row, pane.column - 1) is not None:
        above = grid.at(pane.row, pane.column - 1)
        if above is not None and not layout.begins_with_stop(above):
            return span
    span.room, span.page = True, grid.page
    span.lines = written_lines(below)
    return span


def over_of(layout: Layout, pane: Pane) -> Span | None:
    """The cell above, in a table whose every line of labels stands under its line of values."""
    grid = pane.grid
    if grid is None or not pane.row or not _labels_under(layout, grid, pane.row):
        return None
    above = grid.at(pane.row - 1, pane.column)
    return Span(written_lines(above), grid.page, "line-above", True) if above is not None else None


def _labels_under(layout: Layout, grid: Grid, row: int) -> bool:
    """Whether lines of values and of bare labels take turns round a row, values first and labels last."""
    kinds = {number: _kind_of_row(layout, grid, number) for number in range(-1, grid.rows + 1)}
    first = last = row
    while kinds.get(first - 1) == ("values" if (row - first) % 2 == 0 else "labels"):
        first -= 1
    while kinds.get(last + 1) == ("values" if (last - row) % 2 == 0 else "labels"):
        last += 1
    return kinds[first] == "values" and kinds[last] == "labels"


def _kind_of_row(layout: Layout, grid: Grid, row: int) -> str:
    panes = [pane for pane in grid.row(row) if not pane.blank]
    labels = [pane for pane in panes if layout.begins_with_stop(pane)]
    if not panes or (len(panes) == 1 and panes[0].column_span == grid.columns > 1):
        return ""
    if not labels:
        return "values"
    bare = len(labels) == len(panes) and not any(_more_than_label(layout, pane) for pane in labels)
    return "labels" if bare else ""


def _more_than_label(layout: Layout, pane: Pane) -> bool:
    return any(atom.written and atom.key and id(atom) not in layout.printed for atom in pane.atoms)


def area_of(layout: Layout, pane: Pane) -> Span:
    """The rows under a heading, as wide as the heading reaches, until a row in which an anchor begins."""
    span = Span(how="cell-below")
    grid = pane.grid
    if grid is None:
        return span
    others = [one.column for one in grid.row(pane.row) if one.column > pane.column and layout.has_stop(one)]
    right = min(others, default=grid.columns)
    for row in range(pane.row + pane.row_span, grid.rows):
        cells = [one for one in grid.row(row) if one.row == row and pane.column <= one.column < right]
        if any(layout.begins_with_stop(one) for one in cells):
            break
        span.page = grid.page
        span.lines += [line for one in cells for line in written_lines(one)]
    return span


def span_beyond(layout: Layout, pane: Pane) -> Span:
    """What stands in the cells beside a headed cell, else in those below."""
    beside = beside_of(layout, pane)
    return beside if beside.written else area_of(layout, pane)


def _until_stop(layout: Layout, pane: Pane) -> list[list[Atom]]:
    lines: list[list[Atom]] = []
    for strip in pane.strips:
        if strip.grid is not None:
            for inner in strip.grid.panes:
                lines += written_lines(inner)
            continue
        end = layout.first_stop(strip)
        lines.append(strip.atoms[:end])
        if end < len(strip.atoms):
            break
    return lines


def shared_of(layout: Layout, hit: Hit, beside: Span) -> Span:
    """Several labels in one cell share the next cell line by line; unequal numbers can't be told apart."""
    labels = sorted(
        (stop for stop in set(layout.stops.values()) if stop.pane is hit.pane), key=lambda stop: stop.place
    )
    if len(labels) < 2 or hit not in labels:
        return beside
    lines = [line for line in beside.lines if any(atom.written for atom in line)]
    mine = labels.index(hit)
    level = _level(lines, labels)
    if level is not None:
        return Span(
            [line for line, label in level if label is hit], beside.page, beside.how, True, beside.doubts
        )
    every = beside.lines
    if len(lines) == len(labels):
        chosen = lines[mine]
    elif len(every) == len(labels):
        chosen = every[mine]
    else:
        chosen = lines[mine] if mine < len(lines) else []
        beside.doubt("cannot-align", "Det er uklart hvilken linje i ruten som hører til feltet.")
    return Span([chosen], beside.page, beside.how, True, beside.doubts)


def _level(lines: list[list[Atom]], labels: list[Hit]) -> list[tuple[list[Atom], Hit]] | None:
    """Each line with the one label that stands at its height; None when some line has none,
    or two share one, or the lines run on from the first label and so may have closed up."""
    pairs: list[tuple[list[Atom], Hit]] = []
    for line in lines:
        at = box_of([[atom for atom in line if atom.written]])
        for label in labels:
            box = label.strip.atoms[label.start].box
            if (
                at is not None
                and box is not None
                and abs(at.bottom - box.bottom) <= 0.4 * (at.bottom - at.top)
            ):
                pairs.append((line, label))
    apart = len({id(line) for line, _ in pairs}) == len({id(label) for _, label in pairs}) == len(lines)
    skipped = bool(pairs) and pairs[-1][1] is not labels[min(len(lines), len(labels)) - 1]
    return pairs if apart and skipped and len(pairs) == len(lines) else None
