"""The value that belongs to a label: after it, beside it, on the next line, in the next cell, or in the cell below."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.domain import Doubt, Entry
from pipeline.extraction._hits import Hit
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Atom, AtomKind, Pane, Strip, text_of

_HANG = 4.0
"""Points by which a value's second line may stand left of its first."""


@dataclass(slots=True)
class Span:
    """What belongs to a label. ``how`` is the kind of place; ``room`` tells that there is room for a value."""

    lines: list[list[Atom]] = field(default_factory=list)
    page: int | None = None
    how: str = ""
    room: bool = False
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def atoms(self) -> list[Atom]:
        """Every atom of the span."""
        return [atom for line in self.lines for atom in line]

    @property
    def written(self) -> bool:
        """Whether something is written or signed there."""
        return any(atom.written or atom.kind is AtomKind.INK for atom in self.atoms)

    @property
    def confidence(self) -> float:
        """That of the least sure word."""
        return min((atom.confidence for atom in self.atoms if atom.written), default=1.0)

    def doubt(self, code: str, text: str) -> None:
        """Say why a person must look."""
        self.doubts.append(Doubt(code=code, text=text))


def span_after(layout: Layout, hit: Hit, *, long: bool = False, inside: bool = False) -> Span:
    """Find what belongs to a label; ``inside``: only what stands in its own cell or on its line."""
    if inside and hit.pane.grid is None:
        return Span([hit.last.atoms[hit.end : layout.first_stop(hit.last, hit.end)]], hit.last.page, "label")
    span = _own(layout, hit, long=long)
    if span.written or inside:
        return span
    pane = hit.pane
    if pane.grid is not None and _last_in_pane(layout, hit):
        beside = _beside(layout, pane)
        if beside.written:
            return _shared(layout, hit, beside)
        under = _under(layout, pane)
        if under.written and not beside.room:
            return under
        if under.written and not span.room:
            under.doubt("value-below", "Teksten står under feltet, ikke ved siden av.")
            return under
        if beside.room:
            return beside
    elif pane.grid is not None:
        beside = _beside(layout, pane)
        if beside.written:
            return _shared(layout, hit, beside)
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
    if below is None or below.grid is not None or (hit.pane.grid is None and below.ruled is None):
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
    if end and not _far(label, strip) and not layout.is_print(strip):
        span.lines, span.how, span.page = [strip.atoms[:end]], "next-line", strip.page


def _far(above: Strip, below: Strip) -> bool:
    """Whether a line stands so far below another that it can't be its answer."""
    if above.page != below.page or above.box is None or below.box is None:
        return above.page != below.page
    return below.box.top - above.box.bottom > 2.5 * max(above.box.bottom - above.box.top, 6.0)


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
    if _far(hit.last, strip):
        return None
    return _matched(layout, hit, strip, labels, "next-line")


def _matched(layout: Layout, hit: Hit, strip: Strip, labels: list[int], how: str) -> Span:
    """The pieces of a line that belong to one of several labels on another: by place, else by number."""
    chunks = chunks_of(strip.atoms)
    mine = labels.index(hit.start) if hit.start in labels else 0
    starts = [hit.strip.atoms[index].box for index in labels]
    span = Span(page=strip.page, how=how)
    if all(box is not None for box in starts) and all(chunk[0].box is not None for chunk in chunks):
        for chunk in chunks:
            x = chunk[0].box.x0 if chunk[0].box else 0.0
            over = max((n for n, box in enumerate(starts) if box and box.x0 <= x + 12), default=0)
            if over == mine:
                span.lines.append(chunk)
        return span
    for pieces in (_between_gaps(strip.atoms), chunks):
        if len(pieces) == len(labels):
            span.lines = [pieces[mine]]
            return span
    span.lines = [chunks[mine]] if mine < len(chunks) else []
    if any(atom.written for atom in strip.atoms):
        span.doubt("cannot-align", "Det er uklart hvilket felt teksten på linjen hører til.")
    return span


def _between_gaps(atoms: list[Atom]) -> list[list[Atom]]:
    pieces: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom.kind is AtomKind.GAP:
            pieces.append([])
        else:
            pieces[-1].append(atom)
    return pieces


def chunks_of(atoms: list[Atom]) -> list[list[Atom]]:
    """The pieces of a line between gaps."""
    chunks: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom.kind is AtomKind.GAP:
            chunks.append([])
        elif atom.kind in (AtomKind.ENTRY, AtomKind.INK):
            chunks += [[atom], []]
        else:
            chunks[-1].append(atom)
    return [chunk for chunk in chunks if chunk]


def written_lines(pane: Pane) -> list[list[Atom]]:
    """The lines of a pane and of tables inside it, blank ones too."""
    lines: list[list[Atom]] = []
    for strip in pane.strips:
        if strip.grid is None:
            lines.append(strip.atoms)
        else:
            for inner in strip.grid.panes:
                lines += written_lines(inner)
    return lines


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
    return any(stop.pane is hit.pane and stop.place < hit.place for stop in layout.stops.values())


