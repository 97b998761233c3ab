"""Small PDF files written by hand: nothing but what a test wants to say stands in them."""

from __future__ import annotations

from pathlib import Path

from pipeline.domain import Document, Entry, Ink, Line, Mark, Piece, Table, Word
from pipeline.reading import read

FONTS = (
    "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> "
    "/ZD << /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >> "
    "/WD << /Type /Font /Subtype /TrueType /BaseFont /Wingdings-Regular /Encoding /WinAnsiEncoding >>"
)


def text(x: float, y: float, words: str, *, font: str = "F1", size: float = 10, before: str = "") -> str:
    """Words at a place (origin bottom left)."""
    safe = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"q BT {before} /{font} {size} Tf {x} {y} Td ({safe}) Tj ET Q\n"


def line(x0: float, y0: float, x1: float, y1: float, *, width: float = 0.7) -> str:
    """A stroked line."""
    return f"q {width} w {x0} {y0} m {x1} {y1} l S Q\n"


def square(x: float, y: float, side: float = 10) -> str:
    """A stroked rectangle."""
    return f"q 0.7 w {x} {y} {side} {side} re S Q\n"


def cross(x: float, y: float, side: float = 10) -> str:
    """Two slanting lines."""
    return line(x, y, x + side, y + side) + line(x, y + side, x + side, y)


def pdf(
    *contents: str, annotations: str = "", objects: tuple[str, ...] = (), page: str = "", root: str = ""
) -> bytes:
    """A whole file. ``objects`` are numbered from 100; ``annotations`` are references on the first page."""
    count = len(contents)
    parts: dict[int, bytes] = {}
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(count))
    parts[1] = f"<< /Type /Catalog /Pages 2 0 R {root} >>".encode("latin-1")
    parts[2] = f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode()
    for n, content in enumerate(contents):
        extra = f"/Annots [{annotations}]" if annotations and n == 0 else ""
        box = "" if "/MediaBox" in page else "/MediaBox [0 0 595 842]"
        parts[10 + 2 * n] = (
            f"<< /Type /Page /Parent 2 0 R {box} /Contents {11 + 2 * n} 0 R {extra} {page} "
            f"/Resources << /Font << {FONTS} >> /XObject << /Im 5 0 R /Fm 6 0 R >> >> >>"
        ).encode()
        data = content.encode("cp1252")
        parts[11 + 2 * n] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)
    parts[5] = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>"
        b"\nstream\n\x40\nendstream"
    )
    form = square(0, 0).encode() + cross(0, 0).encode()
    parts[6] = (
        b"<< /Type /XObject /Subtype /Form /BBox [-5 -5 50 50] /Length %d >>\nstream\n%s\nendstream"
        % (
            len(form),
            form,
        )
    )
    for n, each in enumerate(objects):
        parts[100 + n] = each.encode("latin-1")
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, int] = {}
    for number, body in sorted(parts.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (max(places) + 1, start)
    return bytes(out)


def stream(data: str, extra: str = "") -> str:
    """An object with a stream."""
    return f"<< {extra} /Length {len(data)} >>\nstream\n{data}\nendstream"


def read_bytes(tmp_path: Path, data: bytes) -> Document:
    """Read bytes as a file."""
    path = tmp_path / "skjema.pdf"
    path.write_bytes(data)
    return read(path, source="skjema.pdf")


def drawn(tmp_path: Path, *contents: str, page: str = "") -> Document:
    """Read pages of drawing."""
    return read_bytes(tmp_path, pdf(*contents, page=page))


def pieces(document: Document) -> list[Piece]:
    """Every piece of every page."""
    return [piece for page in document.pages for piece in page.pieces()]


def words(document: Document) -> list[str]:
    """Every word's text."""
    return [piece.text for piece in pieces(document) if isinstance(piece, Word)]


def marks(document: Document) -> list[Mark]:
    """Every mark."""
    return [piece for piece in pieces(document) if isinstance(piece, Mark)]


def states(document: Document) -> list[str]:
    """Every mark's state."""
    return [mark.state.value for mark in marks(document)]


def entries(document: Document) -> dict[str, Entry]:
    """Every entry by name."""
    return {piece.name: piece for piece in pieces(document) if isinstance(piece, Entry)}


def inks(document: Document) -> list[str]:
    """Every ink's kind."""
    return [piece.kind.value for piece in pieces(document) if isinstance(piece, Ink)]


def tables(document: Document) -> list[Table]:
    """The tables that stand directly on the pages."""
    return [block for page in document.pages for block in page.blocks if isinstance(block, Table)]


def lines(document: Document) -> list[str]:
    """Every line's text, those in tables too."""
    return [each.text for page in document.pages for each in page.lines]


def loose(document: Document) -> list[str]:
    """The lines that stand in no table."""
    return [block.text for page in document.pages for block in page.blocks if isinstance(block, Line)]
