"""Columns and rows that nobody ruled: where each column begins, and which lines make one row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.extraction._atoms import Atom, AtomKind, keyed
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Strip
from pipeline.forms import Place

OVERHANG = 60.0
"""Points by which a heading over several tick columns may begin left of the first one's middle."""

LEFT = 9.0
"""Points by which a value may begin left of its column's heading."""

_LEVEL = 1.0
"""Points by which a word may begin beside its column's heading and still stand at the column's edge."""

_STEP = 100.0
"""What a tab counts for where a file has no places."""


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


def beginnings(strip: Strip, edges: list[float]) -> frozenset[int]:
    """The words of a line that begin a column with hardly a blank before them, though a word of the column before
    stands right beside; words that run on into a column elsewhere than at its edge may be of either.
    """
    found: set[int] = set()
    for start, end in chunk_ranges(strip):
        first, last = strip.atoms[start], strip.atoms[end - 1]
        if end - start < 2 or first.box is None or last.box is None:
            continue
        for edge in edges[column_of(first.box.x0, edges) + 1 : column_of(last.box.x0, edges) + 1]:
            inside = [index for index in range(start + 1, end) if place_of(strip, index) >= edge]
            at = [index for index in inside if abs(place_of(strip, index) - edge - LEFT) <= _LEVEL]
            found.update(at[:1])
            if inside and not at:
                for atom in strip.atoms[start:end]:
                    atom.astray = True
    return frozenset(found)


def column_of(x: float, edges: list[float]) -> int:
    return max((number for number, edge in enumerate(edges) if x >= edge), default=0)


_OVERLAP = -1.0
"""Points between two lines that stand beside each other rather than one below the other."""


@dataclass(slots=True)
class Head:
    """A line of headings: where each column begins, and which are only for ticks."""

    strip: Strip
    place: Place
    first: int
    last: int
    edges: list[float] = field(default_factory=list)
    ticks: list[tuple[int, float]] = field(default_factory=list)
    labelled: bool = False
    splits: dict[int, frozenset[int]] = field(default_factory=dict)
    parted: dict[int, dict[int, list[Atom]]] = field(default_factory=dict)
    """The lines that were put into columns, by the id of the strip; filled when the headings are known."""


def cell_atoms(strip: Strip, head: Head, column: int) -> list[Atom]:
    """What stands on a line in one column."""
    columns = head.parted.get(id(strip))
    if columns is None:
        columns = head.parted[id(strip)] = _columns(strip, head)
    return list(columns.get(column, ()))


def _columns(strip: Strip, head: Head) -> dict[int, list[Atom]]:
    columns: dict[int, list[Atom]] = {}
    splits = head.splits.get(id(strip), frozenset())
    if not head.ticks and strip is not head.strip and strip.local > head.strip.local:
        splits |= beginnings(strip, head.edges)
    for start, end in chunk_ranges(strip, splits):
        atom = strip.atoms[start]
        if atom.kind is AtomKind.MARK and head.ticks and _over_ticks(middle_of(strip, start), head):
            here = min(head.ticks, key=lambda tick: abs(tick[1] - middle_of(strip, start)))[0]
        elif strip is head.strip or strip.local < head.strip.local:
            middle = (middle_of(strip, start) + middle_of(strip, end - 1)) / 2
            here = (
                min(head.ticks, key=lambda tick: abs(tick[1] - middle))[0]
                if strip is not head.strip
                and head.ticks
                and place_of(strip, start) > head.ticks[0][1] - OVERHANG
                else column_of(place_of(strip, start), head.edges)
            )
        else:
            here = column_of(place_of(strip, start), head.edges)
        atoms = columns.setdefault(here, [])
        if atoms:
            atoms.append(Atom(AtomKind.GAP))
        atoms += strip.atoms[start:end]
    return columns


def _over_ticks(x: float, head: Head) -> bool:
    """Whether a box stands under the tick columns, not before a line's words."""
    left = min(middle for _, middle in head.ticks)
    return x > left - 40


