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
_LETTERS = 3


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
    sought = _Sought(forms)
    for item, lines in zip(items, groups, strict=True):
        for group in lines:
            sought.tell(item, group)
    return items


class _Sought:
    """What all forms print, by its first letters, so that each line is compared with the few texts it may be."""

    def __init__(self, forms: Forms) -> None:
        """Gather every form's titles, continued titles, companions and cues."""
        self._headings: dict[str, list[str]] = {}
        self._meant: dict[str, list[tuple[str, str]]] = {}
        self._starts: dict[str, list[str]] = {}
        self._inside: list[str] = []
        self._cues: dict[str, list[tuple[str, str]]] = {}
        for spec in forms:
            name = name_of(spec)
            with_it = [keyed(text) for text in spec.cues.with_it] + _long_labels(spec)
            self._heading(name, "continued", [keyed(text) for text in spec.cues.continued])
            self._heading(name, "title", [keyed(text) for text in spec.cues.titles])
            self._heading(name, "with it", with_it)
            for key, text in {keyed(text): text for text in spec.cues.cues}.items():
                if key not in self._cues:
                    self._cues[key] = []
                    if len(key) >= _DISTINCT:
                        self._inside.append(key)
                    else:
                        self._starts.setdefault(key[:_LETTERS], []).append(key)
                self._cues[key].append((name, text))

    def _heading(self, name: str, role: str, texts: list[str]) -> None:
        for text in texts:
            if text not in self._meant:
                self._meant[text] = []
                self._headings.setdefault(text[:_LETTERS], []).append(text)
            self._meant[text].append((name, role))

    def tell(self, item: Item, group: list[list[str]]) -> None:
        """Note on the item what a group of lines says."""
        roles = {meant for text in self._heads(group) for meant in self._meant[text]}
        for name, role in roles:
            if role == "continued":
                item.continued.add(name)
            elif role == "title" and (name, "continued") not in roles:
                item.titles.add(name)
            elif role == "with it":
                item.with_it.add(name)
        whole = "".join(["".join(keys) for keys in group])
        said = [key for key in self._inside if key in whole] if len(whole) >= _DISTINCT else []
        for keys in group:
            for chunk in keys:
                said += [key for key in _alike(self._starts, chunk) if chunk.startswith(key)]
        for key in said:
            for name, text in self._cues[key]:
                item.cues.setdefault(name, set()).add(text)

    def _heads(self, group: list[list[str]]) -> set[str]:
        """The texts with which a line of the group begins, where it is a heading and not a sentence."""
        found: set[str] = set()
        for number, keys in enumerate(group[:1] if len(group) <= 3 else group):
            line = "".join(keys)
            if not line:
                continue
            for text in _alike(self._headings, line):
                if line.startswith(text):
                    if len(line) <= len(text) + _SENTENCE:
                        found.add(text)
                elif len(line) >= 8 and text.startswith(line):
                    further = "".join("".join(k) for k in group[number + 1 : number + 3])
                    if (line + further).startswith(text):
                        found.add(text)
            found.update([key for key in keys if key in self._meant])
        return found


def _alike(texts: dict[str, list[str]], line: str) -> list[str]:
    """The texts that share a line's first letters, and those that are shorter than these."""
    found = texts.get(line[:_LETTERS], [])
    for count in range(min(len(line), _LETTERS)):
        shorter = texts.get(line[:count])
        if shorter:
            found = found + shorter
    return found


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
