"""Labels printed under the lines to write on, on the open page: what stands over each is nearer than what stands below."""

from __future__ import annotations

from pipeline.extraction._atoms import Atom, AtomKind
from pipeline.extraction._hits import Hit
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Strip
from pipeline.extraction._spans import Span, matched, written_lines

_NEARER = 0.7
"""What is nearer than this share of the other distance is clearly nearer."""
_LEAST = 2
"""So many labels that stand nearer to what is over them show how the page is made."""
_EDGE = 6.0
"""Points by which a label may begin left of its box."""
_REACH = 1.6
"""Heights of a line by which a caption may stand below what it tells."""


def caption_of(layout: Layout, hit: Hit) -> Span | None:
    """What stands over a label that is a caption; None where labels are none. Doubtful where only some are."""
    if hit.pane.grid is not None or not _bare(layout, hit.last):
        return None
    under = over = 0
    for order in sorted({stop.strip.order for stop in layout.stops.values() if _votes(hit, stop)}):
        vote = _vote(layout, layout.sheet.strips[order])
        under, over = under + (vote < 0), over + (vote > 0)
    if under < _LEAST or under <= over or not _led_by_value(layout, hit.strip):
        return None
    above = _beside(layout, hit.strip, -1)
    near = above is not None and _distance(above, hit.strip) < _REACH * _height(hit.strip)
    span = Span(page=hit.strip.page, how="line-above", room=True)
    if above is not None and near:
        span = _share(layout, hit, above)
    if over:
        span.doubt("cannot-align", "Det er uklart om ledeteksten står over eller under det som er fylt ut.")
    return span


def _share(layout: Layout, hit: Hit, above: Strip) -> Span:
    if above.grid is not None:
        return Span(_boxed(hit, above), above.page, "line-above", True)
    labels = [n for n in range(len(hit.strip.atoms)) if layout.stop_at(hit.strip, n) is not None]
    span = matched(hit, above, above.atoms, labels, "line-above")
    span.room = True
    return span


def _boxed(hit: Hit, above: Strip) -> list[list[Atom]]:
    """What stands in the box over a label, among boxes side by side."""
    label = hit.strip.atoms[hit.start].box
    strip: Strip | None = above
    while strip is not None and strip.grid is not None and label is not None:
        box = strip.grid.panes[0].box
        if box is None or strip.box is None or above.box is None or strip.box.bottom <= above.box.top:
            break
        if len(strip.grid.panes) == 1 and box.x0 - _EDGE <= label.x0 < box.x1:
            return written_lines(strip.grid.panes[0])
        strip = strip.pane.strips[strip.local - 1] if strip.local else None
    return []


def _votes(hit: Hit, stop: Hit) -> bool:
    return stop.pane is hit.pane and stop.strip.page == hit.strip.page and stop.start == 0


def _vote(layout: Layout, strip: Strip) -> int:
    """Less than 0 where a label is clearly nearer to what stands over it, more where it is to what stands below."""
    above, below = _beside(layout, strip, -1), _beside(layout, strip, 1)
    if above is None or below is None or not _bare(layout, strip):
        return 0
    if not _led_by_value(layout, strip):
        return 1
    up, down = _distance(above, strip), _distance(strip, below)
    return (up > _NEARER * down) - (down > _NEARER * up) if min(up, down) >= 0 else 0


def _led_by_value(layout: Layout, strip: Strip) -> bool:
    """Whether what was filled in, and no label, comes first below the heading over a label, and a label comes last."""
    return _last(layout, strip, -1) == "value" and _last(layout, strip, 1) == "label"


def _last(layout: Layout, strip: Strip, step: int) -> str:
    """The kind of the last line on the way to the heading over or under a label; "" where the page ends first."""
    kind = "label"
    at = strip.local + step
    strips = strip.pane.strips
    while 0 <= at < len(strips) and strips[at].page == strip.page:
        other = strips[at]
        at += step
        if other.grid is None and not other.atoms:
            continue
        if _free(layout, other):
            kind = "value"
        elif other.grid is None and _bare(layout, other) and _labels(layout, other):
            kind = "label"
        else:
            return kind
    return kind if step > 0 else ""


def _labels(layout: Layout, strip: Strip) -> bool:
    """Whether a line's print is that of fields, and no heading."""
    return all(hit.key in layout.wording.labels for hit in layout.stops.values() if hit.strip is strip)


def _bare(layout: Layout, strip: Strip) -> bool:
    """Whether nothing but labels stands on a line, and no colon that asks for what comes after."""
    if any(atom.kind in (AtomKind.ENTRY, AtomKind.INK, AtomKind.MARK, AtomKind.FILL) for atom in strip.atoms):
        return False
    words = [atom for atom in strip.atoms if atom.written]
    return bool(words) and all(id(atom) in layout.printed or not atom.key for atom in words)


def _beside(layout: Layout, strip: Strip, step: int) -> Strip | None:
    """The next line up or down on the page, when it holds no print."""
    at = strip.local + step
    strips = strip.pane.strips
    while 0 <= at < len(strips) and not strips[at].atoms and strips[at].grid is None:
        at += step
    if not 0 <= at < len(strips) or strips[at].page != strip.page:
        return None
    return strips[at] if _free(layout, strips[at]) else None


def _free(layout: Layout, strip: Strip) -> bool:
    """Whether a line, or a lone box, is filled in or there to be, and holds no print."""
    if strip.grid is not None:
        return len(strip.grid.panes) == 1 and not layout.has_stop(strip.grid.panes[0])
    if layout.first_stop(strip) < len(strip.atoms) or layout.is_print(strip):
        return False
    return any(_counts(atom) for atom in strip.atoms)


def _counts(atom: Atom) -> bool:
    return atom.written or atom.kind is AtomKind.ENTRY


def _distance(upper: Strip, lower: Strip) -> float:
    if upper.box is None or lower.box is None:
        return -1.0
    return max(lower.box.top - upper.box.bottom, 0.0)


def _height(strip: Strip) -> float:
    return max(strip.box.bottom - strip.box.top, 8.0) if strip.box is not None else 0.0
