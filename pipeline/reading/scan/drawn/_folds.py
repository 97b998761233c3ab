"""Lines that run from edge to edge of the paper: folds, and what dust on a scanner's glass draws. No printer prints there."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

import numpy as np

from pipeline.reading.layout._shapes import Rule
from pipeline.reading.scan._types import Sheet

RIM = 22.0
"""Points from the paper's edge in which no form prints lines."""
OFF = 2.0
"""Points: how far the parts of a fold lie from the straight line between its ends."""
SLOPE = 0.06
"""Points for each point: what dust draws is as askew on the upright page as the paper was in the scanner."""
EDGE = 8.0
"""Points from the paper's edge: a long line that comes so near runs over it, though writing hides where it begins."""
COVERED = 0.6
"""The share of the way from edge to edge that the parts of a fold are found on at least."""
IN_LINE = 0.8
"""The share of the way between two faint parts that is covered when they are parts of one."""
FAINT = 0.6
"""Parts of the usual darkness of a sheet's lines: what is less may be a streak."""
BREADTH = 3.6
"""Points to both sides of a fold that its shadow takes."""
_SPARSE = 50
FEW = 4
"""Fewer lines don't tell what is usual."""
MOST = 4
"""More such lines one way are a table that was cut out of its page."""


def faint_among(rules: list[Rule], sheet: Sheet) -> set[Rule]:
    """The lines that are much fainter than the sheet's lines are."""
    if len(rules) < FEW:
        return set()
    dark = [_darkness(rule, sheet) for rule in rules]
    usual = float(np.median(dark))
    return {rule for rule, one in zip(rules, dark, strict=True) if one < FAINT * usual}


def _darkness(rule: Rule, sheet: Sheet) -> float:
    """How dark a line is in its middle: 0 paper, 255 black."""
    grey = sheet.grey if rule.across else sheet.grey.T
    s, reach = sheet.scale, max(2, round(0.8 * sheet.scale))
    at = round(rule.at * s)
    course = grey[max(0, at - reach) : at + reach + 1, round(rule.start * s) : round(rule.end * s) + 1]
    return 255.0 - float(np.median(course.min(axis=0))) if course.size else 0.0


def folds_among(rules: list[Rule], width: float, height: float, faint: Set[Rule] = frozenset()) -> set[Rule]:
    """The lines, whole or in parts, that run over a whole sheet of this size in points.

    Those of them that are ``faint`` are known by one of their ends and what lies in line with it.
    """
    folds: set[Rule] = set()
    for across, far in ((True, width), (False, height)):
        own = [rule for rule in rules if rule.across == across]
        found: list[set[Rule]] = []
        for first in (rule for rule in own if rule.start <= RIM):
            for last in (rule for rule in own if rule.end >= far - RIM):
                parts = _between(first, last, own)
                if _length(parts) >= COVERED * far and not any(parts <= other for other in found):
                    found.append(parts)
        long = [rule for rule in own if rule.end - rule.start >= COVERED * far]
        found += [
            {rule}
            for rule in long
            if (rule.start <= EDGE or rule.end >= far - EDGE) and not any(rule in other for other in found)
        ]
        if len(found) <= MOST:
            folds = folds.union(*found)
        weak = [rule for rule in own if rule in faint]
        for end in (rule for rule in weak if rule.start <= RIM or rule.end >= far - RIM):
            folds.add(end)
            for other in weak:
                parts = _between(end, other, weak)
                if _length(parts) >= IN_LINE * (max(end.end, other.end) - min(end.start, other.start)):
                    folds |= parts
    return folds


def wiped(sheet: Sheet, folds: list[Rule]) -> tuple[Sheet, list[Rule]]:
    """The sheet without the folds that are fainter than what is written over them, and the folds that are as dark.

    Letters on a fold stay whole: only what is as faint as the fold goes.
    """
    if not folds:
        return sheet, folds
    usual = 255.0 - float(np.median(sheet.grey[sheet.ink][::_SPARSE])) if sheet.ink.any() else 255.0
    faint = {rule: _darkness(rule, sheet) for rule in folds}
    faint = {rule: dark for rule, dark in faint.items() if dark < FAINT * usual}
    if not faint:
        return sheet, folds
    grey, ink = sheet.grey.copy(), sheet.ink.copy()
    s, reach = sheet.scale, round(BREADTH * sheet.scale)
    for rule, dark in faint.items():
        at, most = round(rule.at * s), 255.0 - min(1.5 * dark + 10.0, 0.7 * usual)
        band = np.s_[max(0, at - reach) : at + reach + 1, round(rule.start * s) : round(rule.end * s) + 1]
        for whole, paper in ((grey, 255), (ink, False)):
            part = (whole if rule.across else whole.T)[band]
            part[(sheet.grey if rule.across else sheet.grey.T)[band] > most] = paper
    return replace(sheet, grey=grey, ink=ink), [rule for rule in folds if rule not in faint]


def _between(first: Rule, last: Rule, rules: list[Rule]) -> set[Rule]:
    """The parts of the straight line from one part to another; none where it would lean too much."""
    begin, end = _middle(first), _middle(last)
    slope = (last.at - first.at) / (end - begin) if end != begin else 0.0
    if abs(slope) > SLOPE:
        return set()
    return {rule for rule in rules if abs(rule.at - first.at - slope * (_middle(rule) - begin)) <= OFF}


def _middle(rule: Rule) -> float:
    return (rule.start + rule.end) / 2


def _length(rules: set[Rule]) -> float:
    """How much of a line is covered by its parts, each stretch counted once."""
    covered, end = 0.0, 0.0
    for rule in sorted(rules, key=lambda rule: rule.start):
        covered += max(0.0, rule.end - max(rule.start, end))
        end = max(end, rule.end)
    return covered
