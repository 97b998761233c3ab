"""A form's anchors on its sheet: which printed text is which label, in which section, and where values must stop."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.extraction._atoms import AtomKind, keyed
from pipeline.extraction._hits import Hit, Strength, covered, find_hits
from pipeline.extraction._rejoin import rejoin
from pipeline.extraction._sheet import Pane, Sheet, Strip
from pipeline.extraction._wording import vocabulary_of
from pipeline.forms import FormSpec, Place, PlaceKind

_PROSE = 24
"""A printed text with at least so many letters is never a value by chance."""


@dataclass(slots=True)
class Layout:
    """The sheet with its anchors chosen. ``starts`` are the section beginnings in reading order."""

    spec: FormSpec
    sheet: Sheet
    hits: list[Hit]
    starts: list[tuple[Hit, str]] = field(default_factory=list)
    stops: dict[tuple[int, int], Hit] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)
    options: set[str] = field(default_factory=set)
    printed: set[int] = field(default_factory=set)
    _memo: dict[int, str] = field(default_factory=dict)
    _keys: set[str] = field(init=False)

    def __post_init__(self) -> None:
        """Gather what is printed at all."""
        self._keys = {hit.key for hit in self.hits}

    def is_print(self, strip: Strip) -> bool:
        """Whether a line goes on with an anchor that began on an earlier line."""
        return any(id(atom) in self.printed for atom in strip.atoms if atom.written)

    def section(self, hit: Hit) -> str:
        """The key of the section that governs a hit; the first section's before any has begun."""
        known = self._memo.get(id(hit))
        if known is None:
            known = self._section(hit)
            self._memo[id(hit)] = known
        return known

    def _section(self, hit: Hit) -> str:
        for start, key in reversed(self.starts):
            if start is hit or (start.place < hit.place and _reaches(start, hit)):
                return key
        return self.spec.sections[0].key if self.spec.sections else ""

    def candidates(self, texts: tuple[str, ...], within: str) -> list[Hit]:
        """The hits that may be an anchor: its words, in its section; the surest kind only."""
        keys = {keyed(text) for text in texts}
        if keys.isdisjoint(self._keys):
            return []
        found = [hit for hit in self.hits if hit.key in keys and (not within or self.section(hit) == within)]
        if not found:
            return []
        surest = max(hit.strength for hit in found)
        found = [hit for hit in found if hit.strength == surest]
        return _not_values(found, self.hits)

    def stop_at(self, strip: Strip, index: int) -> Hit | None:
        """The anchor that begins at a place, if one does."""
        return self.stops.get((strip.order, index))

    def running(self, strip: Strip) -> bool:
        """Whether a line is print repeated at the top or foot of a page."""
        hit = next(
            (self.stops[strip.order, n] for n in range(len(strip.atoms)) if (strip.order, n) in self.stops),
            None,
        )
        repeated = {keyed(text) for text in (*self.spec.cues.continued, *self.spec.cues.titles)}
        return hit is not None and hit.key in repeated

    def first_stop(self, strip: Strip, start: int = 0) -> int:
        """The index of the first atom from ``start`` on that begins an anchor; the strip's length when none does."""
        for index in range(start, len(strip.atoms)):
            if (strip.order, index) in self.stops:
                box = start == 0 and self.stops[strip.order, index].key in self.options
                return 0 if box and _only_boxes(strip, index) else _before_bullets(strip, index, start)
        return len(strip.atoms)

    def begins_with_stop(self, pane: Pane) -> bool:
        """Whether an anchor is the first thing written in a pane."""
        for strip in pane.strips:
            if strip.grid is not None:
                return any(self.begins_with_stop(inner) for inner in strip.grid.panes[:1])
            for index, atom in enumerate(strip.atoms):
                if (strip.order, index) in self.stops:
                    return True
                if atom.kind in (AtomKind.ENTRY, AtomKind.INK) or (atom.written and atom.key):
                    return False
        return False

    def has_stop(self, pane: Pane) -> bool:
        """Whether any anchor stands in a pane."""
        return any(
            self.first_stop(strip) < len(strip.atoms)
            or (strip.grid is not None and any(map(self.has_stop, strip.grid.panes)))
            for strip in pane.strips
        )


