"""The layout model: what a reader saw, whatever the kind of file.

One page is a list of blocks in reading order: lines of words, boxes and entries, and tables of cells
that hold blocks again. Word files have no places (``box`` is None everywhere) and one page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from pipeline.domain._form_code import FormCode


class Box(NamedTuple):
    """A place in PDF points on the page as a viewer shows it (``/Rotate`` applied), origin top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, other: Box) -> bool:
        """Whether the middle of another box lies in this one."""
        x, y = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


def union(boxes: Iterator[Box | None] | list[Box | None]) -> Box | None:
    """Return the smallest box round those given, None when there is none."""
    known = [box for box in boxes if box is not None]
    if not known:
        return None
    if len(known) == 1:
        return known[0]
    x0s, tops, x1s, bottoms = zip(*known, strict=True)
    return Box(min(x0s), min(tops), max(x1s), max(bottoms))


class Reader(StrEnum):
    """Which reader made the document (``reader`` in the JSON)."""

    DOCX = "docx"
    PDF_FIELDS = "pdf-fields"
    PDF_TEXT = "pdf-text"
    SCAN = "scan"
    MESSAGE = "message"


class MarkState(StrEnum):
    """Whether a tick box is ticked."""

    ON = "on"
    OFF = "off"
    UNSURE = "unsure"


class MarkSource(StrEnum):
    """What a tick box is made of. GLYPH: a typed character, also an X; BOX: drawn lines."""

    WIDGET = "widget"
    CONTROL = "control"
    GLYPH = "glyph"
    BOX = "box"


class EntryKind(StrEnum):
    """What a widget or content control takes."""

    TEXT = "text"
    CHOICE = "choice"
    SIGNATURE = "signature"


class InkKind(StrEnum):
    """What may be a signature: a picture, strokes (vector or ink annotation), a digital signature."""

    PICTURE = "picture"
    STROKES = "strokes"
    DIGITAL = "digital"


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """One printed or typed word, without white space. ``struck``: crossed out, not part of any value.

    ``glued``: no space stood before it (``underskrift`` + ``:``). ``cross``: how surely a pen drew what was read as this
    word, all of it, as one cross or tick on open paper; 0 when it looks like none.
    """

    text: str
    box: Box | None = None
    confidence: float = 1.0
    struck: bool = False
    glued: bool = False
    cross: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A tick box, or a typed tick. ``name``: the widget's or control's own name; ``glyph`` the character if any.

    A lone typed ``X`` is a Mark with state ON and source GLYPH; an empty printed box is a Mark with state OFF.
    ``blacked``: the box was filled in, which may take back its tick; then the state is UNSURE.
    """

    state: MarkState
    source: MarkSource
    box: Box | None = None
    confidence: float = 1.0
    name: str = ""
    glyph: str = ""
    blacked: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A value typed into a widget or a content control, perhaps empty. Line breaks are kept as ``\\n``."""

    kind: EntryKind
    value: str
    name: str = ""
    box: Box | None = None
    confidence: float = 1.0
    doubt: str = ""
    """A Norwegian sentence when /V, /AS and the picture disagree."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ink:
    """Something that may be a signature. ``confidence``: how surely it is one, below a half it is rather none.

    ``box``: beside which words it belongs; ``extent``: where all of it stands, when that is not the same.
    ``outside``: it doesn't reach the line to sign on.
    """

    kind: InkKind
    box: Box | None = None
    confidence: float = 1.0
    extent: Box | None = None
    outside: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """A tab or a wide blank between two pieces of one line."""


Piece = Word | Mark | Entry | Ink | Gap


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """Pieces that stand on one line, left to right. ``heading`` when the file says it is one."""

    pieces: tuple[Piece, ...]
    box: Box | None = None
    heading: bool = False

    @property
    def text(self) -> str:
        """The words, entries and glyph marks of the line as one string (struck words left out)."""
        parts: list[str] = []
        for piece in self.pieces:
            if isinstance(piece, Word) and not piece.struck:
                parts.append(("" if piece.glued else " ") + piece.text)
            elif isinstance(piece, Entry) and piece.value:
                parts.append(" " + piece.value)
        return "".join(parts).strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One cell of a table's grid; a merged cell stands once, with its spans (0-based ``row`` and ``column``)."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    blocks: tuple[Block, ...] = ()
    box: Box | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of the cell, those of nested tables too."""
        return tuple(lines_of(self.blocks))

    @property
    def text(self) -> str:
        """The cell's text, a line each."""
        return "\n".join(line.text for line in self.lines).strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A grid of cells, ordered by row and column."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    box: Box | None = None

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a grid position, None outside or in a hole."""
        for cell in self.cells:
            if (
                cell.row <= row < cell.row + cell.row_span
                and cell.column <= column < cell.column + cell.column_span
            ):
                return cell
        return None


Block = Line | Table


def lines_of(blocks: tuple[Block, ...]) -> Iterator[Line]:
    """Yield every line in reading order, those inside tables too."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            for cell in block.cells:
                yield from lines_of(cell.blocks)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page; ``number`` is 1-based. Width and height in points as shown (0 for Word). ``readable`` is False for
    a page without text, widgets or boxes: an image that waits for the scan reader. ``scanned``: it was recognised from
    a picture; then ``matrix`` (a, b, c, d, e, f) goes from the boxes' straightened page to the page as shown. ``code`` is the project's own
    code when one stands there; ``separator``: the sheet parts a stack and belongs to no form. ``worn``: it was scanned so pale
    that what was written may be gone without a trace."""

    number: int
    blocks: tuple[Block, ...] = ()
    width: float = 0.0
    height: float = 0.0
    rotation: int = 0
    readable: bool = True
    scanned: bool = False
    matrix: tuple[float, float, float, float, float, float] | None = None
    code: FormCode | None = None
    separator: bool = False
    worn: bool = False

    def shown(self, box: Box) -> Box:
        """The upright box on the page as a viewer shows it that encloses a box of the layout."""
        if self.matrix is None:
            return box
        a, b, c, d, e, f = self.matrix
        corners = [(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        xs = [a * x + c * y + e for x, y in corners]
        ys = [b * x + d * y + f for x, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of the page in reading order."""
        return tuple(lines_of(self.blocks))

    def pieces(self) -> Iterator[Piece]:
        """Yield every piece of the page in reading order."""
        for line in self.lines:
            yield from line.pieces


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """Why a person must look: a stable ``code`` and one Norwegian sentence."""

    code: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """What a reader saw in one file. ``source`` is the file's name for people; ``paged`` is False for Word.

    ``code``: the file's properties carry the code of one of the project's own forms.
    """

    source: str
    reader: Reader
    pages: tuple[Page, ...]
    paged: bool = True
    doubts: tuple[Doubt, ...] = ()
    code: FormCode | None = None
