"""Drawn tick boxes: found among the page's lines, told from table cells, and judged by what is drawn or typed inside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from pipeline.domain import Box, Mark, MarkSource, MarkState
from pipeline.errors import UnreadableError
from pipeline.reading.layout._glyphs import CROSSES, GLYPHS, TYPED_IN_BOX
from pipeline.reading.layout._shapes import Fill, Rule, Shapes, Stroke
from pipeline.reading.layout._tokens import Token

SMALLEST, LARGEST = 5.0, 32.0
"""Points: the sides that a tick box can have."""
DARK = 0.6
MOST_BOXES = 1_500


def tick_boxes(shapes: Shapes, tokens: list[Token]) -> list[Mark]:
    """Find the page's drawn boxes; takes what belongs to them out of ``shapes`` and ``tokens``."""
    sides = _sides(shapes)
    found: list[Box] = []
    candidates = _candidates(shapes)
    if len(candidates) > MOST_BOXES:
        raise UnreadableError(
            "En side har for mange tegnede ruter til å være et skjema. Be avsender skrive ut siden på nytt.",
            code="too-many-objects",
        )
    shapes.rules.sort()
    outlined = {frame.box for frame in shapes.frames}
    for box in candidates:
        x0, top, x1, bottom = box
        near = [b for b in found if b[0] < x1 and b[2] > x0 and b[1] < bottom and b[3] > top]
        if not (any(_overlap(box, one) > 0.5 for one in near) or _is_cell(box, sides, box in outlined)):
            found.append(box)
    marks: list[Mark] = []
    for box in found:
        mark = _judged(box, shapes, tokens)
        if mark is not None:
            marks.append(mark)
            remove(box, shapes)
    marks += _filled(shapes, marks)
    marks += _pictured(shapes)
    return marks


def _wide(box: Box) -> float:
    return box.x1 - box.x0


def _high(box: Box) -> float:
    return box.bottom - box.top


def _squarish(box: Box) -> bool:
    wide, high = _wide(box), _high(box)
    return SMALLEST <= wide <= LARGEST and SMALLEST <= high <= LARGEST and 0.62 <= wide / high <= 1.6


def _overlap(a: Box, b: Box) -> float:
    """The shared area as a part of the smaller box."""
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.bottom, b.bottom) - max(a.top, b.top)
    if wide <= 0 or high <= 0:
        return 0.0
    return wide * high / max(min(_wide(a) * _high(a), _wide(b) * _high(b)), 0.01)


def _candidates(shapes: Shapes) -> list[Box]:
    """Squarish outlines, the largest first: drawn as one path, or as four lines."""
    boxes = [frame.box for frame in shapes.frames if _squarish(frame.box)]
    flat = sorted(
        (r for r in shapes.rules if r.across and SMALLEST <= r.end - r.start <= LARGEST), key=lambda r: r.at
    )
    tall = [r for r in shapes.rules if not r.across and SMALLEST <= r.end - r.start <= LARGEST]
    for number, top in enumerate(flat[:800]):
        for low in flat[number + 1 :]:
            if low.at - top.at > LARGEST:
                break
            box = Box(min(top.start, low.start), top.at, max(top.end, low.end), low.at)
            if abs(top.start - low.start) > 1.6 or abs(top.end - low.end) > 1.6 or not _squarish(box):
                continue
            if _side(tall, box.x0, box) and _side(tall, box.x1, box):
                boxes.append(box)
    return sorted(boxes, key=lambda box: -_wide(box) * _high(box))


def _side(tall: list[Rule], x: float, box: Box) -> bool:
    return any(
        abs(r.at - x) <= 1.6 and abs(r.start - box.top) <= 1.8 and abs(r.end - box.bottom) <= 1.8
        for r in tall
    )


def _sides(shapes: Shapes) -> list[Rule]:
    """Every straight side on the page, sorted: rules and the sides of frames."""
    return sorted(shapes.rules + [side for frame in shapes.frames for side in frame.sides])


