"""A page's picture made upright, straight and clean: the sheet that everything after works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.reading.scan._types import Matrix, Picture, Sheet
from pipeline.reading.scan.paper._bands import bands_lit
from pipeline.reading.scan.paper._ground import (
    dirt_of,
    flattened,
    ground_of,
    impulses_gone,
    ink_of,
    level_of,
    levels_of,
    noise_of,
    without_specks,
)
from pipeline.reading.scan.paper._paper import BEST_DPI, MOST_PIXELS, POINTS, true_size
from pipeline.reading.scan.paper._skew import LineReader, on_its_side, skew_of, upside_down
from pipeline.reading.scan.paper._smaller import smaller

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.reading.scan._types import Grey, Inked

    Affine = NDArray[np.float64]

LEAST_DPI = 200.0
_SMALL = 75.0 / POINTS
"""Pixels a point of the small picture that the page's lie and its paper are measured on."""
_MIDDLING = 150.0 / POINTS
"""Pixels a point that letters' shapes are told apart at."""
_STRAIGHT = 0.05
"""Degrees of skew that are left as they are: turning a picture blurs it a little."""
_SPARE = 6.0
"""Points left outside ink that turning would push over the sheet's edge."""
_CLEAR = 212
"""Levels on white paper: what is drawn is darker, what shines through from the other side is lighter."""


def upright(picture: Picture, read_line: LineReader | None = None) -> Sheet:
    """Turn, straighten and clean a page. ``read_line`` reads a grey text line and says how sure it is, 0 to 1.

    It is asked only where the letters' shapes don't tell which way is up, or tell that the page stands on its head.
    """
    wide, high = true_size(picture.width, picture.height)
    if min(picture.grey.shape) < 16:
        return _nothing(picture, wide, high)
    small = cv2.resize(
        picture.grey,
        (max(16, round(wide * _SMALL)), max(16, round(high * _SMALL))),
        interpolation=cv2.INTER_AREA,
    ).astype(np.uint8, copy=False)
    level = level_of(small)
    dirt = dirt_of(small, _SMALL, level)
    ground = ground_of(small, dirt, _SMALL, level)
    dark = (flattened(small, ground, dirt) < 200).astype(np.uint8)
    skew = skew_of(dark)
    turned = 90 if on_its_side(dark, _SMALL) else 0
    even = flattened(picture.grey if picture.bilevel else impulses_gone(picture.grey), ground, dirt)
    noise = 0.0 if picture.bilevel else noise_of(even)
    levels = levels_of(even, noise)
    gain = float(np.diff(levels.astype(np.int16)).max(initial=1))
    placing = _placing(picture, (wide, high), dark, turned, skew)
    grey = _placed(cv2.LUT(even, levels).astype(np.uint8, copy=False), placing)
    grey = bands_lit(grey, placing.scale)
    ink = ink_of(grey, placing.scale, noise * gain)
    grey, ink = without_specks(grey, ink, placing.scale)
    matrix = placing.matrix
    coarse = smaller(grey, 1 if placing.scale < 1.5 * _MIDDLING else 2)
    if upside_down(
        grey, (coarse < 150).view(np.uint8), placing.scale * coarse.shape[0] / grey.shape[0], read_line
    ):
        turned += 180
        grey, ink = np.ascontiguousarray(grey[::-1, ::-1]), np.ascontiguousarray(ink[::-1, ::-1])
        a, b, c, d, e, f = matrix
        x, y = placing.width, placing.height
        matrix = (-a, -b, -c, -d, a * x + c * y + e, b * x + d * y + f)
    return Sheet(
        number=picture.number,
        grey=grey,
        ink=ink,
        scale=placing.scale,
        width=placing.width,
        height=placing.height,
        matrix=matrix,
        turned=turned,
        skew=placing.skew,
        blank=_is_blank(grey, ink, placing.scale, int(levels[_CLEAR])),
        bilevel=picture.bilevel,
    )


