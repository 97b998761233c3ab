"""The room that each field's value has on a scanned form: the picture is asked whether all that stands there was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pipeline.domain import Box, Doubt, FieldRoom, Finding, Findings, union
from pipeline.extraction._atoms import keyed
from pipeline.extraction._cells import under_of
from pipeline.extraction._grids import Heads, cells, find_heads, rows_of
from pipeline.extraction._hits import Hit, covered
from pipeline.extraction._layout import Layout
from pipeline.extraction._list_rooms import list_rooms
from pipeline.extraction._places import choose
from pipeline.extraction._rows import body_of
from pipeline.extraction._sheet import Pane
from pipeline.extraction._signing import WIDE, beside, until
from pipeline.forms import FieldSpec, FormSpec, Kind, Place, PlaceKind

UNREAD = Doubt(code="unread-ink", text="Det står noe på feltets plass som ikke kunne leses.")
MORE = Doubt(code="unread-ink", text="Det står mer på feltets plass enn det som kunne leses.")
_MARKED = (Kind.TICK, Kind.YES_NO)
_OVER, _UNDER = 3.0, 4.0
"""Points over and under a label in which what is written beside it lies."""
_HIGH = 12.0
"""Points over a label in which the middle of its signature lies."""
_LINE = 1.5
"""Heights of a label: so far under it the next line is written on, where none is printed nearer."""
_LEAST = 6.0
"""Points: less room than this holds no value."""
_SLACK = 1.0
"""Points over and under a value in which ink beside it belongs to it."""
_APART = 3.0
"""Points before the next column."""
_FULL = 1e5
"""Points: no page is so wide."""


def field_rooms(layout: Layout, spec: FormSpec, fields: Mapping[str, Finding]) -> tuple[FieldRoom, ...]:
    """For each field that would be taken without a doubt: where its value stands, or where it would if it were not empty."""
    found: list[FieldRoom] = []
    for one in spec.fields:
        finding = fields[one.id]
        if one.kind in _MARKED or finding.doubts or not finding.anchored or finding.inked:
            continue
        for place in one.places:
            if place.kind is PlaceKind.CHECKLIST:
                names = [name for name in one.columns if place.columns.get(name)]
                found += [FieldRoom(one.id, page, (box,)) for page, box in list_rooms(layout, place, names)]
                break
            hit, _ = choose(layout, place)
            if hit is None:
                continue
            if one.kind is Kind.SIGNATURE:
                found.append(FieldRoom(one.id, hit.last.page, tuple(_signing(layout, hit))))
            elif place.kind is PlaceKind.TABLE:
                found += _table(layout, one, place, hit)
            elif one.kind is Kind.ROWS:
                found += _told(one, finding)
            else:
                boxes = tuple(filter(_holds_text, _rooms(layout, one, place, hit)))
                if finding.raw and place.kind is not PlaceKind.ROW:
                    boxes = tuple(_lines_of(finding, boxes, hit))
                found.append(FieldRoom(one.id, hit.last.page, boxes, empty=not finding.raw))
            break
    return tuple(room for room in found if room.boxes)


def _table(layout: Layout, field: FieldSpec, place: Place, hit: Hit) -> Iterator[FieldRoom]:
    """The cells of a ruled table under its headings, page by page."""
    grid = hit.pane.grid
    heads = find_heads(layout, grid, place, hit.pane.row) if grid is not None else None
    if grid is None or heads is None or not set(field.columns) <= set(heads.columns):
        return
    is_head = any(keyed(text) == hit.key for texts in place.columns.values() for text in texts)
    columns = [column for name in field.columns for column in heads.columns[name]]
    for part, row, last in body_of(layout, hit, grid, heads, place, is_head=is_head):
        if part.drawn:
            under = cells(part, range(row, last), columns)
            boxes = [pane.box for pane in under if pane.box is not None and pane is not hit.pane]
            yield FieldRoom(field.id, part.page, tuple(filter(_holds_text, boxes)))


def _signing(layout: Layout, hit: Hit) -> Iterator[Box]:
    """Right of a label to sign at, as far as no other label of its row stands, whatever cells a signature hides."""
    label = union([atom.box for atom in covered(hit) if atom in hit.last.atoms])
    pane, grid = hit.pane, hit.pane.grid
    if label is None:
        return
    right = until(layout, hit)
    if grid is not None and grid.drawn and layout.first_stop(hit.last, hit.end) == len(hit.last.atoms):
        later = [one for one in grid.row(pane.row) if one.column > pane.column and one.box is not None]
        stopped = [one.box.x0 for one in later if one.box and one.row == pane.row and layout.has_stop(one)]
        right = min(stopped, default=max((one.box.x1 for one in later if one.box), default=right))
    yield Box(label.x1, label.top - _HIGH, right, label.bottom + _UNDER)


def _told(field: FieldSpec, finding: Finding) -> Iterator[FieldRoom]:
    """Where the texts of rows stand that were found without a table's headings."""
    texts = [
        cell
        for row in finding.rows
        for name, cell in row.items()
        if cell.raw and field.columns.get(name, Kind.TEXT) not in (*_MARKED, Kind.SIGNATURE)
    ]
    for cell in texts:
        if cell.page is not None and cell.box is not None:
            yield FieldRoom(field.id, cell.page, (cell.box,))


