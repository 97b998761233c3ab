"""Signatures on scanned pages."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.domain import Box
from pipeline.reading.scan.marks._signs import is_handwriting, sign_state
from tests.scans.measure_signs import SignScore
from tests.scans.signs import signable


@pytest.mark.parametrize("kind", ["scribble", "crossing", "over label"])
def test_a_signature_is_present(kind: str) -> None:
    said = []
    for seed in range(20):
        line = signable(np.random.default_rng(seed), (), kind=kind)
        said.append(sign_state(line.sheet, line.area, line.labels))
    assert [signed for signed in said if signed.present is False] == []
    assert sum(signed.present is True or signed.outside for signed in said) >= 18


@pytest.mark.parametrize("kind", ["empty", "typed", "specks", "line", "check", "date typed"])
def test_what_is_no_signature_is_not_taken_for_one(kind: str) -> None:
    said = []
    for seed in range(20):
        line = signable(np.random.default_rng(seed), (), kind=kind)
        said.append(sign_state(line.sheet, line.area, line.labels).present)
    assert said.count(True) == 0
    assert said.count(False) >= 18


def test_a_stamp_is_seldom_taken_for_a_signature() -> None:
    """A round stamp across the line and its label looks written to the net: one of these twenty does."""
    said = []
    for seed in range(20):
        line = signable(np.random.default_rng(seed), (), kind="stamp")
        said.append(sign_state(line.sheet, line.area, line.labels).present)
    assert said.count(True) <= 1
    assert said.count(False) >= 16


def test_a_signature_beside_the_line_is_said_to_be_outside() -> None:
    for seed in range(10):
        line = signable(np.random.default_rng(seed), (), kind="outside")
        signed = sign_state(line.sheet, line.area, line.labels)
        assert signed.outside or signed.present is False


def test_an_area_off_the_sheet_is_unsigned() -> None:
    line = signable(np.random.default_rng(1), (), kind="scribble")
    assert sign_state(line.sheet, Box(900, 900, 990, 920), []).present is False


def test_words_are_print_and_scribbles_are_handwriting() -> None:
    print_odds, hand_odds = [], []
    for seed in range(20):
        typed = signable(np.random.default_rng(seed), (), kind="typed")
        print_odds.append(is_handwriting(typed.sheet, typed.labels[0]))
        signed = signable(np.random.default_rng(seed), (), kind="scribble")
        hand_odds.append(is_handwriting(signed.sheet, signed.area))
    assert sum(odds > 0.5 for odds in print_odds) <= 1
    assert sum(odds < 0.5 for odds in hand_odds) <= 1


def test_nothing_is_not_handwriting() -> None:
    line = signable(np.random.default_rng(1), (), kind="empty")
    assert is_handwriting(line.sheet, Box(2, 2, 10, 8)) < 0.5
    assert is_handwriting(line.sheet, Box(5, 5, 5, 5)) == 0.0


def test_drawn_lines_are_judged_well() -> None:
    score = SignScore()
    for seed in range(700_000, 700_200):
        score.add(seed)
    right, _, wrong, _ = score.shares()
    assert right >= 0.96
    assert wrong <= 0.015
