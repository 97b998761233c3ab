"""The project's own code among a Word file's properties."""

from __future__ import annotations

from pipeline.domain import FormCode
from pipeline.errors import LockedError, UnreadableError
from pipeline.reading.word._package import Package
from pipeline.values import parse_form_code


def code_in(package: Package) -> FormCode | None:
    """The code that the properties' subject holds; None without one, or when the properties can't be read."""
    try:
        targets = [r.target for r in package.relations("").values() if r.kind == "core-properties"]
        root = package.part(targets[0]) if targets else None
    except (UnreadableError, LockedError):
        return None
    subject = root.findtext("{*}subject") if root is not None else None
    return parse_form_code(subject.strip()) if subject else None
