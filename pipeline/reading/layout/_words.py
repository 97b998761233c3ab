"""From pdfium's characters to words and glyph marks with their places.

Text that nobody sees (invisible, white on paper, outside the crop box) is no word; how much of it there was is counted.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from pipeline.domain import Box
from pipeline.reading import _native as native
from pipeline.reading._native import Handle
from pipeline.reading.layout import _glyphs as glyphs
from pipeline.reading.layout._frame import Frame
from pipeline.reading.layout._shapes import PAPER, Shapes
from pipeline.reading.layout._tokens import Token, once, typed_boxes

SPLICE = 0.1
"""A space that pdfium guessed, narrower than this share of the text's height, is kerning inside a word."""
UNKNOWN = "\ufffd"
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u2060"))
_LIGATURES = str.maketrans(
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
)
_RUN = re.compile(r"[^ \t\n\x0b\x0c\r\x85\xa0\u2000-\u200a\u2028\u2029\u202f\u3000]+")
_ODD = re.compile("[\x00-\x1f\ue000-\uf8ff\ud800-\udfff]")
_GLYPH = re.compile(f"[{''.join(glyphs.GLYPHS)}{UNKNOWN}]")


@dataclass(slots=True)
class Text:
    """A page's tokens in the file's order, what each widget shows, and how many letters nobody sees."""

    tokens: list[Token] = field(default_factory=list)
    shown: dict[int, str] = field(default_factory=dict)
    white: int = 0
    invisible: int = 0


@dataclass(frozen=True, slots=True)
class _Style:
    """What the characters of one text object have in common."""

    owner: int
    invisible: bool
    light: float
    table: glyphs.Table | None


