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
from tests.scans.paper import Paper
from tests.scans.people import fill
from tests.scans.place import Places

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


def sheets(
    form: str, seed: int, *, by_hand: float = 0.25, alter: Callable[[Filling], None] | None = None
) -> Sheets:
    """`form` filled in by somebody; `by_hand`: the share of those who write everything by hand."""
    register()
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
