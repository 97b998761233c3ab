"""Which box belongs to which printed words: before or after them, on their line or in the cell beside."""

from __future__ import annotations

from pipeline.domain import MarkState
from pipeline.extraction._atoms import AtomKind, keyed
from pipeline.extraction._grids import inline
from pipeline.extraction._hits import Hit, covered
from pipeline.extraction._layout import Layout
from pipeline.extraction._line_boxes import crossed, line_apart, on_line, row_apart
from pipeline.extraction._sheet import Grid, Pane
from pipeline.extraction._ticks import (
    NO_BOX,
    TYPED,
    UNSURE,
    WHOSE,
    Tick,
    drawn_cross,
    foreign,
    marks_of,
    slot_state,
    state_of,
)

STROKES = 2
"""So few letters beside a box may be strokes of its cross."""


def find_ticks(layout: Layout, options: list[Hit]) -> dict[int, Tick]:
    """The box of each option, by the id of its hit; options are those of one form in reading order.

    On a scan, ink beside an option that has no box may be its cross, read as a word.
    """
    found: dict[int, Tick] = {}
    if layout.sheet.scanned:
        crossed(options)
    for hit in options:
        own = _own(layout, hit, options)
        if own.state is not None:
            found[id(hit)] = own
    side = _grid_sides(layout, options)
    marked = bool(found)
    rows = {name: pane for grid in layout.sheet.grids for name, pane in _in_rows(grid, options).items()}
    for hit in options:
        beside = _beside(hit, options, side)
        if beside is None and id(hit) in rows:
            beside = slot_state(rows[id(hit)])
            beside.how = "box-beside"
        if id(hit) in found:
            if beside is not None and beside.state is MarkState.ON and found[id(hit)].state is MarkState.OFF:
                beside.doubts.append(WHOSE)
                found[id(hit)] = beside
            elif (
                beside is not None
                and beside.how == "box-beside"
                and beside.state is MarkState.OFF
                and found[id(hit)].state is MarkState.ON
            ):
                found[id(hit)].doubts.append(WHOSE)
        elif beside is not None:
            found[id(hit)] = beside
    marked = marked or any(tick.how == "box-beside" for tick in found.values())
    # On a scan a box too doubtful to judge is a printed box all the same.
    seen = {MarkState.OFF, MarkState.UNSURE} if layout.sheet.scanned else {MarkState.OFF}
    printed = any(
        tick.state in seen and tick.how in ("own-line", "own-cell", "box-beside") for tick in found.values()
    )
    printed = printed or any(tick.drawn for tick in found.values())
    print_of = {id(atom) for option in options for atom in covered(option)}
    for hit in options:
        if id(hit) not in found:
            found[id(hit)] = Tick(state=MarkState.OFF, how="no-box", box=hit.pane.box)
        if (printed or not marked) and found[id(hit)].how == "no-box":
            found[id(hit)].doubts.append(NO_BOX)
        elif (
            layout.sheet.scanned
            and found[id(hit)].how == "no-box"
            and foreign([hit.strip, hit.last], print_of)
        ):
            found[id(hit)].doubts.append(UNSURE)
    return found


def _own(layout: Layout, hit: Hit, options: list[Hit]) -> Tick:
    """A box on the option's own line; in a cell of its own, anywhere in the cell."""
    others = [other for other in options if other.pane is hit.pane and other is not hit]
    if hit.pane.grid is not None and not others and not _other_labels(layout, hit):
        tick = _answered(hit, options)
        if tick.state is not None:
            tick.how = "word"
            return tick
        tick = state_of([atom for atom in hit.pane.atoms if atom.kind is AtomKind.MARK])
        tick.how = "own-cell"
        return tick
    tick = _answered(hit, options)
    if tick.state is None:
        tick = on_line(hit, options)
    if tick.state is None:
        tick = line_apart(hit, options)
    if tick.state is None:
        tick = row_apart(hit, options)
    tick.how = "own-line"
    return tick


def _other_labels(layout: Layout, hit: Hit) -> bool:
    pane = hit.pane
    return any(stop.strip.pane is pane and stop is not hit for stop in layout.stops.values())


def _answered(hit: Hit, options: list[Hit]) -> Tick:
    """«ja» or «nei» after the words, typed or ticked."""
    end = min(
        (one.start for one in options if one.strip is hit.last and one.start >= hit.end),
        default=len(hit.last.atoms),
    )
    atoms = hit.last.atoms[hit.end : end]
    words = [atom.key for atom in atoms if atom.written and atom.key]
    if not words or not set(words) <= {"ja", "nei"}:
        return Tick()
    yes, no = inline(atoms)
    if yes.state is no.state:
        return Tick(MarkState.OFF if yes.state is MarkState.OFF else MarkState.UNSURE, doubts=[WHOSE])
    yes.doubts += no.doubts
    return yes