def _only_boxes(strip: Strip, index: int) -> bool:
    """Whether nothing but tick boxes and bullets stands before the words of an option."""
    return all(
        atom.kind is AtomKind.MARK or (atom.kind is AtomKind.WORD and not atom.key)
        for atom in strip.atoms[:index]
    )


def _before_bullets(strip: Strip, index: int, start: int) -> int:
    """Step back over a bullet or tick box that belongs to the anchor."""
    while index > start and strip.atoms[index - 1].kind is AtomKind.WORD and not strip.atoms[index - 1].key:
        index -= 1
    return index


def find_layout(sheet: Sheet, spec: FormSpec) -> Layout:
    """Find every printed text of a form on its sheet and choose which are anchors."""
    vocabulary = vocabulary_of(spec)
    rejoin(sheet, vocabulary)
    hits = find_hits(sheet, vocabulary)
    layout = Layout(spec, sheet, hits)
    layout.labels = {keyed(text) for one in spec.fields for place in one.places for text in place.texts}
    layout.options = {
        keyed(text)
        for one in spec.fields
        for place in one.places
        if place.kind is PlaceKind.CHECKBOX
        for text in place.texts
    }
    layout.starts = _starts(spec, hits)
    _choose_stops(layout)
    return layout


def _starts(spec: FormSpec, hits: list[Hit]) -> list[tuple[Hit, str]]:
    """Where each section begins: of all the places that could be, the one that most of its own labels follow."""
    starts: list[tuple[Hit, str]] = []
    ranks = {id(hit): number for number, hit in enumerate(hits)}
    for section in spec.sections:
        keys = {keyed(text) for text in section.starts}
        found = [hit for hit in hits if hit.key in keys and _may_start(hit)]
        found = [hit for hit in found if not _in_value_place(hit, hits)] or found
        if found:
            own = _own_keys(spec, section.key) | keys
            starts.append((max(found, key=lambda hit: _followed(hit, hits, ranks, own)), section.key))
    return _in_order(spec, starts)


def _own_keys(spec: FormSpec, section: str) -> set[str]:
    places = [place for one in spec.fields for place in one.places if place.within == section]
    texts = [text for place in places for text in place.texts]
    return {keyed(text) for text in texts}


def _followed(hit: Hit, hits: list[Hit], ranks: dict[int, int], own: set[str]) -> tuple[int, int]:
    """How many different labels of the section follow soon; the earlier place wins a tie."""
    first = ranks[id(hit)]
    return len({other.key for other in hits[first : first + 8] if other.key in own}), -first


def _may_start(hit: Hit) -> bool:
    if hit.strength is Strength.SURE:
        return True
    return hit.strength is Strength.RUNNING and (len(hit.key) >= _PROSE or _leads(hit))


def _leads(hit: Hit) -> bool:
    """Whether a label is the first thing on its line, or in its cell."""
    return hit.start == 0 and (hit.pane.grid is None or hit.strip.local == 0)


def _in_order(spec: FormSpec, starts: list[tuple[Hit, str]]) -> list[tuple[Hit, str]]:
    """Sort by place. Inside a free text nothing begins that the print has further up: words there are written."""
    starts.sort(key=lambda start: start[0].place)
    rank = {section.key: number for number, section in enumerate(spec.sections)}
    long = {section.key for section in spec.sections if section.long}
    kept: list[tuple[Hit, str]] = []
    for start in starts:
        if (
            kept
            and kept[-1][1] in long
            and rank[start[1]] < rank[kept[-1][1]]
            and start[0].pane is kept[-1][0].pane
        ):
            continue
        kept.append(start)
    return kept


