"""What is looked at to judge a tick box: the box without its own print, and what lies round it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.domain import Box
    from pipeline.reading.scan._types import Sheet, TickBox

    Floats = NDArray[np.float32]

SIZE = 40
"""Pixels: the side of a view."""
SIDE = 20
"""Pixels: the side of the box in the near view, which is twice as wide as the box."""
FAR = 6.0
"""The wide view's side, in sides of the box."""
ALIKE = 0.15
"""Boxes whose sides differ by less than this share are printed alike."""
EVEN, UNEVEN, MOST = 0.07, 0.25, 0.6
"""By how much of a side most boxes of a page differ at most, and one that was measured wrongly; how large a share is most."""
FEWEST = 3
"""So many boxes show how large a page's boxes are."""
FAINTER = 0.45
"""How dark a box's outline is, as a share of another's, at least, where one printer printed both."""
SECOND = (4.5, 5.5, 6.5)
"""Pixels of the near view from its middle: where a second frame within the outline may be."""
FRAMED = 0.4
"""How dark each side of such a frame is at least."""
GAP = 0.7
"""How dark it is between the frames, at most, as a share of the inner one."""
SHIFT = 3
"""Pixels of the near view: how far a box's outline may lie from where it was said to be."""
ENOUGH = 5
"""So many boxes show their print; fewer are helped out with their mirror pictures."""
COMMON = 0.35
"""What is dark in all but this share of the boxes belongs to their print."""
CORE = slice(14, 26)
PAPER = int(0.85 * (SIZE + 2 * SHIFT) ** 2)
"""The place of the paper's tone among a near view's pixels in the order of their tones."""


class Views(NamedTuple):
    """``near`` and ``wide``: (number, rows, columns, 2); ``facts``: (number, facts); ``left``: ink that isn't print."""

    near: Floats
    wide: Floats
    facts: Floats
    left: Floats


def views_of(sheet: Sheet, boxes: Sequence[TickBox]) -> Views:
    """The pictures and numbers of every box; boxes that look alike teach each other their print."""
    evened = _evened(boxes)
    boxes = list(boxes)
    near = np.zeros((len(boxes), SIZE, SIZE), np.float32)
    wide = np.zeros((len(boxes), SIZE, SIZE, 2), np.float32)
    corners = np.array([box for box, _ in boxes], float).reshape(-1, 4)
    for number, (measured, even) in enumerate(zip(boxes, evened, strict=True)):
        view, paper, drawn = _near(sheet, measured)
        if even != measured:
            other, tone, better = _near(sheet, even)
            if better > drawn:
                boxes[number], view, paper = even, other, tone
        near[number] = view
        box = boxes[number].box
        wide[number, :, :, 0] = _darkness(_window(sheet, box, FAR, SIZE), paper)
        wide[number, :, :, 1] = _neighbours(box, corners)
    facts = np.zeros((len(boxes), 12), np.float32)
    left = np.zeros_like(near)
    for group in _groups(boxes, near[:, _SQUARE_RING].mean(axis=1)):
        near[group] = _without_second_frame(near[group])
        blank = _blank(near[group])
        grown = _grown(blank)
        level = min(0.25, float(np.percentile(near[group][:, CORE, CORE], 40, axis=(1, 2)).min()))
        ground = np.zeros((SIZE, SIZE), np.float32)
        ground[10:30, 10:30] = level
        left[group] = np.clip(near[group] - np.maximum(grown * 1.15, ground), 0, 1)
        facts[group] = _facts(sheet, [boxes[n] for n in group], left[group], near[group], blank)
    return Views(np.stack([near, left], axis=-1), wide, facts, left)


def _window(sheet: Sheet, box: Box, sides: float, size: int) -> Floats:
    """The grey picture round a box, ``sides`` times as wide and high as it, made ``size`` pixels square."""
    high, wide = sheet.grey.shape
    x, y = (box.x0 + box.x1) / 2 * sheet.scale, (box.top + box.bottom) / 2 * sheet.scale
    w = max(4.0, (box.x1 - box.x0) * sheet.scale) * sides
    h = max(4.0, (box.bottom - box.top) * sheet.scale) * sides
    x0, y0 = int(max(0, np.floor(x - w / 2) - 2)), int(max(0, np.floor(y - h / 2) - 2))
    x1, y1 = int(min(wide, np.ceil(x + w / 2) + 2)), int(min(high, np.ceil(y + h / 2) + 2))
    if x0 >= x1 or y0 >= y1:
        return np.full((size, size), 255, np.float32)
    part = sheet.grey[y0:y1, x0:x1]
    zoom_x, zoom_y = size / w, size / h
    across, down = max(1, round(1 / zoom_x)), max(1, round(1 / zoom_y))
    if across > 1 or down > 1:
        part = cv2.blur(part, (across, down), borderType=cv2.BORDER_REPLICATE).astype(np.uint8)
    matrix = np.array(
        [
            [zoom_x, 0, size / 2 - 0.5 - (x - 0.5 - x0) * zoom_x],
            [0, zoom_y, size / 2 - 0.5 - (y - 0.5 - y0) * zoom_y],
        ]
    )
    moved = cv2.warpAffine(part, matrix, (size, size), flags=cv2.INTER_LINEAR, borderValue=255)
    return moved.astype(np.float32)


