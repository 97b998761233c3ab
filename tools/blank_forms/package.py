"""Word files as bytes: an OOXML package of which two runs give the same bytes."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PARTS = Path(__file__).parent / "parts"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def package(document: etree._Element, title: str, size: float) -> bytes:
    """A Word file with this `w:document` and title; its letters' size in points if not said otherwise."""
    styles = part("styles.xml")
    for node in styles.findall(f"{{{W}}}docDefaults//{{{W}}}rPr/*"):
        if node.tag in (f"{{{W}}}sz", f"{{{W}}}szCs"):
            node.set(f"{{{W}}}val", str(round(size * 2)))
    core = part("core.xml")
    core[0].text = title
    return zipped(
        {
            "[Content_Types].xml": serialised(part("content-types.xml")),
            "_rels/.rels": serialised(part("package-rels.xml")),
            "word/document.xml": serialised(document),
            "word/_rels/document.xml.rels": serialised(part("document-rels.xml")),
            "word/styles.xml": serialised(styles),
            "word/numbering.xml": serialised(part("numbering.xml")),
            "word/settings.xml": serialised(part("settings.xml")),
            "docProps/core.xml": serialised(core),
        }
    )


def part(name: str) -> etree._Element:
    """A part that is the same in every form."""
    return etree.parse(_PARTS / name, etree.XMLParser(remove_blank_text=True)).getroot()


def serialised(root: etree._Element) -> bytes:
    """An XML part as it stands in a package."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a zip file with fixed times, in the order given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            archive.writestr(entry, content)
    return out.getvalue()


def with_picture(parts: dict[str, bytes], picture: bytes) -> str:
    """Adds a PNG to the parts of a Word file; gives the relationship's id."""
    path = "word/_rels/document.xml.rels"
    relationships = etree.fromstring(parts[path])
    number = len(relationships) + 1
    parts[f"word/media/image{number}.png"] = picture
    etree.SubElement(
        relationships,
        f"{{{_RELATIONSHIPS}}}Relationship",
        {"Id": f"rId{number}", "Type": f"{R}/image", "Target": f"media/image{number}.png"},
    )
    parts[path] = serialised(relationships)
    return f"rId{number}"


def picture_run(relationship: str, size: tuple[float, float], number: int) -> etree._Element:
    """A run that holds a picture, width and height in points; the number is unique in the document."""
    drawn = part("picture.xml")
    wide, high = (str(round(side * 12700)) for side in size)
    for element in drawn.iter(etree.Element):
        if "cx" in element.attrib:
            element.set("cx", wide)
            element.set("cy", high)
        if "id" in element.attrib:
            element.set("id", str(number))
        if f"{{{R}}}embed" in element.attrib:
            element.set(f"{{{R}}}embed", relationship)
    return drawn
