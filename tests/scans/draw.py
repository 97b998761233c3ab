"""One call draws one form on paper; the same form and seed always give the same pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.generated.draw import LAYOUTS
from tests.generated.page import Style, style
from tests.generated.written import Filled, Filling
from tests.scans.filler import OFFICE, Filler, filler, register
from tests.scans.own_paper import own_sheets
from tests.scans.paper import Paper
from tests.scans.people import fill
from tests.scans.place import Places
from tools.blank_forms.declaration import OWN_IDS

SMALL = ("stacked in one cell", "stacked in one row")
LEAST = 7.0
"""Hardly anybody writes smaller, in points."""
TRIES = 16


@dataclass(frozen=True, kw_only=True)
class Sheets:
    """A filled form as the PDF of its paper, with what stands in it and where."""

    pdf: bytes
    filled: Filled
    filler: Filler
    places: Places
    texts: dict[str, str]
    """By field what is written there, as it stands on paper."""
    case: str = ""
    """The case of a copy that the register filled in; its code stands on the paper."""


def sheets(
    form: str, seed: int, *, by_hand: float = 0.25, alter: Callable[[Filling], None] | None = None
) -> Sheets:
    """`form` filled in by somebody; `by_hand`: the share of those who write everything by hand."""
    register()
    if form in OWN_IDS:
        return on_blank(form, seed, by_hand=by_hand)
    rng = Random(f"scan/{form}/{seed}")
    person = filler(rng, by_hand=by_hand)
    filling = fill(form, rng, by_hand=person.mode == "hand")
    if alter:
        alter(filling)
    paper, data = None, b""
    for attempt in range(TRIES):
        dice = Random(f"scan/{form}/{seed}/{attempt}")
        drawn = blank(dice, person)
        blocks = LAYOUTS[form](drawn, filling)
        last = attempt == TRIES - 1
        if person.mode == "hand" and not last and any(part in note for note in drawn.notes for part in SMALL):
            continue
        paper = Paper(drawn, dice, person)
        data = paper.data(blocks)
        if paper.places.smallest >= LEAST or dice.random() < 0.1:
            break
    assert paper is not None
    filled = Filled(
        path=Path(),
        form=form,
        carrier="scan",
        seed=seed,
        truth=filling.truth,
        problems=filling.problems,
        notes=drawn.notes,
    )
    texts = {key: " ".join(entry.written) for key, entry in filling.entries.items() if entry.written}
    return Sheets(pdf=data, filled=filled, filler=person, places=paper.places, texts=texts)


def on_blank(form: str, seed: int, *, by_hand: float) -> Sheets:
    """One of the project's own forms: its real blank, filled in."""
    drawn, data, filling, case = own_sheets(form, seed, by_hand=by_hand)
    person = drawn.filler
    filled = Filled(
        path=Path(),
        form=form,
        carrier="scan",
        seed=seed,
        truth=filling.truth,
        problems=filling.problems,
        notes=[f"{person.mode}, {person.hand}, {person.pen.ink}, {person.pen.mark}, case {case or 'none'}"],
    )
    texts = {key: " ".join(entry.written) for key, entry in filling.entries.items() if entry.written}
    return Sheets(pdf=data, filled=filled, filler=person, places=drawn.places, texts=texts, case=case)


def blank(rng: Random, person: Filler) -> Style:
    """A blank as offices print it: mostly in Word's fonts; with room where people write by hand."""
    drawn = style(rng)
    if rng.random() < 0.4:
        drawn.font = OFFICE
        drawn.size = max(drawn.size, 10)
    if person.mode == "hand":
        drawn.size = max(drawn.size, 10)
        drawn.pad = max(drawn.pad, 3)
        drawn.broken_labels = False
    return drawn