class Words:
    """Reads one page's characters. Used once."""

    def __init__(self, page: Handle, frame: Frame, shapes: Shapes) -> None:
        """Take an open page, its frame, and its shapes (which know whose each text object is)."""
        self._frame = frame
        self._shapes = shapes
        self._styles: dict[int, _Style] = {}
        self._fonts: dict[int, glyphs.Table | None] = {}
        self._text = Text()
        self._page = page
        self._handle = Handle()
        self._whole = ""

    def read(self) -> Text:
        """Return the page's text; closes what it opens."""
        self._handle = native.open_text(self._page)
        if not self._handle:
            return self._text
        try:
            self._runs()
        finally:
            native.close_text(self._handle)
        self._text.tokens = typed_boxes(once(self._text.tokens))
        return self._text

    def _runs(self) -> None:
        self._whole = native.characters(self._handle)
        for match in _RUN.finditer(self._whole):
            self._run(*match.span())

    def _spaces(self, start: int) -> int:
        """How many space characters of the file's own stand before a run; pdfium guesses others."""
        count, index = 0, start - 1
        while index >= 0 and count < 5 and self._whole[index] in " \xa0":
            count += not native.char_generated(self._handle, index)
            index -= 1
        return count

    def _run(self, start: int, end: int) -> None:
        """File one run of characters without white space."""
        handle, framed = self._handle, self._frame.box
        first = native.char_object(handle, start) or 0
        head = framed(native.loose_box(handle, start))
        if end - start == 1:
            self._piece(start, end, self._style(first), head, head, head, glued=False)
            return
        last = native.char_object(handle, end - 1) or 0
        tail = framed(native.loose_box(handle, end - 1))
        if first == last and _one_line(head, tail, end - start):
            self._piece(start, end, self._style(first), _both(head, tail), head, tail, glued=False)
            return
        begin, glued = start, False
        style, before, whole = self._style(first), head, head
        opened = head
        for index in range(start + 1, end):
            here = self._box(index)
            other = self._style(native.char_object(self._handle, index) or 0)
            near = _adjoins(before, here)
            if other != style or not near:
                self._piece(begin, index, style, whole, opened, before, glued=glued)
                begin, glued, style, whole, opened = index, near, other, here, here
            else:
                whole = _both(whole, here)
            before = here
        self._piece(begin, end, style, whole, opened, before, glued=glued)

    def _piece(
        self,
        start: int,
        end: int,
        style: _Style,
        box: Box,
        head: Box,
        tail: Box,
        *,
        glued: bool,
    ) -> None:
        """File characters of one style that stand together."""
        text = self._whole[start:end]
        plain = text.isascii() and style.table is None and text.isprintable()
        if not plain and (style.table is not None or _ODD.search(text)):
            text = "".join([glyphs.meaning(ord(char), style.table) for char in text])
        if style.owner >= 0:
            self._text.shown[style.owner] = self._text.shown.get(style.owner, "") + text
            return
        if style.invisible:
            self._text.invisible += end - start
            return
        if not self._frame.shows(box):
            return
        if style.light > PAPER and not self._on_dark(box):
            self._text.white += end - start
            return
        turned = end - start > 1 and abs(tail.top - head.top) > abs(tail.x0 - head.x0)
        tokens = self._text.tokens
        last = tokens[-1] if tokens else None
        spliced = glued or (last is not None and start > 0 and self._spliced(last, head, start))
        if not plain:
            if len(text) == end - start and _GLYPH.search(text):
                self._mixed(text, start, glued=spliced)
                return
            text = unicodedata.normalize("NFC", text.translate(_LIGATURES).translate(_NOTHING))
        if not text:
            return
        if spliced and not glued and last is not None:
            last.text += text
            last.box = Box(last.box.x0, min(last.box.top, box.top), box.x1, max(last.box.bottom, box.bottom))
            return
        wide = last is not None and head.x0 - last.box.x1 > 0.8 * (head.bottom - head.top)
        spaces = self._spaces(start) if wide and not glued else 0
        tokens.append(Token(text, box, glued, False, turned, spaces))

    def _mixed(self, text: str, start: int, *, glued: bool) -> None:
        """File a run that holds boxes or ticks: each a token of its own."""
        begin = 0
        for index in range(len(text) + 1):
            special = index < len(text) and (
                text[index] in glyphs.GLYPHS or (text[index] == UNKNOWN and len(text) < 3)
            )
            if index < len(text) and not special:
                continue
            if index > begin:
                box = self._span(start + begin, start + index)
                self._text.tokens.append(
                    Token(text[begin:index].translate(_LIGATURES), box, glued=glued or begin > 0)
                )
            if special:
                box = self._frame.box(native.tight_box(self._handle, start + index))
                self._text.tokens.append(Token(text[index], box, glued=glued or index > 0, glyph=True))
            begin = index + 1

    def _span(self, start: int, end: int) -> Box:
        return _both(self._box(start), self._box(end - 1))

    def _spliced(self, last: Token, head: Box, start: int) -> bool:
        """Whether the blank before a run is one that pdfium guessed within a word."""
        gap = head.x0 - last.box.x1
        high = head.bottom - head.top
        return (
            -0.5 * high < gap < SPLICE * high
            and not last.glyph
            and abs(head.bottom - last.box.bottom) < 0.2 * high
            and bool(native.char_generated(self._handle, start - 1))
        )

    def _box(self, index: int) -> Box:
        return self._frame.box(native.loose_box(self._handle, index))

    def _on_dark(self, box: Box) -> bool:
        """Whether light text stands on a dark ground, so that it can be seen."""
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        grounds = [fill.box for fill in self._shapes.fills if fill.light < 0.8] + self._shapes.pictures
        return any(g.x0 <= x <= g.x1 and g.top <= y <= g.bottom for g in grounds)

    def _style(self, thing: int) -> _Style:
        style = self._styles.get(thing)
        if style is None:
            style = self._styles[thing] = self._look(thing)
        return style

    def _look(self, thing: int) -> _Style:
        owner = self._shapes.owners.get(thing)
        if not thing or owner is None:
            return _Style(-1, False, 0.0, None)
        mode = native.text_mode(thing)
        font = native.text_font(thing) or 0
        if font not in self._fonts:
            self._fonts[font] = glyphs.table_of(native.font_name(font)) if font else None
        light = native.lightness(Handle(thing), stroke=mode in {1, 5})
        return _Style(
            owner,
            mode in {native.INVISIBLE_TEXT, 7},
            round(light, 1) if light <= PAPER else light,
            self._fonts[font],
        )


def _both(head: Box, tail: Box) -> Box:
    """The box round two letters."""
    a, b, c, d = head
    p, q, r, s = tail
    if b == q and d == s and a <= p and c <= r:
        return Box(a, b, r, d)
    return Box(a if a < p else p, b if b < q else q, c if c > r else r, d if d > s else s)


def _one_line(head: Box, tail: Box, count: int) -> bool:
    """Whether the first and last character of a run can belong to one word."""
    x0, top, x1, bottom = head
    across, down = abs(tail[0] - x0), abs(tail[1] - top)
    if down == 0 and across < 1.5 * (bottom - top) * count:
        return True
    high = max(bottom - top, x1 - x0, 1.0)
    return min(across, down) < 0.4 * high and max(across, down) < 1.5 * high * count


def _adjoins(before: Box, here: Box) -> bool:
    high = max(before.bottom - before.top, here.bottom - here.top, 1.0)
    gap = max(here.x0 - before.x1, before.x0 - here.x1)
    drop = max(here.top - before.bottom, before.top - here.bottom)
    return (
        gap < 0.25 * high
        and drop < 0.35 * max(high, 6.0)
        and abs((here.top + here.bottom) - (before.top + before.bottom)) < 1.2 * high
    )
