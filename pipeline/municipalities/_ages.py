"""The ages at which something changes for a person, as a municipality's profile holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

MonthDay = Annotated[str, "MM-DD"]
"""A day that every year has, as ``MM-DD``; ``""`` when there is none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AgeRules:
    """At which ages a person's say changes (T-16 to T-21). ``transition_months_before``: how early the letters of 16 and 18 go out."""

    hear: int = 7
    great_weight: int = 12
    notify_minor: int = 15
    consent: int = 16
    majority: int = 18
    transition_months_before: tuple[int, ...] = (6, 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseRules:
    """Transitions of life (T-28): each in the year the person turns that age. ``starts_on``: the day of that year, ``MM-DD``.

    ``lead_months``: how early each is planned, None: nobody is reminded. ``unit_told``: the unit gets a task too (L-003-8).
    """

    primary_school: int = 6
    lower_secondary: int = 13
    upper_secondary: int = 16
    after_school: int = 19
    starts_on: MonthDay = "08-15"
    lead_months: int | None = None
    unit_told: bool = False
