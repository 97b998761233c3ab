"""A thick stack's pages are kept without growing in memory."""

from __future__ import annotations

import numpy as np

from pipeline.reading.scan._kept import Kept


def test_all_pages_can_be_looked_at_again_in_any_order() -> None:
    kept: Kept[tuple[int, np.ndarray]] = Kept(most=2)
    pictures = {number: np.full((40, 30), number, np.uint8) for number in range(1, 8)}
    for number, picture in pictures.items():
        kept.put(number, (number, picture))
    for number in (3, 7, 1, 3, 2, 6, 5, 4):
        found = kept.get(number)
        assert found is not None
        assert found[0] == number
        assert (found[1] == pictures[number]).all()
    assert kept.get(99) is None


def test_no_more_than_a_few_are_held_in_memory() -> None:
    kept: Kept[int] = Kept(most=3)
    for number in range(20):
        kept.put(number, number)
        kept.get(number // 2)
    assert len(kept._open) == 3


def test_what_is_kept_anew_is_what_is_found() -> None:
    kept: Kept[str] = Kept(most=1)
    kept.put(1, "first")
    kept.put(2, "other")
    kept.put(1, "second")
    kept.put(3, "third")
    assert kept.get(1) == "second"
