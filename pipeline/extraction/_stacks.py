"""Several people stacked on lines in one cell: keep name, service and contact of each together, or say that it can't be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.domain import Doubt
from pipeline.extraction._atoms import AtomKind, keyed, keys_of
from pipeline.extraction._heights import (
    Columns,
    Lines,
    box_of_line,
    by_height,
    even,
    is_written,
    may_go_on,
    words_in,
)
from pipeline.extraction._hits import Hit
from pipeline.extraction._layout import Layout
from pipeline.forms import Place

UNALIGNED = Doubt(code="cannot-align", text="Linjene i rutene kan ikke settes sikkert sammen til personer.")
UNPLACED = Doubt(code="cannot-align", text="Det er uklart hvem av de to linjen gjelder.")


@dataclass(slots=True)
class Stack:
    """The people of one cell row, each with the lines of each column."""

    entries: list[dict[str, Lines]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def split_stack(
    columns: Columns, lead: str, *, rights: Mapping[str, float] | None = None, single: bool = False
) -> Stack:
    """Split a row of cells into people, by the lines of the ``lead`` column; each column's cell ends at its ``rights``.

    ``single``: the table has a row for each person, so a second line is the rest of a long name when nothing
    beside it says otherwise.
    """
    written = {name: [line for line in lines if is_written(line)] for name, lines in columns.items()}
    if not any(written.values()):
        return Stack()
    parted = separated(written, lead)
    if parted is not None:
        return parted
    right = (rights or {}).get(lead)
    count = len(written[lead])
    if count <= 1 and all(len(_groups(lines)) <= 1 for lines in columns.values()):
        return Stack([dict(written)])
    own = _fields_of_their_own(written[lead])
    if single and not own and _one_person(written, lead):
        return Stack([dict(written)])
    goes_on = right is not None and not own and _all_go_on(written[lead], right, lone=not single)
    if goes_on and (single or _one_contact(written)):
        return Stack([dict(written)], [] if _one_contact(written) else [UNALIGNED])
    in_step = _in_step(columns, lead)
    if in_step is not None:
        return Stack(in_step, [UNALIGNED] if _nameless(columns, lead) else [])
    by_group = _by_groups(columns)
    if by_group is not None and (count <= 1 or len(by_group) >= 2):
        return Stack(by_group)
    if count <= 1:
        return Stack([dict(written)], [UNALIGNED] if count == 0 else [])
    placed, sure = by_height(written, lead, rights or {})
    if placed is not None and sure:
        return Stack(placed)
    zipped = _zipped(written, count, lead)
    if zipped is not None and (
        not _boxed(written) or (placed is None and even(written) and _across(written, lead))
    ):
        return Stack(zipped)
    if zipped is not None and placed is not None and not all(map(_one_contact, placed)):
        return Stack(zipped)
    return Stack(_whole(placed, lead, right) if placed else guess(written, count), [UNALIGNED])


def _whole(placed: list[dict[str, Lines]], lead: str, right: float | None) -> list[dict[str, Lines]]:
    """The best guess at people some of whose names were broken in two: a lone word that had no room above goes there."""
    people: list[dict[str, Lines]] = []
    for entry in placed:
        last = people[-1] if people else None
        if last and words_in(entry[lead][0]) == 1 and may_go_on(last[lead][-1], entry[lead][0], right):
            joined = {name: [*last[name], *lines] for name, lines in entry.items()}
            if _one_contact(joined) and len(joined[lead]) == 2:
                people[-1] = joined
                continue
        people.append(entry)
    return people


def _fields_of_their_own(lines: Lines) -> bool:
    """Whether each line was typed into a field of its own: then none is the rest of another."""
    fields = {
        id(line[0].piece) for line in lines if line[0].kind is AtomKind.ENTRY and line[0].piece is not None
    }
    return len(lines) > 1 and len(fields) == len(lines)


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


def _nameless(columns: Columns, lead: str) -> bool:
    """Whether two columns are written on a line without a name, and for one of them it is the person's first line."""
    seen: set[str] = set()
    for number, name in enumerate(columns[lead]):
        here = {one for one, lines in columns.items() if one != lead and is_written(lines[number])}
        if is_written(name):
            seen = here
        elif len(here) > 1 and not here <= seen:
            return True
        seen = seen | here
    return False


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


def _across(written: Columns, lead: str) -> bool:
    """Whether every column has a line for each whole name, so that a line that was broken moved the rest down."""
    count = len(written[lead])
    return all(len(lines) == count for lines in written.values()) and all(
        words_in(line) > 1 for line in written[lead]
    )


def guess(written: Columns, count: int) -> list[dict[str, Lines]]:
    return [{name: lines[n : n + 1] for name, lines in written.items()} for n in range(count)]


def separated(written: Columns, lead: str) -> Stack | None:
    """People written one after another with commas or semicolons between; None when they are not.

    Every column must have as many as there are whole names, or what belongs to whom is in doubt.
    """
    names = " ".join(atom.text for line in written[lead] for atom in line if atom.written)
    for sign in (";", ","):
        parts = [part.split() for part in names.strip(" ;,").split(sign)]
        whole = all(len(part) > 1 and part[0][:1].isupper() for part in parts)
        if len(parts) < 2 or not whole:
            continue
        shared = {name: _parted(lines, sign) for name, lines in written.items()}
        if all(len(pieces) in (0, len(parts)) for pieces in shared.values()):
            return Stack(
                [{name: p[n : n + 1] for name, p in shared.items()} for n in range(len(parts))],
                [] if all(shared.values()) else [UNALIGNED],
            )
        return Stack([dict(written)], [UNALIGNED])
    return None


def _parted(lines: Lines, sign: str) -> Lines:
    """The words of some lines, cut after each that ends with a sign."""
    parts: Lines = [[]]
    for atom in (atom for line in lines for atom in line if atom.written):
        ends = atom.text.endswith(sign)
        parts[-1].append(replace(atom, text=atom.text.rstrip(sign)) if ends else atom)
        if ends:
            parts.append([])
    return [part for part in parts if is_written(part)]


def shares_its_cell(layout: Layout, hit: Hit, place: Place) -> bool:
    """Whether another row's label stands in the same cell: the line between two rows is gone, and their values run together."""
    own = keys_of(place.texts)
    return any(
        other.pane is hit.pane and other.key in layout.wording.rows and other.key not in own
        for other in layout.stops.values()
    )
