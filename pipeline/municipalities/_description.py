"""A profile told key by key, each value with its source (``municipality show``)."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import StrEnum

from pipeline.municipalities._loader import SECTIONS
from pipeline.municipalities._profile import Profile

DEFAULT = "default"
"""The source of a value that the municipality's own papers don't give."""


Shown = str | int | bool | tuple[str | int, ...] | None
"""A value as it is shown."""


def describe(profile: Profile) -> tuple[tuple[str, Shown, str, str], ...]:
    """Every key with its value, its source, or ``default``, and why it was chosen when somebody said; a value of ``""``, None or ``()`` is not known."""
    told: list[tuple[str, Shown, str, str]] = [
        ("key", profile.key, profile.key, ""),
        ("recognised_names", profile.recognised_names, profile.key, ""),
    ]
    for section in SECTIONS:
        rules = getattr(profile, section)
        for entry in fields(rules):
            key = f"{section}.{entry.name}"
            value = getattr(rules, entry.name)
            told.append((key, _shown(value), profile.sources.get(key, DEFAULT), profile.reasons.get(key, "")))
    return tuple(told)


def _shown(value: object) -> Shown:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple) and any(is_dataclass(one) for one in value):
        return tuple(
            ", ".join(f"{f.name} = {getattr(one, f.name)}" for f in fields(one) if getattr(one, f.name))
            for one in value
        )
    return value  # type: ignore[return-value]  # a rule holds nothing else
