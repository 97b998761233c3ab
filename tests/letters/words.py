"""A Word file as plain text, read with nothing of the program's own."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARKS = {"Heading1": "# ", "Heading2": "## ", "Punkt": "- "}


def paragraphs(content: bytes, part: str = "word/document.xml") -> list[str]:
    """The text of each paragraph; hard spaces as spaces, line breaks as ``⏎``, tabs as tabs."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = ElementTree.fromstring(package.read(part))
    made = []
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        mark = _MARKS.get(style.get(f"{W}val", "") if style is not None else "", "")
        pieces = []
        for piece in paragraph.iter():
            if piece.tag == f"{W}t":
                pieces.append(piece.text or "")
            elif piece.tag == f"{W}br":
                pieces.append("⏎")
            elif piece.tag == f"{W}tab":
                pieces.append("\t")
        made.append(mark + "".join(pieces))
    return made


def plain(content: bytes) -> str:
    """The whole letter: head, body, foot."""
    lines = []
    for part in ("word/header1.xml", "word/document.xml", "word/footer1.xml"):
        lines += [line.replace("\u00a0", " ") for line in paragraphs(content, part) if line.strip()]
    return "\n".join(lines) + "\n"
