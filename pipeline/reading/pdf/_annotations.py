"""What lies upon a page: widgets of form fields, and other annotations, read before the page is flattened."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pypdfium2 import raw

from pipeline.domain import Box
from pipeline.reading import _native as native
from pipeline.reading._native import Handle
from pipeline.reading.layout._frame import Frame

HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
MOST_ANNOTATIONS = 5_000
_DRAWN = {raw.FPDF_ANNOT_INK, raw.FPDF_ANNOT_STAMP}
_PASSWORD = 1 << 13
_KINDS = {
    raw.FPDF_FORMFIELD_TEXTFIELD: "text",
    raw.FPDF_FORMFIELD_CHECKBOX: "checkbox",
    raw.FPDF_FORMFIELD_RADIOBUTTON: "radio",
    raw.FPDF_FORMFIELD_COMBOBOX: "choice",
    raw.FPDF_FORMFIELD_LISTBOX: "choice",
    raw.FPDF_FORMFIELD_SIGNATURE: "signature",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Widget:
    """One place of one form field. ``own_value`` is /V of the widget's own dictionary, ``on_name`` the export name.

    What nobody would ask for is left as it stands: ``checked`` of a seen button that is off, ``parented`` of one with a
    value of its own, ``has_value`` but for buttons and signatures, ``secret`` of a field without a value.
    """

    kind: str
    name: str
    value: str
    box: Box
    hidden: bool = False
    checked: bool = False
    state: str = ""
    own_value: str = ""
    on_name: str = ""
    has_value: bool = False
    parented: bool = False
    drawn: bool = False
    """It brings an appearance for the state it is in."""
    dressed: bool = False
    """It brings appearances, perhaps none for the state it is in."""
    secret: bool = False


@dataclass(slots=True)
class Annotations:
    """A page's annotations. ``appearances``: what flattening draws, in order: the widget's
    number (-1: none) and its box."""

    widgets: list[Widget] = field(default_factory=list)
    appearances: list[tuple[int, Box]] = field(default_factory=list)
    struck: list[Box] = field(default_factory=list)
    ink: list[tuple[bool, Box]] = field(default_factory=list)
    """Ink (True) and stamp (False) annotations."""
    typed: list[tuple[str, Box]] = field(default_factory=list)
    """Free text that brings no picture of its own."""
    notes: int = 0


def annotations_of(page: Handle, frame: Frame, form: Handle, dressed: frozenset[int]) -> Annotations:
    """Read every annotation of an open page; ``dressed`` are those with appearances of their own."""
    found = Annotations()
    for index in range(min(native.count_annotations(page), MOST_ANNOTATIONS)):
        annotation = native.open_annotation(page, index)
        if not annotation:
            continue
        try:
            _one(found, annotation, frame, form, dressed=index in dressed)
        finally:
            native.close_annotation(annotation)
    return found


def dressed_of(page: Handle) -> frozenset[int]:
    """Which annotations bring appearances of their own; asked before pdfium makes some up for the others."""
    own: set[int] = set()
    for index in range(min(native.count_annotations(page), MOST_ANNOTATIONS)):
        annotation = native.open_annotation(page, index)
        if annotation:
            if native.annotation_has(annotation, b"AP"):
                own.add(index)
            native.close_annotation(annotation)
    return frozenset(own)


def _one(found: Annotations, annotation: Handle, frame: Frame, form: Handle, *, dressed: bool) -> None:
    kind = native.annotation_kind(annotation)
    if kind in {raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP}:
        if kind == raw.FPDF_ANNOT_LINK and native.has_appearance(annotation):
            found.appearances.append((-1, frame.box(native.annotation_rect(annotation))))
        return
    box = frame.box(native.annotation_rect(annotation))
    hidden = bool(native.annotation_flags(annotation) & HIDDEN)
    drawn = native.has_appearance(annotation)
    number = -1
    if kind == raw.FPDF_ANNOT_WIDGET:
        if form:
            widget = _widget(
                annotation, box, form, drawn=drawn, dressed=dressed, hidden=hidden or not _shown(box, frame)
            )
            if widget is not None:
                number = len(found.widgets)
                found.widgets.append(widget)
            else:
                number = len(found.widgets) + 1_000_000
    elif hidden:
        pass
    elif kind == raw.FPDF_ANNOT_STRIKEOUT:
        found.struck += [frame.box(quad) for quad in native.quads(annotation)] or [box]
    elif kind in _DRAWN:
        found.ink.append((kind == raw.FPDF_ANNOT_INK, box))
    elif kind == raw.FPDF_ANNOT_FREETEXT and not drawn:
        found.typed.append((native.annotation_string(annotation, b"Contents"), box))
    elif kind == raw.FPDF_ANNOT_TEXT and native.annotation_string(annotation, b"Contents").strip():
        found.notes += 1
    if drawn and not hidden:
        found.appearances.append((number, box))


def _shown(box: Box, frame: Frame) -> bool:
    return frame.shows(box) and box.x1 - box.x0 > 1 and box.bottom - box.top > 1


def _widget(
    annotation: Handle, box: Box, form: Handle, *, drawn: bool, dressed: bool, hidden: bool
) -> Widget | None:
    """Read a widget; None for a push button or a field of no known kind."""
    kind = _KINDS.get(native.field_kind(form, annotation))
    if kind is None:
        return None
    if kind in {"checkbox", "radio"}:
        return _button(annotation, box, form, kind, drawn=drawn, dressed=dressed, hidden=hidden)
    value = native.field_value(form, annotation)
    if kind == "choice":
        value = _choice(annotation, form) or value
    elif kind == "text" and not value:
        value = plain(native.annotation_string(annotation, b"RV"))
    return Widget(
        kind=kind,
        name=native.field_name(form, annotation),
        value=_folded(value) if value else "",
        box=box,
        hidden=hidden,
        drawn=drawn,
        has_value=kind == "signature" and bool(native.annotation_has(annotation, b"V")),
        dressed=dressed,
        secret=kind == "text" and bool(value and native.field_flags(form, annotation) & _PASSWORD),
    )


def _button(
    annotation: Handle, box: Box, form: Handle, kind: str, *, drawn: bool, dressed: bool, hidden: bool
) -> Widget:
    """Read a tick box or radio button, asking no more than its state leaves open."""
    state = native.annotation_string(annotation, b"AS")
    has_value = bool(native.annotation_has(annotation, b"V"))
    return Widget(
        kind=kind,
        name=native.field_name(form, annotation),
        value="",
        box=box,
        hidden=hidden,
        drawn=drawn,
        checked=(hidden or state not in {"", "Off"}) and native.field_checked(form, annotation) == 1,
        state=state,
        own_value=native.annotation_string(annotation, b"V") if has_value else "",
        on_name=native.field_export(form, annotation),
        has_value=has_value,
        dressed=dressed,
        parented=not has_value and bool(native.annotation_has(annotation, b"Parent")),
    )


def _choice(annotation: Handle, form: Handle) -> str:
    """What a choice shows: the labels of the options chosen."""
    count = min(native.count_options(form, annotation), 2_000)
    chosen = [n for n in range(count) if native.option_selected(form, annotation, n) == 1]
    return "\n".join(native.option(form, annotation, n) for n in chosen)


def _folded(value: str) -> str:
    """A field's text with one kind of line break."""
    lines = (
        value.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x00", "")
        .replace("\u2029", "\n")
        .split("\n")
    )
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def plain(rich: str) -> str:
    """The words of a rich text value (XHTML)."""
    if not rich:
        return ""
    import html

    broken = re.sub(r"(?i)</p\s*>|<br[^>]{0,100}>", "\n", rich[:200_000])
    return html.unescape(re.sub(r"<[^>]{0,2000}>", "", broken)).strip()
