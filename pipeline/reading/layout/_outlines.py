"""What an outline is, told from its corners: a rectangle, something round, or neither."""

from __future__ import annotations

from pipeline.domain import Box

Point = tuple[float, float]


def hull(points: list[Point]) -> Box:
    """The box round points."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def upright(a: Point, b: Point) -> bool:
    """Whether a line runs along the page, level or upright."""
    return abs(a[0] - b[0]) < 0.35 or abs(a[1] - b[1]) < 0.35


def rectangle(points: list[Point]) -> Box | None:
    """The box of an upright rectangle drawn corner by corner and back, None for any other outline."""
    if len(points) != 5 or points[0] != points[4]:
        return None
    (ax, ay), (bx, by), (cx, cy), (dx, dy), _ = points
    if not (
        (ax == bx and by == cy and cx == dx and dy == ay) or (ay == by and bx == cx and cy == dy and dx == ax)
    ):
        return None
    return Box(min(ax, cx), min(ay, cy), max(ax, cx), max(ay, cy))


def is_rectangle(points: list[Point], box: Box) -> bool:
    """Four corners of its own box, come back to the first."""
    if not 4 <= len(points) <= 6:
        return False
    corners = {(abs(p[0] - box.x0) < 0.5, abs(p[1] - box.top) < 0.5) for p in points}
    on_corner = all(
        min(abs(p[0] - box.x0), abs(p[0] - box.x1)) < 0.5
        and min(abs(p[1] - box.top), abs(p[1] - box.bottom)) < 0.5
        for p in points
    )
    thin = min(box.x1 - box.x0, box.bottom - box.top) < 1
    returns = abs(points[0][0] - points[-1][0]) < 0.5 and abs(points[0][1] - points[-1][1]) < 0.5
    return on_corner and returns and (thin or len(corners) == 4)


def is_round(points: list[Point], box: Box, bends: int) -> bool:
    """A rounded rectangle or a circle: few curves, upright sides, every corner point on its own outline."""
    if not 4 <= bends <= 8 or min(box.x1 - box.x0, box.bottom - box.top) < 4:
        return False
    return all(
        min(abs(p[0] - box.x0), abs(p[0] - box.x1), abs(p[1] - box.top), abs(p[1] - box.bottom)) < 0.6
        for p in points
    ) or (bends == 8 and abs((box.x1 - box.x0) - (box.bottom - box.top)) < 1.5)


def encloses(outer: Box, inner: Box) -> bool:
    """Whether a box lies just within another, as the paper within a frame."""
    return (
        outer != inner
        and 0 < inner.x0 - outer.x0 <= 3
        and 0 < outer.x1 - inner.x1 <= 3
        and 0 < inner.top - outer.top <= 3
        and 0 < outer.bottom - inner.bottom <= 3
    )
