"""Which box belongs to which printed words: before or after them, on their line or in the cell beside."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.domain import Box, Doubt, Mark, MarkSource, MarkState, union
from pipeline.extraction._atoms import Atom, AtomKind, keyed
from pipeline.extraction._hits import Hit, covered
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Pane

UNSURE = Doubt(code="unsure-mark", text="Det er uklart om det er krysset av her.")
WHOSE = Doubt(code="unsure-mark", text="Det er uklart hvilken rute krysset hører til.")
NO_BOX = Doubt(code="no-box", text="Fant verken ruter eller kryss på skjemaet.")
TYPED = frozenset({"ja", "yes"})


@dataclass(slots=True)
class Tick:
    """A box as found. ``state`` None: there is no box and no room for one."""

    state: MarkState | None = None
    box: Box | None = None
    confidence: float = 1.0
    how: str = ""
    drawn: bool = False
    doubts: list[Doubt] = field(default_factory=list)


def state_of(marks: list[Atom]) -> Tick:
    """What the boxes at one place say together; more than one that disagree are a doubt."""
    states = {atom.piece.state for atom in marks if isinstance(atom.piece, Mark)}
    tick = Tick(
        box=union([atom.box for atom in marks]),
        confidence=min((atom.confidence for atom in marks), default=1.0),
    )
    if not states:
        return tick
    tick.drawn = any(isinstance(a.piece, Mark) and a.piece.source is not MarkSource.GLYPH for a in marks)
    if MarkState.UNSURE in states:
        tick.state = MarkState.ON if MarkState.ON in states else MarkState.UNSURE
        tick.doubts.append(UNSURE)
    elif len(states) == 1:
        tick.state = states.pop()
    else:
        tick.state = MarkState.ON
        drawn_off = any(
            isinstance(atom.piece, Mark)
            and atom.piece.state is MarkState.OFF
            and atom.piece.source is not MarkSource.GLYPH
            for atom in marks
        )
        if drawn_off or len(marks) > 2:
            tick.doubts.append(WHOSE)
        else:
            tick.doubts.append(UNSURE)
    return tick


def find_ticks(layout: Layout, options: list[Hit]) -> dict[int, Tick]:
    """The box of each option, by the id of its hit; options are those of one form in reading order."""
    found: dict[int, Tick] = {}
    for hit in options:
        own = _own(layout, hit, options)
        if own.state is not None:
            found[id(hit)] = own
    side = _grid_sides(layout, options)
    marked = bool(found)
    for hit in options:
        beside = _beside(hit, options, side)
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
    printed = any(
        tick.state is MarkState.OFF and tick.how in ("own-line", "own-cell", "box-beside")
        for tick in found.values()
    )
    printed = printed or any(tick.drawn for tick in found.values())
    for hit in options:
        if id(hit) not in found:
            found[id(hit)] = Tick(state=MarkState.OFF, how="no-box", box=hit.pane.box)
        if (printed or not marked) and found[id(hit)].how == "no-box":
            found[id(hit)].doubts.append(NO_BOX)
    return found


def _own(layout: Layout, hit: Hit, options: list[Hit]) -> Tick:
    """A box on the option's own line; in a cell of its own, anywhere in the cell."""
    others = [other for other in options if other.pane is hit.pane and other is not hit]
    if hit.pane.grid is not None and not others and not _other_labels(layout, hit):
        tick = state_of([atom for atom in hit.pane.atoms if atom.kind is AtomKind.MARK])
        tick.how = "own-cell"
        return tick
    tick = _on_line(hit, options)
    if tick.state is None:
        tick = _line_above(hit, options)
    tick.how = "own-line"
    return tick


def _other_labels(layout: Layout, hit: Hit) -> bool:
    return any(stop.pane is hit.pane and stop is not hit for stop in layout.stops.values())


def _on_line(hit: Hit, options: list[Hit]) -> Tick:
    """Boxes and options alternate on a line; which comes first tells the side for the whole line."""
    here = sorted((o for o in options if o.strip is hit.strip or o.last is hit.strip), key=lambda o: o.place)
    tokens: list[Hit | Atom] = []
    placed: set[int] = set()
    cover = {id(atom): option for option in here for atom in covered(option)}
    for atom in hit.strip.atoms:
        option = cover.get(id(atom))
        if option is not None:
            if id(option) not in placed:
                placed.add(id(option))
                tokens.append(option)
        elif atom.kind is AtomKind.MARK:
            tokens.append(atom)
    if hit.last is not hit.strip:
        tokens += [atom for atom in hit.last.atoms[hit.end :] if atom.kind is AtomKind.MARK]
    marks = [token for token in tokens if isinstance(token, Atom)]
    if not marks:
        return Tick()
    before = isinstance(tokens[0], Atom)
    at = next(n for n, token in enumerate(tokens) if token is hit)
    mine: list[Atom] = []
    step = -1 if before else 1
    position = at + step
    while 0 <= position < len(tokens) and isinstance(tokens[position], Atom):
        mine.append(tokens[position])  # type: ignore[arg-type]
        position += step
    tick = state_of(mine)
    stray = _stray(tokens, before=before)
    if stray and (at in stray or len(here) == 1):
        tick.doubts.append(WHOSE)
        tick.state = tick.state or MarkState.UNSURE
    if len(here) == 1 and tick.state is None:
        tick = state_of(marks)
    return tick


