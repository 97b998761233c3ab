"""Headed areas with room for free text, where the form prints prompts."""

from __future__ import annotations

from pipeline.domain import Finding
from pipeline.extraction._atoms import AtomKind, keyed, text_of
from pipeline.extraction._cells import span_beyond
from pipeline.extraction._heights import Lines
from pipeline.extraction._hits import Hit, covered
from pipeline.extraction._layout import Layout
from pipeline.extraction._places import choose, finding_of
from pipeline.extraction._values import span_after
from pipeline.forms import FieldSpec, Place


def by_cell(layout: Layout, _: FieldSpec, place: Place) -> Finding | None:
    """What is written in a headed area, the printed prompts left out."""
    hit, doubts = choose(layout, place)
    if hit is None:
        return None
    prompts = _prompts(layout, hit, place)
    span = span_after(layout, hit, long=True)
    lines = _without(span.lines, prompts)
    if not text_of(lines) and hit.pane.grid is not None:
        further = span_beyond(layout, hit.pane)
        beyond = _without(further.lines, prompts)
        if text_of(beyond):
            span, lines = further, beyond
    return finding_of(lines, page=span.page or hit.strip.page, how="cell", doubts=(*doubts, *span.doubts))


def _prompts(layout: Layout, heading: Hit, place: Place) -> set[int]:
    """The atoms of the printed prompts: the first of each after the heading, alone on its line before any other."""
    atoms: set[int] = set()
    for text in place.prompts:
        key = keyed(text)
        found = [
            hit for hit in layout.hits if hit.key == key and layout.section(hit) == layout.section(heading)
        ]
        found = [hit for hit in found if hit.whole] or found
        if found:
            atoms.update(id(atom) for atom in covered(found[0]))
            after = found[0].last.atoms[found[0].end - 1 : found[0].end]
            atoms.update(id(atom) for atom in after)
    return atoms


def _without(lines: Lines, prompts: set[int]) -> Lines:
    kept: Lines = []
    for line in lines:
        left = [atom for atom in line if id(atom) not in prompts]
        while left and left[0].kind is AtomKind.WORD and not left[0].key:
            left = left[1:]
        if any(atom.written for atom in left):
            kept.append(left)
    return kept
