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
_CORNER = (8, 10, 14)
"""Dots of a corner mark from its edge inwards: a black ring, a white one, a black square; no mass that a scanner's
program takes for a punch hole."""


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
    """A square PNG of a corner mark: a black ring, a white one, a black square."""
    ring, white, middle = _CORNER
    side = 2 * (ring + white) + middle
    lengths = (ring, white, middle, white, ring)

    def row(*shades: int) -> bytes:
        return b"\x00" + b"".join(bytes([shade]) * one for shade, one in zip(shades, lengths, strict=True))

    black, outer, inner = row(0, 0, 0, 0, 0), row(0, 255, 255, 255, 0), row(0, 255, 0, 255, 0)
    rows = black * ring + outer * white + inner * middle + outer * white + black * ring

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )
