"""Where on a scanned form somebody may sign: each label that asks for it, with the room that is there for it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.domain import Box, SigningPlace, union
from pipeline.extraction._hits import Hit, covered
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Grid, Pane
from pipeline.extraction._signatures import signed_labels
from pipeline.extraction._signers import box_of_hit
from pipeline.forms import FormSpec, Kind, PlaceKind

_FAR = 1e6
"""Points: further than any page is wide."""
WIDE = 50.0
"""Points: less room after a label is not enough for a name."""
_HIGH = 2.2
"""A cell so many times as high as its label has room under it."""
_LETTER, _HEIGHT = 0.72, 12.0
"""How wide a letter of a label is at most, as a share of a word's height; and that in points."""
_BROAD, _LIKE, _LONG = 1.6, 1.25, 4
"""How many times as wide as the page's letters a label's may be, and as the narrowest of its own; words so long tell it."""
_MELTED, _LEVEL = 1.6, 2.0
"""So many times as high as the page's words, one melted with what touches it; print this near over or under is apart."""
_SAME = 6.0
"""Points: two labels one under the other begin within so much."""
_OVER, _UNDER, _LINE = 6.0, 30.0, 170.0
"""Points over and under a label, and to the right from where it begins, in which its signature lies."""
_APART = 3.0
"""Points between the end of a line to sign on and the next label."""


