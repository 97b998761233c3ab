"""Lines of neighbouring cells that stand level: whose a line is, and when a broken line moved the rest out of level."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from pipeline.domain import Box, union
from pipeline.extraction._atoms import Atom, AtomKind

_ROOM = 14.0
"""Points of space between words and at a cell's edges that a further word would have needed."""

Lines = list[list[Atom]]
Columns = Mapping[str, Lines]


def is_written(line: list[Atom]) -> bool:
    """Whether something is written on a line."""
    return any(atom.written for atom in line)


def box_of_line(line: list[Atom]) -> Box | None:
    """The box of what is written on a line."""
    return union([atom.box for atom in line if atom.written])


def words_in(line: list[Atom]) -> int:
    """How many words are written on a line."""
    return sum(len(atom.text.split()) for atom in line if atom.written)


def may_go_on(line: list[Atom], below: list[Atom], right: float | None) -> bool:
    """Whether a line may be the rest of the one above: its first word had no room there."""
    above, word = box_of_line(line), next((atom.box for atom in below if atom.written), None)
    if any(atom.kind is AtomKind.ENTRY for atom in (*line, *below)):
        return False
    if above is None or word is None or right is None:
        return True
    return above.x1 + (word.x1 - word.x0) + _ROOM > right


def close_under(line: list[Atom], below: Box, height: float) -> bool:
    """Whether a line goes on right under another, on a page whose lines of letters are so high."""
    above = box_of_line(line)
    return above is not None and below.top - above.top <= 1.7 * height


def height_of(columns: Columns) -> float:
    """How high a line of letters is, in points: some lines hold low letters only, as one of digits does."""
    boxes = [box_of_line(line) for lines in columns.values() for line in lines]
    return max((box.bottom - box.top for box in boxes if box is not None), default=0.0)


def level(one: Box, other: Box) -> bool:
    return abs(one.top - other.top) <= 0.5 * max(one.bottom - one.top, other.bottom - other.top, 1.0)


def by_height(
    written: Columns, lead: str, rights: Mapping[str, float]
) -> tuple[list[dict[str, Lines]] | None, bool]:
    """By the heights on the page: each person's first line level with the name, further lines under it.

    And whether that is sure: a name that may go on from the line above, or people with nothing beside, are not.
    """
    tops = [box_of_line(line) for line in written[lead]]
    if any(box is None for box in tops):
        return None, False
    entries: list[dict[str, Lines]] = [{lead: [line]} for line in written[lead]]
    height = height_of(written)
    for name, lines in written.items():
        if name == lead:
            continue
        current = -1
        for line in lines:
            box = box_of_line(line)
            if box is None:
                return None, False
            beside = [n for n, top in enumerate(tops) if top is not None and level(top, box)]
            if beside:
                current = beside[0]
            elif current < 0 or not close_under(entries[current][name][-1], box, height):
                return None, False
            following = tops[current + 1] if current + 1 < len(tops) else None
            if following is not None and not beside and box.top > following.top:
                return None, False
            entries[current].setdefault(name, []).append(line)
    other = [any(entry.get(name) for name in written if name != lead) for entry in entries]
    sure = not any(other) or all(other)
    if not _by_care(written, height):
        others = [name for name in written if name != lead]
        sure = sure and all(_kept_level(name, entries, lead, rights.get(name), height) for name in others)
    for number, line in enumerate(written[lead][1:], start=1):
        above = written[lead][number - 1]
        lone = 1 in (words_in(above), words_in(line))
        if ((not other[number] and any(other)) or lone) and may_go_on(above, line, rights.get(lead)):
            sure = False
    return [{name: entry.get(name, []) for name in written} for entry in entries], sure


def _by_care(written: Columns, height: float) -> bool:
    """Whether blank lines between the written ones keep the columns level."""
    for lines in written.values():
        for above, below in pairwise(lines):
            box = box_of_line(below)
            if box is not None and not close_under(above, box, height):
                return True
    return False


def even(written: Columns) -> bool:
    """Whether each column's lines follow each other alike: none leaves out a line where its others don't."""
    height = height_of(written)
    for lines in written.values():
        close = {
            close_under(above, box, height)
            for above, below in pairwise(lines)
            if (box := box_of_line(below)) is not None
        }
        if len(close) > 1:
            return False
    return True


def _kept_level(
    name: str, entries: list[dict[str, Lines]], lead: str, right: float | None, height: float
) -> bool:
    """Whether the lines of a column are level with their names by care, not because one was broken in two."""
    owned = [(number, line) for number, entry in enumerate(entries) for line in entry.get(name, [])]
    for (one, above), (other, below) in pairwise(owned):
        box = box_of_line(below)
        near = box is not None and close_under(above, box, height)
        if one == other or not near or not may_go_on(above, below, right):
            continue
        each = all(len(entry.get(name, [])) == 1 for entry in entries)
        if not each or _small(below):
            return False
    last = entries[-1].get(name, [])
    box = box_of_line(entries[-1][lead][0])
    if len(last) < 2 or len(entries) < 2 or box is None or not close_under(entries[-2][lead][0], box, height):
        return True
    if all(may_go_on(above, below, right) for above, below in pairwise(last)):
        return not any(map(_mail, last))
    kinds = {_mail(line) for number, line in owned if number < len(entries) - 1} | {_mail(last[0])}
    return len(kinds) == 1 and len(last) == 2 and _mail(last[0]) != _mail(last[1])


def _small(line: list[Atom]) -> bool:
    """Whether a line begins as the rest of a sentence does."""
    first = next((atom.text for atom in line if atom.written), "")
    return first[:1].islower() and not _mail(line)


def _mail(line: list[Atom]) -> bool:
    return any("@" in atom.text for atom in line)
