"""The smallest things on a line: words cut where a label meets a value, boxes, entries, ink, gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from pipeline.domain import Box, Gap, Ink, Mark, MarkSource, MarkState, Piece, Word, union
from pipeline.values import fold

_FILL = re.compile(r"(_{2,}|\.{4,}|…{2,})")


_LABEL_GLUED = re.compile(r"([^\W\d_][^:/@]*:)(?=[^\s:/]|/$)")


_BULLET = re.compile(r"[^\w\s]|o|\d{1,2}[.)]|[a-zæøå]\)")


class AtomKind(Enum):
    """What an atom is. FILL: underscores or dots to write on."""

    WORD = auto()
    FILL = auto()
    MARK = auto()
    ENTRY = auto()
    INK = auto()
    GAP = auto()


_WORD, _ENTRY = AtomKind.WORD, AtomKind.ENTRY


@dataclass(slots=True, eq=False)
class Atom:
    """The smallest thing on a line. ``key`` is what is compared: letters and digits only, folded."""

    kind: AtomKind
    text: str = ""
    key: str = ""
    glued: bool = False
    box: Box | None = None
    confidence: float = 1.0
    piece: Piece | None = None
    breaks: tuple[int, ...] = ()
    """Where in ``text`` a line ended, when the word was broken over lines."""
    broken: bool = False
    """Whether it may have been two words."""
    astray: bool = False
    """Whether it runs on into a column that nobody ruled, so that it may belong there."""

    @property
    def written(self) -> bool:
        """Whether it is text that may be part of a value."""
        kind = self.kind
        return (kind is _WORD or kind is _ENTRY) and bool(self.text) and not self.text.isspace()


@lru_cache(maxsize=20_000)
def keyed(text: str) -> str:
    """What is compared of a text: its letters and digits, folded."""
    folded = fold(text)
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


@lru_cache(maxsize=2_000)
def keys_of(texts: tuple[str, ...]) -> frozenset[str]:
    """What is compared of a declaration's texts; made once for a form."""
    return frozenset(map(keyed, texts))


def is_bullet(atom: Atom) -> bool:
    """Whether a word is only a bullet or a row's number."""
    if atom.kind is not _WORD:
        return False
    return not atom.key or (len(atom.text) <= 3 and _BULLET.fullmatch(atom.text) is not None)


def atoms_of(pieces: tuple[Piece, ...]) -> list[Atom]:
    """The atoms of a line; a widget's box once, without the frame that is drawn round it."""
    atoms: list[Atom] = []
    widgets: list[Mark] = []
    for piece in pieces:
        if isinstance(piece, Word):
            if piece.struck:
                continue
            text = piece.text
            if ":" in text or "_" in text or "." in text or "…" in text:
                atoms += _words(piece)
            elif text:
                atoms.append(Atom(_WORD, text, keyed(text), piece.glued, piece.box, piece.confidence, piece))
        elif isinstance(piece, Gap):
            atoms.append(Atom(AtomKind.GAP))
        elif isinstance(piece, Mark):
            atoms.append(Atom(AtomKind.MARK, piece.glyph, "", False, piece.box, piece.confidence, piece))
            if piece.source is MarkSource.WIDGET:
                widgets.append(piece)
        elif isinstance(piece, Ink):
            atoms.append(Atom(AtomKind.INK, box=piece.box, confidence=piece.confidence, piece=piece))
        else:
            atoms.append(
                Atom(AtomKind.ENTRY, piece.value, box=piece.box, confidence=piece.confidence, piece=piece)
            )
    return _undoubled(atoms, widgets) if widgets else atoms


def _words(word: Word) -> Iterator[Atom]:
    """Cut a word where a fill line or a label's colon is glued to what was written."""
    glued = word.glued
    for part in _FILL.split(word.text):
        if not part:
            continue
        kind = AtomKind.FILL if _FILL.fullmatch(part) else AtomKind.WORD
        pieces = [part]
        match = _LABEL_GLUED.match(part) if kind is AtomKind.WORD and ":" in part else None
        if match is not None:
            pieces = [match[1], part[match.end() :]]
        for text in pieces:
            yield Atom(kind, text, keyed(text), glued, word.box, word.confidence, word)
            glued = True


def _undoubled(atoms: list[Atom], widgets: list[Mark]) -> list[Atom]:
    """Leave out the drawn frame of a widget's box; a frame that says more than the widget stays, as a doubt."""

    def framed(mark: Piece | None) -> bool:
        return (
            isinstance(mark, Mark)
            and mark.source in (MarkSource.BOX, MarkSource.GLYPH)
            and any(
                _overlap(mark.box, widget.box) and (mark.state is MarkState.OFF or mark.state is widget.state)
                for widget in widgets
            )
        )

    return [atom for atom in atoms if not framed(atom.piece)]


def _overlap(one: Box | None, other: Box | None) -> bool:
    if one is None or other is None:
        return False
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return width > 1 and height > 1


def text_of(lines: list[list[Atom]]) -> str:
    """What is written on the lines, each on its own line; fill characters and tick boxes left out."""
    return "\n".join(line for line in (line_text(atoms) for atoms in lines) if line)


def line_text(atoms: list[Atom]) -> str:
    """What is written on one line."""
    parts: list[str] = []
    loose = True
    ruled = any(atom.kind is AtomKind.FILL for atom in atoms)
    for atom in atoms:
        if atom.written:
            text = atom.text.strip()
            text = text.strip("_") if ruled and atom.kind is AtomKind.WORD else text
            parts.append(("" if atom.glued and not loose else " ") + text)
            loose = False
        else:
            loose = True
    return "".join(parts).strip()


def box_of(lines: list[list[Atom]]) -> Box | None:
    """The union of what stands on the lines."""
    return union([atom.box for atoms in lines for atom in atoms])
