"""Signature lines as they come out of a scanner: signed, typed on, stamped, smudged or empty."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.domain import Box
from pipeline.reading.scan._types import Sheet
from tests.scans.printing import PRINTS
from tests.scans.sign_lines import NAMES, sign_line, unsigned, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

PRESENT = (
    "scribble",
    "scribble",
    "written",
    "written",
    "initials",
    "crossing",
    "over label",
    "outside",
    "short",
)
ABSENT = ("empty", "empty", "typed", "typed", "specks", "line", "stamp", "check", "date typed")
WIDE, HIGH = 260.0, 90.0


@dataclass(kw_only=True)
class Signable:
    """A drawn line to sign on. ``hand`` and ``print`` are True where a pen or a printer left ink."""

    sheet: Sheet
    area: Box
    kind: str
    present: bool
    outside: bool
    labels: list[Box] = field(default_factory=list)
    hand: NDArray[np.bool_]
    print: NDArray[np.bool_]


def _curve(
    page: NDArray[np.uint8],
    fine: float,
    points: NDArray[np.float64],
    width: float,
    grey: int,
    rng: np.random.Generator,
) -> None:
    """A pen's smooth way through the points (Catmull-Rom), thicker where it is slow."""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    line = []
    for k in range(len(points) - 1):
        p0, p1, p2, p3 = padded[k : k + 4]
        t = np.linspace(0, 1, 10)[:, None]
        line.append(
            0.5
            * (
                2 * p1
                + (p2 - p0) * t
                + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2
                + (3 * p1 - p0 - 3 * p2 + p3) * t**3
            )
        )
    way = np.vstack(line)
    for k in range(0, len(way) - 1, 3):
        part = np.round(way[k : k + 4] * fine * 16).astype(np.int32).reshape(-1, 1, 2)
        cv2.polylines(
            page, [part], False, grey, max(1, round(width * fine * rng.uniform(0.7, 1.2))), cv2.LINE_AA, 4
        )


def _scribble(
    rng: np.random.Generator, x: float, base: float, wide: float, high: float
) -> list[NDArray[np.float64]]:
    """A signature: a capital's loop, a wave that flattens, now and then a flourish under or through it."""
    loops = max(3, int(wide / high * rng.uniform(1.0, 2.6)))
    at = np.linspace(0, 1, loops * 2)
    up = (
        np.where(np.arange(loops * 2) % 2 == 0, 0.0, 1.0)
        * rng.uniform(0.2, 1.0, loops * 2)
        * np.linspace(1, rng.uniform(0.3, 1.0), loops * 2)
    )
    slant = rng.uniform(-0.1, 0.6) * high
    points = np.column_stack(
        [x + at * wide + up * slant + rng.normal(0, 0.25 * wide / loops / 2, loops * 2), base - up * high]
    )
    points[:, 1] += at * rng.normal(0, 0.12) * high + rng.normal(0, 0.05 * high, loops * 2)
    drawn = [points]
    if rng.random() < 0.5:
        turns = np.linspace(0, rng.uniform(1.2, 2.4) * np.pi, 9)
        r = high * rng.uniform(0.4, 0.8)
        drawn.append(
            np.column_stack([x + r * 0.6 * np.cos(turns + 1), base - high * 0.5 + r * np.sin(turns + 1)])
        )
    if rng.random() < 0.35:
        y = base + rng.uniform(-0.3, 0.3) * high
        drawn.append(
            np.array(
                [
                    [x + wide, y],
                    [x + wide * 0.4, y + 2],
                    [x - wide * 0.05, y + rng.uniform(-2, 3)],
                    [x + wide * 0.7, y + 4],
                ]
            )
        )
    return drawn


