"""What may be a signature: strokes and pictures of its size. Whose line it stands on, the extractor decides."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from pipeline.domain import Box, Ink, InkKind
from pipeline.reading.layout._frame import Frame
from pipeline.reading.layout._shapes import Rule, Stroke
from pipeline.reading.layout._tokens import Token

HEAD = 0.12
"""The share of a page's height at its top where pictures are letterheads: on the first page."""
LATER_HEAD = 0.05
"""The same on the pages after it, where a form may go on to be signed."""
NEAR = 9.0
"""Points: strokes this near are one hand."""
MOST_STROKES = 1_500


def inks(
    strokes: list[Stroke],
    pictures: list[Box],
    annotations: list[tuple[bool, Box]],
    frame: Frame,
    *,
    first: bool,
) -> list[Ink]:
    """Gather strokes into hands, and add pictures and annotations of a signature's size; ``first``: on the first page."""
    head = (HEAD if first else LATER_HEAD) * frame.height
    found = [Ink(kind=InkKind.STROKES if ink else InkKind.PICTURE, box=box) for ink, box in annotations]
    for group in _hands([s for s in strokes if s.curves or len(s.lines) > 1][:MOST_STROKES]):
        box = Box(
            min(s.box.x0 for s in group),
            min(s.box.top for s in group),
            max(s.box.x1 for s in group),
            max(s.box.bottom for s in group),
        )
        bends = sum(s.curves for s in group) + sum(len(s.lines) for s in group) // 3
        if bends >= 4 and _of_size(box, frame, 12, 4, head) and not _known(box, found):
            found.append(Ink(kind=InkKind.STROKES, box=box))
    for picture in pictures:
        if _of_size(picture, frame, 22, 7, head) and not _known(picture, found):
            found.append(Ink(kind=InkKind.PICTURE, box=picture))
    return found


def _hands(strokes: list[Stroke]) -> list[list[Stroke]]:
    """Groups of strokes whose boxes touch or nearly do."""
    groups: list[tuple[Box, list[Stroke]]] = []
    for stroke in sorted(strokes, key=lambda s: (s.box.x0, s.box.top)):
        box, members = stroke.box, [stroke]
        apart: list[tuple[Box, list[Stroke]]] = []
        for other, group in groups:
            if (
                other.x0 - NEAR <= box.x1
                and box.x0 - NEAR <= other.x1
                and other.top - NEAR <= box.bottom
                and box.top - NEAR <= other.bottom
            ):
                members = group + members
                box = Box(
                    min(box.x0, other.x0),
                    min(box.top, other.top),
                    max(box.x1, other.x1),
                    max(box.bottom, other.bottom),
                )
            else:
                apart.append((other, group))
        groups = [*apart, (box, members)]
    return [group for _, group in groups]


def _of_size(box: Box, frame: Frame, wide: float, high: float, head: float) -> bool:
    width, height = box.x1 - box.x0, box.bottom - box.top
    return box.bottom >= head and wide <= width <= 0.7 * frame.width and high <= height <= 0.25 * frame.height


def _known(box: Box, found: list[Ink]) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return any(i.box and i.box.x0 <= x <= i.box.x1 and i.box.top <= y <= i.box.bottom for i in found)


def struck(token: Token, rules: list[Rule], levels: list[float], covers: list[Box]) -> bool:
    """Whether a level line runs through the middle of a word, or a strike-out annotation covers it.

    ``rules`` are level lines from the top down, ``levels`` their places.
    """
    box = token.box
    wide, high = box.x1 - box.x0, box.bottom - box.top
    first, last = bisect_left(levels, box.top + 0.28 * high), bisect_right(levels, box.top + 0.78 * high)
    if first < last:
        for rule in rules[first:last]:
            if min(rule.end, box.x1) - max(rule.start, box.x0) >= 0.7 * wide:
                return True
    if not covers:
        return False
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return any(c.x0 <= x <= c.x1 and c.top <= y <= c.bottom for c in covers)


def crossed(token: Token, strokes: list[Stroke]) -> bool:
    """Whether a long slanting line goes through a word: perhaps crossed out, perhaps not."""
    box = token.box
    inner = Box(
        box.x0, box.top + 0.25 * (box.bottom - box.top), box.x1, box.bottom - 0.2 * (box.bottom - box.top)
    )
    return any(
        _cuts(inner, a, b)
        for stroke in strokes
        if not stroke.filled
        and stroke.box.x0 < box.x1
        and stroke.box.x1 > box.x0
        and stroke.box.top < box.bottom
        and stroke.box.bottom > box.top
        for a, b in stroke.lines
    )


def _cuts(box: Box, a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Whether a piece of a line lies within a box (clipped side by side)."""
    start, end = 0.0, 1.0
    dx, dy = b[0] - a[0], b[1] - a[1]
    for step, low, high, origin in ((dx, box.x0, box.x1, a[0]), (dy, box.top, box.bottom, a[1])):
        if step == 0:
            if not low <= origin <= high:
                return False
            continue
        first, last = sorted(((low - origin) / step, (high - origin) / step))
        start, end = max(start, first), min(end, last)
        if start > end:
            return False
    return True
