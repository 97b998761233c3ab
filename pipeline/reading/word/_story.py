"""One stretch of a Word file, block by block: paragraphs, tables, controls round them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from pipeline.domain import Block, Cell, Line, Table
from pipeline.reading.word._controls import control_of, held
from pipeline.reading.word._inline import Inline
from pipeline.reading.word._names import (
    attribute,
    check_depth,
    child,
    children,
    is_on,
    name,
    number,
    relation,
)
from pipeline.reading.word._package import Relation
from pipeline.reading.word._pictures import shown_branch
from pipeline.reading.word._source import Source
from pipeline.reading.word._styles import PLAIN

_THROUGH = frozenset({"ins", "moveTo", "customXml", "smartTag", "sdtContent"})
_MOST_COLUMNS = 200


def blocks_of(
    root: etree._Element, source: Source, depth: int = 0, *, keep_blank: bool = False
) -> list[Block]:
    """The blocks of a body, cell, text box, header or note, in reading order.

    ``keep_blank``: empty paragraphs come as empty lines, because in a cell they keep stacked lines in step.
    """
    story = _Story(source, depth)
    story.keep_blank = keep_blank
    story.read(root, depth)
    return story.finish()


class _Story:
    """A stretch under way: the blocks so far and the line being built."""

    def __init__(self, source: Source, depth: int) -> None:
        self.source = source
        self.blocks: list[Block] = []
        self.keep_blank = False
        self.inline = Inline(source, self.blocks, lambda root, deep: blocks_of(root, source, deep))
        check_depth(depth)

    def finish(self) -> list[Block]:
        self.inline.close()
        return self.blocks

    def read(self, root: etree._Element, depth: int) -> None:
        check_depth(depth)
        for one in root:
            match name(one):
                case "p":
                    self._paragraph(one, depth)
                case "tbl":
                    self.inline.end_line()
                    table = _table(one, self.source, depth + 1)
                    if table is not None:
                        self.blocks.append(table)
                case "sdt":
                    self._control(one, depth + 1)
                case "altChunk" | "subDoc":
                    self.source.doubt("alt-chunk")
                case "mc:AlternateContent":
                    for branch in shown_branch(one):
                        self.read(branch, depth + 1)
                case short if short in _THROUGH:
                    self.read(one, depth + 1)

    def _paragraph(self, paragraph: etree._Element, depth: int) -> None:
        look, heading, mark_deleted = PLAIN, False, False
        for one in _properties(paragraph, "pPr"):
            match name(one):
                case "pStyle":
                    look = self.source.styles.look(attribute(one, "val"))
                    heading = heading or look.heading
                case "outlineLvl":
                    heading = heading or number(one, default=9) < 9
                case "rPr":
                    mark_deleted = any(name(mark) in ("del", "moveFrom") for mark in one)
        before = len(self.blocks)
        self.inline.read_paragraph(paragraph, look, depth, heading=heading, joins_next=mark_deleted)
        if self.keep_blank and not mark_deleted and len(self.blocks) == before:
            self.blocks.append(Line(pieces=()))

    def _control(self, sdt: etree._Element, depth: int) -> None:
        content = child(sdt, "sdtContent")
        if content is None:
            return
        control = control_of(child(sdt, "sdtPr"))
        if control.kind == "through" and not control.placeholder:
            self.read(content, depth)
            return
        inner = blocks_of(content, self.source, depth)
        pieces = held(control, inner)
        self.inline.end_line()
        if pieces is None:
            self.blocks.extend(inner)
        elif pieces:
            self.blocks.append(Line(pieces=pieces))


def _properties(element: etree._Element, short: str) -> Iterable[etree._Element]:
    """The properties of a paragraph or the like: its first child, or none."""
    found = child(element, short)
    return found if found is not None else ()


def _table(element: etree._Element, source: Source, depth: int) -> Table | None:
    check_depth(depth)
    cells: list[Cell] = []
    open_cells: dict[int, int] = {}
    columns = row = 0
    for tr in _rows(element, source, depth):
        around = children(child(tr, "trPr"))
        at, merged_left = number(around.get("gridBefore"), most=_MOST_COLUMNS), -1
        seen: dict[int, int] = {}
        for tc, control in _cells(tr, depth):
            properties = children(child(tc, "tcPr"))
            span = max(number(properties.get("gridSpan"), default=1, most=_MOST_COLUMNS), 1)
            if _continues(properties.get("hMerge")) and merged_left >= 0:
                cells[merged_left] = replace(
                    cells[merged_left], column_span=cells[merged_left].column_span + span
                )
                at += span
                continue
            above = open_cells.get(at)
            if _continues(properties.get("vMerge")) and above is not None:
                cells[above] = replace(cells[above], row_span=row - cells[above].row + 1)
                seen[at], merged_left = above, -1
            else:
                blocks = () if "cellDel" in properties else _cell_blocks(tc, control, source, depth)
                cells.append(Cell(row=row, column=at, column_span=span, blocks=blocks))
                merged_left = len(cells) - 1
                if "vMerge" in properties:
                    seen[at] = merged_left
            at += span
        open_cells, row = seen, row + 1
        columns = max(columns, at + number(around.get("gridAfter"), most=_MOST_COLUMNS))
    return Table(cells=tuple(cells), rows=row, columns=columns) if cells else None


def _cell_blocks(
    tc: etree._Element, control: etree._Element | None, source: Source, depth: int
) -> tuple[Block, ...]:
    blocks = blocks_of(tc, source, depth + 1, keep_blank=True)
    if all(isinstance(block, Line) and not block.pieces for block in blocks):
        blocks = []
    if control is not None:
        pieces = held(control_of(control), blocks)
        if pieces is not None:
            return (Line(pieces=pieces),) if pieces else ()
    return tuple(blocks)


def _rows(root: etree._Element, source: Source, depth: int) -> list[etree._Element]:
    check_depth(depth)
    rows: list[etree._Element] = []
    for one in root:
        short = name(one)
        if short == "tr":
            properties = children(child(one, "trPr"))
            if "del" not in properties and not is_on(properties.get("hidden")):
                rows.append(one)
        elif short == "sdt" or short in _THROUGH:
            content = child(one, "sdtContent") if short == "sdt" else one
            rows.extend(_rows(content, source, depth + 1) if content is not None else ())
    return rows


def _cells(root: etree._Element, depth: int) -> list[tuple[etree._Element, etree._Element | None]]:
    """A row's cells, each with the properties of the control round it, if any."""
    check_depth(depth)
    cells: list[tuple[etree._Element, etree._Element | None]] = []
    for one in root:
        short = name(one)
        if short == "tc":
            cells.append((one, None))
        elif short == "sdt":
            content = child(one, "sdtContent")
            inner = _cells(content, depth + 1) if content is not None else []
            control = child(one, "sdtPr")
            alone = len(inner) == 1 and inner[0][1] is None and control is not None
            cells.extend([(inner[0][0], control)] if alone else inner)
        elif short in _THROUGH:
            cells.extend(_cells(one, depth + 1))
    return cells


def _continues(merge: etree._Element | None) -> bool:
    return merge is not None and (attribute(merge, "val") or "continue") == "continue"


def margin_parts(body: etree._Element, relations: dict[str, Relation], *, even: bool) -> list[str]:
    """The headers and footers that people see, each once, in the order of their sections."""
    parts: dict[str, None] = {}
    for section in body.iter("{*}sectPr"):
        above = section.getparent()
        if name(section) != "sectPr" or (above is not None and name(above) == "sectPrChange"):
            continue
        first = is_on(child(section, "titlePg"))
        for reference in section:
            if name(reference) not in ("headerReference", "footerReference"):
                continue
            kind = attribute(reference, "type") or "default"
            found = relations.get(relation(reference) or "")
            if found and (kind == "default" or (kind == "first" and first) or (kind == "even" and even)):
                parts[found.target] = None
    return list(parts)