def _not_values(found: list[Hit], hits: list[Hit]) -> list[Hit]:
    """Leave out those that stand where another label's value belongs («Relasjon | Verge»), if others remain."""
    if len(found) < 2:
        return found
    return [hit for hit in found if not _in_value_place(hit, hits)] or found


def _in_value_place(hit: Hit, hits: list[Hit]) -> bool:
    if hit.colon or not hit.whole:
        return False
    pane = hit.pane
    if pane.grid is not None and hit.strip.local == 0 and pane.column > 0:
        left = pane.grid.at(pane.row, pane.column - 1)
        return left is not None and any(
            other.pane is left and other.whole and other.last.next is None for other in hits
        )
    before = hit.strip.atoms[hit.start - 1] if hit.start else None
    if before is not None and before.kind is AtomKind.GAP:
        return any(other.last is hit.strip and other.end == hit.start - 1 and other.colon for other in hits)
    above = pane.strips[hit.strip.local - 1] if hit.strip.local else None
    return above is not None and any(
        other.last is above and other.end == len(above.atoms) and other.colon for other in hits
    )


def _reaches(start: Hit, hit: Hit) -> bool:
    """Whether a section's beginning governs a later place: below and to the right of it."""
    inner = _pane_in(hit.strip.pane, start.pane.grid)
    if start.pane.grid is not None and inner is not None and inner is not start.pane:
        grid = start.pane.grid
        left = [pane for pane in grid.row(start.pane.row) if pane.column < start.pane.column]
        if all(pane.blank for pane in left):
            return True
        return inner.column + inner.column_span > start.pane.column
    if start.pane is hit.pane and start.strip is not hit.strip and start.start > 0:
        return _reaches_below(start, hit)
    return True


def _pane_in(pane: Pane, grid: object) -> Pane | None:
    """The pane of a grid that holds a pane, at whatever depth."""
    while pane.grid is not None:
        if pane.grid is grid:
            return pane
        pane = pane.grid.strip.pane
    return None


def _reaches_below(start: Hit, hit: Hit) -> bool:
    first, here = start.strip.atoms[start.start].box, hit.strip.atoms[hit.start].box
    if any(atom.written and atom.key for atom in start.strip.atoms[: start.start]):
        if first is not None and here is not None:
            return here.x0 >= first.x0 - 6
        return _chunk(hit) >= _chunk(start)
    return True


def _chunk(hit: Hit) -> int:
    return sum(atom.kind is AtomKind.GAP for atom in hit.strip.atoms[: hit.start])


def _choose_stops(layout: Layout) -> None:
    """Anchors end values: section starts, the labels each field may use, column heads, and printed prose."""
    chosen: list[Hit] = [hit for hit, _ in layout.starts]
    headings = {keyed(text) for section in layout.spec.sections for text in section.starts}
    chosen += [
        hit
        for hit in layout.hits
        if hit.key in headings and len(hit.key) >= _PROSE and hit.strength is Strength.SURE
    ]
    for one in layout.spec.fields:
        for place in one.places:
            chosen += layout.candidates(place.texts, place.within)
            if place.kind in (PlaceKind.TABLE, PlaceKind.ROW, PlaceKind.CHECKLIST, PlaceKind.SIGNATURES):
                chosen += _heads(layout, place)
    static = {
        keyed(text) for text in (*layout.spec.static, *layout.spec.cues.titles, *layout.spec.cues.continued)
    }
    chosen += [hit for hit in layout.hits if hit.key in static and len(hit.key) >= _PROSE]
    long = {section.key for section in layout.spec.sections if section.long}
    starting = {id(hit) for hit, _ in layout.starts}
    for hit in chosen:
        if id(hit) not in starting and layout.section(hit) in long and len(hit.key) < _PROSE:
            continue
        layout.stops[hit.place] = hit
        layout.printed.update(id(atom) for atom in covered(hit))


def _heads(layout: Layout, place: Place) -> list[Hit]:
    return [
        hit
        for heads in place.columns.values()
        for hit in layout.candidates(heads, place.within)
        if hit.strength is Strength.SURE
    ]