def _stray(tokens: list[Hit | Atom], *, before: bool) -> set[int]:
    """Options beside a box that is on and belongs to no option on the line's side."""
    stray: set[int] = set()
    ends = reversed(range(len(tokens))) if before else range(len(tokens))
    for position in ends:
        token = tokens[position]
        if not isinstance(token, Atom):
            break
        if isinstance(token.piece, Mark) and token.piece.state is not MarkState.OFF:
            stray.update(n for n in (position - 1, position + 1) if 0 <= n < len(tokens))
    return stray


def _line_above(hit: Hit, options: list[Hit]) -> Tick:
    """A box alone on the line before the words, or after them."""
    strips = hit.pane.strips
    for strip in (
        strips[hit.strip.local - 1] if hit.strip.local else None,
        hit.last.next,
    ):
        if strip is None or strip.grid is not None or any(o.strip is strip for o in options):
            continue
        marks = [atom for atom in strip.atoms if atom.kind is AtomKind.MARK]
        if len(marks) == 1 and not any(atom.written for atom in strip.atoms):
            neighbours = [
                o
                for o in options
                if o.pane is hit.pane
                and (o.last.local == strip.local - 1 or o.strip.local == strip.local + 1)
            ]
            tick = state_of(marks)
            if len(neighbours) > 1:
                above = strips[0] is strip or not any(o.strip is strips[0] for o in neighbours)
                if above != (strip.local < hit.strip.local):
                    continue
            return tick
    return Tick()


def _is_slot(pane: Pane | None, options: list[Hit]) -> bool:
    """Whether a cell is only room for a cross."""
    if pane is None or any(option.pane is pane for option in options):
        return False
    written = [keyed(atom.text) for atom in pane.atoms if atom.written]
    return not any(written) or (len(written) == 1 and written[0] in TYPED | {"x"})


def _sides(hit: Hit, options: list[Hit]) -> tuple[Pane | None, Pane | None]:
    grid, pane = hit.pane.grid, hit.pane
    if grid is None:
        return None, None
    left = grid.at(pane.row, pane.column - 1)
    right = grid.at(pane.row, pane.column + pane.column_span)
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
            boxed = [any(_marks(pane) for pane in column) for column in zip(*slots, strict=True)]
            edge = all(hit.pane.column > 0 for hit in here) and min(hit.pane.column for hit in here) == 1
            if boxed[0] != boxed[1]:
                sides[id(grid)] = "left" if boxed[0] else "right"
            elif edge and any(_sides_shared(slots)):
                sides[id(grid)] = "left"
    return sides


def _sides_shared(slots: list[tuple[Pane | None, Pane | None]]) -> list[bool]:
    lefts = {id(left) for left, _ in slots if left is not None}
    return [right is not None and id(right) in lefts for _, right in slots]


def _marks(pane: Pane | None) -> list[Atom]:
    return [atom for atom in pane.atoms if atom.kind is AtomKind.MARK] if pane is not None else []


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
        ticks[0].how = "box-beside" if any(_marks(pane) for pane in slots) else "cell-beside"
        return ticks[0]
    tick = on[0]
    pane = slots[ticks.index(tick)]
    tick.how = "box-beside"
    claimants = [o for o in options if pane in _sides(o, options)]
    if not side and len(claimants) > 1:
        tick.doubts.append(WHOSE)
    return tick


def slot_state(pane: Pane, answer: str = "") -> Tick:
    """What a cell for a cross says: a box, a typed cross, a typed «ja», or nothing.

    ``answer`` is the word the cell's heading prints: that word typed under it is a cross.
    """
    tick = state_of(_marks(pane))
    tick.box = tick.box or pane.box
    typed = "".join(keyed(atom.text) for atom in pane.atoms if atom.written)
    if tick.state is None:
        tick.state = MarkState.OFF
        if typed == "x" or (answer and typed == answer):
            tick.state = MarkState.ON
        elif typed in TYPED:
            tick.state = MarkState.ON
            tick.doubts.append(UNSURE)
        elif typed:
            tick.state = MarkState.UNSURE
            tick.doubts.append(UNSURE)
    return tick
