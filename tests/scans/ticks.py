"""Pages of tick boxes as they come out of a scanner: what each box holds is known, so a judge can be measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from pipeline.domain import Box
from pipeline.reading.scan._types import Sheet, TickBox
from tests.scans.box_scanner import Seen, scanned
from tests.scans.marks import CORRECTED, DOUBTFUL, ON, strokes
from tests.scans.printing import HIGH, WIDE, draw_line, print_box, printed_mark, surroundings

if TYPE_CHECKING:
    from numpy.typing import NDArray

STYLES = (
    "square",
    "square",
    "square",
    "rounded",
    "round",
    "bold",
    "grey",
    "shadow",
    "broken",
    "double",
    "shaded",
)

ON_MIX = (0.22, 0.24, 0.08, 0.05, 0.06, 0.10, 0.10, 0.06, 0.05, 0.04)


class Truth(NamedTuple):
    """What one box holds. ``state``: on, off, corrected, or doubtful (nobody can say)."""

    state: str
    kind: str


@dataclass(kw_only=True)
class Ticked:
    """A drawn page; ``truths`` beside ``boxes``. ``damage`` names what was done to the page."""

    sheet: Sheet
    boxes: list[TickBox] = field(default_factory=list)
    truths: list[Truth] = field(default_factory=list)
    damage: str = "clean"
    style: str = "square"


class Pen(NamedTuple):
    """``width`` in points, ``grey`` 0 to 255."""

    width: float
    grey: int


def ticked_page(rng: np.random.Generator) -> Ticked:
    """One page of boxes, its scale, print style, pens, marks and damage drawn by ``rng``."""
    dpi = int(rng.choice([150, 200, 200, 240, 300, 300]))
    scale = dpi / 72
    fine = scale * 2
    style = str(rng.choice(STYLES))
    side = float(rng.uniform(7, 22) if rng.random() < 0.4 else rng.uniform(8, 13))
    line = {"bold": rng.uniform(1.2, 2.2), "grey": rng.uniform(0.5, 1.2)}.get(style, rng.uniform(0.35, 1.0))
    line = min(line, side * 0.14)
    places, pitch = _places(rng, side)
    tall = min(HIGH, max(y for _, y in places) + 2 * side)
    page = np.full((round(tall * fine), round(WIDE * fine)), 255, np.uint8)
    pens = np.full_like(page, 255)
    grey = int(rng.uniform(110, 170)) if style == "grey" else int(rng.uniform(0, 70))
    for x, y in places:
        print_box(page, fine, style, x, y, side, line, grey, rng)
    surroundings(page, fine, places, pitch, side, rng)
    pen = _pen(rng)
    truths, drawn = _fill_in(page, pens, fine, places, side, line, pen, rng)
    sheet, visible, damage = scanned(np.minimum(page, pens), tall, dpi, rng, pen.grey > 105)
    boxes = []
    jitter = rng.choice([0.1, 0.25, 0.4])
    for x, y in places:
        x0, y0, x1, y1 = visible.box(x - side / 2, y - side / 2, x + side / 2, y + side / 2)
        e = np.clip(rng.normal(0, jitter, 4), -0.8, 0.8) + np.array([-1, -1, 1, 1]) * line / 2
        boxes.append(TickBox(Box(x0 + e[0], y0 + e[1], x1 + e[2], y1 + e[3]), style == "round"))
    truths = [_still_there(t, d, visible, sheet, pen) for t, d in zip(truths, drawn, strict=True)]
    if style == "shaded" and sheet.bilevel and _blackened(sheet, boxes, truths):
        truths = [Truth("doubtful", "blackened") for _ in truths]
    return Ticked(sheet=sheet, boxes=boxes, truths=truths, damage=damage, style=style)


def _blackened(sheet: Sheet, boxes: list[TickBox], truths: list[Truth]) -> bool:
    """Whether a scan in black and white turned the boxes' grey ground black or speckled."""
    empty = [box for (box, _), truth in zip(boxes, truths, strict=True) if truth.kind == "empty"]
    inner = [sheet.crop(box, -(box.x1 - box.x0) * 0.25) for box in empty]
    return any(np.mean(part < 128) > 0.03 for part in inner if part.size)


def _places(rng: np.random.Generator, side: float) -> tuple[list[tuple[float, float]], float]:
    """Centres of boxes (a list, pairs side by side, or a grid) and how far apart they stand across."""
    pitch_y = side * rng.uniform(1.25, 3.0)
    pitch_x = side * rng.uniform(1.6, 7.0)
    columns = int(rng.integers(1, 6))
    left, top = rng.uniform(1.2, 3) * side, rng.uniform(1.2, 3) * side
    places = [
        (left + c * pitch_x, top + r * pitch_y)
        for r in range(12)
        for c in range(columns)
        if left + c * pitch_x < WIDE - 2 * side and top + r * pitch_y < HIGH - 2 * side
    ]
    most = int(rng.choice([1, 2, 4, 8, 14, 20, 30, 40]))
    return places[:most], pitch_x if columns > 1 else WIDE


def _pen(rng: np.random.Generator) -> Pen:
    kind = rng.choice(["ball", "ball", "gel", "marker", "pencil", "faint"])
    return {
        "ball": Pen(rng.uniform(0.6, 1.1), int(rng.uniform(20, 110))),
        "gel": Pen(rng.uniform(0.9, 1.6), int(rng.uniform(0, 60))),
        "marker": Pen(rng.uniform(1.8, 3.0), int(rng.uniform(0, 70))),
        "pencil": Pen(rng.uniform(0.7, 1.3), int(rng.uniform(90, 150))),
        "faint": Pen(rng.uniform(0.6, 1.1), int(rng.uniform(150, 195))),
    }[kind]


