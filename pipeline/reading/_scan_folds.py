"""Lines that run from edge to edge of the paper: folds, and what dust on a scanner's glass draws. No printer prints there."""

from __future__ import annotations

from pipeline.reading._pdf_shapes import Rule

RIM = 22.0
"""Points from the paper's edge in which no form prints."""
LEVEL = 2.5
"""Points: how far parts of one fold stand off each other."""
COVERED = 0.6
"""The share of the way from edge to edge that the parts of a fold are found on at least."""
MOST = 4
"""More such lines one way are a table that was cut out of its page."""


def without_folds(rules: list[Rule], width: float, height: float) -> tuple[list[Rule], list[Rule]]:
    """The lines that were drawn, and the parts of those that run over the whole sheet (``width`` and ``height`` in points)."""
    folds: list[Rule] = []
    for across, far in ((True, width), (False, height)):
        own = [rule for rule in rules if rule.across == across]
        found = [group for group in _groups(own) if _from_edge_to_edge(group, far)]
        if len(found) <= MOST:
            folds += [rule for group in found for rule in group]
    return [rule for rule in rules if rule not in folds], folds


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """Lines that lie on one another's course; ``rules`` are in order of their places."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        if groups and rule.at - groups[-1][-1].at <= LEVEL:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _from_edge_to_edge(group: list[Rule], far: float) -> bool:
    if min(rule.start for rule in group) > RIM or max(rule.end for rule in group) < far - RIM:
        return False
    covered, end = 0.0, 0.0
    for rule in sorted(group, key=lambda rule: rule.start):
        covered += max(0.0, rule.end - max(rule.start, end))
        end = max(end, rule.end)
    return covered >= COVERED * far
