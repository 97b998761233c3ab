"""What a person should know about a page before trusting what was read on it."""

from __future__ import annotations

from pipeline.domain import Box, Doubt
from pipeline.reading.layout._frame import Frame
from pipeline.reading.layout._shapes import Shapes
from pipeline.reading.layout._tokens import Token
from pipeline.reading.layout._words import Text
from pipeline.reading.pdf._annotations import Annotations

FULL = 0.8
"""A picture over this share of the page is the page: a scan."""
_LYING = 1.15
"""A sheet so much wider than high lies."""
_GUTTER = 6.0
"""Points on either side of the middle in which nothing stands between two pages."""
_WORDS, _TALL = 25, 0.4
"""Words in a half, and the share of the sheet's height that the fuller half takes, at least."""


def share(box: Box, frame: Frame) -> float:
    wide = min(box.x1, frame.width) - max(box.x0, 0)
    high = min(box.bottom, frame.height) - max(box.top, 0)
    return max(wide, 0) * max(high, 0) / max(frame.width * frame.height, 1)


def turned_page(number: int, tokens: list[Token]) -> list[Doubt]:
    """Whether most words of a page run up or down, so that their order on it can't be trusted."""
    if 2 * sum(token.turned for token in tokens) <= len(tokens):
        return []
    return [
        Doubt(code="turned-page", text=f"Side {number} ligger på siden; snu den og send den inn på nytt.")
    ]


def two_up(number: int, tokens: list[Token], shapes: Shapes, frame: Frame) -> list[Doubt]:
    """Whether two pages are printed side by side on one sheet, so that lines run from one into the other.

    The sheet lies, nothing crosses its middle, and each half is full of words.
    """
    if frame.width <= _LYING * frame.height:
        return []
    middle = frame.width / 2
    left, right = middle - _GUTTER, middle + _GUTTER
    words = [token.box for token in tokens]
    drawn = [
        Box(r.start, r.at, r.end, r.at) if r.across else Box(r.at, r.start, r.at, r.end) for r in shapes.rules
    ]
    drawn += [each.box for each in shapes.frames]
    whole = 0.9 * frame.width
    if any(box.x0 < right and box.x1 > left and box.x1 - box.x0 < whole for box in (*words, *drawn)):
        return []
    halves = ([box for box in words if box.x1 <= left], [box for box in words if box.x0 >= right])
    if min(map(len, halves)) < _WORDS or max(map(_height, halves)) < _TALL * frame.height:
        return []
    text = f"Side {number} viser to sider ved siden av hverandre; skriv ut én side på hvert ark, eller se over verdiene."
    return [Doubt(code="two-up", text=text)]


def _height(boxes: list[Box]) -> float:
    return max(box.bottom for box in boxes) - min(box.top for box in boxes)


def doubts_of(
    number: int, found: Annotations, text: Text, shapes: Shapes, hidden: int, frame: Frame
) -> list[Doubt]:
    """What a person should know about this page."""
    doubts: list[Doubt] = []
    scanned = any(share(box, frame) > FULL for box in shapes.pictures)
    if hidden:
        doubts.append(
            Doubt(code="hidden-field", text=f"Side {number} har skjulte felt med verdier som ikke er lest.")
        )
    if text.white:
        doubts.append(
            Doubt(code="hidden-text", text=f"Side {number} har hvit tekst som ikke synes og ikke er lest.")
        )
    if scanned and text.tokens:
        doubts.append(
            Doubt(
                code="scan-with-text",
                text=f"Side {number} er et bilde med tekst skrevet oppå; bildet er ikke lest.",
            )
        )
    elif scanned and text.invisible:
        doubts.append(
            Doubt(
                code="ocr-layer",
                text=f"Side {number} er et bilde med usynlig, maskinlest tekst, som ikke er brukt.",
            )
        )
    elif text.invisible:
        doubts.append(Doubt(code="hidden-text", text=f"Side {number} har usynlig tekst som ikke er lest."))
    if found.notes:
        doubts.append(Doubt(code="comment", text=f"Side {number} har kommentarer som ikke er lest."))
    return doubts
