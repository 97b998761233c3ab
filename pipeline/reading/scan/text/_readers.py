"""Both text readers of this thread, and which of them are absent."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.reading.scan.text._absent import Absent
from pipeline.reading.scan.text._recogniser import Recogniser, recogniser
from pipeline.reading.scan.text._tesseract import Tesseract, tesseract


@dataclass(frozen=True, slots=True)
class Readers:
    """The two readers; each may be absent. Not to be shared between threads."""

    tesseract: Tesseract | Absent
    recogniser: Recogniser | Absent

    @property
    def absent(self) -> tuple[Absent, ...]:
        """Those that can't be had here; while there is one, nothing read may be taken for right unseen."""
        return tuple(r for r in (self.tesseract, self.recogniser) if isinstance(r, Absent))


def readers() -> Readers:
    """This thread's readers, made when first asked for."""
    return Readers(tesseract("nor"), recogniser())