def _is_cell(box: Box, sides: list[Rule], outlined: bool) -> bool:
    """Whether a square is part of a table: another line goes on from its sides or corners, or shares a side.

    A square ``outlined`` in one stroke may stand with one side on a line that runs past both its corners.
    """
    passed: set[tuple[bool, float]] = set()
    near = 1.3
    around = sides[bisect_left(sides, (False, box.x0 - near)) : bisect_right(sides, (False, box.x1 + near))]
    around += sides[
        bisect_left(sides, (True, box.top - near)) : bisect_right(sides, (True, box.bottom + near))
    ]
    for rule in around:
        low, high = (box.x0, box.x1) if rule.across else (box.top, box.bottom)
        first, second = (box.top, box.bottom) if rule.across else (box.x0, box.x1)
        if rule.end < low - near or rule.start > high + near:
            continue
        on_side = min(abs(rule.at - first), abs(rule.at - second)) <= near
        leaves = rule.start < low - 2.5 or rule.end > high + 2.5
        crosses = rule.start < low - 2.5 and rule.end > high + 2.5
        if on_side and leaves:
            passed.add((rule.across, first if abs(rule.at - first) <= near else second))
            if not outlined or not crosses or len(passed) > 1:
                return True
        if not on_side and leaves and not crosses and rule.end - rule.start > 1.5 * (high - low):
            starts_here = abs(rule.end - low) <= near or abs(rule.start - high) <= near
            if starts_here:
                return True
    return False


def _within(box: Box, inner: Box, slack: float) -> bool:
    """Whether a shape's middle lies in the box, widened by a share of its sides."""
    dx, dy = slack * _wide(box), slack * _high(box)
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return box.x0 - dx <= x <= box.x1 + dx and box.top - dy <= y <= box.bottom + dy


def _judged(box: Box, shapes: Shapes, tokens: list[Token]) -> Mark | None:
    """The mark for a box, None when letters inside show that it is no tick box."""
    reach = box.bottom + 0.1 * _high(box) + 1
    near = [token for token in tokens if token.box.top <= reach and token.box.bottom >= box.top - LARGEST]
    typed = [token for token in near if _within(box, token.box, 0.1) and not token.turned]
    letters = [t for t in typed if not (t.text in TYPED_IN_BOX or t.text in CROSSES or t.text in GLYPHS)]
    if letters and all(_wide(t.box) < 1.2 * _wide(box) for t in letters):
        return None
    typed = [token for token in typed if token not in letters]
    state = drawn_in(box, shapes)
    glyph = ""
    if typed:
        glyph = typed[0].text
        inside = {GLYPHS.get(token.text, MarkState.ON) for token in typed}
        inside.discard(MarkState.OFF)
        if inside:
            state = MarkState.UNSURE if MarkState.UNSURE in (*inside, state) else MarkState.ON
        for token in typed:
            tokens.remove(token)
    confidence = 0.5 if state is MarkState.UNSURE else 1.0
    return Mark(state=state, source=MarkSource.BOX, box=box, glyph=glyph, confidence=confidence)


def drawn_in(box: Box, shapes: Shapes) -> MarkState:
    """What the drawing inside a box says."""
    wide, high = _wide(box), _high(box)
    strokes = [s for s in shapes.strokes if _within(box, s.box, 0.35) and _reaches(box, s.box)]
    small = [s for s in strokes if _wide(s.box) <= 3 * wide and _high(s.box) <= 3 * high]
    through = [s for s in shapes.strokes if s not in small and any(_passes(box, line) for line in s.lines)]
    fills = [
        f
        for f in shapes.fills
        if f.light < DARK and _overlap(f.box, box) > 0.5 and _wide(f.box) <= 1.6 * wide
    ]
    covered = max((_area_share(f, box) for f in fills), default=0.0)
    inner = _inner(shapes.rules, box)
    length = sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for s in small for a, b in s.lines)
    if covered > 0.8 or through or length > 14 * (wide + high):
        return MarkState.UNSURE
    if small or covered > 0.1:
        return MarkState.ON
    if inner:
        return MarkState.ON if {r.across for r in inner} == {True, False} else MarkState.UNSURE
    if any(_overlap(picture, box) > 0.4 and _wide(picture) <= 3 * wide for picture in shapes.pictures):
        return MarkState.UNSURE
    return MarkState.OFF


def _reaches(box: Box, shape: Box) -> bool:
    """Whether a shape comes into the inner part of a box."""
    dx, dy = 0.15 * _wide(box), 0.15 * _high(box)
    return (
        shape.x1 > box.x0 + dx
        and shape.x0 < box.x1 - dx
        and shape.bottom > box.top + dy
        and shape.top < box.bottom - dy
    )