def _beside(layout: Layout, pane: Pane) -> Span:
    """The cells to the right, until one that begins with an anchor."""
    span = Span(how="next-cell")
    grid = pane.grid
    if grid is None:
        return span
    seen: list[Pane] = []
    taken: Pane | None = None
    for column in range(pane.column + pane.column_span, grid.columns):
        stopped = False
        for row in range(pane.row, pane.row + pane.row_span):
            right = grid.at(row, column)
            if right is None or right in seen:
                continue
            if layout.begins_with_stop(right) or right.row < pane.row:
                stopped = True
                break
            seen.append(right)
            span.room = True
            span.page = grid.page
            if right.blank:
                continue
            if taken is not None and taken.column != right.column and not span.doubts:
                span.doubt("several-cells", "Det står tekst i flere ruter ved siden av feltet.")
            taken = taken or right
            span.lines += _until_stop(layout, right)
        if stopped:
            break
    return span


def _under(layout: Layout, pane: Pane) -> Span:
    """The cell below, when no anchor stands in it."""
    span = Span(how="cell-below")
    grid = pane.grid
    if grid is None:
        return span
    below = grid.at(pane.row + pane.row_span, pane.column)
    if below is None or layout.has_stop(below) or below.column != pane.column:
        return span
    left = grid.at(below.row, below.column - 1) if below.column else None
    if left is not None and layout.begins_with_stop(left) and grid.at(pane.row, pane.column - 1) is not None:
        above = grid.at(pane.row, pane.column - 1)
        if above is not None and not layout.begins_with_stop(above):
            return span
    span.room, span.page = True, grid.page
    span.lines = written_lines(below)
    return span


def span_above(layout: Layout, hit: Hit) -> Span | None:
    """What stands over a label that is printed under its line: in the cell above, or on the line above."""
    pane = hit.pane
    if pane.grid is not None:
        above = pane.grid.at(pane.row - 1, pane.column) if pane.row else None
        if above is None or hit.strip.local or layout.has_stop(above) or not _filled(above):
            return None
        return Span(written_lines(above), pane.grid.page, "line-above", True)
    strip = pane.strips[hit.strip.local - 1] if hit.strip.local else None
    if strip is None or strip.grid is not None or layout.first_stop(strip) < len(strip.atoms):
        return None
    if (
        layout.is_print(strip)
        or _far(strip, hit.strip)
        or not any(a.written or a.kind is AtomKind.INK for a in strip.atoms)
    ):
        return None
    labels = [index for index in range(len(hit.strip.atoms)) if layout.stop_at(hit.strip, index) is not None]
    return _matched(layout, hit, strip, labels, "line-above")


def _filled(pane: Pane) -> bool:
    return any(atom.written or atom.kind is AtomKind.INK for atom in pane.atoms)


def span_beyond(layout: Layout, pane: Pane) -> Span:
    """What stands in the cells beside a headed cell, else in the one below."""
    beside = _beside(layout, pane)
    return beside if beside.written else _under(layout, pane)


def _until_stop(layout: Layout, pane: Pane) -> list[list[Atom]]:
    lines: list[list[Atom]] = []
    for strip in pane.strips:
        if strip.grid is not None:
            for inner in strip.grid.panes:
                lines += written_lines(inner)
            continue
        end = layout.first_stop(strip)
        lines.append(strip.atoms[:end])
        if end < len(strip.atoms):
            break
    return lines


def _shared(layout: Layout, hit: Hit, beside: Span) -> Span:
    """Several labels in one cell share the next cell line by line; unequal numbers can't be told apart."""
    labels = sorted(
        (stop for stop in set(layout.stops.values()) if stop.pane is hit.pane), key=lambda stop: stop.place
    )
    if len(labels) < 2 or hit not in labels:
        return beside
    lines = [line for line in beside.lines if any(atom.written for atom in line)]
    mine = labels.index(hit)
    every = beside.lines
    if len(lines) == len(labels):
        chosen = lines[mine]
    elif len(every) == len(labels):
        chosen = every[mine]
    else:
        chosen = lines[mine] if mine < len(lines) else []
        beside.doubt("cannot-align", "Det er uklart hvilken linje i ruten som hører til feltet.")
    return Span([chosen], beside.page, beside.how, True, beside.doubts)


def raw_of(span: Span) -> str:
    """What stood there, line breaks kept."""
    return text_of(span.lines)


def entry_doubts(span: Span) -> list[Doubt]:
    """What the reader itself doubted of a widget."""
    return [
        Doubt(code="widget-disagrees", text=atom.piece.doubt)
        for atom in span.atoms
        if isinstance(atom.piece, Entry) and atom.piece.doubt
    ]
