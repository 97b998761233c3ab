"""Drawings: pictures, ink, signature lines and text boxes; a shape without words is decoration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.domain import Ink, InkKind, Mark, MarkSource, MarkState
from pipeline.reading.word._names import check_depth, child, name
from pipeline.reading.word._source import Source

_KNOWN_BRANCHES = frozenset(
    ("wps", "wpg", "wpc", "wpi", "w14", "w15", "w16", "wp14", "v", "o", "m", "a14", "aink")
)


@dataclass(frozen=True, kw_only=True, slots=True)
class TextBox:
    """A text box. ``inline``: it stands in the line of text, not floating beside it."""

    content: etree._Element
    inline: bool


def shown_branch(alternative: etree._Element) -> Iterator[etree._Element]:
    """The one branch of ``mc:AlternateContent`` that is shown."""
    fallback = None
    for one in alternative:
        short = name(one)
        if short == "mc:Choice" and set((one.get("Requires") or "").split()) <= _KNOWN_BRANCHES:
            yield one
            return
        if short == "mc:Fallback":
            fallback = one
    if fallback is not None:
        yield fallback


def parts_of(element: etree._Element, source: Source, depth: int) -> Iterator[Ink | Mark | TextBox]:
    """What a drawing shows, in its own order."""
    check_depth(depth)
    for one in element:
        match name(one):
            case "o:signatureline":
                if (one.get("id") or "").upper() in source.signed:
                    source.lines_signed += 1
                    yield Ink(kind=InkKind.DIGITAL)
            case "pic:pic" | "v:imagedata":
                if child(element, "o:signatureline") is None:
                    yield Ink(kind=InkKind.PICTURE)
            case "w14:contentPart" | "o:ink":
                yield Ink(kind=InkKind.STROKES)
            case "txbxContent":
                yield TextBox(content=one, inline=_is_inline(one))
            case "dgm:relIds":
                source.doubt("diagram")
            case "control":
                source.doubt("activex")
                yield Mark(state=MarkState.UNSURE, source=MarkSource.CONTROL)
            case "mc:AlternateContent":
                for branch in shown_branch(one):
                    yield from parts_of(branch, source, depth + 1)
            case "wp:inline" | "wp:anchor" if _is_hidden(one):
                continue
            case _:
                yield from parts_of(one, source, depth + 1)


def _is_inline(box: etree._Element) -> bool:
    """Whether a text box stands in the line of text, not floating beside it."""
    for one in box.iterancestors():
        short = name(one)
        if short in ("wp:inline", "wp:anchor"):
            return short == "wp:inline"
        if "position:absolute" in one.get("style", "").replace(" ", ""):
            return False
        if short in ("r", "p"):
            break
    return True


def _is_hidden(frame: etree._Element) -> bool:
    properties = child(frame, "wp:docPr")
    return properties is not None and properties.get("hidden") in ("1", "true")
