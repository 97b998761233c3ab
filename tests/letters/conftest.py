"""The shipped letters, loaded once."""

from __future__ import annotations

import pytest

from pipeline.letters import LetterSpecs, load_letters
from tests.letters.world import TEMPLATES


@pytest.fixture(scope="session")
def specs() -> LetterSpecs:
    """Every shipped letter."""
    return load_letters(TEMPLATES)
