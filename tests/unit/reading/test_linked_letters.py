"""Letters are linked to runs by what stands beside, upon and under them, however many there are."""

from __future__ import annotations

from random import Random

import pytest

from pipeline.reading.scan.drawn import _linked
from pipeline.reading.scan.drawn._dust import InkPiece


def piece(x: int, y: int, wide: int = 10, high: int = 20, cell: int = -1) -> InkPiece:
    return InkPiece(x, y, x + wide, y + high, wide * high, cell, 200.0)


def test_the_letters_of_a_line_are_one_run_and_those_of_the_next_line_another() -> None:
    upper = [piece(x, 100) for x in range(0, 200, 14)]
    lower = [piece(x, 140) for x in range(0, 200, 14)]
    assert _linked.linked([*lower, *upper], 20.0) == [upper, lower] or _linked.linked(
        [*lower, *upper], 20.0
    ) == [lower, upper]


def test_a_wide_blank_and_a_cell_part_a_line() -> None:
    line = [piece(0, 100), piece(14, 100), piece(90, 100), piece(104, 100, cell=3)]
    assert [len(run) for run in _linked.linked(line, 20.0)] == [2, 1, 1]


def test_a_ring_and_a_comma_belong_to_their_letters() -> None:
    letter, ring, comma = piece(0, 100), piece(2, 92, 6, 6), piece(14, 114, 4, 10)
    assert len(_linked.linked([letter, ring, comma], 20.0)) == 1


@pytest.mark.parametrize("most", [1, 7, 200_000])
def test_in_how_many_turns_pairs_are_looked_at_changes_nothing(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = Random(5)
    letters = [
        piece(
            rng.randrange(600), rng.randrange(600), rng.randint(3, 20), rng.randint(4, 30), rng.randint(-1, 2)
        )
        for _ in range(300)
    ]
    at_once = _linked.linked(letters, 18.0)
    monkeypatch.setattr(_linked, "MOST_PAIRS", most)
    assert _linked.linked(letters, 18.0) == at_once
    assert sorted(p for run in at_once for p in run) == sorted(letters)


def test_nothing_is_linked_where_nothing_is() -> None:
    assert _linked.linked([], 0.0) == []