def _fill_in(page, pens, fine, places, side, line, pen, rng):
    """Marks in the boxes of one filler: a habit of his, and now and then something else."""
    habit = str(rng.choice(ON, p=ON_MIX))
    hard = rng.random() < 0.5
    share = rng.choice([0.1, 0.3, 0.5, 0.9], p=[0.35, 0.35, 0.2, 0.1])
    truths, drawn, out = [], [], []
    all_lines = []
    for x, y in places:
        pick = rng.random()
        if pick < share:
            kind = habit if rng.random() < 0.7 else str(rng.choice(ON, p=ON_MIX))
            state = "on"
        elif pick < share + 0.05:
            kind, state = str(rng.choice(CORRECTED)), "corrected"
        elif pick < share + 0.06:
            kind, state = str(rng.choice(DOUBTFUL)), "doubtful"
        else:
            kind = str(
                rng.choice(["empty", "speck", "tail", "strikeout", "graze"], p=[0.78, 0.09, 0.05, 0.04, 0.04])
            )
            state = "off"
        lines: list = []
        if kind in ("typed", "printed"):
            printed_mark(page, fine, kind, x, y, side, line, rng)
        elif kind == "speck":
            for _ in range(int(rng.integers(1, 4))):
                spot = np.array([x, y]) + rng.uniform(-0.6, 0.6, 2) * side
                radius = rng.uniform(0.1, min(0.55, 0.055 * side))
                cv2.circle(
                    pens,
                    tuple(int(v) for v in np.round(spot * fine)),
                    max(1, round(radius * fine)),
                    int(rng.uniform(0, 150)),
                    -1,
                    cv2.LINE_AA,
                )
        elif kind != "empty":
            width = pen.width
            if kind == "filled":
                width = max(width, side * 0.085)
            elif kind == "scribbled":
                width = max(width, side * 0.1)
            elif kind == "strikeout" or kind == "graze" or kind == "tail":
                width = rng.uniform(0.5, 1.4)
            elif kind in ("dot", "scribble"):
                width = min(width, side * 0.09) if kind == "scribble" else max(width, side * 0.07)
            lines = [stroke * side + [x, y] for stroke in strokes(kind, rng, hard)]
            for stroke in lines:
                parts = max(1, min(4, len(stroke) // 6))
                for part in np.array_split(np.arange(len(stroke)), parts):
                    piece = stroke[max(0, part[0] - 1) : part[-1] + 1]
                    draw_line(pens, fine, piece, width * rng.uniform(0.85, 1.15), pen.grey)
        truths.append(Truth(state, kind))
        drawn.append(lines if state == "on" else [])
        all_lines.append((kind, lines))
        if kind == "strikeout":
            out.append((y, max(float(stroke[:, 0].max()) for stroke in lines)))
    return [
        _fair(truth, number, places[number], side, all_lines, out) for number, truth in enumerate(truths)
    ], drawn


def _fair(
    truth: Truth,
    number: int,
    place: tuple[float, float],
    side: float,
    lines: list[tuple[str, list[NDArray[np.float64]]]],
    struck: list[tuple[float, float]],
) -> Truth:
    """What nobody could tell is called doubtful: a mark struck out with its row, one hardly in its box, a stray line through a box."""
    x, y = place
    if truth.state == "on":
        if any(abs(at - y) < side and x < end + side for at, end in struck):
            return Truth("doubtful", "struck out")
        own = lines[number][1]
        if own and _inside(own, place, side) < 0.3 * side:
            return Truth("doubtful", "hardly in")
        return truth
    if truth.state == "off":
        stray = sum(
            _inside(drawn, place, side)
            for other, (kind, drawn) in enumerate(lines)
            if other != number and kind not in ("sweep", "tick", "hook", "strikeout")
        )
        if stray > 0.15 * side:
            return Truth("doubtful", "crossed")
    return truth


def _inside(lines: list[NDArray[np.float64]], place: tuple[float, float], side: float) -> float:
    """How many points of a stroke's length lie well inside a box."""
    total = 0.0
    for line in lines:
        steps = np.hypot(*np.diff(line, axis=0).T)
        within = np.abs(line[1:] - np.array(place)).max(axis=1) < 0.42 * side
        total += float(steps[within].sum())
    return total


def _still_there(truth: Truth, lines, seen: Seen, sheet: Sheet, pen: Pen) -> Truth:
    """What a scanner lost, nobody can see: such marks are named so and not counted."""
    if not lines or not (sheet.bilevel or pen.grey > 105):
        return truth
    points = np.round(seen.points(np.concatenate(lines)) * sheet.scale).astype(int)
    high, wide = sheet.grey.shape
    points = points[
        (points[:, 0] > 0) & (points[:, 0] < wide - 1) & (points[:, 1] > 0) & (points[:, 1] < high - 1)
    ]
    dark = cv2.erode(sheet.grey, np.ones((2, 2), np.uint8))[points[:, 1], points[:, 0]]
    paper = np.percentile(sheet.grey, 75)
    least = 128 if sheet.bilevel else 25
    return truth if np.mean(dark < paper - least) > 0.4 else Truth("lost", truth.kind)
