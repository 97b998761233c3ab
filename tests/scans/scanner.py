"""A sheet of paper becomes a scanned page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from tests.scans.damage import PAPER, SCANNER, SHARES, Damage, readable

Page = NDArray[np.uint8]
Corners = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """How one stack is scanned: the same machine for all its pages."""

    dpi: int
    colour: bool
    bilevel: bool
    fax: bool
    quality: int
    """Of JPEG; 100: not compressed with loss."""
    skewed: float
    """How far pages lie askew at most, in degrees."""
    edges: bool
    damages: tuple[Damage, ...]
    turned: int = 0
    """All pages lie turned clockwise by so much."""


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """A scanned page: its picture, its size in points, and from the paper's points to the picture's pixels."""

    picture: Page
    dpi: int
    across: float
    """Dots an inch across; a fax's are twice those along."""
    along: float
    matrix: NDArray[np.float64]
    damages: tuple[Damage, ...]

    def pixels(self, box: Corners) -> list[tuple[float, float]]:
        """The corners of a box on the paper, in pixels of the picture (a feeder's wave left out)."""
        x0, top, x1, bottom = box
        points = np.array([[x0, top, 1], [x1, top, 1], [x1, bottom, 1], [x0, bottom, 1]])
        return [(float(x), float(y)) for x, y in points @ self.matrix[:2].T]

    def readable(self, smallest: float) -> bool:
        return readable(list(self.damages), dpi=self.dpi, smallest=smallest)


def setting(rng: Random, wanted: Sequence[str] = ()) -> Setting:
    """A draw: a fifth of the stacks clean, half with mild damage, the rest worse; `wanted` names what must be there."""
    level = rng.choices(("clean", "mild", "bad"), (20, 50, 30))[0]
    dpi = rng.choices((150, 200, 300), (12, 38, 50))[0]
    fax = "fax" in wanted or (not wanted and level == "bad" and rng.random() < 0.13)
    bilevel = fax or "bilevel" in wanted or (not wanted and rng.random() < 0.13)
    if bilevel and not fax:
        dpi = rng.choice((200, 300, 300))
    count = {"clean": 0, "mild": rng.randint(1, 3), "bad": rng.randint(2, 5)}[level]
    most = {"clean": 0.0, "mild": 0.5, "bad": 1.0}[level]
    names = rng.choices(tuple(SHARES), tuple(SHARES.values()), k=count) if not wanted else []
    damages = [
        Damage(name=name, strength=round(rng.uniform(0.1 * most, most), 2)) for name in dict.fromkeys(names)
    ]
    damages += [
        Damage(name=name, strength=round(rng.uniform(0.2, 1), 2))
        for name in wanted
        if name in PAPER or name in SCANNER
    ]
    skewed = {"clean": 0.5, "mild": 1.5, "bad": 5.0}[level] * rng.random()
    turned = rng.choices((0, 180, 90, 270), (92, 5, 1.5, 1.5))[0]
    quality = (
        rng.randint(80, 95)
        if level == "clean"
        else rng.randint(55, 92)
        if level == "mild"
        else rng.randint(30, 85)
    )
    if "skew" in wanted:
        skewed = rng.uniform(2, 5)
    if "upside-down" in wanted or "sideways" in wanted:
        turned = 180 if "upside-down" in wanted else rng.choice((90, 270))
    if "jpeg" in wanted:
        quality = rng.randint(30, 50)
    return Setting(
        dpi=204 if fax else 150 if "small" in wanted else dpi,
        colour=not bilevel and rng.random() < 0.15,
        bilevel=bilevel,
        fax=fax,
        quality=100 if bilevel else quality,
        skewed=skewed,
        edges="black-edges" in wanted or (level != "clean" and rng.random() < 0.15),
        damages=tuple(damages),
        turned=turned,
    )


def paper(pdf: pypdfium2.PdfDocument, number: int, made: Setting) -> Page:
    """The sheet as the printer and the pen left it."""
    page = pdf[number]
    picture = page.render(scale=made.dpi / 72, grayscale=not made.colour).to_numpy()
    page.close()
    if made.colour:
        return np.ascontiguousarray(picture[:, :, 2::-1])
    return np.ascontiguousarray(picture.reshape(picture.shape[:2]))


