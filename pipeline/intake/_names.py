"""Which names are left alone, and how a name is shown to people."""

from __future__ import annotations

import unicodedata

SYSTEM_NAMES = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})
GROWING_ENDINGS = (".part", ".partial", ".crdownload", ".tmp", ".filepart")


def left_alone(name: str) -> bool:
    """Whether a file of this name is not a document: hidden, a lock file of Word, a system's own, a half download."""
    folded = name.casefold()
    return folded.startswith((".", "~$")) or folded in SYSTEM_NAMES or folded.endswith(GROWING_ENDINGS)


def display_name(name: str) -> str:
    """Return the name for people: composed (NFC), without control or format characters, on one line.

    A name that is not UTF-8 keeps its readable part; nothing in it can end a log line or turn the text round.
    """
    readable = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    composed = unicodedata.normalize("NFC", readable)
    shown = "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp", "Cs"} else c for c in composed)
    return " ".join(shown.split()) or "uten navn"
