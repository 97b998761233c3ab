"""Ticks drawn without a box of lines: over a printed box that is a character, or alone in a cell."""

from __future__ import annotations

from dataclasses import replace

from pipeline.domain import Box, Mark, MarkSource, MarkState
from pipeline.reading.layout._shapes import Shapes, Stroke
from pipeline.reading.layout._tokens import Token
from pipeline.reading.pdf._boxes import drawn_in, remove

SMALLEST, LARGEST = 3.5, 24.0
"""Points: the sides that a tick drawn alone can have."""
SMALLEST_CROSS = 2.2
"""Points: two crossing lines are a cross at this size too; other scraps are not looked at."""

MOST_STROKES = 800
NEAR = 1.5


def overdrawn(mark: Mark, shapes: Shapes) -> Mark:
    """A glyph's mark after looking at what was drawn over it; takes that out of ``shapes``."""
    if mark.box is None or mark.state is MarkState.ON:
        return mark
    drawn = drawn_in(mark.box, shapes)
    if drawn is MarkState.OFF:
        return mark
    remove(mark.box, shapes)
    return replace(mark, state=drawn, confidence=0.5 if drawn is MarkState.UNSURE else 1.0)


def free_ticks(shapes: Shapes, tokens: list[Token]) -> list[Mark]:
    """Crosses and ticks of a pen's size that touch no word; takes them out of ``shapes``.

    A cross or a tick is ON; a lone slash, a plus or a curl is UNSURE.
    """
    small = [s for s in shapes.strokes if not s.filled and max(_sides(s.box)) <= LARGEST]
    if not small or len(small) > MOST_STROKES:
        return []
    large = [s.box for s in shapes.strokes if s not in small]
    marks: list[Mark] = []
    used: list[Stroke] = []
    for group in _groups(small):
        box = _hull([s.box for s in group])
        wide, high = _sides(box)
        state = _shape(group)
        least = SMALLEST_CROSS if state is MarkState.ON else SMALLEST
        if not (least <= wide <= LARGEST and least <= high <= LARGEST):
            continue
        if any(_meet(box, other) for other in large) or any(_meet(_core(token), box) for token in tokens):
            continue
        confidence = 1.0 if state is MarkState.ON else 0.5
        marks.append(Mark(state=state, source=MarkSource.BOX, box=box, confidence=confidence))
        used += group
    if used:
        shapes.strokes = [s for s in shapes.strokes if s not in used]
    return marks


def _sides(box: Box) -> tuple[float, float]:
    return box.x1 - box.x0, box.bottom - box.top


def _hull(boxes: list[Box]) -> Box:
    return Box(
        min(b.x0 for b in boxes),
        min(b.top for b in boxes),
        max(b.x1 for b in boxes),
        max(b.bottom for b in boxes),
    )


def _core(token: Token) -> Box:
    """The part of a word's box that letters fill."""
    high = token.box.bottom - token.box.top
    return Box(token.box.x0, token.box.top + 0.2 * high, token.box.x1, token.box.bottom - 0.2 * high)


def _meet(a: Box, b: Box) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom


def _groups(strokes: list[Stroke]) -> list[list[Stroke]]:
    """Strokes that touch, from left to right."""
    groups: list[tuple[Box, list[Stroke]]] = []
    for stroke in sorted(strokes, key=lambda s: s.box.x0):
        wider = Box(
            stroke.box.x0 - NEAR, stroke.box.top - NEAR, stroke.box.x1 + NEAR, stroke.box.bottom + NEAR
        )
        members, apart = [stroke], []
        box = stroke.box
        for other, group in groups:
            if _meet(other, wider):
                members = group + members
                box = _hull([box, other])
            else:
                apart.append((other, group))
        groups = [*apart, (box, members)]
    return [group for _, group in groups]


def _shape(group: list[Stroke]) -> MarkState:
    """ON for two slanting lines that lean against each other (a cross, a tick), else UNSURE."""
    lines = [line for stroke in group for line in stroke.lines]
    slopes = [
        (b[0] - a[0]) * (b[1] - a[1]) for a, b in lines if abs(b[0] - a[0]) > 0.8 and abs(b[1] - a[1]) > 0.8
    ]
    straight = not any(stroke.curves for stroke in group)
    if straight and 2 <= len(lines) <= 4 and any(s > 0 for s in slopes) and any(s < 0 for s in slopes):
        return MarkState.ON
    return MarkState.UNSURE
