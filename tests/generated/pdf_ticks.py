"""Boxes and ticks as printed PDFs show them: drawn, typed, or as letters of some font."""

from __future__ import annotations

import io
from random import Random

from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from tests.generated.pdf_flow import covering

BOXES = ("cross", "check", "inset", "glyph", "zapf", "lost", "typed", "bracket", "round", "loose")
BARE = ("typed", "drawn", "zapf", "checkglyph")
LOST = "Tapt"


def square(canvas: Canvas, x: float, y: float, side: float) -> None:
    canvas.setLineWidth(0.7)
    canvas.rect(x, y, side, side, stroke=1, fill=0)


def cross(canvas: Canvas, x: float, y: float, side: float, rng: Random) -> None:
    reach = side * rng.uniform(-0.15, 0.15)
    canvas.setLineWidth(1.1)
    canvas.line(x - reach, y - reach, x + side + reach, y + side + reach)
    canvas.line(x - reach, y + side + reach, x + side + reach, y - reach)


def check(canvas: Canvas, x: float, y: float, side: float) -> None:
    canvas.setLineWidth(1.2)
    path = canvas.beginPath()
    path.moveTo(x + side * 0.15, y + side * 0.5)
    path.lineTo(x + side * 0.4, y + side * 0.15)
    path.lineTo(x + side * 0.95, y + side * 0.95)
    canvas.drawPath(path, stroke=1, fill=0)


def letter(canvas: Canvas, text: str, font: str, x: float, y: float, size: float) -> None:
    canvas.setFont(font if font in ("ZapfDingbats", LOST) else covering(text, font), size)
    canvas.drawString(x, y, text)


def box(canvas: Canvas, kind: str, on: bool, x: float, y: float, size: float, font: str, rng: Random) -> None:
    """A printed box whose baseline is `y`, ticked or not."""
    side = size * 0.85
    low = y - size * 0.1
    if kind == "glyph":
        letter(canvas, rng.choice("☒☑") if on else "☐", "DejaVu Sans", x, y, size)
        return
    if kind in ("bracket", "round"):
        left, right = "[]" if kind == "bracket" else "()"
        letter(canvas, f"{left}{'x' if on else ' '}{right}", font, x, y, size)
        return
    if kind == "lost":
        letter(canvas, "☐", LOST, x, y, size)
        if on:
            cross(canvas, x + size * 0.12, y, size * 0.65, rng)
        return
    square(canvas, x, low, side)
    if not on:
        return
    if kind == "cross":
        cross(canvas, x, low, side, rng)
    elif kind == "check":
        check(canvas, x, low, side)
    elif kind == "inset":
        canvas.rect(x + side * 0.2, low + side * 0.2, side * 0.6, side * 0.6, stroke=0, fill=1)
    elif kind == "zapf":
        letter(canvas, rng.choice("✔✘"), "ZapfDingbats", x + size * 0.08, y, size * 0.85)
    else:
        letter(canvas, "X", font, x + size * 0.12, y, size * 0.85)


def bare(
    canvas: Canvas, kind: str, x: float, y: float, size: float, font: str, mark: str, rng: Random
) -> None:
    """A mark in a cell where the blank prints no box."""
    if kind == "drawn":
        cross(canvas, x + 1, y, size * 0.6, rng)
    elif kind == "zapf":
        letter(canvas, rng.choice("✔✘"), "ZapfDingbats", x, y, size)
    elif kind == "checkglyph":
        letter(canvas, rng.choice("✓✔☒☑"), "DejaVu Sans", x, y, size)
    else:
        letter(canvas, mark, font, x, y, size)


def without_unicode(data: bytes) -> bytes:
    """The same file after the box font lost its table of letters, as in the prints of some old programs."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for page in writer.pages:
        for font in page["/Resources"]["/Font"].values():
            if font.get_object()["/BaseFont"].endswith("DejaVuSansMono"):
                font.get_object().pop("/ToUnicode", None)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
