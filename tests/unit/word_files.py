"""Word files for tests, written as raw XML in the smallest package that is one."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from pipeline.domain import Block, Entry, Gap, Ink, Line, Mark, Piece, Word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{_R}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
ROOT_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    """A paragraph of runs and the like."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(content)}</w:p>"


def text(words: str) -> str:
    """A paragraph of one run."""
    return paragraph(run(words))


def sdt(properties: str, content: str) -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def field(data: str, instruction: str, result: str | None = None) -> str:
    """A legacy form field."""
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}' if result is not None else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>{shown}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def cell(content: str, properties: str = "") -> str:
    """A table cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str) -> str:
    """A table of rows, each the XML of its cells."""
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def write(
    path: Path,
    body: str,
    *,
    parts: Mapping[str, str] | None = None,
    relations: Mapping[str, tuple[str, str]] | None = None,
    strict: bool = False,
) -> Path:
    """Write a Word file. ``relations``: id to (last word of the type, target) of the main part."""
    document = f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
    linked = "".join(
        f'<Relationship Id="{key}" Type="{_R}/{kind}" Target="{target}"/>'
        for key, (kind, target) in (relations or {}).items()
    )
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT_RELATIONS,
        "word/document.xml": document,
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{linked}</Relationships>'
        ),
        **(parts or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in files.items():
            archive.writestr(part, _strictly(content) if strict else content)
    return path


def _strictly(content: str) -> str:
    return content.replace(W, STRICT).replace(_R, "http://purl.oclc.org/ooxml/officeDocument/relationships")


def spelled(piece: Piece) -> str:
    """A piece in short: words as they are, ~struck~, +glued, <on:X>, {name=value}, [ink], |."""
    match piece:
        case Word():
            word = f"~{piece.text}~" if piece.struck else piece.text
            return f"+{word}" if piece.glued else word
        case Mark():
            return f"<{piece.state}:{piece.glyph or piece.name}>"
        case Entry():
            return f"{{{piece.name}={piece.value}}}"
        case Ink():
            return f"[{piece.kind}]"
        case Gap():
            return "|"


def drawn(blocks: tuple[Block, ...]) -> list[object]:
    """Blocks in short: a string a line, a dict a table, its cells by place and span."""
    found: list[object] = []
    for block in blocks:
        if isinstance(block, Line):
            found.append(("# " if block.heading else "") + " ".join(spelled(piece) for piece in block.pieces))
        else:
            found.append({(c.row, c.column, c.row_span, c.column_span): drawn(c.blocks) for c in block.cells})
    return found
