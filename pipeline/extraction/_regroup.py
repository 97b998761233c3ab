"""Tables that nobody ruled: lines under a line of headings are put into the cells they would have stood in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.domain import Box, Page, union
from pipeline.extraction._hits import Hit, Strength
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Atom, AtomKind, Grid, Pane, Sheet, Strip, keyed, renumber
from pipeline.forms import Place, PlaceKind

_LEFT = 9.0
"""Points by which a value may begin left of its column's heading."""
_FOOT, _HEAD = 0.915, 0.075
"""The margins in which running print stands, as shares of the page's height."""
_STEP = 100.0
"""What a tab counts for where a file has no places."""


def drop_running_print(layout: Layout, region: tuple[Page, ...]) -> None:
    """Take out lines in a page's margins that stand apart from the rest and hold no anchor of the form."""
    heights = {page.number: page.height for page in region if page.height}
    strips = layout.sheet.open.strips
    static = {keyed(text) for text in layout.spec.static}
    dropped: list[Strip] = []
    for strip in strips:
        height = heights.get(strip.page)
        if height is None or strip.box is None or strip.grid is not None:
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
        if away > 1.4 * (strip.box.bottom - strip.box.top) and not _anchored(layout, strip, static):
            dropped.append(strip)
    layout.sheet.open.strips = [strip for strip in strips if strip not in dropped]
    renumber(layout.sheet)


def _anchored(layout: Layout, strip: Strip, static: set[str]) -> bool:
    """Whether a line holds an anchor that is more than printed prose."""
    stops = [layout.stop_at(strip, index) for index in range(len(strip.atoms))]
    return any(stop is not None and stop.key not in static for stop in stops)


def _apart(one: Box, other: Box) -> float:
    return max(other.top - one.bottom, one.top - other.bottom, 0.0)


def open_frames(layout: Layout) -> bool:
    """Read tables of one column, and frames round several fields, as open page: only their rows are ruled."""
    changed = False
    number = 0
    strips = layout.sheet.open.strips
    while number < len(strips):
        grid = strips[number].grid
        if grid is None or grid.columns != 1 or (grid.rows == 1 and _anchors(layout, grid) < 2):
            number += 1
            continue
        lines = [(strip, pane.row) for pane in grid.panes for strip in pane.strips]
        for strip, row in lines:
            strip.ruled = (id(grid), row) if grid.rows > 1 else None
        strips[number : number + 1] = [strip for strip, _ in lines]
        changed = True
    renumber(layout.sheet)
    return changed


def _anchors(layout: Layout, grid: Grid) -> int:
    return sum(any(pane is hit.pane for pane in grid.panes) for hit in layout.stops.values())


def regroup(layout: Layout) -> bool:
    """Make tables of what stands in columns without lines; True when anything changed."""
    changed = False
    for pane in [layout.sheet.open, *(pane for grid in layout.sheet.grids for pane in grid.panes)]:
        changed = _columns_of_sections(layout, pane) or changed
        changed = _tables(layout, pane) or changed
    if changed:
        renumber(layout.sheet)
    return changed


def _columns_of_sections(layout: Layout, pane: Pane) -> bool:
    """Sections that begin side by side on one line run side by side below it."""
    changed = False
    number = 0
    while number < len(pane.strips):
        strip = pane.strips[number]
        starts = [hit for hit, _ in layout.starts if hit.strip is strip]
        number += 1
        if len(starts) < 2 or any(hit.strength is not Strength.SURE for hit in starts):
            continue
        edges = [place_of(strip, hit.start) - _LEFT for hit in sorted(starts, key=lambda hit: hit.start)]
        last = number
        while last < len(pane.strips) and not _ends_columns(layout, pane.strips[last], starts):
            last += 1
        body = pane.strips[number - 1 : last]
        cells = [[_part(one, edges, column) for one in body] for column in range(len(edges))]
        _replace(pane, number - 1, last, [[_filled(cell, body) for cell in cells]], strip.page)
        changed = True
    return changed


def _ends_columns(layout: Layout, strip: Strip, starts: list[Hit]) -> bool:
    return strip.grid is not None or any(hit.strip is strip for hit, _ in layout.starts if hit not in starts)


