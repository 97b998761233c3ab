"""What a person should know about a page before trusting what was read on it."""

from __future__ import annotations

from pipeline.domain import Box, Doubt
from pipeline.reading.pdf._annotations import Annotations
from pipeline.reading.pdf._frame import Frame
from pipeline.reading.pdf._shapes import Shapes
from pipeline.reading.pdf._tokens import Token
from pipeline.reading.pdf._words import Text

FULL = 0.8
"""A picture over this share of the page is the page: a scan."""


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
