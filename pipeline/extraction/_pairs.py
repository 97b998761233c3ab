"""Marks that come in pairs: where a scan shows but one, the other may not have been seen."""

from __future__ import annotations

from dataclasses import replace

from pipeline.domain import Doubt, Finding

SINGLE = Doubt(code="unclear-text", text="Det mangler kanskje et anførselstegn eller en parentes i teksten.")
_QUOTES = frozenset('"“”„«»″')


def doubt_singles(fields: dict[str, Finding]) -> dict[str, Finding]:
    """Doubt each text with an odd number of quotation marks, or with a bracket that opens and doesn't close."""
    return {name: _doubted(finding) for name, finding in fields.items()}


def _doubted(finding: Finding) -> Finding:
    texts = [cell.raw for row in finding.rows for cell in row.values()] or [finding.raw]
    if finding.doubts or not any(map(_single, texts)):
        return finding
    return replace(finding, doubts=(SINGLE,))


def _single(text: str) -> bool:
    return sum(char in _QUOTES for char in text) % 2 == 1 or text.count("(") > text.count(")")
