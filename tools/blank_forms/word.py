"""Draws a declared form as a Word document with content controls."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from tools.blank_forms.declaration import fields, fold, load
from tools.blank_forms.package import W14, R, W, package

NSMAP = {"w": W, "w14": W14, "r": R, "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006"}
EMPTY = "\u2002" * 5  # what an empty control holds: room to click in, and no word
BOX, CROSSED = "☐", "☒"


@dataclass(kw_only=True)
class Drawing:
    """One document being drawn.

    form: the declaration that stands first; size: the letters' size in points where none is given;
    marked: for the printed PDF: every control empty, a box without its glyph, and when `marks` is set
    a tiny `{17}` at the beginning of each field so that its place can be found on the page.
    """

    printed: bool
    marks: bool
    size: float = 10
    number: int = 0
    body: list[etree._Element] = field(default_factory=list)


def draw(form_ids: Sequence[str], *, printed: bool = False, marks: bool = False) -> bytes:
    """The blank Word file of a form, or of several behind one another.

    printed: as the PDF is printed from, boxes and controls left out; marks: with `{n}` where field n begins.
    """
    drawing = Drawing(printed=printed, marks=marks)
    titles = []
    for form_id in form_ids:
        form = load(form_id)
        titles.append(form.get("title", ""))
        drawing.size = float(form.get("size", "10"))
        for element in form:
            drawing.body.extend(_block(element, drawing))
        if form_id != form_ids[-1]:
            drawing.body.append(_ending(_section(form)))
        else:
            drawing.body.extend((_ending(None), _section(form)))
    document = w("document", {}, w("body", {}, *drawing.body))
    document.set("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable", "w14")
    return package(document, titles[0], float(load(form_ids[0]).get("size", "10")))


def field_ids(form_id: str) -> list[str]:
    """The tags of a form's controls in reading order; entry n is the field that mark `{n}` stands for."""
    return [str(element.get("id")) for element in fields(load(form_id))]


def w(name: str, attributes: Mapping[str, object], *children: etree._Element) -> etree._Element:
    """A WordprocessingML element."""
    element = etree.Element(
        f"{{{W}}}{name}", {f"{{{W}}}{key}": str(value) for key, value in attributes.items()}, nsmap=NSMAP
    )
    element.extend(children)
    return element


def run(text: str, size: float, *, bold: bool = False, style: str = "", font: str = "") -> etree._Element:
    """A run of text; its size in points."""
    properties = w("rPr", {})
    if style:
        properties.append(w("rStyle", {"val": style}))
    if font:
        properties.append(w("rFonts", {"ascii": font, "hAnsi": font, "eastAsia": font, "hint": "eastAsia"}))
    if bold:
        properties.extend((w("b", {}), w("bCs", {})))
    properties.extend((w("sz", {"val": round(size * 2)}), w("szCs", {"val": round(size * 2)})))
    node = w("t", {})
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return w("r", {}, properties, node)


def _twips(centimetres: str | float) -> int:
    return round(float(centimetres) * 1440 / 2.54)


def _section(form: etree._Element) -> etree._Element:
    top, right, bottom, left = (_twips(side) for side in form.get("margins", "2 2 2 2").split())
    section = w("sectPr", {})
    section.append(w("type", {"val": "nextPage"}))
    section.append(w("pgSz", {"w": 11906, "h": 16838}))
    sides = {
        "top": top,
        "right": right,
        "bottom": bottom,
        "left": left,
        "header": 400,
        "footer": 400,
        "gutter": 0,
    }
    section.append(w("pgMar", sides))
    return section


def _ending(section: etree._Element | None) -> etree._Element:
    """A paragraph of next to no height, for a table mustn't be the last thing before a section's end."""
    spacing = w("spacing", {"before": 0, "after": 0, "line": 20, "lineRule": "exact"})
    properties = w("pPr", {}, spacing, w("rPr", {}, w("sz", {"val": 2})))
    if section is not None:
        properties.append(section)
    return w("p", {}, properties)