def signing_places(layout: Layout, spec: FormSpec) -> tuple[SigningPlace, ...]:
    """Every place of a form on which a signature may stand."""
    found: dict[tuple[int, int], SigningPlace] = {}
    heights = sorted(
        atom.box.bottom - atom.box.top for strip in layout.sheet.strips for atom in strip.atoms if atom.box
    )
    usual = heights[len(heights) // 2] if heights else _HEIGHT
    letter = min(_LETTER * usual, _BROAD * _letter_width(layout, usual))
    for hit in _labels(layout, spec):
        label = _printed(hit, letter, usual)
        if label is not None and hit.place not in found:
            end = until(layout, hit)
            above, below = _parting(layout, hit, label, end)
            room = _room(layout, hit, label)
            found[hit.place] = SigningPlace(hit.last.page, label, end, room, above=above, below=below)
    for field in spec.fields:
        for place in field.places:
            if place.kind is PlaceKind.SIGNATURES:
                lost = _lost(signed_labels(layout, place.texts, place.columns.get("name", ())))
                found |= {hit.place: one for hit, one in lost if hit.place not in found}
    return tuple(found.values())


def _letter_width(layout: Layout, usual: float) -> float:
    """How wide the page's letters are, one with the other."""
    wide = sorted(
        (atom.box.x1 - atom.box.x0) / len(atom.text)
        for strip in layout.sheet.strips
        for atom in strip.atoms
        if atom.box is not None and len(atom.key) >= _LONG
    )
    return wide[len(wide) // 2] if wide else _LETTER * usual


def _parting(layout: Layout, hit: Hit, label: Box, end: float) -> tuple[float, float]:
    """Where the print over a label, in the way that its signature goes, ends, and where the print under it begins."""
    above, below = 0.0, _FAR
    own = set(map(id, covered(hit)))
    for strip in layout.sheet.strips:
        if strip.page != hit.last.page:
            continue
        for atom in strip.atoms:
            box = atom.box
            if box is None or id(atom) not in layout.printed or id(atom) in own:
                continue
            if box.x1 < label.x0 or box.x0 > min(end, label.x0 + _LINE):
                continue
            if box.bottom <= label.top + _LEVEL:
                above = max(above, box.bottom)
            elif box.top >= label.bottom - _LEVEL:
                below = min(below, box.top)
    return above, below


def _printed(hit: Hit, letter: float, usual: float) -> Box | None:
    """Where a label is printed; a signature that touches its last word was taken for a part of it.

    ``letter``: how wide a letter is at most; the label's longer words tell it better. ``usual``: how high the page's words
    are. One much higher melted with a line or a signature: the words beside it tell how high it stands.
    """
    words = [atom for atom in covered(hit) if atom.key and atom.box is not None]
    own = [
        (atom.box.x1 - atom.box.x0) / len(atom.text) for atom in words if atom.box and len(atom.key) >= _LONG
    ]
    if len(own) > 1:
        letter = min(letter, _LIKE * min(own))
    boxes = [
        atom.box._replace(x1=min(atom.box.x1, atom.box.x0 + letter * max(len(atom.text), 2)))
        for atom in words
        if atom.box is not None
    ]
    box = union(iter(boxes))
    if box is None or box.bottom - box.top <= _MELTED * usual:
        return box
    level = [
        atom.box
        for atom in hit.strip.atoms
        if atom.key and atom.box is not None and atom.box.bottom - atom.box.top <= _MELTED * usual
    ]
    if level:
        return box._replace(top=min(one.top for one in level), bottom=max(one.bottom for one in level))
    middle = (box.top + box.bottom) / 2
    return box._replace(top=middle - usual / 2, bottom=middle + usual / 2)


def _lost(pairs: list[tuple[Hit, Hit | None]]) -> Iterator[tuple[Hit, SigningPlace]]:
    """A signature may cover its label: where it stands, the same label of another line tells."""
    twins = [(box_of_hit(hit), box_of_hit(name), name) for hit, name in pairs if name is not None]
    for hit, name in pairs:
        own = box_of_hit(hit)
        if name is not None or own is None:
            continue
        for place, label, twin in twins:
            if place is not None and label is not None and abs(place.x0 - own.x0) <= _SAME:
                down = own.top - place.top
                there = Box(label.x0, label.top + down, label.x1, label.bottom + down)
                room = Box(there.x0, there.top - _OVER, there.x0 + _LINE, there.bottom + _UNDER)
                text = " ".join(atom.text for atom in covered(twin)).rstrip(": ") + ":"
                yield hit, SigningPlace(hit.last.page, there, room.x1, room, text, own)
                break


def _labels(layout: Layout, spec: FormSpec) -> Iterator[Hit]:
    for field in spec.fields:
        for place in field.places:
            if place.kind is PlaceKind.SIGNATURES:
                names = place.columns.get("name", ())
                yield from (name for _, name in signed_labels(layout, place.texts, names) if name)
            elif field.kind is Kind.SIGNATURE:
                yield from layout.candidates(place.texts, place.within)


def until(layout: Layout, hit: Hit) -> float:
    """Where the next label on the line begins, or the label's cell ends."""
    end = layout.first_stop(hit.last, hit.end)
    after = hit.last.atoms[end].box if end < len(hit.last.atoms) else None
    if after is not None:
        return after.x0 - _APART
    grid, box = hit.pane.grid, hit.pane.box
    return box.x1 if grid is not None and grid.drawn and box is not None else _FAR


def _room(layout: Layout, hit: Hit, label: Box) -> Box | None:
    """The ruled cells for a signature: the label's own and those beside it, else the one under or over it."""
    pane, grid = hit.pane, hit.pane.grid
    if grid is None or not grid.drawn or pane.box is None:
        return None
    if _shared(layout, hit):
        return None
    own = union([pane.box, *beside(layout, grid, pane)])
    if own is None:
        return None
    if own.x1 - label.x1 >= WIDE or pane.box.bottom - pane.box.top >= _HIGH * (label.bottom - label.top):
        return own
    for row in (pane.row + pane.row_span, pane.row - 1):
        other = grid.at(row, pane.column) if 0 <= row < grid.rows else None
        if other is not None and other.box is not None and not layout.has_stop(other):
            return other.box
    return own


def _shared(layout: Layout, hit: Hit) -> bool:
    """Whether another label stands in the same cell."""
    return any(stop.pane is hit.pane and stop.place != hit.place for stop in layout.stops.values())


def beside(layout: Layout, grid: Grid, pane: Pane) -> Iterator[Box]:
    """The cells to the right, until one that holds a label."""
    column = pane.column + pane.column_span
    while column < grid.columns:
        right = grid.at(pane.row, column)
        if right is None or right.box is None or right.row != pane.row or layout.has_stop(right):
            return
        yield right.box
        column = right.column + right.column_span
