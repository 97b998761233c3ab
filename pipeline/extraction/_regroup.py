"""Tables that nobody ruled: lines under a line of headings are put into the cells they would have stood in."""

from __future__ import annotations

from pipeline.domain import union
from pipeline.extraction._atoms import Atom, AtomKind, keyed
from pipeline.extraction._hits import Hit, Strength
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Grid, Pane, Strip, renumber
from pipeline.extraction._unruled import (
    LEFT,
    OVERHANG,
    Head,
    beginnings,
    cell_atoms,
    chunk_ranges,
    column_of,
    grouped,
    middle_of,
    place_of,
)
from pipeline.forms import Place, PlaceKind


def regroup(layout: Layout) -> bool:
    """Make tables of what stands in columns without lines; True when anything changed."""
    changed = False
    panes = [layout.sheet.open, *(pane for grid in layout.sheet.grids for pane in grid.panes)]
    crowded = layout.crowded()
    for pane in [pane for pane in panes if id(pane) in crowded]:
        changed = _columns_of_sections(layout, pane) or changed
        changed = _tables(layout, pane) or changed
    if changed:
        renumber(layout.sheet)
    return changed


def _columns_of_sections(layout: Layout, pane: Pane) -> bool:
    """Sections that begin side by side on one line run side by side below it."""
    changed = False
    number = 0
    beginnings = {id(hit.strip) for hit, _ in layout.starts}
    while number < len(pane.strips):
        strip = pane.strips[number]
        if id(strip) not in beginnings:
            number += 1
            continue
        starts = [hit for hit, _ in layout.starts if hit.strip is strip]
        number += 1
        if len(starts) < 2 or any(hit.strength is not Strength.SURE for hit in starts):
            continue
        edges = [place_of(strip, hit.start) - LEFT for hit in sorted(starts, key=lambda hit: hit.start)]
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


def _part(strip: Strip, edges: list[float], column: int) -> list[Atom]:
    """The pieces of a line that stand in one column; a box goes with the words after it."""
    atoms: list[Atom] = []
    for start, end in chunk_ranges(strip, beginnings(strip, edges)):
        if column_of(place_of(strip, start), edges) == column:
            if atoms:
                atoms.append(Atom(AtomKind.GAP))
            atoms += strip.atoms[start:end]
    return atoms


def _filled(lines: list[list[Atom]], body: list[Strip]) -> list[tuple[list[Atom], int]]:
    filled: list[tuple[list[Atom], int]] = []
    for atoms, strip in zip(lines, body, strict=True):
        if filled and atoms and filled[-1][1] == strip.page and _one_line(filled[-1][0], atoms):
            both = [*filled[-1][0], *atoms]
            filled[-1] = (sorted(both, key=lambda atom: atom.box.x0 if atom.box else 0.0), strip.page)
        elif atoms:
            filled.append((atoms, strip.page))
    return filled


def _one_line(atoms: list[Atom], more: list[Atom]) -> bool:
    """Whether words that were read as two lines stand side by side at one height."""
    one, other = union([atom.box for atom in atoms]), union([atom.box for atom in more])
    if one is None or other is None or any(atom.kind is not AtomKind.WORD for atom in (*atoms, *more)):
        return False
    apart = one.x1 <= other.x0 + 1 or other.x1 <= one.x0 + 1
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return apart and overlap > 0.6 * min(one.bottom - one.top, other.bottom - other.top)


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


def _head(layout: Layout, pane: Pane, number: int) -> Head | None:
    """The headings on a line, when there are at least two of one table."""
    strip = pane.strips[number]
    if strip.grid is not None:
        return None
    here = layout.hits_on(strip)
    if len(here) < 2:
        return None
    here = [hit for hit in here if hit.whole]
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
) -> Head:
    head = Head(strip, place, number, number)
    found.sort(key=lambda hit: hit.start)
    head.splits[id(strip)] = frozenset(hit.start for hit in found)
    label = keyed(place.texts[0]) if place.texts else ""
    head.labelled = not any(keyed(text) == hit.key for text in place.texts for hit in found) or not label
    edges = [place_of(strip, hit.start) - LEFT for hit in found]
    head.edges = [-1e9, *edges] if head.labelled else [-1e9, *edges[1:]]
    shift = 1 if head.labelled else 0
    for position, hit in enumerate(found):
        if keys[hit.key] in ("yes", "no"):
            middle = (middle_of(strip, hit.start) + middle_of(strip, hit.end - 1)) / 2
            head.ticks.append((position + shift, middle))
    if place.kind is PlaceKind.CHECKLIST:
        _take_groups(layout, strip, head)
    return head


def _take_groups(layout: Layout, strip: Strip, head: Head) -> None:
    """The group headings stand on the lines above JA and NEI."""
    keys = {keyed(text) for name, texts in head.place.columns.items() for text in texts}
    while head.first > 0:
        above = strip.pane.strips[head.first - 1]
        if above.grid is None and not above.atoms:
            head.first -= 1
            continue
        known = [hit for hit in layout.hits if hit.strip is above or hit.last is above]
        groups = [hit for hit in known if hit.key in keys and hit.start and _over(above, hit.start, head)]
        broken = above.atoms and not any(hit.key not in keys for hit in known) and _narrow(above, head)
        broken = broken or len(groups) > 1
        if above.grid is None and broken and strip.local - above.local <= 3:
            head.first -= 1
            head.splits[id(above)] = frozenset(hit.start for hit in known)
        else:
            break


def _narrow(strip: Strip, head: Head) -> bool:
    """Whether everything on a line stands over the tick columns."""
    return all(_over(strip, start, head) for start, _ in chunk_ranges(strip))


def _over(strip: Strip, index: int, head: Head) -> bool:
    return place_of(strip, index) > min(middle for _, middle in head.ticks) - OVERHANG


def _ends_table(layout: Layout, strip: Strip, head: Head) -> bool:
    """A section begins there, further headings stand there, or a ruled table."""
    if strip.grid is not None:
        return True
    if any(hit.strip is strip and key != head.place.within for hit, key in layout.starts):
        return not _labels_row(layout, strip, head)
    if len(layout.hits_on(strip)) < 2:
        return False
    heads = {keyed(text) for name in ("yes", "no") for text in head.place.columns.get(name, ())}
    return sum(hit.key in heads and hit.whole for hit in layout.hits_on(strip)) >= 2


def _labels_row(layout: Layout, strip: Strip, head: Head) -> bool:
    """A section start that is also a row's label of the same table."""
    keys = {keyed(text) for text in head.place.texts}
    return any(hit.key in keys for hit in layout.hits_on(strip))


def _rows(layout: Layout, pane: Pane, head: Head, last: int) -> Cells:
    body = pane.strips[head.last + 1 : last]
    rows: Cells = [
        [_filled([cell_atoms(one, head, column)], [one]) for column in range(len(head.edges))]
        for one in pane.strips[head.first : head.last + 1]
    ]
    for group in grouped(layout, body, head):
        rows.append(
            [
                _filled([cell_atoms(one, head, column) for one in group], group)
                for column in range(len(head.edges))
            ]
        )
    return rows
