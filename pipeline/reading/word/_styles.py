"""What a style says that matters here: heading, hidden, struck, a font of symbols."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from lxml import etree

from pipeline.reading.word._names import attribute, child, is_on, name, number
from pipeline.reading.word._package import parsed

_HEADINGS = ("heading", "overskrift", "title", "tittel", "subtitle")
_LONGEST_CHAIN = 12
_MOST_REMEMBERED = 1024**2


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How text looks. ``ascii`` and ``other`` are the fonts of plain letters and of all other characters."""

    hidden: bool = False
    struck: bool = False
    ascii: str = ""
    other: str = ""
    heading: bool = False


PLAIN = Look()


class Styles:
    """The document's styles by id."""

    def __init__(self, load: Callable[[], bytes]) -> None:
        """Hold how to get the part: it is often the file's largest, and many forms never name a style."""
        self._load = load
        self._looks: Mapping[str, Look] | None = None

    def look(self, style: str | None) -> Look:
        """A style's look with what it inherits; an unknown style is plain."""
        if not style:
            return PLAIN
        if self._looks is None:
            data = self._load()
            self._looks = _remembered(data) if len(data) <= _MOST_REMEMBERED else _looks(data)
        return self._looks.get(style, PLAIN)


@lru_cache(maxsize=8)
def _remembered(data: bytes) -> Mapping[str, Look]:
    """Forms from one template share their styles to the byte."""
    return _looks(data)


def _looks(data: bytes) -> Mapping[str, Look]:
    elements = {
        attribute(one, "styleId") or "": one
        for one in (parsed(data) if data else ())
        if name(one) == "style" and attribute(one, "type") in ("paragraph", "character", None)
    }
    looks: dict[str, Look] = {}
    for style in elements:
        _work_out(style, elements, looks, 0)
    return looks


def _work_out(style: str, elements: Mapping[str, etree._Element], looks: dict[str, Look], steps: int) -> Look:
    if style in looks:
        return looks[style]
    element = elements.get(style)
    if element is None or steps > _LONGEST_CHAIN:
        return PLAIN
    look, title, level, properties = PLAIN, "", None, None
    for part in element:
        match name(part):
            case "basedOn":
                look = _work_out(attribute(part, "val") or "", elements, looks, steps + 1)
            case "name":
                title = (attribute(part, "val") or "").lower()
            case "pPr":
                level = child(part, "outlineLvl")
            case "rPr":
                properties = part
    look = looked(look, properties, looks)
    if title.startswith(_HEADINGS) or (level is not None and number(level, default=9) < 9):
        look = replace(look, heading=True)
    looks[style] = look
    return look


def looked(look: Look, properties: etree._Element | None, styles: Styles | Mapping[str, Look]) -> Look:
    """A look changed by a run's properties."""
    if properties is None or not len(properties):
        return look
    hidden, struck, ascii_font, other = look.hidden, look.struck, look.ascii, look.other
    for one in properties:
        match name(one):
            case "rStyle":
                named = attribute(one, "val") or ""
                style = styles.look(named) if isinstance(styles, Styles) else styles.get(named, PLAIN)
                hidden, struck = hidden or style.hidden, struck or style.struck
                ascii_font, other = style.ascii or ascii_font, style.other or other
            case "vanish" | "specVanish":
                hidden = is_on(one)
            case "strike" | "dstrike":
                struck = is_on(one) or (struck and name(one) == "dstrike")
            case "rFonts":
                ascii_font = (attribute(one, "ascii") or ascii_font).lower()
                other = (attribute(one, "hAnsi") or other).lower()
    if (hidden, struck, ascii_font, other) == (look.hidden, look.struck, look.ascii, look.other):
        return look
    return Look(hidden=hidden, struck=struck, ascii=ascii_font, other=other, heading=look.heading)