def _passes(box: Box, line: tuple[tuple[float, float], tuple[float, float]]) -> bool:
    """Whether a line goes through the inner part of a box (looked at in small steps)."""
    (ax, ay), (bx, by) = line
    dx, dy = 0.15 * _wide(box), 0.15 * _high(box)
    if max(ax, bx) < box.x0 or min(ax, bx) > box.x1 or max(ay, by) < box.top or min(ay, by) > box.bottom:
        return False
    steps = min(400, int(max(abs(ax - bx), abs(ay - by)) / 2) + 2)
    for step in range(steps + 1):
        x, y = ax + (bx - ax) * step / steps, ay + (by - ay) * step / steps
        if box.x0 + dx < x < box.x1 - dx and box.top + dy < y < box.bottom - dy:
            return True
    return False


def _inner(rules: list[Rule], box: Box) -> list[Rule]:
    """The straight lines that cross the middle part of a box, its own sides and an inner frame apart (of sorted rules)."""
    x0, top, x1, bottom = box
    wide, high = x1 - x0, bottom - top
    left, right, upper, lower = x0 + 0.25 * wide, x1 - 0.25 * wide, top + 0.25 * high, bottom - 0.25 * high
    level = rules[bisect_right(rules, (True, upper)) : bisect_left(rules, (True, lower))]
    steep = rules[bisect_right(rules, (False, left)) : bisect_left(rules, (False, right))]
    return [
        rule
        for rule in level + steep
        if (
            upper < rule.at < lower
            and rule.start < x1 - 1
            and rule.end > x0 + 1
            and rule.end - rule.start >= 0.4 * wide
            if rule.across
            else left < rule.at < right
            and rule.start < bottom - 1
            and rule.end > top + 1
            and rule.end - rule.start >= 0.4 * high
        )
    ]


def _area_share(fill: Fill, box: Box) -> float:
    return _overlap(fill.box, box) * min(1.0, _wide(fill.box) * _high(fill.box) / (_wide(box) * _high(box)))


def remove(box: Box, shapes: Shapes) -> None:
    """Take a box's own lines and content out, so that neither tables nor ink see them (rules are sorted by now)."""
    outer = Box(box.x0 - 2, box.top - 2, box.x1 + 2, box.bottom + 2)
    x0, top, x1, bottom = outer
    shapes.frames = [
        f for f in shapes.frames if f[0][0] < x0 or f[0][1] < top or f[0][2] > x1 or f[0][3] > bottom
    ]
    rules = shapes.rules
    for across, low, high, start, end in ((False, x0, x1, top, bottom), (True, top, bottom, x0, x1)):
        first, last = bisect_left(rules, (across, low)), bisect_right(rules, (across, high, 1e9))
        rules[first:last] = [r for r in rules[first:last] if r.start < start or r.end > end]
    shapes.fills = [f for f in shapes.fills if not _contains(outer, f.box)]
    shapes.strokes = [s for s in shapes.strokes if not _belongs(box, s)]
    shapes.pictures = [
        p for p in shapes.pictures if not (_within(box, p, 0.3) and _wide(p) <= 3 * _wide(box))
    ]


def _belongs(box: Box, stroke: Stroke) -> bool:
    small = _wide(stroke.box) <= 3 * _wide(box) and _high(stroke.box) <= 3 * _high(box)
    return small and _within(box, stroke.box, 0.35)


def _contains(outer: Box, inner: Box) -> bool:
    return (
        inner.x0 >= outer.x0
        and inner.x1 <= outer.x1
        and inner.top >= outer.top
        and inner.bottom <= outer.bottom
    )


def _filled(shapes: Shapes, marks: list[Mark]) -> list[Mark]:
    """Dark squares of the size of the page's boxes: filled to tick, or to cancel; nobody can tell."""
    sizes = [_wide(mark.box) for mark in marks if mark.box is not None]
    return [
        Mark(state=MarkState.UNSURE, source=MarkSource.BOX, box=fill.box, confidence=0.5)
        for fill in shapes.fills
        if fill.light < DARK
        and _squarish(fill.box)
        and any(abs(_wide(fill.box) - size) < 3 for size in sizes)
    ]


def _pictured(shapes: Shapes) -> list[Mark]:
    """Small square pictures: a box or a tick pasted in, which this reader can't judge."""
    found = [p for p in shapes.pictures if _squarish(p)]
    shapes.pictures = [p for p in shapes.pictures if not _squarish(p)]
    return [Mark(state=MarkState.UNSURE, source=MarkSource.BOX, box=p, confidence=0.5) for p in found]
