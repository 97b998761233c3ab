"""Labels that are broken over lines beside their value: «Fødsels- | 3.3.2014» over «dato:»."""

from __future__ import annotations

from itertools import pairwise

from pipeline.extraction._atoms import AtomKind
from pipeline.extraction._hits import Vocabulary, at_chunk_start
from pipeline.extraction._sheet import Pane, Sheet, Strip, renumber

_ALIGNED = 8.0
"""Points by which a label's lines may begin apart: some programs draw the space between the words first on the next line."""


def rejoin(sheet: Sheet, vocabulary: Vocabulary) -> bool:
    """Move the rest of a label up to its beginning, so that it reads as one; True when anything was moved."""
    changed = _over_pages(sheet, vocabulary)
    beginnings = vocabulary.beginnings
    for strip in sheet.strips:
        atoms = strip.atoms
        if beginnings.isdisjoint([atom.key for atom in atoms]):
            continue
        index = 0
        while index < len(atoms):
            atom = atoms[index]
            if atom.kind is not AtomKind.WORD or not atom.key or not at_chunk_start(strip, index):
                index += 1
            elif atom.key not in beginnings:
                while index < len(atoms) and atoms[index].kind is AtomKind.WORD:
                    index += 1
            else:
                size = len(atoms)
                index = _join(strip, index, vocabulary)
                changed = changed or len(atoms) != size
    return changed


def _over_pages(sheet: Sheet, vocabulary: Vocabulary) -> bool:
    """A row that a page break cut through: its lower part is put back, when the two parts make a label."""
    changed = False
    for grid, below in pairwise(sheet.grids):
        upper, lower = grid.row(grid.rows - 1), below.row(0)
        if below.page == grid.page or not grid.drawn or not _same_cells(upper, lower):
            continue
        first, rest = _key_of(upper[0]), _key_of(lower[0])
        if not first or not rest or first in vocabulary.keys or first + rest not in vocabulary.keys:
            continue
        for above, pane in zip(upper, lower, strict=True):
            above.strips += pane.strips
            pane.strips = []
            changed = True
    if changed:
        renumber(sheet)
    return changed


def _same_cells(upper: list[Pane], lower: list[Pane]) -> bool:
    """Whether two rows have the same cells, side by side."""
    if not upper or len(upper) != len(lower) or any(pane.row_span > 1 for pane in (*upper, *lower)):
        return False
    return all(
        one.box is None or other.box is None or abs(one.box.x0 - other.box.x0) <= _ALIGNED
        for one, other in zip(upper, lower, strict=True)
    )


def _key_of(pane: Pane) -> str:
    return "".join(atom.key for atom in pane.atoms if atom.kind is AtomKind.WORD)


def _join(strip: Strip, start: int, vocabulary: Vocabulary) -> int:
    """Join one chunk with what goes on below it; gives the index after the chunk."""
    atoms, end = strip.atoms, start
    while end < len(atoms) and atoms[end].kind is AtomKind.WORD:
        end += 1
    built = "".join([atom.key for atom in atoms[start:end]])
    alone = end == len(atoms) and start == 0
    if alone and built in vocabulary.beginnings:
        return end
    whole = value = end
    if built not in vocabulary.beginnings:
        value, built = _begun(strip, start, end, vocabulary)
    if len(built) < 3:
        return end
    end = value
    moves: list[tuple[Strip, int, int]] = []
    below = strip.next
    found: list[tuple[Strip, int, int]] = []
    while below is not None and below.grid is None and below.page == strip.page and len(moves) < 8:
        piece = _chunk_under(strip, start, below)
        if piece is None:
            break
        for position in range(piece[0], piece[1]):
            built += below.atoms[position].key
        if built not in vocabulary.beginnings:
            break
        moves.append((below, *piece))
        if built in vocabulary.keys:
            found = list(moves)
        below = below.next
    grown = 0
    for other, first, last in found:
        strip.atoms[end:end] = other.atoms[first:last]
        end += last - first
        grown += last - first
        del other.atoms[first:last]
        while other.atoms and other.atoms[0].kind is AtomKind.GAP:
            del other.atoms[0]
    return whole + grown


def _begun(strip: Strip, start: int, end: int, vocabulary: Vocabulary) -> tuple[int, str]:
    """The longest beginning of a label that no whole label is, where a value follows with no gap between."""
    built, best = "", (start, "")
    for position in range(start, end - 1):
        if not strip.atoms[position].key:  # a dash may begin the value
            continue
        built += strip.atoms[position].key
        if built in vocabulary.keys or built not in vocabulary.beginnings:
            break
        best = (position + 1, built)
    return best if best[0] - start > 1 else (start, "")


def _chunk_under(strip: Strip, start: int, below: Strip) -> tuple[int, int] | None:
    """The words of the next line that begin under a chunk; without places, the first words under the first."""
    box = strip.atoms[start].box
    for index, atom in enumerate(below.atoms):
        if atom.kind is not AtomKind.WORD or not at_chunk_start(below, index):
            continue
        if box is not None and atom.box is not None:
            aligned = abs(atom.box.x0 - box.x0) <= _ALIGNED
        else:
            aligned = start == 0 and index == 0
        if aligned:
            end = index
            while end < len(below.atoms) and below.atoms[end].kind is AtomKind.WORD:
                end += 1
            return index, end
    return None
