"""The names of WordprocessingML, in both its namespaces, and the limits that every walk keeps."""

from __future__ import annotations

from lxml import etree

from pipeline.errors import UnreadableError

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_PREFIXES = {
    _W: "",
    _W_STRICT: "",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14:",
    "http://schemas.microsoft.com/office/word/2012/wordml": "w15:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp:",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp:",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic:",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic:",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm:",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm:",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "urn:schemas-microsoft-com:vml": "v:",
    "urn:schemas-microsoft-com:office:office": "o:",
}
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_R_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_IN_W, _IN_STRICT = f"{{{_W}}}", f"{{{_W_STRICT}}}"
_OFF = frozenset({"0", "false", "off"})

MAX_DEPTH = 60
"""How deep containers (tables, controls, boxes) may lie inside each other, counted in steps of the walk."""

_known: dict[object, str] = {}
_MOST_KNOWN = 5_000


def name(element: etree._Element) -> str:
    """The element's short name: ``p``, ``w14:checkbox``, ``pic:pic``; ``?`` for what nobody here speaks of."""
    try:
        return _known[element.tag]
    except KeyError:
        return _shortened(str(element.tag))


def _shortened(tag: str) -> str:
    namespace, _, local = tag.lstrip("{").rpartition("}")
    prefix = _PREFIXES.get(namespace)
    short = "?" if prefix is None else prefix + local
    if len(_known) < _MOST_KNOWN:
        _known[tag] = short
    return short


def attribute(element: etree._Element, local: str) -> str | None:
    """A ``w:`` attribute in either namespace."""
    value = element.get(_IN_W + local)
    return value if value is not None else element.get(_IN_STRICT + local)


def relation(element: etree._Element, local: str = "id") -> str | None:
    """An ``r:`` attribute in either namespace."""
    value = element.get(f"{{{_R}}}{local}")
    return value if value is not None else element.get(f"{{{_R_STRICT}}}{local}")


def keeps_space(element: etree._Element) -> bool:
    """Whether the text's outer white space counts."""
    return element.get(_XML_SPACE) == "preserve"


def child(element: etree._Element | None, short: str) -> etree._Element | None:
    """The first child of that short name."""
    if element is not None:
        for one in element:
            if name(one) == short:
                return one
    return None


def children(element: etree._Element | None) -> dict[str, etree._Element]:
    """The children by short name, of each name the first."""
    found: dict[str, etree._Element] = {}
    if element is not None:
        for one in element:
            found.setdefault(name(one), one)
    return found


def is_on(element: etree._Element | None) -> bool:
    """A toggle: absent is off, present without a value is on."""
    if element is None:
        return False
    value = attribute(element, "val")
    return value is None or value.strip().lower() not in _OFF


def number(element: etree._Element | None, local: str = "val", *, default: int = 0, most: int = 1_000) -> int:
    """A whole number from an attribute, kept between 0 and ``most``; ``default`` when it is none."""
    text = None if element is None else attribute(element, local)
    try:
        return min(max(int(text), 0), most) if text is not None else default
    except ValueError:
        return default


def check_depth(depth: int) -> None:
    """Refuse a document whose parts lie absurdly deep in each other."""
    if depth > MAX_DEPTH:
        raise UnreadableError("Dokumentet er bygget opp på en måte som ikke kan leses.", code="too-deep")
