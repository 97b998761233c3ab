"""Ink that nobody wrote: streaks of the glass, specks that stand alone, the print of the back that shines through."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.reading.scan._types import Sheet
from pipeline.reading.scan.drawn._boxes import HOLE, MARGIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SHINING = 0.25
"""Parts of the usual darkness of a page's letters: what is fainter shines through from the back."""
STAIN = (3.6, 0.5)
"""Points broad at least, and parts of the usual darkness at most: coffee, a thumb."""
DARKER = 80
"""The percentile of all pieces' darkness that is usual for letters: on a page with little print most may shine through."""
SPECK = 0.7
"""Parts of the usual height of a page's letters: ink that stands alone and is smaller both ways is a speck."""
STREWN = (4.5, 6.8)
"""Points: where the usual height is less, most of a page's ink is noise, and its letters are those that are higher; and the
most that they are taken to be."""
DASH = 2.0
"""Times its height: ink wider than this is a dash, however small."""


class InkPiece(NamedTuple):
    """One connected piece of ink, in pixels; ``cell`` is the number of its table's cell, -1 on the open page.

    ``dark``: how dark its ink is, 0 paper to 255 black.
    """

    x0: int
    y0: int
    x1: int
    y1: int
    area: int
    cell: int
    dark: float

    @property
    def high(self) -> int:
        """Its height."""
        return self.y1 - self.y0


def darkness_of(
    sheet: Sheet, ink: NDArray[np.uint8], labels: NDArray[np.integer], areas: NDArray[np.int32]
) -> list[float]:
    """How dark the ink of each labelled piece is: 0 paper, 255 black. ``areas``: how many pixels each has."""
    where = np.flatnonzero(ink.view(np.bool_))
    total = np.bincount(labels.ravel()[where], weights=255 - sheet.grey.ravel()[where], minlength=len(areas))
    return list((total / np.maximum(areas, 1)).tolist())


def without_dust(pieces: list[InkPiece], sheet: Sheet) -> list[InkPiece]:
    """Leave out what shines through, and bits of the thin grey line that dust on the scanner's glass draws down a page."""
    if not pieces:
        return pieces
    usual = float(np.percentile([p.dark for p in pieces], DARKER))
    clear = [p for p in pieces if not _is_stain(p, usual, sheet.scale) and not _is_hole(p, sheet)]
    return _without_streaks(clear, sheet)


def is_speck(bounds: tuple[int, int, int, int], usual: float) -> bool:
    """Whether ink with nothing beside it on its line is no letter but a speck; ``usual``: the height of letters."""
    wide, high = bounds[2] - bounds[0], bounds[3] - bounds[1]
    return max(wide, high) < SPECK * usual and wide < DASH * high


def usual_height(letters: Sequence[InkPiece]) -> float:
    """The median height of letters in pixels; 0 where there are none."""
    return float(np.median([p.high for p in letters])) if letters else 0.0


def print_height(letters: Sequence[InkPiece], s: float) -> float:
    """The usual height of letters in pixels, of a page strewn with noise that of its print; ``s``: pixels a point."""
    usual, (least, most) = usual_height(letters), STREWN
    if usual >= least * s:
        return usual
    tall = usual_height([p for p in letters if p.high >= least * s])
    return min(max(tall, least * s), most * s)


def _is_stain(p: InkPiece, usual: float, s: float) -> bool:
    """Whether a piece is fainter than anything that was written or, where it is broader than a pen's stroke, than print."""
    broad = p.area > STAIN[0] * s * max(p.x1 - p.x0, p.high)
    return p.dark < (STAIN[1] if broad else SHINING) * usual


def _is_hole(p: InkPiece, sheet: Sheet) -> bool:
    """Whether a piece is the edge or the shadow of a punched hole: as wide as high, of its size, in the margin, round."""
    s = sheet.scale
    wide, high = p.x1 - p.x0, p.high
    if not HOLE[0] * s <= min(wide, high) <= max(wide, high) <= HOLE[1] * s:
        return False
    x, y = (p.x0 + p.x1) / 2 / s, (p.y0 + p.y1) / 2 / s
    if min(x, sheet.width - x, y, sheet.height - y) >= MARGIN:
        return False
    part = sheet.ink[p.y0 : p.y1, p.x0 : p.x1]
    corner = max(1, min(wide, high) // 9)
    return not any(
        part[rows, columns].any()
        for rows in (slice(corner), slice(-corner, None))
        for columns in (slice(corner), slice(-corner, None))
    )


def _without_streaks(pieces: list[InkPiece], sheet: Sheet) -> list[InkPiece]:
    s = sheet.scale
    thin = [p for p in pieces if p.x1 - p.x0 <= max(2, round(1.1 * s)) and p.high >= 2.2 * s]
    if len(thin) < 4:
        return pieces
    dark = [_darkest(sheet, p) for p in pieces[:: max(1, len(pieces) // 200)]]
    usual = float(np.median(dark))
    streaks = {p for p in thin if _darkest(sheet, p) < 0.55 * usual}
    return [p for p in pieces if p not in streaks]


def _darkest(sheet: Sheet, p: InkPiece) -> float:
    """How dark a piece's darkest ink is: 0 paper, 255 black."""
    return 255.0 - level_at(sheet.grey[p.y0 : p.y1, p.x0 : p.x1], 0.15)


def level_at(grey: NDArray[np.uint8], share: float) -> float:
    """The level under which a share of the pixels lies: as ``np.percentile``, which takes twenty times as long for so few."""
    levels = np.sort(grey, axis=None)
    at = share * (levels.size - 1)
    lower = int(at)
    low, high = float(levels[lower]), float(levels[min(lower + 1, levels.size - 1)])
    return low + (high - low) * (at - lower)
