"""Whether the end of a file is there."""

from __future__ import annotations

from pathlib import Path

PDF_TAIL = 4096
ZIP_TAIL = 65_557
"""The end record of a zip file and the longest comment that may follow it, in bytes."""


def has_end(path: Path) -> bool:
    """Whether a PDF has its ``%%EOF`` and a zip its directory's end record; other kinds have no end to look for.

    An empty file has none. Raises OSError when the file can't be read.
    """
    with path.open("rb") as file:
        head = file.read(1024)
        size = file.seek(0, 2)
        if not head:
            return False
        if head.startswith(b"PK\x03\x04"):
            file.seek(max(0, size - ZIP_TAIL))
            return _zip_ends(file.read(), size)
        if b"%PDF-" in head:
            file.seek(max(0, size - PDF_TAIL))
            return b"%%EOF" in file.read()
    return True


def _zip_ends(tail: bytes, size: int) -> bool:
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        return False
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    start = int.from_bytes(tail[at + 16 : at + 20], "little")
    return start + length <= size
