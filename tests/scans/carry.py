"""Puts scanned pages into a file as scanners and mail programs do."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, NumberObject
from reportlab.pdfgen.canvas import Canvas

from tests.scans.filler import OFFICE
from tests.scans.place import Placed
from tests.scans.scanner import Scanned

CARRIERS = ("pdf", "pdf-rotated", "pdf-ocr", "tiff", "jpeg", "jpeg-exif", "png")
SUFFIXES = {"tiff": ".tif", "jpeg": ".jpg", "jpeg-exif": ".jpg", "png": ".png"}
ONCE = time.gmtime(1_767_225_600)
MISREAD = {
    "ø": "o",
    "å": "a",
    "æ": "ae",
    "l": "1",
    "0": "O",
    "5": "S",
    "rn": "m",
    "Ø": "O",
    "1": "l",
    "e": "c",
}


def carrier(rng: Random, pages: int) -> str:
    """A draw; pictures hold one page."""
    several = (58, 6, 12, 24, 0, 0, 0)
    single = (38, 5, 10, 13, 20, 4, 10)
    return rng.choices(CARRIERS, single if pages == 1 else several)[0]


def save(
    pages: Sequence[Scanned],
    said: Sequence[Sequence[Placed]],
    carrier: str,
    path: Path,
    *,
    quality: int,
    bilevel: bool,
    rng: Random,
) -> None:
    """Writes the pages; `said` is what is printed and written on each, for a text layer."""
    images = [image(page, bilevel) for page in pages]
    dpi = (pages[0].across, pages[0].along)
    if carrier == "png":
        images[0].save(path, dpi=dpi, compress_level=1)
    elif carrier.startswith("jpeg"):
        jpeg(images[0], path, dpi, quality, exif=carrier == "jpeg-exif")
    elif carrier == "tiff":
        packed = "group4" if bilevel else rng.choice(("jpeg", "jpeg", "tiff_lzw"))
        more = {"quality": quality} if packed == "jpeg" else {}
        images[0].save(path, save_all=True, append_images=images[1:], compression=packed, dpi=dpi, **more)
    else:
        path.write_bytes(pdf(pages, images, said, carrier, quality, rng))


def image(page: Scanned, bilevel: bool) -> Image.Image:
    picture = Image.fromarray(page.picture)
    return picture.convert("1", dither=Image.Dither.NONE) if bilevel else picture


def jpeg(picture: Image.Image, path: Path, dpi: tuple[float, float], quality: int, *, exif: bool) -> None:
    """A JPEG; with `exif` stored on its side and the tag that says so, as telephones do."""
    tags = Image.Exif()
    if exif:
        picture = picture.transpose(Image.Transpose.ROTATE_90)
        tags[0x0112] = 6
    picture.convert("L" if picture.mode == "1" else picture.mode).save(
        path, "JPEG", quality=quality, dpi=(round(dpi[0]), round(dpi[1])), exif=tags
    )


def pdf(
    pages: Sequence[Scanned],
    images: Sequence[Image.Image],
    said: Sequence[Sequence[Placed]],
    carrier: str,
    quality: int,
    rng: Random,
) -> bytes:
    """A PDF whose pages are one picture each; perhaps stored on their side, perhaps with the text a machine read."""
    writer = PdfWriter()
    for page, upright, words in zip(pages, images, said, strict=True):
        picture, dpi = upright, (page.across, page.along)
        if carrier == "pdf-rotated":
            picture, dpi = upright.transpose(Image.Transpose.ROTATE_90), dpi[::-1]
        stream = io.BytesIO()
        more = {} if picture.mode == "1" else {"quality": quality}
        picture.save(stream, "PDF", dpi=dpi, creationDate=ONCE, modDate=ONCE, **more)
        put = writer.add_page(PdfReader(stream).pages[0])
        if carrier == "pdf-rotated":
            put[NameObject("/Rotate")] = NumberObject(90)
        elif carrier == "pdf-ocr" and words:
            put.merge_page(PdfReader(layer(page, words, rng)).pages[0])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def layer(page: Scanned, words: Sequence[Placed], rng: Random) -> io.BytesIO:
    """The invisible text that some scanner put over its picture, with its mistakes."""
    high, wide = page.picture.shape[:2]
    stream = io.BytesIO()
    size = (wide * 72 / page.across, high * 72 / page.along)
    canvas = Canvas(stream, pagesize=size, invariant=1)
    for placed in words:
        corners = page.pixels(placed.box)
        (x0, y0), (x1, y1) = corners[3], corners[2]
        turn = float(np.degrees(np.arctan2(y0 - y1, x1 - x0)))
        tall = max(2.0, (placed.box[3] - placed.box[1]) * 0.9)
        canvas.saveState()
        canvas.translate(x0 * 72 / page.across, size[1] - y0 * 72 / page.along + tall * 0.2)
        canvas.rotate(turn)
        text = canvas.beginText(0, 0)
        text.setTextRenderMode(3)
        text.setFont(OFFICE, tall)
        text.textOut(misread(placed.text, rng, 0.25 if placed.kind in ("hand", "digits") else 0.02))
        canvas.drawText(text)
        canvas.restoreState()
    canvas.showPage()
    canvas.save()
    stream.seek(0)
    return stream


def misread(text: str, rng: Random, share: float) -> str:
    for right, wrong in MISREAD.items():
        if right in text and rng.random() < share * 4:
            text = text.replace(right, wrong, 1)
    return text
