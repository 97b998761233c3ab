"""Draws a filled form as a Word file, raw XML in a python-docx package."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from random import Random
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.shared import Pt
from lxml import etree
from PIL import Image, ImageDraw

from tests.generated import word_marks as marks
from tests.generated.page import (
    Block,
    Cell,
    Newline,
    PageBreak,
    Para,
    Piece,
    Print,
    Sign,
    Style,
    Tab,
    Table,
    Tick,
    Written,
)

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
STRICT = (
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
    (
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
    ),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main"),
    (
        "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "http://purl.oclc.org/ooxml/drawingml/picture",
    ),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
        "http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
    ),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "http://purl.oclc.org/ooxml/officeDocument/math",
    ),
)


class WordDrawing:
    """One Word document under way: its style, its favourite vehicle for values, its kind of box."""

    def __init__(self, style: Style, rng: Random) -> None:
        self.style, self.rng = style, rng
        self.document = docx.Document()
        self.number = 0
        self.strict = rng.random() < 0.08
        self.vehicle = rng.choice(marks.VEHICLES + BLOCK_CHOICES)
        self.box = rng.choice(marks.BOXES)
        self.bare = rng.choice(("none", "none", "none", self.box, "over"))
        self.mark = rng.choice("XXXxx✓✔☒☑")
        self.hand = rng.choice(
            (
                "",
                "",
                '<w:color w:val="1F3864"/>',
                '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/>',
                "<w:i/>",
            )
        )
        style.note(f"vehicle={self.vehicle}")
        style.note(f"box={self.box}/{self.bare}/{self.mark}")
        if self.strict:
            style.note("strict OOXML")

    def next(self) -> int:
        self.number += 1
        return self.number

    def pick(self, *, alone: bool) -> str:
        vehicle = self.vehicle if self.rng.random() < 0.8 else self.rng.choice(marks.VEHICLES)
        if vehicle in marks.BLOCKS and (not alone or (vehicle == "textbox" and self.strict)):
            return "plain"
        return vehicle

    def piece(self, piece: Piece, *, scale: float, alone: bool = False) -> str:
        size = f'<w:sz w:val="{max(10, round(self.style.size * scale * 2))}"/>'
        if isinstance(piece, Print):
            return marks.run(piece.text, props=("<w:b/>" if piece.bold else "") + size)
        if isinstance(piece, Newline):
            return "<w:r><w:br/></w:r>"
        if isinstance(piece, Tab):
            return "<w:r><w:tab/></w:r>"
        if isinstance(piece, Tick):
            box = self.bare if piece.bare else self.box
            return marks.tick(self.rng, box, piece.on, self.mark, props=size, number=self.next())
        if isinstance(piece, Sign):
            return self.sign(piece, size)
        vehicle = "plain" if piece.single and not piece.rule else self.pick(alone=alone)
        text = marks.value(self.rng, vehicle, piece.lines, props=self.hand + size, number=self.next())
        return self.ruled(text, piece, size)

    def ruled(self, text: str, piece: Written | Sign, size: str) -> str:
        """What is written on a printed line: the line gives way to it, or runs on behind it."""
        if not piece.rule:
            return text
        if not piece.lines:
            return text + marks.run("_" * piece.rule, props=size)
        if self.style.fill == "none":
            return text
        length = max(4, piece.rule - len(piece.lines[0]))
        front = 0 if self.style.fill == "after" else self.rng.randint(1, 4)
        return marks.run("_" * front, props=size) + text + marks.run("_" * length, props=size)

    def sign(self, piece: Sign, size: str) -> str:
        if piece.mark == "picture":
            run = self.document.add_paragraph().add_run()
            run.add_picture(signature_picture(self.rng), height=Pt(22))
            element: Any = run._element
            paragraph = element.getparent()
            paragraph.getparent().remove(paragraph)
            return str(etree.tostring(element, encoding="unicode"))
        text = marks.value(self.rng, "plain", piece.lines, props=self.hand + size, number=self.next())
        return self.ruled(text, piece, size)

    def para(self, para: Para, *, alone: bool = False) -> str:
        """A paragraph; a lone value may stand in a control around the whole of it."""
        spacing = (
            f'<w:spacing w:before="0" w:after="{round(para.after * 20)}" w:line="240" w:lineRule="auto"/>'
        )
        pieces = para.pieces
        lone = (
            len(pieces) == 1
            and isinstance(pieces[0], Written)
            and not pieces[0].single
            and not pieces[0].rule
        )
        body = "".join(self.piece(piece, scale=para.scale, alone=lone) for piece in pieces)
        keep = "<w:keepNext/>" if para.keep else ""
        text = f"<w:p><w:pPr>{keep}{spacing}</w:pPr>{body}</w:p>"
        if not lone:
            return text
        value = pieces[0]
        assert isinstance(value, Written)
        if value.lines and len(value.lines) > 1 and self.rng.random() < 0.5:
            text = "".join(
                self.para(Para(pieces=(Written(field=value.field, lines=(line,), single=True),)))
                for line in value.lines
            )
        vehicle = self.pick(alone=True)
        if vehicle == "block-sdt":
            return marks.sdt(text, number=self.next(), kind="<w:richText/>") if value.lines else text
        if vehicle == "nested" and value.lines and alone:
            return marks.nested(text) + "<w:p/>"
        if vehicle == "textbox" and len(value.lines) == 1 and len(value.lines[0]) < 30 and alone:
            return f"<w:p>{marks.textbox(text, self.next())}</w:p>"
        return text

    def cell(self, cell: Cell, width: int) -> str:
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        if cell.merge:
            span += '<w:vMerge w:val="restart"/>' if cell.merge == "start" else "<w:vMerge/>"
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="D9E2F3"/>' if cell.shade else ""
        body = "".join(self.para(para, alone=len(cell.paras) == 1) for para in cell.paras)
        if body.endswith("</w:tbl>"):
            body += "<w:p/>"
        text = (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}'
            f"</w:tcPr>{body or '<w:p/>'}</w:tc>"
        )
        only = cell.paras[0].pieces if len(cell.paras) == 1 else ()
        if (
            len(only) == 1
            and isinstance(only[0], Written)
            and only[0].lines
            and self.pick(alone=True) == "cell-sdt"
        ):
            return marks.sdt(text, number=self.next(), kind="<w:richText/>")
        return text

    def table(self, table: Table) -> str:
        total = 9400
        widths = [round(total * share) for share in table.widths]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = []
        for row in table.rows:
            cells, at = [], 0
            for cell in row:
                cells.append(self.cell(cell, sum(widths[at : at + cell.span])))
                at += cell.span
            height = (
                f'<w:trPr><w:trHeight w:val="{round(self.style.pad * 80)}"/></w:trPr>'
                if self.style.pad > 2
                else ""
            )
            rows.append(f"<w:tr>{height}{''.join(cells)}</w:tr>")
        props = (
            f'<w:tblW w:w="{total}" w:type="dxa"/>{marks.borders(table.borders or self.style.borders)}'
            '<w:tblLayout w:type="fixed"/>'
        )
        return f"<w:tbl><w:tblPr>{props}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"

    def save(self, blocks: list[Block], path: Path) -> None:
        style: Any = self.document.styles["Normal"]
        style.font.name, style.font.size = self.style.font, Pt(self.style.size)
        section = self.document.sections[0]
        section.left_margin = section.right_margin = Pt(62)
        section.top_margin = section.bottom_margin = Pt(50)
        section.page_width, section.page_height = Pt(595.3), Pt(841.9)
        if self.style.header:
            section.header.paragraphs[0].text = self.style.header
        if self.style.footer:
            section.footer.paragraphs[0].text = self.style.footer
        texts = []
        for block in blocks:
            if isinstance(block, PageBreak):
                texts.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
            elif isinstance(block, Table):
                texts.append(self.table(block))
            else:
                texts.append(self.para(block))
        body: Any = self.document.element.body
        end = body.sectPr
        for element in parse_xml(f"<w:body {NAMESPACES}>{''.join(texts)}<w:p/></w:body>"):
            end.addprevious(element)
        stream = io.BytesIO()
        self.document.save(stream)
        path.write_bytes(repacked(stream.getvalue(), strict=self.strict))


BLOCK_CHOICES = ("block-sdt", "cell-sdt", "nested", "textbox", "plain", "plain")


def signature_picture(rng: Random) -> io.BytesIO:
    """A scrawl in blue ink."""
    picture = Image.new("RGB", (240, 70), "white")
    pen = ImageDraw.Draw(picture)
    points = [(10 + step * 9 + rng.randint(-4, 4), 35 + rng.randint(-26, 26)) for step in range(24)]
    pen.line(points, fill=(20, 30, 120), width=3, joint="curve")
    stream = io.BytesIO()
    picture.save(stream, format="PNG")
    stream.seek(0)
    return stream


def repacked(data: bytes, *, strict: bool) -> bytes:
    """The package with fixed times, so that a seed gives the same bytes; in strict OOXML when asked."""
    source = zipfile.ZipFile(io.BytesIO(data))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if strict and name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
                for old, new in STRICT:
                    content = content.replace(old.encode(), new.encode())
                if name == "word/document.xml":
                    content = content.replace(b"<w:document ", b'<w:document w:conformance="strict" ', 1)
            entry = zipfile.ZipInfo(name, date_time=(2025, 1, 1, 0, 0, 0))
            target.writestr(entry, content, compress_type=zipfile.ZIP_DEFLATED)
    return stream.getvalue()
