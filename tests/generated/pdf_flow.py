"""Breaks paragraphs into lines for a printed page: words, boxes, lines to write on, fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from tests.generated.page import Newline, Para, Piece, Print, Sign, Style, Tab, Tick, Written

FILES = {
    "Liberation Sans": ("liberation", "LiberationSans-Regular", "LiberationSans-Bold"),
    "Liberation Serif": ("liberation", "LiberationSerif-Regular", "LiberationSerif-Bold"),
    "Liberation Mono": ("liberation", "LiberationMono-Regular", "LiberationMono-Bold"),
    "DejaVu Sans": ("dejavu", "DejaVuSans", "DejaVuSans-Bold"),
    "DejaVu Serif": ("dejavu", "DejaVuSerif", "DejaVuSerif-Bold"),
}
FONTS = Path("/usr/share/fonts/truetype")


@cache
def register() -> None:
    """All fonts once, and DejaVu again under another name for boxes whose letters get lost."""
    for family, (folder, regular, bold) in FILES.items():
        pdfmetrics.registerFont(TTFont(family, str(FONTS / folder / f"{regular}.ttf")))
        pdfmetrics.registerFont(TTFont(f"{family} Bold", str(FONTS / folder / f"{bold}.ttf")))


SPARE: dict[str, str] = {}
"""By font another of its kind that has more letters, for those who register fonts of their own."""


def covering(text: str, font: str) -> str:
    """`font`, or its spare or DejaVu Sans when it lacks a letter of `text`."""
    for name in (font, SPARE.get(font, font)):
        glyphs = pdfmetrics.getFont(name).face.charToGlyph
        if all(ord(char) in glyphs for char in text):
            return name
    return "DejaVu Sans"


def width(text: str, font: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(text, font, size))


@dataclass(kw_only=True)
class Atom:
    """Something that stands on a line and is not broken."""

    width: float
    text: str = ""
    font: str = ""
    size: float = 10
    ink: str = "print"
    """`print` for the blank's words, `hand` for the person's."""
    piece: Piece | None = None
    lines: int = 1
    field: str = ""
    """The field whose value this is a part of, where the drawing wants to know."""


@dataclass(kw_only=True)
class Line:
    height: float
    atoms: list[tuple[float, Atom]] = field(default_factory=list)


@dataclass(kw_only=True)
class Flow:
    """Breaks one document's paragraphs."""

    style: Style
    hand: str
    fields: bool
    struck: bool = False
    """The person struck out some of what they first wrote."""
    """The document is fillable: what is written becomes a field."""

    def lines(self, para: Para, room: float) -> list[Line]:
        size = max(5.0, self.style.size * para.scale)
        height = size * 1.3
        out = [Line(height=height)]
        x = 0.0
        for piece in para.pieces:
            for atom in self.atoms(piece, size, room, x):
                if atom is None:
                    out.append(Line(height=height))
                    x = 0.0
                    continue
                if isinstance(piece, Tab):
                    x = (x // 90 + 1) * 90
                    continue
                needed = atom.width if not atom.text else width(atom.text.rstrip(), atom.font, atom.size)
                if x > 0 and x + needed > room:
                    out.append(Line(height=height))
                    x = 0.0
                if atom.piece is not None and self.fields and atom.width == 0:
                    atom.width = room - x
                out[-1].atoms.append((x, atom))
                out[-1].height = max(out[-1].height, height * atom.lines)
                x += atom.width
        out[-1].height += para.after
        return out

    def atoms(self, piece: Piece, size: float, room: float, x: float) -> list[Atom | None]:
        if isinstance(piece, Newline):
            return [None]
        if isinstance(piece, Tab):
            return [Atom(width=0)]
        if isinstance(piece, Print):
            font = covering(piece.text, self.style.font + (" Bold" if piece.bold else ""))
            longest = max((width(word, font, size) for word in piece.text.split(" ")), default=0.0)
            return [*self.words(piece.text, font, size * min(1.0, (room - 0.5) / max(longest, 0.1)), "print")]
        if isinstance(piece, Tick):
            return [Atom(width=size * 1.35, piece=piece, size=size)]
        rest = room - x if room - x > 60 else room
        if isinstance(piece, Sign):
            return [Atom(width=min(rest, 150), piece=piece, size=size)]
        return self.written(piece, size, room, rest)

    def words(self, text: str, font: str, size: float, ink: str) -> list[Atom]:
        font = covering(text, font)
        parts = text.split(" ")
        texts = [part + (" " if number < len(parts) - 1 else "") for number, part in enumerate(parts)]
        return [
            Atom(width=width(part, font, size), text=part, font=font, size=size, ink=ink)
            for part in texts
            if part
        ]

    def written(self, piece: Written, size: float, room: float, rest: float) -> list[Atom | None]:
        if self.fields:
            wide = rest if rest == room else rest - 1
            needed = sum(
                1 + int(width(text, "Liberation Sans", size) * 1.05 // max(wide - 6, 20))
                for text in piece.lines
            )
            tall = max(piece.tall if not piece.lines else 1, needed)
            return [Atom(width=wide, piece=piece, size=size, lines=1 if piece.single else tall)]
        if piece.rule or piece.single:
            text = piece.lines[0] if piece.lines else ""
            font = covering(text, self.hand)
            while size > 5 and width(text, font, size) > rest - 2:
                size -= 0.25
            wide = max(width("_" * piece.rule, self.style.font, size), width(text, font, size) + 2)
            return [Atom(width=min(wide, rest), piece=piece, text="", font=font, size=size)]
        out: list[Atom | None] = []
        if self.struck and len(piece.lines) == 1 and self.style.rng.random() < 0.3:
            out += self.words("Gammel tekst ", self.hand, size, "struck")
        for number, text in enumerate(piece.lines):
            if number:
                out.append(None)
            shrunk = size
            font = covering(text, self.hand)
            while shrunk > 5.5 and max(width(word, font, shrunk) for word in text.split(" ")) > room:
                shrunk -= 0.25
            out += self.words(text, self.hand, shrunk, "hand")
        return out