def place_of(strip: Strip, index: int) -> float:
    """Where an atom begins: points from the left, or its number of tabs where the file has no places."""
    atom = strip.atoms[index]
    if atom.box is not None:
        return atom.box.x0
    return _STEP * sum(one.kind is AtomKind.GAP for one in strip.atoms[:index])


def middle_of(strip: Strip, index: int) -> float:
    """The middle of an atom, as ``place_of``."""
    atom = strip.atoms[index]
    return (atom.box.x0 + atom.box.x1) / 2 if atom.box is not None else place_of(strip, index)


def chunk_ranges(strip: Strip, splits: frozenset[int] = frozenset()) -> list[tuple[int, int]]:
    """The pieces of a line between gaps (and before ``splits``); boxes, entries and ink stand alone."""
    ranges: list[tuple[int, int]] = []
    start = 0
    for index, atom in enumerate([*strip.atoms, Atom(AtomKind.GAP)]):
        if atom.kind in (AtomKind.WORD, AtomKind.FILL):
            if index in splits and index > start:
                ranges.append((start, index))
                start = index
            continue
        if index > start:
            ranges.append((start, index))
        if atom.kind is not AtomKind.GAP:
            ranges.append((index, index + 1))
        start = index + 1
    return ranges


def _column(x: float, edges: list[float]) -> int:
    return max((number for number, edge in enumerate(edges) if x >= edge), default=0)


def _part(strip: Strip, edges: list[float], column: int) -> list[Atom]:
    """The pieces of a line that stand in one column; a box goes with the words after it."""
    atoms: list[Atom] = []
    for start, end in chunk_ranges(strip):
        if _column(place_of(strip, start), edges) == column:
            if atoms:
                atoms.append(Atom(AtomKind.GAP))
            atoms += strip.atoms[start:end]
    return atoms


def _filled(lines: list[list[Atom]], body: list[Strip]) -> list[tuple[list[Atom], int]]:
    return [(atoms, strip.page) for atoms, strip in zip(lines, body, strict=True) if atoms]


Cells = list[list[list[tuple[list[Atom], int]]]]


def _replace(pane: Pane, first: int, last: int, rows: Cells, page: int) -> None:
    """Put a table in the place of some lines."""
    strip = Strip(pane=pane, atoms=[], page=page, order=0, local=first, box=None)
    grid = Grid(rows=len(rows), columns=max(map(len, rows)), page=page, strip=strip, drawn=False)
    strip.grid = grid
    for row, cells in enumerate(rows):
        for column, lines in enumerate(cells):
            cell = Pane(grid=grid, row=row, column=column)
            cell.box = union([atom.box for atoms, _ in lines for atom in atoms])
            for atoms, on in lines:
                box = union([atom.box for atom in atoms])
                cell.strips.append(Strip(cell, atoms, on, 0, len(cell.strips), box))
            grid.panes.append(cell)
            grid.covers[row, column] = cell
    pane.strips[first:last] = [strip]
    for number, one in enumerate(pane.strips):
        one.local = number


@dataclass(slots=True)
class _Head:
    """A line of headings: where each column begins, and which are only for ticks."""

    strip: Strip
    place: Place
    first: int
    last: int
    edges: list[float] = field(default_factory=list)
    ticks: list[tuple[int, float]] = field(default_factory=list)
    labelled: bool = False
    splits: dict[int, frozenset[int]] = field(default_factory=dict)


def _tables(layout: Layout, pane: Pane) -> bool:
    changed = False
    number = 0
    while number < len(pane.strips):
        head = _head(layout, pane, number)
        if head is None:
            number += 1
            continue
        last = head.last + 1
        while last < len(pane.strips) and not _ends_table(layout, pane.strips[last], head):
            last += 1
        if last > head.last + 1:
            _replace(pane, head.first, last, _rows(layout, pane, head, last), head.strip.page)
            changed = True
        number = head.first + 1
    return changed


