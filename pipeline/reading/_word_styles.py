"""What a style says that matters here: heading, hidden, struck, a font of symbols."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from pipeline.reading._word_names import attribute, child, is_on, name, number

_HEADINGS = ("heading", "overskrift", "title", "tittel", "subtitle")
_LONGEST_CHAIN = 12


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

    def __init__(self, root: etree._Element | None) -> None:
        """Index the styles; each is worked out when it is first asked for."""
        self._elements = {
            attribute(one, "styleId") or "": one
            for one in (root if root is not None else ())
            if name(one) == "style"
        }
        self._looks: dict[str, Look] = {}

    def look(self, style: str | None) -> Look:
        """A style's look with what it inherits; an unknown style is plain."""
        return self._look(style, 0) if style else PLAIN

    def _look(self, style: str, steps: int) -> Look:
        if style in self._looks:
            return self._looks[style]
        element = self._elements.get(style)
        if element is None or steps > _LONGEST_CHAIN:
            return PLAIN
        look, title, level, properties = PLAIN, "", None, None
        for part in element:
            match name(part):
                case "basedOn":
                    look = self._look(attribute(part, "val") or "", steps + 1)
                case "name":
                    title = (attribute(part, "val") or "").lower()
                case "pPr":
                    level = child(part, "outlineLvl")
                case "rPr":
                    properties = part
        look = looked(look, properties, self)
        if title.startswith(_HEADINGS) or (level is not None and number(level, default=9) < 9):
            look = replace(look, heading=True)
        self._looks[style] = look
        return look


def looked(look: Look, properties: etree._Element | None, styles: Styles) -> Look:
    """A look changed by a run's properties."""
    if properties is None or not len(properties):
        return look
    hidden, struck, ascii_font, other = look.hidden, look.struck, look.ascii, look.other
    for one in properties:
        match name(one):
            case "rStyle":
                style = styles.look(attribute(one, "val"))
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