def scan(sheet: Page, made: Setting, rng: Random) -> Scanned:
    """Puts a sheet through the machine."""
    names = {damage.name: damage for damage in made.damages}
    damages = list(made.damages)
    for name, apply in PAPER.items():
        if name in names:
            sheet = apply(sheet, names[name].strength, rng, made.dpi)
    angle = rng.uniform(-made.skewed, made.skewed)
    sheet, matrix = laid(sheet, angle, made, rng)
    if abs(angle) > 0.1:
        damages.append(Damage(name="skew", strength=round(abs(angle) / 5, 2)))
    if made.edges:
        damages.append(Damage(name="black-edges", strength=1.0))
    for name, apply in SCANNER.items():
        if name in names:
            sheet = apply(sheet, names[name].strength, rng, made.dpi)
    across = along = float(made.dpi)
    if made.fax:
        sheet = cv2.resize(sheet, (sheet.shape[1], sheet.shape[0] * 98 // 204), interpolation=cv2.INTER_AREA)
        matrix = np.diag((1, 98 / 204, 1)) @ matrix
        along = 98.0
        damages.append(Damage(name="fax", strength=1.0))
    if made.bilevel:
        sheet = black_and_white(sheet, made, rng)
        if not made.fax:
            damages.append(Damage(name="bilevel", strength=1.0))
    if made.quality < 70:
        damages.append(Damage(name="jpeg", strength=round((70 - made.quality) / 40, 2)))
    if made.turned:
        sheet, matrix = turned(sheet, matrix, made.turned)
        damages.append(Damage(name="upside-down" if made.turned == 180 else "sideways", strength=1.0))
        if made.turned != 180:
            across, along = along, across
    if made.dpi < 200:
        damages.append(Damage(name="small", strength=1.0))
    return Scanned(
        picture=sheet, dpi=made.dpi, across=across, along=along, matrix=matrix, damages=tuple(damages)
    )


def laid(sheet: Page, angle: float, made: Setting, rng: Random) -> tuple[Page, NDArray[np.float64]]:
    """The sheet on the glass: askew, moved, a hair smaller or larger; what isn't paper is white or black."""
    high, wide = sheet.shape[:2]
    scale = made.dpi / 72
    grown = rng.uniform(0.985, 1.006) if rng.random() < 0.5 else 1.0
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, grown)
    turn[:, 2] += (rng.uniform(-0.05, 0.05) * made.dpi, rng.uniform(-0.05, 0.05) * made.dpi)
    around = 0 if made.edges else 255
    moved = cv2.warpAffine(sheet, turn, (wide, high), flags=cv2.INTER_LINEAR, borderValue=(around,) * 3)
    if made.edges:
        for _ in range(rng.randint(1, 2)):
            reach = round(made.dpi * rng.uniform(0.03, 0.25))
            side = rng.randrange(4)
            part = (moved[:reach], moved[-reach:], moved[:, :reach], moved[:, -reach:])[side]
            part[...] = rng.choice((0, 10, 40))
    matrix = np.vstack([turn, [0, 0, 1]]) @ np.diag((scale, scale, 1))
    return moved, matrix


def black_and_white(sheet: Page, made: Setting, rng: Random) -> Page:
    """Two levels: by one threshold as simple machines do, or by the surroundings."""
    if rng.random() < 0.5:
        return cv2.threshold(sheet, rng.randint(130, 190), 255, cv2.THRESH_BINARY)[1]
    grain = max((damage.strength for damage in made.damages if damage.name == "noise"), default=0.0)
    around = made.dpi // 4 | 1
    below = round(rng.uniform(14, 24) + 30 * grain)
    soft = cv2.GaussianBlur(sheet, (0, 0), 0.5 + 0.5 * grain)
    return cv2.adaptiveThreshold(soft, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, around, below)


def turned(sheet: Page, matrix: NDArray[np.float64], by: int) -> tuple[Page, NDArray[np.float64]]:
    high, wide = sheet.shape[:2]
    if by == 180:
        return cv2.rotate(sheet, cv2.ROTATE_180), np.array([[-1, 0, wide], [0, -1, high], [0, 0, 1]]) @ matrix
    if by == 90:
        return cv2.rotate(sheet, cv2.ROTATE_90_CLOCKWISE), np.array(
            [[0, -1, high], [1, 0, 0], [0, 0, 1]]
        ) @ matrix
    return (
        cv2.rotate(sheet, cv2.ROTATE_90_COUNTERCLOCKWISE),
        np.array([[0, 1, 0], [-1, 0, wide], [0, 0, 1]]) @ matrix,
    )
