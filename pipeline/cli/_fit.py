"""What may be written on the command line at all: no hidden characters, and no more than a letter can hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from pipeline.errors import UsageError

LONGEST = 10_000
"""Characters in one argument; a page of text has some three thousand."""
_ALLOWED = frozenset("\n\t\r")
_FILES = frozenset({"ingest", "extract", "inspect"})
"""Commands that take files under whatever names they have."""
_UNFIT = frozenset("\ufffe\uffff\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""No characters at all, and marks that turn the direction of writing: what is read is then not what stands there."""


def refuse_unfit(arguments: Sequence[str]) -> None:
    """Raise UsageError for a text with control characters, marks that turn the writing, broken characters, or one that is far too long."""
    if arguments and arguments[0] in _FILES:
        return
    for text in arguments:
        if len(text) > LONGEST:
            raise UsageError(f"En av tekstene er for lang ({len(text)} tegn). Høyst {LONGEST} tegn.")
        if any(
            one in _UNFIT or (unicodedata.category(one) in ("Cc", "Cs") and one not in _ALLOWED)
            for one in text
        ):
            raise UsageError("En av tekstene har skjulte tegn (styretegn). Skriv den på nytt uten dem.")
