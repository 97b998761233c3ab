"""One function for each marking key: from a field's place on the page to its finding."""

from __future__ import annotations

from dataclasses import replace

from pipeline.domain import Doubt, Finding, Mark, MarkState
from pipeline.extraction._answers import NO_COLUMN, answered
from pipeline.extraction._atoms import Atom, AtomKind, box_of, keyed, text_of
from pipeline.extraction._grids import (
    Heads,
    beside_answer,
    cells,
    cut_off,
    find_heads,
    lines_in,
    reaches_out,
    right_edges,
    rows_of,
)
from pipeline.extraction._heights import Lines, box_of_line, is_written
from pipeline.extraction._hits import Hit
from pipeline.extraction._layout import Layout
from pipeline.extraction._overlooked import cut_foreign_labels, cut_print
from pipeline.extraction._place_dates import parted_finding
from pipeline.extraction._shares import share_out
from pipeline.extraction._signatures import signed_at
from pipeline.extraction._signers import WHOSE_INK, signs_another, spanned
from pipeline.extraction._spans import Span, entry_doubts
from pipeline.extraction._stacks import UNALIGNED, shares_its_cell
from pipeline.extraction._values import span_above, span_after
from pipeline.forms import FieldSpec, Kind, Place

MISSING = Doubt(code="label-missing", text="Fant ikke ledeteksten til feltet på skjemaet.")
TWICE = Doubt(
    code="two-candidates", text="Ledeteksten står flere steder, og det er uklart hvilken som gjelder."
)
STRAY_MARK = Doubt(code="mark-in-text", text="Det står et kryss der det skulle stått tekst.")
LABEL_VALUE = Doubt(code="label-as-value", text="Det som står på feltets plass ser ut som en ledetekst.")


_PROSE = 4
"""Words: more than the name of a place has."""


def finding_of(lines: Lines, *, page: int | None, how: str, doubts: tuple[Doubt, ...] = ()) -> Finding:
    """A finding of what stands on some lines."""
    atoms = [atom for line in lines for atom in line]
    if not atoms:
        return Finding(page=page, found_by=how, doubts=doubts)
    span = Span(lines)
    return Finding(
        raw=text_of(lines),
        page=page,
        box=box_of_line([atom for atom in atoms if atom.written]) or box_of(lines),
        confidence=span.confidence,
        found_by=how,
        doubts=(*doubts, *entry_doubts(span)),
    )


def choose(layout: Layout, place: Place) -> tuple[Hit | None, tuple[Doubt, ...]]:
    """The label a place means. Several: the one with something written, and a doubt unless the rest are bare twins."""
    found = layout.candidates(place.texts, place.within)
    if not found:
        return None, ()
    if len(found) == 1:
        return found[0], ()
    filled = [hit for hit in found if span_after(layout, hit).written]
    return (filled or found)[0], (TWICE,)


def by_label(layout: Layout, spec: FieldSpec, place: Place) -> Finding | None:
    """The value beside, after or under a printed label."""
    hit, doubts = choose(layout, place)
    if hit is None:
        return None
    span = span_after(layout, hit, long=spec.long, inside=place.inside)
    if (place.part or spec.kind is Kind.SIGNATURE) and not span.written:
        above = span_above(layout, hit)
        span = above if above is not None and not _of_another(layout, spec, hit, above) else span
        if span is above and _is_prose(span):
            doubts = (*doubts, LABEL_VALUE)
    if not spec.long:
        cut_foreign_labels(span)
        cut_print(layout, span)
    finding = finding_of(span.lines, page=span.page or hit.strip.page, how=span.how or "label")
    found = [*doubts, *span.doubts, *finding.doubts]
    if spec.kind is Kind.SIGNATURE:
        signed = signed_at(layout, hit, span)
        found += [*signed.doubts, *([] if signed.inked or not spanned(layout, hit) else [WHOSE_INK])]
        if signed.box is not None and not signed.doubts:
            finding = replace(finding, confidence=1.0)
        box = signed.box or finding.box
        return replace(finding, inked=signed.inked, doubts=tuple(found), box=box)
    if not finding.raw and any(_on(atom) for atom in span.atoms):
        found.append(STRAY_MARK)
    if finding.raw.startswith("(") and _is_hint(layout, finding.raw, place):
        found.append(LABEL_VALUE)
    if span.how in ("next-line", "cell-below", "box") and keyed(finding.raw) in layout.wording.labels:
        found.append(LABEL_VALUE)
    if place.part and finding.raw:
        where, when = parted_finding(finding, span.lines)
        finding = where if place.part == "place" else when
    return replace(finding, doubts=tuple(found))


def _is_prose(span: Span) -> bool:
    """Whether the line over a label for a place and a date is rather a line of print: many words, no figure."""
    words = [atom.text for atom in span.atoms if atom.written]
    return len(words) >= _PROSE and not any(char.isdigit() for text in words for char in text)


def _of_another(layout: Layout, spec: FieldSpec, hit: Hit, above: Span) -> bool:
    """Whether the signature on the line above is that of the label before it."""
    return spec.kind is Kind.SIGNATURE and any(
        signs_another(layout, hit, atom) for atom in above.atoms if atom.kind is AtomKind.INK
    )


def _is_hint(layout: Layout, raw: str, place: Place) -> bool:
    """Whether a text is (a part of) the hint that is printed after a label."""
    return any(keyed(raw) in keyed(text) for text in (*place.texts, *layout.spec.static) if "(" in text)


