"""How sure a value is, by how it was found: the shares of right values that are claimed for each way."""

from __future__ import annotations

from pipeline.domain import Finding

TYPED = 0.999
"""Typed text, a control or a box at its declared place."""
BY_WAY = {
    "next-line": 0.995,
    "cell-below": 0.995,
    "line-above": 0.99,
    "no-box": 0.99,
    "word": 0.99,
    "row-line": 0.99,
}
"""Places that are surely read a little less often."""
DOUBTED = 0.5
"""A best guess that a person must look at."""
LEAST = 0.9
"""A word read with less than this sends its field to a person."""


def claimed(finding: Finding) -> float:
    """The confidence of an undoubted finding."""
    return round(BY_WAY.get(finding.found_by, TYPED) * finding.confidence, 4)