def _darkness(grey: Floats, paper: float) -> Floats:
    return np.asarray(np.clip((paper - grey) / paper, 0, 1), np.float32)


def _ring(is_round: bool) -> Floats:
    y, x = np.abs(np.mgrid[0:SIZE, 0:SIZE] - (SIZE - 1) / 2)
    away = (np.hypot(x, y) if is_round else np.maximum(x, y)) - (SIDE / 2 - 1.0)
    on, beside = np.abs(away) < 1.2, (np.abs(away) >= 1.2) & (np.abs(away) < 3.2)
    return np.asarray(on / on.sum() - 0.6 * beside / beside.sum(), np.float32)


_RINGS = {kind: _ring(kind) for kind in (False, True)}
_STAY = np.hypot(*(np.mgrid[0 : 2 * SHIFT + 1, 0 : 2 * SHIFT + 1] - SHIFT)).astype(np.float32) * 0.01


def _near(sheet: Sheet, tick: TickBox) -> tuple[Floats, float, float]:
    """The near view of a box, its outline where it should lie; the paper's tone, and how well the outline shows."""
    seen = _window(sheet, tick.box, (SIZE + 2 * SHIFT) / SIDE, SIZE + 2 * SHIFT)
    paper = max(60.0, float(np.partition(seen, PAPER, axis=None)[PAPER]))
    dark = _darkness(seen, paper)
    score = cv2.matchTemplate(dark, _RINGS[tick.round], cv2.TM_CCORR) - _STAY
    y, x = np.unravel_index(int(score.argmax()), score.shape)
    return dark[y : y + SIZE, x : x + SIZE], paper, float(score.max())


def _neighbours(box: Box, corners: NDArray[np.float64]) -> Floats:
    """Where other tick boxes are in the wide view: a sweep out of one of them is not a mark in this one."""
    picture = np.zeros((SIZE, SIZE), np.float32)
    w, h = max(0.5, box.x1 - box.x0) * FAR / SIZE, max(0.5, box.bottom - box.top) * FAR / SIZE
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    places = np.rint((corners - [x, y, x, y]) / [w, h, w, h] + SIZE / 2).astype(int)
    near = (places[:, 2:] > 0).all(axis=1) & (places[:, :2] < SIZE).all(axis=1) & (corners != box).any(axis=1)
    for x0, y0, x1, y1 in places[near].tolist():
        picture[max(0, y0) : y1, max(0, x0) : x1] = 1.0
    return picture


def _evened(boxes: Sequence[TickBox]) -> list[TickBox]:
    """The boxes, those as large as most of the page's that were measured on the wrong one of two outlines; their middles stay."""
    sides = np.array([(box.x1 - box.x0, box.bottom - box.top) for box, _ in boxes], float).reshape(-1, 2)
    usual = np.median(sides, axis=0)
    even = np.abs(sides - usual) < EVEN * usual
    if len(boxes) < FEWEST or (even.mean(axis=0) < MOST).any():
        return list(boxes)
    off = ~even.all(axis=1) & (np.abs(sides - usual) < UNEVEN * usual).all(axis=1)
    w, h = usual / 2
    out: list[TickBox] = []
    for tick, wrong in zip(boxes, off.tolist(), strict=True):
        x, y = (tick.box.x0 + tick.box.x1) / 2, (tick.box.top + tick.box.bottom) / 2
        out.append(
            tick._replace(box=tick.box._replace(x0=x - w, top=y - h, x1=x + w, bottom=y + h))
            if wrong
            else tick
        )
    return out


