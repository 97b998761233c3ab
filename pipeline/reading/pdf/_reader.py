"""The PDF reader: printed text and form fields. Reads one page at a time; pdfium's and pypdf's errors end here."""

from __future__ import annotations

import ctypes
import re
import zlib
from dataclasses import replace
from pathlib import Path
from threading import Lock

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.domain import Document, Doubt, Reader
from pipeline.errors import LockedError, UnreadableError
from pipeline.reading import _native as native
from pipeline.reading.pdf._page import PageReading, read_page
from pipeline.reading.pdf._plumber import Plumber
from pipeline.reading.pdf._second import PAGE_COUNT, SecondParser
from pipeline.values import parse_form_code

MOST_PAGES = 1_000
LARGEST_STREAM = 100_000_000
"""Bytes that one compressed stream may unfold to; an A4 page at 600 dpi in grey is 35 million."""
_XFA_WHOLE, _XFA_BESIDE = 2, 3
_ONE_AT_A_TIME = Lock()
_STREAM = re.compile(rb"stream\r?\n")
_TWICE = re.compile(rb"/Filter\s*\[\s*/(?:FlateDecode|Fl)\s*/(?:FlateDecode|Fl)\b")


def read_pdf(path: Path, *, source: str, max_pages: int = MOST_PAGES) -> Document:
    """Read a PDF. Raises ``LockedError`` when it needs a password, ``UnreadableError`` with a code when it can't be read.

    pdfium is not made for threads: one file at a time in a process.
    """
    data = path.read_bytes()
    _refuse_bombs(data)
    with _ONE_AT_A_TIME:
        try:
            return _read(data, source, max_pages)
        except (
            pdfium.PdfiumError,
            MemoryError,
            RecursionError,
            ctypes.ArgumentError,
            ValueError,
            OSError,
        ) as error:
            raise _broken() from error


def _broken() -> UnreadableError:
    return UnreadableError(
        "PDF-filen er skadet eller ikke hel. Be avsender sende den på nytt.", code="broken"
    )


def _read(data: bytes, source: str, max_pages: int) -> Document:
    with _opened(data) as document:
        count = len(document)
        if count == 0:
            raise _broken()
        if count > max_pages:
            raise UnreadableError(
                f"PDF-filen har {count} sider; grensen er {max_pages}. Del den opp og send skjemaene for seg.",
                code="too-many-pages",
            )
        handle = native.document_handle(document)
        subject = document.get_metadata_value("Subject")
        xfa = native.form_type(handle)
        if xfa == _XFA_WHOLE:
            raise _xfa()
        document.init_forms()
        form = native.form_handle(document)
        if form:
            native.remove_highlight(form)
        beside = SecondParser(data)
        doubts = beside.compared(count)
        redrawn = bool(form) and beside.redrawn()
        plumber = Plumber(data)
        try:
            readings = [
                read_page(handle, form, number, beside.button_values, plumber, redrawn=redrawn)
                for number in range(1, count + 1)
            ]
        finally:
            plumber.close()
        if plumber.count not in {None, count} and not doubts:
            doubts.append(PAGE_COUNT)
        if xfa == _XFA_BESIDE:
            if not any(reading.fields for reading in readings):
                raise _xfa()
            doubts.append(
                Doubt(
                    code="xfa", text="PDF-en har et XFA-skjema ved siden av feltene; verdiene kan være ulike."
                )
            )
        if native.count_attachments(handle) > 0:
            doubts.append(Doubt(code="attachments", text="PDF-en har vedlegg inni seg som ikke er lest."))
        if form:
            doubts += beside.unplaced(frozenset[str]().union(*(reading.names for reading in readings)))
        if native.count_signatures(handle) > sum(reading.signatures for reading in readings):
            doubts.append(
                Doubt(
                    code="unplaced-signature",
                    text="PDF-en er signert digitalt uten at signaturen vises på noen side.",
                )
            )
    return replace(_document(source, readings, doubts), code=parse_form_code(subject.strip()))


def _document(source: str, readings: list[PageReading], doubts: list[Doubt]) -> Document:
    pages = tuple(reading.page for reading in readings)
    reader = Reader.PDF_TEXT
    if not any(page.readable for page in pages):
        if all(any(doubt.code == "broken-page" for doubt in reading.doubts) for reading in readings):
            raise _broken()
        reader = Reader.SCAN
        doubts.append(
            Doubt(
                code="not-read",
                text="Filen er bilder uten tekst og venter på at skannede skjemaer kan leses.",
            )
        )
    elif any(reading.fields for reading in readings):
        reader = Reader.PDF_FIELDS
    for reading in readings:
        doubts += reading.doubts
    return Document(source=source, reader=reader, pages=pages, doubts=tuple(doubts))


def _xfa() -> UnreadableError:
    return UnreadableError(
        "Skjemaet er et XFA-skjema som bare kan åpnes i Adobe-programmer. Be avsender skrive det ut til PDF og sende det på nytt.",
        code="xfa",
    )


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        reason = getattr(error, "err_code", None)
        if reason in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise LockedError(code="locked") from error
        raise _broken() from error


def _refuse_bombs(data: bytes) -> None:
    """Refuse a file with a stream that unfolds beyond all need; only large ones can, unless folded twice."""
    twice = _TWICE.search(data) is not None
    if not twice and len(data) <= LARGEST_STREAM // 1_040:
        return
    for match in _STREAM.finditer(data):
        start = match.end()
        end = data.find(b"endstream", start)
        if end < 0:
            end = len(data)
        if (end - start > LARGEST_STREAM // 1_040 or twice) and _unfolds(
            data[start:end], twice=twice
        ) > LARGEST_STREAM:
            raise UnreadableError(
                "PDF-filen er laget slik at den sprenger minnet, og er ikke åpnet.", code="bomb"
            )


def _unfolds(folded: bytes, *, twice: bool) -> int:
    """How many bytes a stream unfolds to, counted no further than the limit."""
    outer = zlib.decompressobj()
    inner = zlib.decompressobj() if twice else None
    total, rest = 0, folded
    try:
        while rest and total <= LARGEST_STREAM:
            piece = outer.decompress(rest, 1 << 20)
            rest = outer.unconsumed_tail
            total += len(piece)
            while inner is not None and piece and total <= LARGEST_STREAM:
                total += len(inner.decompress(piece, 1 << 20))
                piece = inner.unconsumed_tail
            if not piece and not rest:
                break
    except zlib.error:
        return total
    return total
