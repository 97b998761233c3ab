"""Boxes that answer: one box's finding, and a question's row with a column for yes and one for no."""

from __future__ import annotations

from dataclasses import replace

from pipeline.domain import Doubt, Finding, MarkState, union
from pipeline.extraction._atoms import AtomKind
from pipeline.extraction._grids import Heads, yes_no
from pipeline.extraction._hits import Hit, covered
from pipeline.extraction._layout import Layout
from pipeline.extraction._ticks import NO_BOX, WHOSE, Tick, corrected, state_of
from pipeline.forms import FieldSpec, Kind

BOTH = Doubt(code="both-ticked", text="Det ser ut som om det er krysset av for både ja og nei.")
NO_COLUMN = Doubt(code="label-missing", text="Fant ikke kolonnen til feltet på skjemaet.")

ROW_EMPTY, ROW_BOXED = "row-empty", "row-boxed"
"""How an answer was found whose row shows neither boxes nor crosses, and one whose row shows both boxes."""


def of_tick(tick: Tick, hit: Hit) -> Finding:
    """A tick box's finding."""
    return Finding(
        state=tick.state or MarkState.UNSURE,
        page=hit.strip.page,
        box=tick.box or union([atom.box for atom in covered(hit)]),
        confidence=tick.confidence,
        found_by=tick.how or "box",
        doubts=tuple(tick.doubts),
    )


def off_line(layout: Layout, hit: Hit, *ticks: Tick) -> tuple[Doubt, ...]:
    """A doubt when a scan shows a mark over or under its label where nothing rules them into one row: lines were melted.

    A cell with another label in it is two rows whose line was not found.
    """
    label = union([atom.box for atom in covered(hit)])
    alone = not any(
        stop.strip.pane is hit.pane and stop.strip is not hit.strip for stop in layout.stops.values()
    )
    ruled = hit.pane.grid is not None and hit.pane.grid.drawn and alone
    if not layout.sheet.scanned or ruled or label is None:
        return ()
    half = (label.bottom - label.top) / 2
    for tick in ticks:
        if tick.box is not None and tick.state is not MarkState.OFF:
            middle = (tick.box.top + tick.box.bottom) / 2
            if not alone and tick.box.bottom - tick.box.top > 5 * half:
                return (WHOSE,)
            if not label.top - half <= middle <= label.bottom + half:
                return (WHOSE,)
    return ()


def answered(
    layout: Layout, spec: FieldSpec, hit: Hit, heads: Heads | None, doubts: tuple[Doubt, ...]
) -> Finding:
    """What is ticked in a question's row, under «ja» and «nei»."""
    yes, no = corrected(*yes_no(layout, hit, heads))
    if spec.kind is Kind.TICK:
        return _either(layout, yes, no, hit, doubts)
    page = hit.strip.page
    if yes.state is None or no.state is None:
        missing = () if yes.state is None and no.state is None and not _needs_boxes(layout) else (NO_COLUMN,)
        return Finding(page=page, found_by="row", doubts=(*doubts, *missing))
    if layout.sheet.scanned and yes.state is MarkState.ON and no.state is MarkState.ON:
        doubts = (*doubts, BOTH)
    return Finding(
        yes=yes.state,
        no=no.state,
        page=page,
        box=union([tick.box for tick in (yes, no) if tick.state is MarkState.ON])
        or union([atom.box for atom in covered(hit)]),
        confidence=min(yes.confidence, no.confidence),
        found_by=(ROW_EMPTY, "row", ROW_BOXED)[yes.seen + no.seen],
        doubts=tuple(dict.fromkeys((*doubts, *off_line(layout, hit, yes, no), *yes.doubts, *no.doubts))),
    )


def _needs_boxes(layout: Layout) -> bool:
    """Whether the sheet prints boxes, so that a question without any is odd."""
    return any(atom.kind is AtomKind.MARK for strip in layout.sheet.strips for atom in strip.atoms)


def _either(layout: Layout, yes: Tick, no: Tick, hit: Hit, doubts: tuple[Doubt, ...]) -> Finding:
    """A lone line with one box in either column; or a box on the line itself."""
    on = next((tick for tick in (yes, no) if tick.state not in (None, MarkState.OFF)), None)
    tick = on or (yes if yes.state is not None else no)
    own = state_of([atom for atom in hit.strip.atoms if atom.kind is AtomKind.MARK])
    if own.state is not None and (tick.state is None or (on is None and own.state is not MarkState.OFF)):
        tick = own
    if tick.state is None:
        tick = Tick(MarkState.OFF, doubts=[NO_BOX])
    return replace(of_tick(tick, hit), doubts=(*doubts, *off_line(layout, hit, tick), *tick.doubts))
