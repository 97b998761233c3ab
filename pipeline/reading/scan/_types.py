"""What a scanned page is on its way to the layout model. Boxes are in points of the sheet; a pixel is ``1 / scale`` of a point."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pipeline.domain import Box
from pipeline.reading.layout._shapes import Rule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    """Rows by columns, 0 black to 255 white."""
    Inked = NDArray[np.bool_]

Matrix = tuple[float, float, float, float, float, float]
"""``x' = a*x + c*y + e``, ``y' = b*x + d*y + f``, given as (a, b, c, d, e, f)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """One page as it came: ``number`` is 1-based, ``width`` and ``height`` in points as a viewer shows it."""

    number: int
    grey: Grey
    width: float
    height: float
    rotation: int = 0
    """The file's own ``/Rotate``, already applied."""
    bilevel: bool = False
    """It came in black and white only, whatever was made of it since."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A page made upright, straight and clean: paper is near 255, ``ink`` True where something is drawn.

    ``scale`` is in pixels per point, ``matrix`` goes from the sheet's points to those of the page as a viewer shows it.
    ``turned``: how far the page was turned clockwise (0, 90, 180, 270); ``skew`` in degrees. ``blank``: nothing is on it.
    """

    number: int
    grey: Grey
    ink: Inked
    scale: float
    width: float
    height: float
    matrix: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    turned: int = 0
    skew: float = 0.0
    blank: bool = False
    bilevel: bool = False
    """The picture came in black and white only (fax, 1-bit scan)."""

    def crop(self, box: Box, margin: float = 0.0) -> Grey:
        """The grey picture of a box, ``margin`` points wider on each side, cut off at the edges."""
        high, wide = self.grey.shape
        x0 = max(0, round((box.x0 - margin) * self.scale))
        y0 = max(0, round((box.top - margin) * self.scale))
        x1 = min(wide, round((box.x1 + margin) * self.scale))
        y1 = min(high, round((box.bottom + margin) * self.scale))
        return self.grey[y0 : max(y0, y1), x0 : max(x0, x1)]


class TickBox(NamedTuple):
    """A printed box to tick: its outline's outer edge, and whether it is round."""

    box: Box
    round: bool = False


class Segment(NamedTuple):
    """A run of ink of about one text line's height. ``height``: the median height of its letters, in points."""

    box: Box
    height: float = 0.0


@dataclass(slots=True)
class Drawn:
    """Everything found on a sheet before anything is read."""

    rules: list[Rule] = field(default_factory=list)
    folds: list[Rule] = field(default_factory=list)
    """Lines that nobody drew, over the whole sheet: folds and streaks."""
    boxes: list[TickBox] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    """Logos, photographs, stamps: larger than text, not to be read."""


class ReadWord(NamedTuple):
    """One word as a text reader saw it; ``confidence`` 0 to 1, as the reader says it."""

    text: str
    box: Box
    confidence: float


class ReadLine(NamedTuple):
    """A segment's words from left to right; ``confidence`` is their mean, weighted by length."""

    words: tuple[ReadWord, ...]
    confidence: float

    @property
    def text(self) -> str:
        """The words with spaces between."""
        return " ".join(word.text for word in self.words)
