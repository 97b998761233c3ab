"""What a content control or a legacy form field holds, as a tick box or an entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from lxml import etree

from pipeline.domain import Block, Entry, EntryKind, Gap, Ink, Line, Mark, MarkSource, MarkState, Piece, Word
from pipeline.reading.word._lines import text_of
from pipeline.reading.word._names import attribute, child, is_on, name, number
from pipeline.values import PROMPTS, fold, parse_date

_NS14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_BOX_CHARACTERS = {MarkState.ON: "☒☑✓✔✗✘xX", MarkState.OFF: "☐□"}
_MOST_LINES_OF_RICH_TEXT = 40
_FILL = frozenset("_.… \n")

ControlKind = Literal["check", "text", "choice", "date", "rich", "through"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Control:
    """A content control's properties. ``kind`` "through": only a frame round other content (group, table of contents)."""

    kind: ControlKind = "rich"
    name: str = ""
    placeholder: bool = False
    locked: bool = False
    checked: bool = False
    on: str = "☒"
    off: str = "☐"
    day: date | None = None
    blank_items: frozenset[str] = frozenset()
    default: str = ""
    """What a legacy field shows before anybody has written in it."""


def control_of(properties: etree._Element | None) -> Control:
    """Read ``w:sdtPr``."""
    kind: ControlKind = "rich"
    tag = alias = ""
    placeholder = locked = checked = False
    on, off = "☒", "☐"
    day: date | None = None
    blank: frozenset[str] = frozenset()
    for one in properties if properties is not None else ():
        match name(one):
            case "tag":
                tag = attribute(one, "val") or ""
            case "alias":
                alias = attribute(one, "val") or ""
            case "showingPlcHdr":
                placeholder = is_on(one)
            case "lock":
                locked = attribute(one, "val") in ("contentLocked", "sdtContentLocked")
            case "text":
                kind = "text"
            case "date":
                kind, day = "date", _day(attribute(one, "fullDate"))
            case "dropDownList" | "comboBox":
                kind = "choice"
                blank = frozenset(
                    attribute(item, "displayText") or "" for item in one if attribute(item, "value") == ""
                )
            case "w14:checkbox" | "w15:checkbox":
                kind = "check"
                checked, on, off = _checkbox(one)
            case (
                "group"
                | "docPartObj"
                | "docPartList"
                | "picture"
                | "equation"
                | "citation"
                | "bibliography"
                | "w15:repeatingSection"
                | "w15:repeatingSectionItem"
            ):
                kind = "through"
    return Control(
        kind=kind,
        name=tag or alias,
        placeholder=placeholder,
        locked=locked,
        checked=checked,
        on=on,
        off=off,
        day=day,
        blank_items=blank,
    )


def _checkbox(element: etree._Element) -> tuple[bool, str, str]:
    checked, on, off = False, "☒", "☐"
    for one in element:
        value = one.get(_NS14 + "val")
        match name(one):
            case "w14:checked":
                checked = value is None or value.strip().lower() not in ("0", "false", "off")
            case "w14:checkedState":
                on = _character(value, on)
            case "w14:uncheckedState":
                off = _character(value, off)
    return checked, on, off


def _character(code: str | None, otherwise: str) -> str:
    try:
        return chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return otherwise


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def checked_mark(control: Control, content: tuple[Piece, ...]) -> Mark:
    """The tick box that a checkbox control is: unsure when what it shows contradicts what it says."""
    says = MarkState.ON if control.checked else MarkState.OFF
    glyph = text_of(content)
    state = says
    if glyph and glyph not in (control.on, control.off):
        shows = next((s for s, known in _BOX_CHARACTERS.items() if glyph in known), MarkState.UNSURE)
        state = says if shows is says else MarkState.UNSURE
    elif glyph and control.on != control.off and (glyph == control.on) is not control.checked:
        state = MarkState.UNSURE
    return Mark(state=state, source=MarkSource.CONTROL, name=control.name, glyph=glyph)


