"""What of a checklist's section its lines don't account for: crosses that no line took, and the rooms of the answers."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.domain import Box, MarkState, union
from pipeline.extraction._atoms import Atom, AtomKind, keys_of
from pipeline.extraction._checklist import read_grid
from pipeline.extraction._layout import Layout
from pipeline.extraction._misread_lines import misread_lines
from pipeline.extraction._sheet import Pane
from pipeline.extraction._ticks import state_of
from pipeline.forms import Place


def list_rooms(layout: Layout, place: Place, names: list[str]) -> Iterator[tuple[int, Box]]:
    """On each page, the room of the answers; and that of a line which nobody printed."""
    printed = {id(hit.pane) for hit in layout.hits_of(keys_of(place.texts))} | set(
        misread_lines(layout, place)
    )
    for grid in layout.sheet.grids:
        found = read_grid(layout, grid, place, names, "item")
        if found is None:
            continue
        boxes = [pane.box for pane in found.panes if pane.box is not None]
        heights: dict[int, list[Box | None]] = {}
        for row in sorted({pane.row for pane in found.panes}):
            for pane in grid.row(row):
                for strip in pane.strips:
                    heights.setdefault(strip.page, []).append(strip.box)
            first = grid.row(row)[0]
            if grid.drawn and first.box is not None:
                heights.setdefault(grid.page, []).append(first.box)
            if id(first) not in printed and first.box is not None and first.strips and _ticked(grid.row(row)):
                yield first.strips[0].page, first.box
        for page, lines in heights.items():
            high = union(lines)
            if high is not None and boxes:
                left, right = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
                yield page, Box(left, high.top, right, high.bottom)


def crosses_lost(layout: Layout, place: Place, panes: list[Pane], heads: list[Pane]) -> bool:
    """Whether something is ticked in the checklist's section, from its first answer on, that stands in none of these cells.

    ``heads``: headings of which letters were taken for boxes.
    """
    if not panes:
        return False
    taken = {id(atom) for pane in (*panes, *heads) for atom in pane.atoms}
    first = min(pane.grid.strip.order for pane in panes if pane.grid is not None)
    left = min((pane.box.x0 for pane in panes if pane.box is not None), default=0.0)
    begun = [(start.strip.order, key) for start, key in layout.starts]
    for strip in layout.sheet.strips:
        section = next((key for order, key in reversed(begun) if order <= strip.order), place.within)
        if strip.order >= first and section == place.within:
            lost = [atom for atom in strip.atoms if id(atom) not in taken and _is_cross(atom)]
            if any(atom.box is None or atom.box.x1 > left for atom in lost):
                return True
    return False


def _ticked(panes: list[Pane]) -> bool:
    return any(_is_cross(atom) for pane in panes for atom in pane.atoms)


def _is_cross(atom: Atom) -> bool:
    return atom.kind is AtomKind.MARK and state_of([atom]).state is not MarkState.OFF
