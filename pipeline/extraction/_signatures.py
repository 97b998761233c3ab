"""Signatures: ink on the line or in the cell, and the repeated lines for place, date and name."""

from __future__ import annotations

from pipeline.domain import Box, Doubt, Finding, Ink, union
from pipeline.extraction._atoms import Atom, AtomKind, keyed
from pipeline.extraction._hits import Hit, Strength
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Strip
from pipeline.extraction._signers import box_of_hit, inks_of, signs_another
from pipeline.extraction._spans import Span, written_lines
from pipeline.extraction._under_lines import line_above, stands_over
from pipeline.extraction._values import span_after

_ABOVE = 46.0
_BELOW = 34.0
"""Points above and below a signature's label within which a signature belongs to it."""
UNSIGNED, SIGNED = 0.15, 0.8
"""Between them nobody can tell whether ink is a signature."""
UNSURE_INK = Doubt(code="unsure-signature", text="Det er usikkert om noen har skrevet under her.")
OUTSIDE = Doubt(code="outside-line", text="Det er skrevet for hånd ved siden av linjen for underskrift.")


def signed_at(layout: Layout, hit: Hit, span: Span) -> Finding:
    """Whether there is ink where a label asks for a signature, and how sure it is that it is one."""
    inks = [atom.piece for atom in _ink_at(layout, hit, span) if isinstance(atom.piece, Ink)]
    doubts = [UNSURE_INK] if any(UNSIGNED < ink.confidence < SIGNED for ink in inks) else []
    doubts += [OUTSIDE] if any(ink.outside for ink in inks) else []
    return Finding(
        inked=any(ink.confidence >= 0.5 for ink in inks),
        box=union([ink.extent for ink in inks]),
        doubts=tuple(doubts),
    )


def _ink_at(layout: Layout, hit: Hit, span: Span) -> list[Atom]:
    """The ink at a label: in its value's place, after it, in its cell, or nearest to it."""
    end = layout.first_stop(hit.last, hit.end)
    beside = [atom for atom in hit.last.atoms[hit.end : end] if atom.kind is AtomKind.INK]
    under = [
        atom
        for atom in span.atoms
        if atom.kind is AtomKind.INK and atom not in beside and not signs_another(layout, hit, atom)
    ]
    if beside or under:
        return [*under, *beside]
    if hit.pane.grid is not None and not _several(layout, hit):
        return [atom for atom in hit.pane.atoms if atom.kind is AtomKind.INK]
    return [
        atom
        for strip, atom in inks_of(layout)
        if _belongs(layout, hit, strip, atom) and not signs_another(layout, hit, atom)
    ]


def _several(layout: Layout, hit: Hit) -> bool:
    return any(stop.pane is hit.pane and stop is not hit for stop in layout.stops.values())


def _belongs(layout: Layout, hit: Hit, strip: Strip, ink: Atom) -> bool:
    """Whether some ink outside the value's place is nearest to this label, among the labels near it."""
    label = box_of_hit(hit)
    index = strip.atoms.index(ink)
    owners = [stop for stop in layout.stops.values() if stop.last is strip and stop.end <= index]
    if owners:
        return max(owners, key=lambda stop: stop.end) is hit
    if ink.box is not None and label is not None:
        if strip.page != hit.strip.page or not _near(label, ink.box) or _parted(layout, hit, label, ink.box):
            return False
        rivals = [
            other
            for other in layout.stops.values()
            if other is not hit and other.strip.page == strip.page and other.strip is hit.strip
        ]
        if any(_gap(box, ink.box) < _gap(label, ink.box) for box in _twins(layout, hit)):
            return False
        mine = _away(label, ink.box)
        return all(
            _away(box, ink.box) > mine
            for other in rivals
            if (box := box_of_hit(other)) is not None and box != label
        )
    if strip.pane is not hit.pane or any(atom.written for atom in strip.atoms):
        return False
    between = hit.pane.strips[hit.last.local + 1 : strip.local]
    if any(one.grid is not None or any(atom.written for atom in one.atoms) for one in between):
        return False
    return strip.local in (hit.strip.local - 1, hit.last.local + 1, hit.last.local + 2)


def _twins(layout: Layout, hit: Hit) -> list[Box]:
    """The same label elsewhere on the page."""
    boxes = [
        box_of_hit(other)
        for other in layout.hits
        if other.key == hit.key and other.strip.page == hit.strip.page
    ]
    return [box for box in boxes if box is not None and box != box_of_hit(hit)]


def _gap(label: Box, ink: Box) -> float:
    return max(label.top - ink.bottom, ink.top - label.bottom, 0.0)


def _near(label: Box, ink: Box) -> bool:
    return ink.bottom > label.top - _ABOVE and ink.top < label.bottom + _BELOW


def _parted(layout: Layout, hit: Hit, label: Box, ink: Box) -> bool:
    """Whether another label stands between a label and some ink over or under it."""
    middle = (ink.top + ink.bottom) / 2
    for other in layout.stops.values():
        box = box_of_hit(other)
        if other is hit or box is None or other.strip.page != hit.strip.page:
            continue
        if not label.x0 - 20 <= box.x0 < ink.x1:
            continue
        if (
            label.bottom - 1 <= box.top < box.bottom <= middle
            or middle <= box.top < box.bottom <= label.top + 1
        ):
            return True
    return False


