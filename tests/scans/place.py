"""Where something was drawn on a page, in points from its top left corner."""

from __future__ import annotations

from dataclasses import dataclass, field

Corners = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Placed:
    """`kind`: `print`, `typed`, `hand`, `digits`, `tick` or `signature`; `box`: (x0, top, x1, bottom)."""

    page: int
    """From 0."""
    kind: str
    box: Corners
    field: str = ""
    text: str = ""
    manner: str = ""
    """How a box was ticked: a mark's name, `off`, `corrected`, `dot`; how a line was signed."""
    bare: bool = False
    """No box is printed."""


@dataclass(kw_only=True)
class Places:
    """All that was drawn in one file."""

    all: list[Placed] = field(default_factory=list)
    smallest: float = 99.0
    """The smallest size anything was written in, in points."""
