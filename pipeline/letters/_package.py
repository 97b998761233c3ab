"""A Word file as parts: what is in it, which parts are filled in, and the text of each paragraph.

Everything here is about the template as a municipality saved it; nothing is filled in.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from pipeline.errors import UnreadableError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BODY = "word/document.xml"
PROPERTIES = "docProps/core.xml"
FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml|docProps/core\.xml")
_LARGEST = 30_000_000
_NAMES = {
    "document": "brødteksten",
    "header": "toppteksten",
    "footer": "bunnteksten",
    "footnotes": "fotnotene",
    "endnotes": "sluttnotene",
    "core": "egenskapene",
}


def read_parts(content: bytes) -> dict[str, bytes]:
    """The parts of a Word file, in their order; UnreadableError when it isn't one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            if sum(entry.file_size for entry in entries) > _LARGEST:
                raise UnreadableError("Filen er for stor til å være en brevmal.")
            parts = {entry.filename: package.read(entry) for entry in entries if not entry.is_dir()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as fault:
        raise UnreadableError("Filen er ikke et Word-dokument.") from fault
    if BODY not in parts or "[Content_Types].xml" not in parts:
        raise UnreadableError("Filen er ikke et Word-dokument.")
    return parts


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a Word file, in their order; the same parts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            package.writestr(entry, content)
    return out.getvalue()


def parse(content: bytes) -> etree._Element:
    """A part's tree, without entities, network or a document type; UnreadableError when it isn't sound XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise UnreadableError("En del av Word-filen er ikke gyldig XML.") from fault
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise UnreadableError("En del av Word-filen har en dokumenttype, og det har ikke Word-filer.")
    return root


def place_of(part: str) -> str:
    """What a part is called by people: ``toppteksten (header1.xml)``."""
    name = part.rpartition("/")[2].removesuffix(".xml")
    return f"{_NAMES.get(name.rstrip('0123456789'), 'delen')} ({name}.xml)"


def paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Every paragraph in the order of its start."""
    return root.iter(f"{W}p")


def text_of(paragraph: etree._Element) -> str:
    """The text of a paragraph without that of paragraphs inside it (text boxes)."""
    return "".join(
        piece.text or ""
        for piece in paragraph.iter(f"{W}t")
        if next(piece.iterancestors(f"{W}p"), None) is paragraph
    )


def relations(parts: Mapping[str, bytes]) -> dict[str, tuple[str, str, bool]]:
    """The main part's relations: id → (kind, part, external)."""
    content = parts.get("word/_rels/document.xml.rels")
    if content is None:
        return {}
    return {
        entry.get("Id", ""): (
            entry.get("Type", "").rpartition("/")[2],
            "word/" + entry.get("Target", "").removeprefix("/word/"),
            entry.get("TargetMode") == "External",
        )
        for entry in parse(content)
    }
