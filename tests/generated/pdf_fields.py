"""Turns planned fields into AcroForm widgets with names that mean nothing."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from random import Random

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

EXPORTS = ("Ja", "On", "1", "Yes", "Avmerket")


@dataclass(kw_only=True)
class Planned:
    """A field to be: its place on the page and the names of the drawings that show it."""

    kind: str
    """`text`, `tick` or `signature`."""
    page: int
    rect: tuple[float, float, float, float]
    value: str = ""
    on: bool = False
    multiline: bool = False
    size: float = 10
    group: str = ""
    shown: str = ""
    """Drawing of a text value, or of a tick that is on."""
    hidden: str = ""
    """Drawing of a tick that is off."""


def font(name: str) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject(f"/{name}"),
        }
    )


@dataclass(kw_only=True)
class Fields:
    """Adds widgets to a finished file whose last page holds the drawings."""

    rng: Random
    planned: list[Planned] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, data: bytes) -> bytes:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
        sheet = writer.pages[-1]
        resources = sheet["/Resources"].get("/XObject", DictionaryObject())
        drawings = {name: resources.raw_get(name) for name in resources}
        self.drawings = {name.removeprefix("/FormXob."): ref for name, ref in drawings.items()}
        self.export = self.rng.choice(EXPORTS)
        self.bare_state = self.rng.random() < 0.2
        letters = "".join(plan.value for plan in self.planned)
        shown_by_viewers = all(ord(letter) < 256 for letter in letters)
        self.appear = self.bare_state or self.rng.random() < 0.5 or not shown_by_viewers
        self.choice = self.rng.random() < 0.2
        self.newline = self.rng.choice(("\n", "\r", "\r\n"))
        self.namer = self.rng.choice(("Text{n}", "Tekst{n}", "undefined_{n}", "fill_{n}", "Text Field {n}"))
        self.ticker = self.rng.choice(("Avmerkingsboks{n}", "Check Box{n}", "toggle_{n}", "Kontrollboks {n}"))
        self.notes.append(f"export /{self.export}" + (", /AS only" if self.bare_state else ""))
        if not self.appear:
            self.notes.append("text fields without appearance")
        roots = ArrayObject()
        groups: dict[str, tuple[DictionaryObject, IndirectObject]] = {}
        for number, plan in enumerate(self.planned, start=1):
            widget = self.widget(plan, number)
            page = writer.pages[plan.page]
            widget[NameObject("/P")] = page.indirect_reference
            if plan.group:
                if plan.group not in groups:
                    parent = DictionaryObject(
                        {
                            NameObject("/FT"): NameObject("/Btn"),
                            NameObject("/Ff"): NumberObject(1 << 15),
                            NameObject("/T"): TextStringObject(f"Group{number}"),
                            NameObject("/Kids"): ArrayObject(),
                        }
                    )
                    groups[plan.group] = (parent, writer._add_object(parent))
                    roots.append(groups[plan.group][1])
                parent, reference = groups[plan.group]
                for key in ("/FT", "/T", "/V"):
                    if key in widget:
                        del widget[NameObject(key)]
                widget[NameObject("/Parent")] = reference
                kid = writer._add_object(widget)
                self.name_state(parent, widget, plan)
                parent["/Kids"].append(kid)
            else:
                kid = writer._add_object(widget)
                roots.append(kid)
            if "/Annots" not in page:
                page[NameObject("/Annots")] = ArrayObject()
            page["/Annots"].append(kid)
        helvetica = DictionaryObject(
            {**font("Helvetica"), NameObject("/Encoding"): NameObject("/WinAnsiEncoding")}
        )
        fonts = {
            NameObject("/Helv"): writer._add_object(helvetica),
            NameObject("/ZaDb"): writer._add_object(font("ZapfDingbats")),
        }
        form = DictionaryObject(
            {
                NameObject("/Fields"): roots,
                NameObject("/DA"): TextStringObject("/Helv 0 Tf 0 g"),
                NameObject("/DR"): DictionaryObject({NameObject("/Font"): DictionaryObject(fonts)}),
            }
        )
        if not self.appear:
            form[NameObject("/NeedAppearances")] = BooleanObject(True)
        writer.root_object[NameObject("/AcroForm")] = writer._add_object(form)
        writer.remove_page(len(writer.pages) - 1)
        stream = io.BytesIO()
        writer.write(stream)
        return stream.getvalue()

    def widget(self, plan: Planned, number: int) -> DictionaryObject:
        widget = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/F"): NumberObject(4),
                NameObject("/Rect"): ArrayObject([FloatObject(round(at, 2)) for at in plan.rect]),
            }
        )
        name = (self.ticker if plan.kind == "tick" else self.namer).format(n=number)
        widget[NameObject("/T")] = TextStringObject(name)
        if plan.kind == "tick":
            widget[NameObject("/FT")] = NameObject("/Btn")
            self.tick_state(widget, plan)
        elif plan.kind == "signature":
            widget[NameObject("/FT")] = NameObject("/Sig")
            if plan.on:
                widget[NameObject("/V")] = DictionaryObject(
                    {
                        NameObject("/Type"): NameObject("/Sig"),
                        NameObject("/Filter"): NameObject("/Adobe.PPKLite"),
                        NameObject("/SubFilter"): NameObject("/adbe.pkcs7.detached"),
                        NameObject("/ByteRange"): ArrayObject([NumberObject(n) for n in (0, 100, 200, 100)]),
                        NameObject("/M"): TextStringObject("D:20250304101500+01'00'"),
                    }
                )
                if plan.shown:
                    widget[NameObject("/AP")] = self.appearance(plan.shown)
        else:
            self.text_state(widget, plan)
        return widget

    def appearance(self, drawing: str) -> DictionaryObject:
        return DictionaryObject({NameObject("/N"): self.drawings[drawing]})

    def text_state(self, widget: DictionaryObject, plan: Planned) -> None:
        choice = self.choice and plan.value and not plan.multiline and self.rng.random() < 0.15
        widget[NameObject("/FT")] = NameObject("/Ch" if choice else "/Tx")
        size = self.rng.choice((0, round(plan.size), 10)) if self.appear else 0
        widget[NameObject("/DA")] = TextStringObject(f"/Helv {size} Tf 0 g")
        if choice:
            widget[NameObject("/Ff")] = NumberObject((1 << 17) | (1 << 18))
            options = ["Velg", plan.value, "Annet"]
            widget[NameObject("/Opt")] = ArrayObject([TextStringObject(option) for option in options])
        elif plan.multiline:
            widget[NameObject("/Ff")] = NumberObject(1 << 12)
        if plan.value:
            widget[NameObject("/V")] = TextStringObject(plan.value.replace("\n", self.newline))
        elif self.rng.random() < 0.3:
            widget[NameObject("/V")] = TextStringObject("")
        if self.appear and plan.shown:
            widget[NameObject("/AP")] = self.appearance(plan.shown)

    def tick_state(self, widget: DictionaryObject, plan: Planned) -> None:
        self.look(widget)
        state = NameObject(f"/{self.export}")
        shapes = DictionaryObject({state: self.drawings[plan.shown]})
        if not self.bare_state or self.rng.random() < 0.5:
            shapes[NameObject("/Off")] = self.drawings[plan.hidden]
        widget[NameObject("/AP")] = DictionaryObject({NameObject("/N"): shapes})
        widget[NameObject("/AS")] = state if plan.on else NameObject("/Off")
        if not self.bare_state:
            if plan.on:
                widget[NameObject("/V")] = state
            elif self.rng.random() < 0.6:
                widget[NameObject("/V")] = NameObject("/Off")

    def look(self, widget: DictionaryObject) -> None:
        """The box and the letter that a viewer draws when it makes the appearance anew."""
        edge = ArrayObject([NumberObject(0)])
        widget[NameObject("/MK")] = DictionaryObject(
            {NameObject("/BC"): edge, NameObject("/CA"): TextStringObject("4")}
        )
        widget[NameObject("/BS")] = DictionaryObject(
            {NameObject("/W"): NumberObject(1), NameObject("/S"): NameObject("/S")}
        )
        widget[NameObject("/DA")] = TextStringObject("/ZaDb 0 Tf 0 g")

    def name_state(self, parent: DictionaryObject, widget: DictionaryObject, plan: Planned) -> None:
        """A radio button's own state: each kid of a group has another."""
        self.look(widget)
        state = NameObject(
            f"/{len(parent['/Kids'])}" if self.export == "1" else f"/Valg{len(parent['/Kids']) + 1}"
        )
        shapes = DictionaryObject(
            {state: self.drawings[plan.shown], NameObject("/Off"): self.drawings[plan.hidden]}
        )
        widget[NameObject("/AP")] = DictionaryObject({NameObject("/N"): shapes})
        widget[NameObject("/AS")] = state if plan.on else NameObject("/Off")
        if plan.on and not self.bare_state:
            parent[NameObject("/V")] = state
