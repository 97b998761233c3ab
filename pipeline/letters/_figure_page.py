"""The figures on one page: a table for each group, a bar beside each number. No template: there are no words in it but the figures' own."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from pipeline.figures import GROUPS, Figure

_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGOQ96sEAAF2AOe2j1NWAAAAAElFTkSuQmCC"
)
"""One blue pixel: a bar is it, drawn out."""
_WIDTHS = (Cm(5.2), Cm(2.2), Cm(1.3))
_BAR = 1.8
_SERVICES = 8
"""So many services are on the page; the sheet and the lines have them all."""


def figure_page(
    figures: Sequence[Figure], *, title: str, lines: Sequence[str], notes: Sequence[str] = ()
) -> bytes:
    """A Word file of one A4 page in bokmål: title, lines under it, the figures group by group, notes at the end.

    Each bar has a text of its own, and the number stands beside it; a hidden number has no bar.
    """
    page = _blank(title)
    page.add_heading(title, level=1)
    for line in lines:
        page.add_paragraph(line)
    _two_columns(page)
    labels = {group.id: group.label for group in GROUPS}
    for group in dict.fromkeys(figure.group for figure in figures):
        _table(page, labels[group], [f for f in figures if f.group == group])
    page.add_section(0)._sectPr.find(qn("w:cols")).set(
        qn("w:num"), "1"
    )  # what stands before is spread over both columns
    for note in notes:
        page.add_paragraph(note)
    out = io.BytesIO()
    page.save(out)
    return out.getvalue()


def _blank(title: str) -> Any:
    page = Document()
    section = page.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.3)
    page.core_properties.title = title
    page.core_properties.language = "nb-NO"
    page.core_properties.author = ""
    page.core_properties.comments = ""
    for lang in page.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), "nb-NO")
    for name, size in (("Normal", 8.5), ("Heading 1", 15)):
        style = page.styles[name]
        style.font.name, style.font.size = "Liberation Sans", Pt(size)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_after = Pt(2)
        style.paragraph_format.space_before = Pt(0)
    return page


def _two_columns(page: Any) -> None:
    section = page.add_section(0)
    columns = section._sectPr.find(qn("w:cols"))
    if columns is None:
        columns = OxmlElement("w:cols")
        section._sectPr.append(columns)
    columns.set(qn("w:num"), "2")
    columns.set(qn("w:space"), "340")


def _table(page: Any, label: str, figures: Sequence[Figure]) -> None:
    rows, left = _on_page(figures)
    table = page.add_table(rows=1, cols=3)
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    _fill(table.rows[0], label, "", "Antall", bold=True)
    merged = table.cell(0, 0).merge(table.cell(0, 1))
    for empty in merged.paragraphs[1:]:
        merged._tc.remove(empty._p)
    highest = {days: _highest(rows, days) for days in (False, True)}
    for figure in rows:
        row = table.add_row()
        mark = " *" if figure.when == "period" else ""
        indent = "   " if figure.part_of else ""
        _fill(row, f"{indent}{figure.label}{mark}", "", figure.shown)
        _bar(row.cells[1], figure, highest[_in_days(figure)])
    for row in table.rows:
        _whole(row)
    page.add_paragraph(f"Og {left} tjenester til, se tabellen." if left else "")


def _on_page(figures: Sequence[Figure]) -> tuple[list[Figure], int]:
    """The figures that have room, and how many services have none."""
    rows = [figure for figure in figures if not figure.service]
    services = [figure for figure in figures if figure.service]
    for figure in services[:_SERVICES]:
        rows.insert(rows.index(next(f for f in rows if f.id == figure.part_of)) + 1, figure)
    kept = [f for f in figures if f in rows]
    return kept, len(services) - len(services[:_SERVICES])


def _in_days(figure: Figure) -> bool:
    return ".days_" in figure.id


def _highest(figures: Sequence[Figure], days: bool) -> int:
    return max((f.value or 0 for f in figures if _in_days(f) is days), default=0)


def _fill(row: Any, *texts: str, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, _WIDTHS, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(text).bold = bold
    row.cells[2].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _whole(row: Any) -> None:
    """Keep a row on one column, and with the next."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _bar(cell: Any, figure: Figure, highest: int) -> None:
    if not figure.value or not highest:
        return
    width = Cm(max(0.05, _BAR * figure.value / highest))
    run = cell.paragraphs[0].add_run()
    run.add_picture(io.BytesIO(_DOT), width=width, height=Cm(0.24))
    properties = run._r.find(f".//{qn('wp:docPr')}")
    properties.set("descr", f"Søyle: {figure.label}, {figure.shown}")
    properties.set("title", figure.label)
