"""One handwritten figure's ink, made as large as the digit net knows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Inked = NDArray[np.bool_]

SIDE, WITHIN = 28, 24
"""Pixels: a view's side, and the longer side of the ink in it."""
MODEL = "digits"
NOTHING = 10
"""The class of what is no single figure: two run together, half of one, a stroke."""


def view_of(ink: Inked) -> tuple[Floats, Floats]:
    """The view (rows, columns, 1) of some ink, cut to it, and its facts: how wide it is for its height, and how full."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    view = np.zeros((SIDE, SIDE, 1), np.float32)
    if not rows.size:
        return view, np.zeros(2, np.float32)
    part = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    high, wide = part.shape
    zoom = WITHIN / max(high, wide)
    size = (max(1, round(wide * zoom)), max(1, round(high * zoom)))
    how = cv2.INTER_AREA if zoom < 1 else cv2.INTER_LINEAR
    small = cv2.resize(part.astype(np.float32), size, interpolation=how)
    top, left = (SIDE - size[1]) // 2, (SIDE - size[0]) // 2
    view[top : top + size[1], left : left + size[0], 0] = small
    return view, np.array([np.log(wide / high), float(part.mean())], np.float32)


def views_of(parts: Sequence[Inked]) -> tuple[Floats, Floats]:
    """Views and facts of several pieces of ink, for one call of the net."""
    seen = [view_of(part) for part in parts]
    return np.stack([view for view, _ in seen]), np.stack([facts for _, facts in seen])
