"""Dates and telephones written by hand: the recogniser and the net for single figures, held against what such a value looks like.

The recogniser's frames say for each shape of the value (``d.mm.yyyy``, eight figures) how well it fits and where each figure stands;
there the net looks at the ink. What both together find likeliest among the values that exist is the best guess.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from pipeline.reading.scan.marks._net import chances, weights_of
from pipeline.reading.scan.text._courses import Course, course
from pipeline.reading.scan.text._glyphs import MODEL, views_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.reading.scan._types import Inked
    from pipeline.reading.scan.text._recogniser import Recogniser
    from pipeline.reading.scan.text._strip import Strip

    Floats = NDArray[np.float64]

FIGURES = "0123456789"
PARTING = ".,/-–: "
CHARS = FIGURES + PARTING + "+()"
DATES = frozenset({"date", "birth-date", "due-date"})
PHONES = frozenset({"phone", "contact"})
MOST_LETTERS, LEAST_FIGURES = 2, 5
"""A reading with more letters, or with fewer figures, is no value of figures alone."""
FAR = 14.0
"""How much less likely (log) than the recogniser's free reading a shape may be."""
FAINTEST = -7.0
"""No figure is less likely than this, whatever one reader says."""
TRIES = 4_000
"""Values looked at, the likeliest first, until one exists."""
WITHIN = 0.6
"""So much of a piece of ink between two figures' limits belongs there."""

_SHOWN = {char: number for number, char in enumerate(CHARS, 1)}
_FIGURE = [_SHOWN[char] for char in FIGURES]
_PART = [_SHOWN[char] for char in PARTING]


class Shape(NamedTuple):
    """What may stand at each place (columns of ``CHARS``, from 1), and the lengths of the groups of figures that count."""

    places: tuple[Sequence[int], ...]
    groups: tuple[int, ...]
    before: str = ""
    """What stands before the groups and is known by the shape."""


def _dates() -> Iterator[Shape]:
    for year in (4, 2):
        for day in (2, 1):
            for month in (2, 1):
                yield Shape(
                    (*[_FIGURE] * day, _PART, *[_FIGURE] * month, _PART, *[_FIGURE] * year),
                    (day, month, year),
                )
        yield Shape((*[_FIGURE] * (4 + year),), (2, 2, year))


def _phones() -> Iterator[Shape]:
    for before in ("", "+47", "0047"):
        known = tuple([_SHOWN[char]] for char in before)
        yield Shape((*known, *[_FIGURE] * 8), (8,), before)


SHAPES = {"date": tuple(_dates()), "phone": tuple(_phones())}


def looks_figured(text: str) -> bool:
    """Whether a reading is made of figures, but for a letter or two that a reader may have taken for one."""
    letters = sum(char.isalpha() for char in text)
    return letters <= MOST_LETTERS and sum(char.isdigit() for char in text) >= LEAST_FIGURES


def shaped(text: str, kind: str) -> bool:
    """Whether a reading is a date that exists, or a Norwegian telephone."""
    if kind not in DATES:
        figures = re.sub(r"\D", "", re.sub(r"^(?:\+|00)47", "", "".join(text.split())))
        return len(figures) == 8 and _is_phone([figures])
    parts = re.fullmatch(
        r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})|(\d\d)(\d\d)(\d{4}|\d{2})", text.strip(" .")
    )
    turned = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text.strip(" ."))
    groups = (
        [one for one in parts.groups() if one] if parts else list(turned.groups())[::-1] if turned else []
    )
    return bool(groups) and _is_date(groups)


