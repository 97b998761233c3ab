"""Who fills a form in and with what: typewriter, computer, pen, or first one and then the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from tests.generated import pdf_flow
from tests.scans.pen import Pen, pen

Mode = Literal["typed", "mixed", "hand"]
FONTS = Path(__file__).parent / "fonts"
# How large a person writes with each font for print of size 1.
HANDS = {
    "Hand caveat": 1.5,
    "Hand kalam": 1.15,
    "Hand patrick-hand": 1.2,
    "Hand homemade-apple": 0.95,
    "Hand indie-flower": 1.2,
    "Hand handlee": 1.2,
}
OFFICE = "Carlito"
TYPEWRITER = "Special Elite"
COVERING = "Hand patrick-hand"


@cache
def register() -> None:
    """All fonts once."""
    pdf_flow.register()
    for name in HANDS:
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name.removeprefix('Hand ')}.ttf")))
        pdf_flow.SPARE[name] = COVERING
    for name, file in (
        (OFFICE, "carlito"),
        (f"{OFFICE} Bold", "carlito-bold"),
        (TYPEWRITER, "special-elite"),
    ):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{file}.ttf")))


@dataclass(frozen=True, kw_only=True)
class Filler:
    """One person at one form."""

    mode: Mode
    hand: str
    """The font of their handwriting."""
    large: float
    """How large they write, for print of size 1."""
    pen: Pen
    signing: Pen
    digits: bool
    """Digits are real people's, not the font's."""
    typed: str
    """The font of what they type; empty: the form's own."""
    pen_ticks: bool
    pen_fields: frozenset[str]
    """Fields they fill in by pen though they type the rest."""

    def by_pen(self, field: str) -> bool:
        """Whether what stands at `field` was written by hand."""
        return self.mode == "hand" or field in self.pen_fields or field.rpartition(".")[2] in self.pen_fields


def filler(rng: Random, *, by_hand: float = 0.25) -> Filler:
    """Of the forms not filled in by hand a third is all typed, the rest typed, ticked and signed by pen."""
    hand = rng.choice(tuple(HANDS))
    roll = rng.random()
    mode: Mode = "hand" if roll < by_hand else "typed" if roll < by_hand + (1 - by_hand) / 3 else "mixed"
    mine = pen(rng)
    late = frozenset({"place_date"}) if mode == "mixed" and rng.random() < 0.3 else frozenset[str]()
    if mode == "mixed" and rng.random() < 0.12:
        late |= {"date", "completed_by", "reported_by", "proposed_coordinator", "requested.other"}
    return Filler(
        mode=mode,
        hand=hand,
        large=HANDS[hand] * rng.uniform(0.92, 1.15),
        pen=mine,
        signing=mine if rng.random() < 0.6 else pen(rng),
        digits=rng.random() < 0.7,
        typed=rng.choice(("", "", "", OFFICE, TYPEWRITER)),
        pen_ticks=mode != "typed" and (mode == "hand" or rng.random() < 0.85),
        pen_fields=late,
    )
