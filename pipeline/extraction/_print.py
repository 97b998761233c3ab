"""A printed text as it stands on the form, but whole: what the ends of its lines broke is as the declaration spells it."""

from __future__ import annotations

from itertools import pairwise

from pipeline.extraction._atoms import Atom, AtomKind, keyed
from pipeline.extraction._hits import Hit


def as_printed(hit: Hit, texts: tuple[str, ...]) -> str:
    """The words of a hit; where a line ends, the space or none that ``texts`` have there."""
    declared = next((text for text in texts if keyed(text) == hit.key), "")
    built = ""
    for before, piece, ended in _pieces(hit):
        if not ended:
            built += before + piece
        elif declared and not _space_after(declared, len(keyed(built))):
            hyphen = built.endswith("-") and not _hyphen_after(declared, len(keyed(built)))
            built = (built[:-1] if hyphen else built) + piece
        else:
            built += (" " if built else "") + piece
    return built


def _pieces(hit: Hit) -> list[tuple[str, str, bool]]:
    """Each run of letters with what stands before it, and whether a line ended there."""
    pieces: list[tuple[str, str, bool]] = []
    strip, start = hit.strip, hit.start
    while True:
        end = hit.end if strip is hit.last else len(strip.atoms)
        first = True
        for atom in strip.atoms[start:end]:
            if atom.kind is AtomKind.WORD:
                pieces += _parts(atom, ended=first and bool(pieces), first=not pieces)
                first = False
        if strip is hit.last or strip.next is None:
            return pieces
        strip, start = strip.next, 0


def _parts(atom: Atom, *, ended: bool, first: bool) -> list[tuple[str, str, bool]]:
    cuts = (0, *atom.breaks, len(atom.text))
    before = "" if atom.glued or first else " "
    return [
        (before if not number else "", atom.text[start:end], ended if not number else True)
        for number, (start, end) in enumerate(pairwise(cuts))
    ]


def _after(declared: str, letters: int) -> str:
    """What the declaration has between a number of letters and the next one."""
    count = 0
    for position, character in enumerate(declared):
        key = keyed(character)
        if key and count >= letters:
            start = position
            while start and not keyed(declared[start - 1]):
                start -= 1
            return declared[start:position]
        count += len(key)
    return ""


def _space_after(declared: str, letters: int) -> bool:
    return " " in _after(declared, letters)


def _hyphen_after(declared: str, letters: int) -> bool:
    return "-" in _after(declared, letters)
