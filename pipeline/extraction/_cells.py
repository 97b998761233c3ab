"""Values in the cells round a label: beside it, below it, or shared line by line by several labels."""

from __future__ import annotations

from pipeline.extraction._atoms import Atom
from pipeline.extraction._hits import Hit
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Pane
from pipeline.extraction._spans import Span, written_lines


def beside_of(layout: Layout, pane: Pane) -> Span:
    """The cells to the right, until one that begins with an anchor."""
    span = Span(how="next-cell")
    grid = pane.grid
    if grid is None:
        return span
    seen: list[Pane] = []
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
            span.lines += _until_stop(layout, right)
        if stopped:
            break
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


def span_beyond(layout: Layout, pane: Pane) -> Span:
    """What stands in the cells beside a headed cell, else in the one below."""
    beside = beside_of(layout, pane)
    return beside if beside.written else under_of(layout, pane)


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
    every = beside.lines
    if len(lines) == len(labels):
        chosen = lines[mine]
    elif len(every) == len(labels):
        chosen = every[mine]
    else:
        chosen = lines[mine] if mine < len(lines) else []
        beside.doubt("cannot-align", "Det er uklart hvilken linje i ruten som hører til feltet.")
    return Span([chosen], beside.page, beside.how, True, beside.doubts)
