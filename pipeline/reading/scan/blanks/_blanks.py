"""The blanks of the project's own forms: what each prints, and where its boxes to tick are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.domain import Box, FormCode, Line, Mark, Page, Word
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.reading.scan._types import Grey

RUN = 6
"""Words of a line that are looked for together, at most."""


@dataclass(frozen=True, slots=True)
class BlankPage:
    """One page of a blank. ``runs``: its printed words, a few neighbours at a time; boxes in points."""

    path: Path
    number: int
    runs: tuple[tuple[Word, ...], ...]
    boxes: tuple[Box, ...]

    def picture(self, scale: float) -> Grey:
        """The page as it is printed, in pixels of ``1 / scale`` points."""
        return _picture(self.path, self.number, round(scale, 3))


class Blanks:
    """The fillable blanks in a folder; without one none is known."""

    def __init__(self, folder: Path | None = None) -> None:
        """Read nothing until a form of ours comes."""
        self._folder = folder

    def of(self, code: FormCode) -> tuple[BlankPage, ...]:
        """The pages of the blank with this code's form and version; none when there is no such blank."""
        return _pages(self._folder / f"{code.form}.pdf", code.version) if self._folder is not None else ()


@lru_cache(maxsize=64)
def _pages(path: Path, version: str) -> tuple[BlankPage, ...]:
    from pipeline.reading.pdf import read_pdf

    try:
        document = read_pdf(path, source=path.name)
    except (InputError, OSError):
        return ()
    if document.code is None or document.code.version != version:
        return ()
    return tuple(
        BlankPage(path, page.number, tuple(run for line in page.lines for run in _runs(line)), _boxes(page))
        for page in document.pages
    )


def _boxes(page: Page) -> tuple[Box, ...]:
    return tuple(
        piece.box
        for piece in page.pieces()
        if isinstance(piece, Mark) and piece.name and piece.box is not None
    )


def _runs(line: Line) -> list[tuple[Word, ...]]:
    runs: list[list[Word]] = [[]]
    for piece in line.pieces:
        if not isinstance(piece, Word) or piece.box is None:
            runs.append([])
        elif len(runs[-1]) == RUN and not piece.glued:
            runs.append([piece])
        else:
            runs[-1].append(piece)
    return [tuple(run) for run in runs if any(char.isalnum() for word in run for char in word.text)]


@lru_cache(maxsize=4)
def _picture(path: Path, number: int, scale: float) -> Grey:
    import numpy as np
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path)
    try:
        drawn = document[number - 1].render(scale=scale, grayscale=True, may_draw_forms=False).to_numpy()
        return np.array(drawn, dtype=np.uint8).reshape(drawn.shape[:2])
    finally:
        document.close()