def held(control: Control, blocks: list[Block]) -> tuple[Piece, ...] | None:
    """What a control holds as pieces of one line; None when it is only a frame round other content."""
    if control.kind == "check":
        return (checked_mark(control, _all_pieces(blocks)),)
    if control.kind == "through":
        return () if control.placeholder else None
    if control.placeholder:
        return (_entry(control, ""),)
    if not all(isinstance(block, Line) for block in blocks):
        return None
    lines = [block for block in blocks if isinstance(block, Line)]
    pieces = _all_pieces(blocks)
    if any(isinstance(piece, Entry) for piece in pieces) or any(
        isinstance(piece, Mark)
        and (piece.source is not MarkSource.GLYPH or (len(pieces) > 1 and piece.glyph not in ("x", "X")))
        for piece in pieces
    ):
        return None
    if control.kind == "rich" and _is_print(control, lines):
        return None
    if len(pieces) == 1 and isinstance(pieces[0], Mark):
        mark = pieces[0]
        return (Mark(state=mark.state, source=mark.source, glyph=mark.glyph, name=control.name),)
    inks = tuple(piece for piece in pieces if isinstance(piece, Ink))
    value = "\n".join(text for text in (text_of(line.pieces) for line in lines) if text)
    if not value and inks:
        return inks
    return (_entry(control, value), *inks)


def _is_print(control: Control, lines: list[Line]) -> bool:
    """Whether a rich text control was put round printed matter, to protect it."""
    if control.locked or len(lines) > _MOST_LINES_OF_RICH_TEXT:
        return True
    fills = any(isinstance(p, Word) and p.text.startswith("__") for line in lines for p in line.pieces)
    labels = sum(1 for line in lines if text_of(line.pieces).endswith(":"))
    return fills or labels > 1 or 0 < labels == len(lines) or any(line.heading for line in lines)


def _entry(control: Control, shown: str) -> Entry:
    value = "" if fold(shown) in PROMPTS or not set(shown) - _FILL else shown
    if control.kind == "choice":
        return Entry(
            kind=EntryKind.CHOICE, value="" if value in control.blank_items else value, name=control.name
        )
    doubt = ""
    if value and value == control.default:
        doubt = "Feltet viser fortsatt teksten som sto der fra før."
    if control.kind == "date" and value and control.day is not None:
        read = parse_date(value, today=control.day)
        if not read.doubt and read.value != control.day.isoformat():
            doubt = "Datoen som vises, er en annen enn den datofeltet har lagret."
    return Entry(kind=EntryKind.TEXT, value=value, name=control.name, doubt=doubt)


def _all_pieces(blocks: list[Block]) -> tuple[Piece, ...]:
    return tuple(
        piece
        for block in blocks
        if isinstance(block, Line)
        for piece in block.pieces
        if not isinstance(piece, Gap)
    )


def legacy_mark(data: etree._Element) -> Mark:
    """A FORMCHECKBOX: ``checked`` when it is there (without a value it means on), else the default."""
    box = child(data, "checkBox")
    checked = child(box, "checked")
    on = is_on(checked if checked is not None else child(box, "default"))
    return Mark(
        state=MarkState.ON if on else MarkState.OFF, source=MarkSource.CONTROL, name=_field_name(data)
    )


def legacy_choice(data: etree._Element) -> Entry:
    """A FORMDROPDOWN: the chosen entry, or the default, or the first."""
    choices = child(data, "ddList")
    entries = [
        attribute(one, "val") or ""
        for one in (choices if choices is not None else ())
        if name(one) == "listEntry"
    ]
    chosen = child(choices, "result")
    at = number(chosen if chosen is not None else child(choices, "default"))
    value = entries[at].strip() if at < len(entries) else ""
    return Entry(kind=EntryKind.CHOICE, value=value, name=_field_name(data))


def legacy_control(data: etree._Element | None) -> Control:
    """A FORMTEXT as a text control of the same name."""
    default = child(child(data, "textInput"), "default")
    text = attribute(default, "val") if default is not None else None
    return Control(kind="text", name=_field_name(data), default=(text or "").strip())


def _field_name(data: etree._Element | None) -> str:
    named = child(data, "name")
    return (attribute(named, "val") or "") if named is not None else ""
