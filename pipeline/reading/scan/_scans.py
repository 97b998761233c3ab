"""The scan reader: pictures of pages to the layout model, and values read again on demand.

Everything heavy (numpy, OpenCV, the text readers) is loaded when the first picture comes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.domain import (
    Box,
    Document,
    Doubt,
    FieldRoom,
    Mark,
    MarkState,
    Page,
    Reader,
    SigningPlace,
    ValuePlace,
    Word,
)
from pipeline.errors import UnreadableError
from pipeline.reading._sniffing import Kind
from pipeline.reading.scan.blanks._blanks import Blanks

if TYPE_CHECKING:
    from pipeline.reading.scan._regions import Regions
    from pipeline.reading.scan._unread import Unaccounted


OVERCOME = frozenset({"not-read", "ocr-layer"})
"""Doubts of the PDF reader that are answered when the picture itself is read."""
BROKEN_PAGE = "broken-page"
ONE_READER = Doubt(
    code="one-reader", text="Bare én av de to skannleserne er på plass, så alle felt må ses over."
)


class Scans:
    """Reads pictures of pages. One for a process; it keeps the last file's text pictures until the next file comes."""

    def __init__(self, blanks: Path | None = None) -> None:
        """Load nothing yet. ``blanks``: the folder of the project's own fillable forms."""
        self._blanks = Blanks(blanks)
        self._regions: Regions | None = None

    def pages(self, path: Path, kind: Kind, numbers: Collection[int] | None = None) -> Iterator[Page | None]:
        """Read a file's pictures (of these pages alone), one at a time; None for a page that is broken. Raises UnreadableError."""
        from pipeline.reading.scan._reading import SheetReader
        from pipeline.reading.scan._regions import Regions
        from pipeline.reading.scan.paper._pictures import pictures

        reader = SheetReader(self._blanks)
        self._regions = Regions(reader.readers)
        taken = pictures(path, kind, numbers=numbers)
        while True:
            try:
                picture = next(taken, None)
            except UnreadableError as fault:
                if fault.code != BROKEN_PAGE:
                    raise
                yield None
                continue
            if picture is None:
                return
            reading = reader.read(picture)
            self._regions.keep(reading)
            yield reading.page

    def again(
        self, region: Sequence[Page], places: Iterable[ValuePlace], signing: Sequence[SigningPlace] = ()
    ) -> tuple[Page, ...]:
        """The same pages with the words of these values read once more by the other reader, and what is signed judged.

        Where both agree a word is sure; where they don't it keeps the better guess and is not.
        """
        if self._regions is None:
            return tuple(region)
        from pipeline.reading.scan._again import read_again, signed_again

        values = tuple(places)
        return signed_again(read_again(region, values, self._regions), signing, values, self._regions)

    def unread(self, region: Sequence[Page], rooms: Iterable[FieldRoom]) -> tuple[FieldRoom, ...]:
        """Those of these rooms in which something is written that no word accounts for, each with where it stands."""
        if self._regions is None:
            return ()
        found: list[FieldRoom] = []
        pages = {page.number: page for page in region if page.scanned}
        inks: dict[int, Unaccounted | None] = {}
        for room in rooms:
            if room.page in pages and room.page not in inks:
                read = [
                    piece.box
                    for piece in pages[room.page].pieces()
                    if isinstance(piece, Word | Mark) and piece.box is not None
                ]
                crosses = [
                    piece.box
                    for piece in pages[room.page].pieces()
                    if isinstance(piece, Mark) and piece.state is MarkState.ON and piece.box is not None
                ]
                inks[room.page] = self._regions.unaccounted(room.page, read, crosses)
            ink = inks.get(room.page)
            boxes = [ink.within(box) for box in room.boxes] if ink is not None else []
            if room.empty and room.page in pages:
                # All that stands there was struck out, or a hand wrote it on the line and nothing was.
                boxes += struck_in(room, pages[room.page])
            there = tuple(box for box in boxes if box is not None)
            if there:
                found.append(room._replace(boxes=there))
        return tuple(found)


def missing_readers() -> tuple[tuple[str, str], ...]:
    """The text readers that can't be had here: name, and one sentence on how to get it. Loads those that can."""
    from pipeline.reading.scan.text._readers import readers

    return tuple((absent.name, absent.text) for absent in readers().absent)


def scanned(document: Document, path: Path, kind: Kind, scans: Scans) -> Document:
    """A document whose pages without text are read from their pictures; without any text reader they go on waiting.

    With one text reader alone nothing read may be taken for right unseen.
    """
    unread = [page.number for page in document.pages if not page.readable]
    missing = missing_readers() if unread else ()
    if not unread or len(missing) > 1:
        return document
    read = {page.number: page for page in scans.pages(path, kind, unread) if page is not None}
    broken = [number for number in unread if number not in read]
    if len(broken) == len(document.pages):
        raise UnreadableError("Bildet i filen er skadet. Skann skjemaet på nytt.", code="broken")
    pages = tuple(
        read.get(page.number, replace(page, readable=page.readable or page.number in broken))
        for page in document.pages
    )
    doubts = tuple(doubt for doubt in document.doubts if doubt.code not in OVERCOME)
    doubts += tuple(
        Doubt(code=BROKEN_PAGE, text=f"Bildet på side {number} er skadet og kan ikke leses.")
        for number in broken
    )
    if missing:
        doubts += (ONE_READER,)
    whole = all(page.scanned for page in pages)
    return replace(document, pages=pages, doubts=doubts, reader=Reader.SCAN if whole else document.reader)


def struck_in(room: FieldRoom, page: Page) -> list[Box]:
    """The words with a line through in a field's room."""
    struck = [piece.box for piece in page.pieces() if isinstance(piece, Word) and piece.struck]
    return [box for box in struck if box is not None and any(one.holds(box) for one in room.boxes)]
