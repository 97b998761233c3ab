"""Says the figures: as a table for the one who runs it, and as the page for the documentation."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from tests.scans.figures import BINS, SURE, Figures, Share

Record = dict[str, Any]
# What issue 3 asks of each figure: name, key, at least (or at most, below 0).
ASKED = (
    ("form and version recognised", "recognised", 0.995),
    ("files split into the right forms and pages", "split", 0.995),
    ("stacks split right", "stack split", 0.995),
    ("typed values right before review, readable without effort", "typed right, readable", 0.985),
    ("typed values right before review, all damage", "typed right", 0.95),
    ("typed empty fields right", "typed empty right", math.nan),
    ("accepted without a person, typed", "typed accepted", 0.85),
    ("accepted without a person, typed, readable", "typed accepted, readable", math.nan),
    ("accepted without a person, typed and empty", "typed empty accepted", math.nan),
    ("tick sensitivity among decided", "tick sensitivity", 0.9973),
    ("tick specificity among decided", "tick specificity", 0.9998),
    ("ticks unsure", "tick unsure", -0.02),
    ("ticks right before review", "tick before review", math.nan),
    ("checklist box sensitivity among decided", "checklist box sensitivity", math.nan),
    ("checklist box specificity among decided", "checklist box specificity", math.nan),
    ("checklist boxes in a field for review", "checklist box unsure", math.nan),
    ("signature present or absent, before review", "signature before review", 0.99),
    ("handwritten digits right before review", "digits right", 0.90),
    ("handwritten digits accepted", "digits accepted", math.nan),
    ("handwritten fields right as first guess", "hand right", math.nan),
    ("handwritten words right as first guess", "words", 0.60),
    ("handwritten fields accepted", "hand accepted", math.nan),
)
WRONG = (
    ("wrong among accepted, all kinds", "wrong accepted", 0.37),
    ("… typed", "typed wrong accepted", math.nan),
    ("… handwritten digits", "digits wrong accepted", math.nan),
    ("… handwritten text", "hand wrong accepted", math.nan),
    ("… ticks", "tick wrong accepted", math.nan),
    ("… checklists", "checklist wrong accepted", math.nan),
    ("… signatures", "signature wrong accepted", math.nan),
    ("… rows of signatures", "signed-rows wrong accepted", math.nan),
)
FINE_DPI = 200
"""A fax has 204 dots an inch across and 98 down."""
SECONDS = {"typed": 1.0, "hand": 2.0}


def figures(records: Iterable[Record], *, fine: bool = False) -> Figures:
    """The outcomes added up: all, or those of files of at least 200 dots an inch both ways (`fine`), which the figures are asked of."""
    out = Figures()
    for record in records:
        if not fine or (record["dpi"] >= FINE_DPI and "fax" not in record["damages"]):
            out.add(record)
    return out


def saved(paths: Iterable[Path]) -> Iterator[Record]:
    """The outcomes of earlier runs."""
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)


def rows(of: Figures, fine: Figures) -> Iterator[tuple[str, ...]]:
    """Each figure: name, asked, measured, interval and number over `fine`; then measured, interval and number over all."""
    whole = {row[0]: row for row in measured(of)}
    for row in measured(fine):
        yield *row, *whole[row[0]][2:]


def measured(of: Figures) -> Iterator[tuple[str, str, str, str, str]]:
    """Each figure: name, asked, measured, interval, number."""
    for name, key, bound in ASKED:
        share = of.all[key]
        asked = "" if math.isnan(bound) else f"≥ {bound:.2%}" if bound > 0 else f"≤ {-bound:.2%}"
        yield name, asked, percent(share), span(share, 100, "%"), str(share.of)
    for name, key, limit in WRONG:
        share = of.all[key]
        asked = "" if math.isnan(limit) else f"≤ {limit} per 1,000"
        found = f"{share.hits}: {1000 * share.value:.3f} per 1,000" if share.of else "–"
        yield name, asked, found, span(share, 1000, ""), str(share.of)
    for kind, limit in SECONDS.items():
        taken = sorted(seconds for mode, seconds in of.seconds if mode == kind)
        yield (
            f"processor seconds a page, files {'with handwriting' if kind == 'hand' else 'typed'}",
            f"≤ {limit}",
            f"median {median(taken):.2f}, 95 % {taken[int(len(taken) * 0.95)]:.2f}" if taken else "–",
            "",
            str(len(taken)),
        )


def percent(share: Share) -> str:
    return f"{share.value:.2%}" if share.of else "–"


def span(share: Share, times: float, unit: str) -> str:
    if not share.of:
        return ""
    low, top = share.interval
    return f"{low * times:.2f}–{top * times:.2f}{unit}"


def curve(of: Figures) -> Iterator[tuple[str, str, str, str, str]]:
    """The reliability: kind, confidence said, mean said, share right, number."""
    for kind in sorted({kind for kind, _ in of.bins}):
        for level, (low, top) in enumerate(pairwise(BINS)):
            share = of.bins.get((kind, level))
            if share:
                mean = of.claimed[(kind, level)] / share.of
                yield kind, f"{low:g}–{min(top, 1):g}", f"{mean:.3f}", f"{share.value:.4f}", str(share.of)


def parted(of: Figures, key: str, names: Iterable[str]) -> Iterator[tuple[str, Share]]:
    for name in names:
        share = of.all.get((key, name))
        if share and share.of:
            yield name, share


def table(of: Figures, fine: Figures) -> str:
    counts = of.counts
    head = f"{counts['files']} files, {counts['pages']} pages, {counts['forms']} forms, {counts['faults']} broke the reader"
    body = [
        f"{name:62} {asked:18} {found:28} {interval:18} {number:>6}   all: {whole:28} {number_of_all:>6}"
        for name, asked, found, interval, number, whole, _, number_of_all in rows(of, fine)
    ]
    bins = [
        f"{kind:12} {said:12} {mean:>7} {right:>8} {number:>8}"
        for kind, said, mean, right, number in curve(of)
    ]
    return "\n".join([head, *body, "", "kind         confidence     mean    right   fields", *bins])


def lines(heads: tuple[str, ...], body: Iterable[tuple[str, ...]]) -> list[str]:
    return [
        f"| {' | '.join(heads)} |",
        f"|{' --- |' * len(heads)}",
        *(f"| {' | '.join(row)} |" for row in body),
        "",
    ]


def markdown(of: Figures, fine: Figures, command: str, forms: Iterable[str], damages: Iterable[str]) -> str:
    """The page `docs/accuracy.md`."""
    counts = of.counts
    kinds = ("typed", "digits", "hand")
    forms, damages = list(forms), list(damages)
    out = [
        "# How well scans are read",
        "",
        f"Made by `{command}`; don't edit. Scans drawn at random by `tests/scans` from seeds that nothing was tuned on: "
        f"{counts['files']} files, {counts['pages']} pages, {counts['forms']} forms. Real scans will differ; "
        "`tests/scans/damage.py` says what damages there are and which page counts as readable without effort. "
        "Intervals are Clopper and Pearson's, 95 %. What is asked, is asked of scans of 200 to 300 dots an inch "
        f"({fine.counts['files']} of the files), but for the wrong among accepted; the columns to the right count the coarser "
        "ones (150 dots) and faxes (98 dots down) too.",
        "",
        *lines(
            ("figure", "asked", "measured", "interval", "of", "all scans", "interval", "of"), rows(of, fine)
        ),
        "## By form",
        "",
        *lines(
            (
                "form",
                "recognised",
                *(f"{kind} right" for kind in kinds),
                "typed accepted",
                "wrong accepted per 1,000 (interval)",
            ),
            (by(of, form, kinds) for form in forms),
        ),
        "## By damage",
        "",
        "A file mostly has several.",
        "",
        *lines(
            (
                "damage",
                "recognised",
                *(f"{kind} right" for kind in kinds),
                "typed accepted",
                "wrong accepted per 1,000 (interval)",
            ),
            (by(of, damage, kinds) for damage in damages),
        ),
        "## Does the confidence mean what it says",
        "",
        "Of the fields with something in them, by the confidence they were given before anybody looked.",
        "",
        *lines(("kind", "confidence", "mean said", "share right", "fields"), curve(of)),
    ]
    return "\n".join(out).rstrip() + "\n"


def by(of: Figures, name: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
    wrong = of.all.get(("wrong accepted", name), Share())
    shown = (
        f"{wrong.hits} of {wrong.of}: {1000 * wrong.value:.2f} ({span(wrong, 1000, '')})" if wrong.of else "–"
    )
    cells = [percent(of.all.get((f"{kind} right", name), Share())) for kind in kinds]
    return (
        name,
        percent(of.all.get(("recognised", name), Share())),
        *cells,
        percent(of.all.get(("typed accepted", name), Share())),
        shown,
    )


def worst(records: Iterable[Record], *, most: int = 2000) -> str:
    """What went wrong, the worst first: broken files, wrong splits, wrong taken for right, wrong in review by confidence."""
    broken, split, accepted, others = [], [], [], []
    for record in records:
        where = f"{record['file']} ({record['carrier']} {record['dpi']}; {', '.join(record['damages'])})"
        if record["fault"]:
            broken.append(f"BROKEN {where}: {record['fault']}")
        elif not record["split"]:
            split.append(f"SPLIT {where}: want {record['want']}, got {record['got']}")
        for item in record["fields"]:
            if item["right"] or item["status"] == "missing":
                continue
            text = (
                f"{item['status']} {item['confidence']:.3f} {item['kind']} {item['key']} want {item.get('want')!r} "
                f"got {item.get('got')!r}  {where} {record['want'][item['part']]}"
                f"{'' if record['readable'][item['part']] else ' (hard to read)'}"
            )
            (accepted if item["status"] in SURE else others).append((item["confidence"], text))
    ranked = [f"WRONG {text}" for _, text in sorted(accepted, reverse=True)]
    ranked += [f"review {text}" for _, text in sorted(others, reverse=True)]
    return "\n".join([*broken, *split, *ranked][:most]) + "\n"
