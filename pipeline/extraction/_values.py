"""The value that belongs to a label: after it, beside it, on the next line, in the next cell, or in the cell below."""

from __future__ import annotations

from pipeline.extraction._atoms import Atom, AtomKind
from pipeline.extraction._captions import caption_of
from pipeline.extraction._cells import beside_of, over_of, shared_of, under_of
from pipeline.extraction._hits import Hit
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Pane, Strip
from pipeline.extraction._spans import (
    Span,
    close_below,
    far,
    line_over,
    matched,
    same_height,
    written_lines,
)
from pipeline.extraction._turned import over_page

_HANG = 4.0
"""Points by which a value's second line may stand left of its first."""


def span_after(layout: Layout, hit: Hit, *, long: bool = False, inside: bool = False) -> Span:
    """Find what belongs to a label; ``inside``: only what stands in its own cell or on its line."""
    if inside and hit.pane.grid is None:
        return Span([hit.last.atoms[hit.end : layout.first_stop(hit.last, hit.end)]], hit.last.page, "label")
    caption = None if long or inside else caption_of(layout, hit)
    if caption is not None:
        return caption
    span = _own(layout, hit, long=long)
    if span.written or inside:
        return span
    found = _around(layout, hit, span)
    return found if found.written else over_page(layout, hit) or found


def _around(layout: Layout, hit: Hit, span: Span) -> Span:
    """What stands in the cells round a label that has nothing of its own, which is ``span``."""
    pane = hit.pane
    if pane.grid is not None and _last_in_pane(layout, hit):
        beside = beside_of(layout, pane)
        if beside.written:
            return shared_of(layout, hit, beside)
        over = over_of(layout, pane)
        if over is not None:
            return over
        under = under_of(layout, pane)
        if under.written and not beside.room:
            return under
        if under.written and not span.room:
            under.doubt("value-below", "Teksten står under feltet, ikke ved siden av.")
            return under
        if beside.room:
            return beside
    elif pane.grid is not None:
        beside = beside_of(layout, pane)
        if beside.written:
            return shared_of(layout, hit, beside)
    return span


def _own(layout: Layout, hit: Hit, *, long: bool) -> Span:
    """What stands after the label in its own cell, or on its line and the lines below on the open page."""
    strip, end = hit.last, layout.first_stop(hit.last, hit.end)
    tail = strip.atoms[hit.end : end]
    span = Span(lines=[tail], page=strip.page, how="label")
    span.room = any(atom.kind in (AtomKind.FILL, AtomKind.ENTRY, AtomKind.INK) for atom in tail)
    if end < len(strip.atoms):
        if not span.written and not span.room:
            below = _column_below(layout, hit)
            if below is None and _free_below(layout, hit):
                span.doubt("text-below", "Det står tekst under feltet som kan høre til det.")
            return below if below is not None else span
        if span.written and _spills(layout, hit, end):
            span.doubt("text-below", "Det står tekst under feltet som kan høre til det.")
        return span
    if not span.written and not span.room and _chunk_of(strip, hit.start):
        below = _column_below(layout, hit)
        if below is not None:
            return below
    if hit.pane.grid is not None or long:
        _go_on(layout, strip.next, span, long=long)
        return span
    if span.written:
        _hanging(layout, hit, span)
    elif not span.room:
        _next_line(layout, strip, span)
    return span


def _spills(layout: Layout, hit: Hit, end: int) -> bool:
    """Whether a line in the same cell stands under a value that the next label cut short."""
    below = hit.last.next
    if below is None or below.grid is not None:
        return False
    if hit.pane.grid is None and below.ruled is None and not close_below(hit.last, below):
        return False
    if below.ruled != hit.last.ruled or layout.first_stop(below) < len(below.atoms) or layout.is_print(below):
        return False
    first = next((atom for atom in below.atoms if atom.written), None)
    other = hit.last.atoms[end].box
    if first is None:
        return False
    label = hit.strip.atoms[hit.start].box
    if first.box is None or other is None or label is None:
        return True
    return label.x0 - _HANG <= first.box.x0 < other.x0


def _free_below(layout: Layout, hit: Hit) -> bool:
    """Whether the next line is written on, begins under a label and holds no label of its own."""
    strip, label = hit.last.next, hit.strip.atoms[hit.start].box
    if strip is None or strip.grid is not None or layout.first_stop(strip) < len(strip.atoms):
        return False
    first = next((atom.box for atom in strip.atoms if atom.written), None)
    if first is None or label is None or layout.is_print(strip) or far(hit.last, strip):
        return False
    return abs(first.x0 - label.x0) <= _HANG


