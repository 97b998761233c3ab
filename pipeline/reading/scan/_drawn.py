"""Everything found on a sheet before anything is read: lines, tick boxes, runs of text, pictures."""

from __future__ import annotations

from pipeline.reading.scan._types import Drawn, Sheet
from pipeline.reading.scan.blanks._known_boxes import with_known, without_strokes
from pipeline.reading.scan.blanks._known_print import Printed
from pipeline.reading.scan.drawn._boxes import boxes_of
from pipeline.reading.scan.drawn._cell_boxes import in_cells_like_others
from pipeline.reading.scan.drawn._folds import wiped
from pipeline.reading.scan.drawn._lines import ruling
from pipeline.reading.scan.drawn._segments import segments_of


def drawn_on(sheet: Sheet, known: Printed | None = None) -> Drawn:
    """Find the lines first, then the boxes among what is left, then the text among what is left of that.

    ``known``: what was found of the blank that the sheet lies on; its print is not on the sheet any more.
    """
    lined = ruling(sheet)
    boxes = boxes_of(sheet, lined.rules, lined)
    more = in_cells_like_others(sheet, lined.rules, boxes)
    boxes = sorted(boxes + more, key=lambda found: (found.box.top, found.box.x0)) if more else boxes
    clean, dark = wiped(sheet, lined.folds)
    if known is not None and known.page is not None:
        boxes = with_known(known.sheet, boxes, known.page.boxes)
        clean = without_strokes(clean, boxes, known.sheet.ink, lined.rules)
    segments, pictures = segments_of(clean, lined.rules, boxes, dark)
    return Drawn(rules=lined.rules, folds=lined.folds, boxes=boxes, segments=segments, pictures=pictures)
