"""The scan reader: pictures of pages to the layout model, and values read again on demand.

Everything heavy (numpy, OpenCV, the text readers) is loaded when the first picture comes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.domain import Document, Page, Reader, ValuePlace
from pipeline.reading._sniffing import Kind

if TYPE_CHECKING:
    from pipeline.reading._scan_page import Readers
    from pipeline.reading._scan_regions import Regions


class Scans:
    """Reads pictures of pages. One for a process; it keeps the last file's sheets until the next file comes.

    ``tessdata`` is the folder of Tesseract's language data (None: where the system keeps it).
    """

    def __init__(self, tessdata: Path | None = None) -> None:
        """Load nothing yet."""
        self._tessdata = tessdata
        self._readers: Readers | None = None
        self._regions: Regions | None = None

    def pages(self, path: Path, kind: Kind, numbers: Collection[int] | None = None) -> Iterator[Page]:
        """Read a file's pictures (of these pages alone), one at a time. Raises UnreadableError."""
        from pipeline.reading._scan_codes import coded
        from pipeline.reading._scan_drawn import drawn_on
        from pipeline.reading._scan_page import Readers, page_of
        from pipeline.reading._scan_pictures import pictures
        from pipeline.reading._scan_regions import Regions
        from pipeline.reading._scan_upright import upright

        if self._readers is None:
            self._readers = Readers(self._tessdata)
        self._regions = Regions(self._readers)
        for picture in pictures(path, kind, numbers=numbers):
            seen = coded(upright(picture, self._readers.surely))
            sheet = seen.sheet
            page = page_of(sheet, drawn_on(sheet), self._readers) if not sheet.blank else _blank(sheet.number)
            self._regions.keep(sheet, page)
            yield replace(
                page,
                width=picture.width,
                height=picture.height,
                rotation=picture.rotation,
                scanned=True,
                matrix=sheet.matrix,
                code=seen.code,
                separator=seen.separator,
            )

    def again(self, region: Sequence[Page], places: Iterable[ValuePlace]) -> tuple[Page, ...]:
        """The same pages with the words of these values read once more by the other reader.

        Where both agree a word is sure; where they don't it keeps the better guess and is not.
        """
        if self._regions is None:
            return tuple(region)
        return self._regions.again(region, tuple(places))


def scanned(document: Document, path: Path, kind: Kind, scans: Scans) -> Document:
    """A document whose pages without text are read from their pictures."""
    unread = [page.number for page in document.pages if not page.readable]
    if not unread:
        return document
    read = {page.number: page for page in scans.pages(path, kind, unread)}
    pages = tuple(read.get(page.number, page) for page in document.pages)
    doubts = tuple(doubt for doubt in document.doubts if doubt.code != "not-read")
    whole = all(page.scanned for page in pages)
    return replace(document, pages=pages, doubts=doubts, reader=Reader.SCAN if whole else document.reader)


def _blank(number: int) -> Page:
    """An empty back: read, and nothing on it."""
    return Page(number=number)
