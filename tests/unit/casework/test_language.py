"""The language of a case's letters (issue 4; B.6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.casework import choose_language
from pipeline.domain import EventKind, Phase
from pipeline.errors import RefusedError
from tests.unit.casework.material import opened, situation


def test_b_6_a_case_changes_its_language_and_keeps_the_event() -> None:
    """B.6: from what to what; nothing else changes."""
    case = opened()
    outcome = choose_language(case, situation(), language="nn")
    assert outcome.case == replace(case, language="nn")
    (event,) = outcome.events
    assert event.kind is EventKind.LANGUAGE_CHOSEN
    assert event.data == {"language": "nn", "former": "nb"}
    assert outcome.letters == ()


def test_b_6_the_same_language_again_is_no_event() -> None:
    """Done twice it is done once."""
    case = opened()
    assert choose_language(case, situation(), language="nb").events == ()


def test_b_6_a_joined_case_has_no_letters_of_its_own() -> None:
    """B.6: the choice is made in the case that goes on."""
    with pytest.raises(RefusedError, match="slått sammen"):
        choose_language(replace(opened(), phase=Phase.MERGED), situation(), language="nn")
