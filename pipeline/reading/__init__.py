"""Reading: a file → ``Document``. One reader per kind of file, one layout model out.

The only room that knows a PDF or Word library; each is loaded only when a file of its kind comes.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.domain import Document, Doubt, Page, Reader
from pipeline.reading._glimpse import glimpse
from pipeline.reading._inspection import describe
from pipeline.reading._sniffing import Kind, frames_of, kind_of
from pipeline.reading.scan import Scans, missing_readers, scanned

__all__ = ["Kind", "Scans", "describe", "glimpse", "kind_of", "missing_readers", "read"]


def read(path: Path, *, source: str, max_pages: int = 1_000, scans: Scans | None = None) -> Document:
    """Read a file of any kind; ``source`` is its name for people. The kind is told by content, never by name.

    Without ``scans`` an image gives pages that wait for the scan reader (``readable`` is False, doubt ``not-read``).
    Raises ``UnreadableError`` or ``LockedError`` with a stable code and one sentence for the clerk, ``PassingError``
    when the file can't be opened just now.
    """
    kind = kind_of(path)
    if kind is Kind.WORD:
        from pipeline.reading.word import read_word

        return read_word(path, source=source)
    if kind is Kind.PDF:
        from pipeline.reading.pdf import read_pdf

        document = read_pdf(path, source=source, max_pages=max_pages)
        return document if scans is None else scanned(document, path, kind, scans)
    pages = tuple(Page(number=number, readable=False) for number in range(1, frames_of(path) + 1))
    doubt = Doubt(code="not-read", text="Filen er et bilde og venter på at skannede skjemaer kan leses.")
    document = Document(source=source, reader=Reader.SCAN, pages=pages, doubts=(doubt,))
    return document if scans is None else scanned(document, path, kind, scans)
