"""Every kind of letter, word for word, as it was read and approved.

A changed text is shown as a difference here; to approve it, run ``python -m tests.letters.test_golden`` and read what changed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.letters import Composed, LetterSpecs, load_letters, render
from tests.letters.words import plain
from tests.letters.world import IN_NYNORSK, ORDERS, TEMPLATES, composed, order

GOLDEN = Path(__file__).parent / "golden"
FOLDERS = {"nb": GOLDEN, "nn": GOLDEN / "nn"}


def letter(specs: LetterSpecs, name: str, language: str = "nb") -> str:
    """One letter's text."""
    spec = specs.of(ORDERS[name][0], language)
    assert spec is not None
    own = IN_NYNORSK.get(name, {}) if language == "nn" else {}
    data = composed(specs, order(name, facts=own), language=language)
    assert isinstance(data, Composed), data
    return plain(render(spec, data.data))


@pytest.mark.parametrize("language", FOLDERS)
@pytest.mark.parametrize("name", ORDERS)
def test_letter_says_what_was_approved(specs: LetterSpecs, name: str, language: str) -> None:
    """Issue 4: every letter, in bokmål and nynorsk."""
    assert letter(specs, name, language) == (FOLDERS[language] / f"{name}.txt").read_text(encoding="utf-8")


def test_every_kind_has_a_golden_text(specs: LetterSpecs) -> None:
    assert {kind for kind, _, _ in ORDERS.values()} == {spec.kind for spec in specs}


if __name__ == "__main__":
    shipped = load_letters(TEMPLATES)
    for code, place in FOLDERS.items():
        place.mkdir(exist_ok=True)
        for golden in ORDERS:
            (place / f"{golden}.txt").write_text(letter(shipped, golden, code), encoding="utf-8")
