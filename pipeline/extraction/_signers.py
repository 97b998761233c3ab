"""Whose line ink stands on, where several labels ask for a signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.domain import Box, Doubt, Finding, union
from pipeline.extraction._atoms import Atom, AtomKind, keyed
from pipeline.extraction._hits import Hit
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Strip
from pipeline.extraction._values import span_after
from pipeline.forms import Kind

WHOSE_INK = Doubt(
    code="cannot-align",
    text="Underskriften dekker flere linjer, og det er uklart hvem som har skrevet under.",
)
_COVERED = 0.6
"""The share of a label's height beside which ink must reach to stand on its line."""

_HAND = 12.0
"""Points to the right of a label that the ink of another's signature must take to be this one's too."""


def inks_of(layout: Layout) -> list[tuple[Strip, Atom]]:
    """All ink of a form, each with its line."""
    return [
        (strip, atom) for strip in layout.sheet.strips for atom in strip.atoms if atom.kind is AtomKind.INK
    ]


def box_of_hit(hit: Hit) -> Box | None:
    """Where a label is printed."""
    return union([atom.box for atom in hit.strip.atoms[hit.start : max(hit.end, hit.start + 1)]])


def signs_another(layout: Layout, hit: Hit, ink: Atom) -> bool:
    """Whether some ink stands in the very place of another signature's label: it is not this one's too."""
    keys = {
        keyed(text)
        for one in layout.spec.fields
        if one.kind is Kind.SIGNATURE
        for place in one.places
        for text in place.texts
    }
    others = [stop for stop in layout.stops.values() if stop.key in keys and stop is not hit]
    return any(
        _level(other, hit, ink) or (ink in span_after(layout, other).atoms and not _level(hit, other, ink))
        for other in others
    )


def _level(other: Hit, hit: Hit, ink: Atom) -> bool:
    """Whether some ink stands on the line of another label of the page, and farther from this one."""
    theirs, own = box_of_hit(other), box_of_hit(hit)
    if ink.box is None or theirs is None or other.strip.page != hit.strip.page:
        return False
    middle = (ink.box.top + ink.box.bottom) / 2
    apart = abs(middle - (theirs.top + theirs.bottom) / 2)
    mine = abs(middle - (own.top + own.bottom) / 2) if own is not None else apart + 1
    return ink.box.x0 >= theirs.x1 and apart <= theirs.bottom - theirs.top and apart < mine


def spanned(layout: Layout, hit: Hit) -> bool:
    """Whether ink that is another label's covers this label's line too: perhaps two signatures that touch."""
    own = box_of_hit(hit)
    if own is None:
        return False
    least = _COVERED * (own.bottom - own.top)
    return any(
        strip.page == hit.strip.page
        and ink.box is not None
        and ink.box.x1 - max(ink.box.x0, own.x1) >= _HAND
        and min(ink.box.bottom, own.bottom) - max(ink.box.top, own.top) >= least
        for strip, ink in inks_of(layout)
    )


def each_signs_once(layout: Layout, fields: Mapping[str, Finding]) -> dict[str, Finding]:
    """When more lines were taken for signed than there is ink, some ink was taken twice: whose it is, is in doubt."""
    signed = {name for name, one in fields.items() if one.inked}
    rows = {
        name: sum(cell.inked for row in one.rows for cell in row.values()) for name, one in fields.items()
    }
    if len(signed) + sum(rows.values()) <= len(inks_of(layout)):
        return dict(fields)
    return {
        name: replace(one, doubts=(*one.doubts, WHOSE_INK)) if name in signed or rows[name] else one
        for name, one in fields.items()
    }
