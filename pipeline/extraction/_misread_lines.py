"""Printed lines of a checklist that a scan shows misread: known by their letters, where no other line is as near."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.extraction._atoms import is_bullet, keyed, line_text
from pipeline.extraction._hits import Strength
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Pane
from pipeline.extraction._spans import written_lines
from pipeline.forms import Place

SURELY, CLEARLY = 0.88, 0.1
"""So like a printed line is one that was misread, and so much less like it is every other line."""
SHORTEST = 8
"""Letters: a shorter line isn't known by most of them."""


def printed_lines(place: Place) -> dict[str, str]:
    """What is compared of each line that the form prints, and the line; headings of columns are none."""
    heads = {keyed(head) for heads in place.columns.values() for head in heads}
    return {
        keyed(text): text
        for text in place.texts
        if not heads.issuperset(filter(None, map(keyed, text.split())))
    }


def unseen_lines(layout: Layout, place: Place) -> set[str]:
    """Of the printed lines, by what is compared of them, those that stand nowhere as they are printed."""
    lines = set(printed_lines(place))
    seen = {hit.key for hit in layout.hits_of(lines) if hit.strength >= Strength.RUNNING}
    return {line for line in lines if not any(other.startswith(line) for other in seen)}


def misread_lines(layout: Layout, place: Place) -> dict[int, str]:
    """For the first cells of a scan's rows, by their ids, the printed line that each shows misread."""
    lines = printed_lines(place)
    unseen = unseen_lines(layout, place) if layout.sheet.scanned else set()
    found = {id(pane): line for pane, line in _nearest(layout, lines, unseen)} if unseen else {}
    times = Counter(found.values())
    return {pane: lines[line] for pane, line in found.items() if times[line] == 1}


def _nearest(layout: Layout, lines: dict[str, str], unseen: set[str]) -> Iterator[tuple[Pane, str]]:
    from rapidfuzz.distance import Levenshtein

    here = {id(hit.pane) for hit in layout.hits_of(set(lines)) if hit.strength >= Strength.RUNNING}
    for grid in layout.sheet.grids:
        for row in range(grid.rows):
            panes = grid.row(row)
            if not panes or panes[0].row != row or id(panes[0]) in here:
                continue
            key = keyed(_told(panes[0]))
            if len(key) < SHORTEST:
                continue
            alike = sorted(
                ((Levenshtein.normalized_similarity(key, line), line) for line in lines), reverse=True
            )
            best, line = alike[0]
            if best >= SURELY and line in unseen and all(best - other >= CLEARLY for other, _ in alike[1:2]):
                yield panes[0], line


def _told(pane: Pane) -> str:
    lines = [[atom for atom in line if not is_bullet(atom)] for line in written_lines(pane)]
    return " ".join(filter(None, map(line_text, lines)))
