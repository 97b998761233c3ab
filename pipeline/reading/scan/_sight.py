"""Who looks at what on a sheet isn't text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.domain import Box, MarkState
from pipeline.reading.scan._types import Sheet, TickBox


class Verdict(Protocol):
    """What a judge of tick boxes says of one."""

    @property
    def state(self) -> MarkState:
        """On, off or unsure."""

    @property
    def confidence(self) -> float:
        """0 to 1."""

    @property
    def corrected(self) -> bool:
        """Whether the box was filled in or its mark struck out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """Who looks at what isn't text."""

    judge: Callable[[Sheet, Sequence[TickBox]], Sequence[Verdict]]
    """Tick boxes of one page → a verdict each."""
    handwriting: Callable[[Sheet, Box], float]
    """How surely a hand wrote what stands in a box, 0 to 1."""
    cell: Callable[[Sheet, Box], tuple[MarkState, float]]
    """Whether a table's cell holds a cross."""
