"""White space, invisible characters and fill characters."""

from __future__ import annotations

import re
import unicodedata

# Soft hyphen, zero width space, word joiner, BOM, and direction marks (telephones' address books paste the last ones).
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_LEADERS = re.compile(
    r"""
    _(?:\s*_)+            # ____ and _ _ _
    | (?<!\S)_(?!\S)      # what is left of a fill line that was typed over
    | \.(?:\s*\.){3,}     # .... and . . . .
    | …(?:\s*[….])+       # …… and ….
    """,
    re.VERBOSE,
)
_NOTHING = re.compile(r"[\s_.…·,:;\-‐‑‒–—―/\\|]*")

LOST = "\ufffd"


def tidy(raw: str) -> str:
    """Give the text in NFC on one line, without invisible characters; half a character becomes U+FFFD."""
    if raw.isprintable():  # neither control nor invisible characters, and no white space but plain spaces
        return " ".join((raw if raw.isascii() else unicodedata.normalize("NFC", raw)).split())
    text = _SURROGATE.sub(LOST, raw)
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", _SPACE.sub(" ", text)).strip()


def without_fill(text: str) -> str:
    """Take fill characters (``____``, ``....``) out of tidy text; an address keeps its underscores."""
    if is_nothing(text):
        return ""
    tokens = text.split(" ")
    if any("@" in token for token in tokens):
        text = " ".join(t.strip("_") if "@" in t else _LEADERS.sub(" ", t) for t in tokens)
    else:
        text = _LEADERS.sub(" ", text)
    text = _SPACE.sub(" ", text).strip(" _")
    if text.startswith(("…", "..")):
        text = text.strip(" _.…")
    return "" if is_nothing(text) else text


def is_nothing(text: str) -> bool:
    """Whether the text is only fill characters and punctuation that nobody means as an answer."""
    return _NOTHING.fullmatch(text) is not None


def fold(text: str) -> str:
    """Fold a text for comparing labels: letter case, composition, invisible characters, dashes, white space."""
    tidied = tidy(text)
    if tidied.isascii():
        return tidied.lower()
    folded = unicodedata.normalize("NFC", tidied.casefold())
    return _SPACE.sub(" ", _DASHES.sub("-", folded)).strip()
