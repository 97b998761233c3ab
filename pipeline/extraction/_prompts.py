"""Prompts of empty content controls that came as plain words: they are room for a value and say nothing."""

from __future__ import annotations

from pipeline.extraction._atoms import Atom, AtomKind, keyed
from pipeline.extraction._sheet import Sheet, Strip
from pipeline.values import PROMPTS

_WORDS = 9
"""No prompt has more words."""
_KEYS = frozenset(map(keyed, PROMPTS))
_FIRST = frozenset(keyed(prompt.split()[0]) for prompt in PROMPTS)


def clear_prompts(sheet: Sheet) -> None:
    """Make every prompt on the sheet fill, also where a narrow cell broke it over lines."""
    for strip in sheet.strips:
        for index, atom in enumerate(strip.atoms):
            if atom.key in _FIRST and atom.kind is AtomKind.WORD:
                for one in _prompt(strip, index):
                    one.kind, one.text, one.key = AtomKind.FILL, "_", ""


def _prompt(strip: Strip, index: int) -> list[Atom]:
    """The words of the prompt that begins at a word, none when none does."""
    row: Strip | None = strip
    words: list[Atom] = []
    built = ""
    while row is not None and row.grid is None:
        for atom in row.atoms[index:]:
            if atom.kind is not AtomKind.WORD or len(words) == _WORDS:
                return []
            words.append(atom)
            built += atom.key
            if built in _KEYS:
                return words
        row, index = row.next, 0
    return []
