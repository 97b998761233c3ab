"""Boxes on an option's own line, or alone on the line before or after it."""

from __future__ import annotations

from pipeline.domain import Mark, MarkSource, MarkState, Word
from pipeline.extraction._atoms import Atom, AtomKind
from pipeline.extraction._hits import Hit, covered
from pipeline.extraction._sheet import Strip
from pipeline.extraction._ticks import SURELY, WHOSE, Tick, state_of

NEARER = 0.5
"""A cross so many times nearer to another option's words may belong there."""


def crossed(options: list[Hit]) -> None:
    """Make marks of the crosses that a pen drew beside options where no box is printed."""
    printed = {id(atom) for option in options for atom in covered(option)}
    for strip in {id(strip): strip for one in options for strip in (one.strip, one.last)}.values():
        for atom in strip.atoms:
            word = atom.piece
            if isinstance(word, Word) and word.cross > 0 and id(atom) not in printed:
                state = MarkState.ON if word.cross >= SURELY else MarkState.UNSURE
                atom.piece = Mark(
                    state=state, source=MarkSource.GLYPH, box=word.box, confidence=word.cross, glyph=word.text
                )
                atom.kind, atom.key, atom.confidence = AtomKind.MARK, "", word.cross


def on_line(hit: Hit, options: list[Hit]) -> Tick:
    """Boxes and options alternate on a line; which comes first tells the side for the whole line."""
    here = sorted((o for o in options if o.strip is hit.strip or o.last is hit.strip), key=lambda o: o.place)
    tokens: list[Hit | Atom] = []
    placed: set[int] = set()
    foreign: set[int] = set()
    cover = {id(atom): option for option in here for atom in covered(option)}
    for atom in hit.strip.atoms:
        option = cover.get(id(atom))
        if option is not None:
            if id(option) not in placed:
                placed.add(id(option))
                tokens.append(option)
        elif atom.kind is AtomKind.MARK:
            tokens.append(atom)
        elif atom.written and atom.key:
            foreign.add(len(tokens))
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
    if mine and _nearer_another(hit, mine, here) and _ends(options) != (before, not before):
        tick.doubts.append(WHOSE)
    if mine and len(here) > 1 and foreign & {at, at + 1}:
        tick.doubts.append(WHOSE)
    stray = _stray(tokens, before=before)
    if stray and (at in stray or len(here) == 1):
        tick.doubts.append(WHOSE)
        tick.state = tick.state or MarkState.UNSURE
    if len(here) == 1 and tick.state is None:
        tick = state_of(marks)
    return tick


def _ends(options: list[Hit]) -> tuple[bool, bool]:
    """Whether any of the lines with options begins with a box or cross, and whether any ends with one."""
    printed = {id(atom) for option in options for atom in covered(option)}
    first, last = False, False
    for strip in {id(strip): strip for one in options for strip in (one.strip, one.last)}.values():
        kinds = [
            atom.kind is AtomKind.MARK
            for atom in strip.atoms
            if atom.kind is AtomKind.MARK or id(atom) in printed
        ]
        first, last = first or kinds[:1] == [True], last or kinds[-1:] == [True]
    return first, last


def _nearer_another(hit: Hit, marks: list[Atom], here: list[Hit]) -> bool:
    """Whether a cross without a box stands so much nearer to another option that it may be that one's."""
    if any(isinstance(one.piece, Mark) and one.piece.source is not MarkSource.GLYPH for one in marks):
        return False
    places = [(one is hit, [atom.box for atom in covered(one) if atom.box is not None]) for one in here]
    for box in [one.box for one in marks if one.box is not None]:
        ways = [
            (own, min(max(box.x0 - other.x1, other.x0 - box.x1, 0.0) for other in boxes))
            for own, boxes in places
            if boxes
        ]
        mine = [way for own, way in ways if own]
        if mine and any(way < NEARER * mine[0] for own, way in ways if not own):
            return True
    return False


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


def _alone(strip: Strip) -> list[Atom]:
    """The box of a line that holds nothing else."""
    marks = [atom for atom in strip.atoms if atom.kind is AtomKind.MARK]
    return marks if len(marks) == 1 and not any(atom.written for atom in strip.atoms) else []


