"""A profile told key by key, each value with its source (``municipality show``)."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum

from pipeline.municipalities._loader import SECTIONS
from pipeline.municipalities._profile import Profile

DEFAULT = "default"
"""The source of a value that the municipality's own papers don't give."""


def describe(
    profile: Profile,
) -> tuple[tuple[str, str | int | bool | tuple[str | int, ...] | None, str], ...]:
    """Every key with its value and its source, or ``default``; a value of ``""``, None or ``()`` is not known."""
    told: list[tuple[str, str | int | bool | tuple[str | int, ...] | None, str]] = [
        ("key", profile.key, profile.key),
        ("recognised_names", profile.recognised_names, profile.key),
    ]
    for section in SECTIONS:
        rules = getattr(profile, section)
        for entry in fields(rules):
            key = f"{section}.{entry.name}"
            value = getattr(rules, entry.name)
            shown = value.value if isinstance(value, StrEnum) else value
            told.append((key, shown, profile.sources.get(key, DEFAULT)))
    return tuple(told)
