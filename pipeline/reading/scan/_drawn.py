"""Everything found on a sheet before anything is read: lines, tick boxes, runs of text, pictures."""

from __future__ import annotations

from pipeline.reading.scan._boxes import boxes_of
from pipeline.reading.scan._cell_boxes import in_cells_like_others
from pipeline.reading.scan._folds import wiped
from pipeline.reading.scan._lines import ruling
from pipeline.reading.scan._segments import segments_of
from pipeline.reading.scan._types import Drawn, Sheet


def drawn_on(sheet: Sheet) -> Drawn:
    """Find the lines first, then the boxes among what is left, then the text among what is left of that."""
    lined = ruling(sheet)
    boxes = boxes_of(sheet, lined.rules, lined)
    more = in_cells_like_others(sheet, lined.rules, boxes)
    boxes = sorted(boxes + more, key=lambda found: (found.box.top, found.box.x0)) if more else boxes
    clean, dark = wiped(sheet, lined.folds)
    segments, pictures = segments_of(clean, lined.rules, boxes, dark)
    return Drawn(rules=lined.rules, folds=lined.folds, boxes=boxes, segments=segments, pictures=pictures)