def line_apart(hit: Hit, options: list[Hit]) -> Tick:
    """A box alone on the line before the words, or after them: one side for all options of a cell."""
    here = sorted((one for one in options if one.pane is hit.pane), key=lambda one: one.place)
    starts = {one.strip.local: one for one in here}
    first, last = here[0].strip.local - 2, here[-1].last.local + 3
    order: list[Hit | Strip] = []
    for strip in hit.pane.strips[max(first, 0) : last]:
        if strip.local in starts:
            order.append(starts[strip.local])
        elif _alone(strip):
            order.append(strip)
    if all(isinstance(one, Hit) for one in order):
        return Tick()
    ends = (isinstance(order[0], Strip), isinstance(order[-1], Strip))
    after = ends[1] if ends[0] != ends[1] else _belong_above(order, options)
    at = order.index(hit)
    around = order[max(at - 1, 0) : at] + order[at + 1 : at + 2]
    at += -1 if after is False else 1
    beside = order[at] if 0 <= at < len(order) else None
    tick = state_of(_alone(beside)) if isinstance(beside, Strip) else Tick()
    lost = tick.state is None and any(isinstance(one, Strip) and _ticked(one) for one in around)
    if after is None or lost:
        tick.doubts.append(WHOSE)
        tick.state = tick.state or MarkState.OFF
    return tick


def _ticked(strip: Strip) -> bool:
    """Whether the lone box of a line may be on."""
    return state_of(_alone(strip)).state is not MarkState.OFF


def _belong_above(order: list[Hit | Strip], options: list[Hit]) -> bool | None:
    """Whether every lone box belongs to the option above it (True) or below it (False); None: nobody can tell.

    It is not that of an option with a box on its own line; else it is the nearer one's.
    """
    sides: set[bool | None] = set()
    for number, strip in enumerate(order):
        if not isinstance(strip, Strip):
            continue
        above = order[number - 1] if number else None
        below = order[number + 1] if number + 1 < len(order) else None
        if not isinstance(above, Hit) or not isinstance(below, Hit):
            return None
        boxed = [on_line(one, options).state is not None for one in (above, below)]
        up, down = _distance(above.last, strip), _distance(strip, below.strip)
        if boxed[0] != boxed[1]:
            sides.add(boxed[1])
        else:
            sides.add(None if boxed[0] or abs(up - down) < 0.5 else up < down)
    return sides.pop() if len(sides) == 1 else None


def _distance(above: Strip, below: Strip) -> float:
    if above.page == below.page and above.box is not None and below.box is not None:
        return (below.box.top - above.box.bottom) / 4
    return below.local - above.local


def row_apart(hit: Hit, options: list[Hit]) -> Tick:
    """A line of boxes over or under a line of options, one for each, on the same side of every such line of the cell."""
    lines: dict[int, list[Hit]] = {}
    for one in sorted(options, key=lambda one: one.place):
        if one.pane is hit.pane and one.strip is one.last:
            lines.setdefault(one.strip.local, []).append(one)
    own = lines.get(hit.strip.local, [])
    if len(own) < 2 or hit not in own:
        return Tick()
    sides = [
        step
        for step in (1, -1)
        if all(len(row) == len(_row_of_boxes(row[0].strip, step)) for row in lines.values())
    ]
    if len(sides) != 1:
        return Tick()
    marks, at = _row_of_boxes(hit.strip, sides[0]), own.index(hit)
    starts = [one.strip.atoms[one.start].box for one in own]
    ends = [*starts[1:], None]
    for mark, start, end in zip(marks, starts, ends, strict=True):
        if mark.box is None or start is None:
            continue
        if mark.box.x1 < start.x0 or (end is not None and mark.box.x1 > end.x0):
            return Tick(MarkState.UNSURE, mark.box, doubts=[WHOSE])
    return state_of(marks[at : at + 1])


def _row_of_boxes(strip: Strip, step: int) -> list[Atom]:
    """The boxes of the line next to another, when it holds nothing else."""
    strips = strip.pane.strips
    at = strip.local + step
    while 0 <= at < len(strips) and not strips[at].atoms and strips[at].grid is None:
        at += step
    if not 0 <= at < len(strips) or strips[at].grid is not None or strips[at].page != strip.page:
        return []
    atoms = [atom for atom in strips[at].atoms if atom.kind is not AtomKind.GAP]
    return atoms if all(atom.kind is AtomKind.MARK for atom in atoms) else []
