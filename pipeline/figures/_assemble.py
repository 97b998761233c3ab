"""From raw numbers to figures in the order the municipality asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.figures._counting import OTHER, Counting, Tally
from pipeline.figures._declared import GROUPS, KINDS, Figure, FigureKind

_OTHERS = "Andre tjenester"
_SHARES = {"needs.days_low": 0.1, "needs.days_median": 0.5, "needs.days_high": 0.9}


def ordered(asked: Sequence[str]) -> tuple[str, ...]:
    """The groups, those a municipality asks for first and in its own order (``statistics.annual``)."""
    first = [group.id for word in asked for group in GROUPS if group.asked == word]
    return (*first, *(group.id for group in GROUPS if group.id not in first))


def assemble(tally: Tally, rules: Counting, *, asked: Sequence[str] = ()) -> tuple[Figure, ...]:
    """Every declared figure, with its services after it. What the tally doesn't tell has no value and is shown as «–».

    ``rules`` are those it was counted by: a few names tell of them.
    """
    ages = {"consent": rules.consent_age, "majority": rules.majority_age, "months": rules.months_ahead}
    found = []
    for group in ordered(asked):
        for kind in KINDS:
            if kind.group != group:
                continue
            found.append(_figure(kind, kind.label.format(**ages), _value(kind, tally)))
            if kind.by_service:
                found += _parts(kind, tally.services.get(kind.id, {}))
    return tuple(found)


def _value(kind: FigureKind, tally: Tally) -> int | None:
    return percentile(tally.days, _SHARES[kind.id]) if kind.of_days else tally.counts.get(kind.id)


def _figure(kind: FigureKind, label: str, value: int | None) -> Figure:
    return Figure(
        id=kind.id,
        group=kind.group,
        label=label,
        when=kind.when,
        source=kind.source,
        value=value,
        shown="–" if value is None else str(value),
        part_of=kind.part_of,
    )


def _parts(kind: FigureKind, services: Mapping[str, int]) -> list[Figure]:
    """The services by size, those that the staff list doesn't have last."""
    listed = sorted(services.items(), key=lambda one: (one[0] == OTHER, -one[1], one[0]))
    return [
        Figure(
            id=f"{kind.id}.service",
            group=kind.group,
            label=service or _OTHERS,
            when=kind.when,
            source=kind.source,
            value=value,
            shown=str(value),
            service=service or _OTHERS,
            part_of=kind.id,
        )
        for service, value in listed
    ]


def percentile(days: Mapping[int, int], share: float) -> int | None:
    """The least number of days within which at least that share had waited (nearest rank); None when nobody did."""
    total = sum(days.values())
    seen = 0
    for day in sorted(days):
        seen += days[day]
        if seen >= share * total:
            return day
    return None
