"""Draws a form as it lies on paper before it is scanned, and notes where everything stands."""

from __future__ import annotations

from random import Random

from reportlab.pdfgen.canvas import Canvas

from tests.generated.page import Para, Piece, Sign, Style, Tick, Written
from tests.generated.pdf import PAPER, PdfDrawing
from tests.generated.pdf_flow import Atom, Flow, Line, covering, width
from tests.generated.pdf_grid import Grid
from tests.scans import pen
from tests.scans.boxes import BOXES, box
from tests.scans.filler import Filler, register
from tests.scans.place import Placed, Places

DIGITS = set("0123456789+-./:, ")
TOP = PAPER[1]


class PenFlow(Flow):
    """Breaks lines for somebody who may write by hand and for boxes of any size."""

    filler: Filler
    share: float
    """A tick box's side for print of size 1."""
    places: Places

    def lines(self, para: Para, room: float) -> list[Line]:
        out = super().lines(para, room)
        for line in out:
            for _, atom in line.atoms:
                if isinstance(atom.piece, Tick):
                    line.height = max(line.height, atom.size * self.share + 3)
                elif atom.font.startswith("Hand "):
                    line.height = max(line.height, atom.size * 1.1 + 2)
        return out

    def atoms(self, piece: Piece, size: float, room: float, x: float) -> list[Atom | None]:
        if isinstance(piece, Tick):
            return [Atom(width=max(size * 1.35, size * self.share + 4), piece=piece, size=size)]
        return super().atoms(piece, size, room, x)

    def written(self, piece: Written, size: float, room: float, rest: float) -> list[Atom | None]:
        before = self.hand
        if self.filler.by_pen(piece.field):
            self.hand = self.filler.hand
            size *= self.filler.large
        out = super().written(piece, size, room, rest)
        self.hand = before
        for atom in out:
            if atom is not None:
                atom.field = piece.field
                self.places.smallest = min(self.places.smallest, atom.size)
        return out


class Lines(Grid):
    """Borders as offices print them: thin, thick, grey, dotted."""

    def __init__(self, canvas: Canvas, rng: Random) -> None:
        super().__init__(canvas, rng.choice(("stroke", "rects", "cells")))
        self.wide = rng.choice((0.25, 0.5, 0.5, 0.75, 1.0, 1.5))
        self.grey = rng.choice((0, 0, 0, 0.3, 0.6))
        self.dotted = rng.random() < 0.06
        self.shaded = rng.uniform(0.75, 0.93)

    def edge(self, x: float, y: float, wide: float, tall: float) -> None:
        if self.dotted:
            self.canvas.setDash(1, 2)
        self.canvas.setStrokeGray(self.grey)
        self.canvas.setLineWidth(self.wide)
        self.canvas.line(x, y, x + wide, y + tall)
        self.canvas.setStrokeGray(0)
        self.canvas.setDash()

    def shade(self, x: float, top: float, wide: float, tall: float) -> None:
        self.canvas.setFillGray(self.shaded)
        self.canvas.rect(x, top - tall, wide, tall, stroke=0, fill=1)
        self.canvas.setFillGray(0)


