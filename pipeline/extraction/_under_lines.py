"""Labels printed under the line to write on: what stands over «Sted og dato» and «Navn»."""

from __future__ import annotations

from pipeline.domain import Doubt
from pipeline.extraction._atoms import Atom, AtomKind
from pipeline.extraction._hits import Hit, covered
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Strip
from pipeline.extraction._spans import Span, chunks_of, line_over


def stands_over(layout: Layout, hit: Hit, name: Hit | None) -> bool:
    """Whether the labels are printed under the line to write on: what stands over them is nearer than what follows.

    On a scan the signature itself no longer stands on that line, and the rule under it is not known.
    """
    over, _ = line_over(hit.strip)
    if over is None or name is None or name.strip is not hit.strip or hit.pane.grid is not None:
        return False
    label, following = hit.strip.box, hit.pane.strips[hit.last.local + 1 :][:1]
    bare = all(atom in (*covered(hit), *covered(name)) for atom in hit.strip.atoms if atom.written)
    if not bare or over.box is None or label is None or layout.first_stop(over) < len(over.atoms):
        return False
    if layout.is_print(over) or not any(one.isdigit() for atom in over.atoms for one in atom.text):
        return False
    below = following[0].box if following else None
    return below is None or label.top - over.box.bottom < below.top - label.bottom


def line_above(
    layout: Layout, hit: Hit, name: Hit | None, used: set[int], *, over_label: bool
) -> dict[str, Span] | None:
    """What is written on the fill line above the labels (labels under the line), when nobody else has taken it."""
    if hit.pane.grid is not None or hit.strip.local == 0 or name is None or name.strip is not hit.strip:
        return None
    strip, ruled = line_over(hit.strip)
    if strip is None or layout.first_stop(strip) < len(strip.atoms) or (ruled and layout.is_print(strip)):
        return None
    if any(id(atom) in used for atom in strip.atoms) or not any(atom.written for atom in strip.atoms):
        return None
    filled = any(atom.kind is AtomKind.FILL for atom in strip.atoms)
    dated = any(character.isdigit() for atom in strip.atoms if atom.written for character in atom.text)
    chunks = _with_ink(chunks_of(strip.atoms))
    if not (filled and not ruled) and not (dated and (ruled or over_label or len(chunks) == 2)):
        return None
    used.update(id(atom) for atom in strip.atoms)
    left, right = _halves(strip, name, chunks)
    sure = left is not None
    if not sure and len(chunks) == 2:
        left, right = chunks
    doubts = [] if sure else [Doubt(code="cannot-align", text="Underskriftslinjen er uklar.")]
    return {
        "place": Span([left if left is not None else strip.atoms], strip.page, "line-above", True, doubts),
        "name": Span([right] if right else [], strip.page, "line-above", True),
    }


def _with_ink(chunks: list[list[Atom]]) -> list[list[Atom]]:
    """The written pieces of a line, each with the ink after it."""
    pieces: list[list[Atom]] = []
    for chunk in chunks:
        if pieces and not any(atom.written for atom in chunk):
            pieces[-1] = [*pieces[-1], *chunk]
        else:
            pieces.append(chunk)
    return pieces


def _halves(strip: Strip, name: Hit, chunks: list[list[Atom]]) -> tuple[list[Atom] | None, list[Atom] | None]:
    label = name.strip.atoms[name.start].box
    if label is not None and all(atom.box is not None for atom in strip.atoms if atom.written):
        if len(chunks) == 2 and chunks[1][0].box is not None and chunks[1][0].box.x0 < label.x0 - 6:
            return None, None
        left = [atom for atom in strip.atoms if atom.box is not None and atom.box.x0 < label.x0 - 6]
        return left, [atom for atom in strip.atoms if atom.box is not None and atom not in left]
    if len(chunks) == 2:
        return chunks[0], chunks[1]
    return None, None