def grouped(layout: Layout, body: list[Strip], head: Head) -> list[list[Strip]]:
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
        ahead = _before_label(body, number, left, keys, groups[-1] if groups else [])
        ahead = ahead if any(atom.written for atom in cell_atoms(strip, head, 1)) else 0
        if ahead:
            taken = ahead + _label_length(left, number + ahead, keys)
            groups.append(body[number : number + taken])
            number += taken
            continue
        alone = (bool(left[number]) and not _hangs(strip, groups, head)) or _own_row(
            strip, groups[-1] if groups else [], head
        )
        if (
            groups
            and not alone
            and not _starts_row(strip, head)
            and not _stands_apart(strip, groups[-1], head)
        ):
            if head.labelled and strip.page != groups[-1][-1].page:
                for atom in strip.atoms:
                    atom.astray = True  # the rest of a row that a page break cut, or a stamp
            groups[-1].append(strip)
        elif strip.atoms:
            groups.append([strip])
        number += 1
    return groups


def _before_label(body: list[Strip], number: int, left: list[str], keys: set[str], above: list[Strip]) -> int:
    """How many lines stand before a label's own line in its row: beside it rather than under the row above."""
    count = 0
    while number + count < len(body) and not left[number + count] and count < 6:
        count += 1
    if not count or number + count >= len(body) or not _label_length(left, number + count, keys):
        return 0
    lines = body[number : number + count + 1]
    if len({strip.page for strip in (*above, *lines)}) > 1:
        return 0  # heights on two pages say nothing of each other
    boxes = [strip.box for strip in lines]
    before = max((strip.box.bottom for strip in above if strip.box), default=None)
    first = boxes[0]
    if first is None or before is None:
        return 0
    for one, other in pairwise(boxes):
        if one is None or other is None or other.top - one.bottom >= min(first.top - before, _OVERLAP):
            return 0
    return count


def _hangs(strip: Strip, groups: list[list[Strip]], head: Head) -> bool:
    """Whether a line without boxes goes on with the words of a row of boxes right above it."""
    above = groups[-1] if groups else []
    if not head.ticks or not any(atom.kind is AtomKind.MARK for one in above for atom in one.atoms):
        return False
    if any(atom.kind in (AtomKind.MARK, AtomKind.ENTRY) for atom in strip.atoms):
        return False
    last, box = above[-1].box, strip.box
    return last is not None and box is not None and box.top - last.bottom < box.bottom - box.top


def _by_rules(body: list[Strip]) -> list[list[Strip]]:
    """The lines between the rules are one row."""
    groups: list[list[Strip]] = []
    for strip in body:
        if groups and groups[-1][0].ruled == strip.ruled and groups[-1][0].page == strip.page:
            groups[-1].append(strip)
        elif strip.atoms:
            groups.append([strip])
    return groups


def _own_row(strip: Strip, above: list[Strip], head: Head) -> bool:
    """A line of boxes without printed words is a row of its own, unless the row above has none yet."""
    if head.labelled and any(atom.kind is AtomKind.ENTRY for atom in cell_atoms(strip, head, 0)):
        return True
    marked = any(atom.kind is AtomKind.MARK for atom in strip.atoms)
    return bool(head.ticks) and marked and any(a.kind is AtomKind.MARK for one in above for a in one.atoms)


def _starts_row(strip: Strip, head: Head) -> bool:
    """In a table without labels at the left, a line begins a row when its first column is written in."""
    return not head.labelled and bool(cell_atoms(strip, head, 0))


def _stands_apart(strip: Strip, group: list[Strip], head: Head) -> bool:
    """In a table without labels, whether a line is too far under the row above to go on with it."""
    above = group[-1].box
    if head.labelled or above is None or strip.box is None:
        return False
    return strip.box.top - above.bottom > 0.5 * (strip.box.bottom - strip.box.top)


def _left_key(strip: Strip, head: Head) -> str:
    if not head.labelled:
        return ""
    return "".join(atom.key for atom in cell_atoms(strip, head, 0) if atom.kind is AtomKind.WORD)


def _label_keys(layout: Layout, head: Head) -> set[str]:
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
            best = later - number + 1 if left[later] else best
        elif not any(key.startswith(built) for key in keys):
            if not best and any(built.startswith(key) for key in keys if len(key) > 5):
                best = later - number + 1
            break
    return best
