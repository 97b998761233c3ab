"""One picture's way to the layout model, step by step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.domain import Box, MarkState
from pipeline.reading.scan._backs import is_empty_back
from pipeline.reading.scan._drawn import drawn_on
from pipeline.reading.scan._page import SheetReading, reading_of
from pipeline.reading.scan._sight import Sight
from pipeline.reading.scan._types import Drawn, Picture, Sheet
from pipeline.reading.scan.blanks._blanks import Blanks
from pipeline.reading.scan.blanks._known_print import without_print
from pipeline.reading.scan.codes._codes import coded
from pipeline.reading.scan.marks._cell_marks import cell_mark
from pipeline.reading.scan.marks._signs import is_handwriting
from pipeline.reading.scan.marks._ticks import judge_group
from pipeline.reading.scan.paper._upright import upright
from pipeline.reading.scan.text._absent import Absent
from pipeline.reading.scan.text._readers import readers
from pipeline.reading.scan.text._strip import strip_whole

if TYPE_CHECKING:
    from pipeline.reading.scan._types import Grey


class SheetReader:
    """Reads pictures one after the other, with this thread's text readers."""

    def __init__(self, blanks: Blanks | None = None) -> None:
        """Make the text readers ready, or learn that they are absent. ``blanks``: those of the project's own forms."""
        self._blanks = blanks or Blanks()
        self.readers = readers()
        self._sight = Sight(judge=judge_group, handwriting=is_handwriting, cell=_cell)

    def read(self, picture: Picture) -> SheetReading:
        """Straighten a picture, find what is drawn on it, read what is written. An empty back has no blocks."""
        seen = coded(upright(picture, self._sureness))
        sheet = seen.sheet
        known = None
        if seen.exact and seen.code is not None:
            known = without_print(sheet, self._blanks.of(seen.code))
            sheet = known.bare
        drawn = Drawn() if sheet.blank else drawn_on(sheet, known)
        reading = reading_of(sheet, drawn, self.readers, self._sight, known)
        ours = self.readers.recogniser
        empty = (
            known is None
            and not isinstance(ours, Absent)
            and is_empty_back(reading.lined, ours, bilevel=sheet.bilevel)
        )
        if empty:
            sheet = replace(sheet, blank=True)
            reading = reading_of(sheet, Drawn(), self.readers, self._sight)
        page = replace(
            reading.page,
            width=picture.width,
            height=picture.height,
            rotation=picture.rotation,
            scanned=True,
            matrix=sheet.matrix,
            code=seen.code,
            separator=seen.separator,
        )
        return replace(reading, page=page)

    def _sureness(self, line: Grey) -> float:
        """How surely a grey text line reads, to tell which way is up."""
        first = self.readers.tesseract
        if isinstance(first, Absent):
            return 0.0
        strip = strip_whole(line)
        return first.read(strip).confidence if strip is not None else 0.0


def _cell(sheet: Sheet, cell: Box) -> tuple[MarkState, float]:
    judged = cell_mark(sheet, cell, ())
    return judged.state, judged.confidence
