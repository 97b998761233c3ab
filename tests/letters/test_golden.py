"""Every kind of letter, word for word, as it was read and approved.

A changed text is shown as a difference here; to approve it, run ``python -m tests.letters.test_golden`` and read what changed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.letters import Composed, LetterSpecs, load_letters, render
from tests.letters.words import plain
from tests.letters.world import ORDERS, TEMPLATES, composed, order

GOLDEN = Path(__file__).parent / "golden"


def letter(specs: LetterSpecs, name: str) -> str:
    """One letter's text."""
    data = composed(specs, order(name))
    assert isinstance(data, Composed), data
    return plain(render(specs[ORDERS[name][0]], data.data))


@pytest.mark.parametrize("name", ORDERS)
def test_letter_says_what_was_approved(specs: LetterSpecs, name: str) -> None:
    assert letter(specs, name) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_every_kind_has_a_golden_text(specs: LetterSpecs) -> None:
    assert {kind for kind, _, _ in ORDERS.values()} == {spec.kind for spec in specs}


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    shipped = load_letters(TEMPLATES, on_use=True)
    for golden in ORDERS:
        text = letter(shipped, golden)
        (GOLDEN / f"{golden}.txt").write_text(text, encoding="utf-8")
