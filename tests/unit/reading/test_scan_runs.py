"""Labels counted run by run say what OpenCV's own counts say."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.reading.scan.drawn import _runs
from pipeline.reading.scan.drawn._runs import labelled


@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 1.0])
def test_frames_areas_and_middles_are_those_of_opencv(share: float) -> None:
    ink = (np.random.default_rng(3).random((61, 83)) < share).astype(np.uint8)
    labels, stats, middles = labelled(ink)
    count, _, expected, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    assert len(stats) == count
    assert stats[1:].tolist() == expected[1:].tolist()
    assert middles[1:] == pytest.approx(centres[1:])
    assert ((labels > 0) == (ink > 0)).all()


def test_a_page_of_noise_has_more_labels_than_16_bits_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    ink = np.zeros((40, 40), np.uint8)
    ink[::2, ::2] = 1
    monkeypatch.setattr(_runs, "MOST_SHORT", 10)
    labels, stats, _ = labelled(ink)
    assert labels.dtype == np.int32
    assert len(stats) == 401
    assert (stats[1:, 4] == 1).all()
