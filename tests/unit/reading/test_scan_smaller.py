"""Pictures made smaller by whole pixels."""

from __future__ import annotations

import numpy as np

from pipeline.reading.scan.paper._smaller import smaller


def test_what_makes_no_whole_pixel_is_left_out() -> None:
    grey = np.zeros((5, 7), np.uint8)
    grey[:2, :2] = 200
    small = smaller(grey, 2)
    assert small.shape == (2, 3)
    assert small[0, 0] == 200
    assert not small[1:].any()


def test_a_picture_smaller_than_one_pixel_stays_as_it_is() -> None:
    grey = np.full((3, 9), 7, np.uint8)
    assert smaller(grey, 4) is grey
    assert smaller(grey, 1) is grey