def figured(strip: Strip, kind: str, recogniser: Recogniser) -> str:
    """The likeliest date or Norwegian telephone on a strip; empty where none of their shapes fits."""
    name = "date" if kind in DATES else "phone"
    logits, at = recogniser.frames(strip, CHARS)
    if name == "phone":  # its figures are parted as people like
        logits[:, 0] = np.maximum(logits[:, 0], logits[:, _PART].max(axis=1))
        logits[:, _PART] = FAINTEST * 3
    free = float(logits.max(axis=1).sum())
    found = [(shape, way) for shape in SHAPES[name] if (way := course(logits, shape.places)) is not None]
    best: tuple[float, str] = (-np.inf, "")
    for shape, way in sorted(found, key=lambda each: -each[1].score)[:3]:
        if free - way.score > FAR:
            continue
        odds = _odds(strip, logits, at, way, shape)
        score, text = _existing(odds, shape, _is_date if name == "date" else _is_phone)
        missed = way.score - sum(float(_heard(logits, span).max()) for span in way.spans)
        if text and score + missed > best[0]:
            best = (score + missed, text)
    return best[1]


def _heard(logits: Floats, span: tuple[int, int]) -> Floats:
    """How likely each figure is by the recogniser where one figure stands."""
    return np.asarray(logits[span[0] : span[1] + 1, _FIGURE].max(axis=0), np.float64)


def _odds(strip: Strip, logits: Floats, at: Floats, way: Course, shape: Shape) -> list[Floats]:
    """For each figure that counts, how likely it is each of the ten: by both readers together."""
    middles = [(at[first] + at[last]) / 2 for first, last in way.spans]
    limits = [
        0.0,
        *((a + b) / 2 for a, b in pairwise(middles)),
        float(strip.ink.shape[1]),
    ]
    counted = [
        number
        for number, places in enumerate(shape.places)
        if number >= len(shape.before) and places is _FIGURE
    ]
    parts = [_between(strip.ink, limits[number], limits[number + 1]) for number in counted]
    views, facts = views_of(parts)
    seen = np.log(np.maximum(chances(weights_of(MODEL), [views], facts)[:, :10], 1e-6))
    return [
        np.maximum(_heard(logits, way.spans[number]), FAINTEST) + np.maximum(row, FAINTEST)
        for number, row in zip(counted, seen.astype(np.float64), strict=True)
    ]


def _between(ink: Inked, left: float, right: float) -> Inked:
    """The pieces of ink that stand mostly between two columns; where none does, the columns themselves."""
    first, last = max(0, round(left)), max(round(left) + 1, round(right))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.view(np.uint8), connectivity=8)
    x0, wide = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_WIDTH]
    shared = np.minimum(x0 + wide, last) - np.maximum(x0, first)
    own = shared >= WITHIN * wide
    own[0] = False
    if not own.any():
        return ink[:, first:last]
    return np.asarray(own[labels], np.bool_)


def _existing(odds: list[Floats], shape: Shape, exists: Callable[[list[str]], bool]) -> tuple[float, str]:
    """The likeliest figures that make a value that exists, best first."""
    orders = [row.argsort()[::-1] for row in odds]

    def score(ranks: tuple[int, ...]) -> float:
        return float(sum(row[order[rank]] for row, order, rank in zip(odds, orders, ranks, strict=True)))

    first = (0,) * len(odds)
    open_ones = [(-score(first), first)]
    seen = {first}
    for _ in range(TRIES):
        if not open_ones:
            break
        cost, ranks = heapq.heappop(open_ones)
        text = "".join(str(int(order[rank])) for order, rank in zip(orders, ranks, strict=True))
        groups, start = [], 0
        for long in shape.groups:
            groups.append(text[start : start + long])
            start += long
        if exists(groups):
            return -cost, shape.before + ".".join(groups)
        for number, rank in enumerate(ranks):
            after = (*ranks[:number], rank + 1, *ranks[number + 1 :])
            if rank < 9 and after not in seen:
                seen.add(after)
                heapq.heappush(open_ones, (-score(after), after))
    return -np.inf, ""


def _is_date(groups: list[str]) -> bool:
    day, month, year = (int(group) for group in groups)
    if len(groups[2]) == 4 and not 1900 <= year < 2100:
        return False
    try:
        date(year if len(groups[2]) == 4 else 2000 + year, month, day)
    except ValueError:
        return False
    return True


def _is_phone(groups: list[str]) -> bool:
    return groups[0][0] not in "01"
