"""What the walk through a Word file knows of the whole, and what it found that a person must look at."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.domain import Doubt
from pipeline.reading.word._styles import Styles

DOUBTS = {
    "alt-chunk": "Dokumentet har et innlagt dokument som ikke kan leses.",
    "activex": "Skjemaet har felt (ActiveX) som ikke kan leses.",
    "diagram": "Dokumentet har en figur med tekst som ikke kan leses.",
    "open-field": "Et skjemafelt i dokumentet er skadet.",
    "comments": "Noen har skrevet merknader i margen av dokumentet.",
    "digital-signature": "Dokumentet er signert digitalt, men ikke på en linje i skjemaet.",
}


@dataclass(kw_only=True)
class Source:
    """What the walk needs to know of the whole document, and what it found that a person must look at."""

    styles: Styles
    signed: frozenset[str] = frozenset()
    """Ids of signature lines that are signed."""
    codes: dict[str, None] = field(default_factory=dict)
    lines_signed: int = 0

    def doubt(self, code: str) -> None:
        """Note a doubt once."""
        self.codes[code] = None

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What was noted."""
        return tuple(Doubt(code=code, text=DOUBTS[code]) for code in self.codes)
