"""What stands in a text reader's place where it can't be had on this machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Absent:
    """A reader that is not there: its ``name``, and one Norwegian sentence on how to get it."""

    name: str
    text: str
