"""A profile asked by dotted key (``annual.remind_on``), as the rules name its values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pipeline.municipalities import Profile

T = TypeVar("T")


def value_of(profile: Profile, dotted: str) -> object:
    """What a key of the profile holds; the loader has checked that there is such a key."""
    section, _, name = dotted.partition(".")
    return getattr(getattr(profile, section), name)


def says(profile: Profile, where: Mapping[str, object]) -> bool:
    """Whether the profile says what a rule asks: ``True`` any value at all, ``False`` none, else that very value."""
    for key, wanted in where.items():
        value = value_of(profile, key)
        if isinstance(wanted, bool) and not isinstance(value, bool):
            if (value not in (None, "", ())) is not wanted:
                return False
        elif value != wanted:
            return False
    return True


def amounts(profile: Profile, amount: int | str) -> tuple[int, ...]:
    """The numbers an amount stands for: itself, or what the profile's key holds; none when the profile is silent."""
    return _several(value_of(profile, amount) if isinstance(amount, str) else amount, int)


def month_days(profile: Profile, on: str) -> tuple[str, ...]:
    """The days of the year a step names: itself, or what the profile's key holds."""
    return tuple(day for day in _several(value_of(profile, on) if "." in on else on, str) if day)


def phases(profile: Profile) -> tuple[tuple[str, int], ...]:
    """The transitions of life in order (T-28), each with the age that the person turns that year."""
    rules = profile.phases
    return (
        ("primary-school", rules.primary_school),
        ("lower-secondary", rules.lower_secondary),
        ("upper-secondary", rules.upper_secondary),
        ("after-school", rules.after_school),
    )


def _several(value: object, kind: type[T]) -> tuple[T, ...]:
    values = value if isinstance(value, tuple) else (value,)
    return tuple(one for one in values if isinstance(one, kind) and not isinstance(one, bool))