class Paper(PdfDrawing):
    """One form on paper."""

    def __init__(self, style: Style, rng: Random, filler: Filler) -> None:
        register()
        self.places, self.filler = Places(), filler
        self.logo = rng.random() < 0.3
        super().__init__(style, rng, fields=False)
        hand = filler.typed or self.flow.hand
        flow = PenFlow(style=style, hand=hand, fields=False, struck=self.flow.struck)
        flow.filler, flow.places = filler, self.places
        self.kind = rng.choice(BOXES)
        flow.share = 0.85 if not filler.pen_ticks else rng.choice((0.75, 0.9, 1.0, 1.2, 1.6))
        self.flow = flow
        if self.box == "loose":
            self.box = "cross"
        if self.grid.manner != "cells" or rng.random() < 0.5:
            self.grid = Lines(self.canvas, rng)
        self.field = ""
        style.note(
            f"{filler.mode}, {hand}, {filler.hand}, {filler.pen.ink}, {filler.pen.mark}, box {self.kind}"
        )

    def begin_page(self) -> None:
        self.turned = False
        super().begin_page()
        if self.logo:
            crest(self.canvas)

    def note(
        self,
        kind: str,
        x: float,
        y: float,
        wide: float,
        tall: float,
        text: str = "",
        manner: str = "",
        *,
        bare: bool = False,
    ) -> None:
        """Notes something whose lower left corner is (x, y)."""
        corners = (x, TOP - y - tall, x + wide, TOP - y)
        self.places.all.append(
            Placed(
                page=self.page,
                kind=kind,
                box=corners,
                field=self.field if kind != "print" else "",
                text=text,
                manner=manner,
                bare=bare,
            )
        )

    def draw(self, atom: Atom, x: float, y: float, height: float) -> None:
        self.field = atom.piece.field if isinstance(atom.piece, Written | Tick | Sign) else ""
        super().draw(atom, x, y, height)

    def write(self, text: str, atom: Atom, x: float, y: float) -> None:
        self.field = atom.field or self.field
        wide = width(text, atom.font, atom.size)
        hand = atom.font.startswith("Hand ")
        kind = (
            "print"
            if atom.ink == "print"
            else "typed"
            if not hand
            else "digits"
            if set(text) <= DIGITS
            else "hand"
        )
        if atom.ink != "struck" and text.strip():
            self.note(kind, x, y - atom.size * 0.25, wide, atom.size, text)
        if not hand:
            super().write(text, atom, x, y)
            return
        self.by_pen(text, atom, x, y)
        if atom.ink == "struck":
            points = pen.bent((x - 2, y + atom.size * 0.2), (x + wide, y + atom.size * 0.35), 0.02)
            pen.stroke(self.canvas, points, self.filler.pen, self.rng)

    def by_pen(self, text: str, atom: Atom, x: float, y: float) -> None:
        rng, canvas = self.rng, self.canvas
        for word in text.split(" "):
            low = y + rng.uniform(-0.6, 0.6)
            if self.filler.digits and word and set(word) <= DIGITS:
                self.digits(word, atom, x, low)
            elif word:
                canvas.saveState()
                canvas.translate(x, low)
                canvas.rotate(rng.uniform(-1.2, 1.2))
                canvas.setFillColorRGB(*self.filler.pen.colour)
                canvas.setFont(atom.font, atom.size * rng.uniform(0.95, 1.03))
                canvas.drawString(0, 0, word)
                canvas.restoreState()
            x += width(word + " ", atom.font, atom.size)

    def digits(self, word: str, atom: Atom, x: float, y: float) -> None:
        """Digits as real people wrote them, each in the room the font would give it."""
        tall = width("0", atom.font, atom.size) * 1.5
        for char in word:
            wide = width(char, atom.font, atom.size)
            if char.isdigit():
                picture, ratio = pen.digit(int(char), self.rng.randrange(pen.EACH), self.filler.pen.ink)
                high = tall * self.rng.uniform(0.85, 1.1)
                across = min(wide * 1.05, high * ratio)
                self.canvas.drawImage(
                    picture,
                    x + (wide - across) / 2,
                    y + self.rng.uniform(-0.5, 0.5),
                    across,
                    high,
                    mask="auto",
                )
            else:
                self.canvas.setFillColorRGB(*self.filler.pen.colour)
                self.canvas.setFont(atom.font, atom.size)
                self.canvas.drawString(x, y, char)
                self.canvas.setFillColorRGB(0, 0, 0)
            x += wide

    def tick(self, piece: Tick, atom: Atom, x: float, y: float) -> None:
        size, rng = atom.size, self.rng
        bare = piece.bare and not self.boxed_cells
        if not self.filler.pen_ticks:
            self.note(
                "tick",
                x,
                y - size * 0.1,
                size * 0.85,
                size * 0.85,
                manner="typed" if piece.on else "off",
                bare=bare,
            )
            super().tick(piece, atom, x, y)
            return
        side = size * self.flow.share
        low = y - (side - size * 0.7) / 2
        manner = self.manner(on=piece.on, bare=bare)
        self.note("tick", x + 1, low, side, side, manner=manner, bare=bare)
        if not bare:
            box(self.canvas, self.kind, x + 1, low, side)
        elif manner != "off":
            x, low, side = x + rng.uniform(0, 16), low + rng.uniform(-1.5, 1.5), side * rng.uniform(0.8, 1.1)
        if manner == "dot":
            dot = pen.Pen(ink=self.filler.pen.ink, width=rng.uniform(0.5, 1.1), mark="")
            at = (x + 1 + side * rng.random(), low + side * rng.random())
            pen.stroke(self.canvas, [at, (at[0] + 0.2, at[1])], dot, rng)
        elif manner == "corrected":
            pen.black(self.canvas, x + 1, low, side, self.filler.pen, rng, full=True)
        elif manner != "off":
            pen.mark(self.canvas, manner, x + 1, low, side, self.filler.pen, rng)

    def manner(self, *, on: bool, bare: bool) -> str:
        """What this person does at a box that is to be on or off."""
        roll, usual = self.rng.random(), self.filler.pen.mark
        if not on:
            if roll < 0.006 and not bare and usual not in ("filled", "scribble"):
                return "corrected"
            return "dot" if roll > 0.985 else "off"
        if bare and usual in ("filled", "scribble", "blob", "slash"):
            return "cross"
        return usual if roll < 0.85 else self.rng.choice(("cross", "tick", "large"))

    def sign(self, piece: Sign, atom: Atom, x: float, y: float) -> None:
        rng, wide = self.rng, atom.width
        if piece.mark == "typed":
            self.field = piece.field
            super().sign(piece, atom, x, y)
            return
        if piece.rule:
            self.canvas.setLineWidth(self.rng.choice((0.5, 0.6, 1.0)))
            self.canvas.line(x, y - 2, x + wide, y - 2)
        if piece.mark != "picture":
            self.note("signature", x, y - 2, wide, 14, manner="none")
            return
        across, tall = min(wide * 1.05, rng.uniform(45, 130)), rng.uniform(13, 28)
        left = x + rng.uniform(-2, max(0.0, wide - across) * 0.5 + 4)
        low = y + (rng.uniform(-4, 1) if rng.random() < 0.85 else rng.uniform(-10, 5))
        if rng.random() < 0.2:
            name = rng.choice(
                ("Kari Moen", "O. Hansen", "Berit Ås", "T. Lund", "Anne Grethe Lie", "Jon Øverland")
            )
            font = covering(name, rng.choice(("Hand homemade-apple", "Hand caveat")))
            self.canvas.setFont(font, rng.uniform(11, 18))
            self.canvas.setFillColorRGB(*self.filler.signing.colour)
            self.canvas.drawString(left, low + 2, name)
            self.canvas.setFillColorRGB(0, 0, 0)
            self.note("signature", left, low, across, tall, manner="legible")
            return
        for points in pen.signature(rng, across, tall):
            pen.stroke(self.canvas, [(left + a, low + b) for a, b in points], self.filler.signing, rng)
        self.note("signature", left, low, across, tall, manner="strokes")


def crest(canvas: Canvas) -> None:
    """A municipality's arms at the top of the page; no real one's."""
    canvas.setLineWidth(0.8)
    path = canvas.beginPath()
    path.moveTo(520, 834)
    path.lineTo(542, 834)
    path.lineTo(542, 818)
    path.curveTo(542, 810, 536, 806, 531, 804)
    path.curveTo(526, 806, 520, 810, 520, 818)
    path.close()
    canvas.setFillColorRGB(0.75, 0.1, 0.1)
    canvas.drawPath(path, stroke=1, fill=1)
    canvas.setFillColorRGB(0.95, 0.8, 0.1)
    canvas.circle(531, 821, 5, stroke=1, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
