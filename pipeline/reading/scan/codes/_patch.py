"""Patch T, the bars on common separator sheets: four black bars across the page, narrow, wide, narrow, wide.

Read from the other side it is Patch 2, which parts documents too; both are taken. A narrow bar or gap is 2.03 mm, a wide bar
5.08 mm, and a bar is at least 50 mm long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.reading.scan._types import Sheet

_POINT = 25.4 / 72
_DOTS = 2.5
"""To a millimetre, at least."""
_UNITS = np.array([1.0, 1.0, 2.5, 1.0, 1.0, 1.0, 2.5])
"""Bars and gaps of Patch T in turn, of which a narrow one is 1."""
_NARROW = (1.5, 2.7)
"""Millimetres that a narrow bar may be after copying and scaling."""
_OFF = 0.45
"""How far, in narrow bars, each may be from what it should be."""
_LENGTH = 38.0
"""Millimetres along which the bars must be seen."""
_STEP = 5
_DARK = 140


def has_patch(sheet: Sheet) -> bool:
    """Whether Patch T or Patch 2 stands on a sheet, along either side."""
    step = max(1, int(sheet.scale / _POINT / _DOTS))
    dots = sheet.scale / _POINT / step
    dark = cv2.medianBlur(np.ascontiguousarray(sheet.grey[::step, ::step]), 3) < _DARK
    if np.count_nonzero(dark) < _LENGTH * float(_UNITS[::2].sum()) * _NARROW[0] * dots**2:
        return False
    return _across(dark, dots) or _across(np.ascontiguousarray(dark.T), dots)


def _across(dark: NDArray[np.bool_], dots: float) -> bool:
    """Whether so many neighbouring columns show the bars at about one height."""
    wanted = round(_LENGTH * dots / _STEP)
    solid = np.count_nonzero(dark, axis=0) >= 6 * _NARROW[0] * dots
    run, last = 0, -1.0
    for column in range(0, dark.shape[1], _STEP):
        at = _bars(dark[:, column], dots, last) if solid[column] else None
        run = run + 1 if at is not None else 0
        last = at if at is not None else -1.0
        if run >= wanted:
            return True
    return False


def _bars(column: NDArray[np.bool_], dots: float, near: float) -> float | None:
    """Where the bars' middle is in one column of dots, near where it was in the column before."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], column, [False])).astype(np.int8)))
    runs = np.diff(edges)
    for start in range(0, len(runs) - 6, 2):
        seven = runs[start : start + 7]
        unit = float(seven.sum()) / float(_UNITS.sum())
        if not _NARROW[0] * dots <= unit <= _NARROW[1] * dots:
            continue
        middle = float(edges[start] + edges[start + 7]) / 2
        if near >= 0 and abs(middle - near) > 2 * _STEP:
            continue
        for units in (_UNITS, _UNITS[::-1]):
            if np.abs(seven / unit - units).max() <= _OFF:
                return middle
    return None
