"""What surrounds a form on its pages: running print in the margins, and frames that only rule rows."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.domain import Box, Page
from pipeline.extraction._atoms import keyed, keys_of, line_text
from pipeline.extraction._hits import find_hits
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Grid, Sheet, Strip, renumber
from pipeline.extraction._wording import wording_of
from pipeline.forms import FormSpec, PlaceKind

_FOOT, _HEAD = 0.915, 0.075
"""The margins in which running print stands, as shares of the page's height."""


def drop_strange_print(sheet: Sheet, spec: FormSpec, region: tuple[Page, ...]) -> None:
    """Take out running print without a single text of the form: no layout is needed to tell."""
    wording = wording_of(spec)
    static = keys_of(spec.static)

    def belongs(strip: Strip) -> bool:
        return any(hit.key not in static for hit in find_hits([strip], wording.vocabulary))

    _drop(sheet, region, belongs)


def drop_running_print(layout: Layout, region: tuple[Page, ...]) -> bool:
    """Take out running print that holds no anchor of the form. True when any was taken out."""
    static = keys_of(layout.spec.static)
    return _drop(layout.sheet, region, lambda strip: _anchored(layout, strip, static))


def _drop(sheet: Sheet, region: tuple[Page, ...], belongs: Callable[[Strip], bool]) -> bool:
    """Take out lines in a page's margins that stand apart from the rest and don't belong to the form."""
    heights = {page.number: page.height for page in region if page.height}
    strips = sheet.open.strips
    dropped: list[Strip] = []
    for strip in strips:
        height = heights.get(strip.page)
        if height is None or strip.box is None or strip.grid is not None or strip.ruled is not None:
            continue
        if _HEAD * height < strip.box.bottom and strip.box.top < _FOOT * height:
            continue
        near = [
            other.box
            for other in strips
            if other is not strip
            and other.page == strip.page
            and other.box is not None
            and other not in dropped
        ]
        away = min((_apart(strip.box, box) for box in near), default=1000.0)
        if away > 1.4 * (strip.box.bottom - strip.box.top) and not belongs(strip):
            dropped.append(strip)
    if dropped:
        sheet.open.strips = [strip for strip in strips if strip not in dropped]
        renumber(sheet)
    return bool(dropped)


def _anchored(layout: Layout, strip: Strip, static: frozenset[str]) -> bool:
    """Whether a line holds an anchor that is more than printed prose."""
    stops = [layout.stop_at(strip, index) for index in range(len(strip.atoms))]
    return any(stop is not None and stop.key not in static for stop in stops)


def _apart(one: Box, other: Box) -> float:
    return max(other.top - one.bottom, one.top - other.bottom, 0.0)


def open_columns(sheet: Sheet) -> None:
    """Read tables of one column as open page: only their rows are ruled."""
    _open(sheet, lambda _, grid: grid.rows > 1)


def open_frames(layout: Layout) -> bool:
    """Read frames round several fields as open page. True when any was opened."""
    strips = layout.sheet.open.strips
    opened = False

    def several(number: int, grid: Grid) -> bool:
        nonlocal opened
        opened = opened or any(strip.ruled for strip in strips[:number])
        on_top = number > 0 and strips[number - 1].page != strips[number].page
        opened_too = (opened and on_top) or _broken(strips, number) or _anchors(layout, grid) > 1
        opened_too = opened_too or _list_line(layout, grid)
        opened = opened or opened_too
        return opened_too

    return _open(layout.sheet, several)


def _open(sheet: Sheet, wanted: Callable[[int, Grid], bool]) -> bool:
    """Put the lines of some tables of one column in the tables' places; a table inside may be opened in its turn."""
    changed = False
    number = 0
    strips = sheet.open.strips
    while number < len(strips):
        grid = strips[number].grid
        if grid is None or grid.columns != 1 or not wanted(number, grid):
            number += 1
            continue
        lines = [(strip, pane.row) for pane in grid.panes for strip in pane.strips]
        for strip, row in lines:
            strip.ruled = (id(grid), row) if grid.rows > 1 else strip.ruled
        strips[number : number + 1] = [strip for strip, _ in lines]
        changed = True
    if changed:
        renumber(sheet)
    return changed


def _broken(strips: list[Strip], number: int) -> bool:
    """Whether a frame is broken by the end of the page: the next thing is a frame at the top of the next."""
    following = strips[number + 1] if number + 1 < len(strips) else None
    if following is None or following.page == strips[number].page:
        return False
    if following.grid is not None:
        return following.grid.columns == 1
    return following.ruled is not None and following.ruled[1] == 0


def _list_line(layout: Layout, grid: Grid) -> bool:
    """Whether a frame is but the shade behind one line of a list of ticks."""
    lines = {
        keyed(text)
        for one in layout.spec.fields
        for place in one.places
        if place.kind is PlaceKind.CHECKLIST
        for text in place.texts
    }
    told = [
        keyed(line_text(strip.atoms)) for pane in grid.panes for strip in pane.strips if strip.grid is None
    ]
    return "".join(told) in lines


def _anchors(layout: Layout, grid: Grid) -> int:
    return sum(any(pane is hit.pane for pane in grid.panes) for hit in layout.stops.values())
