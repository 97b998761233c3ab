"""A sheet and what is drawn on it → the same ``Page`` that a printed PDF gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.domain import Box, Ink, InkKind, Mark, MarkSource, MarkState, Page, Word
from pipeline.reading.layout._frame import Frame
from pipeline.reading.layout._glyphs import CROSSES
from pipeline.reading.layout._grid import Grid, grids
from pipeline.reading.layout._ink import inks, struck
from pipeline.reading.layout._layout import blocks_of
from pipeline.reading.layout._lines import Placed
from pipeline.reading.layout._shapes import Rule
from pipeline.reading.layout._tokens import Token, typed_boxes
from pipeline.reading.scan._lone_crosses import (
    EDGE,
    RINGS,
    SURE,
    TICKS,
    alone,
    crossed,
    drawn_cross,
    is_end_of_cross,
    overlooked,
)
from pipeline.reading.scan._sight import Sight
from pipeline.reading.scan._types import Drawn, ReadLine, ReadWord, Sheet
from pipeline.reading.scan._worn import is_worn
from pipeline.reading.scan.blanks._known_print import Printed
from pipeline.reading.scan.drawn._folds import wiped
from pipeline.reading.scan.marks._end_crosses import with_crosses_apart
from pipeline.reading.scan.text._readers import Readers
from pipeline.reading.scan.text._swallowed import swallowed
from pipeline.reading.scan.text._text import Lined, read_segments

SURELY = 0.99
"""How sure a cross is that its shape tells."""
_ROW_NUMBER = re.compile(r"\d{1,2}\.(?=[A-ZÆØÅ][a-zæøå])")
SHORT, FAR = 2, 3.0
"""So few letters may be strokes of a cross; a line so many times as long as they are wide is the form's."""
LEAST_HAND = (10.0, 4.0)
"""Points, wide and high: less ink is no signature."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetReading:
    """A page, and how each of its segments was read (for the second reading)."""

    page: Page
    sheet: Sheet
    drawn: Drawn
    lined: tuple[Lined, ...] = ()


def page_of(sheet: Sheet, drawn: Drawn, readers: Readers, sight: Sight) -> Page:
    """The page as printed PDFs give it; boxes in points of the sheet."""
    return reading_of(sheet, drawn, readers, sight).page


def reading_of(
    sheet: Sheet, drawn: Drawn, readers: Readers, sight: Sight, known: Printed | None = None
) -> SheetReading:
    """The page with how each segment was read. ``known``: the print of the blank that was taken out of the sheet."""
    bare = Page(number=sheet.number, width=sheet.width, height=sheet.height)
    if sheet.blank:
        return SheetReading(page=bare, sheet=sheet, drawn=drawn)
    tables, _ = grids(drawn.rules)
    clean, _ = wiped(sheet, drawn.folds)
    parts, crosses = with_crosses_apart(clean, drawn.segments, sight.cell)
    drawn = replace(drawn, segments=parts)
    lined = [
        _as_cross(each) if each.segment in crosses else each
        for each in read_segments(sheet, drawn, readers, sight.handwriting)
    ]
    printed = list(known.lined()) if known is not None else []
    pieces: list[Placed] = [Placed(word, box) for word, box in known.words()] if known is not None else []
    for box, verdict in zip(drawn.boxes, sight.judge(sheet, drawn.boxes), strict=True):
        mark = Mark(
            state=verdict.state,
            source=MarkSource.BOX,
            box=box.box,
            confidence=verdict.confidence,
            blacked=verdict.corrected,
        )
        pieces.append(Placed(mark, box.box))
    cells = alone([*lined, *printed], drawn, tables)
    level = sorted(rule for rule in drawn.rules if rule.across and not _is_edge(rule, tables))
    text: list[Lined] = []
    ticked = [one.box for one in pieces if isinstance(one.piece, Mark) and one.piece.state is MarkState.ON]
    for number, each in enumerate(lined):
        if is_end_of_cross(clean, each, ticked):
            continue
        cross = crossed(clean, each, cells.get(number), sight)
        if cross is not None:
            pieces.append(cross)
        else:
            penned = drawn_cross(sheet, each, sight)
            if not penned:
                text.append(each)
            pieces += _words(each, each.through(level), penned)
            pieces += [
                Placed(Mark(state=MarkState.UNSURE, source=MarkSource.BOX, box=box, confidence=0.5), box)
                for box in swallowed(each)
            ]
    pieces += _inks(text, drawn, sheet)
    pieces += overlooked(
        clean,
        tables,
        [*(each.strip.box for each in (*lined, *printed)), *(box.box for box in drawn.boxes)],
        sight,
    )
    page = Page(
        number=sheet.number,
        width=sheet.width,
        height=sheet.height,
        blocks=blocks_of(pieces, tables, bare),
        worn=is_worn(sheet, drawn.segments),
    )
    whole = known.sheet if known is not None else sheet
    return SheetReading(page=page, sheet=whole, drawn=drawn, lined=(*lined, *printed))


def _is_edge(rule: Rule, tables: list[Grid]) -> bool:
    """Whether a level line parts a table's rows: whatever reaches over it, it strikes nothing out."""
    return any(
        table.xs[0] - EDGE <= rule.start
        and rule.end <= table.xs[-1] + EDGE
        and any(abs(y - rule.at) <= EDGE for y in table.ys)
        for table in tables
    )


