"""The paper under the print: what shade it has where, and what on the picture is not on it (dark edges, punch holes, specks)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.reading.scan.drawn._runs import labelled
from pipeline.reading.scan.paper._paper import POINTS
from pipeline.reading.scan.paper._smaller import smaller

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.reading.scan._types import Grey, Inked

    Mask = NDArray[np.uint8]

SOLID = 5.0
"""Points: a dark mass that holds a square of this size is no print at a page's edge."""
_LID, _DIM = 0.42, 0.62
"""A lid's darkness and its edge's, as shares of the paper's level; paper in deep shade is lighter."""
_REACH = 40.0
"""Points: shade that changes over less than this is drawn on the paper, such as a grey table cell."""
_FILL, _DARKEST_CELL = 14.0, 140
"""Points and level: a grey area as large and no darker is ground; a smaller or darker one is drawn."""
_BAND = 60.0
_HOLE, _HOLE_FROM_EDGE = (12.5, 26.0), 48.0
"""Points: what dark masses at the edge may be, how large a punched hole is and how far in its middle lies at most."""
_STRIP = 192
_RIM, _LONG = 12.0, 110.0


def level_of(grey: Grey) -> int:
    """How light the page's paper is: what most of its lighter half is."""
    counts = np.bincount(grey.reshape(-1), minlength=256)
    half = int(np.searchsorted(counts.cumsum(), counts.sum() / 2))
    smooth = np.convolve(counts, np.ones(7), "same")
    return max(half + int(smooth[half:].argmax()), 1)


def dirt_of(small: Grey, scale: float, level: int) -> Mask:
    """1 where a scanner's dark edge, a shadow along it or a punch hole lies. ``scale``: pixels a point of ``small``."""
    dark = (small < _LID * level).astype(np.uint8)
    dirt = np.zeros_like(dark)
    high, wide = dark.shape
    if min(high, wide) < 60 * scale:
        return dirt
    side = max(2, round(SOLID * scale))
    masses = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((side, side), np.uint8),
                              borderType=cv2.BORDER_CONSTANT, borderValue=1).astype(np.uint8, copy=False)  # fmt: skip
    labels, stats, _ = labelled(masses)
    for index in range(1, len(stats)):
        left, top, across, down, area = (int(each) for each in stats[index])
        part = np.s_[top : top + down, left : left + across]
        mass = (labels[part] == index).astype(np.uint8)
        touching = left <= 1 or top <= 1 or left + across >= wide - 1 or top + down >= high - 1
        if touching:
            if area < 0.5 * high * wide and not _is_printed(mass, small[part], scale, level):
                dirt[part] |= mass
        elif _is_hole(left, top, across, down, area, wide, high, scale):
            dirt[part] |= mass
    dirt |= _rims(dark, scale)
    if not dirt.any():
        return dirt
    close = cv2.dilate(dirt, np.ones((round(1.5 * scale) * 2 + 1,) * 2, np.uint8)) > 0
    grown = cv2.dilate(dirt, np.ones((2 * side + 1, 2 * side + 1), np.uint8)) > 0
    return (close | (grown & (small < _DIM * level))).view(np.uint8)


