"""Places on a scanned page that are looked at once more: values, and where somebody may sign."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.domain._document import Box


class ValuePlace(NamedTuple):
    """Where a form's value stands on a page, to be read once more; ``kind`` is its field's (``date``, ``phone`` …)."""

    page: int
    box: Box
    kind: str


class SigningPlace(NamedTuple):
    """Where a form asks for a signature: its label, and how far to the right its line may go (points of the layout).

    ``room``: the cells that are there for it; None on the open page, where the lines tell. ``covered``: what the label
    says when a signature covers it, so that it stands on the page only here, right of what stands at ``beside``.
    ``above`` and ``below``: where the form's nearest print over and under the place ends and begins.
    """

    page: int
    label: Box
    until: float
    room: Box | None = None
    covered: str = ""
    beside: Box | None = None
    above: float = 0.0
    below: float = 1e6


class FieldRoom(NamedTuple):
    """The room that a field's value has on a page (points of the layout), to see whether all that stands there was read.

    ``empty``: nothing was, so that words with a line through are worth a look.
    """

    field: str
    page: int
    boxes: tuple[Box, ...]
    empty: bool = False
