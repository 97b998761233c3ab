"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from pathlib import Path

LEFT_FOR_SECONDS = 600.0
"""A half file so old belongs to nobody who still writes."""


def write_whole(path: Path, content: bytes) -> None:
    """Lay a file at its place in one step, readable for its owner only (0600), safe against a power cut when it returns.

    It is written beside its place, flushed and renamed; whoever looks sees the old file or the new, never half of one. The
    OSError of a full disk or a missing folder goes on to the caller, with nothing left behind. After a kill the next try writes
    over the half file: one place has one.
    """
    beside = path.parent / f".{hashlib.sha256(path.name.encode()).hexdigest()[:16]}.part"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    handle = os.open(beside, flags, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def sweep(folder: Path) -> int:
    """Remove half files that a killed process left and nobody came back to write. Returns how many."""
    swept = 0
    for half in folder.glob(".*.part"):
        with contextlib.suppress(OSError):
            if time.time() - half.stat().st_mtime > LEFT_FOR_SECONDS:
                half.unlink()
                swept += 1
    return swept
