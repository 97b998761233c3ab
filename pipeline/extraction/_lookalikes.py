"""Words that are some label's but were written as another label's value («Relasjon | Verge»)."""

from __future__ import annotations

from pipeline.extraction._atoms import AtomKind
from pipeline.extraction._hits import Hit


def not_values(found: list[Hit], hits: list[Hit]) -> list[Hit]:
    """Leave out those that stand where another label's value belongs («Relasjon | Verge»), if others remain."""
    if len(found) < 2:
        return found
    return [hit for hit in found if not in_value_place(hit, hits)] or found


def in_value_place(hit: Hit, hits: list[Hit]) -> bool:
    """Whether a label's words stand beside, after or under another label that has nothing else there."""
    if hit.colon or not hit.whole:
        return False
    pane = hit.pane
    if pane.grid is not None and hit.strip.local == 0 and pane.column > 0:
        left = pane.grid.at(pane.row, pane.column - 1)
        return left is not None and any(
            other.pane is left and other.whole and other.last.next is None for other in hits
        )
    before = hit.strip.atoms[hit.start - 1] if hit.start else None
    if before is not None and before.kind is AtomKind.GAP:
        return any(other.last is hit.strip and other.end == hit.start - 1 and other.colon for other in hits)
    if _has_own_value(hit, hits):
        return False
    above = pane.strips[hit.strip.local - 1] if hit.strip.local else None
    return above is not None and any(
        other.last is above and other.end == len(above.atoms) and other.colon for other in hits
    )


def _has_own_value(hit: Hit, hits: list[Hit]) -> bool:
    """Whether something that is no label is written on the very next line: it would have no label of its own."""
    below = hit.last.next
    if below is None or below.grid is not None or hit.end < len(hit.last.atoms):
        return False
    return any(atom.written for atom in below.atoms) and not any(
        other.strip is below and other.start == 0 for other in hits
    )
