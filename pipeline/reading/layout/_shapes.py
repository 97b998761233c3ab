"""What is drawn on a page: rules, frames, fills, free strokes, pictures; and which annotation each object belongs to.

Everything is already on the shown page (points, origin top left). White drawing is paper and left out.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.domain import Box
from pipeline.errors import UnreadableError
from pipeline.reading import _native as native
from pipeline.reading._native import Handle, Matrix
from pipeline.reading.layout._frame import Frame, boxed, product
from pipeline.reading.layout._outlines import (
    Point,
    encloses,
    hull,
    is_rectangle,
    is_round,
    rectangle,
    upright,
)

THIN = 2.3
"""Points: a fill no thicker than this is a line."""
PAPER = 0.93
"""Lightness from which a colour counts as paper."""
MOST_OBJECTS = 20_000
"""Objects on one page; more is no form and would take minutes."""
DEEPEST = 12


class Rule(NamedTuple):
    """A straight line along the page: ``at`` is its y (horizontal) or x; it runs from ``start`` to ``end``."""

    across: bool
    at: float
    start: float
    end: float


class Frame4(NamedTuple):
    """A drawn rectangle (or rounded one, or circle): its outline."""

    box: Box
    round: bool

    @property
    def sides(self) -> list[Rule]:
        """Its four sides as rules."""
        box = self.box
        return [
            Rule(True, box.top, box.x0, box.x1),
            Rule(True, box.bottom, box.x0, box.x1),
            Rule(False, box.x0, box.top, box.bottom),
            Rule(False, box.x1, box.top, box.bottom),
        ]


class Fill(NamedTuple):
    """A filled rectangle; ``light`` is 0 for black."""

    box: Box
    light: float


class Stroke(NamedTuple):
    """A free shape: diagonals, curves, outlines of writing."""

    box: Box
    lines: tuple[tuple[Point, Point], ...]
    curves: int
    filled: bool


@dataclass(slots=True)
class Shapes:
    """Everything drawn on one page. ``owners``: text object → number of the widget that it fills (-1: the page).
    ``drawn``: paths and pictures in each widget's appearance. ``cut``: drawings within drawings were left out."""

    rules: list[Rule] = field(default_factory=list)
    frames: list[Frame4] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    owners: dict[int, int] = field(default_factory=dict)
    drawn: dict[int, int] = field(default_factory=dict)
    objects: int = 0
    cut: bool = False


def shapes_of(page: Handle, frame: Frame, widgets: list[tuple[int, Box]], *, flattened: bool) -> Shapes:
    """Walk a page's objects; a flattened page ends in one form that holds its annotations' appearances in order.

    ``widgets`` are the appearances to expect: the widget's number, or -1 for another annotation, and its box.
    """
    shapes = Shapes()
    count = native.count_objects(page)
    for index in range(count):
        thing = native.page_object(page, index)
        if flattened and index == count - 1 and native.object_type(thing) == native.FORM:
            _annotations(shapes, thing, frame, widgets)
        else:
            _walk(shapes, thing, frame.matrix, -1, 0)
    return shapes


def _annotations(shapes: Shapes, thing: Handle, frame: Frame, widgets: list[tuple[int, Box]]) -> None:
    """Give each appearance to its annotation: in order when none is missing, else by place."""
    matrix = product(native.matrix(thing), frame.matrix)
    count = native.count_children(thing)
    for index in range(count):
        child = native.child_object(thing, index)
        if count == len(widgets):
            owner = widgets[index][0]
        else:
            quad = native.bounds(child)
            owner = _nearest(boxed(matrix, quad), widgets) if quad else -1
        _walk(shapes, child, matrix, owner, 1)


def _nearest(box: Box, widgets: list[tuple[int, Box]]) -> int:
    """The annotation whose box fits best round an appearance."""
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    inside = [
        (abs(b.x0 - box.x0) + abs(b.x1 - box.x1) + abs(b.top - box.top) + abs(b.bottom - box.bottom), owner)
        for owner, b in widgets
        if b.x0 <= x <= b.x1 and b.top <= y <= b.bottom
    ]
    return min(inside)[1] if inside else -1


def _walk(shapes: Shapes, thing: Handle, matrix: Matrix, owner: int, depth: int) -> None:
    shapes.objects += 1
    if shapes.objects > MOST_OBJECTS:
        raise UnreadableError(
            "En side har for mange tegnede deler til å være et skjema. Be avsender skrive ut siden på nytt.",
            code="too-many-objects",
        )
    kind = native.object_type(thing)
    if kind == native.TEXT:
        shapes.owners[thing.value or 0] = owner
    elif kind == native.FORM:
        if depth < DEEPEST:
            inner = product(native.matrix(thing), matrix) if owner < 0 else matrix
            for index in range(native.count_children(thing)):
                _walk(shapes, native.child_object(thing, index), inner, owner, depth + 1)
        elif owner < 0:
            shapes.cut = True
    elif owner >= 0:
        shapes.drawn[owner] = shapes.drawn.get(owner, 0) + 1
    elif kind == native.PATH:
        _path(shapes, thing, matrix)
    elif kind == native.IMAGE:
        quad = native.bounds(thing)
        if quad:
            shapes.pictures.append(boxed(matrix, quad))


