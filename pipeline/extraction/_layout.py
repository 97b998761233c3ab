"""A form's anchors on its sheet: which printed text is which label, in which section, and where values must stop."""

from __future__ import annotations

from bisect import insort
from collections.abc import Set
from dataclasses import dataclass, field

from pipeline.extraction._atoms import AtomKind, keys_of
from pipeline.extraction._hits import Hit, Strength, covered, find_hits
from pipeline.extraction._lookalikes import in_value_place, not_values
from pipeline.extraction._rejoin import rejoin
from pipeline.extraction._sheet import Pane, Sheet, Strip
from pipeline.extraction._wording import Wording, wording_of
from pipeline.forms import FormSpec

_PROSE = 24
"""A printed text with at least so many letters is never a value by chance."""


@dataclass(slots=True)
class Layout:
    """The sheet with its anchors chosen. ``starts`` are the section beginnings in reading order."""

    spec: FormSpec
    sheet: Sheet
    hits: list[Hit]
    wording: Wording
    starts: list[tuple[Hit, str]] = field(default_factory=list)
    stops: dict[tuple[int, int], Hit] = field(default_factory=dict)
    printed: set[int] = field(default_factory=set)
    rejoined: bool = False
    """Whether labels were put together on the sheet before."""
    _sections: dict[int, str] = field(default_factory=dict)
    _keyed: dict[str, list[int]] = field(default_factory=dict)
    """For each key the numbers of its hits."""
    _on: dict[int, list[Hit]] = field(default_factory=dict)
    """The hits of each strip, by the strip's id."""
    _chosen: dict[tuple[tuple[str, ...], str], list[Hit]] = field(default_factory=dict)
    _stopped: dict[int, list[int]] = field(default_factory=dict)
    """For each strip, by its order, the atoms that begin an anchor."""

    def __post_init__(self) -> None:
        """Gather what is printed, and where."""
        for number, hit in enumerate(self.hits):
            self._keyed.setdefault(hit.key, []).append(number)
            self._on.setdefault(id(hit.strip), []).append(hit)

    def hits_on(self, strip: Strip) -> list[Hit]:
        """The hits that begin on a line, in order."""
        return self._on.get(id(strip), [])

    def crowded(self) -> set[int]:
        """The panes, by id, in which two texts or more begin on one line."""
        return {id(hits[0].pane) for hits in self._on.values() if len(hits) > 1}

    def lacks(self, keys: Set[str]) -> bool:
        """Whether none of some keys stands on the sheet."""
        return self._keyed.keys().isdisjoint(keys)

    def hits_of(self, keys: Set[str]) -> list[Hit]:
        """The hits of some keys, in reading order."""
        if self.lacks(keys):
            return []
        known = self._keyed
        numbers = sorted([number for key in keys if key in known for number in known[key]])
        return [self.hits[number] for number in numbers]

    def stop(self, hit: Hit) -> None:
        """Let values end at an anchor."""
        if hit.place not in self.stops:
            insort(self._stopped.setdefault(hit.place[0], []), hit.place[1])
        self.stops[hit.place] = hit
        self.printed.update(map(id, covered(hit)))

    def is_print(self, strip: Strip) -> bool:
        """Whether a line goes on with an anchor that began on an earlier line."""
        return any(id(atom) in self.printed for atom in strip.atoms if atom.written)

    def section(self, hit: Hit) -> str:
        """The key of the section that governs a hit; the first section's before any has begun."""
        known = self._sections.get(id(hit))
        if known is None:
            known = self._section(hit)
            self._sections[id(hit)] = known
        return known

    def _section(self, hit: Hit) -> str:
        for start, key in reversed(self.starts):
            if start is hit or (start.place < hit.place and _reaches(start, hit)):
                return key
        return self.spec.sections[0].key if self.spec.sections else ""

    def candidates(self, texts: tuple[str, ...], within: str) -> list[Hit]:
        """The hits that may be an anchor: its words, in its section; the surest kind only."""
        chosen = self._chosen.get((texts, within))
        if chosen is None:
            chosen = self._chosen[texts, within] = self._choose(texts, within)
        return chosen

    def _choose(self, texts: tuple[str, ...], within: str) -> list[Hit]:
        found = self.hits_of(keys_of(texts))
        if within:
            found = [hit for hit in found if self.section(hit) == within]
        if not found:
            return []
        surest = max(hit.strength for hit in found)
        found = [hit for hit in found if hit.strength == surest]
        return not_values(found, self.hits)

    def stop_at(self, strip: Strip, index: int) -> Hit | None:
        """The anchor that begins at a place, if one does."""
        return self.stops.get((strip.order, index))

    def running(self, strip: Strip) -> bool:
        """Whether a line is print repeated at the top or foot of a page."""
        begun = self._stopped.get(strip.order)
        return begun is not None and self.stops[strip.order, begun[0]].key in self.wording.repeated

    def first_stop(self, strip: Strip, start: int = 0) -> int:
        """The index of the first atom from ``start`` on that begins an anchor; the strip's length when none does."""
        for index in self._stopped.get(strip.order, ()):
            if index >= start:
                box = start == 0 and self.stops[strip.order, index].key in self.wording.options
                return 0 if box and _only_boxes(strip, index) else _before_bullets(strip, index, start)
        return len(strip.atoms)

    def begins_with_stop(self, pane: Pane) -> bool:
        """Whether an anchor is the first thing written in a pane."""
        for strip in pane.strips:
            if strip.grid is not None:
                return any(self.begins_with_stop(inner) for inner in strip.grid.panes[:1])
            begun = self._stopped.get(strip.order)
            first = begun[0] if begun else -1
            for index, atom in enumerate(strip.atoms):
                if index == first:
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
    wording = wording_of(spec)
    rejoined = rejoin(sheet, wording.vocabulary)
    layout = Layout(spec, sheet, find_hits(sheet.strips, wording.vocabulary), wording, rejoined=rejoined)
    layout.starts = _starts(layout)
    _choose_stops(layout)
    return layout


