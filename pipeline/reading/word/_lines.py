"""One line's text and pieces: words, gaps, boxes and typed ticks told apart."""

from __future__ import annotations

import re
import unicodedata

from pipeline.domain import Entry, Gap, Mark, MarkSource, MarkState, Piece, Word
from pipeline.reading.word._symbols import LOST, OFF, ON, TYPED, UNKNOWN, UNSURE, mark_of

Atom = Piece | tuple[str, bool]
"""A piece, or text with whether it is struck out."""

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_GLYPHS = (ON + OFF + UNSURE).replace(LOST, "")
_TYPED = frozenset(TYPED)
_BRACKET = (
    r"\[[ \u00a0_]{0,4}[xXvV✓✔✗✘×]?[ \u00a0_]{0,4}\]"
    r"|(?<![^\s_])\((?:[ \u00a0_]{0,4}[xX✓✔✗✘×][ \u00a0_]{0,4}|[ \u00a0_]{1,8})\)"
)
_FILL = r"_{2,}|\.{4,}|…{2,}"
_LOST = r"(?<![^\s_])\ufffd(?![^\s_])"
_AFTER_COLON = r"(?<=[^\W\d_]:)(?=[^\W_])"
_TOKEN = re.compile(
    rf"(?P<gap>\s{{3,}})|(?P<blank>\s+)|(?P<bracket>{_BRACKET})|(?P<glyph>[{_GLYPHS}][\ufe0e\ufe0f]?|{_LOST})"
    rf"|(?P<fill>{_FILL})|(?P<word>[^\s{_GLYPHS}](?:(?!{_FILL}|{_BRACKET}|{_AFTER_COLON})[^\s{_GLYPHS}])*)"
)
_SPECIAL = re.compile(rf"\s{{3}}|[{_GLYPHS}\ufffd]|{_FILL}|{_BRACKET}|[^\W\d_]:[^\W_]|{UNKNOWN}")
_TICKED = re.compile(r"[xXvV✓✔✗✘×]")

Placed = tuple[Piece, bool]
"""A piece, and whether it stands tight to the one before (no space between)."""


def compose(atoms: list[Atom]) -> tuple[Piece, ...]:
    """Give the pieces of one line."""
    placed: list[Placed] = []
    tight = False
    texts: list[tuple[str, bool]] = []
    for atom in atoms:
        if isinstance(atom, tuple):
            texts.append(atom)
            continue
        tight = _add_texts(texts, placed, tight=tight)
        texts.clear()
        placed.append((atom, tight and (atom.glued if isinstance(atom, Word) else True)))
        tight = not isinstance(atom, Gap)
    _add_texts(texts, placed, tight=tight)
    return _finished(placed)


def text_of(pieces: tuple[Piece, ...]) -> str:
    """The pieces' text as a person would read it, typed ticks and boxes too; struck words left out."""
    parts: list[str] = []
    for piece in pieces:
        if isinstance(piece, Word):
            if not piece.struck:
                parts.append(piece.text if piece.glued else " " + piece.text)
        elif isinstance(piece, Mark):
            parts.append(" " + piece.glyph)
        elif isinstance(piece, Entry):
            parts.append(" " + piece.value)
    return "".join(parts).strip()


def _add_texts(texts: list[tuple[str, bool]], placed: list[Placed], *, tight: bool) -> bool:
    """Add words; whether what follows stands tight to them."""
    for struck, text in _merged(texts):
        if not _SPECIAL.search(text):
            tight = _add_plain(text, placed, struck=struck, tight=tight)
            continue
        for match in _TOKEN.finditer(text):
            token = match.group()
            match match.lastgroup:
                case "gap":
                    placed.append((Gap(), False))
                    tight = False
                    continue
                case "blank":
                    tight = False
                    continue
                case "bracket":
                    placed.append((_bracket(token, struck=struck), tight))
                case "glyph":
                    placed.append((mark_of(token[0], struck=struck), tight))
                case _:
                    placed.append((Word(text=token.replace(UNKNOWN, "\ufffd"), struck=struck), tight))
            tight = True
    return tight