def _groups(boxes: Sequence[TickBox], outlines: Floats) -> list[list[int]]:
    """The numbers of boxes of the same size and shape, and as dark: one that shines through from the back is another's.

    ``outlines``: how dark each is where it is printed.
    """
    groups: list[tuple[float, float, bool, float, list[int]]] = []
    for number, ((box, is_round), dark) in enumerate(zip(boxes, outlines.tolist(), strict=True)):
        w, h = max(0.5, box.x1 - box.x0), max(0.5, box.bottom - box.top)
        for wide, high, shape, outline, members in groups:
            if (
                shape == is_round
                and abs(w / wide - 1) < ALIKE
                and abs(h / high - 1) < ALIKE
                and FAINTER * outline <= dark <= outline / FAINTER
            ):
                members.append(number)
                break
        else:
            groups.append((w, h, is_round, dark, [number]))
    return [members for *_, members in groups]


def _zone() -> NDArray[np.bool_]:
    """Where a box's print can be: on its outline and close to it, never in its middle."""
    y, x = np.abs(np.mgrid[0:SIZE, 0:SIZE] - (SIZE - 1) / 2)
    return np.asarray((np.maximum(x, y) > SIDE / 2 - 5) & (np.maximum(x, y) < SIDE / 2 + 5))


_ZONE = _zone()


def _blank(near: Floats) -> Floats:
    """The box as it was printed, learnt from all that look alike."""
    return np.where(_ZONE, _common(near), 0).astype(np.float32)


def _common(near: Floats) -> Floats:
    """What is dark in most boxes of a group."""
    stack = near
    if len(near) < ENOUGH:
        stack = np.concatenate([near, near[:, ::-1], near[:, :, ::-1], near[:, ::-1, ::-1]])
    place = int(COMMON * (len(stack) - 1))
    return np.asarray(np.partition(stack, place, axis=0)[place])


_AWAY = np.abs(np.mgrid[0:SIZE, 0:SIZE] - (SIZE - 1) / 2)
_SQUARE = _AWAY.max(axis=0)
_SQUARE_RING = np.abs(_SQUARE - (SIDE / 2 - 1.0)) < 1.2
_SIDES = [
    (_AWAY[axis] > _AWAY[1 - axis]) & (sign * (np.mgrid[0:SIZE, 0:SIZE][axis] - (SIZE - 1) / 2) > 0)
    for axis in (0, 1)
    for sign in (-1, 1)
]
"""The four quarters of a view: over, under, left and right of its middle."""


def _without_second_frame(near: Floats) -> Floats:
    """A group's views without a frame that is printed well within the outline of each: the judge knows closer ones only."""
    if len(near) < FEWEST:
        return near
    common = _common(near)
    dark = {radius: float(common[np.abs(_SQUARE - radius) < 0.6].mean()) for radius in (*SECOND, 7.5, 8.5)}
    for radius in SECOND:
        ring = np.abs(_SQUARE - radius) < 0.6
        sides = [float(common[ring & side].mean()) for side in _SIDES]
        inside = float(np.median(common[radius - 2 > _SQUARE]))
        between = min(shade for at, shade in dark.items() if at > radius)
        if min(sides) > FRAMED and inside < FRAMED / 2 and between < GAP * dark[radius]:
            zone = (_SQUARE < SIDE / 2 - 1.9) & (_SQUARE > radius - 2)  # noqa: SIM300 - an array, no constant
            return np.clip(near - np.where(zone, 1.15 * _grown(common), 0), 0, 1).astype(np.float32)
    return near


def _grown(blank: Floats) -> Floats:
    return np.asarray(cv2.dilate(blank, np.ones((3, 3), np.uint8)), np.float32)


def _facts(sheet: Sheet, boxes: Sequence[TickBox], left: Floats, near: Floats, blank: Floats) -> Floats:
    core = left[:, CORE, CORE]
    ink = core.mean(axis=(1, 2))
    inner = left[:, 11:29, 11:29].mean(axis=(1, 2))
    outside = left.mean(axis=(1, 2)) * 4 - inner
    side = np.array([np.log((box.x1 - box.x0) * sheet.scale + 1) for box, _ in boxes])
    grain = np.median(np.abs(np.diff(core, axis=2)), axis=(1, 2))
    ones = np.ones(len(boxes))
    outline = float(blank[_ZONE].mean())
    dark = (near[:, 11:29, 11:29] > 0.35).mean(axis=(1, 2))
    columns = [
        ink, core.max(axis=(1, 2)), inner, ones * np.median(ink), ones * ink.min(), ink - np.median(ink),
        outside, side, ones * np.log(len(boxes)), ones * sheet.bilevel, grain + 0 * ones, ones * outline,
    ]  # fmt: skip
    columns[3] = dark
    return np.stack(columns, axis=1).astype(np.float32)
