"""Small numbers hidden, so that they can't be worked out from what is still shown.

A number from 1 to just below the limit is hidden first. Then whatever a reader could work out from a total and its other parts,
knowing that «<5» is from 0 to 4 (from 1 where only services with somebody are listed) and that what else is hidden is as a rule 5 or more, is made uncertain by hiding one number more, until no
hidden number has a single possible value. A nought may be shown: that nobody is in a group tells of nobody in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.figures._declared import Figure

_MOST = 10**9
_NET = ("teams.established", "teams.dissolved")
"""Told with the year before, their difference is known: they are hidden together."""
_COUNT = "needs.appointed"
_HIDDEN = "skjult"
_OF_DAYS = "needs.days_"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sum:
    """``total`` = ``parts[0]`` + …, by the places of the figures; ``known`` is the total when it is no figure. ``minus``: the last part is taken away."""

    total: int | None
    parts: tuple[int, ...]
    known: int = 0
    minus: bool = False


def hide(figures: Sequence[Figure], below: int) -> tuple[Figure, ...]:
    """The figures of one municipality with the small ones hidden; ``value`` None and ``shown`` «<5» or «skjult»."""
    values = [figure.value for figure in figures]
    hidden = {
        i
        for i, value in enumerate(values)
        if value is not None and _counted(figures[i]) and 0 < value < below
    }
    sums = _sums(figures)
    while True:
        bounds = _feasible(figures, hidden, sums, below)
        exact = [i for i in hidden if bounds[i][0] == bounds[i][1]]
        more = next(
            (one for i in exact for one in [_another(i, values, hidden, sums)] if one is not None), None
        )
        if more is None:
            # Nothing is left to hide, but so many services are listed that «<5» tells their total: it is told without a range.
            vague = {i for i in exact if not figures[i].service}
            break
        hidden.add(more)
    count = next((f.value for f in figures if f.id == _COUNT), None)
    if count is not None and count < below:
        hidden |= {i for i, f in enumerate(figures) if f.id.startswith(_OF_DAYS) and f.value is not None}
    return tuple(_shown(f, i in hidden, 0 if i in vague else below) for i, f in enumerate(figures))


def _counted(figure: Figure) -> bool:
    return not figure.id.startswith(_OF_DAYS)


def _shown(figure: Figure, hidden: bool, below: int) -> Figure:
    if not hidden:
        return figure
    small = _counted(figure) and figure.value is not None and figure.value < below
    return replace(figure, value=None, shown=f"<{below}" if small else _HIDDEN, hidden=True)


def _sums(figures: Sequence[Figure]) -> list[_Sum]:
    """Which figures are whole and parts: by measure and by service each on its own."""
    places = {figure.id: i for i, figure in enumerate(figures) if not figure.service}
    found: dict[tuple[str, bool], list[int]] = {}
    for i, figure in enumerate(figures):
        if figure.part_of and figure.value is not None:
            found.setdefault((figure.part_of, bool(figure.service)), []).append(i)
    sums = [_Sum(total=places[whole], parts=tuple(parts)) for (whole, _), parts in found.items()]
    pair = tuple(places[one] for one in _NET if one in places)
    first, second = (figures[i].value for i in pair) if len(pair) == 2 else (None, None)
    if first is not None and second is not None:
        sums.append(_Sum(total=None, parts=pair, known=first - second, minus=True))
    return sums


def _feasible(
    figures: Sequence[Figure], hidden: set[int], sums: Sequence[_Sum], below: int
) -> Mapping[int, tuple[int, int]]:
    """What each hidden number can be to a reader, by narrowing until nothing changes (exact: no two sums share two figures)."""
    bounds: dict[int, tuple[int, int]] = {}
    for i, figure in enumerate(figures):
        value = figure.value
        if value is not None:
            listed = 1 if figure.service and value else 0  # a service is named when it has somebody
            wide = (listed, below - 1) if value < below else (below, _MOST)
            bounds[i] = wide if i in hidden else (value, value)
    changed = True
    while changed:
        changed = False
        for one in sums:
            changed |= _narrow(one, bounds)
    return bounds


def _narrow(one: _Sum, bounds: dict[int, tuple[int, int]]) -> bool:
    """Narrow every figure of a sum by the others: signed terms add up to nought."""
    terms = [(i, 1) for i in one.parts]
    if one.minus:
        terms[-1] = (terms[-1][0], -1)
    if one.total is not None:
        terms.append((one.total, -1))
    changed = False
    for i, sign in terms:
        low = high = -one.known
        for other, way in terms:
            if other != i:
                least, most = bounds[other]
                low, high = low + (least if way > 0 else -most), high + (most if way > 0 else -least)
        least, most = (-high, -low) if sign > 0 else (low, high)
        now = (max(bounds[i][0], least), min(bounds[i][1], most))
        changed |= now != bounds[i]
        bounds[i] = now
    return changed


def _another(i: int, values: Sequence[int | None], hidden: set[int], sums: Sequence[_Sum]) -> int | None:
    """The number to hide beside one that can be worked out: the smallest part that isn't nought, else the total, else a nought."""
    best: list[tuple[int, int, int]] = []
    for one in sums:
        if i != one.total and i not in one.parts:
            continue
        for part in one.parts:
            value = values[part]
            if part not in hidden and value is not None:
                best.append((0 if value or one.total is None else 2, value, part))
        if one.total is not None and one.total not in hidden:
            best.append((1, values[one.total] or 0, one.total))
    return min(best)[2] if best else None
