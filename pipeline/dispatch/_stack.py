"""One PDF of all letters that wait for a signature, by signer, for ``letters print``."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from pipeline.domain import Letter, LetterStatus
from pipeline.errors import UnreadableError


def merge_print(letters: Iterable[Letter], home: Path) -> Mapping[str, bytes]:
    """For each signer one PDF of the letters that are ``ready``, by case and number; each letter begins on a front page.

    For printing on both sides a blank page follows a letter with an odd number of pages. Letters in other states, or without a
    PDF yet, are left out; UnreadableError when a PDF that should be there can't be read, so that no letter is missed unseen.
    """
    by_signer: dict[str, list[Letter]] = {}
    for letter in letters:
        if letter.status is LetterStatus.READY and letter.pdf:
            by_signer.setdefault(letter.signer, []).append(letter)
    return {
        signer: _stack(sorted(found, key=lambda one: (one.order.case, one.number)), home)
        for signer, found in sorted(by_signer.items())
    }


def _stack(letters: list[Letter], home: Path) -> bytes:
    writer = PdfWriter()
    for letter in letters:
        try:
            pages = PdfReader(home / letter.pdf).pages
            count = len(pages)
            for page in pages:
                writer.add_page(page)
        except (OSError, PyPdfError, ValueError, KeyError) as fault:
            raise UnreadableError(
                f"PDF-en til brev {letter.order.case}-{letter.number} kan ikke leses. Lag den på nytt."
            ) from fault
        if count % 2 and letter is not letters[-1]:
            writer.add_blank_page()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