def _away(label: Box, ink: Box) -> float:
    """How far ink begins right of a label's beginning; ink that begins left of it is far."""
    middle = (ink.x0 + ink.x1) / 2
    return middle - label.x0 if middle >= label.x0 - 6 else 1000.0 + label.x0 - middle


def signed_labels(
    layout: Layout, texts: tuple[str, ...], names: tuple[str, ...]
) -> list[tuple[Hit, Hit | None]]:
    """Each «Sted og dato» with the «Navn» that goes with it."""
    places = sorted(
        (
            hit
            for hit in layout.hits
            if hit.key in set(map(keyed, texts)) and hit.strength >= Strength.RUNNING
        ),
        key=lambda hit: hit.place,
    )
    keys = set(map(keyed, names))
    pairs: list[tuple[Hit, Hit | None]] = []
    for number, hit in enumerate(places):
        until = places[number + 1].place if number + 1 < len(places) else (1 << 30, 0)
        name = next(
            (
                other
                for other in layout.hits
                if other.key in keys
                and hit.place < other.place < until
                and (other.strength >= Strength.RUNNING or other.strip is hit.last)
                and _beside_or_below(hit, other)
            ),
            None,
        )
        pairs.append((hit, name))
    return pairs


def signature_rows(
    layout: Layout, texts: tuple[str, ...], names: tuple[str, ...]
) -> list[tuple[Hit, Hit | None, dict[str, Span], bool]]:
    """Each pair of «Sted og dato» and «Navn» with what stands at them, and whether there is ink."""
    rows: list[tuple[Hit, Hit | None, dict[str, Span], bool]] = []
    used: set[int] = set()
    for hit, name in signed_labels(layout, texts, names):
        rows += _pair(layout, hit, name, used)
    return rows


def _beside_or_below(hit: Hit, name: Hit) -> bool:
    if hit.pane is name.pane:
        return name.strip.local - hit.last.local <= 3
    if hit.pane.grid is not None and hit.pane.grid is name.pane.grid:
        return name.pane.row - hit.pane.row <= 2
    return False


def _pair(
    layout: Layout, hit: Hit, name: Hit | None, used: set[int]
) -> list[tuple[Hit, Hit | None, dict[str, Span], bool]]:
    over_label = stands_over(layout, hit, name)
    place = Span() if over_label else span_after(layout, hit)
    who = span_after(layout, name) if name is not None and not over_label else Span()
    if (
        not over_label
        and name is not None
        and name.strength is Strength.INSIDE
        and not _ends(layout, hit, name)
    ):
        place.lines[:1] = [hit.last.atoms[hit.end : name.start]]
    rows: list[tuple[Hit, Hit | None, dict[str, Span], bool]] = []
    fresh = not any(id(atom) in used for atom in (*place.atoms, *who.atoms) if atom.written)
    if fresh:
        used.update(id(atom) for atom in (*place.atoms, *who.atoms))
    above = line_above(layout, hit, name, used, over_label=over_label)
    over = [atom for span in above.values() for atom in span.atoms] if above else []
    ink = [atom for atom in _ink_at(layout, name, who) if atom.confidence >= 0.5] if name is not None else []
    inked = any(id(atom) not in used or atom in (*who.atoms, *over) for atom in ink)
    used.update(map(id, ink))
    written = place.written or (who.written if above is None else any(atom.written for atom in who.atoms))
    if fresh and (written or (inked and above is None)):
        rows.append((hit, name, {"place": place, "name": who}, inked))
    rows += _rows_below(layout, hit, name, used)
    if above is not None:
        signed = any(atom.kind is AtomKind.INK for atom in over)
        rows.insert(0, (hit, name, above, signed or (inked and not rows)))
    return rows


def _ends(layout: Layout, hit: Hit, name: Hit) -> bool:
    """Whether the place's own text is known to end before the name's label on the same line."""
    return layout.first_stop(hit.last, hit.end) <= name.start


def _rows_below(
    layout: Layout, hit: Hit, name: Hit | None, used: set[int]
) -> list[tuple[Hit, Hit | None, dict[str, Span], bool]]:
    """Further rows under «Sted og dato» and «Navn» as headings of a table."""
    grid = hit.pane.grid
    if grid is None or name is None or name.pane.grid is not grid or name.pane.row != hit.pane.row:
        return []
    rows: list[tuple[Hit, Hit | None, dict[str, Span], bool]] = []
    for row in range(hit.pane.row + hit.pane.row_span, grid.rows):
        cells = [grid.at(row, hit.pane.column), grid.at(row, name.pane.column)]
        if any(cell is None or cell.row != row or layout.has_stop(cell) for cell in cells):
            break
        place, who = (Span(written_lines(cell), grid.page, "cell-below", True) for cell in cells if cell)
        fresh = not any(id(atom) in used for atom in (*place.atoms, *who.atoms))
        if fresh and (place.written or who.written):
            used.update(id(atom) for atom in (*place.atoms, *who.atoms))
            inked = any(atom.kind is AtomKind.INK for atom in who.atoms)
            rows.append((hit, name, {"place": place, "name": who}, inked))
    return rows


def ink_finding(hit: Hit, *, inked: bool) -> Finding:
    """Whether a line is signed."""
    return Finding(inked=inked, page=hit.strip.page, box=box_of_hit(hit), found_by="signature")