def _is_printed(mass: Mask, small: Grey, scale: float, level: int) -> bool:
    """Whether a dark mass has light letters in it, as a printed band has and a scanner's lid hasn't."""
    whole = np.zeros_like(mass)
    outlines, _ = cv2.findContours(mass, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(whole, outlines, -1, 1, thickness=cv2.FILLED)
    gaps = whole & (mass == 0).view(np.uint8)
    if not gaps.any():
        return False
    count, labels, stats, _ = cv2.connectedComponentsWithStats(gaps, connectivity=4)
    for index in range(1, count):
        size = min(stats[index, cv2.CC_STAT_WIDTH], stats[index, cv2.CC_STAT_HEIGHT]) / scale
        if 4 <= size <= _BAND and (small[labels == index] > 0.6 * level).mean() > 0.1:
            return True
    return False


def _is_hole(
    left: int, top: int, across: int, down: int, area: int, wide: int, high: int, scale: float
) -> bool:
    size = max(across, down) / scale
    if not _HOLE[0] <= size <= _HOLE[1] or not 0.8 <= across / down <= 1.25:
        return False
    if not 0.66 <= area / (across * down) <= 0.9:
        return False
    x, y = left + across / 2, top + down / 2
    return min(x, y, wide - x, high - y) <= _HOLE_FROM_EDGE * scale


def _rims(dark: Mask, scale: float) -> Mask:
    """Long thin dark lines along the picture's very edges."""
    rims = np.zeros_like(dark)
    long, rim = max(3, round(_LONG * scale)), max(2, round(_RIM * scale))
    upright, lying = np.ones((long, 1), np.uint8), np.ones((1, long), np.uint8)
    for part, kernel in (
        (np.s_[:rim], lying),
        (np.s_[-rim:], lying),
        (np.s_[:, :rim], upright),
        (np.s_[:, -rim:], upright),
    ):
        rims[part] |= np.asarray(cv2.morphologyEx(dark[part], cv2.MORPH_OPEN, kernel), dtype=np.uint8)
    return rims


def ground_of(small: Grey, dirt: Mask, scale: float, level: int) -> Grey:
    """The paper's shade at each place of the small picture, print and dirt thought away."""
    reach = max(3, round(_REACH * scale)) | 1
    source = np.where(dirt > 0, 0, small).astype(np.uint8) if dirt.any() else small
    kernel = np.ones((reach, reach), np.uint8)
    ground = cv2.morphologyEx(cv2.blur(source, (3, 3)), cv2.MORPH_CLOSE, kernel)
    ground = np.where(ground < 0.3 * level, level, ground).astype(np.uint8)
    return np.asarray(cv2.blur(ground, (reach, reach)), dtype=np.uint8)


def flattened(grey: Grey, ground: Grey, dirt: Mask) -> Grey:
    """The picture on even white paper, without the dirt."""
    high, wide = grey.shape
    full = cv2.resize(ground, (wide, high), interpolation=cv2.INTER_LINEAR)
    even = np.asarray(cv2.divide(grey, full, scale=255.0), dtype=np.uint8)
    if dirt.any():
        gone = cv2.resize(dirt * np.uint8(255), (wide, high), interpolation=cv2.INTER_NEAREST)
        even = np.asarray(cv2.max(even, gone), dtype=np.uint8)
    return even


def noise_of(even: Grey) -> float:
    """The spread of the paper's own grain, in grey levels."""
    rows = even[:: max(1, even.shape[0] // 120), 1:].astype(np.int16)
    steps = np.abs(np.diff(rows, axis=1))[rows[:, 1:] > 190]
    if not steps.size:
        return 0.0
    below = np.bincount(steps, minlength=256).cumsum()
    return float(np.searchsorted(below, 0.7 * steps.size)) / 1.47


def black_of(even: Grey) -> int:
    """How dark the print is: what the darker half of the clearly printed pixels reach."""
    counts = np.bincount(even[::3, ::3].reshape(-1), minlength=256)
    printed = counts[:215]
    total = int(printed.sum())
    if total < 0.001 * counts.sum():
        return 0
    return int(np.searchsorted(printed.cumsum(), 0.2 * total))


def levels_of(even: Grey, noise: float) -> Grey:
    """Each grey level's new one: paper to 255 and print to dark; a faint pencil keeps its place between."""
    white = 252.0 - min(2.2 * noise, 14.0)
    black = min(float(black_of(even)) * 0.8, 130.0)
    return np.asarray(np.clip((np.arange(256) - black) * 255.0 / (white - black), 0, 255), dtype=np.uint8)


def impulses_gone(grey: Grey) -> Grey:
    """Single black or white pixels taken out where the picture is strewn with them; else as it is."""
    if not (_strewn(grey[::7]) and _strewn(grey[:, ::7].T)):
        return grey
    middle = cv2.medianBlur(grey, 3)
    apart = cv2.absdiff(grey, middle)
    alike = cv2.boxFilter((apart > 30).view(np.uint8), -1, (3, 3), normalize=False)
    return np.where((apart > 70) & (alike <= 2), middle, grey).astype(np.uint8)


def _strewn(rows: Grey) -> bool:
    """Whether more than one pixel in 500 stands out from both its neighbours in the row, on even ground."""
    values = rows.astype(np.int16)
    middle, left, right = values[:, 2:-2], values[:, 1:-3], values[:, 3:-1]
    even = (np.abs(left - right) < 25) & (np.abs(values[:, :-4] - values[:, 4:]) < 25)
    lone = even & (np.abs(middle - left) > 80) & (np.abs(middle - right) > 80)
    return bool(lone.size and lone.mean() > 0.002)


def ink_of(grey: Grey, scale: float, noise: float) -> Inked:
    """Where something is drawn: darker than half way from the darkest nearby to the ground, and than the ground's grain.

    So a bold letter isn't swollen by its blurred edge, a faint line stays whole where nothing darker is close, and a
    grey table cell is ground, though a box blackened by hand is not.
    """
    high, wide = grey.shape
    times = max(1, int(scale * POINTS / 75.0))
    if min(high, wide) < 8 * times:
        return np.asarray(grey < 128)
    darkest = grey[: high - high % 2, : wide - wide % 2]
    darkest = np.minimum(darkest[::2], darkest[1::2])
    darkest = np.minimum(darkest[:, ::2], darkest[:, 1::2])
    reach = max(3, round(1.1 * scale)) | 1
    darkest = np.asarray(cv2.erode(darkest, np.ones((reach, reach), np.uint8)))
    small = smaller(grey, times)
    reach = max(3, round(_FILL * scale / times)) | 1
    ground = cv2.morphologyEx(cv2.medianBlur(small, 5), cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    ground = np.where(ground < _DARKEST_CELL, 255, ground).astype(np.uint8)
    ground = np.asarray(cv2.resize(ground, darkest.shape[::-1], interpolation=cv2.INTER_LINEAR))
    depth = 23.0 + min(3.0 * noise, 30.0)
    half_way = cv2.addWeighted(darkest, 0.5, ground, 0.5, 0.0)
    limit = np.minimum(half_way, cv2.subtract(ground, np.full_like(ground, round(depth))))
    limit = cv2.resize(limit, (wide, high), interpolation=cv2.INTER_NEAREST)
    return np.asarray(grey < limit)


def without_specks(grey: Grey, ink: Inked, scale: float) -> tuple[Grey, Inked]:
    """Take out specks with nothing else near them; dots of i, rings of å, full stops and dotted lines have company."""
    spare = max(9, round(9.0 * scale)) | 1
    clean, kept = grey.copy(), ink.copy()
    for top in range(0, len(ink), _STRIP):  # small strips stay in the processor's cache
        start, end, low = max(0, top - spare), min(len(ink), top + _STRIP), top + _STRIP + spare
        gone = _specks(ink[start:low].view(np.uint8), scale, spare)
        if gone is not None:
            gone = gone[top - start : end - start]
            np.maximum(clean[top:end], gone, out=clean[top:end])
            kept[top:end] &= gone == 0
    return clean, kept


def _specks(mask: Mask, scale: float, around: int) -> Mask | None:
    """255 on lone specks and just round them; None when there are none."""
    small = max(3, round(1.0 * scale)) | 1
    own = cv2.boxFilter(mask, cv2.CV_16U, (small, small), normalize=False, borderType=cv2.BORDER_CONSTANT)
    near = cv2.boxFilter(mask, cv2.CV_16U, (around, around), normalize=False, borderType=cv2.BORDER_CONSTANT)
    tiny = np.uint16((0.6 * scale) ** 2)
    among_few = (own <= tiny) & (near <= np.uint16(2 * (0.6 * scale) ** 2))
    lone = (((own == near) | among_few) & mask.view(np.bool_)).view(np.uint8)
    if not lone.any():
        return None
    return np.asarray(
        cv2.dilate(lone * np.uint8(255), np.ones((small + 2, small + 2), np.uint8)), dtype=np.uint8
    )