def _unsteady(pen: NDArray[np.uint8], fine: float, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Written letters don't stand in a row: what a pen wrote, slanted and bent a little."""
    high, wide = pen.shape
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    slant, phase = rng.normal(0, 0.12), rng.uniform(0, 6, 2)
    wave = rng.uniform(0.2, 1.2) * fine * np.sin(x / fine / rng.uniform(4, 14) + phase[0])
    swing = rng.uniform(0.1, 0.8) * fine * np.sin(x / fine / rng.uniform(3, 9) + phase[1])
    rise = (x - wide / 4) * rng.normal(0, 0.02)
    moved_x, moved_y = x + (y - high / 2) * slant + swing, y + wave + rise
    return cv2.remap(
        pen, moved_x.astype(np.float32), moved_y.astype(np.float32), cv2.INTER_LINEAR, borderValue=255
    )


def signable(
    rng: np.random.Generator, hands: Sequence[str], prints: Sequence[str] = PRINTS, kind: str | None = None
) -> Signable:
    """One signature line, signed or not. ``hands``: font files that look written; none: only drawn signatures."""
    kind = kind or str(rng.choice(PRESENT if rng.random() < 0.5 else ABSENT))
    dpi = int(rng.choice([150, 200, 200, 300]))
    scale = dpi / 72
    fine = scale * 1.5
    shape = (round(HIGH * fine), round(WIDE * fine))
    page, pen = np.full(shape, 255, np.uint8), np.full(shape, 255, np.uint8)
    base = rng.uniform(45, 55)
    x0, x1 = rng.uniform(15, 60), rng.uniform(180, 240)
    grey = int(rng.uniform(0, 60))
    labels = sign_line(page, fine, rng, x0, x1, base, grey, str(rng.choice(prints)))
    ink, width = int(rng.uniform(10, 120)), rng.uniform(0.6, 1.7)
    if rng.random() < 0.12:
        ink = int(rng.uniform(120, 165))
    area = Box(x0, base - rng.uniform(18, 26), x1, base + rng.uniform(1, 4))
    outside = kind == "outside"
    lay = base - rng.uniform(1, 4)
    left = x0 + rng.uniform(2, 25)
    if kind in ("scribble", "crossing", "over label", "outside", "short"):
        high = rng.uniform(7, 24)
        wide = rng.uniform(25, min(110, x1 - left)) if kind != "short" else high * rng.uniform(0.8, 1.6)
        if kind == "crossing":
            lay += high * rng.uniform(0.3, 0.7)
        elif kind == "over label":
            lay, left = base + rng.uniform(4, 10), x0 + rng.uniform(-4, 6)
            high = max(high, 15)
        elif kind == "outside":
            lay = base + rng.uniform(16, 26) if rng.random() < 0.5 else base - rng.uniform(26, 32)
            high = min(high, 12)
        for stroke in _scribble(rng, left, lay, wide, high):
            _curve(pen, fine, stroke, width, ink, rng)
    elif kind in ("written", "initials"):
        name = str(rng.choice(NAMES))
        if kind == "initials":
            name = ".".join(word[0] for word in name.split()) + str(rng.choice(["", "."]))
        if hands and rng.random() < 0.85:
            write(pen, fine, name, left, lay, rng.uniform(13, 28), str(rng.choice(hands)), ink)
            pen = _unsteady(pen, fine, rng)
        else:
            for number, _ in enumerate(name if kind == "initials" else name[:6]):
                for stroke in _scribble(rng, left + number * 9, lay, rng.uniform(6, 11), rng.uniform(7, 15)):
                    _curve(pen, fine, stroke, width, ink, rng)
    else:
        unsigned(page, pen, fine, rng, kind, left, lay, base, prints, grey)
    return _scan(page, pen, rng, dpi, area, kind, kind in PRESENT, outside, labels)


def _scan(page, pen, rng, dpi, area, kind, present, outside, labels) -> Signable:
    scale = dpi / 72
    size = (round(WIDE * scale), round(HIGH * scale))
    turn = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), rng.normal(0, 0.15), 1.0)
    soft = rng.uniform(0.2, 0.9) * dpi / 240

    def through(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        return cv2.GaussianBlur(
            cv2.warpAffine(small, turn, size, flags=cv2.INTER_LINEAR, borderValue=255), (0, 0), soft
        )

    printed, written = through(page), through(pen)
    grey = np.minimum(printed, written).astype(np.float32)
    grey += rng.normal(0, rng.choice([0.01, 3, 7, 13]), grey.shape)
    grey = np.clip(grey, 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        _, coded = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, int(rng.choice([40, 60, 80]))])
        grey = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)
    bilevel = rng.random() < 0.25
    if bilevel:
        grey = np.where(grey < rng.uniform(160, 200), 0, 255).astype(np.uint8)
    sheet = Sheet(number=1, grey=grey, ink=grey < 190, scale=scale, width=WIDE, height=HIGH, bilevel=bilevel)
    return Signable(
        sheet=sheet,
        area=area,
        kind=kind,
        present=present,
        outside=outside,
        labels=labels,
        hand=written < 200,
        print=printed < 200,
    )
