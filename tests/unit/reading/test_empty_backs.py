"""The back of a sheet through which the front shines is empty; a word on it makes it a page to be seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.domain import Box
from pipeline.reading.scan._backs import is_empty_back
from pipeline.reading.scan._types import Drawn, Segment, Sheet
from pipeline.reading.scan.text._absent import Absent
from pipeline.reading.scan.text._readers import readers
from pipeline.reading.scan.text._text import Lined, read_segments
from tests.unit.reading.paper import FONT, HAND, Paper, sight

FRONT = (
    "Når søknaden er mottatt, innhenter vi informasjon",
    "Du samtykker til at kommunen kan behandle dine",
    "Ved å underskrive dette skjemaet samtykker du",
    "Barnet eller ungdommen har alvorlig sykdom",
)


def _back(tone: float, *written: tuple[str, Path]) -> tuple[Sheet, list[Lined]]:
    """The front's print in the mirror, as dark as ``tone`` of black, and what somebody wrote on the back itself."""
    front, own = Paper(), Paper()
    ghosts = [front.text(20, 30 + 25 * number, text) for number, text in enumerate(FRONT)]
    words = [
        own.text(40, 150 + 25 * number, text, 14, font_file=font)
        for number, (text, font) in enumerate(written)
    ]
    ghost = 255 - ((255 - front.sheet().grey[:, ::-1]) * tone).astype(np.uint8)
    sheet = own.sheet()
    grey = np.minimum(ghost, sheet.grey)
    sheet = replace(sheet, grey=grey, ink=grey < 255 - 255 * tone / 2, bilevel=tone == 1.0)
    wide = sheet.width
    boxes = [Box(wide - box.x1, box.top, wide - box.x0, box.bottom) for box in ghosts]
    drawn = Drawn(segments=[Segment(box) for box in (*boxes, *words)])
    return sheet, read_segments(sheet, drawn, readers(), sight().handwriting)


@pytest.mark.parametrize(
    ("tone", "written", "empty"),
    [
        (1.0, (), True),
        (0.5, (), True),
        (0.1, (), True),
        (1.0, (("Ring mor først", FONT),), False),
        (0.5, (("Ring mor først", FONT),), False),
        (0.1, (("Ring mor først", FONT),), False),
        (1.0, (("Ring mor", HAND),), False),
        (0.1, (("Ring mor", HAND),), False),
    ],
)
def test_a_back_is_empty_where_all_reads_in_the_mirror_only(
    tone: float, written: tuple[tuple[str, Path], ...], empty: bool
) -> None:
    reader = readers().recogniser
    assert not isinstance(reader, Absent)
    sheet, lined = _back(tone, *written)
    assert is_empty_back(lined, reader, bilevel=sheet.bilevel) is empty


def test_a_front_is_none() -> None:
    reader = readers().recogniser
    assert not isinstance(reader, Absent)
    paper = Paper()
    drawn = Drawn(segments=[Segment(paper.text(20, 30 + 25 * n, text)) for n, text in enumerate(FRONT)])
    lined = read_segments(paper.sheet(), drawn, readers(), sight().handwriting)
    assert not is_empty_back(lined, reader, bilevel=True)