def _lines_of(finding: Finding, boxes: Iterable[Box], hit: Hit) -> Iterator[Box]:
    """What of a room lies beside a value that was found in it."""
    value = finding.box
    if value is None or finding.page != hit.last.page:
        return
    for box in boxes:
        part = _inside(box, Box(box.x0, value.top - _SLACK, box.x1, value.bottom + _SLACK))
        if _holds_text(part):
            yield part


def not_read(findings: Findings, rooms: Iterable[FieldRoom]) -> Findings:
    """The findings with a doubt for each of these fields: something stands there that was not read."""
    fields = dict(findings.fields)
    for room in rooms:
        found = fields[room.field]
        if found.raw or found.doubts:
            fields[room.field] = found if found.doubts else replace(found, doubts=(MORE,))
            continue
        box = union(list(room.boxes))
        fields[room.field] = replace(found, page=room.page, box=box, doubts=(UNREAD,), confidence=0.0)
    return replace(findings, fields=fields)


def _holds_text(box: Box) -> bool:
    return box.x1 - box.x0 >= _LEAST and box.bottom - box.top >= _LEAST


def _rooms(layout: Layout, field: FieldSpec, place: Place, hit: Hit) -> Iterator[Box]:
    grid = hit.pane.grid
    if place.kind is PlaceKind.ROW and place.column not in ("", "yes_no") and grid is not None:
        heads = find_heads(layout, grid, place, hit.pane.row)
        if place.column in heads.columns:
            columns = heads.columns[place.column]
            if not grid.drawn:
                yield from _unruled(hit, heads, columns)
                return
            under = cells(grid, rows_of(hit), columns)
            yield from (pane.box for pane in under if pane.box is not None and pane is not hit.pane)
            return
    if place.kind in (PlaceKind.LABEL, PlaceKind.ROW, PlaceKind.CELL):
        yield from _by_label(layout, hit, long=field.long, inside=place.inside)
        if place.kind is PlaceKind.CELL and grid is None:
            yield from _area(layout, hit)
        if place.part and (grid is None or not grid.drawn):
            yield from _over(layout, hit)


