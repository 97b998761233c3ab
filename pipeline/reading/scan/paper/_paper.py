"""How large a scanned page is: as its file says when that can be true, else guessed from A4. Lengths are in points."""

from __future__ import annotations

MOST_PIXELS = 18_000_000
"""Pixels of one page at most: A3 at 300 dpi."""
BEST_DPI = 300.0
POINTS = 72.0

_A4 = 841.89
_LONGEST, _SHORTEST = 1_300.0, 280.0
"""A3 with some to spare, and half a postcard: beyond them a resolution is taken for absurd."""
_LEAST_DPI = 50.0
_CROP = 700
_CROP_DPI = 150.0


def paper_size(wide: int, high: int, dpi: tuple[float, float] | None) -> tuple[float, float]:
    """Width and height of an image of so many pixels. An unknown or absurd ``dpi`` still tells how high a pixel is to its width."""
    across, down = dpi if dpi is not None and dpi[0] > 0 and dpi[1] > 0 else (1.0, 1.0)
    size = (wide * POINTS / across, high * POINTS / down)
    if dpi is not None and min(dpi) >= _LEAST_DPI and plausible(*size):
        return size
    if not 0.2 <= across / down <= 5.0:
        across = down = 1.0
    long = max(wide, high * across / down)
    each = POINTS / _CROP_DPI if long < _CROP else _A4 / long
    return wide * each, high * each * across / down


def true_size(width: float, height: float) -> tuple[float, float]:
    """The size of the paper behind a page of a PDF: its own, unless that is absurd; then an A4 sheet's of the same shape."""
    if plausible(width, height):
        return width, height
    factor = _A4 / max(width, height, 1e-3)
    return max(width * factor, 1.0), max(height * factor, 1.0)


def plausible(width: float, height: float) -> bool:
    """Whether paper of this size is put in a scanner."""
    long, short = max(width, height), min(width, height)
    return _SHORTEST <= long <= _LONGEST and short >= 60.0
