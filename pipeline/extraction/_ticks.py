"""What the boxes and crosses at one place say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.domain import Box, Doubt, Mark, MarkSource, MarkState, Word, union
from pipeline.extraction._atoms import Atom, AtomKind, keyed
from pipeline.extraction._sheet import Pane, Strip

UNSURE = Doubt(code="unsure-mark", text="Det er uklart om det er krysset av her.")
WHOSE = Doubt(code="unsure-mark", text="Det er uklart hvilken rute krysset hører til.")
NO_BOX = Doubt(code="no-box", text="Fant verken ruter eller kryss på skjemaet.")
_CROSSES = frozenset({"√"})
"""Signs that are typed as a cross and are none by their name."""

_NOTHING = frozenset({"-", "–", "—", ".", "·", "•", ":", "|", "/"})
"""Signs in an empty cell that say nothing."""

TYPED = frozenset({"ja", "yes"})
HARDLY = 0.1
"""A box that is so hardly ticked or empty was filled in."""
TAKEN_BACK = 0.98
"""How sure it is that a box was filled in to take its tick back, where the other one of its question is ticked."""
SURELY = 0.9
"""From here on what a pen drew where no box is printed is a cross."""


@dataclass(slots=True)
class Tick:
    """A box as found. ``state`` None: there is no box and no room for one."""

    state: MarkState | None = None
    box: Box | None = None
    confidence: float = 1.0
    how: str = ""
    drawn: bool = False
    blacked: bool = False
    """The box was filled in."""
    seen: bool = False
    """A box or a cross was seen; else its place is an empty cell."""
    doubts: list[Doubt] = field(default_factory=list)


def state_of(marks: list[Atom]) -> Tick:
    """What the boxes at one place say together; more than one that disagree are a doubt."""
    if not marks:
        return Tick()
    states = {atom.piece.state for atom in marks if isinstance(atom.piece, Mark)}
    tick = Tick(
        box=union([atom.box for atom in marks]),
        confidence=min([atom.confidence for atom in marks]),
        seen=True,
    )
    if not states:
        return tick
    tick.drawn = any(isinstance(a.piece, Mark) and a.piece.source is not MarkSource.GLYPH for a in marks)
    filled = all(isinstance(atom.piece, Mark) and atom.piece.blacked for atom in marks)
    tick.blacked = filled and tick.confidence <= HARDLY
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


def corrected(one: Tick, other: Tick) -> tuple[Tick, Tick]:
    """The two boxes of one question: where one is filled in and the other surely ticked, the first tick was taken back."""
    if one.blacked and other.state is MarkState.ON and not other.doubts:
        return Tick(MarkState.OFF, one.box, TAKEN_BACK, one.how), other
    if other.blacked and one.state is MarkState.ON and not one.doubts:
        return one, Tick(MarkState.OFF, other.box, TAKEN_BACK, other.how)
    return one, other


def marks_of(pane: Pane | None) -> list[Atom]:
    """The boxes in a cell."""
    return [atom for atom in pane.atoms if atom.kind is AtomKind.MARK] if pane is not None else []


def foreign(strips: Iterable[Strip], own: set[int]) -> bool:
    """Whether writing or ink stands on some lines that is none of their print, whose atoms' ids are ``own``.

    The ink of a cross that was taken for one is none.
    """
    atoms = [atom for strip in strips for atom in strip.atoms if id(atom) not in own]
    marks = [atom.box for atom in atoms if atom.kind is AtomKind.MARK and atom.box is not None]
    return any(
        (
            atom.kind is AtomKind.INK
            and not any(atom.box is not None and atom.box.holds(mark) for mark in marks)
        )
        or (atom.written and bool(atom.text.strip()))
        for atom in atoms
    )


def drawn_cross(pane: Pane) -> Word | None:
    """The word that a cross in a cell was read as, when nothing else is written there."""
    written = [atom.piece for atom in pane.atoms if atom.written]
    only = written[0] if len(written) == 1 else None
    return only if isinstance(only, Word) and only.cross > 0 else None


def slot_state(pane: Pane, answer: str = "") -> Tick:
    """What a cell for a cross says: a box, a typed cross, a typed «ja», or nothing.

    ``answer`` is the word the cell's heading prints: that word typed under it is a cross.
    """
    atoms = pane.atoms
    if not atoms:
        return Tick(MarkState.OFF, pane.box)
    tick = state_of([atom for atom in atoms if atom.kind is AtomKind.MARK])
    tick.box = tick.box or pane.box
    cross = drawn_cross(pane)
    if tick.state is None and cross is not None:
        sure = cross.cross >= SURELY
        tick.state = MarkState.ON if sure else MarkState.UNSURE
        tick.confidence = cross.cross
        tick.doubts += [] if sure else [UNSURE]
        return tick
    written = [atom for atom in atoms if atom.written]
    typed = "".join([keyed(atom.text) for atom in written])
    signs = {atom.text for atom in written if not atom.key} - _NOTHING
    if tick.state is None and signs and not typed:
        tick.state = MarkState.ON if signs <= _CROSSES else MarkState.UNSURE
        tick.doubts += [] if signs <= _CROSSES else [UNSURE]
    elif tick.state is None:
        tick.state = MarkState.OFF
        if typed == "x" or (answer and typed == answer):
            tick.state = MarkState.ON
        elif typed in TYPED:
            tick.state = MarkState.ON
            tick.doubts.append(UNSURE)
        elif typed or any(atom.kind is AtomKind.INK for atom in atoms):
            tick.state = MarkState.UNSURE
            tick.doubts.append(UNSURE)
    return tick
