"""The project's own codes and corner marks, and the sheets that part a stack, on a scanned page.

A form of ours is laid exactly on its blank when its four corner marks are found; code and marks are then taken out, so
that nobody reads them as boxes or letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
import zxingcpp

from pipeline.domain import FormCode
from pipeline.reading.scan.codes._marks import (
    BLANK,
    CODE,
    CORNERS,
    Known,
    corner_marks,
    laid_on_blank,
    without,
)
from pipeline.reading.scan.codes._patch import has_patch
from pipeline.reading.scan.paper._smaller import smaller
from pipeline.values import parse_form_code

if TYPE_CHECKING:
    from pipeline.reading.scan._types import Grey, Sheet

PARTING_TEXT = "PATCHT"
"""What barcodes on common separator sheets say."""
_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_STRIPES = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.Code39])
_ROOM = 60.0
"""Points round the place where a blank has its code in which it is looked for first."""
_FINE = 150.0 / 72
"""Pixels a point at which codes are looked for first."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A sheet without its code and marks; ``exact``: it lies on the blank, points for points."""

    sheet: Sheet
    code: FormCode | None = None
    separator: bool = False
    exact: bool = False


class _Seen(NamedTuple):
    text: str
    corners: tuple[tuple[float, float], ...]
    """The code's corners in points of the sheet: upper left, upper right, lower right, lower left of the upright code."""


def coded(sheet: Sheet) -> Coded:
    """Find what codes say of a sheet, and lay it on its blank when its corner marks are there too."""
    if sheet.blank:
        return Coded(sheet)
    page = _cut(sheet, 0.0, 0.0, sheet.width, sheet.height, _FINE * 0.75)
    for seen in _ours(sheet, page):
        code = parse_form_code(seen.text)
        if code is None:
            continue
        if code.parts:
            return Coded(sheet, separator=True)
        return _placed(sheet, code, seen)
    return Coded(sheet, separator=has_patch(sheet) or _says_parting(sheet, page[0]))


def _placed(sheet: Sheet, code: FormCode, seen: _Seen) -> Coded:
    known = Known.of(seen.corners)
    marks = corner_marks(sheet, known)
    laid = laid_on_blank(sheet, marks, known) if marks is not None else None
    if laid is not None:
        return Coded(without(laid, [CODE, *CORNERS]), code, exact=True)
    found = [known.box(CODE)]
    if marks is not None:
        found += [known.box(corner) for corner in CORNERS]
    return Coded(without(sheet, found), code)


def _ours(sheet: Sheet, page: tuple[Grey, float]) -> Iterator[_Seen]:
    """Codes, those at the blank's place first; then on the whole sheet, coarse and, in the lower right, fine.

    ``page``: the whole sheet's coarse picture and its scale.
    """
    right, low = sheet.width - BLANK[0], sheet.height - BLANK[1]
    x0 = max(0.0, CODE.x0 - _ROOM + min(0.0, right))
    top = max(0.0, CODE.top - _ROOM + min(0.0, low))
    across = min(sheet.width, CODE.x1 + _ROOM + max(0.0, right)) - x0
    down = min(sheet.height, CODE.bottom + _ROOM + max(0.0, low)) - top
    at = (x0, top)
    yield from _read(*_cut(sheet, *at, across, down, _FINE), at)
    yield from _read(*page, (0.0, 0.0), rotate=True)
    fine, scale = _cut(sheet, *at, across, down, sheet.scale)
    yield from _read(fine, scale, at)
    yield from _read(fine, scale, at, smooth=True)


def _read(
    picture: Grey, scale: float, at: tuple[float, float], *, rotate: bool = False, smooth: bool = False
) -> Iterator[_Seen]:
    """The codes of a picture whose upper left corner stands at a point of the sheet."""
    if min(picture.shape) < 40:
        return
    if smooth:
        picture = cv2.GaussianBlur(picture, (0, 0), 1.2).astype(np.uint8, copy=False)
    x, y = at
    for one in zxingcpp.read_barcodes(
        picture, formats=_QR, try_rotate=rotate, try_downscale=False, try_invert=False
    ):
        place = one.position
        corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        yield _Seen(one.text, tuple((x + (c.x + 0.5) / scale, y + (c.y + 0.5) / scale) for c in corners))


def _says_parting(sheet: Sheet, picture: Grey) -> bool:
    """Whether a barcode says that the sheet parts a stack; looked for only where there is next to nothing else."""
    if np.count_nonzero(sheet.ink) > 0.25 * sheet.ink.size:
        return False
    found = zxingcpp.read_barcodes(
        picture, formats=_STRIPES, try_rotate=True, try_downscale=False, try_invert=False
    )
    return any(one.text.strip().upper() == PARTING_TEXT for one in found)


def _cut(sheet: Sheet, x: float, y: float, across: float, down: float, scale: float) -> tuple[Grey, float]:
    """A part of the sheet's picture at no finer a scale than asked for, and its scale."""
    own = sheet.scale
    x0, y0 = round(x * own), round(y * own)
    picture = sheet.grey[y0 : round((y + down) * own), x0 : round((x + across) * own)]
    if own <= scale * 1.2 or min(picture.shape) < 2:
        return np.ascontiguousarray(picture), own
    times = max(1, int(own / scale * 1.2))
    if times == 1 or min(picture.shape) < times:
        return np.ascontiguousarray(picture), own
    return smaller(picture, times), own / times
