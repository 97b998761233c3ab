"""Pictures made smaller by whole pixels: many times quicker than by any other share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from pipeline.reading.scan._types import Grey


def smaller(grey: Grey, times: int) -> Grey:
    """A picture so many times smaller; the last pixels that don't make a whole one are left out."""
    high, wide = grey.shape[0] // times, grey.shape[1] // times
    if times == 1 or not high or not wide:
        return grey
    whole = grey[: high * times, : wide * times]
    return np.asarray(cv2.resize(whole, (wide, high), interpolation=cv2.INTER_AREA), dtype=np.uint8)
