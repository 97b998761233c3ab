"""What a page is drawn of: borders as printing programs draw them, ink, and the looks of fields."""

from __future__ import annotations

from random import Random

from reportlab.pdfgen.canvas import Canvas

from tests.generated.pdf_flow import covering, width
from tests.generated.pdf_ticks import letter, square


class Grid:
    """Borders in one manner: `stroke` lines, `rects` thin filled rectangles, `cells` a frame per cell."""

    def __init__(self, canvas: Canvas, manner: str) -> None:
        self.canvas, self.manner = canvas, manner

    def frame(
        self, kind: str, box: tuple[float, float, float, float], *, ends: tuple[bool, bool], merge: str
    ) -> None:
        """One cell's borders; `ends`: whether it stands in the first and in the last row."""
        x, top, wide, tall = box
        first, last = ends
        if kind == "all" and self.manner == "cells" and not merge:
            self.canvas.setLineWidth(0.5)
            self.canvas.rect(x, top - tall, wide, tall, stroke=1, fill=0)
            return
        inner = kind in ("all", "rows")
        if (inner and merge not in ("middle", "end")) or (kind == "outer" and first):
            self.edge(x, top, wide, 0)
        if (inner and merge not in ("start", "middle")) or (kind == "outer" and last):
            self.edge(x, top - tall, wide, 0)
        if kind == "all":
            self.edge(x, top - tall, 0, tall)
            self.edge(x + wide, top - tall, 0, tall)

    def edge(self, x: float, y: float, wide: float, tall: float) -> None:
        """A border as a line, or as the thin filled rectangle Word prints."""
        if self.manner == "rects":
            self.canvas.rect(x, y, max(wide, 0.48), max(tall, 0.48), stroke=0, fill=1)
            return
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x, y, x + wide, y + tall)

    def shade(self, x: float, top: float, wide: float, tall: float) -> None:
        self.canvas.setFillColorRGB(0.88, 0.9, 0.95)
        self.canvas.rect(x, top - tall, wide, tall, stroke=0, fill=1)
        self.canvas.setFillColorRGB(0, 0, 0)


class Drawings:
    """The looks of a fillable file's fields, kept by name until the fields are made."""

    def __init__(self, canvas: Canvas, rng: Random) -> None:
        self.canvas, self.rng = canvas, rng
        self.names: list[str] = []

    def text(self, lines: tuple[str, ...], size: float, wide: float, tall: float) -> str:
        name = f"t{len(self.names)}"
        self.names.append(name)
        self.canvas.beginForm(name, 0, 0, wide, tall)
        y = tall - size
        for text in lines:
            font = covering(text, "Liberation Sans")
            fitted = size
            words = text.split(" ")
            while fitted > 5 and max(width(word, font, fitted) for word in words) > wide - 3:
                fitted -= 0.25
            self.canvas.setFont(font, fitted)
            row = ""
            for word in [*words, None]:
                longer = f"{row} {word}" if row else str(word)
                if word is None or (row and width(longer, font, fitted) > wide - 3):
                    self.canvas.drawString(2, y, row)
                    y -= size * 1.2
                    row = word or ""
                else:
                    row = longer
        self.canvas.endForm()
        return name

    def tick(self, side: float, on: bool) -> str:
        name = f"k{side:.2f}{on}".replace(".", "_")
        if name not in self.names:
            self.names.append(name)
            self.canvas.beginForm(name, 0, 0, side, side)
            square(self.canvas, 0.5, 0.5, side - 1)
            if on:
                letter(
                    self.canvas, self.rng.choice("✔✘"), "ZapfDingbats", side * 0.15, side * 0.2, side * 0.85
                )
            self.canvas.endForm()
        return name


def ink(canvas: Canvas, x: float, y: float, rng: Random) -> None:
    path = canvas.beginPath()
    path.moveTo(x, y)
    for step in range(9):
        ends = [(x + 8 * step + rng.uniform(0, 9), y + rng.uniform(-5, 9)) for _ in range(3)]
        path.curveTo(*ends[0], *ends[1], *ends[2])
    canvas.setStrokeColorRGB(0.1, 0.1, 0.5)
    canvas.setLineWidth(1)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.setStrokeColorRGB(0, 0, 0)
