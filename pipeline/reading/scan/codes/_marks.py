"""The four corner marks of a form of ours, and the sheet laid on its blank by them. Lengths are in points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from pipeline.domain import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.reading.scan._types import Grey, Matrix, Sheet

    Points = NDArray[np.float64]

_MILLIMETRE = 72 / 25.4


def _square(left: float, top: float, side: float) -> Box:
    return Box(*(length * _MILLIMETRE for length in (left, top, left + side, top + side)))


BLANK = (210 * _MILLIMETRE, 297 * _MILLIMETRE)
"""An A4 page."""
CODE = _square(170, 257, 25)
"""Where a blank has its code, with the white round it."""
CORNERS = tuple(_square(left, top, 5) for top in (7, 285) for left in (7, 198))
"""Where a blank has its marks: upper left, upper right, lower left, lower right."""
_SIDE = 25 * _MILLIMETRE * 37 / 45
"""A code's side without the white, when it is of the size that all but the longest have."""
_REACH = 9.0 * _MILLIMETRE
"""How far from where it is expected a mark is looked for."""
_RING, _DOT = 0.16, 0.36
"""A mark is a black ring and a black square in the middle: where the ring ends and the square begins, in sides."""
_SIZES = (0.94, 1.0, 1.06)
_COARSE = 100 / 72
"""Pixels a point at which a mark is looked for first."""
_LIKE = 0.62
"""How like a mark something must be, 0 to 1."""
_AMISS = 2.0
"""How far the code may be from its place once the sheet lies on the blank."""
_EXACT = 1.0
"""How far the best affine matrix may be off what the marks say; beyond, the sheet is laid affinely only."""
_AWRY = 6.0
"""How far the fourth mark may be from where the other three put it: beyond, one of them is something else that looks like a mark,
such as one that shines through from the other side."""
_STRETCHED = 0.012
"""How much more a page may be stretched along than across: a feeder pulls, but not more than this."""
_ASIDE = 0.15
"""Sheets no farther off than this are left as they are."""
_EDGE = 3.0
"""How far outside the blank ink may be cut off: what is left of a scanner's dark edge, and less than a letter."""
_LOST = 12
"""Ink that may fall outside the blank, in dots to a pixel a point: specks. With more the sheet stays as it is."""
_SPARE = 0.7 * _MILLIMETRE


