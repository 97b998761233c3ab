"""Several people stacked on lines in one cell: keep name, service and contact of each together, or say that it can't be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.domain import Box, Doubt, union
from pipeline.extraction._atoms import Atom, AtomKind, keyed

_ROOM = 14.0
"""Points of space between words and at a cell's edges that a further word would have needed."""

Lines = list[list[Atom]]
Columns = Mapping[str, Lines]

UNALIGNED = Doubt(code="cannot-align", text="Linjene i rutene kan ikke settes sikkert sammen til personer.")
UNPLACED = Doubt(code="cannot-align", text="Det er uklart hvem av de to linjen gjelder.")


@dataclass(slots=True)
class Stack:
    """The people of one cell row, each with the lines of each column."""

    entries: list[dict[str, Lines]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def is_written(line: list[Atom]) -> bool:
    """Whether something is written on a line."""
    return any(atom.written for atom in line)


def box_of_line(line: list[Atom]) -> Box | None:
    """The box of what is written on a line."""
    return union([atom.box for atom in line if atom.written])


def split_stack(columns: Columns, lead: str, *, right: float | None = None, single: bool = False) -> Stack:
    """Split a row of cells into people, by the lines of the ``lead`` column, whose cell ends at ``right``.

    ``single``: the table has a row for each person, so a second line is the rest of a long name when nothing
    beside it says otherwise.
    """
    written = {name: [line for line in lines if is_written(line)] for name, lines in columns.items()}
    if not any(written.values()):
        return Stack()
    count = len(written[lead])
    if count <= 1 and all(len(_groups(lines)) <= 1 for lines in columns.values()):
        return Stack([dict(written)])
    if single and _one_person(written, lead):
        return Stack([dict(written)])
    goes_on = right is not None and _all_go_on(written[lead], right, lone=not single)
    if goes_on and (single or _one_contact(written)):
        return Stack([dict(written)], [] if _one_contact(written) else [UNALIGNED])
    in_step = _in_step(columns, lead)
    if in_step is not None:
        return Stack(in_step)
    by_group = _by_groups(columns)
    if by_group is not None and (count <= 1 or len(by_group) >= 2):
        return Stack(by_group)
    if count <= 1:
        return Stack([dict(written)], [UNALIGNED] if count == 0 else [])
    placed, sure = _by_height(written, lead, right)
    if placed is not None and sure:
        return Stack(placed)
    zipped = _zipped(written, count, lead)
    if zipped is not None and not _boxed(written):
        return Stack(zipped)
    return Stack(placed or guess(written, count), [UNALIGNED])


def _all_go_on(lines: Lines, right: float, *, lone: bool) -> bool:
    """Whether every further line of a name is there because its first word had no room above.

    ``lone``: and is one word, as no other person's whole name is.
    """
    return len(lines) > 1 and all(
        box_of_line(lines[n]) is not None
        and may_go_on(lines[n - 1], lines[n], right)
        and not (lone and words_in(lines[n]) > 1)
        for n in range(1, len(lines))
    )


def words_in(line: list[Atom]) -> int:
    """How many words are written on a line."""
    return sum(len(atom.text.split()) for atom in line if atom.written)


def _one_contact(written: Columns) -> bool:
    """Whether no column holds two e-mails or two telephones."""
    for lines in written.values():
        texts = [" ".join(atom.text for atom in line) for line in lines]
        mails = sum("@" in text for text in texts)
        numbers = sum("@" not in text and any(c.isdigit() for c in text) for text in texts)
        if mails > 1 or numbers > 1:
            return False
    return True


def _in_step(columns: Columns, lead: str) -> list[dict[str, Lines]] | None:
    """Blank lines that keep every column in step: each person's lines run from one name to the next."""
    heights = {len(lines) for lines in columns.values()}
    blank = any(not is_written(line) for lines in columns.values() for line in lines)
    starts = [number for number, line in enumerate(columns[lead]) if is_written(line)]
    if len(heights) != 1 or not blank or len(starts) < 2:
        return None
    bounds = [*starts, heights.pop()]
    first = [n for lines in columns.values() for n, line in enumerate(lines) if is_written(line)]
    if min(first) < starts[0]:
        return None
    return [
        {
            name: [line for line in lines[bounds[n] : bounds[n + 1]] if is_written(line)]
            for name, lines in columns.items()
        }
        for n in range(len(starts))
    ]


def _one_person(written: Columns, lead: str) -> bool:
    """Whether no line beside the further lines of a name stands level with them."""
    name = [box_of_line(line) for line in written[lead]]
    others = [box_of_line(line) for column, lines in written.items() if column != lead for line in lines[:1]]
    further = [box_of_line(line) for column, lines in written.items() if column != lead for line in lines[1:]]
    if not name or any(box is None for box in (*name, *others, *further)) or not others:
        return False
    mails = [any("@" in atom.text for atom in line) for lines in written.values() for line in lines]
    return not further or (len(name) <= 2 and len(further) <= 1 and sum(mails) == 1)


def _groups(lines: Lines) -> list[Lines]:
    """Lines between blank ones."""
    groups: list[Lines] = [[]]
    for line in lines:
        if is_written(line):
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _by_groups(columns: Columns) -> list[dict[str, Lines]] | None:
    groups = {name: _groups(lines) for name, lines in columns.items()}
    counts = {len(found) for found in groups.values() if found}
    if len(counts) != 1 or counts == {1}:
        return None
    count = counts.pop()
    return [{name: found[n] if found else [] for name, found in groups.items()} for n in range(count)]


def _boxed(written: Columns) -> bool:
    return all(box_of_line(line) is not None for lines in written.values() for line in lines)


def _zipped(written: Columns, count: int, lead: str) -> list[dict[str, Lines]] | None:
    """As many lines as people in each column, or a telephone and an e-mail for each in turn.

    Telephones and e-mails by turns may be two of one person's; every column full, and no e-mail that bears
    another's name, says that they are read straight across.
    """
    full = all(len(lines) == count for lines in written.values())
    entries = guess(written, count)
    for name, lines in written.items():
        mails = [any("@" in atom.text for atom in line) for line in lines]
        if len(lines) == 2 * count and all(mails[n] != mails[n + 1] for n in range(0, len(lines), 2)):
            for number, entry in enumerate(entries):
                entry[name] = lines[2 * number : 2 * number + 2]
        elif len(lines) not in (0, count) or (
            len(set(mails)) > 1 and not (full and _own_mails(written[lead], lines))
        ):
            return None
    return entries


def _own_mails(names: Lines, lines: Lines) -> bool:
    """Whether no e-mail bears another's name instead of the one level with it."""
    parts = [
        {spelled for atom in line for word in atom.text.split() for spelled in _in_mail(word)}
        for line in names
    ]
    for number, line in enumerate(lines):
        local = keyed("".join(atom.text for atom in line if "@" in atom.text).split("@")[0])
        bears = [any(part in local for part in some) for some in parts]
        if local and any(bears) and not bears[number]:
            return False
    return True


def _in_mail(word: str) -> set[str]:
    """How a name may be spelled in an e-mail address."""
    spellings = ("æøå", ("ae", "o", "a")), ("æøå", ("a", "oe", "aa"))
    key = keyed(word)
    found = {
        "".join(dict(zip(letters, latin, strict=True)).get(character, character) for character in key)
        for letters, latin in spellings
    }
    return {spelled for spelled in found if len(spelled) > 2}


def guess(written: Columns, count: int) -> list[dict[str, Lines]]:
    return [{name: lines[n : n + 1] for name, lines in written.items()} for n in range(count)]


def may_go_on(line: list[Atom], below: list[Atom], right: float | None) -> bool:
    """Whether a line may be the rest of the one above: its first word had no room there."""
    above, word = box_of_line(line), next((atom.box for atom in below if atom.written), None)
    if any(atom.kind is AtomKind.ENTRY for atom in (*line, *below)):
        return False
    if above is None or word is None or right is None:
        return True
    return above.x1 + (word.x1 - word.x0) + _ROOM > right


def _by_height(
    written: Columns, lead: str, right: float | None
) -> tuple[list[dict[str, Lines]] | None, bool]:
    """By the heights on the page: each person's first line level with the name, further lines under it.

    And whether that is sure: a name that may go on from the line above, or people with nothing beside, are not.
    """
    tops = [box_of_line(line) for line in written[lead]]
    if any(box is None for box in tops):
        return None, False
    entries: list[dict[str, Lines]] = [{lead: [line]} for line in written[lead]]
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
            elif current < 0 or not close_under(entries[current][name][-1], box):
                return None, False
            entries[current].setdefault(name, []).append(line)
    other = [any(entry.get(name) for name in written if name != lead) for entry in entries]
    sure = not any(other) or all(other)
    for number, line in enumerate(written[lead][1:], start=1):
        above = written[lead][number - 1]
        lone = 1 in (words_in(above), words_in(line))
        if ((not other[number] and any(other)) or lone) and may_go_on(above, line, right):
            sure = False
    return [{name: entry.get(name, []) for name in written} for entry in entries], sure


def close_under(line: list[Atom], below: Box) -> bool:
    """Whether a line goes on right under another."""
    above = box_of_line(line)
    return above is not None and below.top - above.bottom <= 0.7 * (above.bottom - above.top)


def level(one: Box, other: Box) -> bool:
    return abs(one.top - other.top) <= 0.5 * max(one.bottom - one.top, other.bottom - other.top, 1.0)