def _unruled(hit: Hit, heads: Heads, columns: list[int]) -> Iterator[Box]:
    """Beside a row's label, under a heading and as far as the next one, where nobody ruled the cells."""
    label = union([atom.box for atom in covered(hit)])
    row = heads.head_grid.row(heads.head_row) if heads.head_grid is not None else []
    own = [pane.box for pane in row if pane.column in columns and pane.box is not None]
    after = [pane.box.x0 for pane in row if pane.column > max(columns) and pane.box is not None]
    if label is not None and own:
        right = min(after, default=_FULL) - _APART
        yield Box(min(box.x0 for box in own) - _APART, label.top - _OVER, right, label.bottom + _UNDER)


def _area(layout: Layout, hit: Hit) -> Iterator[Box]:
    """The room under a heading down to where the next section begins, on the open page."""
    label = union([atom.box for atom in covered(hit)])
    starts = [start.strip for start, _ in layout.starts if start.place > hit.place]
    strip = hit.last
    while strip.next is not None and strip.next.page == hit.last.page and strip.next not in starts:
        if strip.next.grid is not None:
            break
        strip = strip.next
    if label is not None and strip.box is not None and strip is not hit.last:
        yield Box(label.x0 - _APART, label.bottom + 1, _FULL, strip.box.bottom + 1)


def _over(layout: Layout, hit: Hit) -> Iterator[Box]:
    """The line over a label that is printed under it."""
    label = union([atom.box for atom in covered(hit)])
    if label is not None:
        yield Box(label.x0, label.top - _LINE * (label.bottom - label.top), until(layout, hit), label.top - 1)


def _by_label(layout: Layout, hit: Hit, *, long: bool, inside: bool) -> Iterator[Box]:
    """After a label on its line, under it, and in the cells beside it or, where none are, in the cell under it."""
    label = union([atom.box for atom in covered(hit) if atom in hit.last.atoms])
    if label is None:
        return
    pane, grid = hit.pane, hit.pane.grid
    ruled = pane.box if grid is not None and grid.drawn else None
    right = until(layout, hit)
    line = Box(label.x1, label.top - _OVER, right, label.bottom + _UNDER)
    yield line if ruled is None else _inside(line, ruled)
    below = _below(layout, hit, label, right, ruled, long=long)
    if below is not None:
        yield below
    if inside or grid is None or ruled is None:
        return
    several = any(stop.pane is pane and stop.place != hit.place for stop in layout.stops.values())
    rooms = list(beside(layout, grid, pane))
    for room in rooms:
        yield (
            _inside(room, Box(room.x0, label.top - _OVER, room.x1, label.bottom + _UNDER))
            if several
            else room
        )
    if not rooms and ruled.x1 - label.x1 < WIDE and not several:
        yield from _cell_under(layout, pane)


def _cell_under(layout: Layout, pane: Pane) -> Iterator[Box]:
    grid = pane.grid
    if grid is not None and under_of(layout, pane).room:
        below = grid.at(pane.row + pane.row_span, pane.column)
        if below is not None and below.box is not None:
            yield below.box


def _below(
    layout: Layout, hit: Hit, label: Box, right: float, ruled: Box | None, *, long: bool
) -> Box | None:
    """The room under a label down to the next line; in a cell of its own, and for a long text, down to its end."""
    strip = hit.last.next
    while strip is not None and not strip.atoms and strip.grid is None:
        strip = strip.next
    foot = label.bottom + _LINE * (label.bottom - label.top)
    if ruled is not None:
        foot = ruled.bottom
    if strip is not None and strip.page == hit.last.page and strip.box is not None:
        stopped = (
            strip.grid is not None or layout.first_stop(strip) < len(strip.atoms) or layout.is_print(strip)
        )
        if stopped:
            foot = min(foot, strip.box.top)
        elif long:
            foot = max(foot, strip.box.top)
    box = Box(label.x0, label.bottom + 1, min(right, _FULL), foot)
    return box if ruled is None else _inside(box, ruled)


def _inside(box: Box, outer: Box) -> Box:
    return Box(
        max(box.x0, outer.x0), max(box.top, outer.top), min(box.x1, outer.x1), min(box.bottom, outer.bottom)
    )
