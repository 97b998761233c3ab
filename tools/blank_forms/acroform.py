"""Lays fields on a printed form: the fillable PDF."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)

from tools.blank_forms.appearance import FONT_NAME, SIZE, box_appearance, text_appearance
from tools.blank_forms.letters import Letters, embedded
from tools.blank_forms.places import Place

ON = "/Ja"  # a ticked box's name
MULTILINE = 1 << 12
_DRAWN = (0, 0, 0)


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field to lay on the page.

    name: the field id; kind: `line`, `lines`, `tick` or `signature`; label: what a screen reader says;
    signature: the id of the signature that is written on the same rule, or "".
    """

    name: str
    kind: str
    label: str
    place: Place
    signature: str = ""


def lay(printed: bytes, fields: Sequence[Field], title: str) -> bytes:
    """The printed PDF with these fields in it; a signature gets no field, but its place gets a name."""
    writer = PdfWriter(clone_from=io.BytesIO(printed))
    font = writer._add_object(embedded(writer))
    letters = Letters.of_pdf(font.get_object())  # type: ignore[arg-type]
    fonts = DictionaryObject({NameObject(FONT_NAME): font, NameObject("/ZaDb"): _dingbats(writer)})
    form = DictionaryObject(
        {
            NameObject("/Fields"): ArrayObject(),
            NameObject("/NeedAppearances"): BooleanObject(True),
            NameObject("/DR"): DictionaryObject({NameObject("/Font"): fonts}),
            NameObject("/DA"): TextStringObject(f"{FONT_NAME} {SIZE:g} Tf 0 g"),
        }
    )
    writer.root_object[NameObject("/AcroForm")] = writer._add_object(form)
    tree = _Names(writer, form["/Fields"])  # type: ignore[arg-type]
    for field in fields:
        for name in (field.name if field.kind == "signature" else "", field.signature):
            if name:
                _name_place(writer, name, field.place)
        if field.kind != "signature":
            widget = _tick(writer, field) if field.kind == "tick" else _text(writer, field, letters, fonts)
            tree.add(field.name, widget)
            page = writer.pages[field.place.page]
            page.setdefault(NameObject("/Annots"), ArrayObject()).append(widget)
            widget.get_object()[NameObject("/P")] = page.indirect_reference  # type: ignore[index]
    for page in writer.pages:
        page[NameObject("/Tabs")] = NameObject("/R")
    _tell_screen_readers(writer)
    return finished(writer, title)


def finished(writer: PdfWriter, title: str) -> bytes:
    """The document's bytes: no time of making, and an /ID that follows from what it holds."""
    subject = str((writer.metadata or {}).get("/Subject", ""))
    writer.metadata = {"/Title": title} | ({"/Subject": subject} if subject else {})
    writer.root_object[NameObject("/Lang")] = TextStringObject("nb-NO")
    preferences = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    writer.root_object[NameObject("/ViewerPreferences")] = preferences
    writer._ID = None
    draft = io.BytesIO()
    writer.write(draft)
    mark = ByteStringObject(hashlib.sha256(draft.getvalue()).digest()[:16])
    writer._ID = ArrayObject([mark, mark])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


class _Names:
    """The tree of a form's fields: `services.1.contact` is contact in 1 in services."""

    def __init__(self, writer: PdfWriter, roots: ArrayObject) -> None:
        self._writer = writer
        self._roots = roots
        self._groups: dict[str, IndirectObject] = {}

    def add(self, name: str, widget: IndirectObject) -> None:
        group, _, last = name.rpartition(".")
        widget.get_object()[NameObject("/T")] = TextStringObject(last)  # type: ignore[index]
        self._put(widget, group)

    def _put(self, node: IndirectObject, group: str) -> None:
        if not group:
            self._roots.append(node)
            return
        parent = self._groups.get(group)
        if parent is None:
            outer, _, last = group.rpartition(".")
            parent = self._writer._add_object(
                DictionaryObject(
                    {NameObject("/T"): TextStringObject(last), NameObject("/Kids"): ArrayObject()}
                )
            )
            self._groups[group] = parent
            self._put(parent, outer)
        node.get_object()[NameObject("/Parent")] = parent  # type: ignore[index]
        parent.get_object()["/Kids"].append(node)  # type: ignore[index]