def _block(element: etree._Element, drawing: Drawing) -> list[etree._Element]:
    match element.tag:
        case "p":
            return [_paragraph(element, drawing, float(element.get("size", drawing.size)))]
        case "gap":
            return [_gap(float(element.get("size", "6")))]
        case "table":
            return [_table(element, drawing)]
    raise ValueError(f"unknown part of a form: {element.tag}")


def _gap(points: float) -> etree._Element:
    spacing = w("spacing", {"before": 0, "after": 0, "line": round(points * 20), "lineRule": "exact"})
    return w("p", {}, w("pPr", {}, spacing, w("rPr", {}, w("sz", {"val": 4}))))


def _table(table: etree._Element, drawing: Drawing) -> etree._Element:
    widths = [_twips(width) for width in table.get("widths", "").split()]
    size = float(table.get("size", drawing.size))
    edges = [
        w(side, {"val": "single", "sz": 4, "space": 0, "color": "404040"})
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    properties = w(
        "tblPr",
        {},
        w("tblW", {"w": sum(widths), "type": "dxa"}),
        w("tblInd", {"w": 0, "type": "dxa"}),
        w("tblBorders", {}, *edges),
        w("tblLayout", {"type": "fixed"}),
    )
    drawn = w("tbl", {}, properties, w("tblGrid", {}, *(w("gridCol", {"w": width}) for width in widths)))
    for row in table:
        drawn.append(_row(row, widths, drawing, size))
    return drawn


def _row(row: etree._Element, widths: Sequence[int], drawing: Drawing, size: float) -> etree._Element:
    properties = w("trPr", {}, w("cantSplit", {}))
    if height := row.get("h"):
        properties.append(w("trHeight", {"val": _twips(height), "hRule": "atLeast"}))
    drawn = w("tr", {}, properties)
    column = 0
    for cell in row:
        span = int(cell.get("span", "1"))
        drawn.append(_cell(cell, sum(widths[column : column + span]), drawing, size))
        column += span
    if column != len(widths):
        raise ValueError(f"a row of {column} columns in a table of {len(widths)}")
    return drawn


def _cell(cell: etree._Element, width: int, drawing: Drawing, size: float) -> etree._Element:
    properties = w("tcPr", {}, w("tcW", {"w": width, "type": "dxa"}))
    if span := cell.get("span"):
        properties.append(w("gridSpan", {"val": span}))
    if merge := cell.get("merge"):
        properties.append(w("vMerge", {"val": "restart"} if merge == "start" else {}))
    if fill := cell.get("fill"):
        properties.append(w("shd", {"val": "clear", "color": "auto", "fill": fill}))
    properties.append(w("vAlign", {"val": cell.get("valign", "center")}))
    drawn = w("tc", {}, properties)
    paragraphs = [cell] if cell.find("p") is None else list(cell)
    for paragraph in paragraphs:
        drawn.append(
            _paragraph(paragraph, drawing, float(paragraph.get("size", size)), align=cell.get("align", ""))
        )
    return drawn


def _paragraph(
    paragraph: etree._Element, drawing: Drawing, size: float, *, align: str = ""
) -> etree._Element:
    properties = w("pPr", {})
    title = paragraph.get("style") == "title"
    if title:
        properties.append(w("pStyle", {"val": "Heading1"}))
    if paragraph.get("break"):
        properties.append(w("pageBreakBefore", {}))
    if paragraph.get("list"):
        properties.append(w("numPr", {}, w("ilvl", {"val": 0}), w("numId", {"val": 1})))
    properties.extend(_tabs(paragraph))
    spacing: dict[str, object] = {
        "before": round(float(paragraph.get("before", "0")) * 20),
        "after": round(float(paragraph.get("after", "0")) * 20),
        "line": round(float(paragraph.get("line", "1")) * 240),
        "lineRule": "auto",
    }
    properties.append(w("spacing", spacing))
    if hang := paragraph.get("hang"):
        left, by = (_twips(part) for part in hang.split())
        properties.append(w("ind", {"left": left + by, "hanging": by}))
    if align := paragraph.get("align", align):
        properties.append(w("jc", {"val": align}))
    properties.append(w("rPr", {}, w("sz", {"val": round(size * 2)}), w("szCs", {"val": round(size * 2)})))
    drawn = w("p", {}, properties)
    drawn.extend(_inline(paragraph, drawing, size, bold=title))
    _trim(drawn)
    return drawn


def _tabs(paragraph: etree._Element) -> list[etree._Element]:
    stops = paragraph.get("tabs", "").split()
    if not stops:
        return []
    kinds = [("right" if stop.startswith("r") else "left", _twips(stop.lstrip("r"))) for stop in stops]
    return [w("tabs", {}, *(w("tab", {"val": kind, "pos": at}) for kind, at in kinds))]


def _inline(element: etree._Element, drawing: Drawing, size: float, *, bold: bool) -> list[etree._Element]:
    drawn: list[etree._Element] = []
    if text := fold(element.text):
        drawn.append(run(text, size, bold=bold))
    for child in element:
        match child.tag:
            case "b":
                drawn.extend(_inline(child, drawing, size, bold=True))
            case "br" | "tab":
                drawn.append(w("r", {}, w(str(child.tag), {})))
            case "field":
                drawn.extend(_field(child, drawing, size))
            case _:
                raise ValueError(f"unknown part of a paragraph: {child.tag}")
        if text := fold(child.tail):
            drawn.append(run(text, size, bold=bold))
    return drawn


def _trim(paragraph: etree._Element) -> None:
    """Takes away the spaces that the declaration's own line breaks left at the ends."""
    texts = [node for node in paragraph.iter(f"{{{W}}}t") if not set(node.text or "") <= set(EMPTY)]
    if texts:
        texts[0].text = (texts[0].text or "").lstrip(" ")
        if texts[-1].getparent() is paragraph[-1]:
            texts[-1].text = (texts[-1].text or "").rstrip(" ")


def _field(element: etree._Element, drawing: Drawing, size: float) -> list[etree._Element]:
    kind, tag = element.get("kind", "line"), element.get("id", "")
    number, drawing.number = drawing.number, drawing.number + 1
    held = "_" * int(element.get("rule", "0")) or EMPTY
    if drawing.printed:
        content = run("\u00a0" if kind == "tick" else held, size)
        return [run(f"{{{number}}}", 1), content] if drawing.marks else [content]
    typed = w("rPr", {}, w("sz", {"val": round(size * 2)}), w("szCs", {"val": round(size * 2)}))
    if element.get("rule"):
        typed.append(w("u", {"val": "single"}))
    properties = w(
        "sdtPr",
        {},
        *([] if kind == "tick" else [typed]),
        w("alias", {"val": element.get("label", tag)[:64]}),
        w("tag", {"val": tag}),
        w("id", {"val": 810_000_000 + number}),
        w("lock", {"val": "sdtLocked"}),
    )
    if kind == "tick":
        content = run(BOX, size + 1, font="MS Gothic")
    else:
        properties.append(w("showingPlcHdr", {}))
        content = run(held, size, style="PlaceholderText")
    properties.extend(_KINDS[kind]())
    return [w("sdt", {}, properties, w("sdtContent", {}, content))]


def _box() -> list[etree._Element]:
    checkbox = etree.Element(f"{{{W14}}}checkbox", nsmap=NSMAP)
    for name, value in (("checked", {"val": "0"}), ("checkedState", {"val": "2612", "font": "MS Gothic"}),
                        ("uncheckedState", {"val": "2610", "font": "MS Gothic"})):  # fmt: skip
        etree.SubElement(
            checkbox, f"{{{W14}}}{name}", {f"{{{W14}}}{key}": text for key, text in value.items()}
        )
    return [checkbox]


_KINDS: dict[str, Callable[[], list[etree._Element]]] = {
    "line": lambda: [w("text", {})],
    "lines": lambda: [w("text", {"multiLine": 1})],
    "tick": _box,
    "signature": lambda: [w("richText", {})],
}
