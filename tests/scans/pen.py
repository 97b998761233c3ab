"""What a pen leaves: marks in boxes, signatures, digits that real people wrote."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

Point = tuple[float, float]
MARKS = ("cross", "tick", "slash", "scribble", "filled", "blob", "large", "letter")
INKS = {
    "black": (0.05, 0.05, 0.07),
    "blue": (0.1, 0.16, 0.5),
    "dark blue": (0.05, 0.08, 0.3),
    "pencil": (0.42, 0.42, 0.43),
    "felt": (0.0, 0.0, 0.0),
}
SAMPLES = Path(__file__).parent / "digits.png"
SIDE, EACH = 28, 150


@dataclass(frozen=True, kw_only=True)
class Pen:
    """One person's pen: its colour, the width of its line in points, how they tick."""

    ink: str
    width: float
    mark: str

    @property
    def colour(self) -> tuple[float, float, float]:
        return INKS[self.ink]


def pen(rng: Random, *, weights: tuple[int, ...] = (30, 22, 10, 6, 5, 4, 13, 4)) -> Pen:
    ink = rng.choices(tuple(INKS), (35, 30, 15, 8, 6))[0]
    width = rng.uniform(1.8, 2.6) if ink == "felt" else rng.uniform(0.7, 1.4)
    return Pen(ink=ink, width=width, mark=rng.choices(MARKS, weights)[0])


