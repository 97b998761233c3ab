"""Lay what could not be read where the clerk finds it, with the reason beside it."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

REASON_FILE = "Årsak.txt"
LONGEST_NAME = 120
"""Characters kept of a file's own name; the ending is kept whole."""


def put_aside(original: Path, folder: Path, *, document: str, source: str, reason: str, at: datetime) -> Path:
    """Copy the original to ``put-aside/<document>/`` with a text file that says why. Done again it changes nothing.

    Returns the folder. Raises OSError when it can't be written.
    """
    place = folder / document
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy = place / _safe(source)
    if not copy.exists() or copy.stat().st_size != original.stat().st_size:
        aside = place / ".kopi"
        shutil.copyfile(original, aside)
        aside.chmod(0o600)
        aside.replace(copy)
    text = (
        f"Dokument {document} ble lagt til side {at:%d.%m.%Y kl. %H.%M}.\n\n"
        f"Årsak: {reason}\n\n"
        f"Filen er tatt vare på uendret. Når årsaken er rettet, kjør: skjemaflyt retry {document}\n"
    )
    (place / REASON_FILE).write_text(text, encoding="utf-8")
    return place


def _safe(source: str) -> str:
    cleaned = "".join("_" if c in '/\\:*?"<>|' else c for c in source).strip(" .") or "uten navn"
    if cleaned == REASON_FILE:
        cleaned = f"_{cleaned}"
    if len(cleaned) <= LONGEST_NAME:
        return cleaned
    stem, dot, ending = cleaned.rpartition(".")
    if dot and len(ending) <= 10:
        return stem[: LONGEST_NAME - len(ending) - 1] + "." + ending
    return cleaned[:LONGEST_NAME]
