"""The room's verb: from a form's region and its declaration to what stood at each field's place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from pipeline.domain import Document, Doubt, Finding, Findings, Mark, MarkState, Recognition
from pipeline.extraction._answers import of_tick, off_line
from pipeline.extraction._areas import by_cell
from pipeline.extraction._atoms import Atom, AtomKind, keyed
from pipeline.extraction._breaks import mend_breaks
from pipeline.extraction._filled_boxes import doubted_if_crossed_elsewhere
from pipeline.extraction._hits import Hit
from pipeline.extraction._inside import part_labels_inside
from pipeline.extraction._layout import Layout, find_layout
from pipeline.extraction._levels import part_levels
from pipeline.extraction._margins import drop_running_print, drop_strange_print, open_columns, open_frames
from pipeline.extraction._options import find_ticks
from pipeline.extraction._overlooked import unclaimed
from pipeline.extraction._place_dates import parted_finding
from pipeline.extraction._places import (
    LABEL_VALUE,
    MISSING,
    TWICE,
    by_label,
    by_row,
    finding_of,
)
from pipeline.extraction._prompts import clear_prompts
from pipeline.extraction._regroup import regroup
from pipeline.extraction._rooms import field_rooms
from pipeline.extraction._rows import by_checklist, by_table
from pipeline.extraction._scan_doubts import doubted_as_scanned
from pipeline.extraction._sheet import Strip, lay_out
from pipeline.extraction._signatures import ink_finding, signature_rows, signed_at
from pipeline.extraction._signers import each_signs_once
from pipeline.extraction._signing import signing_places
from pipeline.extraction._spans import Span
from pipeline.extraction._ticks import WHOSE, Tick, state_of
from pipeline.forms import FieldSpec, FormSpec, Kind, Place, PlaceKind

_Way = Callable[[Layout, FieldSpec, Place], Finding | None]

UNPLACED = Doubt(
    code="unplaced-text", text="Det er fylt ut noe på skjemaet som ikke kunne knyttes til et felt."
)
_LABEL = 8
"""Letters from which on a label is more than a word that may be written anywhere."""
_NAME = 2
"""Letters that a name has at least; fewer are dust, or what is left of a label."""
AMBIGUOUS_NAME = Doubt(code="two-candidates", text="Feltet står flere ganger med ulikt innhold.")


def extract(document: Document, recognition: Recognition, spec: FormSpec) -> Findings:
    """Find every field of a form in its region: for each the first place that yields, and why it may be wrong.

    Nothing is parsed here; a field whose label the page lacks comes back with ``anchored`` False.
    """
    sheet = lay_out(doubted_if_crossed_elsewhere(recognition.region))
    clear_prompts(sheet)
    if document.paged:
        mend_breaks(sheet)
        part_levels(sheet)
        open_columns(sheet)
        drop_strange_print(sheet, spec, recognition.region)
    layout = find_layout(sheet, spec)
    if document.paged:
        dropped = drop_running_print(layout, recognition.region)
        if open_frames(layout) or dropped or layout.rejoined:
            layout = find_layout(layout.sheet, spec)
    if regroup(layout):
        part_levels(layout.sheet)
        layout = find_layout(layout.sheet, spec)
    ticks = _ticks(layout)
    fields = each_signs_once(layout, {one.id: _field(layout, one, ticks) for one in spec.fields})
    fields = _nothing_lost(layout, spec, _by_name(layout, spec, part_labels_inside(spec, fields)))
    fields, doubts = unclaimed(layout, spec, _swallowed(spec, fields))
    scanned = layout.sheet.scanned
    signing = signing_places(layout, spec) if scanned else ()
    fields = doubted_as_scanned(fields, spec, recognition.region) if scanned else fields
    rooms = field_rooms(layout, spec, fields) if scanned else ()
    layout.sheet.release()
    return Findings(form=spec.id, fields=fields, doubts=doubts, signing=signing, rooms=rooms)


def _ticks(layout: Layout) -> dict[str, Finding]:
    """All check boxes of the form together: the side on which they stand is one decision."""
    chosen: list[tuple[str, Hit, tuple[Doubt, ...]]] = []
    for one in layout.spec.fields:
        for place in one.places:
            if place.kind is PlaceKind.CHECKBOX:
                found = layout.candidates(place.texts, place.within)
                if found:
                    chosen.append((one.id, found[0], (TWICE,) if len(found) > 1 else ()))
                    break
    states = find_ticks(layout, sorted((hit for _, hit, _ in chosen), key=lambda hit: hit.place))
    found_ticks: dict[str, Finding] = {}
    crosses = Counter(
        (hit.strip.page, states[id(hit)].box) for _, hit, _ in chosen if _is_on(states[id(hit)])
    )
    for name, hit, doubts in chosen:
        tick = states[id(hit)]
        finding = of_tick(tick, hit)
        off = off_line(layout, hit, tick)
        if layout.sheet.scanned and tick.box is not None and crosses[hit.strip.page, tick.box] > 1:
            off = (WHOSE,)
        found_ticks[name] = replace(finding, doubts=(*doubts, *off, *finding.doubts))
    return found_ticks


def _is_on(tick: Tick) -> bool:
    return tick.state in (MarkState.ON, MarkState.UNSURE)


def _field(layout: Layout, spec: FieldSpec, ticks: dict[str, Finding]) -> Finding:
    if spec.id in ticks:
        return ticks[spec.id]
    for place in spec.places:
        way = _WAYS.get(place.kind)
        finding = way(layout, spec, place) if way is not None else None
        if finding is not None:
            return finding
    return Finding(anchored=False, doubts=() if spec.optional else (MISSING,))


def _by_signatures(layout: Layout, _: FieldSpec, place: Place) -> Finding | None:
    """Each signed or filled signature line as a row."""
    names = place.columns.get("name", ())
    if not layout.candidates(place.texts, place.within):
        return None
    rows: list[dict[str, Finding]] = []
    doubts: list[Doubt] = []
    for hit, name, spans, inked in signature_rows(layout, place.texts, names):
        where = _found(spans["place"], hit)
        who = _found(spans["name"], name or hit)
        town, day = parted_finding(where, spans["place"].lines)
        signed = signed_at(layout, name, spans["name"]) if name is not None else Finding()
        doubts += [
            *spans["place"].doubts,
            *spans["name"].doubts,
            *where.doubts,
            *who.doubts,
            *signed.doubts,
        ]
        if not inked and not keyed(where.raw + who.raw):
            continue
        if sum(map(str.isalpha, who.raw)) < _NAME:
            who = replace(who, raw="")
        rows.append(
            {
                "place": town,
                "date": day,
                "name": who,
                "signed": ink_finding(name or hit, inked=inked),
            }
        )
    boxes = [one for row in rows for one in row.values()]
    first = layout.candidates(place.texts, place.within)[0]
    from pipeline.domain import union

    return Finding(
        raw="\n".join(f"{r['place'].raw} {r['date'].raw} {r['name'].raw}".strip() for r in rows),
        rows=tuple(rows),
        page=first.strip.page,
        box=union([one.box for one in boxes if one.raw or one.inked]),
        confidence=min((one.confidence for one in boxes), default=1.0),
        found_by="signatures",
        doubts=tuple(dict.fromkeys(doubts)),
    )


def _found(span: Span, hit: Hit) -> Finding:
    return finding_of(span.lines, page=span.page or hit.strip.page, how=span.how)


_WAYS: dict[PlaceKind, _Way] = {
    PlaceKind.LABEL: by_label,
    PlaceKind.ROW: by_row,
    PlaceKind.CELL: by_cell,
    PlaceKind.TABLE: by_table,
    PlaceKind.CHECKLIST: by_checklist,
    PlaceKind.SIGNATURES: _by_signatures,
}


def _by_name(layout: Layout, spec: FormSpec, fields: dict[str, Finding]) -> dict[str, Finding]:
    """In the project's own blanks a control bears its field's id: it settles what the print left open."""
    own: dict[str, list[tuple[Strip, Atom]]] = {}
    ids = {one.id for one in spec.fields}
    for strip in layout.sheet.strips:
        for atom in strip.atoms:
            name = getattr(atom.piece, "name", "")
            if name in ids:
                own.setdefault(name, []).append((strip, atom))
    for name, places in own.items():
        finding = fields[name]
        kind = spec.field(name).kind
        if kind is Kind.TICK:
            fields[name] = _tick_by_name(finding, places)
        elif kind not in (Kind.ROWS, Kind.YES_NO, Kind.SIGNATURE):
            fields[name] = _text_by_name(finding, places, spec.field(name))
    return fields


def _nothing_lost(layout: Layout, spec: FormSpec, fields: dict[str, Finding]) -> dict[str, Finding]:
    """A filled widget that no field took may belong to any that was found empty: those go to a person."""
    raws = [finding.raw for finding in fields.values()]
    raws += [one.raw for finding in fields.values() for row in finding.rows for one in row.values()]
    taken = "|".join(map(keyed, raws)) + "|" + "".join(map(keyed, raws))
    lost = [
        atom
        for _, atom in layout.sheet.entries()
        if any(key not in taken for key in map(keyed, atom.text.split()) if len(key) > 3 or key.isdigit())
    ]
    if not lost:
        return fields
    kinds = (Kind.TICK, Kind.YES_NO, Kind.SIGNATURE)
    return {
        name: replace(finding, doubts=(UNPLACED,))
        if not finding.raw and not finding.doubts and spec.field(name).kind not in kinds
        else finding
        for name, finding in fields.items()
    }


def _swallowed(spec: FormSpec, fields: dict[str, Finding]) -> dict[str, Finding]:
    """A label that was not found as one may stand, whole or in pieces, in what was taken for another field's value."""
    missing = [
        [key for key in map(keyed, text.split()) if key]
        for one in spec.fields
        if not fields[one.id].anchored and not one.optional
        for place in one.places
        for text in place.texts
    ]
    found = dict(fields)
    for name, finding in fields.items():
        said = [key for key in map(keyed, finding.raw.split()) if key]
        if not finding.doubts and any(_holds(said, label) for label in missing):
            found[name] = replace(finding, doubts=(LABEL_VALUE,))
    return found