def _starts(layout: Layout) -> list[tuple[Hit, str]]:
    """Where each section begins: of all the places that could be, the one that most of its own labels follow."""
    starts: list[tuple[Hit, str]] = []
    hits = layout.hits
    ranks = {id(hit): number for number, hit in enumerate(hits)}
    for section in layout.wording.sections:
        found = [hit for hit in layout.hits_of(section.starts) if _may_start(hit)]
        found = [hit for hit in found if not in_value_place(hit, hits)] or found
        if found:
            best = found[0]
            if len(found) > 1:
                best = max(found, key=lambda hit: _followed(hit, hits, ranks, section.own))
            starts.append((best, section.key))
    return _in_order(layout.spec, starts)


def _followed(hit: Hit, hits: list[Hit], ranks: dict[int, int], own: frozenset[str]) -> tuple[int, int]:
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
    wording = layout.wording
    chosen: list[Hit] = [hit for hit, _ in layout.starts]
    chosen += [
        hit
        for hit in layout.hits_of(wording.headings)
        if len(hit.key) >= _PROSE and hit.strength is Strength.SURE
    ]
    for one in wording.sought:
        if layout.lacks(one.keys):
            continue
        found = layout.candidates(one.texts, one.within)
        chosen += [hit for hit in found if hit.strength is Strength.SURE] if one.head else found
    chosen += [hit for hit in layout.hits_of(wording.static) if len(hit.key) >= _PROSE]
    starting = {id(hit) for hit, _ in layout.starts}
    for hit in {id(hit): hit for hit in chosen}.values():
        if len(hit.key) < _PROSE and id(hit) not in starting and layout.section(hit) in wording.long:
            continue
        layout.stop(hit)
