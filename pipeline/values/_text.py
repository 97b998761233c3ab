"""Texts and names."""

from __future__ import annotations

import re

from pipeline.values._fold import LOST, tidy, without_fill
from pipeline.values._parsed import EMPTY, Parsed, doubtful

_ROW_NUMBER = re.compile(r"\d{1,2}\s?[.)]")
_NAME_ROW_NUMBER = re.compile(r"^(?:\d{1,2}\s?[.)]\s*){1,3}(?=[^\W\d])")
_DIGIT = re.compile(r"\d")
_LONGEST_NAME = 120


def parse_text(raw: str, *, row_number: int | None = None) -> Parsed:
    """Give a text on one line, without fill characters.

    ``row_number`` is the number printed before the row, if any: only that one is taken off, because
    «1. klasse» is an answer. A text that is nothing but a row number is empty.
    """
    text = without_fill(tidy(raw))
    if row_number is not None:
        text = re.sub(rf"^{row_number}\s?[.)](?!\d)\s*", "", text)
    if not text or _ROW_NUMBER.fullmatch(text):
        return EMPTY
    if LOST in text:
        return doubtful("lost-character", "Teksten har et tegn som ikke kan leses.", text)
    return Parsed(value=text)


def parse_person(raw: str) -> Parsed:
    """Give a name; digits or an address in a name's place are a doubt."""
    text = _NAME_ROW_NUMBER.sub("", without_fill(tidy(raw)), count=1).strip(" ,;:")
    parsed = parse_text(text)
    if parsed.value is None or parsed.doubt:
        return parsed
    name = parsed.value
    if _DIGIT.search(name):
        return doubtful("digits-in-name", "Navnet inneholder tall.", name)
    if "@" in name:
        return doubtful("not-a-name", "Det står en e-postadresse der navnet skal stå.", name)
    if not any(character.isalpha() for character in name):
        return doubtful("not-a-name", "Det står ikke et navn her.", name)
    if len(name) > _LONGEST_NAME:
        return doubtful("long-name", "Navnet er uvanlig langt.", name)
    return Parsed(value=name)
