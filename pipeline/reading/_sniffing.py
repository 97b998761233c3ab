"""What kind of file it is, told by its content: the name proves nothing."""

from __future__ import annotations

import struct
import zipfile
from enum import StrEnum
from pathlib import Path

from pipeline.errors import LockedError, PassingError, UnreadableError

_HEAD = 2_048
_IMAGES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"II*\x00",
    b"MM\x00*",
    b"GIF87a",
    b"GIF89a",
    b"BM",
    b"\x00\x00\x00\x0cjP  ",
)
_HEIF = {b"heic", b"heix", b"mif1", b"msf1", b"avif", b"heim", b"hevc"}
_MOST_FRAMES = 1_000


class Kind(StrEnum):
    """The kinds of file that can be taken in."""

    WORD = "word"
    PDF = "pdf"
    IMAGE = "image"


def kind_of(path: Path) -> Kind:
    """Tell a file's kind. Raises ``UnreadableError`` or ``LockedError`` with a clerk's sentence for any other."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise PassingError("Filen kan ikke åpnes akkurat nå.", code="io") from error
    if not head:
        raise UnreadableError("Filen er tom. Be avsender sende den på nytt.", code="empty")
    if b"%PDF" in head[:1_024]:
        return Kind.PDF
    if head.startswith(b"PK"):
        return _zipped(path)
    if head.startswith(_IMAGES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP") or _is_heif(head):
        return Kind.IMAGE
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        _compound(path)
    if head.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError(
            "Filen er i RTF-format, som ikke leses. Åpne den i Word, lagre som .docx eller PDF, og legg den inn igjen.",
            code="rtf",
        )
    if head.lstrip()[:200].lower().startswith((b"<!doctype html", b"<html")):
        raise UnreadableError(
            "Filen er en nettside, ikke et skjema. Skriv den ut til PDF og legg den inn igjen.", code="html"
        )
    if not head.strip(b"\x00"):
        raise UnreadableError("Filen har ikke noe innhold. Be avsender sende den på nytt.", code="blank")
    raise UnreadableError(
        "Filtypen er ukjent. Skjemaet må være en Word-fil (.docx), PDF eller et bilde.", code="unknown-kind"
    )


def _is_heif(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in _HEIF


def _zipped(path: Path) -> Kind:
    """A zip is Word when its list of contents says so."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = b""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mimetype = archive.read("mimetype")
            word = any(name.startswith("word/") for name in names)
            if (
                not word
                and "[Content_Types].xml" in names
                and archive.getinfo("[Content_Types].xml").file_size < 1_000_000
            ):
                word = b"wordprocessingml" in archive.read("[Content_Types].xml")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, RuntimeError, ValueError, NotImplementedError,
            struct.error, KeyError, OverflowError) as error:  # fmt: skip
        raise UnreadableError(
            "Filen er skadet eller ikke hel. Be avsender sende den på nytt.", code="broken"
        ) from error
    except Exception as error:
        import zlib

        if isinstance(error, zlib.error):
            raise UnreadableError(
                "Filen er skadet eller ikke hel. Be avsender sende den på nytt.", code="broken"
            ) from error
        raise
    if word:
        return Kind.WORD
    if b"opendocument.text" in mimetype:
        raise UnreadableError(
            "Filen er laget i LibreOffice (.odt). Lagre den som .docx eller PDF, og legg den inn igjen.",
            code="odt",
        )
    raise UnreadableError(
        "Filen er en pakke (zip) eller et regneark, ikke et skjema. Pakk den ut, eller lagre den som PDF.",
        code="unknown-kind",
    )


def _compound(path: Path) -> None:
    """An old Office file; a new one with a password is packed the same way."""
    with path.open("rb") as file:
        content = file.read(4_000_000)
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise LockedError(code="locked")
    raise UnreadableError(
        "Filen er i et gammelt Office-format (.doc eller lignende). Åpne den i Word, lagre som .docx eller PDF, og legg den inn igjen.",
        code="old-doc",
    )


def frames_of(path: Path) -> int:
    """How many pages an image file holds: those of a TIFF are counted, any other has one."""
    with path.open("rb") as file:
        mark = file.read(4)
        if mark not in {b"II*\x00", b"MM\x00*"}:
            return 1
        order = "<" if mark == b"II*\x00" else ">"
        seen: set[int] = set()
        try:
            (place,) = struct.unpack(order + "I", file.read(4))
            while place and place not in seen and len(seen) < _MOST_FRAMES:
                seen.add(place)
                file.seek(place)
                (entries,) = struct.unpack(order + "H", file.read(2))
                file.seek(entries * 12, 1)
                (place,) = struct.unpack(order + "I", file.read(4))
        except struct.error:
            return max(1, len(seen))
    return max(1, len(seen))
