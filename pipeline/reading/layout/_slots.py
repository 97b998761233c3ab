"""Boxes drawn to write in beside their labels: no tables, though they are ruled."""

from __future__ import annotations

from pipeline.domain import Box, Line
from pipeline.reading.layout._grid import Grid

_RIM = 3.0
"""Points by which a field's border may lie outside the field."""


def is_border(grid: Grid, fields: list[Box]) -> bool:
    """Whether a lone box is the border of a field of the form, drawn on the page."""
    return len(grid.places) == 1 and any(
        all(abs(one - other) <= _RIM for one, other in zip(grid.box, field, strict=True)) for field in fields
    )


def is_slots(grid: Grid, words: list[Box], lines: list[list[Line]]) -> bool:
    """Whether a box, or a column of boxes, has one of the words left of each and at most one of its ``lines`` in it."""
    return len(grid.xs) == 2 and all(
        len(inside) < 2 and any(_left_of(word, place.box) for word in words)
        for place, inside in zip(grid.places, lines, strict=True)
    )


def after_labels(box: Box, lines: list[Line]) -> float:
    """Where a box stands in the order of lines: after those that stand left of it, on its height, as its labels."""
    labels = [line.box.top for line in lines if line.box and _left_of(line.box, box)]
    return max(box.top, min(labels, default=box.top))


def _left_of(words: Box, box: Box) -> bool:
    return words.x1 <= box.x0 + 1 and box.top < (words.top + words.bottom) / 2 < box.bottom
