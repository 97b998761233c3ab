"""Where the form's own print stands: labels, headings and other known texts, however they are broken or spelled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from pipeline.extraction._atoms import Atom, AtomKind, is_bullet, keyed
from pipeline.extraction._sheet import Pane, Strip

_JOINING = frozenset(
    [
        "av",
        "eller",
        "er",
        "for",
        "fra",
        "hos",
        "i",
        "med",
        "mot",
        "når",
        "og",
        "om",
        "på",
        "per",
        "pr",
        "som",
        "til",
        "under",
        "ved",
        "utenfor",
        "over",
        "etter",
        "uten",
    ]
)
"""Words that go on with a printed phrase: «Navn på verge» is not the label «Navn»."""


_DASHES = frozenset("-–—•·")
_APART = 1.6
"""How many times wider the blank before a dash is than the one after it where it belongs to what follows."""
_SENTENCE = 24
"""A printed text with so many letters is known by its beginning, however it goes on."""


class Strength(IntEnum):
    """How sure it is that a text stands there as a label."""

    INSIDE = 1
    """With a colon, but in the middle of a line."""
    RUNNING = 2
    """At a label's place, with other words right after it and no colon."""
    SURE = 3
    """At a label's place, with a colon, or nothing but room for a value after it."""


@dataclass(slots=True, eq=False)
class Hit:
    """A known text on the sheet: it begins at (``strip``, ``start``) and ends before (``last``, ``end``)."""

    key: str
    strip: Strip
    start: int
    last: Strip
    end: int
    strength: Strength
    whole: bool
    """Whether it has its chunk to itself."""
    colon: bool
    place: tuple[int, int]
    """Its place in reading order."""

    @property
    def pane(self) -> Pane:
        """The pane it stands in."""
        return self.strip.pane


@dataclass(slots=True)
class Vocabulary:
    """The texts to look for, with every beginning of theirs."""

    keys: set[str] = field(default_factory=set)
    beginnings: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, texts: Iterable[str], heads: Iterable[str] = ()) -> Vocabulary:
        """Build it from printed spellings; ``heads`` may stand side by side with no gap between."""
        keys = {key for key in map(keyed, texts) if key}
        return cls(
            keys, {key[:length] for key in keys for length in range(1, len(key) + 1)}, set(map(keyed, heads))
        )


def find_hits(strips: Iterable[Strip], vocabulary: Vocabulary) -> list[Hit]:
    """Every known text at a label's place, in the order of the lines; at one place the longest wins, none overlap."""
    found: list[Hit] = []
    taken: set[Atom] = set()
    beginnings = vocabulary.beginnings
    for strip in strips:
        if beginnings.isdisjoint([atom.key for atom in strip.atoms]):
            continue
        for index, atom in enumerate(strip.atoms):
            if atom.key not in beginnings or atom.kind is not AtomKind.WORD or atom in taken:
                continue
            before = found[-1] if found else None
            beside = (
                before is not None
                and before.last is strip
                and before.end == index
                and before.key in vocabulary.heads
                and before.strength is not Strength.INSIDE
            )
            hit = _longest(strip, index, vocabulary, beside=beside)
            if hit is None or (beside and hit.key not in vocabulary.heads):
                continue
            if beside and before is not None:
                before.strength, before.whole = Strength.SURE, True
            found.append(hit)
            taken.update(covered(hit))
    return found


def covered(hit: Hit) -> list[Atom]:
    """The atoms a hit is made of."""
    if hit.strip is hit.last:
        return hit.strip.atoms[hit.start : hit.end]
    atoms = list(hit.strip.atoms[hit.start :])
    strip = hit.strip.next
    while strip is not None and strip is not hit.last:
        atoms += strip.atoms
        strip = strip.next
    return atoms + hit.last.atoms[: hit.end]


def at_chunk_start(strip: Strip, index: int) -> bool:
    """Whether a label may begin here: first on the line, or after a gap, a tick box, a fill line or an entry."""
    while index > 0:
        before = strip.atoms[index - 1]
        if before.kind is not AtomKind.WORD:
            return True
        if not is_bullet(before):
            return False
        index -= 1
    return True


