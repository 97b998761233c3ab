"""Pictures that are no good form: each gives a record to review or one clear sentence, never a crash."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from pipeline.domain import ReadingStatus, Submission
from pipeline.wiring import reading_kit

REPO = Path(__file__).resolve().parents[2]
SCAN = next((REPO / "templates" / "forms" / "samples").glob("10-*"))


def bomb() -> bytes:
    """A PNG of 30,000 by 30,000 white dots in some kilobytes."""
    side = 30_000
    packed = zlib.compressobj(1)
    row = b"\0" + b"\xff" * (side // 8)
    data = b"".join(packed.compress(row * 1000) for _ in range(side // 1000)) + packed.flush()

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def giant() -> bytes:
    """A scan on a page beyond what PDF allows."""
    writer = PdfWriter()
    page = writer.add_page(PdfReader(SCAN).pages[0])
    page.scale_to(14_401, 14_401)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def half() -> bytes:
    """The upper half of a form."""
    whole = PdfReader(SCAN).pages[0].images[0].image
    assert whole is not None
    return jpeg(whole.crop((0, 0, whole.width, whole.height // 2)))


def cat() -> bytes:
    """A photo of something that is no paper."""
    noise = np.random.default_rng(7).normal(0, 25, (1200, 1600, 3))
    slope = np.linspace(40, 220, 1600)[None, :, None]
    return jpeg(Image.fromarray(np.clip(slope + noise, 0, 255).astype(np.uint8)))


def jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70, dpi=(200, 200))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "make"), [("bombe.png", bomb), ("stor.pdf", giant), ("halv.jpg", half), ("katt.jpg", cat)]
)
def test_a_bad_scan_ends_with_a_sentence(name: str, make: Callable[[], bytes], tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    for read in reading_kit(REPO).read(path):
        assert read.status in (ReadingStatus.REVIEW, ReadingStatus.REJECTED)
        assert sentence(read), (read.status, read.doubts)


def sentence(read: Submission) -> bool:
    texts = [doubt.text for _, doubt in read.doubts]
    return bool(texts) and all(re.fullmatch(r"(?s)[A-ZÆØÅ«].+[.!]", text) for text in texts)