def stroke(canvas: Canvas, points: list[Point], pen: Pen, rng: Random) -> None:
    """A line through `points`, pressed harder and softer along the way."""
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.setStrokeColorRGB(*pen.colour)
    step = max(2, len(points) // rng.randint(2, 4) + 1)
    for start in range(0, len(points) - 1, step - 1):
        part = points[start : start + step]
        if len(part) < 2:
            break
        canvas.setLineWidth(pen.width * rng.uniform(0.75, 1.2))
        path = canvas.beginPath()
        path.moveTo(*part[0])
        for point in part[1:]:
            path.lineTo(*point)
        canvas.drawPath(path, stroke=1, fill=0)
    canvas.setStrokeColorRGB(0, 0, 0)
    canvas.setLineCap(0)


def bent(start: Point, end: Point, bow: float, *, steps: int = 8) -> list[Point]:
    """A line from `start` to `end` that bows by `bow` times its length."""
    (x0, y0), (x1, y1) = start, end
    across = (-(y1 - y0) * bow, (x1 - x0) * bow)
    return [
        (
            x0 + (x1 - x0) * at + across[0] * math.sin(math.pi * at),
            y0 + (y1 - y0) * at + across[1] * math.sin(math.pi * at),
        )
        for at in (step / steps for step in range(steps + 1))
    ]


def mark(canvas: Canvas, kind: str, x: float, y: float, side: float, pen: Pen, rng: Random) -> None:
    """A mark in the box whose lower left corner is (x, y)."""

    def at(across: float, up: float, loose: float = 0.1) -> Point:
        return (
            x + side * (across + rng.uniform(-loose, loose)),
            y + side * (up + rng.uniform(-loose, loose)),
        )

    bow = rng.uniform(-0.12, 0.12)
    if kind == "cross":
        out = rng.uniform(-0.12, 0.25)
        stroke(canvas, bent(at(-out, -out), at(1 + out, 1 + out), bow), pen, rng)
        stroke(canvas, bent(at(-out, 1 + out), at(1 + out, -out), rng.uniform(-0.1, 0.1)), pen, rng)
    elif kind == "tick":
        low = at(0.4, 0.12)
        stroke(canvas, [*bent(at(0.08, 0.5), low, 0.05, steps=4), *bent(low, at(1.0, 1.0), bow)], pen, rng)
    elif kind == "large":
        low = at(0.45, 0.2)
        far = at(rng.uniform(1.3, 2.0), rng.uniform(1.3, 2.0))
        stroke(canvas, [*bent(at(0.0, 0.7), low, 0.05, steps=4), *bent(low, far, bow)], pen, rng)
    elif kind == "slash":
        stroke(canvas, bent(at(-0.05, -0.05), at(1.05, 1.05), bow), pen, rng)
    elif kind == "letter":
        size = side * 1.1
        canvas.setFillColorRGB(*pen.colour)
        canvas.setFont("Hand kalam", size)
        canvas.drawString(*at(0.22, 0.15), rng.choice("xXX"))
        canvas.setFillColorRGB(0, 0, 0)
    elif kind == "scribble":
        rows = rng.randint(4, 7)
        points = [at(0.1 if row % 2 else 0.9, 0.1 + 0.8 * row / rows, 0.08) for row in range(rows + 1)]
        stroke(canvas, points, pen, rng)
    elif kind == "blob":
        dot = Pen(ink=pen.ink, width=side * rng.uniform(0.32, 0.5), mark="")
        middle = at(0.5, 0.5, 0.06)
        stroke(canvas, bent(middle, (middle[0] + side * 0.12, middle[1] + side * 0.08), 0), dot, rng)
    else:
        black(canvas, x, y, side, pen, rng, full=kind == "black")


def black(canvas: Canvas, x: float, y: float, side: float, pen: Pen, rng: Random, *, full: bool) -> None:
    """A box coloured in; `full`: blacked out to the edge and past it, as one does who ticked the wrong one."""
    thick = Pen(ink=pen.ink, width=max(pen.width, side * (0.24 if full else 0.15)), mark="")
    over = rng.uniform(0.0, 0.12) if full else -0.12
    rows = 9
    points = [
        (
            x + side * ((1 + over) if row % 2 else -over) + rng.uniform(-0.4, 0.4),
            y + side * (-over + (1 + 2 * over) * row / rows),
        )
        for row in range(rows + 1)
    ]
    stroke(canvas, points, thick, rng)


def signature(rng: Random, wide: float, tall: float) -> list[list[Point]]:
    """The strokes of a signature in a box of that size with its lower left corner at (0, 0)."""
    letters = rng.randint(2, 5) if rng.random() < 0.2 else rng.randint(6, 14)
    pace = wide / (letters + 1)
    strokes: list[list[Point]] = []
    current: list[Point] = []
    slant = rng.uniform(-0.1, 0.5)
    decay = rng.uniform(0.3, 0.8)
    for number in range(letters):
        capital = number == 0 or (number > 2 and rng.random() < 0.15)
        height = tall * (
            rng.uniform(0.8, 1.0) if capital else rng.uniform(0.18, 0.45) * (1 - decay * number / letters / 2)
        )
        loops = rng.choice((1.0, 1.0, 1.5, 2.0)) if not capital else rng.choice((1.0, 1.5))
        if rng.random() < 0.18 and not capital:
            height = tall * rng.uniform(0.6, 0.9) * rng.choice((1, 1, -0.5))
        turn = rng.uniform(0.2, 1.1)
        for step in range(13):
            at = step / 12
            up = height * (0.5 - 0.5 * math.cos(2 * math.pi * loops * at))
            x = pace * (number + at) + turn * pace * 0.6 * math.sin(2 * math.pi * loops * at) + slant * up
            current.append((x, up + tall * 0.1))
        if rng.random() < 0.12:
            strokes.append(current)
            current = []
    strokes.append(current)
    if rng.random() < 0.35:
        strokes.append(
            bent((wide * 0.1, 0), (wide * rng.uniform(0.6, 1.1), tall * rng.uniform(-0.1, 0.2)), 0.08)
        )
    if rng.random() < 0.3:
        across = wide * rng.uniform(0.2, 0.7)
        strokes.append(bent((across, tall * 0.8), (across + wide * 0.15, tall * 0.9), 0.05))
    return [points for points in strokes if len(points) > 1]


@cache
def samples() -> np.ndarray:
    """Digits by what they say and number, ink 255."""
    with Image.open(SAMPLES) as sheet:
        rows = np.asarray(sheet)
    return rows.reshape(10, SIDE, EACH, SIDE).transpose(0, 2, 1, 3)


@cache
def digit(said: int, number: int, ink: str) -> tuple[ImageReader, float]:
    """A real digit cut to its ink, and its width for a height of 1."""
    sample = samples()[said, number]
    ys, xs = np.nonzero(sample > 60)
    y0, y1, x0, x1 = max(ys.min() - 1, 0), ys.max() + 2, max(xs.min() - 1, 0), xs.max() + 2
    cut = Image.fromarray(np.ascontiguousarray(sample[y0:y1, x0:x1]))
    cut = cut.resize((cut.width * 4, cut.height * 4), Image.Resampling.BICUBIC)
    alpha = cut.point([min(255, max(0, round((level - 96) * 3))) for level in range(256)])
    red, green, blue = (round(part * 255) for part in INKS[ink])
    picture = Image.new("RGBA", cut.size, (red, green, blue, 0))
    picture.putalpha(alpha)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return ImageReader(stream), cut.width / cut.height
