"""One page of a PDF: opened, its fields read, flattened, its text and drawing read, closed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.domain import Box, Doubt, Mark, MarkSource, MarkState, Page, Word, union
from pipeline.reading import _native as native
from pipeline.reading._native import Handle
from pipeline.reading.layout._frame import Frame, frame_of
from pipeline.reading.layout._glyphs import EMPTY, FILLED, GLYPHS
from pipeline.reading.layout._grid import Grid, grids
from pipeline.reading.layout._ink import crossed, inks, struck
from pipeline.reading.layout._layout import blocks_of, unsure
from pipeline.reading.layout._lines import Placed
from pipeline.reading.layout._shapes import Shapes, shapes_of
from pipeline.reading.layout._tokens import Token
from pipeline.reading.layout._words import UNKNOWN, Text, Words
from pipeline.reading.pdf._annotations import Annotations, annotations_of, dressed_of
from pipeline.reading.pdf._boxes import tick_boxes
from pipeline.reading.pdf._doubts import FULL, doubts_of, share, turned_page, two_up
from pipeline.reading.pdf._fields import ButtonValues, fields_of
from pipeline.reading.pdf._picture import Picture
from pipeline.reading.pdf._plumber import Plumber, is_bare, letters_of
from pipeline.reading.pdf._ticks import free_ticks, overdrawn

_FLATTENED = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class PageReading:
    """A page and what was strange about it. ``fields``: how many widgets have places on it."""

    page: Page
    fields: int = 0
    doubts: tuple[Doubt, ...] = ()
    signatures: int = 0
    names: frozenset[str] = frozenset()


def read_page(
    document: Handle, form: Handle, number: int, values: ButtonValues, plumber: Plumber, *, redrawn: bool
) -> PageReading:
    """Read page ``number`` (1-based) of an open document; every handle is closed again.

    ``plumber`` reads what pdfium's own objects don't show.
    """
    page = native.open_page(document, number - 1)
    if not page:
        return _broken(number, plumber)
    flattened = False
    try:
        frame = frame_of(page)
        dressed = dressed_of(page)
        if form:
            native.after_load(page, form)
        try:
            found = annotations_of(page, frame, form, dressed)
            part = union([w.box for w in found.widgets if w.kind in {"checkbox", "radio"} and not w.hidden])
            picture = Picture(page, frame, form, part=part) if part else None
            if found.appearances:
                flattened = native.flatten(page, 0) == _FLATTENED
        finally:
            if form:
                native.before_close(page, form)
    finally:
        native.close_page(page)
    page = native.open_page(document, number - 1)
    if not page:
        return _broken(number, plumber)
    try:
        shapes = shapes_of(page, frame, found.appearances, flattened=flattened)
        text = Words(page, frame, shapes).read()
        fields = fields_of(found.widgets, picture, text.shown, shapes.drawn, values, redrawn=redrawn)
        if any(token.text == UNKNOWN for token in text.tokens):
            _unmapped(text.tokens, Picture(page, frame, scale=3.0))
    finally:
        native.close_page(page)
    other = _another(number, text, shapes, plumber)
    doubts = doubts_of(number, found, text, shapes, fields.hidden, frame) + other
    scanned = any(share(picture_box, frame) > FULL for picture_box in shapes.pictures)
    content = _content(found, text, shapes, frame, scanned=scanned, first=number == 1)
    untrusted = turned_page(number, text.tokens) + two_up(number, text.tokens, shapes, frame)
    doubts += untrusted
    if other or untrusted:
        content.pieces = unsure(content.pieces)
    pieces = _uncovered(content.pieces, fields.pieces) + fields.pieces
    bare = Page(number=number, width=frame.width, height=frame.height, rotation=frame.rotation)
    readable = bool(pieces) or not (shapes.pictures or shapes.strokes)
    if scanned and not text.tokens and not fields.pieces:
        readable, pieces = False, []
    blocks = blocks_of(pieces, content.tables, bare) if readable else ()
    if readable and not any(isinstance(p.piece, (Word, Mark)) for p in content.pieces) and not fields.pieces:
        readable, blocks = not (shapes.pictures or shapes.strokes), ()
    return PageReading(
        page=Page(
            number=number,
            blocks=blocks,
            width=frame.width,
            height=frame.height,
            rotation=frame.rotation,
            readable=readable,
        ),
        fields=len(fields.pieces),
        doubts=tuple(doubts),
        signatures=sum(w.kind == "signature" for w in found.widgets),
        names=frozenset(w.name.partition(".")[0] for w in found.widgets),
    )


def _broken(number: int, plumber: Plumber) -> PageReading:
    """A page that pdfium can't open: what pdfplumber sees of it, all of it doubtful."""
    doubt = Doubt(code="broken-page", text=f"Side {number} kan ikke åpnes; filen kan være skadet.")
    seen = plumber.page(number)
    if seen is None or not seen.tokens:
        return PageReading(page=Page(number=number, readable=False), doubts=(doubt,))
    frame = Frame(
        width=seen.width, height=seen.height, rotation=seen.rotation, matrix=(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    )
    content = _content(
        Annotations(), Text(tokens=seen.tokens), seen.shapes, frame, scanned=False, first=number == 1
    )
    bare = Page(number=number, width=frame.width, height=frame.height, rotation=frame.rotation)
    page = replace(bare, blocks=blocks_of(unsure(content.pieces), content.tables, bare))
    return PageReading(page=page, doubts=(doubt, _unlike(number)))


def _unlike(number: int) -> Doubt:
    text = f"To programbiblioteker leser side {number} ulikt; se over verdiene."
    return Doubt(code="readers-differ", text=text)


def _another(number: int, text: Text, shapes: Shapes, plumber: Plumber) -> list[Doubt]:
    """Ask pdfplumber where pdfium shows nothing, or not all that is drawn; what it saw goes into ``text`` and ``shapes``.

    No doubt is left only when nothing is there, or both read the same letters.
    """
    empty = not text.tokens and not text.invisible and not text.white and is_bare(shapes)
    if not (empty or shapes.cut):
        return []
    seen = plumber.page(number)
    if seen is None:
        return [_unlike(number)]
    if empty and not seen.tokens and is_bare(seen.shapes):
        return []
    agreed = not empty and letters_of(text.tokens) == seen.letters
    if empty:
        text.tokens = seen.tokens
    for drawn in ("rules", "frames", "fills", "strokes", "pictures"):
        setattr(shapes, drawn, getattr(seen.shapes, drawn))
    return [] if agreed else [_unlike(number)]


def _uncovered(printed: list[Placed], fields: list[Placed]) -> list[Placed]:
    """Leave out printed boxes that a button of the form lies upon: the button speaks for both."""
    reaches = [_reach(placed.box, 0.3) for placed in fields if isinstance(placed.piece, Mark)]
    if not reaches:
        return printed
    kept: list[Placed] = []
    for placed in printed:
        if isinstance(placed.piece, Mark):
            x, y = (placed.box.x0 + placed.box.x1) / 2, (placed.box.top + placed.box.bottom) / 2
            if any(x0 < x < x1 and top < y < bottom for x0, top, x1, bottom in reaches):
                continue
        kept.append(placed)
    return kept


def _unmapped(tokens: list[Token], picture: Picture) -> None:
    """Make glyphs that stand like a box marks; the others stay what they are, unreadable."""
    for token in tokens:
        if token.text == UNKNOWN and token.glyph:
            state = picture.outlined(token.box)
            token.glyph = state is not None
            if state is not None:
                token.text = "☐" if state is MarkState.OFF else "■"


@dataclass(slots=True)
class _Content:
    pieces: list[Placed]
    tables: list[Grid]


def _content(
    found: Annotations, text: Text, shapes: Shapes, frame: Frame, *, scanned: bool, first: bool
) -> _Content:
    """Everything printed on the page, apart from the widgets, with its tables."""
    tokens = text.tokens + _typed(found)
    boxes = tick_boxes(shapes, tokens)
    free = sorted(rule for rule in shapes.rules if rule.across)
    levels = [rule.at for rule in free]
    pieces = [Placed(mark, mark.box) for mark in boxes if mark.box is not None]
    empties = any(token.text in EMPTY for token in tokens if token.glyph)
    glyph_marks = _overtyped([token for token in tokens if token.glyph])
    printed = [overdrawn(_glyph(token, empties=empties), shapes) for token in glyph_marks]
    pieces += [
        Placed(mark, mark.box) for mark in (*printed, *free_ticks(shapes, tokens)) if mark.box is not None
    ]
    for token in tokens:
        if token.glyph:
            continue
        out = struck(token, free, levels, found.struck)
        doubtful = UNKNOWN in token.text or (bool(shapes.strokes) and crossed(token, shapes.strokes))
        word = Word(
            text=token.text, box=token.box, confidence=0.4 if doubtful else 1.0, struck=out, glued=token.glued
        )
        pieces.append(Placed(word, token.box, token.turned, token.spaces))
    pictures = [p for p in shapes.pictures if not scanned or share(p, frame) <= FULL]
    for ink in inks(shapes.strokes, pictures, found.ink, frame, first=first):
        if ink.box is not None:
            pieces.append(Placed(ink, ink.box))
    rules = shapes.rules + [side for each in shapes.frames for side in each.sides]
    tables, _ = grids(rules)
    return _Content(pieces, tables)


def _typed(found: Annotations) -> list[Token]:
    """Words of free text without a picture, laid out in its box line by line."""
    tokens: list[Token] = []
    for text, box in found.typed:
        lines = [line for line in text.replace("\r", "\n").split("\n") if line.strip()]
        high = (box.bottom - box.top) / max(len(lines), 1)
        for number, line in enumerate(lines):
            words = line.split()
            wide = (box.x1 - box.x0) / max(len(line), 1)
            x, top = box.x0, box.top + number * high
            for word in words:
                tokens.append(Token(word, Box(x, top, x + wide * len(word), top + min(high, 14.0))))
                x += wide * (len(word) + 1)
    return tokens


def _overtyped(glyphs: list[Token]) -> list[Token]:
    """Leave out an empty box that a tick was typed over: the tick stands for both."""
    ticks = [g for g in glyphs if GLYPHS.get(g.text, MarkState.ON) is MarkState.ON]
    return [g for g in glyphs if g in ticks or not any(_over(tick.box, g.box) for tick in ticks)]


def _over(tick: Box, box: Box) -> bool:
    x, y = (tick.x0 + tick.x1) / 2, (tick.top + tick.bottom) / 2
    reach = _reach(box, 0.15)
    return reach.x0 < x < reach.x1 and reach.top < y < reach.bottom


def _reach(box: Box, share: float) -> Box:
    """A box widened by a share of its width."""
    slack = share * (box.x1 - box.x0)
    return Box(box.x0 - slack, box.top - slack, box.x1 + slack, box.bottom + slack)


def _glyph(token: Token, *, empties: bool) -> Mark:
    """A filled box is a tick where the page has empty ones of its kind, else it may be a bullet."""
    state = GLYPHS.get(token.text)
    if state is None:
        blank = not any(char in "xX×Хх" for char in token.text)
        state = MarkState.OFF if blank else MarkState.ON
    if state is MarkState.UNSURE and empties and token.text in FILLED:
        state = MarkState.ON
    confidence = 0.5 if state is MarkState.UNSURE else 1.0
    return Mark(state=state, source=MarkSource.GLYPH, box=token.box, glyph=token.text, confidence=confidence)
