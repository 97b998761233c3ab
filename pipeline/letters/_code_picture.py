"""The picture of the project's own code, and of the marks that stand in the corners of a form with one."""

from __future__ import annotations

import io
import struct
import zlib

import segno

from pipeline.domain import FormCode
from pipeline.values import form_code_text

VERSION = 5
"""37 squares a side: of 25 mm with the white round it, each is 0.56 mm."""
_SQUARE = 12
_CORNER = 60


def code_picture(code: FormCode) -> bytes:
    """A square PNG of a code with the white it needs round it. ValueError when the code can't be written."""
    text = form_code_text(code)
    try:
        drawn = segno.make_qr(text, version=VERSION, error="q")
    except segno.DataOverflowError:
        drawn = segno.make_qr(text, error="q")
    out = io.BytesIO()
    drawn.save(out, kind="png", scale=_SQUARE, border=4)
    return out.getvalue()


def corner_picture() -> bytes:
    """A square PNG of a corner mark: black, with a white square of a third of its side in the middle."""
    third = _CORNER // 3
    black, middle = b"\x00" + b"\x00" * _CORNER, b"\x00" + b"\x00" * third + b"\xff" * third + b"\x00" * third
    rows = black * third + middle * third + black * third

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", _CORNER, _CORNER, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )
