"""What each block of a document says about which form it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.domain import Block, Document, Entry, Line, Page, Word
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
    with_it: dict[str, set[str]] = field(default_factory=dict)
    """What heads a line or a cell of what a form prints and is long enough to tell whose page it is."""
    opens: str = ""
    """The form that a code says begins here."""
    goes_on: bool = False
    """A page begins here that has the same code as the one before."""


def name_of(spec: FormSpec) -> str:
    """A form with its version."""
    return f"{spec.id} {spec.version}"


def items_of(document: Document, forms: Forms) -> list[Item]:
    """Every block of a document's readable pages with its evidence."""
    items = [Item(page, block) for page in document.pages if page.readable for block in page.blocks]
    groups = [list(_groups(item.block)) for item in items]
    _join_lines(items, groups)
    sought = _sought(forms)
    for item, lines in zip(items, groups, strict=True):
        for group in lines:
            sought.tell(item, group)
    return items


_KNOWN: dict[int, tuple[Forms, _Sought]] = {}
"""What was gathered of the forms last used; they are kept with it, so that no others can get their id."""


def _sought(forms: Forms) -> _Sought:
    """What all forms print; gathered once for the forms of a run."""
    known = _KNOWN.get(id(forms))
    if known is None:
        known = forms, _Sought(forms)
        _KNOWN.clear()
        _KNOWN[id(forms)] = known
    return known[1]


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
            cues = [key for key in map(keyed, spec.cues.cues) if len(key) >= _DISTINCT]
            with_it = [keyed(text) for text in spec.cues.with_it] + _long_labels(spec) + cues
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
        self._inside.sort(key=len)
        self._lengths = [len(key) for key in self._inside]
        self._short_headings = _shorter(self._headings)
        self._short_starts = _shorter(self._starts)

    def _heading(self, name: str, role: str, texts: list[str]) -> None:
        for text in texts:
            if text not in self._meant:
                self._meant[text] = []
                self._headings.setdefault(text[:_LETTERS], []).append(text)
            if (name, role) not in self._meant[text]:
                self._meant[text].append((name, role))

    def tell(self, item: Item, group: list[list[str]]) -> None:
        """Note on the item what a group of lines says."""
        if not any(group):
            return
        lines = ["".join(keys) for keys in group]
        heads = self._heads(group, lines)
        if heads:
            roles = {meant for text in heads for meant in self._meant[text]}
            for text in heads:
                for name, role in self._meant[text]:
                    if role == "with it":
                        item.with_it.setdefault(name, set()).add(text)
            for name, role in roles:
                if role == "continued":
                    item.continued.add(name)
                elif role == "title" and (name, "continued") not in roles:
                    item.titles.add(name)
        whole = "".join(lines)
        said: list[str] = []
        if len(whole) >= _DISTINCT:
            fits = bisect_right(self._lengths, len(whole))
            said = [key for key in self._inside[:fits] if key in whole]
        for keys in group:
            for chunk in keys:
                alike = _alike(self._starts, self._short_starts, chunk)
                if alike:
                    said += [key for key in alike if chunk.startswith(key)]
        for key in said:
            for name, text in self._cues[key]:
                item.cues.setdefault(name, set()).add(text)

    def _heads(self, group: list[list[str]], lines: list[str]) -> set[str]:
        """The texts with which a line of the group begins, where it is a heading and not a sentence."""
        found: set[str] = set()
        for number, keys in enumerate(group[:1] if len(group) <= 3 else group):
            line = lines[number]
            if not line:
                continue
            for text in _alike(self._headings, self._short_headings, line):
                if line.startswith(text):
                    if len(line) <= len(text) + _SENTENCE:
                        found.add(text)
                elif len(line) >= 8 and text.startswith(line):
                    further = "".join(lines[number + 1 : number + 3])
                    if (line + further).startswith(text):
                        found.add(text)
            for key in keys:
                if key in self._meant:
                    found.add(key)
            for key in keys[1:]:
                found.update(text for text in self._with_it(key) if len(key) <= len(text) + _SENTENCE)
        return found

    def _with_it(self, chunk: str) -> list[str]:
        """The texts with which a chunk begins that stand on a form and never head one: a label before its value."""
        alike = _alike(self._headings, self._short_headings, chunk)
        return [
            text
            for text in alike
            if chunk.startswith(text) and all(role == "with it" for _, role in self._meant[text])
        ]


def _shorter(texts: dict[str, list[str]]) -> list[str]:
    """The beginnings that are whole texts, shorter than a beginning is."""
    return [beginning for beginning in texts if len(beginning) < _LETTERS]


def _alike(texts: dict[str, list[str]], shorter: list[str], line: str) -> list[str]:
    """The texts that share a line's first letters, and those that are shorter than these."""
    beginning = line[:_LETTERS]
    found = texts.get(beginning, [])
    for short in shorter:
        if short != beginning and line.startswith(short):
            found = found + texts[short]
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
    chunks: list[str] = []
    words: list[str] = []
    for piece in line.pieces:
        if isinstance(piece, Word):
            if not piece.struck:
                words.append(keyed(piece.text))
        elif words:
            chunks.append("".join(words))
            words = []
    if words:
        chunks.append("".join(words))
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


def lines_in(items: list[Item]) -> Iterator[Line]:
    """Every line of the items."""
    for item in items:
        yield from _lines(item.block)


def lead_of(line: Line) -> str | None:
    """The key of the first word on a line that has one; None when an entry stands first."""
    for piece in line.pieces:
        if isinstance(piece, Word) and not piece.struck:
            key = keyed(piece.text)
            if key:
                return key
        elif isinstance(piece, Entry):
            return None
    return ""


def _lines(block: Block) -> Iterator[Line]:
    if isinstance(block, Line):
        yield block
    else:
        for cell in block.cells:
            yield from cell.lines
