"""Fills in a blank form, Word or PDF, as a person at a keyboard would.

Keys are the names of the form's controls: the field ids, rows by number (`services.1.contact`) and
yes/no by the box (`plan.exists.yes`) or as a whole (`plan.exists`: True ticks yes, False ticks no).
`recipient.due_date` is written in the birth date's place, as «termin 12.03.2027». A signature's id with True
lays a picture of a signature on its line. An unknown key, or a value of the wrong kind, is a ValueError.
"""

import unicodedata
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path

from lxml import etree
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from tools.blank_forms import signature
from tools.blank_forms.acroform import MULTILINE, ON, finished
from tools.blank_forms.appearance import FONT_NAME, fit, text_appearance
from tools.blank_forms.letters import Letters
from tools.blank_forms.package import W14, W, picture_run, serialised, with_picture, zipped
from tools.blank_forms.word import BOX, CROSSED

_SIGNATURE_HEIGHT = 24.0  # points


def fill_docx(blank: Path, values: Mapping[str, str | bool], out: Path) -> None:
    """Writes a filled copy of a Word blank; raises ValueError for a key the form doesn't have."""
    with zipfile.ZipFile(blank) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = etree.fromstring(parts["word/document.xml"])
    controls = {_tag(control): control for control in document.iter(f"{{{W}}}sdt")}
    wanted = resolved(values, controls)
    for name, value in wanted.items():
        if name not in controls:  # a signature that shares its rule with a typed name
            if _bool(name, value):
                picture = picture_run(with_picture(parts, signature.png(name)), _size(), len(parts))
                controls[_beside(name)].addprevious(picture)
            continue
        control = controls[name]
        if control.find(f".//{{{W14}}}checkbox") is not None:
            _tick(control, on=_bool(name, value))
        elif _is_signature(control):
            if _bool(name, value):
                _hold(control, picture_run(with_picture(parts, signature.png(name)), _size(), len(parts)))
        else:
            _write(control, _text(name, value))
    parts["word/document.xml"] = serialised(document)
    out.write_bytes(zipped(parts))


def fill_pdf(blank: Path, values: Mapping[str, str | bool], out: Path) -> None:
    """Writes a filled copy of a PDF blank: `/V`, `/AS` and the picture agree; ValueError as for Word.

    A value with a letter that the form's font lacks, or too long for its field, is a ValueError too.
    """
    writer = PdfWriter(clone_from=PdfReader(blank))
    form = writer.root_object["/AcroForm"]
    font = form["/DR"]["/Font"].raw_get(FONT_NAME)  # type: ignore[index]
    letters = Letters.of_pdf(font.get_object())
    widgets = _widgets(writer)
    places = writer.named_destinations
    for name, value in resolved(values, {**widgets, **places}).items():
        if name in places:
            if _bool(name, value):
                _sign(writer, name)
        elif widgets[name]["/FT"] == "/Btn":
            state = NameObject(ON if _bool(name, value) else "/Off")
            widgets[name][NameObject("/V")] = widgets[name][NameObject("/AS")] = state
        else:
            try:
                _write_widget(writer, widgets[name], _text(name, value), letters, font)
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from None
    form[NameObject("/NeedAppearances")] = BooleanObject(False)  # type: ignore[index]
    out.write_bytes(finished(writer, str((writer.metadata or {}).get("/Title", ""))))


def resolved(values: Mapping[str, str | bool], known: Collection[str]) -> dict[str, str | bool]:
    """The values by the names of controls; raises ValueError for a key that names none."""
    found: dict[str, str | bool] = {}
    for key, value in values.items():
        if key in known or _beside(key) in known:
            found[key] = value
        elif f"{key}.yes" in known:
            found[f"{key}.yes" if _bool(key, value) else f"{key}.no"] = True
        elif key == "recipient.due_date" and "recipient.birth_date" in known:
            found["recipient.birth_date"] = f"termin {_text(key, value)}"
        else:
            raise ValueError(f"the form has no field {key}")
    return found


def _beside(name: str) -> str:
    """The typed name that a signature shares its rule with, or ""."""
    head, _, last = name.rpartition(".")
    return f"{head}.name" if last == "signed" and head else ""


def _bool(name: str, value: str | bool) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{name} takes True or False")
    return value


def _text(name: str, value: str | bool) -> str:
    if isinstance(value, bool):
        raise ValueError(f"{name} takes text")
    return unicodedata.normalize("NFC", value)


def _size() -> tuple[float, float]:
    return _SIGNATURE_HEIGHT * signature.WIDTH / signature.HEIGHT, _SIGNATURE_HEIGHT


def _tag(control: etree._Element) -> str:
    tag = control.find(f"{{{W}}}sdtPr/{{{W}}}tag")
    return "" if tag is None else str(tag.get(f"{{{W}}}val"))


def _is_signature(control: etree._Element) -> bool:
    return control.find(f"{{{W}}}sdtPr/{{{W}}}richText") is not None


