"""What stands inside paragraphs: runs, fields, controls, pictures, text boxes; cut into lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from pipeline.domain import Block, Gap, Ink, InkKind, Line
from pipeline.reading.word._controls import (
    Control,
    control_of,
    held,
    legacy_choice,
    legacy_control,
    legacy_mark,
)
from pipeline.reading.word._lines import Atom, compose
from pipeline.reading.word._names import attribute, check_depth, child, keeps_space, name
from pipeline.reading.word._pictures import TextBox, parts_of, shown_branch
from pipeline.reading.word._source import Source
from pipeline.reading.word._styles import PLAIN, Look, looked
from pipeline.reading.word._symbols import is_symbol_font, shown

_THROUGH = frozenset(
    {"ins", "moveTo", "hyperlink", "smartTag", "customXml", "dir", "bdo", "sdtContent", "m:r"}
)
_MATHS = frozenset({"m:oMath", "m:oMathPara"})
_HYPHEN = "-"


@dataclass(kw_only=True)
class _Field:
    """A complex field under way. ``shows``: past its instruction, in its result. ``kept``: the line and blocks it interrupted."""

    data: etree._Element | None = None
    shows: bool = False
    kept: tuple[list[Atom], list[Block]] | None = None
    words: list[str] = field(default_factory=list)

    @property
    def instruction(self) -> str:
        """The field's name: ``FORMTEXT``, ``PAGE``."""
        return "".join(self.words).strip().partition(" ")[0].upper()


