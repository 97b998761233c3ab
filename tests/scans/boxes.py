"""Boxes to tick, as print shops, Word versions and fonts make them."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

BOXES = (
    "square",
    "square",
    "thin",
    "bold",
    "rounded",
    "circle",
    "grey",
    "shadow",
    "double",
    "glyph",
    "bracket",
)


def box(canvas: Canvas, kind: str, x: float, y: float, side: float) -> None:
    """An empty box whose lower left corner is (x, y)."""
    wide = {"thin": 0.3, "bold": 1.8, "grey": 1.0, "circle": 0.8}.get(kind, 0.7)
    canvas.setLineWidth(wide)
    if kind == "grey":
        canvas.setStrokeGray(0.55)
    if kind == "glyph":
        canvas.setFont("DejaVu Sans", side * 1.25)
        canvas.drawString(x - side * 0.07, y + side * 0.02, "☐")
    elif kind == "bracket":
        for left, turn in ((x, 1), (x + side, -1)):
            path = canvas.beginPath()
            path.moveTo(left + turn * side * 0.2, y)
            path.lineTo(left, y)
            path.lineTo(left, y + side)
            path.lineTo(left + turn * side * 0.2, y + side)
            canvas.drawPath(path, stroke=1, fill=0)
    elif kind == "circle":
        canvas.circle(x + side / 2, y + side / 2, side / 2, stroke=1, fill=0)
    elif kind == "rounded":
        canvas.roundRect(x, y, side, side, side * 0.2, stroke=1, fill=0)
    else:
        if kind == "shadow":
            canvas.setFillGray(0.6)
            canvas.rect(x + 1.2, y - 1.2, side, side, stroke=0, fill=1)
            canvas.setFillGray(1)
            canvas.rect(x, y, side, side, stroke=1, fill=1)
            canvas.setFillGray(0)
        else:
            canvas.rect(x, y, side, side, stroke=1, fill=0)
        if kind == "double":
            canvas.rect(x + 1.3, y + 1.3, side - 2.6, side - 2.6, stroke=1, fill=0)
    canvas.setStrokeGray(0)
