"""What a parser gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Parsed:
    """A value read from text. ``value`` None with no ``doubt``: surely empty.

    ``doubt`` is a Norwegian sentence when a person must look; ``value`` is then the best guess or None.
    ``code`` is the doubt's stable short name, ``""`` when there is none.
    """

    value: str | None
    doubt: str = ""
    code: str = ""


EMPTY = Parsed(value=None)


def doubtful(code: str, sentence: str, value: str | None = None) -> Parsed:
    """Give a doubt, with the best guess when there is one."""
    return Parsed(value=value, doubt=sentence, code=code)