def _head(layout: Layout, pane: Pane, number: int) -> _Head | None:
    """The headings on a line, when there are at least two of one table."""
    strip = pane.strips[number]
    if strip.grid is not None:
        return None
    here = [hit for hit in layout.hits if hit.strip is strip and hit.whole]
    best: tuple[int, Place, list[Hit], dict[str, str]] | None = None
    for place in [place for one in layout.spec.fields for place in one.places] if len(here) > 1 else []:
        if not place.columns or place.kind is PlaceKind.SIGNATURES:
            continue
        keys = {keyed(text): name for name, texts in place.columns.items() for text in texts}
        found = [hit for hit in here if hit.key in keys]
        names = {keys[hit.key] for hit in found}
        if place.kind is PlaceKind.CHECKLIST and (names != {"yes", "no"} or len(found) < 4):
            continue
        if len(names) >= 2 and _in_section(layout, place, found, pane, number):
            best = (
                max(best, (len(found), place, found, keys), key=lambda one: one[0])
                if best
                else (len(found), place, found, keys)
            )
    return _measured(layout, strip, *best[1:], number) if best else None


def _in_section(layout: Layout, place: Place, found: list[Hit], pane: Pane, number: int) -> bool:
    """The headings stand in the place's section, or its section begins on the next lines."""
    if not place.within or any(layout.section(hit) == place.within for hit in found):
        return True
    following = pane.strips[number + 1 : number + 3]
    return any(key == place.within and hit.strip in following for hit, key in layout.starts)


def _measured(
    layout: Layout, strip: Strip, place: Place, found: list[Hit], keys: dict[str, str], number: int
) -> _Head:
    head = _Head(strip, place, number, number)
    found.sort(key=lambda hit: hit.start)
    head.splits[id(strip)] = frozenset(hit.start for hit in found)
    label = keyed(place.texts[0]) if place.texts else ""
    head.labelled = not any(keyed(text) == hit.key for text in place.texts for hit in found) or not label
    edges = [place_of(strip, hit.start) - _LEFT for hit in found]
    head.edges = [-1e9, *edges] if head.labelled else [-1e9, *edges[1:]]
    shift = 1 if head.labelled else 0
    for position, hit in enumerate(found):
        if keys[hit.key] in ("yes", "no"):
            middle = (middle_of(strip, hit.start) + middle_of(strip, hit.end - 1)) / 2
            head.ticks.append((position + shift, middle))
    if place.kind is PlaceKind.CHECKLIST:
        _take_groups(layout, strip, head)
    return head


def _take_groups(layout: Layout, strip: Strip, head: _Head) -> None:
    """The group headings stand on the lines above JA and NEI."""
    keys = {keyed(text) for name, texts in head.place.columns.items() for text in texts}
    while head.first > 0:
        above = strip.pane.strips[head.first - 1]
        if above.grid is None and not above.atoms:
            head.first -= 1
            continue
        known = [hit for hit in layout.hits if hit.strip is above or hit.last is above]
        broken = above.atoms and not any(hit.key not in keys for hit in known) and _narrow(above, head)
        if above.grid is None and broken and strip.local - above.local <= 3:
            head.first -= 1
            head.splits[id(above)] = frozenset(hit.start for hit in known)
        else:
            break


def _narrow(strip: Strip, head: _Head) -> bool:
    """Whether everything on a line stands over the tick columns."""
    left = min(middle for _, middle in head.ticks) - 60
    return all(place_of(strip, start) > left for start, _ in chunk_ranges(strip))


def _ends_table(layout: Layout, strip: Strip, head: _Head) -> bool:
    """A section begins there, further headings stand there, or a ruled table."""
    if strip.grid is not None:
        return True
    if any(hit.strip is strip and key != head.place.within for hit, key in layout.starts):
        return not _labels_row(layout, strip, head)
    heads = {keyed(text) for name in ("yes", "no") for text in head.place.columns.get(name, ())}
    return sum(hit.strip is strip and hit.key in heads and hit.whole for hit in layout.hits) >= 2


def _labels_row(layout: Layout, strip: Strip, head: _Head) -> bool:
    """A section start that is also a row's label of the same table."""
    keys = {keyed(text) for text in head.place.texts}
    return any(hit.strip is strip and hit.key in keys for hit in layout.hits)


