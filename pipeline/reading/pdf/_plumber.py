"""The third reader, pdfplumber: asked for one page at a time, and only where pdfium's own objects don't do.

It is a hundred times slower than pdfium and knows neither invisible text nor fields; what it alone has read is never sure.
"""

from __future__ import annotations

import contextlib
import io
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.domain import Box
from pipeline.reading.layout import _glyphs as glyphs
from pipeline.reading.layout._outlines import Point, upright
from pipeline.reading.layout._shapes import PAPER, Fill, Frame4, Shapes, Stroke, edge, thin
from pipeline.reading.layout._tokens import Token, once, typed_boxes

MOST_FORMS = 2_000
"""Drawings within drawings on one page; each may hold others, and a hostile file doubles them at every step."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plumbed:
    """A page as pdfplumber sees it: points on the page as shown, origin top left."""

    tokens: list[Token]
    shapes: Shapes
    width: float
    height: float
    rotation: int

    @property
    def letters(self) -> list[str]:
        """Its letters and digits in alphabetical order, to compare with another reader's."""
        return letters_of(self.tokens)


def letters_of(tokens: Iterable[Token]) -> list[str]:
    """The letters and digits of a page in alphabetical order."""
    return sorted(char for token in tokens for char in token.text if char.isalnum())


def is_bare(shapes: Shapes) -> bool:
    """Whether nothing is drawn."""
    return not (shapes.rules or shapes.frames or shapes.fills or shapes.strokes or shapes.pictures)


class Plumber:
    """One file, opened when the first page is asked for."""

    def __init__(self, data: bytes) -> None:
        """Hold the file; nothing is loaded."""
        self._data = data
        self._document: Any = None
        self.count: int | None = None
        """How many pages it found; None when it was never asked, -1 when it can't open the file."""

    def page(self, number: int) -> Plumbed | None:
        """Page ``number`` (1-based); None when this library can't read it either."""
        try:
            if self._document is None:
                self._open()
            page = self._document.pages[number - 1]
            try:
                return _read(page)
            finally:
                page.close()
        except Exception:  # noqa: BLE001 - whatever it makes of a damaged file, the answer is a doubt
            return None

    def close(self) -> None:
        """Let the file go."""
        document, self._document = self._document, None
        if document is not None:
            with contextlib.suppress(
                Exception
            ):  # it walks the pages once more, and what it says of damage is known
                document.close()

    def _open(self) -> None:
        import logging

        import pdfplumber

        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
        if self.count == -1:
            raise ValueError("the file can't be opened")
        self.count = -1
        self._document = pdfplumber.open(io.BytesIO(self._data))
        self.count = len(self._document.pages)


def _read(page: Any) -> Plumbed:
    _lay_out(page)
    left, top, right, bottom = (float(side) for side in page.cropbox)
    shift = (-left, -top)
    whole = Box(0.0, 0.0, right - left, bottom - top)
    shapes = Shapes()
    for rect in page.rects:
        _rectangle(shapes, rect, _box(rect, shift))
    for line in page.lines:
        _path(shapes, line, shift)
    for curve in page.curves:
        _path(shapes, curve, shift)
    shapes.pictures = [_box(image, shift) for image in page.images]
    tokens = [
        Token(word["text"], _box(word, shift), turned=not word["upright"])
        for word in page.extract_words(use_text_flow=True, extra_attrs=["upright"])
    ]
    kept = [token for token in _parted(tokens) if _shows(whole, token.box)]
    return Plumbed(
        tokens=typed_boxes(once(kept)),
        shapes=shapes,
        width=whole.x1,
        height=whole.bottom,
        rotation=int(page.rotation or 0) % 360,
    )


def _lay_out(page: Any) -> None:
    """Let pdfminer walk the page, as pdfplumber would, but no further than a form can need."""
    from pdfminer.pdfinterp import PDFPageInterpreter
    from pdfplumber.page import PDFPageAggregatorWithMarkedContent

    class Bounded(PDFPageAggregatorWithMarkedContent):
        forms = 0

        def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
            self.forms += 1
            if self.forms > MOST_FORMS:
                raise ValueError("too many drawings within drawings")
            super().begin_figure(name, bbox, matrix)

    device = Bounded(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()


def _box(thing: dict[str, Any], shift: Point) -> Box:
    x, y = shift
    return Box(
        float(thing["x0"]) + x, float(thing["top"]) + y, float(thing["x1"]) + x, float(thing["bottom"]) + y
    )


def _shows(whole: Box, box: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return whole.x0 <= x <= whole.x1 and whole.top <= y <= whole.bottom


def _parted(tokens: list[Token]) -> Iterable[Token]:
    """Boxes and ticks that stand in a word are tokens of their own."""
    for token in tokens:
        wide = (token.box.x1 - token.box.x0) / max(len(token.text), 1)
        start, first = 0, True
        for glyph, group in itertools.groupby(token.text, key=glyphs.GLYPHS.__contains__):
            for text in group if glyph else ["".join(group)]:
                box = token.box._replace(
                    x0=token.box.x0 + start * wide, x1=token.box.x0 + (start + len(text)) * wide
                )
                yield Token(text, box, glyph=glyph, turned=token.turned, glued=not first)
                start, first = start + len(text), False


def _lightness(colour: object) -> float:
    """0 black to 1 white; a colour that can't be told counts as black."""
    told = colour if isinstance(colour, (tuple, list)) else (colour,)
    parts = [float(part) for part in told if isinstance(part, (int, float))]
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 3:
        return 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]
    if len(parts) == 4:
        return (1 - parts[3]) * (1 - (parts[0] + parts[1] + parts[2]) / 3)
    return 0.0


def _seen(thing: dict[str, Any]) -> tuple[bool, bool, float]:
    """Whether a path is stroked and filled so that one can see it, and how light its filling is."""
    light = _lightness(thing["non_stroking_color"]) if thing["fill"] else 1.0
    stroked = bool(thing["stroke"]) and _lightness(thing["stroking_color"]) <= PAPER + 0.04
    return stroked, bool(thing["fill"]) and light <= PAPER + 0.04, light


def _rectangle(shapes: Shapes, thing: dict[str, Any], box: Box) -> None:
    stroked, filled, light = _seen(thing)
    rule = thin(box)
    if rule is not None and (stroked or filled):
        shapes.rules.append(rule)
    elif stroked:
        shapes.frames.append(Frame4(box, False))
    if rule is None and filled and light <= PAPER:
        shapes.fills.append(Fill(box, light))


def _path(shapes: Shapes, thing: dict[str, Any], shift: Point) -> None:
    stroked, filled, _ = _seen(thing)
    if not stroked and not filled:
        return
    points = [(float(x) + shift[0], float(y) + shift[1]) for x, y in thing["pts"]]
    edges = tuple((a, b) for a, b in itertools.pairwise(points) if a != b)
    bends = sum(step[0] in "cvy" for step in _steps(thing))
    if stroked and edges and not bends and all(upright(a, b) for a, b in edges):
        shapes.rules += [edge(a, b) for a, b in edges]
    elif edges:
        shapes.strokes.append(Stroke(_box(thing, shift), edges, bends, filled and not stroked))


def _steps(thing: dict[str, Any]) -> Sequence[Any]:
    return thing.get("path") or ()
