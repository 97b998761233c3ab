"""The places on a blank for a printed code and the marks in its corners, and how pictures are put there.

A blank is drawn with these places empty; `coded` puts the pictures there before the blank is printed to PDF, so that
both carriers show the same. What the code says stands in the file's properties too, as its subject.
"""

import io
import tomllib
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from pipeline.domain import FormCode
from pipeline.letters import code_picture, corner_picture
from pipeline.values import form_code_text
from tools.blank_forms.declaration import CODED_IDS, SEPARATOR
from tools.blank_forms.package import R, W, serialised, zipped

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_FOOTER = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_DC = "http://purl.org/dc/elements/1.1/"
_DECLARED = Path(__file__).parents[2] / "config" / "forms"
_EMU = 36_000  # to a millimetre


@dataclass(frozen=True, kw_only=True)
class Area:
    """A square on an A4 page: its left and top side from the upper left corner, and its side, in millimetres."""

    left: float
    top: float
    side: float


CODE = Area(left=170, top=257, side=25)
"""Where the code goes: bottom right, 15 mm from the page's edges, white all round."""
CORNERS = tuple(Area(left=left, top=top, side=5) for top in (7, 285) for left in (7, 198))
"""Where the corner marks go: upper left, upper right, lower left, lower right, 7 mm from the edges."""


@cache
def code_of(form_id: str) -> FormCode:
    """The code of a form's blank: its id and the version that is declared."""
    if form_id == SEPARATOR:
        return FormCode(form=SEPARATOR, version="1")
    declared = tomllib.loads((_DECLARED / f"{form_id}.toml").read_text("utf-8"))
    return FormCode(form=form_id, version=declared["version"])


def coded(form_id: str, blank: bytes) -> bytes:
    """A form's Word blank with its code and marks, when it is one that has them."""
    if form_id not in (*CODED_IDS, SEPARATOR):
        return blank
    code = code_of(form_id)
    return with_code(blank, code=code_picture(code), corner=corner_picture(), subject=form_code_text(code))


def with_code(blank: bytes, *, code: bytes, corner: bytes | None = None, subject: str = "") -> bytes:
    """A Word blank with a square PNG at `CODE`, and another at each of `CORNERS`; they stand in the page's footer."""
    with zipfile.ZipFile(io.BytesIO(blank)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    placed = [(CODE, "rId1", "Skjemakode")]
    if corner is not None:
        placed += [(area, "rId2", f"Hjørnemerke {number}") for number, area in enumerate(CORNERS, start=1)]
    pictures = {"rId1": code} | ({"rId2": corner} if corner is not None else {})
    parts["word/footer1.xml"] = serialised(_footer(placed))
    parts["word/_rels/footer1.xml.rels"] = serialised(_relationships(pictures))
    for name, picture in pictures.items():
        parts[f"word/media/footer-{name}.png"] = picture
    types = etree.fromstring(parts["[Content_Types].xml"])
    attributes = {"PartName": "/word/footer1.xml", "ContentType": _FOOTER}
    etree.SubElement(types, f"{{{_TYPES}}}Override", attributes)
    parts["[Content_Types].xml"] = serialised(types)
    path = "word/_rels/document.xml.rels"
    relationships = etree.fromstring(parts[path])
    attributes = {"Id": "rIdFooter", "Type": f"{R}/footer", "Target": "footer1.xml"}
    etree.SubElement(relationships, f"{{{_RELATIONSHIPS}}}Relationship", attributes)
    parts[path] = serialised(relationships)
    document = etree.fromstring(parts["word/document.xml"])
    for section in document.iter(f"{{{W}}}sectPr"):
        reference = etree.Element(f"{{{W}}}footerReference")
        reference.set(f"{{{W}}}type", "default")
        reference.set(f"{{{R}}}id", "rIdFooter")
        section.insert(0, reference)
    parts["word/document.xml"] = serialised(document)
    if subject:
        core = etree.fromstring(parts["docProps/core.xml"])
        etree.SubElement(core, f"{{{_DC}}}subject").text = subject
        parts["docProps/core.xml"] = serialised(core)
    return zipped(parts)


def _relationships(pictures: dict[str, bytes]) -> etree._Element:
    root = etree.Element(f"{{{_RELATIONSHIPS}}}Relationships", nsmap={None: _RELATIONSHIPS})
    for name in pictures:
        attributes = {"Id": name, "Type": f"{R}/image", "Target": f"media/footer-{name}.png"}
        etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", attributes)
    return root


def _footer(placed: list[tuple[Area, str, str]]) -> etree._Element:
    root = etree.Element(f"{{{W}}}ftr", nsmap={"w": W, "r": R, "wp": _WP, "a": _A, "pic": _PIC})
    paragraph = etree.SubElement(root, f"{{{W}}}p")
    properties = etree.SubElement(paragraph, f"{{{W}}}pPr")
    spacing = {"before": "0", "after": "0", "line": "20", "lineRule": "exact"}
    etree.SubElement(
        properties, f"{{{W}}}spacing", {f"{{{W}}}{key}": value for key, value in spacing.items()}
    )
    for number, (area, relationship, name) in enumerate(placed, start=900):
        run = etree.SubElement(paragraph, f"{{{W}}}r")
        drawing = etree.SubElement(run, f"{{{W}}}drawing")
        drawing.append(etree.fromstring(_anchor(area, relationship, name, number)))
    return root


def _anchor(area: Area, relationship: str, name: str, number: int) -> str:
    """A picture at a place on the page, behind the text; described, so that a screen reader can tell of it."""
    left, top, side = (round(length * _EMU) for length in (area.left, area.top, area.side))
    return (
        f'<wp:anchor xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:pic="{_PIC}" xmlns:r="{R}" distT="0" distB="0"'
        ' distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="1" locked="1" layoutInCell="1"'
        ' allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{side}" cy="{side}"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="{name}" descr="{name}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:anchor>"
    )
