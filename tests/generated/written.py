"""The nouns of a filled form: what is written at a field, and the value that must come out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Value = Any
Signature = Literal["picture", "typed", "none"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`written`: the lines as they stand on paper; `value`: what an extraction must give."""

    written: tuple[str, ...] = ()
    value: Value = None
    mark: Signature = "none"
    """How a signature line is signed."""
    rows: tuple[dict[str, Entry], ...] = ()
    """A rows field's written rows; an empty dict is a row left blank."""


BOTH = Entry(written=("both",))
"""Yes and no both ticked: no value."""


def line(text: str) -> Entry:
    return Entry(written=(text,), value=text)


def empty() -> Entry:
    return Entry()


@dataclass(kw_only=True)
class Filling:
    """A filled form as plain data, before anything is laid out."""

    form: str
    entries: dict[str, Entry]
    problems: list[tuple[str, ...]] = field(default_factory=list)
    """Loosely: for each, some problem of the extraction must name one of these fields."""

    @property
    def truth(self) -> dict[str, Value]:
        return {key: entry.value for key, entry in self.entries.items()}


@dataclass(kw_only=True)
class Filled:
    """One file on disk and what stands in it."""

    path: Any
    form: str
    carrier: str
    seed: int
    truth: dict[str, Value]
    status: str = "accepted"
    problems: list[tuple[str, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