class Inline:
    """Builds lines from paragraphs' content and appends them to ``blocks``."""

    def __init__(
        self, source: Source, blocks: list[Block], nested: Callable[[etree._Element, int], list[Block]]
    ) -> None:
        """Hold where lines go and how to read what is a story of its own (text boxes)."""
        self.source, self.blocks, self.nested = source, blocks, nested
        self.atoms: list[Atom] = []
        self.after: list[Block] = []
        self.fields: list[_Field] = []
        self.heading = False

    def read_paragraph(
        self, paragraph: etree._Element, look: Look, depth: int, *, heading: bool, joins_next: bool
    ) -> None:
        """Read a paragraph; its line stays open when its mark was deleted."""
        self.heading = self.heading or heading
        self._read(paragraph, look, depth)
        if not joins_next:
            self.end_line()
            if self.after and not self.fields:
                self.blocks.extend(self.after)
                self.after = []

    def end_line(self) -> None:
        """Finish the line being built."""
        if self.atoms:
            pieces = compose(self.atoms)
            if pieces:
                self.blocks.append(Line(pieces=pieces, heading=self.heading))
            self.atoms = []
        self.heading = False

    def close(self) -> None:
        """Finish, also what a damaged document left open."""
        while self.fields:
            if self.fields[-1].kept is not None or not self.fields[-1].shows:
                self.source.doubt("open-field")
            self._end_field()
        self.end_line()
        self.blocks.extend(self.after)
        self.after = []

    @property
    def hushed(self) -> bool:
        """Whether we are in a field's instruction, which nobody sees."""
        return bool(self.fields) and not all(one.shows for one in self.fields)

    def _read(self, root: etree._Element, look: Look, depth: int) -> None:
        check_depth(depth)
        for one in root:
            short = name(one)
            if short == "r":
                self._run(one, look, depth)
            elif short == "sdt":
                self._control(one, look, depth + 1)
            elif short == "fldSimple":
                self._simple_field(one, look, depth + 1)
            elif short in _THROUGH:
                self._read(one, look, depth + 1)
            elif short in _MATHS:
                self._text("".join(t.text or "" for t in one.iter("{*}t")), look)
            elif short == "mc:AlternateContent":
                for branch in shown_branch(one):
                    self._read(branch, look, depth + 1)
            elif short == "subDoc":
                self.source.doubt("alt-chunk")

    def _run(self, run: etree._Element, look: Look, depth: int) -> None:
        for one in run:
            short = name(one)
            if short == "rPr":
                look = looked(look, one, self.source.styles)
            elif short == "t":
                text = one.text or ""
                if text[:1].isspace() or text[-1:].isspace():
                    text = text if keeps_space(one) else text.strip(" \t\r\n")
                self._text(text, look)
            elif short == "fldChar":
                self._field_character(one)
            elif short == "instrText":
                if self.fields and not self.fields[-1].shows and len(self.fields[-1].words) < 100:
                    self.fields[-1].words.append(one.text or "")
            elif not look.hidden and not self.hushed:
                self._other(one, short, look, depth)

    def _other(self, one: etree._Element, short: str, look: Look, depth: int) -> None:
        match short:
            case "tab" | "ptab":
                self.atoms.append(Gap())
            case "br" | "cr":
                heading = self.heading
                self.end_line()
                self.heading = heading
            case "noBreakHyphen":
                self._text(_HYPHEN, look)
            case "sym":
                self._symbol(one, look)
            case "drawing" | "pict" | "object":
                self._picture(one, depth + 1)
            case "mc:AlternateContent":
                for branch in shown_branch(one):
                    for part in branch:
                        self._other(part, name(part), look, depth + 1)
            case "ruby":
                base = child(one, "rubyBase")
                if base is not None:
                    self._read(base, look, depth + 1)
            case "w14:contentPart" | "contentPart":
                self.atoms.append(Ink(kind=InkKind.STROKES))

    def _text(self, text: str, look: Look) -> None:
        if not text or look.hidden or self.hushed:
            return
        if (look.ascii or look.other) and (is_symbol_font(look.ascii) or is_symbol_font(look.other)):
            text = "".join(self._in_font(character, look) for character in text)
        elif not text.isascii() and any("\ue000" <= character <= "\uf8ff" for character in text):
            text = "".join(shown(ord(c), "") if "\ue000" <= c <= "\uf8ff" else c for c in text)
        self.atoms.append((text, look.struck))

    @staticmethod
    def _in_font(character: str, look: Look) -> str:
        private = "\uf000" <= character <= "\uf0ff"
        font = look.ascii if character.isascii() or (private and is_symbol_font(look.ascii)) else look.other
        if is_symbol_font(font) and (private or ord(character) <= 0xFF):
            return shown(ord(character), font)
        return character

    def _symbol(self, element: etree._Element, look: Look) -> None:
        font = (attribute(element, "font") or "").lower()
        try:
            code = int(attribute(element, "char") or "", 16)
        except ValueError:
            code = 0
        self.atoms.append((shown(code, font), look.struck))

    def _field_character(self, element: etree._Element) -> None:
        match attribute(element, "fldCharType"):
            case "begin":
                self.fields.append(_Field(data=child(element, "ffData")))
                check_depth(len(self.fields))
            case "separate" if self.fields:
                one = self.fields[-1]
                one.shows = True
                if one.instruction == "FORMTEXT" and one.kept is None:
                    one.kept = (self.atoms, list(self.blocks))
                    self.atoms = []
                    self.blocks.clear()
            case "end" if self.fields:
                self._end_field()

    def _end_field(self) -> None:
        one = self.fields.pop()
        hushed = self.hushed
        instruction = one.instruction
        if one.kept is not None:
            heading = self.heading
            self.end_line()
            inner = list(self.blocks)
            self.atoms, self.blocks[:] = one.kept[0], one.kept[1]
            self.heading = heading
            self._hold(legacy_control(one.data), inner)
        elif hushed or (one.data is None and not instruction.startswith("FORM")):
            return
        elif instruction == "FORMTEXT":
            self._hold(legacy_control(one.data), [])
        elif one.data is not None and (
            instruction == "FORMCHECKBOX" or child(one.data, "checkBox") is not None
        ):
            self.atoms.append(legacy_mark(one.data))
        elif one.data is not None and (
            instruction == "FORMDROPDOWN" or child(one.data, "ddList") is not None
        ):
            self.atoms.append(legacy_choice(one.data))

    def _simple_field(self, element: etree._Element, look: Look, depth: int) -> None:
        words = (attribute(element, "instr") or "").split()
        if words[:1] == ["FORMTEXT"]:
            inner = self._apart(element, look, depth)
            self._hold(legacy_control(child(element, "ffData")), inner)
        else:
            self._read(element, look, depth)

    def _control(self, sdt: etree._Element, look: Look, depth: int) -> None:
        content = child(sdt, "sdtContent")
        if content is None:
            return
        properties = child(sdt, "sdtPr")
        control = control_of(properties)
        if look.hidden or self.hushed or looked(PLAIN, child(properties, "rPr"), self.source.styles).hidden:
            self._read(content, look, depth)
            return
        if control.kind == "through" and not control.placeholder:
            self._read(content, look, depth)
            return
        self._hold(control, self._apart(content, look, depth))

    def _apart(self, content: etree._Element, look: Look, depth: int) -> list[Block]:
        apart = Inline(self.source, [], self.nested)
        apart._read(content, look, depth)
        apart.close()
        return apart.blocks

    def _hold(self, control: Control, inner: list[Block]) -> None:
        """Put what a control holds into the line; a mere frame's lines one by one."""
        pieces = held(control, inner)
        if pieces is not None:
            self.atoms.extend(pieces)
            return
        for i, block in enumerate(inner):
            if not isinstance(block, Line):
                self.after.append(block)
                continue
            if i:
                self.end_line()
            self.atoms.extend(block.pieces)

    def _picture(self, element: etree._Element, depth: int) -> None:
        for part in parts_of(element, self.source, depth):
            if not isinstance(part, TextBox):
                self.atoms.append(part)
                continue
            blocks = self.nested(part.content, depth + 1)
            if part.inline and len(blocks) == 1 and isinstance(blocks[0], Line):
                self.atoms.extend([(" ", False), *blocks[0].pieces, (" ", False)])
            else:
                self.after.extend(blocks)