def _widget(field: Field) -> DictionaryObject:
    place = field.place
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/Rect"): RectangleObject((place.left, place.bottom, place.right, place.top)),
            NameObject("/F"): NumberObject(4),
            NameObject("/TU"): TextStringObject(field.label),
        }
    )


def _text(writer: PdfWriter, field: Field, letters: Letters, fonts: DictionaryObject) -> IndirectObject:
    widget = _widget(field)
    multiline = field.kind == "lines"
    widget[NameObject("/FT")] = NameObject("/Tx")
    widget[NameObject("/Ff")] = NumberObject(MULTILINE if multiline else 0)
    widget[NameObject("/DA")] = TextStringObject(f"{FONT_NAME} {SIZE:g} Tf 0 g")
    width, height = field.place.right - field.place.left, field.place.top - field.place.bottom
    used = DictionaryObject({NameObject(FONT_NAME): fonts.raw_get(FONT_NAME)})
    look = text_appearance(None, width, height, letters, multiline=multiline, font=used)
    widget[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(look)})
    return writer._add_object(widget)


def _tick(writer: PdfWriter, field: Field) -> IndirectObject:
    widget = _widget(field)
    widget[NameObject("/FT")] = NameObject("/Btn")
    widget[NameObject("/V")] = NameObject("/Off")
    widget[NameObject("/AS")] = NameObject("/Off")
    widget[NameObject("/DA")] = TextStringObject("/ZaDb 0 Tf 0 g")
    widget[NameObject("/MK")] = DictionaryObject(
        {
            NameObject("/CA"): TextStringObject("8"),
            NameObject("/BC"): ArrayObject(FloatObject(part) for part in _DRAWN),
            NameObject("/BG"): ArrayObject([FloatObject(1)]),
        }
    )
    widget[NameObject("/BS")] = DictionaryObject(
        {NameObject("/W"): FloatObject(0.8), NameObject("/S"): NameObject("/S")}
    )
    width, height = field.place.right - field.place.left, field.place.top - field.place.bottom
    looks = DictionaryObject()
    for name, on in ((ON, True), ("/Off", False)):
        looks[NameObject(name)] = writer._add_object(box_appearance(width, height, on=on))
    widget[NameObject("/AP")] = DictionaryObject({NameObject("/N"): looks})
    return writer._add_object(widget)


def _tell_screen_readers(writer: PdfWriter) -> None:
    """Puts each widget into the tagged PDF's structure, behind the printed text."""
    root = writer.root_object["/StructTreeRoot"]
    top = root["/K"]  # type: ignore[index]
    document = (top[0] if isinstance(top, ArrayObject) else top).get_object()
    parents = root["/ParentTree"]["/Nums"]  # type: ignore[index]
    key = int(root["/ParentTreeNextKey"]) if "/ParentTreeNextKey" in root else len(parents) // 2  # type: ignore[arg-type]
    for page in writer.pages:
        for widget in page.get("/Annots", []):
            reference = DictionaryObject(
                {NameObject("/Type"): NameObject("/OBJR"), NameObject("/Obj"): widget}
            )
            element = DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/StructElem"),
                    NameObject("/S"): NameObject("/Form"),
                    NameObject("/P"): document.indirect_reference,
                    NameObject("/Pg"): page.indirect_reference,
                    NameObject("/K"): ArrayObject([reference]),
                }
            )
            tagged = writer._add_object(element)
            document["/K"].append(tagged)
            widget.get_object()[NameObject("/StructParent")] = NumberObject(key)
            parents.extend((NumberObject(key), tagged))
            key += 1
    root[NameObject("/ParentTreeNextKey")] = NumberObject(key)  # type: ignore[index]


def _name_place(writer: PdfWriter, name: str, place: Place) -> None:
    """Gives a rectangle a name (a named destination), so that a signature can be laid there."""
    rectangle = [FloatObject(side) for side in (place.left, place.bottom, place.right, place.top)]
    page = writer.pages[place.page].indirect_reference
    writer.add_named_destination_array(
        TextStringObject(name), ArrayObject([page, NameObject("/FitR"), *rectangle])
    )


def _dingbats(writer: PdfWriter) -> IndirectObject:
    return writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/ZapfDingbats"),
            }
        )
    )
