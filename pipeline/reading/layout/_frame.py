"""From the page's own coordinates to points as a viewer shows them: rotation and crop applied, origin top left."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.domain import Box
from pipeline.reading import _native as native
from pipeline.reading._native import Handle, Matrix, Quad

_made = tuple.__new__
"""Makes a box in half the time that its own constructor takes; there is one for every letter."""


def product(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies ``inner`` first and ``outer`` after it."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point after the matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def boxed(matrix: Matrix, quad: Quad) -> Box:
    """The upright box round a rectangle after the matrix."""
    a, b, c, d, e, f = matrix
    left, low, right, high = quad
    x0, y0 = a * left + c * low + e, b * left + d * low + f
    x1, y1 = a * right + c * high + e, b * right + d * high + f
    if a and b:
        x2, y2 = moved(matrix, quad[0], quad[3])
        x3, y3 = moved(matrix, quad[2], quad[1])
        return Box(min(x0, x1, x2, x3), min(y0, y1, y2, y3), max(x0, x1, x2, x3), max(y0, y1, y2, y3))
    if x0 > x1:
        x0, x1 = x1, x0
    return Box(x0, y1, x1, y0) if y0 > y1 else Box(x0, y0, x1, y1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """How one page is shown. ``matrix`` goes from user space to the shown page; lengths in points."""

    width: float
    height: float
    rotation: int
    matrix: Matrix

    def box(self, quad: Quad) -> Box:
        """A rectangle of user space on the shown page."""
        if not self.rotation:
            _, _, _, _, right, down = self.matrix
            x0, low, x1, high = quad
            return _made(Box, (x0 + right, down - high, x1 + right, down - low))
        return boxed(self.matrix, quad)

    def shows(self, box: Box) -> bool:
        """Whether a box's middle lies on the shown page."""
        return 0 <= (box.x0 + box.x1) / 2 <= self.width and 0 <= (box.top + box.bottom) / 2 <= self.height


def frame_of(page: Handle) -> Frame:
    """The frame of an open page."""
    left, bottom, right, top = native.page_bounds(page)
    wide, high = right - left, top - bottom
    turn = native.page_rotation(page) % 4
    matrices: tuple[Matrix, ...] = (
        (1.0, 0.0, 0.0, -1.0, -left, top),
        (0.0, 1.0, 1.0, 0.0, -bottom, -left),
        (-1.0, 0.0, 0.0, 1.0, right, -bottom),
        (0.0, -1.0, -1.0, 0.0, top, right),
    )
    if turn % 2:
        wide, high = high, wide
    return Frame(width=wide, height=high, rotation=turn * 90, matrix=matrices[turn])