def _on(atom: Atom) -> bool:
    return isinstance(atom.piece, Mark) and atom.piece.state is not MarkState.OFF


def by_row(layout: Layout, spec: FieldSpec, place: Place) -> Finding | None:
    """What stands in a row, under a column's heading."""
    hit, doubts = choose(layout, place)
    if hit is None:
        return None
    heads = find_heads(layout, hit.pane.grid, place, hit.pane.row) if hit.pane.grid is not None else None
    if place.column == "yes_no":
        return answered(layout, spec, hit, heads, doubts)
    if heads is None or place.column not in heads.columns or hit.pane.grid is None:
        lines = beside_answer(layout, hit, heads, place) if place.column == "note" else None
        if lines is not None:
            return finding_of(lines, page=hit.strip.page, how="row", doubts=doubts)
        span = span_after(layout, hit)
        found = finding_of(span.lines, page=hit.strip.page, how="row-line")
        if place.column == "note":
            found = _after_answer(span, found)
        clear = not found.raw and not any(_on(atom) for atom in span.atoms)
        return replace(found, doubts=(*doubts, *span.doubts, *found.doubts, *(() if clear else (NO_COLUMN,))))
    columns = {
        name: lines_in([p for p in cells(hit.pane.grid, rows_of(hit), where) if p is not hit.pane])
        for name, where in heads.columns.items()
        if name not in ("yes", "no")
    }
    lines = columns[place.column]
    if place.line is None and any(map(is_written, lines)):
        lines = [*lines, *cut_off(layout, hit, heads.columns[place.column])]
    if (
        (layout.sheet.scanned and reaches_out(hit.pane.grid, rows_of(hit), heads.columns[place.column]))
        or (layout.sheet.scanned and _unheaded(place, heads) and any(map(is_written, lines)))
        or _mixed(columns)
        or _astray(columns)
        or (place.line is not None and _two_names(columns.get("name", []), hit))
    ):
        doubts = (*doubts, UNALIGNED)
    if any(
        atom.written and atom.key for atom in hit.last.atoms[hit.end : layout.first_stop(hit.last, hit.end)]
    ):
        doubts = (*doubts, UNALIGNED)
    if place.line is None and _over_label(lines, hit):
        doubts = (*doubts, UNALIGNED)
    if place.line is None and lines and shares_its_cell(layout, hit, place):
        doubts = (*doubts, UNALIGNED)
    if place.line is not None:
        lines, more = _stacked(layout, hit, place, columns, heads)
        doubts = (*doubts, *more)
    return finding_of(lines, page=hit.strip.page, how="row", doubts=doubts)


def _unheaded(place: Place, heads: Heads) -> bool:
    """Whether a column's heading was not read: what stands in that column may have been taken for the one before it."""
    return not set(place.columns) <= set(heads.columns)


def _over_label(lines: Lines, hit: Hit) -> bool:
    """Whether what is to stand in a row all stands far over its label: on the next page, where a stamp may be."""
    label = hit.strip.atoms[hit.start].box
    boxes = [atom.box for line in lines for atom in line if atom.written and atom.box is not None]
    if label is None or not boxes:
        return False
    return all(box.bottom < label.top - 2 * (label.bottom - label.top) for box in boxes)


def _mixed(columns: dict[str, Lines]) -> bool:
    """Whether an e-mail stands outside the contact column: the columns can't be trusted."""
    return "contact" in columns and any(
        "@" in atom.text
        for name, lines in columns.items()
        if name != "contact"
        for line in lines
        for atom in line
    )


def _astray(columns: dict[str, Lines]) -> bool:
    """Whether what stands in one column may belong to the next."""
    return any(atom.astray for lines in columns.values() for line in lines for atom in line)


def _two_names(lines: Lines, hit: Hit) -> bool:
    """Whether more full names stand in a row than its label asks for."""
    full = [line for line in lines if sum(len(atom.text.split()) for atom in line if atom.written) >= 2]
    labels = sum(1 for strip in hit.pane.strips if any(atom.written for atom in strip.atoms))
    return len(full) > max(labels, 1) or (len(full) > 1 and labels < 2)


def _after_answer(span: Span, found: Finding) -> Finding:
    words = [atom for atom in span.atoms if atom.written and atom.key not in ("ja", "nei")]
    return found if words else replace(found, raw="")


def _stacked(
    layout: Layout, hit: Hit, place: Place, columns: dict[str, Lines], heads: Heads
) -> tuple[Lines, tuple[Doubt, ...]]:
    """The entry of one of several labels that stand in one cell."""
    keys = {
        keyed(text)
        for field in layout.spec.fields
        for other in field.places
        if other.kind is place.kind and other.within == place.within and other.line is not None
        for text in other.texts
    }
    labels = [
        one
        for one in sorted(layout.stops.values(), key=lambda one: one.place)
        if one.key in keys and one.pane is hit.pane
    ]
    if len(labels) < 2:
        return columns[place.column], ()
    boxes = [one.strip.atoms[one.start].box for one in labels]
    rows = [one.strip.local for one in labels]
    lead = "name" if "name" in columns else place.column
    stack = share_out(
        columns,
        boxes,
        rows,
        lead,
        height=len(hit.pane.strips),
        rights=right_edges(heads),
    )
    written = sum(map(is_written, columns[place.column]))
    clear = not written or (place.column == lead and written == len(labels) and not _boxed(columns[lead]))
    return stack.entries[labels.index(hit)][place.column], () if clear else tuple(stack.doubts)


def _boxed(lines: Lines) -> bool:
    return any(box_of_line(line) is not None for line in lines)
