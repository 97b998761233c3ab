"""Small pictures of print, made with a font that a package of the tests ships; one point is ``SCALE`` pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import reportlab
from PIL import Image, ImageDraw, ImageFont

from pipeline.domain import Box, MarkState
from pipeline.reading.scan._sight import Sight
from pipeline.reading.scan._types import Sheet, TickBox

SCALE = 300 / 72
HAND = Path(__file__).parents[2] / "scans" / "fonts" / "homemade-apple.ttf"
FONT = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


class Paper:
    """A white page to print on; places in points."""

    def __init__(self, width: float = 400, height: float = 200) -> None:
        """Begin with an empty page."""
        self.width, self.height = width, height
        self._image = Image.new("L", (round(width * SCALE), round(height * SCALE)), 255)
        self._pen = ImageDraw.Draw(self._image)

    def text(self, x: float, base: float, text: str, size: float = 11, *, font_file: Path = FONT) -> Box:
        """Print text with its foot at ``base``; gives the box of its ink."""
        font = ImageFont.truetype(str(font_file), round(size * SCALE))
        place = (x * SCALE, base * SCALE)
        self._pen.text(place, text, font=font, fill=0, anchor="ls")
        x0, top, x1, bottom = self._pen.textbbox(place, text, font=font, anchor="ls")
        return Box(x0 / SCALE, top / SCALE, x1 / SCALE, bottom / SCALE)

    def line(self, x0: float, y0: float, x1: float, y1: float, thick: float = 0.6) -> None:
        """Draw a line."""
        width = max(1, round(thick * SCALE))
        self._pen.line([(x0 * SCALE, y0 * SCALE), (x1 * SCALE, y1 * SCALE)], fill=0, width=width)

    def ring(self, x: float, y: float, side: float, thick: float = 0.6, *, filled: bool = False) -> Box:
        """Draw a round box, or a dot, whose frame begins at a place."""
        frame = [x * SCALE, y * SCALE, (x + side) * SCALE, (y + side) * SCALE]
        self._pen.ellipse(frame, outline=0, width=max(1, round(thick * SCALE)), fill=0 if filled else None)
        return Box(x, y, x + side, y + side)

    def sheet(self, number: int = 1) -> Sheet:
        """The page as a sheet."""
        grey = np.asarray(self._image).copy()
        return Sheet(
            number=number, grey=grey, ink=grey < 150, scale=SCALE, width=self.width, height=self.height
        )


@dataclass(frozen=True)
class Seen:
    """A verdict on a tick box."""

    state: MarkState
    confidence: float = 1.0
    corrected: bool = False


def sight(
    *, hand: Sequence[Box] = (), cross: MarkState = MarkState.OFF, box: MarkState = MarkState.OFF
) -> Sight:
    """Judges that say what the test tells them: which boxes a hand wrote in, how cells and tick boxes are."""

    def handwriting(_: Sheet, place: Box) -> float:
        return float(place in hand)

    def judge(_: Sheet, boxes: Sequence[TickBox]) -> list[Seen]:
        return [Seen(box) for _ in boxes]

    return Sight(judge=judge, handwriting=handwriting, cell=lambda _, __: (cross, 0.9))
