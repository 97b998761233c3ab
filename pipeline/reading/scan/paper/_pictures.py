"""A file's pages as grey pictures, one at a time. Loads numpy, OpenCV and Pillow: import it only when a scan has come."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import cv2

from pipeline.reading._sniffing import Kind
from pipeline.reading.scan._types import Picture
from pipeline.reading.scan.paper._images import image_pages
from pipeline.reading.scan.paper._pdf import pdf_pages

cv2.setNumThreads(1)  # the machine's other cores belong to other workers


class Pictures(Iterator[Picture]):
    """A file's pages in order. A page that can't be read raises ``UnreadableError`` when its turn comes; the next call goes on after it."""

    def __init__(self, pages: Iterator[Callable[[], Picture]]) -> None:
        """Hold calls that read a page each."""
        self._pages = pages

    def __next__(self) -> Picture:
        """Read the next page, and nothing beyond it."""
        return next(self._pages)()


def pictures(path: Path, kind: Kind, *, numbers: Collection[int] | None = None) -> Pictures:
    """Read a PDF's or an image file's pages, those of ``numbers`` alone when given (1-based); at most 18 million pixels each.

    Never more than one page is held. Raises ``UnreadableError`` (codes ``broken``, ``broken-page``, ``too-large``,
    ``image-format``) or ``LockedError``, at the latest when the page's turn comes.
    """
    return Pictures((pdf_pages if kind is Kind.PDF else image_pages)(path, numbers))