def _path(shapes: Shapes, path: Handle, matrix: Matrix) -> None:
    filled, stroked = native.draw_mode(path)
    light = native.lightness(path) if filled else 1.0
    if stroked and native.lightness(path, stroke=True) > PAPER + 0.04:
        stroked = False
    if not stroked and (not filled or light > PAPER + 0.04):
        return
    quad = native.bounds(path)
    if quad is None:
        return
    if min(quad[2] - quad[0], quad[3] - quad[1]) <= THIN and native.count_segments(path) <= 5:
        rule = thin(boxed(matrix, quad))
        if rule is not None:
            shapes.rules.append(rule)
            return
    place = product(native.matrix(path), matrix)
    outlines: list[Box] = []
    loose: list[tuple[tuple[Point, Point], ...]] = []
    curves = 0
    points: list[Point] = []
    for subpath, bends, closed in _subpaths(path, place):
        exact = rectangle(subpath) if not bends else None
        if exact is not None:
            outlines.append(exact)
            continue
        box = hull(subpath)
        edges = tuple((a, b) for a, b in itertools.pairwise(subpath) if a != b)
        if bends:
            if (closed or filled) and is_round(subpath, box, bends):
                if stroked:
                    shapes.frames.append(Frame4(box, True))
                if filled:
                    shapes.fills.append(Fill(box, light))
            else:
                curves += bends
                points += subpath
                loose.append(edges)
        elif all(upright(a, b) for a, b in edges):
            if is_rectangle(subpath, box):
                outlines.append(box)
            elif stroked:
                shapes.rules += [edge(a, b) for a, b in edges]
        else:
            points += subpath
            loose.append(edges)
    _rectangles(shapes, outlines, stroked=stroked, filled=filled, light=light)
    if points:
        lines = tuple(edge for edges in loose for edge in edges)
        shapes.strokes.append(Stroke(hull(points), lines, curves, filled and not stroked))


def _rectangles(shapes: Shapes, outlines: list[Box], *, stroked: bool, filled: bool, light: float) -> None:
    """File a path's rectangles: one drawn inside another makes a filled frame."""
    for box in outlines:
        rule = thin(box)
        if rule is not None:
            shapes.rules.append(rule)
        elif stroked:
            shapes.frames.append(Frame4(box, False))
            if filled and light <= PAPER:
                shapes.fills.append(Fill(box, light))
        elif filled:
            if any(encloses(other, box) for other in outlines):
                continue
            if any(encloses(box, other) for other in outlines):
                shapes.frames.append(Frame4(box, False))
            elif light <= PAPER:
                shapes.fills.append(Fill(box, light))


def _subpaths(path: Handle, place: Matrix) -> list[tuple[list[Point], int, bool]]:
    """The path's pieces: end points, number of curves, whether it closes."""
    found: list[tuple[list[Point], int, bool]] = []
    points: list[Point] = []
    bends = controls = 0
    closed = False
    a, b, c, d, e, f = place
    for index in range(native.count_segments(path)):
        segment = native.path_segment(path, index)
        x, y = native.point(segment)
        kind = native.segment_type(segment)
        if kind == native.MOVE:
            if len(points) > 1:
                found.append((points, bends, closed))
            points, bends, controls, closed = [(a * x + c * y + e, b * x + d * y + f)], 0, 0, False
        elif kind == native.BEZIER:
            controls += 1
            if controls % 3 == 0:
                bends += 1
                points.append((a * x + c * y + e, b * x + d * y + f))
        else:
            points.append((a * x + c * y + e, b * x + d * y + f))
        if native.segment_closes(segment) and points:
            closed = True
            if points[-1] != points[0]:
                points.append(points[0])
    if len(points) > 1:
        found.append((points, bends, closed))
    return found


def edge(a: Point, b: Point) -> Rule:
    """An upright or level line as a rule."""
    if abs(a[1] - b[1]) <= abs(a[0] - b[0]):
        return Rule(True, (a[1] + b[1]) / 2, min(a[0], b[0]), max(a[0], b[0]))
    return Rule(False, (a[0] + b[0]) / 2, min(a[1], b[1]), max(a[1], b[1]))


def thin(box: Box) -> Rule | None:
    """The rule that a thin rectangle is, None for a thicker one."""
    wide, high = box.x1 - box.x0, box.bottom - box.top
    if high <= THIN and wide > high:
        return Rule(True, (box.top + box.bottom) / 2, box.x0, box.x1)
    if wide <= THIN and high > wide:
        return Rule(False, (box.x0 + box.x1) / 2, box.top, box.bottom)
    return None
