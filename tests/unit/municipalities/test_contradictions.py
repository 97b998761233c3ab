"""Where the municipalities contradict each other or themselves (domain/register.md A10), a key decides, never code."""

from __future__ import annotations

import re

from tests.unit.municipalities.test_profiles import ALL as PROFILES

NOT_FOR_A_PROGRAM = {
    "X7": "whether the coordinator comes along to single services' meetings is their own affair",
    "X10": "log-ins belong to the planning tool",
    "X13": "who chairs a meeting is agreed there",
    "I6": "citations come from config/law.toml, never from the seed",
    "I9": "two names of one body that the program writes nothing to",
    "I12": "citations come from config/law.toml, never from the seed",
    "I14": "citations come from config/law.toml, never from the seed",
}
ALL = {f"X{n}" for n in range(1, 15)} | {f"I{n}" for n in range(1, 15)}


def test_every_contradiction_of_the_register_is_decided_by_a_key_that_says_why() -> None:
    """A10: X1–X14 and I1–I14."""
    decided = {
        found
        for profile in PROFILES.values()
        for why in profile.reasons.values()
        for found in re.findall(r"\b[XI]\d{1,2}\b", why)
    }
    assert decided <= ALL
    assert decided | set(NOT_FOR_A_PROGRAM) == ALL
    assert not decided & set(NOT_FOR_A_PROGRAM)


def test_a_reason_belongs_to_a_key_that_the_profile_has_a_source_for() -> None:
    for profile in PROFILES.values():
        assert set(profile.reasons) <= set(profile.sources)
