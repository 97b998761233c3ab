"""A line to sign on, as a form prints it, and what stands there that is no signature."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from pipeline.domain import Box
from tests.scans.printing import PRINTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAMES = (
    "Kari Nordmann",
    "Ola Hansen",
    "Åse Sætre",
    "Bjørn Øverland",
    "Liv Aas",
    "Per Gynt Dahl",
    "Ingrid Moe",
    "Tor Lie",
    "Siri Bakken",
)
LABELS = ("Underskrift", "Sted og dato", "Signatur", "Navn", "Underskrift foresatt", "Dato / underskrift")


@cache
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


def write(
    page: NDArray[np.uint8], fine: float, text: str, x: float, base: float, size: float, font: str, grey: int
) -> Box:
    face = _font(font, max(6, round(size * fine)))
    picture = Image.fromarray(page)
    draw = ImageDraw.Draw(picture)
    draw.text((x * fine, base * fine), text, fill=grey, font=face, anchor="ls")
    box = draw.textbbox((x * fine, base * fine), text, font=face, anchor="ls")
    np.minimum(page, np.asarray(picture), out=page)
    return Box(*(v / fine for v in box))


def sign_line(page, fine, rng, x0, x1, base, grey, font) -> list[Box]:
    """The line to sign on and its label, under it, above it or before it."""
    style = rng.choice(["line", "line", "dots", "cell", "none"])
    at = lambda *p: tuple(round(v * fine) for v in p)  # noqa: E731
    if style == "line":
        cv2.line(page, at(x0, base), at(x1, base), grey, max(1, round(rng.uniform(0.4, 1) * fine)))
    elif style == "dots":
        for x in np.arange(x0, x1, rng.uniform(2, 3.5)):
            cv2.circle(page, at(x, base), max(1, round(0.5 * fine)), grey, -1)
    elif style == "cell":
        cv2.rectangle(page, at(x0 - 4, base - 28), at(x1 + 4, base + 6), grey, max(1, round(0.6 * fine)))
    size = rng.uniform(7, 11)
    spot = {
        "line": (x0, base + size + 1),
        "dots": (x0, base + size + 1),
        "cell": (x0, base - 20),
        "none": (x0, base + size + 2),
    }[str(style)]
    return [write(page, fine, str(rng.choice(LABELS)), *spot, size, font, grey)]


def unsigned(page, pen, fine, rng, kind, left, lay, base, prints, grey) -> None:
    at = lambda *p: tuple(round(v * fine) for v in p)  # noqa: E731
    font = str(rng.choice(prints))
    if kind == "typed":
        write(page, fine, str(rng.choice(NAMES)), left, lay, rng.uniform(8, 15), font, grey)
    elif kind == "date typed":
        write(
            page,
            fine,
            f"Brekstad, {rng.integers(1, 29)}.{rng.integers(1, 13)}.2026",
            left,
            lay,
            rng.uniform(8, 13),
            font,
            grey,
        )
    elif kind == "specks":
        for _ in range(int(rng.integers(1, 9))):
            spot = at(left + rng.uniform(0, 100), base - rng.uniform(-8, 25))
            cv2.circle(pen, spot, max(1, round(rng.uniform(0.15, 0.6) * fine)), int(rng.uniform(0, 140)), -1)
    elif kind == "line":
        y = base - rng.uniform(-3, 18)
        cv2.line(
            pen,
            at(left, y),
            at(left + rng.uniform(20, 120), y + rng.uniform(-3, 3)),
            60,
            max(1, round(rng.uniform(0.5, 1.2) * fine)),
            cv2.LINE_AA,
        )
    elif kind == "check":
        write(
            page,
            fine,
            str(rng.choice(["X", "x", "-", "1.", "a)"])),
            left,
            lay,
            rng.uniform(8, 12),
            font,
            grey,
        )
    elif kind == "stamp":
        tone, thick = int(rng.uniform(60, 150)), max(1, round(rng.uniform(0.7, 1.4) * fine))
        words = ["MOTTATT", f"{rng.integers(10, 29)} NOV 2026", "ARKIV", "KOMMUNE"]
        if rng.random() < 0.5:
            cv2.rectangle(page, at(left, base - 24), at(left + 70, base - 2), tone, thick)
            write(page, fine, words[0], left + 6, base - 14, 9, PRINTS[3], tone)
            write(page, fine, words[1], left + 6, base - 5, 8, PRINTS[0], tone)
        else:
            cv2.circle(page, at(left + 16, base - 12), round(15 * fine), tone, thick, cv2.LINE_AA)
            cv2.circle(
                page, at(left + 16, base - 12), round(11 * fine), tone, max(1, thick // 2), cv2.LINE_AA
            )
            write(page, fine, words[int(rng.integers(2, 4))][:5], left + 7, base - 9, 6, PRINTS[3], tone)
