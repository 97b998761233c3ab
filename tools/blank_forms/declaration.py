"""Reads a form's declaration: `forms/<form id>.xml`, its row patterns written out, its white space folded."""

import copy
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

FORMS = Path(__file__).parent / "forms"
SEEN_IDS = ("need-notification", "group-report", "needs-checklist", "stakeholder-map", "group-consent")
"""The forms that a municipality shows in its own procedures."""
OWN_IDS = (
    "collaboration-consent",
    "consent-withdrawal",
    "coordinator-designation",
    "closure-notice",
    "service-request",
    "team-evaluation",
)
"""The forms that are named there but shown nowhere: the project's own design."""
FORM_IDS = SEEN_IDS + OWN_IDS
CODED_IDS = (*OWN_IDS, "group-consent", "group-report")
"""The forms that carry a code and corner marks."""
SEPARATOR = "separator"
"""The sheet that is laid between forms in a stack: no form, but with a code."""


def load(form_id: str) -> etree._Element:
    """The declaration of a form with every `<use>` replaced by what its `<define>` holds."""
    root = etree.parse(FORMS / f"{form_id}.xml", etree.XMLParser(remove_comments=True)).getroot()
    patterns = {define.get("name"): define for define in root.findall("define")}
    for define in patterns.values():
        root.remove(define)
    while (use := root.find(".//use")) is not None:
        _write_out(use, patterns)
    return root


def fields(root: etree._Element) -> Iterator[etree._Element]:
    """The fields of a loaded declaration in reading order."""
    return root.iter("field")


def fold(text: str | None) -> str:
    """White space of the XML file's own indentation folded to single spaces."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _write_out(use: etree._Element, patterns: Mapping[str | None, etree._Element]) -> None:
    words = {str(key): str(value) for key, value in use.attrib.items() if key != "def"}
    parent = use.getparent()
    if parent is None:
        raise ValueError("a form can't consist of one pattern")
    place = parent.index(use)
    for offset, element in enumerate(patterns[use.get("def")]):
        written = copy.deepcopy(element)
        for node in written.iter():
            node.text = _put(node.text, words)
            node.tail = _put(node.tail, words)
            for key, value in node.attrib.items():
                node.set(key, _put(str(value), words) or "")
        parent.insert(place + offset, written)
    parent.remove(use)


def _put(text: str | None, words: Mapping[str, str]) -> str | None:
    return re.sub(r"\{(\w+)\}", lambda found: words[found[1]], text) if text else text