def _as_cross(lined: Lined) -> Lined:
    """A segment that by its shape is a cross, unless a reader saw an empty ring or is sure of another letter or of figures.

    Figures of a typewriter touch at their feet, and are then as much one piece as a cross is («17»).
    """
    text = lined.line.text
    if text in RINGS or (text.isdigit() and lined.line.confidence >= SURE):
        return lined
    if text.isalnum() and len(text) == 1 and text not in CROSSES | TICKS and lined.line.confidence >= SURE:
        return lined
    word = ReadWord("X", lined.strip.box, SURELY)
    return replace(lined, line=ReadLine((word,), SURELY), hand=False)


def _words(lined: Lined, level: list[Rule], cross: float) -> list[Placed]:
    """A segment's words; typed boxes and lone crosses become marks. ``cross``: how surely all of it is one."""
    sure = {
        token.box: word.confidence
        for word in lined.line.words
        for token in _numbered(Token(word.text, word.box))
    }
    tokens = [token for word in lined.line.words for token in _numbered(Token(word.text, word.box))]
    pieces: list[Placed] = []
    for token in typed_boxes(tokens) if not lined.hand else tokens:
        confidence = sure.get(token.box, lined.line.confidence)
        if token.glyph:
            pieces.append(Placed(_typed_mark(token, max(confidence, cross)), token.box))
            continue
        # A tick that reaches over its cell's edge is not struck out by it.
        near = [rule for rule in level if not _is_alone_on(token, tokens, rule)]
        through = not cross and (
            token.box in lined.struck or struck(token, near, [rule.at for rule in near], [])
        )
        word = Word(text=token.text, box=token.box, confidence=confidence, struck=through, cross=cross)
        pieces.append(Placed(word, token.box))
    return pieces


def _numbered(token: Token) -> list[Token]:
    """A word whose row's number runs into it, as two."""
    found = _ROW_NUMBER.match(token.text)
    if found is None:
        return [token]
    x0, top, x1, bottom = token.box
    at = x0 + (x1 - x0) * found.end() / len(token.text)
    return [
        Token(found.group(), Box(x0, top, at, bottom)),
        Token(token.text[found.end() :], Box(at, top, x1, bottom)),
    ]


def _is_alone_on(token: Token, tokens: Sequence[Token], rule: Rule) -> bool:
    """Whether a stroke or two stand alone on a line so long that it was not drawn to strike them out."""
    wide = token.box.x1 - token.box.x0
    return len(tokens) == 1 and len(token.text) <= SHORT and rule.end - rule.start > FAR * wide


def _typed_mark(token: Token, confidence: float) -> Mark:
    crossed = any(char in "xX×Хх" for char in token.text)
    state = MarkState.ON if crossed else MarkState.OFF
    if confidence < SURE:
        state = MarkState.UNSURE
    return Mark(state=state, source=MarkSource.GLYPH, box=token.box, glyph=token.text, confidence=confidence)


def _inks(lined: list[Lined], drawn: Drawn, sheet: Sheet) -> list[Placed]:
    """What may be signatures: what a hand wrote, and pictures of a signature's size."""
    frame = Frame(width=sheet.width, height=sheet.height, rotation=0, matrix=(1.0, 0.0, 0.0, 1.0, 0.0, 0.0))
    found = [
        Ink(kind=InkKind.STROKES, box=each.strip.box)
        for each in lined
        if each.hand and _large(each.line.words, each.strip.box)
    ]
    found += inks([], drawn.pictures, [], frame, first=False)
    return [Placed(ink, ink.box) for ink in found if ink.box is not None]


def _large(words: tuple[ReadWord, ...], box: Box) -> bool:
    return bool(words) and box.x1 - box.x0 >= LEAST_HAND[0] and box.bottom - box.top >= LEAST_HAND[1]