def _add_plain(text: str, placed: list[Placed], *, struck: bool, tight: bool) -> bool:
    words = text.split()
    tight = tight and not text[:1].isspace()
    for word in words:
        placed.append((Word(text=word, struck=struck), tight))
        tight = False
    return bool(words and not text[-1:].isspace()) or (tight and not text)


def _merged(texts: list[tuple[str, bool]]) -> list[tuple[bool, str]]:
    """Neighbours of one kind joined (Word cuts words anywhere), in NFC, without invisible characters."""
    merged: list[tuple[bool, str]] = []
    for text, struck in texts:
        if merged and merged[-1][0] == struck:
            merged[-1] = (struck, merged[-1][1] + text)
        else:
            merged.append((struck, text))
    return [
        (struck, text if text.isascii() else unicodedata.normalize("NFC", _INVISIBLE.sub("", text)))
        for struck, text in merged
    ]


def _bracket(token: str, *, struck: bool) -> Mark:
    state = MarkState.ON if _TICKED.search(token) else MarkState.OFF
    return Mark(
        state=MarkState.UNSURE if struck else state, source=MarkSource.GLYPH, glyph=re.sub(r"\s+", " ", token)
    )


def _finished(placed: list[Placed]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    crossed = False
    for i, (given, tight) in enumerate(placed):
        piece = _ticked(placed, i) if isinstance(given, Word) and given.text in _TYPED else given
        last = pieces[-1] if pieces else None
        if isinstance(piece, Gap):
            if last is not None and not isinstance(last, Gap) and i + 1 < len(placed):
                pieces.append(piece)
        elif (
            isinstance(piece, Mark)
            and isinstance(last, Mark)
            and tight
            and not crossed
            and _crossed(last, piece)
        ):
            pieces[-1] = Mark(state=MarkState.ON, source=MarkSource.GLYPH, glyph=last.glyph + piece.glyph)
            crossed = True
            continue
        elif isinstance(piece, Word) and tight and isinstance(last, Word):
            pieces.append(Word(text=piece.text, struck=piece.struck, glued=True))
        else:
            pieces.append(piece)
        crossed = False
    while pieces and isinstance(pieces[-1], Gap):
        pieces.pop()
    return tuple(pieces)


def _ticked(placed: list[Placed], i: int) -> Piece:
    """The x at ``i`` as a tick where it may be one."""
    piece = placed[i][0]
    if isinstance(piece, Word) and not piece.struck and _stands_alone(placed, i):
        return Mark(state=MarkState.ON, source=MarkSource.GLYPH, glyph=piece.text)
    return piece


def _stands_alone(placed: list[Placed], i: int) -> bool:
    """Whether the x at ``i`` may be a tick: tight to nothing but fill or a box, and no «3 x daglig»."""
    piece, tight = placed[i]
    before = placed[i - 1][0] if i else None
    after, after_tight = placed[i + 1] if i + 1 < len(placed) else (None, False)
    if (tight and _letters(before)) or (after_tight and _letters(after)):
        return False
    times = (
        isinstance(piece, Word)
        and piece.text in _TYPED
        and isinstance(before, Word)
        and before.text[-1:].isdigit()
    )
    return not (times and isinstance(after, Word))


def _letters(piece: Piece | None) -> bool:
    return isinstance(piece, Word) and not set(piece.text) <= set("_.…")


def _crossed(first: Mark, second: Mark) -> bool:
    """Whether it is a typed X tight against an empty box: a ticked box."""
    pair = (first, second)
    return (
        all(m.source is MarkSource.GLYPH for m in pair)
        and any(m.glyph in _TYPED for m in pair)
        and {m.state for m in pair} == {MarkState.ON, MarkState.OFF}
    )