def _rows(layout: Layout, pane: Pane, head: _Head, last: int) -> Cells:
    body = pane.strips[head.last + 1 : last]
    rows: Cells = [
        [_filled([_cell(one, head, column)], [one]) for column in range(len(head.edges))]
        for one in pane.strips[head.first : head.last + 1]
    ]
    for group in _grouped(layout, body, head):
        rows.append(
            [_filled([_cell(one, head, column) for one in group], group) for column in range(len(head.edges))]
        )
    return rows


def _cell(strip: Strip, head: _Head, column: int) -> list[Atom]:
    atoms: list[Atom] = []
    for start, end in chunk_ranges(strip, head.splits.get(id(strip), frozenset())):
        atom = strip.atoms[start]
        if atom.kind is AtomKind.MARK and head.ticks and _over_ticks(middle_of(strip, start), head):
            here = min(head.ticks, key=lambda tick: abs(tick[1] - middle_of(strip, start)))[0]
        elif strip is head.strip or strip.local < head.strip.local:
            middle = (middle_of(strip, start) + middle_of(strip, end - 1)) / 2
            here = (
                min(head.ticks, key=lambda tick: abs(tick[1] - middle))[0]
                if strip is not head.strip and head.ticks
                else _column(place_of(strip, start), head.edges)
            )
        else:
            here = _column(place_of(strip, start), head.edges)
        if here == column:
            if atoms:
                atoms.append(Atom(AtomKind.GAP))
            atoms += strip.atoms[start:end]
    return atoms


def _over_ticks(x: float, head: _Head) -> bool:
    """Whether a box stands under the tick columns, not before a line's words."""
    left = min(middle for _, middle in head.ticks)
    return x > left - 40


def _grouped(layout: Layout, body: list[Strip], head: _Head) -> list[list[Strip]]:
    """Lines that make one row: a label broken over lines, and lines without label under it."""
    groups: list[list[Strip]] = []
    keys = _label_keys(layout, head)
    left = [_left_key(strip, head) for strip in body]
    if all(strip.ruled is not None for strip in body):
        return _by_rules(body)
    number = 0
    while number < len(body):
        taken = _label_length(left, number, keys)
        if taken:
            groups.append(body[number : number + taken])
            number += taken
            continue
        strip = body[number]
        alone = bool(left[number])
        if (
            groups
            and not alone
            and not _starts_row(strip, head)
            and not _stands_apart(strip, groups[-1], head)
        ):
            groups[-1].append(strip)
        elif strip.atoms:
            groups.append([strip])
        number += 1
    return groups


def _by_rules(body: list[Strip]) -> list[list[Strip]]:
    """The lines between the rules are one row."""
    groups: list[list[Strip]] = []
    for strip in body:
        if groups and groups[-1][0].ruled == strip.ruled:
            groups[-1].append(strip)
        elif strip.atoms:
            groups.append([strip])
    return groups


def _starts_row(strip: Strip, head: _Head) -> bool:
    """In a table without labels at the left, a line begins a row when its first column is written in."""
    return not head.labelled and bool(_cell(strip, head, 0))


def _stands_apart(strip: Strip, group: list[Strip], head: _Head) -> bool:
    """In a table without labels, whether a line is too far under the row above to go on with it."""
    above = group[-1].box
    if head.labelled or above is None or strip.box is None:
        return False
    return strip.box.top - above.bottom > 0.5 * (strip.box.bottom - strip.box.top)


def _left_key(strip: Strip, head: _Head) -> str:
    if not head.labelled:
        return ""
    return "".join(atom.key for atom in _cell(strip, head, 0) if atom.kind is AtomKind.WORD)


def _label_keys(layout: Layout, head: _Head) -> set[str]:
    texts: Iterable[str] = (
        text
        for one in layout.spec.fields
        for place in one.places
        if place.within == head.place.within
        for text in place.texts
    )
    return {keyed(text) for text in texts} if head.labelled else set()


def _label_length(left: list[str], number: int, keys: set[str]) -> int:
    """How many lines a row's label takes from a line on; 0 when none begins there."""
    built, best = "", 0
    if not left[number]:
        return 0
    for later in range(number, min(number + 6, len(left))):
        built += left[later]
        if built in keys:
            best = later - number + 1
        elif not any(key.startswith(built) for key in keys):
            if not best and any(built.startswith(key) for key in keys if len(key) > 5):
                best = later - number + 1
            break
    return best