def _holds(said: list[str], label: list[str]) -> bool:
    """Whether a label's words are among a value's; a short one may be written anywhere, but hardly as its last words."""
    if sum(map(len, label)) >= _LABEL:
        return set(label) <= set(said)
    return len(said) > len(label) > 0 and said[-len(label) :] == label


def _tick_by_name(finding: Finding, places: list[tuple[Strip, Atom]]) -> Finding:
    marks = [atom for _, atom in places if isinstance(atom.piece, Mark)]
    if not marks:
        return finding
    tick = state_of(marks)
    if finding.state is tick.state and not finding.doubts:
        return finding
    doubts = tuple(tick.doubts)
    if finding.state is MarkState.ON and tick.state is MarkState.OFF:
        doubts = (*doubts, *(finding.doubts or (AMBIGUOUS_NAME,)))
    return Finding(
        state=tick.state,
        page=places[0][0].page,
        box=tick.box,
        confidence=tick.confidence,
        found_by="control",
        doubts=doubts,
    )


def _text_by_name(finding: Finding, places: list[tuple[Strip, Atom]], spec: FieldSpec) -> Finding:
    texts = {keyed(atom.text): (strip, atom) for strip, atom in places if atom.kind is AtomKind.ENTRY}
    if not texts:
        return finding
    if len(texts) > 1:
        return replace(finding, anchored=True, doubts=(*finding.doubts, AMBIGUOUS_NAME))
    key, (strip, atom) = next(iter(texts.items()))
    if any(place.part for place in spec.places):
        return finding if finding.anchored else finding_of([[atom]], page=strip.page, how="control")
    if key and key in keyed(finding.raw) and not finding.doubts:
        return finding
    if not key and (finding.raw or not finding.doubts):
        return finding
    return finding_of([[atom]], page=strip.page, how="control")