class _Placing:
    """Where the sheet's pixels come from. ``affine``: from the sheet's pixels to the picture's, edges counted, not middles."""

    def __init__(
        self, affine: Affine, size: tuple[int, int], scale: float, skew: float, exact: int | None
    ) -> None:
        self.affine, self.size, self.scale, self.skew, self.exact = affine, size, scale, skew, exact
        self.finer = bool(np.abs(np.linalg.det(affine[:, :2])) < 0.8)
        self.width, self.height = size[0] / scale, size[1] / scale
        self.matrix: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _placing(
    picture: Picture, paper: tuple[float, float], dark: NDArray[np.uint8], turned: int, skew: float
) -> _Placing:
    """Lay the sheet out over the picture: as large as the page, larger only where ink would be lost."""
    high, wide = picture.grey.shape
    across, down = wide / paper[0], high / paper[1]
    native = max(across, down)
    even = abs(across / down - 1) < 0.005
    if abs(skew) < _STRAIGHT and even and LEAST_DPI - 1 <= native * POINTS <= BEST_DPI * 1.12:
        lying = ([[0, 1, 0], [-1, 0, high]] if turned else [[1, 0, 0], [0, 1, 0]])  # fmt: skip
        made = _Placing(
            np.array(lying, dtype=np.float64), (high, wide) if turned else (wide, high), across, 0.0, turned
        )
        return _with_matrix(made, picture)
    angle = np.radians(turned - skew)
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    half = (paper[1] / 2, paper[0] / 2) if turned else (paper[0] / 2, paper[1] / 2)
    left, top, right, low = -half[0], -half[1], half[0], half[1]
    found = dark.nonzero()
    if len(found[0]):
        x = (found[1] + 0.5) * paper[0] / dark.shape[1] - paper[0] / 2
        y = (found[0] + 0.5) * paper[1] / dark.shape[0] - paper[1] / 2
        u, v = x * cos - y * sin, x * sin + y * cos
        left, right = min(left, float(u.min()) - _SPARE), max(right, float(u.max()) + _SPARE)
        top, low = min(top, float(v.min()) - _SPARE), max(low, float(v.max()) + _SPARE)
    scale = min(max(native, LEAST_DPI / POINTS), BEST_DPI / POINTS)
    scale = min(scale, (MOST_PIXELS / ((right - left) * (low - top))) ** 0.5)
    size = (max(1, round((right - left) * scale)), max(1, round((low - top) * scale)))
    back = np.array([[cos, sin], [-sin, cos]])
    stretch = np.array([[across], [down]])
    shift = back @ np.array([left, top]) + np.array(paper) / 2
    affine = np.hstack((stretch * back / scale, stretch * shift[:, None]))
    return _with_matrix(_Placing(affine, size, scale, skew, None), picture)


def _with_matrix(placing: _Placing, picture: Picture) -> _Placing:
    x, y = picture.width / picture.grey.shape[1], picture.height / picture.grey.shape[0]
    (a, c, e), (b, d, f) = placing.affine.tolist()
    s = placing.scale
    placing.matrix = (a * s * x, b * s * y, c * s * x, d * s * y, e * x, f * y)
    return placing


def _placed(even: Grey, placing: _Placing) -> Grey:
    if placing.exact == 0:
        return even
    if placing.exact == 90:
        return np.asarray(cv2.rotate(even, cv2.ROTATE_90_CLOCKWISE), dtype=np.uint8)
    how = cv2.INTER_CUBIC if placing.finer else cv2.INTER_LINEAR
    middles = placing.affine.copy()
    middles[:, 2] += placing.affine[:, :2] @ np.array([0.5, 0.5]) - 0.5
    return np.asarray(
        cv2.warpAffine(even, middles, placing.size, flags=how | cv2.WARP_INVERSE_MAP,
                       borderMode=cv2.BORDER_CONSTANT, borderValue=255.0),
        dtype=np.uint8,
    )  # fmt: skip


def _is_blank(grey: Grey, ink: Inked, scale: float, clear: int) -> bool:
    """Whether nothing is drawn but specks and what shines through. A faint signature or a pencilled word is something."""
    if (grey[::8] < clear).mean() > 0.01:
        return False
    step = max(1, int(scale))
    drawn = smaller((ink & (grey < clear)).view(np.uint8) * np.uint8(255), step)
    marks = (drawn > 40).view(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(marks, connectivity=8)
    extent = np.maximum(stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]) * step / scale
    return bool(extent[extent >= 2.5].sum() < 8.0)


def _nothing(picture: Picture, width: float, height: float) -> Sheet:
    """A picture too small to hold a letter."""
    scale = LEAST_DPI / POINTS
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    grey = np.full(size[::-1], 255, np.uint8)
    width, height = size[0] / scale, size[1] / scale
    return Sheet(
        number=picture.number,
        grey=grey,
        ink=np.zeros(grey.shape, np.bool_),
        scale=scale,
        width=width,
        height=height,
        matrix=(picture.width / width, 0.0, 0.0, picture.height / height, 0.0, 0.0),
        blank=True,
        bilevel=picture.bilevel,
    )
