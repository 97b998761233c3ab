"""What each block of a document says about which form it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.domain import Block, Document, Gap, Line, Page, Word
from pipeline.forms import Forms, FormSpec
from pipeline.values import fold

_SENTENCE = 28
"""Letters by which a line may be longer than a title that begins it and still be a heading."""
_DISTINCT = 14
"""A cue with so many letters is known wherever it stands in a cell; a shorter one only where a label stands."""


@lru_cache(maxsize=20_000)
def keyed(text: str) -> str:
    """What is compared of a text: its letters and digits, folded."""
    return "".join(character for character in fold(text) if character.isalnum())


@dataclass(slots=True)
class Item:
    """One block with its page and what it says: titles, continued titles and cues, by form and version."""

    page: Page
    block: Block
    titles: set[str] = field(default_factory=set)
    continued: set[str] = field(default_factory=set)
    cues: dict[str, set[str]] = field(default_factory=dict)
    with_it: set[str] = field(default_factory=set)


def name_of(spec: FormSpec) -> str:
    """A form with its version."""
    return f"{spec.id} {spec.version}"


def items_of(document: Document, forms: Forms) -> list[Item]:
    """Every block of a document's readable pages with its evidence."""
    items = [Item(page, block) for page in document.pages if page.readable for block in page.blocks]
    groups = [list(_groups(item.block)) for item in items]
    _join_lines(items, groups)
    for spec in forms:
        name = name_of(spec)
        titles = [keyed(text) for text in spec.cues.titles]
        continued = [keyed(text) for text in spec.cues.continued]
        cues = {keyed(text): text for text in spec.cues.cues}
        with_it = [keyed(text) for text in spec.cues.with_it] + _long_labels(spec)
        for item, lines in zip(items, groups, strict=True):
            for group in lines:
                if _heads(group, continued):
                    item.continued.add(name)
                elif _heads(group, titles):
                    item.titles.add(name)
                if _heads(group, with_it):
                    item.with_it.add(name)
                whole = "".join(key for keys in group for key in keys)
                starts = [key for keys in group for key in keys]
                for key, text in cues.items():
                    if (len(key) >= _DISTINCT and key in whole) or any(s.startswith(key) for s in starts):
                        item.cues.setdefault(name, set()).add(text)
    return items


def _long_labels(spec: FormSpec) -> list[str]:
    """Labels so long that they tell whose page it is."""
    keys = {keyed(text) for one in spec.fields for place in one.places for text in place.texts}
    return sorted(key for key in keys if len(key) >= _DISTINCT)


def _groups(block: Block) -> Iterator[list[list[str]]]:
    """For each cell, or for a line on the open page: its lines, each as the keys of its chunks."""
    if isinstance(block, Line):
        yield [_chunks(block)]
        return
    for cell in block.cells:
        lines: list[list[str]] = []
        for inner in cell.blocks:
            if isinstance(inner, Line):
                lines.append(_chunks(inner))
            else:
                yield from _groups(inner)
        if lines:
            yield lines


def _chunks(line: Line) -> list[str]:
    chunks: list[str] = [""]
    for piece in line.pieces:
        if isinstance(piece, Word):
            chunks[-1] += "" if piece.struck else keyed(piece.text)
        elif isinstance(piece, Gap) or chunks[-1]:
            chunks.append("")
    return [chunk for chunk in chunks if chunk]


def _join_lines(items: list[Item], groups: list[list[list[list[str]]]]) -> None:
    """A title on the open page may be broken over lines: give each line the two after it too."""
    single = [
        group[0][0] if isinstance(item.block, Line) and len(group) == 1 and group[0] else None
        for item, group in zip(items, groups, strict=True)
    ]
    for number, keys in enumerate(single):
        if not keys:
            continue
        joined: list[list[str]] = [keys]
        for later in range(number + 1, min(number + 3, len(items))):
            following = single[later]
            if following is None or items[later].page is not items[number].page:
                break
            joined.append(following)
        groups[number] = [joined]


def _heads(group: list[list[str]], texts: list[str]) -> bool:
    """Whether a line of the group begins with one of the texts and is a heading, not a sentence."""
    for number, keys in enumerate(group[:1] if len(group) <= 3 else group):
        line = "".join(keys)
        if not line:
            continue
        further = "".join("".join(k) for k in group[number + 1 : number + 3])
        for text in texts:
            if line.startswith(text) and len(line) <= len(text) + _SENTENCE:
                return True
            if any(key == text for key in keys):
                return True
            if len(line) >= 8 and text.startswith(line) and (line + further).startswith(text):
                return True
    return False


def first_lines(items: list[Item]) -> Iterator[tuple[int, str]]:
    """Every line of the items as (item number, text)."""
    for number, item in enumerate(items):
        for line in [item.block] if isinstance(item.block, Line) else _lines(item.block):
            yield number, line.text


def _lines(block: Block) -> Iterator[Line]:
    if isinstance(block, Line):
        yield block
    else:
        for cell in block.cells:
            yield from cell.lines
