"""A page's tokens, and what can be said of them without the file: drawn twice, or a box typed with brackets."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.domain import Box
from pipeline.reading.layout import _glyphs as glyphs


@dataclass(slots=True)
class Token:
    """A word, or one glyph (``glyph``) that is a box or a tick. ``turned``: it does not run from left to right."""

    text: str
    box: Box
    glued: bool = False
    glyph: bool = False
    turned: bool = False
    spaces: int = 0
    """Space characters that the file itself has before it."""


def once(tokens: list[Token]) -> list[Token]:
    """Leave out what was drawn twice to look bold."""
    seen: dict[str, list[Box]] = {}
    kept: list[Token] = []
    for token in tokens:
        box = token.box
        boxes = seen.get(token.text)
        if boxes is None:
            seen[token.text] = [box]
            kept.append(token)
            continue
        near = 0.25 * (box.bottom - box.top)
        if any(abs(b.x0 - box.x0) < near and abs(b.top - box.top) < near for b in boxes):
            continue
        boxes.append(box)
        kept.append(token)
    return kept


def typed_boxes(tokens: list[Token]) -> list[Token]:
    """Turn ``[ ]``, ``[x]`` and a lone ``x`` into glyphs."""
    kept: list[Token] = []
    for token in tokens:
        text = token.text
        if (
            text in glyphs.BLANKS
            or text in glyphs.CROSSES
            or (len(text) > 1 and text.strip("_") in {"X", "x"})
        ):
            token.glyph = True
        elif text in {"]", ")", "|"} and kept and not token.turned:
            opened = _opened(kept, token)
            if opened:
                inner = kept[-1] if opened == 2 else None
                start = kept[-opened]
                del kept[-opened:]
                cross = "x" if inner is not None else ""
                box = Box(start.box.x0, start.box.top, token.box.x1, start.box.bottom)
                token = Token(f"[{cross}]", box, glued=start.glued, glyph=True)  # noqa: PLW2901
        kept.append(token)
    return kept


def _opened(kept: list[Token], token: Token) -> int:
    """How many tokens before a closing bracket belong to a typed box: 1 empty, 2 crossed, 0 none."""
    pairs = {"]": "[", ")": "(", "|": "|"}
    for back in (1, 2):
        if len(kept) < back or kept[-back].text != pairs[token.text]:
            continue
        if back == 2 and kept[-1].text not in glyphs.CROSSES:
            continue
        start = kept[-back].box
        if abs(start.top - token.box.top) < 3 and 0 <= token.box.x0 - start.x1 < 25:
            return back
    return 0