def _is_slot(pane: Pane | None, options: list[Hit]) -> bool:
    """Whether a cell is only room for a cross."""
    if pane is None or any(option.pane is pane for option in options):
        return False
    if drawn_cross(pane) is not None:
        return True
    written = [keyed(atom.text) for atom in pane.atoms if atom.written]
    if marks_of(pane) and len("".join(written)) <= STROKES:
        # What of a cross reaches out of its box may have been read as a letter.
        return True
    return not any(written) or (len(written) == 1 and written[0] in TYPED | {"x"})


def _row_slots(hit: Hit, options: list[Hit]) -> list[Pane | None]:
    """The cells over and under an option, where they are only room for a cross."""
    grid, pane = hit.pane.grid, hit.pane
    if grid is None:
        return [None, None]
    over = grid.at(pane.row - 1, pane.column) if pane.row else None
    under = grid.at(pane.row + pane.row_span, pane.column)
    return [one if _is_slot(one, options) else None for one in (over, under)]


def _in_rows(grid: Grid, options: list[Hit]) -> dict[int, Pane]:
    """The cell of each option's box when a whole row for them stands over or under the options."""
    here = [hit for hit in options if hit.pane.grid is grid]
    both = [_row_slots(hit, options) for hit in here]
    for rows in zip(*both, strict=True):
        slots = [pane for pane in rows if pane is not None]
        rest = [pane for pair in both for pane in pair if pane is not None and pane not in slots]
        apart = len({id(pane) for pane in slots}) == len(here)
        if len(slots) == len(here) and apart and any(map(marks_of, slots)) and not any(map(marks_of, rest)):
            return {id(hit): pane for hit, pane in zip(here, slots, strict=True)}
    return {}


def _neighbours(hit: Hit) -> tuple[Pane | None, Pane | None]:
    """The cells to the left and right of an option's."""
    grid, pane = hit.pane.grid, hit.pane
    if grid is None:
        return None, None
    return grid.at(pane.row, pane.column - 1), grid.at(pane.row, pane.column + pane.column_span)


def _sides(hit: Hit, options: list[Hit]) -> tuple[Pane | None, Pane | None]:
    left, right = _neighbours(hit)
    return (left if _is_slot(left, options) else None, right if _is_slot(right, options) else None)


def _grid_sides(layout: Layout, options: list[Hit]) -> dict[int, str]:
    """For each grid the side on which its options have their boxes, when the grid says so."""
    sides: dict[int, str] = {}
    for grid in layout.sheet.grids:
        here = [hit for hit in options if hit.pane.grid is grid]
        if not here:
            continue
        slots = [_sides(hit, options) for hit in here]
        can_left = all(left is not None for left, _ in slots)
        can_right = all(right is not None for _, right in slots)
        if can_left != can_right:
            sides[id(grid)] = "left" if can_left else "right"
        elif can_left:
            boxed = [any(marks_of(pane) for pane in column) for column in zip(*slots, strict=True)]
            edge = all(hit.pane.column > 0 for hit in here) and min(hit.pane.column for hit in here) == 1
            if boxed[0] != boxed[1]:
                sides[id(grid)] = "left" if boxed[0] else "right"
            elif edge and any(_sides_shared(slots)):
                sides[id(grid)] = "left"
    return sides


def _sides_shared(slots: list[tuple[Pane | None, Pane | None]]) -> list[bool]:
    lefts = {id(left) for left, _ in slots if left is not None}
    return [right is not None and id(right) in lefts for _, right in slots]


def _beside(hit: Hit, options: list[Hit], sides: dict[int, str]) -> Tick | None:
    """The box in the cell to the left or right; an empty cell there is a box left empty."""
    left, right = _sides(hit, options)
    side = sides.get(id(hit.pane.grid), "")
    if side == "left":
        right = None
    elif side == "right":
        left = None
    slots = [pane for pane in (left, right) if pane is not None]
    if not slots:
        return None
    ticks = [slot_state(pane) for pane in slots]
    on = [tick for tick in ticks if tick.state is not MarkState.OFF]
    if not on:
        ticks[0].how = "box-beside" if any(marks_of(pane) for pane in slots) else "cell-beside"
        if not side and any(marks_of(pane) for pane in _neighbours(hit) if pane not in slots):
            # The other side has a box too, with something more in its cell.
            ticks[0].doubts.append(WHOSE)
        return ticks[0]
    tick = on[0]
    pane = slots[ticks.index(tick)]
    tick.how = "box-beside"
    claimants = [o for o in options if pane in _sides(o, options)]
    if not side and len(claimants) > 1:
        tick.doubts.append(WHOSE)
    return tick