def _tick(control: etree._Element, *, on: bool) -> None:
    checked = control.find(f".//{{{W14}}}checked")
    glyph = control.find(f".//{{{W}}}t")
    if checked is not None and glyph is not None:
        checked.set(f"{{{W14}}}val", "1" if on else "0")
        glyph.text = CROSSED if on else BOX


def _write(control: etree._Element, value: str) -> None:
    """Puts text into a text control; on a rule it stays underlined as on paper."""
    held = control.find(f".//{{{W}}}r")
    ruled = "_" in "".join(control.itertext())
    if held is None or not value:
        return
    properties = held.find(f"{{{W}}}rPr")
    written = etree.Element(f"{{{W}}}r", nsmap=control.nsmap)
    if properties is not None:
        for style in properties.findall(f"{{{W}}}rStyle"):
            properties.remove(style)
        if ruled:
            etree.SubElement(properties, f"{{{W}}}u", {f"{{{W}}}val": "single"})
        written.append(properties)
    for number, line in enumerate(value.split("\n")):
        if number:
            etree.SubElement(written, f"{{{W}}}br")
        text = etree.SubElement(written, f"{{{W}}}t")
        text.text = line
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    _hold(control, written)


def _hold(control: etree._Element, content: etree._Element) -> None:
    for placeholder in control.findall(f"{{{W}}}sdtPr/{{{W}}}showingPlcHdr"):
        placeholder.getparent().remove(placeholder)  # type: ignore[union-attr]
    holder = control.find(f"{{{W}}}sdtContent")
    if holder is not None:
        holder[:] = [content]


def _widgets(writer: PdfWriter) -> dict[str, DictionaryObject]:
    found = {}
    for page in writer.pages:
        for reference in page.get("/Annots", []):
            widget = reference.get_object()
            if widget.get("/Subtype") != "/Widget":
                continue
            names, node = [], widget
            while node is not None:
                names.append(str(node["/T"]))
                node = node["/Parent"].get_object() if "/Parent" in node else None
            found[".".join(reversed(names))] = widget
    return found


def _write_widget(
    writer: PdfWriter, widget: DictionaryObject, value: str, letters: Letters, font: object
) -> None:
    left, bottom, right, top = (float(side) for side in widget["/Rect"])  # type: ignore[attr-defined]
    width, height = right - left, top - bottom
    multiline = bool(int(widget.get("/Ff", 0)) & MULTILINE)
    writing = fit(value, width, height, letters, multiline=multiline) if value.strip() else None
    used = DictionaryObject({NameObject(FONT_NAME): font})  # type: ignore[dict-item]
    look = text_appearance(writing, width, height, letters, multiline=multiline, font=used)
    widget[NameObject("/V")] = TextStringObject(value)
    widget[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(look)})
    if writing:
        widget[NameObject("/DA")] = TextStringObject(f"{FONT_NAME} {writing.size:g} Tf 0 g")


def _sign(writer: PdfWriter, name: str) -> None:
    """Draws a signature's picture on the page, standing on its line."""
    place = writer.named_destinations[name].dest_array
    page_reference, left, bottom = place[0], float(place[2]), float(place[3])
    right = float(place[4])
    page = next(page for page in writer.pages if page.indirect_reference == page_reference)
    image = signature.picture(name)
    colour, alpha = image.convert("RGB"), image.getchannel("A")
    mask = _image(alpha.tobytes(), image.size, "/DeviceGray")
    drawn = _image(colour.tobytes(), image.size, "/DeviceRGB")
    drawn[NameObject("/SMask")] = writer._add_object(mask)
    resources = DictionaryObject(page["/Resources"])  # type: ignore[arg-type]  # pages share theirs
    pictures = DictionaryObject(resources.get("/XObject", {}))
    label = f"/Signature{len(pictures) + 1}"
    pictures[NameObject(label)] = writer._add_object(drawn)
    resources[NameObject("/XObject")] = pictures
    page[NameObject("/Resources")] = resources
    width, height = _size()
    content = StreamObject()
    x = max(left + 4, right - width - 6)  # a typed name begins at the left
    matrix = f"{width:.2f} 0 0 {height:.2f} {x:.2f} {bottom:.2f} cm"
    content.set_data(f"\n/Artifact BMC q {matrix} {label} Do Q EMC\n".encode())
    before = page.raw_get("/Contents")
    streams = before if isinstance(before, ArrayObject) else ArrayObject([before])
    page[NameObject("/Contents")] = ArrayObject([*streams, writer._add_object(content)])


def _image(samples: bytes, size: tuple[int, int], space: str) -> StreamObject:
    image = StreamObject()
    image.set_data(samples)
    image = image.flate_encode()
    image[NameObject("/Type")] = NameObject("/XObject")
    image[NameObject("/Subtype")] = NameObject("/Image")
    image[NameObject("/Width")] = NumberObject(size[0])
    image[NameObject("/Height")] = NumberObject(size[1])
    image[NameObject("/ColorSpace")] = NameObject(space)
    image[NameObject("/BitsPerComponent")] = NumberObject(8)
    return image