def _go_on(layout: Layout, strip: Strip | None, span: Span, *, long: bool) -> None:
    """Add the lines below, until the next anchor; at the top of a page its running print is stepped over."""
    while strip is not None:
        if strip.grid is not None:
            if any(layout.has_stop(pane) for pane in strip.grid.panes):
                return
            for pane in strip.grid.panes:
                span.lines += written_lines(pane)
        else:
            end = layout.first_stop(strip)
            if end < len(strip.atoms) and not (long and layout.running(strip)):
                span.lines.append(strip.atoms[:end])
                return
            if end == len(strip.atoms):
                span.lines.append(strip.atoms)
        strip = strip.next


def _hanging(layout: Layout, hit: Hit, span: Span) -> None:
    """Add lines that stand under the value, not under the label (a long address)."""
    first = next((atom.box for atom in span.atoms if atom.written and atom.box), None)
    label = hit.strip.atoms[hit.start].box
    strip = hit.last.next
    while first is not None and label is not None and strip is not None and strip.atoms:
        box = strip.atoms[0].box
        if (
            box is None
            or (strip.ruled is not None and strip.ruled != hit.last.ruled)
            or layout.first_stop(strip) < len(strip.atoms)
            or box.x0 < max(first.x0 - _HANG, label.x1)
            or strip.page != span.page
            or box.top - first.bottom > 0.9 * (first.bottom - first.top)
        ):
            return
        span.lines.append(strip.atoms)
        first = box
        strip = strip.next


def _next_line(layout: Layout, label: Strip, span: Span) -> None:
    """Take the next line that is written on, when no anchor stands first on it and it is near."""
    strip, steps = label.next, 0
    while strip is not None and not strip.atoms and strip.grid is None and steps < 2:
        strip, steps = strip.next, steps + 1
    if strip is None:
        return
    if strip.grid is not None:
        if len(strip.grid.panes) == 1 and not layout.has_stop(strip.grid.panes[0]):
            span.lines, span.how, span.room = written_lines(strip.grid.panes[0]), "box", True
        return
    end = layout.first_stop(strip)
    if end and not far(label, strip) and not layout.is_print(strip):
        span.lines, span.how, span.page = [strip.atoms[:end]], "next-line", strip.page


def _chunk_of(strip: Strip, index: int) -> int:
    return sum(atom.kind is AtomKind.GAP for atom in strip.atoms[:index])


def _column_below(layout: Layout, hit: Hit) -> Span | None:
    """Several labels on one line with the values on the line below: matched by place, else by number."""
    labels = [index for index in range(len(hit.strip.atoms)) if layout.stop_at(hit.strip, index) is not None]
    strip = hit.last.next
    while strip is not None and not strip.atoms and strip.grid is None:
        strip = strip.next
    if strip is None or strip.grid is not None or layout.first_stop(strip) < len(strip.atoms):
        return None
    if far(hit.last, strip):
        return None
    atoms = list(strip.atoms)
    more = strip.next
    if more is not None and more.grid is None and more.page == strip.page and same_height(strip, more):
        if layout.first_stop(more) < len(more.atoms):
            return None
        atoms = sorted(
            [*atoms, Atom(AtomKind.GAP), *more.atoms], key=lambda atom: atom.box.x0 if atom.box else 1e9
        )
    return matched(hit, strip, atoms, labels, "next-line")


def _last_in_pane(layout: Layout, hit: Hit) -> bool:
    """Whether no other anchor follows in the label's cell."""
    strip: Strip | None = hit.last
    start = hit.end
    while strip is not None:
        if strip.grid is not None or layout.first_stop(strip, start) < len(strip.atoms):
            return False
        strip, start = strip.next, 0
    return not _labels_before(layout, hit)


def _labels_before(layout: Layout, hit: Hit) -> bool:
    pane = hit.pane
    return any(stop.strip.pane is pane and stop.place < hit.place for stop in layout.stops.values())


def span_above(layout: Layout, hit: Hit) -> Span | None:
    """What stands over a label that is printed under its line: in the cell above, or on the line above."""
    pane = hit.pane
    if pane.grid is not None:
        above = pane.grid.at(pane.row - 1, pane.column) if pane.row else None
        if above is None or hit.strip.local or layout.has_stop(above) or not _filled(above):
            return None
        return Span(written_lines(above), pane.grid.page, "line-above", True)
    strip, ruled = line_over(hit.strip)
    if strip is None or layout.first_stop(strip) < len(strip.atoms):
        return None
    if ruled and not any(c.isdigit() for atom in strip.atoms if atom.written for c in atom.text):
        return None
    if (
        layout.is_print(strip)
        or (far(strip, hit.strip) and not ruled)
        or not any(a.written or a.kind is AtomKind.INK for a in strip.atoms)
    ):
        return None
    labels = [index for index in range(len(hit.strip.atoms)) if layout.stop_at(hit.strip, index) is not None]
    return matched(hit, strip, strip.atoms, labels, "line-above")


def _filled(pane: Pane) -> bool:
    return any(atom.written or atom.kind is AtomKind.INK for atom in pane.atoms)
