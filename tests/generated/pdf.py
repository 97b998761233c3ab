"""Draws a filled form as a PDF: printed text and boxes, or fields to fill in."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.generated import pdf_ticks
from tests.generated.page import Block, Cell, PageBreak, Sign, Style, Table, Tick, Written
from tests.generated.pdf_fields import Fields, Planned
from tests.generated.pdf_flow import FILES, FONTS, Atom, Flow, Line, covering, register, width
from tests.generated.pdf_grid import Drawings, Grid, ink
from tests.generated.word import signature_picture

LEFT, TOP, BOTTOM, ROOM = 55.0, 790.0, 55.0, 485.0
PAPER = (595.28, 841.89)


class PdfDrawing:
    """One PDF under way."""

    def __init__(self, style: Style, rng: Random, *, fields: bool) -> None:
        register()
        self.style, self.rng = style, rng
        self.stream = io.BytesIO()
        self.canvas = Canvas(self.stream, pagesize=PAPER, invariant=1)
        if pdf_ticks.LOST not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(pdf_ticks.LOST, str(FONTS / "dejavu/DejaVuSansMono.ttf")))
        hand = rng.choice((style.font, style.font, rng.choice(tuple(FILES))))
        self.flow = Flow(style=style, hand=hand, fields=fields, struck=rng.random() < 0.06)
        if self.flow.struck:
            style.note("struck-out words")
        self.fields = Fields(rng=rng) if fields else None
        self.box = rng.choice(pdf_ticks.BOXES)
        self.boxed_cells = style.boxes
        self.bare = rng.choice(pdf_ticks.BARE)
        self.mark = rng.choice("XXx")
        self.ink = rng.choice(((0, 0, 0), (0, 0, 0), (0.1, 0.15, 0.5)))
        self.grid = Grid(self.canvas, rng.choice(("stroke", "rects", "cells")))
        self.ruled = rng.choice(("vector", "letters"))
        self.radio = rng.random() < 0.4 and style.exclusive
        self.printed_boxes = rng.random() < 0.5
        self.turned = not fields and rng.random() < 0.06
        self.y, self.page = TOP, 0
        self.drawings = Drawings(self.canvas, rng)
        style.note(f"hand={hand}, grid={self.grid.manner}, rule={self.ruled}")
        style.note(
            f"box={self.box}/{'boxed' if self.boxed_cells else self.bare}"
            if not fields
            else f"radio={self.radio}"
        )
        self.begin_page()

    def begin_page(self) -> None:
        if self.turned:
            self.canvas.setPageRotation(90)
            self.canvas.transform(0, 1, -1, 0, PAPER[1], 0)
            self.style.note("pages stored sideways with /Rotate")
        self.y = TOP
        self.canvas.setFont(self.style.font, 7)
        self.canvas.drawString(LEFT, 815, self.style.header)
        self.canvas.drawString(LEFT, 30, self.style.footer)

    def new_page(self) -> None:
        self.canvas.showPage()
        self.page += 1
        self.begin_page()

    def save(self, blocks: list[Block], path: Path) -> None:
        path.write_bytes(self.data(blocks))

    def data(self, blocks: list[Block]) -> bytes:
        """The finished file."""
        for block in blocks:
            if isinstance(block, PageBreak):
                self.new_page()
            elif isinstance(block, Table):
                self.table(block)
            else:
                lines = self.flow.lines(block, ROOM)
                self.need(sum(line.height for line in lines) + (24 if block.keep else 0))
                self.lines(lines, LEFT)
        self.canvas.showPage()
        if self.fields:
            for name in self.drawings.names:
                self.canvas.doForm(name)
            self.canvas.showPage()
        self.canvas.save()
        data = self.stream.getvalue()
        if self.fields:
            data = self.fields.add(data)
            self.style.notes += self.fields.notes
        elif self.box == "lost":
            data = pdf_ticks.without_unicode(data)
        return data

    def need(self, height: float) -> None:
        if self.y - height < BOTTOM and self.y < TOP:
            self.new_page()

    def lines(self, lines: list[Line], x: float) -> None:
        for line in lines:
            baseline = self.y - line.height + line.height * 0.25 if line.height < 22 else self.y - 12
            self.line(line, x, baseline)
            self.y -= line.height

    def line(self, line: Line, x: float, baseline: float) -> None:
        group: list[tuple[float, Atom]] = []
        for at, atom in [*line.atoms, (0, Atom(width=0))]:
            first = group[0][1] if group else None
            if first and self.apart(group[-1], at, atom):
                self.write("".join(item.text for _, item in group), first, x + group[0][0], baseline)
                group = []
            if atom.piece is not None:
                self.draw(atom, x + at, baseline, line.height)
            elif atom.text:
                group.append((at, atom))

    def apart(self, last: tuple[float, Atom], at: float, atom: Atom) -> bool:
        """Whether a printing program would begin a new run of text here."""
        before = last[1]
        if atom.piece or not atom.text or abs(last[0] + before.width - at) > 0.5:
            return True
        return (atom.font, atom.size, atom.ink) != (before.font, before.size, before.ink)

    def write(self, text: str, atom: Atom, x: float, y: float) -> None:
        self.canvas.setFillColorRGB(*(self.ink if atom.ink != "print" else (0, 0, 0)))
        self.canvas.setFont(atom.font, atom.size)
        self.canvas.drawString(x, y, text)
        if atom.ink == "struck":
            self.canvas.setLineWidth(0.7)
            right = x + width(text.rstrip(), atom.font, atom.size)
            self.canvas.line(x, y + atom.size * 0.28, right, y + atom.size * 0.28)
        self.canvas.setFillColorRGB(0, 0, 0)

    def draw(self, atom: Atom, x: float, y: float, height: float) -> None:
        piece = atom.piece
        if isinstance(piece, Tick):
            self.tick(piece, atom, x, y)
        elif isinstance(piece, Sign):
            self.sign(piece, atom, x, y)
        elif isinstance(piece, Written) and self.fields:
            top = y + atom.size * 0.95
            self.widget(
                piece.lines, atom, (x, top - atom.size * 1.25 * atom.lines - 1, x + atom.width - 1, top + 1)
            )
            if piece.rule:
                self.canvas.setLineWidth(0.5)
                self.canvas.line(x, y - 2, x + atom.width - 2, y - 2)
        elif isinstance(piece, Written):
            self.on_rule(piece.lines[0] if piece.lines else "", bool(piece.rule), atom, x, y)

    def on_rule(self, text: str, rule: bool, atom: Atom, x: float, y: float) -> None:
        """A value on a printed line: drawn below it, or underscores it stands on or before."""
        wide = width(text, atom.font, atom.size) if text else 0.0
        letters = "_" * max(0, int((atom.width - 1) / width("_", self.style.font, atom.size)))
        if rule and self.ruled == "vector":
            self.canvas.setLineWidth(0.6)
            self.canvas.line(x, y - 2, x + atom.width, y - 2)
        elif rule and (not text or self.style.fill != "after"):
            self.canvas.setFont(self.style.font, atom.size)
            self.canvas.drawString(x, y - 1, letters)
        elif rule:
            left = letters[: max(0, int((atom.width - wide) / width("_", self.style.font, atom.size)))]
            self.canvas.setFont(self.style.font, atom.size)
            self.canvas.drawString(x + wide + 1, y, left)
        shift = min(6.0, max(0.0, atom.width - wide - 1)) if rule and self.style.fill == "over" else 0.0
        if text:
            self.write(
                text,
                Atom(width=wide, font=covering(text, atom.font), size=atom.size, ink="hand"),
                x + shift,
                y,
            )

    def widget(self, lines: tuple[str, ...], atom: Atom, rect: tuple[float, float, float, float]) -> None:
        assert self.fields
        plan = Planned(
            kind="text",
            page=self.page,
            rect=rect,
            value="\n".join(lines),
            size=atom.size,
            multiline=atom.lines > 1 or len(lines) > 1,
        )
        if lines:
            plan.shown = self.drawings.text(lines, atom.size, rect[2] - rect[0], rect[3] - rect[1])
        self.fields.planned.append(plan)

    def tick(self, piece: Tick, atom: Atom, x: float, y: float) -> None:
        size = atom.size
        if self.fields:
            side = size * 0.95
            shown, hidden = self.drawings.tick(side, True), self.drawings.tick(side, False)
            group = piece.group if self.radio else ""
            rect = (x, y - 1, x + side, y - 1 + side)
            if self.printed_boxes:
                pdf_ticks.square(self.canvas, x, y - 1, side)
            self.fields.planned.append(
                Planned(
                    kind="tick",
                    page=self.page,
                    rect=rect,
                    on=piece.on,
                    group=group,
                    shown=shown,
                    hidden=hidden,
                )
            )
            return
        if self.box == "loose" or (piece.bare and not self.boxed_cells):
            if piece.on:
                pdf_ticks.bare(self.canvas, self.bare, x, y, size, self.flow.hand, self.mark, self.rng)
            return
        pdf_ticks.box(self.canvas, self.box, piece.on, x, y, size, self.style.font, self.rng)

    def sign(self, piece: Sign, atom: Atom, x: float, y: float) -> None:
        wide = atom.width
        if piece.rule:
            self.canvas.setLineWidth(0.6)
            self.canvas.line(x, y - 2, x + wide, y - 2)
        if piece.mark == "typed":
            fitted = Written(field=piece.field, lines=piece.lines)
            if self.fields:
                self.widget(fitted.lines, atom, (x, y - 3, x + wide, y + atom.size + 1))
            else:
                self.write(
                    piece.lines[0],
                    Atom(width=0, font=covering(piece.lines[0], self.flow.hand), size=atom.size, ink="hand"),
                    x + 2,
                    y,
                )
        elif self.fields and self.rng.random() < 0.3:
            shown = (
                self.drawings.text(("Digitalt signert", "04.03.2025 10:15"), 5, wide, 14)
                if piece.mark == "picture"
                else ""
            )
            plan = Planned(
                kind="signature",
                page=self.page,
                rect=(x, y - 2, x + wide, y + 12),
                on=piece.mark == "picture",
                shown=shown,
            )
            self.fields.planned.append(plan)
            self.style.note("signature field")
        elif piece.mark == "picture" and self.rng.random() < 0.5:
            self.canvas.drawImage(
                ImageReader(signature_picture(self.rng)),
                x + 4,
                y - 1,
                62,
                18,
                mask=[250, 255, 250, 255, 250, 255],
            )
            self.style.note("signature picture")
        elif piece.mark == "picture":
            ink(self.canvas, x + 4, y + 4, self.rng)
            self.style.note("signature ink")
        elif self.fields and self.rng.random() < 0.3:
            self.widget((), atom, (x, y - 3, x + wide, y + atom.size + 1))

    def table(self, table: Table) -> None:
        kind = table.borders or self.style.borders
        pad = self.style.pad
        widths = [share * ROOM for share in table.widths]
        for number, row in enumerate(table.rows):
            laid: list[tuple[float, float, Cell, list[Line]]] = []
            x, at = LEFT, 0
            for cell in row:
                wide = sum(widths[at : at + cell.span])
                lines = [line for para in cell.paras for line in self.flow.lines(para, wide - 8)]
                laid.append((x, wide, cell, lines))
                x, at = x + wide, at + cell.span
            tall = max(sum(line.height for line in lines) for *_, lines in laid) + 2 * pad
            self.need(tall)
            top = self.y
            for x, wide, cell, lines in laid:
                if cell.shade:
                    self.grid.shade(x, top, wide, tall)
                ends = (number == 0, number == len(table.rows) - 1)
                self.grid.frame(kind, (x, top, wide, tall), ends=ends, merge=cell.merge)
                self.y = top - pad
                self.lines(lines, x + 4)
            if kind == "outer":
                self.grid.edge(LEFT, top - tall, 0, tall)
                self.grid.edge(LEFT + ROOM * sum(table.widths), top - tall, 0, tall)
            self.y = top - tall
