"""A sheet and what is drawn on it → the same ``Page`` that a printed PDF gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from pipeline.domain import Box, Ink, InkKind, Mark, MarkSource, MarkState, Page, Word
from pipeline.reading.pdf._frame import Frame
from pipeline.reading.pdf._glyphs import CROSSES
from pipeline.reading.pdf._grid import Grid, grids
from pipeline.reading.pdf._ink import inks, struck
from pipeline.reading.pdf._layout import Placed, blocks_of
from pipeline.reading.pdf._shapes import Rule
from pipeline.reading.pdf._tokens import Token, typed_boxes
from pipeline.reading.scan._end_crosses import with_crosses_apart
from pipeline.reading.scan._folds import wiped
from pipeline.reading.scan._known_print import Printed
from pipeline.reading.scan._readers import Readers
from pipeline.reading.scan._strip import Strip
from pipeline.reading.scan._swallowed import swallowed
from pipeline.reading.scan._text import Lined, read_segments
from pipeline.reading.scan._types import Drawn, ReadLine, ReadWord, Sheet, TickBox

SURE = 0.8
"""A lone typed cross that a reader is less sure of may be something else."""
SURELY = 0.99
"""How sure a cross is that its shape tells."""
LEAST_HAND = (10.0, 4.0)
"""Points, wide and high: less ink is no signature."""
LETTER = 0.4
"""A letter's height, as a share of the line's, at least."""
CROSS = (3.0, 34.0)
"""Points: how high and wide a cross in an empty cell may be."""
TICKS = frozenset("vV")
"""What a typed tick is read as."""
RINGS = frozenset("oO0DQ□")
"""What an empty printed box is read as."""
ROUND_CROSS = 3.0
"""Points round a cross on open paper in which nothing else stands."""
SMALL_CELL = (7.0, 90.0, 60.0)
"""Points: the least side, the greatest width and height of a cell that is there for a cross."""
EDGE = 2.5
"""Points: so near a cell's edge the ink may be the edge's."""
LEAST_CROSS = 4.0
"""Square points of ink: less is no cross."""


class Verdict(Protocol):
    """What a judge of tick boxes says of one."""

    @property
    def state(self) -> MarkState:
        """On, off or unsure."""

    @property
    def confidence(self) -> float:
        """0 to 1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """Who looks at what isn't text."""

    judge: Callable[[Sheet, Sequence[TickBox]], Sequence[Verdict]]
    """Tick boxes of one page → a verdict each."""
    handwriting: Callable[[Sheet, Box], float]
    """How surely a hand wrote what stands in a box, 0 to 1."""
    cell: Callable[[Sheet, Box], tuple[MarkState, float]]
    """Whether a table's cell holds a cross."""


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
        mark = Mark(state=verdict.state, source=MarkSource.BOX, box=box.box, confidence=verdict.confidence)
        pieces.append(Placed(mark, box.box))
    alone = _alone([*lined, *printed], drawn, tables)
    level = sorted(rule for rule in drawn.rules if rule.across and not _is_edge(rule, tables))
    text: list[Lined] = []
    for number, each in enumerate(lined):
        crossed = _crossed(clean, each, alone.get(number), sight)
        if crossed is not None:
            pieces.append(crossed)
        else:
            text.append(each)
            pieces += _words(each, each.through(level), _drawn_cross(sheet, each, sight))
            pieces += [
                Placed(Mark(state=MarkState.UNSURE, source=MarkSource.BOX, box=box, confidence=0.5), box)
                for box in swallowed(each)
            ]
    pieces += _inks(text, drawn, sheet)
    pieces += _overlooked(
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
    """A segment that by its shape is a cross, unless a reader is sure of another letter or a figure."""
    text = lined.line.text
    if text.isalnum() and len(text) == 1 and text not in CROSSES | TICKS and lined.line.confidence >= SURE:
        return lined
    word = ReadWord("X", lined.strip.box, SURELY)
    return replace(lined, line=ReadLine((word,), SURELY), hand=False)


def _words(lined: Lined, level: list[Rule], cross: float) -> list[Placed]:
    """A segment's words; typed boxes and lone crosses become marks. ``cross``: how surely all of it is one."""
    sure = {word.box: word.confidence for word in lined.line.words}
    tokens = [Token(word.text, word.box) for word in lined.line.words]
    pieces: list[Placed] = []
    levels = [rule.at for rule in level]
    for token in typed_boxes(tokens) if not lined.hand else tokens:
        confidence = sure.get(token.box, lined.line.confidence)
        if token.glyph:
            pieces.append(Placed(_typed_mark(token, max(confidence, cross)), token.box))
            continue
        # A tick that reaches over its cell's edge is not struck out by it.
        through = not cross and (token.box in lined.struck or struck(token, level, levels, []))
        word = Word(text=token.text, box=token.box, confidence=confidence, struck=through, cross=cross)
        pieces.append(Placed(word, token.box))
    return pieces


def _typed_mark(token: Token, confidence: float) -> Mark:
    crossed = any(char in "xX×Хх" for char in token.text)
    state = MarkState.ON if crossed else MarkState.OFF
    if confidence < SURE:
        state = MarkState.UNSURE
    return Mark(state=state, source=MarkSource.GLYPH, box=token.box, glyph=token.text, confidence=confidence)


def _alone(lined: list[Lined], drawn: Drawn, tables: list[Grid]) -> dict[int, Box]:
    """The cell of each segment that has its cell to itself, by the segment's number; the smallest cell counts."""
    homes: dict[tuple[int, int], list[int]] = {}
    nested = sorted(range(len(tables)), key=lambda n: _area(tables[n].box))
    for number, box in enumerate([*(each.strip.box for each in lined), *(tick.box for tick in drawn.boxes)]):
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        for table in nested:
            cell = tables[table].cell_at(x, y)
            if cell >= 0:
                homes.setdefault((table, cell), []).append(number)
                break
    return {
        numbers[0]: tables[table].places[cell].box
        for (table, cell), numbers in homes.items()
        if len(numbers) == 1 and numbers[0] < len(lined)
    }


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _crossed(sheet: Sheet, lined: Lined, cell: Box | None, sight: Sight) -> Placed | None:
    """The mark for ink of a cross's size that is alone in its cell, None where it is none."""
    box = lined.strip.box
    wide, high = box.x1 - box.x0, box.bottom - box.top
    text = lined.line.text
    if cell is None or len(text) > 2 or not (CROSS[0] <= max(wide, high) <= CROSS[1]):
        return None
    bare = text.strip(".,:)(")
    like_one = bare in CROSSES or bare in TICKS
    if bare.isdigit() or (bare.isalnum() and not like_one and lined.line.confidence >= SURE):
        return None
    if bare.isalpha() and len(bare) > 1 and _letters(lined.strip) > 1:
        return None
    state, confidence = sight.cell(sheet, cell)
    if state is MarkState.OFF:
        return None
    if bare in RINGS:
        state, confidence = MarkState.UNSURE, 0.5
    return Placed(Mark(state=state, source=MarkSource.BOX, box=box, confidence=confidence), box)


def _drawn_cross(sheet: Sheet, lined: Lined, sight: Sight) -> float:
    """How surely a whole segment is one cross or tick, though no cell of a table is round it; a half: nobody can tell."""
    box, text = lined.strip.box, lined.line.text
    if len(text) > 2 or not CROSS[0] <= max(box.x1 - box.x0, box.bottom - box.top) <= CROSS[1]:
        return 0.0
    if not lined.hand and text.strip(".,:)(") not in CROSSES:
        return 0.0
    wider = Box(box.x0 - ROUND_CROSS, box.top - ROUND_CROSS, box.x1 + ROUND_CROSS, box.bottom + ROUND_CROSS)
    state, confidence = sight.cell(sheet, wider)
    if state is MarkState.ON and _letters(lined.strip) <= 1:
        return confidence
    return 0.0 if state is MarkState.OFF else 0.5


def _overlooked(sheet: Sheet, tables: list[Grid], seen: list[Box], sight: Sight) -> list[Placed]:
    """What stands in small cells in which nothing to read was found: a cross that a streak or a line runs through."""
    pieces: list[Placed] = []
    taken = np.array([[(box.x0 + box.x1) / 2, (box.top + box.bottom) / 2] for box in seen]).reshape(-1, 2)
    for table in tables:
        for place in table.places:
            cell = place.box
            wide, high = cell.x1 - cell.x0, cell.bottom - cell.top
            if not (SMALL_CELL[0] <= min(wide, high) and wide <= SMALL_CELL[1] and high <= SMALL_CELL[2]):
                continue
            inside = (taken >= (cell.x0, cell.top)) & (taken <= (cell.x1, cell.bottom))
            if inside.all(axis=1).any() or not _inked(sheet, cell):
                continue
            state, confidence = sight.cell(sheet, cell)
            if state is not MarkState.OFF:
                mark = Mark(state=state, source=MarkSource.BOX, box=cell, confidence=confidence)
                pieces.append(Placed(mark, cell))
    return pieces


def _inked(sheet: Sheet, cell: Box) -> bool:
    """Whether a cell holds as much ink as a small cross, apart from its edges."""
    inset, s = min(EDGE, (cell.x1 - cell.x0) / 6, (cell.bottom - cell.top) / 6), sheet.scale
    x0, x1 = round((cell.x0 + inset) * s), round((cell.x1 - inset) * s)
    y0, y1 = round((cell.top + inset) * s), round((cell.bottom - inset) * s)
    return int(np.count_nonzero(sheet.ink[max(0, y0) : y1, max(0, x0) : x1])) >= LEAST_CROSS * s * s


def _letters(strip: Strip) -> int:
    """How many pieces of a letter's height stand side by side: a cross is one."""
    inked = strip.ink.any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0]))))
    heights = [
        int(np.ptp(np.flatnonzero(strip.ink[:, start:end].any(axis=1)))) + 1
        for start, end in zip(edges[::2], edges[1::2], strict=True)
    ]
    return sum(high >= LETTER * strip.ink.shape[0] for high in heights)


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
