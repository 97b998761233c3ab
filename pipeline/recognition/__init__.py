"""Which form a document is, told by what is printed on it; always with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.recognition._recognise import recognise

if TYPE_CHECKING:
    from pipeline.recognition._print import Print

__all__ = ["Print", "recognise"]


def __getattr__(name: str) -> object:
    """Load what only scans need when it is first asked for."""
    if name == "Print":
        from pipeline.recognition._print import Print

        return Print
    raise AttributeError(name)