class Known(NamedTuple):
    """Where a blank lies on a sheet, told by its code alone: turned a little, scaled, moved."""

    matrix: Points
    """2 x 3, from the blank's points to the sheet's."""

    @classmethod
    def of(cls, corners: Sequence[tuple[float, float]]) -> Known:
        """From the code's corners on the sheet (upper left, upper right, lower right, lower left)."""
        seen = np.array(corners, dtype=np.float64)
        right = (seen[1] - seen[0] + seen[2] - seen[3]) / 2
        across = np.hypot(*right)
        turn = complex(right[0], right[1]) / max(across, 1e-6)
        scale = across / _SIDE
        if abs(scale - 1) < 0.06:
            scale = 1.0
        if abs(turn.imag) < 0.04:
            turn = complex(1, 0)
        cos, sin = scale * turn.real, scale * turn.imag
        linear = np.array([[cos, -sin], [sin, cos]])
        return cls(np.hstack((linear, (seen.mean(axis=0) - linear @ _middle(CODE))[:, None])))

    def at(self, point: Points) -> Points:
        """A point of the blank on the sheet."""
        return self.matrix[:, :2] @ point + self.matrix[:, 2]

    def box(self, box: Box) -> Box:
        """The upright box on the sheet round one of the blank."""
        found = [self.at(np.array([x, y])) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        xs, ys = [float(p[0]) for p in found], [float(p[1]) for p in found]
        return Box(min(xs), min(ys), max(xs), max(ys))


def _middle(box: Box) -> Points:
    return np.array([(box.x0 + box.x1) / 2, (box.top + box.bottom) / 2])


def corner_marks(sheet: Sheet, known: Known) -> Points | None:
    """The middles of all four marks on a sheet, in the order of `CORNERS`; None when one isn't there."""
    found = [_mark(sheet, known, corner) for corner in CORNERS]
    return np.array(found) if all(one is not None for one in found) else None


def _mark(sheet: Sheet, known: Known, corner: Box) -> Points | None:
    expected = known.at(_middle(corner))
    side = corner.x1 - corner.x0
    reach = _REACH + side
    around = Box(expected[0] - reach, expected[1] - reach, expected[0] + reach, expected[1] + reach)
    origin = np.array([max(0, round((around.x0) * sheet.scale)), max(0, round((around.top) * sheet.scale))])
    picture = sheet.crop(around)
    if min(picture.shape) <= 1.5 * side * sheet.scale:
        return None
    coarse = max(1.0, sheet.scale / _COARSE)
    small = cv2.resize(picture, None, fx=1 / coarse, fy=1 / coarse, interpolation=cv2.INTER_AREA).astype(
        np.uint8, copy=False
    )
    looked = [(*_match(small, side * size * sheet.scale / coarse), size) for size in _SIZES]
    most, near, size = max(looked, key=lambda one: one[0])
    if most < _LIKE:
        return None
    room = round(0.62 * side * size * sheet.scale + 3 * coarse)
    x0, y0 = (max(0, round(float(at) * coarse) - room) for at in near)
    part = picture[y0 : y0 + 2 * room, x0 : x0 + 2 * room]
    if min(part.shape) <= 1.4 * side * size * sheet.scale / 1.1:
        return np.asarray((near * coarse + origin) / sheet.scale)
    most, fine = _match(part, side * size * sheet.scale)
    if most < 0.8 * _LIKE:
        return None
    return np.asarray((fine + np.array([x0, y0]) + origin) / sheet.scale)


def _match(picture: Grey, side: float) -> tuple[float, Points]:
    """How like a mark the likest place of a picture is, and that place's middle."""
    model = _model(side)
    if picture.shape[0] < model.shape[0] or picture.shape[1] < model.shape[1]:
        return 0.0, np.zeros(2)
    likeness = cv2.matchTemplate(picture, model, cv2.TM_CCOEFF_NORMED)
    _, most, _, (x, y) = cv2.minMaxLoc(likeness)
    return float(most), _peak(likeness, x, y) + np.array(model.shape[::-1]) / 2


def _model(side: float) -> Grey:
    """A mark of so many dots with white round it."""
    dots = max(9, round(side))
    white = max(2, round(dots * 0.16))
    drawn = np.full((dots + 2 * white,) * 2, 255, np.uint8)
    drawn[white:-white, white:-white] = 0
    for inset, shade in ((_RING, 255), (_DOT, 0)):
        edge = white + round(dots * inset)
        drawn[edge:-edge, edge:-edge] = shade
    return cv2.GaussianBlur(drawn, (0, 0), max(0.5, dots / 40)).astype(np.uint8, copy=False)


def _peak(likeness: NDArray[np.generic], x: int, y: int) -> Points:
    """The place of a peak between dots, by a parabola through its neighbours."""
    high, wide = likeness.shape

    def between(before: float, here: float, after: float) -> float:
        bend = before - 2 * here + after
        return 0.5 * (before - after) / bend if bend < -1e-9 else 0.0

    here = float(likeness[y, x])
    dx = between(float(likeness[y, x - 1]), here, float(likeness[y, x + 1])) if 0 < x < wide - 1 else 0.0
    dy = between(float(likeness[y - 1, x]), here, float(likeness[y + 1, x])) if 0 < y < high - 1 else 0.0
    return np.array([x + dx, y + dy])


def laid_on_blank(sheet: Sheet, marks: Points, known: Known) -> Sheet | None:
    """The sheet in the blank's own points; None when the marks can't be right, or something would be cut off."""
    blank = np.array([_middle(corner) for corner in CORNERS])
    if np.hypot(*(marks[0] - marks[1] - marks[2] + marks[3])) > _AWRY or _stretched(blank, marks):
        return None
    exact = cv2.getPerspectiveTransform(marks.astype(np.float32), blank.astype(np.float32)).astype(np.float64)
    code = _through(exact, known.at(_middle(CODE))[None])[0]
    if not np.isfinite(exact).all() or np.hypot(*(code - _middle(CODE))) > _AMISS:
        return None
    page = np.array([[0, 0], [BLANK[0], 0], [0, BLANK[1]], [BLANK[0], BLANK[1]]], dtype=np.float64)
    back = _affine(blank, marks)
    straight = _through(_inverse(exact), page)
    if np.hypot(*(straight - _moved(back, page)).T).max() >= _EXACT:
        exact = _inverse(np.vstack((back, [0, 0, 1])))
    else:
        back = _affine(page, straight)
    if abs(np.linalg.det(back[:, :2]) - 1) > 0.3:
        return None
    if np.abs(_moved(back, page) - page).max() < _ASIDE:
        return replace(sheet, matrix=_after(sheet.matrix, back))
    return _warped(sheet, exact, back)


def _stretched(blank: Points, marks: Points) -> bool:
    """Whether the page would be longer for its width, or more slanted, than paper can be."""
    across, down = _affine(blank, marks)[:, :2].T
    ratio = float(np.hypot(*across) / np.hypot(*down))
    slant = float(across @ down) / float(np.hypot(*across) * np.hypot(*down))
    return abs(ratio - 1) > _STRETCHED or abs(slant) > _STRETCHED


def _warped(sheet: Sheet, exact: Points, back: Points) -> Sheet | None:
    scale = sheet.scale
    size = (round(BLANK[0] * scale), round(BLANK[1] * scale))
    # A dot's middle is half a dot from its edge, in both pictures.
    dots = np.array([[scale, 0, -0.5], [0, scale, -0.5], [0, 0, 1]])
    whole = dots @ exact @ _inverse(dots)
    kept = np.zeros(sheet.ink.shape, np.uint8)
    low, wide, high = -_EDGE, BLANK[0] + _EDGE, BLANK[1] + _EDGE
    edges = np.array([[low, low], [wide, low], [wide, high], [low, high]], dtype=np.float64)
    cv2.fillConvexPoly(kept, np.rint(_through(_inverse(exact), edges) * scale).astype(np.int32), 1)
    if np.count_nonzero(sheet.ink & (kept == 0)) > _LOST * scale:
        return None
    grey = _drawn(sheet.grey, whole, size, cv2.INTER_LINEAR, 255.0)
    ink = _drawn(sheet.ink.view(np.uint8), whole, size, cv2.INTER_NEAREST, 0.0).view(np.bool_)
    return replace(
        sheet,
        grey=grey,
        ink=ink,
        width=BLANK[0],
        height=BLANK[1],
        matrix=_after(sheet.matrix, back),
    )


def _drawn(picture: Grey, whole: Points, size: tuple[int, int], how: int, beyond: float) -> Grey:
    """A picture moved; affinely, which is quicker, where nothing moves by half a dot for it."""
    corners = np.array([[0, 0], [size[0], 0], [0, size[1]], size], dtype=np.float64)
    back = _inverse(whole)
    plain = _affine(corners, _through(back, corners))
    if np.abs(_moved(plain, corners) - _through(back, corners)).max() < 0.5:
        flat = how | cv2.WARP_INVERSE_MAP
        found = cv2.warpAffine(
            picture, plain, size, flags=flat, borderMode=cv2.BORDER_CONSTANT, borderValue=beyond
        )
    else:
        found = cv2.warpPerspective(
            picture, whole, size, flags=how, borderMode=cv2.BORDER_CONSTANT, borderValue=beyond
        )
    return found.astype(np.uint8, copy=False)


def without(sheet: Sheet, boxes: Iterable[Box]) -> Sheet:
    """The sheet with these places made white."""
    grey, ink = sheet.grey.copy(), sheet.ink.copy()
    for box in boxes:
        x0, y0 = (max(0, round((low - _SPARE) * sheet.scale)) for low in (box.x0, box.top))
        x1, y1 = (max(0, round((high + _SPARE) * sheet.scale)) for high in (box.x1, box.bottom))
        grey[y0:y1, x0:x1] = 255
        ink[y0:y1, x0:x1] = False
    return replace(sheet, grey=grey, ink=ink)


def _inverse(matrix: Points) -> Points:
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)


def _through(matrix: Points, points: Points) -> Points:
    found = np.hstack((points, np.ones((len(points), 1)))) @ matrix.T
    return found[:, :2] / found[:, 2:]


def _moved(affine: Points, points: Points) -> Points:
    return points @ affine[:, :2].T + affine[:, 2]


def _affine(source: Points, target: Points) -> Points:
    """The 2 x 3 matrix that takes some points nearest to others."""
    found = np.linalg.lstsq(np.hstack((source, np.ones((len(source), 1)))), target, rcond=None)[0]
    return np.asarray(found.T, dtype=np.float64)


def _after(matrix: Matrix, back: Points) -> Matrix:
    """From the laid sheet's points over those of the sheet before to the page as shown."""
    a, b, c, d, e, f = matrix
    whole = np.array([[a, c, e], [b, d, f]]) @ np.vstack((back, [0, 0, 1]))
    (a, c, e), (b, d, f) = whole.tolist()
    return (a, b, c, d, e, f)
