"""One PDF of all letters that wait for a signature, by signer, for ``letters print``."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path

from pipeline.domain import Letter, LetterStatus
from pipeline.errors import UnreadableError


def merge_print(
    letters: Iterable[Letter], home: Path, *, beside: Callable[[Path], Path] | None = None
) -> bytes | None:
    """One PDF of the letters that are ``ready``, by signer, case and number, with a bookmark for each signer; None for none.

    For printing on both sides each letter begins on a front page: a blank page follows one with an odd number of pages. Letters
    in other states, or without a PDF yet, are left out; UnreadableError when a PDF that should be there can't be read, so that
    no letter is missed unseen. ``beside`` says where the form that goes with a letter lies, if there is one; it follows its letter.
    """
    ready = [one for one in letters if one.status is LetterStatus.READY and one.pdf]
    ready.sort(key=lambda one: (one.signer, one.order.case, one.number))
    if not ready:
        return None
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    writer = PdfWriter()
    signer = None
    for letter in ready:
        enclosure = beside(home / letter.pdf) if beside is not None else None
        files = [home / letter.pdf] + ([enclosure] if enclosure is not None and enclosure.is_file() else [])
        if len(writer.pages) % 2:
            writer.add_blank_page()
        first = len(writer.pages)
        try:
            for file in files:
                if len(writer.pages) % 2:
                    writer.add_blank_page()
                for page in PdfReader(file).pages:
                    writer.add_page(page)
        except (OSError, PyPdfError, ValueError, KeyError) as fault:
            raise UnreadableError(
                f"PDF-en til brev {letter.order.case}-{letter.number} kan ikke leses. Lag den på nytt."
            ) from fault
        if letter.signer != signer:
            signer = letter.signer
            writer.add_outline_item(title=signer, page_number=first)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
