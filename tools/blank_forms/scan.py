"""Prints a filled form and scans it, as an office would have it: grey, a little askew, compressed."""

import io
import time
from pathlib import Path
from random import Random

import pypdfium2
from PIL import Image
from pypdf import PdfReader, PdfWriter

from tests.scans.damage import Damage
from tests.scans.scanner import Setting, paper, scan

_ONCE = time.gmtime(1_767_225_600)
_SETTING = Setting(
    dpi=200,
    colour=False,
    bilevel=False,
    fax=False,
    quality=30,
    skewed=0.8,
    edges=False,
    damages=(
        Damage(name="shading", strength=0.1),
        Damage(name="blur", strength=0.4),
    ),
)


def scan_pdf(filled: Path, out: Path) -> None:
    """Writes the pages of a filled form as pictures; the same each time."""
    rng = Random(filled.name)  # noqa: S311 - how a page lies on the glass is no secret
    writer = PdfWriter()
    document = pypdfium2.PdfDocument(filled)
    document.init_forms()
    for number in range(len(document)):
        page = scan(paper(document, number, _SETTING), _SETTING, rng)
        stream = io.BytesIO()
        size = (page.across, page.along)
        Image.fromarray(page.picture).save(
            stream,
            "PDF",
            dpi=size,
            quality=_SETTING.quality,
            optimize=True,
            creationDate=_ONCE,
            modDate=_ONCE,
        )
        stream.seek(0)
        writer.add_page(PdfReader(stream).pages[0])
    document.close()
    with out.open("wb") as target:
        writer.write(target)
