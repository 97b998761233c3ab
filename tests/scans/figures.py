"""Adds outcomes up to the figures that are asked for."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0001)
AXES = ("coordination", "child_coordinator", "coordinator")
SURE = ("accepted", "empty")


def clopper_pearson(hits: int, of: int, *, level: float = 0.95) -> tuple[float, float]:
    """The exact interval of a share."""
    if not of:
        return 0.0, 1.0
    tail = (1 - level) / 2
    low = 0.0 if hits == 0 else solve(lambda share: 1 - below(hits - 1, of, share) - tail)
    top = 1.0 if hits == of else solve(lambda share: tail - below(hits, of, share))
    return low, top


def solve(rising: Any) -> float:
    low, top = 0.0, 1.0
    for _ in range(60):
        middle = (low + top) / 2
        low, top = (low, middle) if rising(middle) > 0 else (middle, top)
    return (low + top) / 2


def below(hits: int, of: int, share: float) -> float:
    """The chance of at most `hits`."""
    if share <= 0 or hits >= of:
        return 1.0
    if share >= 1:
        return 0.0
    if hits > of / 2:
        return 1 - below(of - hits - 1, of, 1 - share)
    whole, odds = math.lgamma(of + 1), (math.log(share), math.log1p(-share))
    return min(
        1.0,
        math.fsum(
            math.exp(whole - math.lgamma(k + 1) - math.lgamma(of - k + 1) + k * odds[0] + (of - k) * odds[1])
            for k in range(hits + 1)
        ),
    )


@dataclass(kw_only=True)
class Share:
    """So many of so many."""

    hits: int = 0
    of: int = 0

    def add(self, hit: bool) -> None:
        self.hits += hit
        self.of += 1

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        return clopper_pearson(self.hits, self.of)


def shares() -> defaultdict[Any, Share]:
    return defaultdict(Share)


@dataclass(kw_only=True)
class Figures:
    """All that is counted; two runs' figures come from their records together."""

    counts: Counter[str] = field(default_factory=Counter)
    all: defaultdict[Any, Share] = field(default_factory=shares)
    """By name, by (name, form) and by (name, damage)."""
    bins: defaultdict[Any, Share] = field(default_factory=shares)
    """By kind and confidence: right of all filled fields."""
    claimed: defaultdict[Any, float] = field(default_factory=lambda: defaultdict(float))
    """The sum of the confidences in each bin."""
    seconds: list[tuple[str, float]] = field(default_factory=list)
    """By how a file was filled in, the processor seconds of a page."""

    def add(self, record: Record) -> None:
        self.counts["files"] += 1
        self.counts["pages"] += record["pages"]
        self.counts["forms"] += len(record["want"])
        self.counts["faults"] += bool(record["fault"])
        for form, found in zip(record["want"], record["found"], strict=True):
            self.each("recognised", found, (form, *record["damages"]))
        self.each("split", record["split"], record["damages"])
        if record["stack"]:
            self.each("stack split", record["split"], record["damages"])
        modes = set(record["modes"])
        self.seconds.append(("hand" if "hand" in modes else "typed", record["cpu"] / record["pages"]))
        for item in record["fields"]:
            self.field(record, item)

    def each(self, name: str, hit: bool, also: Iterable[str] = ()) -> None:
        self.all[name].add(hit)
        for other in also:
            self.all[(name, other)].add(hit)

    def field(self, record: Record, item: Record) -> None:
        kind, right = item["kind"], item["right"]
        form = record["want"][item["part"]]
        also = (form, *record["damages"])
        sure = item["status"] in SURE
        readable = record["readable"][item["part"]]
        if kind in ("typed", "hand", "digits"):
            filled = "" if not item["empty"] else " empty"
            self.each(f"{kind}{filled} right", right, also)
            if readable:
                self.each(f"{kind}{filled} right, readable", right, also)
            self.each(f"{kind}{filled} accepted", sure, also)
            if readable:
                self.each(f"{kind}{filled} accepted, readable", sure, also)
        if kind == "hand" and not item["empty"] and isinstance(item.get("want"), str):
            self.words(item, right)
        if sure:
            self.each("wrong accepted", not right, also)
            self.each(f"{kind} wrong accepted", not right, also)
        if item["status"] != "missing" and not (item["empty"] and kind in ("typed", "hand", "digits")):
            level = max(number for number, edge in enumerate(BINS[:-1]) if item["confidence"] >= edge)
            self.bins[(kind, level)].add(right)
            self.claimed[(kind, level)] += item["confidence"]
        for name, want, got in boxes(item):
            self.all[f"{name} unsure"].add(not sure)
            if sure:
                self.all[f"{name} {'sensitivity' if want else 'specificity'}"].add(got == want)
            self.all[f"{name} before review"].add(got == want and item["status"] != "missing")

    def words(self, item: Record, right: bool) -> None:
        want = item["want"].split()
        got = Counter(want if right else str(item.get("got") or "").split())
        for word in want:
            hit = got[word] > 0
            got[word] -= hit
            self.all["words"].add(hit)


def boxes(item: Record) -> Iterator[tuple[str, bool, bool]]:
    """Each box and each line to sign of a field: what is counted, whether it is on, and what was read (before review)."""
    kind, want, got = item["kind"], item.get("want"), item.get("got")
    if kind == "signature":
        yield "signature", bool(want), got is True
    elif kind == "signed-rows" and isinstance(got, list) and isinstance(want, list) and len(want) == len(got):
        for one, other in zip(want, got, strict=True):
            yield "signature", bool(one["signed"]), other.get("signed") is True
    elif kind == "tick" and item["key"].startswith("plan.") and item["key"] != "plan.not_today":
        yield "tick", want is True, got is True
        yield "tick", want is False, got is False
    elif kind == "tick":
        yield "tick", bool(want), got is True
    elif kind == "checklist":
        rows = {row.get("item"): row for row in got} if isinstance(got, list) else {}
        for row in want or []:
            for axis in AXES:
                read = rows.get(row["item"], {}).get(axis)
                yield "checklist box", row[axis] is True, read is True
                yield "checklist box", row[axis] is False, read is False
