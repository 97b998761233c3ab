"""What a form prints: tick boxes of many styles, words beside them, table lines round them."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from numpy.typing import NDArray

PRINTS = (
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf",
)
LABELS = (
    "Individuell plan",
    "Koordinator",
    "Ja",
    "Nei",
    "Jeg samtykker til",
    "Ansvarsgruppe",
    "Lege",
    "Opphør",
    "Årlig rapport",
)
WIDE, HIGH = 230.0, 170.0
"""Points: the largest page."""


@cache
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


def draw_line(
    page: NDArray[np.uint8], fine: float, points: NDArray[np.float64], width: float, grey: int
) -> None:
    at = np.round(points * fine * 16).astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(page, [at], False, grey, max(1, round(width * fine)), cv2.LINE_AA, 4)


def print_box(page, fine, style, x, y, side, line, grey, rng) -> None:
    half = side / 2
    if style == "shaded":
        a, b = (
            np.round((np.array([x, y]) - half) * fine).astype(int),
            np.round((np.array([x, y]) + half) * fine).astype(int),
        )
        page[a[1] : b[1], a[0] : b[0]] = 225
    if style == "shadow":
        off = np.array([1.0, 1.0]) * side * 0.09
        corner = np.array([[x - half, y + half], [x + half, y + half], [x + half, y - half]]) + off
        draw_line(page, fine, corner, side * 0.12, 120)
    if style == "round":
        turns = np.linspace(0, 2 * np.pi, 60)
        draw_line(
            page, fine, np.column_stack([x + half * np.cos(turns), y + half * np.sin(turns)]), line, grey
        )
        return
    r = half * (0.35 if style == "rounded" else 0.0)
    corners = []
    for cx, cy, start in ((1, 1, 0), (-1, 1, 1), (-1, -1, 2), (1, -1, 3)):
        for t in np.linspace(0, 1, 6 if r else 1) + start:
            a = t * np.pi / 2
            corners.append((x + cx * (half - r) + r * np.cos(a), y + cy * (half - r) + r * np.sin(a)))
    outline = np.array([*corners, corners[0]])
    if style == "broken":
        for a, b in pairwise(outline):
            for part in range(6):
                if rng.random() < 0.75:
                    draw_line(
                        page,
                        fine,
                        np.array([a + (b - a) * part / 6, a + (b - a) * (part + 1) / 6]),
                        line,
                        grey,
                    )
        return
    draw_line(page, fine, outline, line, grey)
    if style == "double":
        draw_line(page, fine, (outline - [x, y]) * 0.78 + [x, y], line * 0.6, grey)


def _text(page, fine, text, x, middle, size, font, grey) -> None:
    """Text whose left edge is ``x`` and whose middle is ``middle``, in points."""
    face = _font(font, max(6, round(size * fine)))
    mask = Image.new("L", (round(face.getlength(text)) + 4, round(size * fine * 1.5)), 255)
    ImageDraw.Draw(mask).text((2, mask.height / 2), text, fill=grey, font=face, anchor="lm")
    _paste(page, np.asarray(mask), round(x * fine), round(middle * fine - mask.height / 2))


def _paste(page: NDArray[np.uint8], picture: NDArray[np.uint8], left: int, top: int) -> None:
    high, wide = page.shape
    x0, y0, x1, y1 = (
        max(0, left),
        max(0, top),
        min(wide, left + picture.shape[1]),
        min(high, top + picture.shape[0]),
    )
    if x0 < x1 and y0 < y1:
        part = page[y0:y1, x0:x1]
        np.minimum(part, picture[y0 - top : y1 - top, x0 - left : x1 - left], out=part)


def surroundings(page, fine, places, pitch, side, rng) -> None:
    """Labels (some touch the box), table lines, words above."""
    font = str(rng.choice(PRINTS))
    size = float(np.clip(side * rng.uniform(0.7, 1.2), 7, 14))
    gap = rng.choice([-0.03, 0.0, 0.05, 0.2, 0.4, 0.6]) * side
    left = rng.random() < 0.15
    for x, y in places:
        label = str(rng.choice(LABELS))
        wide = _font(font, max(6, round(size * fine))).getlength(label) / fine
        if wide > pitch - side - 2 * abs(gap) - 3:
            label = label[: max(0, int((pitch - side - 2 * abs(gap) - 3) / wide * len(label)) - 1)]
            wide = _font(font, max(6, round(size * fine))).getlength(label) / fine
        at = x - side / 2 - gap - wide - 1 if left else x + side / 2 + gap
        _text(page, fine, label, at, y, size, font, 20)
    if rng.random() < 0.4:
        inset = side * rng.choice([0.62, 0.75, 1.0, 1.3])
        for _, y in places:
            if rng.random() < 0.9:
                draw_line(page, fine, np.array([[5.0, y + inset], [WIDE - 5, y + inset]]), 0.5, 40)
        if rng.random() < 0.7:
            x = places[0][0] - inset
            draw_line(page, fine, np.array([[x, 4.0], [x, HIGH - 4]]), 0.5, 40)


def printed_mark(page, fine, kind, x, y, side, line, rng) -> None:
    if kind == "typed":
        text = str(rng.choice(["X", "x", "X", "✓", "✗", "✔"]))
        font = PRINTS[2] if text > "z" else str(rng.choice(PRINTS))
        size = side * rng.uniform(0.75, 1.15)
        wide = _font(font, max(6, round(size * fine))).getlength(text) / fine
        _text(page, fine, text, x - wide / 2 - 1 / fine, y + rng.normal(0, 0.04) * side, size, font, 15)
        return
    half = side * rng.uniform(0.28, 0.48)
    if rng.random() < 0.6:
        draw_line(page, fine, np.array([[x - half, y - half], [x + half, y + half]]), line, 15)
        draw_line(page, fine, np.array([[x + half, y - half], [x - half, y + half]]), line, 15)
    else:
        draw_line(
            page,
            fine,
            np.array([[x - half, y], [x - half * 0.2, y + half * 0.8], [x + half, y - half]]),
            line * 1.5,
            15,
        )
