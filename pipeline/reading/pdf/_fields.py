"""Widgets to entries and marks: what the file says, checked against what a viewer shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.domain import Entry, EntryKind, Ink, InkKind, Mark, MarkSource, MarkState
from pipeline.reading.layout._lines import Placed
from pipeline.reading.pdf._annotations import Widget
from pipeline.reading.pdf._picture import Picture

STALE = "Feltet viser en annen tekst enn den som er lagret i det."
UNSEEN = "Feltet har en lagret verdi som ikke vises på siden."
UNSAVED = "Feltet viser tekst som ikke er lagret som verdi."
SECRET = "Feltet er et passordfelt, og verdien vises ikke på siden."

ButtonValues = Callable[[], dict[str, str | None]]
"""Fetches /V of every button field by full name (None: no /V); read only when a widget lacks its own."""


@dataclass(slots=True)
class Fields:
    """What a page's widgets hold. ``hidden``: how many unseen ones hold a value."""

    pieces: list[Placed] = field(default_factory=list)
    hidden: int = 0


def fields_of(
    widgets: list[Widget],
    picture: Picture | None,
    shown: dict[int, str],
    drawn: dict[int, int],
    values: ButtonValues,
    *,
    redrawn: bool,
) -> Fields:
    """Judge each widget. ``redrawn``: the file tells viewers to draw every value anew (/NeedAppearances)."""
    found = Fields()
    kids: dict[str, int] = {}
    for widget in widgets:
        kids[widget.name] = kids.get(widget.name, 0) + 1
    for number, widget in enumerate(widgets):
        button = widget.kind in {"checkbox", "radio"}
        if widget.hidden:
            found.hidden += bool(widget.checked if button else widget.value or _signed(widget))
        elif button:
            found.pieces.append(
                Placed(_mark(widget, picture, values, alone=kids[widget.name] == 1), widget.box)
            )
        elif widget.kind == "signature":
            entry = Entry(kind=EntryKind.SIGNATURE, value="", name=widget.name, box=widget.box)
            found.pieces.append(Placed(entry, widget.box))
            if _signed(widget):
                found.pieces.append(Placed(Ink(kind=InkKind.DIGITAL, box=widget.box), widget.box))
        else:
            entry = _entry(widget, shown.get(number, ""), drawn.get(number, 0), redrawn=redrawn)
            found.pieces.append(Placed(entry, widget.box))
    return found


def _signed(widget: Widget) -> bool:
    return widget.kind == "signature" and (widget.has_value or bool(widget.value))


def _mark(widget: Widget, picture: Picture | None, values: ButtonValues, *, alone: bool) -> Mark:
    """Compare /V, /AS and the picture; any two that disagree make it unsure."""
    says: list[bool] = []
    if widget.state:
        says.append(widget.state != "Off")
        if widget.state != "Off" and not widget.checked and widget.dressed:
            says.append(False)
    value = _button_value(widget, values)
    if value is not None:
        says.append(_means_on(value, widget, alone=alone))
    sees = picture.inked(widget.box) if picture is not None else None
    if sees is not None and widget.dressed:
        says.append(sees)
    if not says:
        says.append(False)
    state = MarkState.UNSURE if len(set(says)) > 1 else MarkState.ON if says[0] else MarkState.OFF
    confidence = 0.5 if state is MarkState.UNSURE else 1.0
    return Mark(
        state=state, source=MarkSource.WIDGET, box=widget.box, name=widget.name, confidence=confidence
    )


def _button_value(widget: Widget, values: ButtonValues) -> str | None:
    if widget.has_value or widget.own_value:
        return widget.own_value
    if widget.parented:
        return values().get(widget.name)
    return None


def _means_on(value: str, widget: Widget, *, alone: bool) -> bool:
    """Whether /V of a field means that this of its widgets is on."""
    if value in {"", "Off"}:
        return False
    if value == widget.on_name or (widget.state not in {"", "Off"} and value == widget.state):
        return True
    return alone and widget.kind == "checkbox"


def _entry(widget: Widget, shown: str, drawn: int, *, redrawn: bool) -> Entry:
    value, doubt = widget.value, ""
    if widget.secret and value:
        doubt = SECRET
    elif widget.drawn and not redrawn:
        stored, seen = _core(value), _core(shown)
        if stored and not seen:
            doubt = "" if drawn > 3 else UNSEEN
        elif seen and not stored and not value:
            value, doubt = " ".join(shown.split()), UNSAVED
        elif stored and seen and not _same(stored, seen):
            doubt = STALE
    return Entry(
        kind=EntryKind.CHOICE if widget.kind == "choice" else EntryKind.TEXT,
        value=value,
        name=widget.name,
        box=widget.box,
        doubt=doubt,
        confidence=0.5 if doubt else 1.0,
    )


def _core(text: str) -> str:
    """Letters and digits only: line breaks, spaces and combs look different on the page."""
    return "".join(char for char in text if char.isalnum() or char in "\ufffd?")


def _same(stored: str, seen: str) -> bool:
    """Whether a value and its picture can be the same: equal, cut off, or without the letters the font lacks."""
    if stored == seen or (len(seen) >= 20 and stored.startswith(seen)):
        return True
    if len(stored) == len(seen):
        return all(
            a == b or b in "\ufffd?" or (ord(a) > 255 and not b.isdigit())
            for a, b in zip(stored, seen, strict=True)
        )
    plain = "".join(char for char in stored if ord(char) < 256 and char not in "\ufffd?")
    return bool(plain) and plain == "".join(char for char in seen if char not in "\ufffd?")