def _longest(strip: Strip, index: int, vocabulary: Vocabulary, *, beside: bool) -> Hit | None:
    """The longest known text that begins at a word with which one may begin."""
    if _breaks_off(strip.atoms, index, vocabulary):
        return None
    start = beside or at_chunk_start(strip, index)
    keys, beginnings = vocabulary.keys, vocabulary.beginnings
    best: tuple[Strip, int, str] | None = None
    row, position, built = strip, index, ""
    while True:
        if position >= len(row.atoms):
            below = row.next
            if below is None or below.grid is not None or not start or not below.atoms:
                break
            if len(built) < 4 and (strip.pane.grid is None or strip.local or index):
                break
            row, position = below, 0
            continue
        atom = row.atoms[position]
        if atom.kind in (AtomKind.GAP, AtomKind.INK) and built and best is None:
            position += 1
            continue
        if atom.kind is not AtomKind.WORD:
            break
        built += atom.key
        if built not in beginnings:
            break
        position += 1
        if (
            atom.key
            and built in keys
            and (best is None or not _two_heads(best[2], built, vocabulary, row.atoms[:position]))
        ):
            best = (row, position, built)
            if atom.text.endswith(":"):
                break
    if best is None:
        return None
    return _judged(strip, index, best, start=start)


def _breaks_off(atoms: list[Atom], index: int, vocabulary: Vocabulary) -> bool:
    """Whether the next word already tells that no known text begins with this one."""
    key = atoms[index].key
    if key in vocabulary.keys or index + 1 >= len(atoms):
        return False
    following = atoms[index + 1]
    return (
        following.kind is AtomKind.WORD
        and bool(following.key)
        and key + following.key not in vocabulary.beginnings
    )


def _two_heads(best: str, built: str, vocabulary: Vocabulary, atoms: list[Atom]) -> bool:
    """Whether a longer text is two headings side by side and not the row «A / B»."""
    if best not in vocabulary.heads or built[len(best) :] not in vocabulary.heads:
        return False
    return not any("/" in atom.text for atom in atoms)


def _judged(strip: Strip, index: int, best: tuple[Strip, int, str], *, start: bool) -> Hit | None:
    last, end, key = best
    atoms = last.atoms
    colon = atoms[end - 1].text.endswith((":", "?", ":)"))
    end, colon = _past_punctuation(atoms, end, colon)
    if not colon:
        end, colon = _past_hint(atoms, end)
    follows = atoms[end] if end < len(atoms) else None
    whole = follows is None or follows.kind is not AtomKind.WORD
    if not start:
        if not colon:
            return None
        strength = Strength.INSIDE
    elif colon or whole or follows is None:
        strength = Strength.SURE
    else:
        goes_on = len(key) < _SENTENCE and follows.key in _JOINING and follows.text[:1].islower()
        if goes_on or _colon_soon(atoms, end):
            return None
        strength = Strength.RUNNING
    return Hit(key, strip, index, last, end, strength, whole and start, colon, (strip.order, index))


def _past_punctuation(atoms: list[Atom], end: int, colon: bool) -> tuple[int, bool]:
    while end < len(atoms) and atoms[end].kind is AtomKind.WORD and not atoms[end].key:
        if atoms[end].text.startswith("(") or _is_item(atoms, end):
            break
        colon = colon or ":" in atoms[end].text
        end += 1
    return end, colon


def _is_item(atoms: list[Atom], index: int) -> bool:
    """Whether a dash begins what is written and doesn't end the label: it stands by the word after it."""
    if not 0 < index < len(atoms) - 1 or atoms[index].text not in _DASHES:
        return False
    before, dash, after = (atoms[at].box for at in (index - 1, index, index + 1))
    if before is None or dash is None or after is None:
        return False
    return dash.x0 - before.x1 > max(_APART * (after.x0 - dash.x1), 0.0)


def _past_hint(atoms: list[Atom], end: int) -> tuple[int, bool]:
    """Step over «(fornavn og etternavn)» printed after a label, when the label ends there."""
    if end >= len(atoms) or not atoms[end].text.startswith("("):
        return end, False
    for position in range(end, len(atoms)):
        atom = atoms[position]
        if atom.kind is not AtomKind.WORD:
            return end, False
        if ")" in atom.text:
            after, colon = _past_punctuation(atoms, position + 1, atom.text.endswith(":"))
            if colon or after >= len(atoms) or atoms[after].kind is not AtomKind.WORD:
                return after, colon
            return end, False
    return end, False


def _colon_soon(atoms: list[Atom], end: int) -> bool:
    """Whether a longer, unknown label is printed here: «Dato for oppstart:»."""
    for atom in atoms[end : end + 4]:
        if atom.kind is not AtomKind.WORD:
            return False
        if atom.text.endswith(":"):
            return True
    return False
