"""Pages of image files: TIFF with many pages, JPEG, PNG and what else Pillow opens, one at a time, grey on white."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import cv2
import numpy as np
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from pipeline.errors import UnreadableError
from pipeline.reading._sniffing import frames_of
from pipeline.reading.scan._types import Picture
from pipeline.reading.scan.paper._paper import BEST_DPI, MOST_PIXELS, POINTS, paper_size

if TYPE_CHECKING:
    from pipeline.reading.scan._types import Grey

MOST_BYTES = 280_000_000
"""What decoding one page may take; a colour A3 page at 600 dpi takes 278 million."""
_PER_PIXEL = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2, "LA": 4, "PA": 4}
_STRIP = 256
_WHITE_IS_ZERO = 0
_PHOTOMETRIC = 262
_FAULTS = (OSError, ValueError, SyntaxError, EOFError, struct.error, TypeError, KeyError, IndexError,
           ZeroDivisionError, OverflowError, MemoryError, AttributeError, cv2.error)  # fmt: skip
"""What Pillow raises on damaged files, depending on where the damage is."""


def image_pages(path: Path, numbers: Collection[int] | None) -> Iterator[Callable[[], Picture]]:
    """Give a call for each page; the call reads it. Raises ``UnreadableError`` when the file can't be opened at all."""
    frames = frames_of(path)
    with (
        path.open("rb") as file,
        _opened(file) as image,
    ):  # by its name, Pillow garbles an unpacked TIFF with a turn
        for number in range(1, frames + 1):
            if numbers is None or number in numbers:
                yield partial(_page, image, number)


def broken() -> UnreadableError:
    """A damaged file."""
    return UnreadableError("Bildet er skadet eller ikke helt. Be avsender sende det på nytt.", code="broken")


def too_large(wide: int, high: int) -> UnreadableError:
    """An image that would burst the memory."""
    return UnreadableError(
        f"Bildet er for stort til å leses ({wide} × {high} punkter). Skann arket på nytt med 300 dpi.",
        code="too-large",
    )


def _opened(file: BinaryIO) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Image.open(file)
    except UnidentifiedImageError as error:
        raise UnreadableError(
            "Bildeformatet kan ikke leses. Lagre bildet som PDF, TIFF, JPEG eller PNG og legg det inn igjen.",
            code="image-format",
        ) from error
    except Image.DecompressionBombError as error:
        raise UnreadableError(
            "Bildet er for stort til å leses. Skann arket på nytt med 300 dpi.", code="too-large"
        ) from error
    except _FAULTS as error:
        raise broken() from error


def _page(image: Image.Image, number: int) -> Picture:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if number > 1 or image.tell():
                image.seek(number - 1)
            return _read(image, number)
    except UnreadableError:
        raise
    except Image.DecompressionBombError as error:
        raise too_large(*image.size) from error
    except _FAULTS as error:
        raise broken() from error


def _read(image: Image.Image, number: int) -> Picture:
    dpi = _resolution(image)
    orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
    wide, high = image.size
    kind = image.format
    if min(wide, high) < 1:
        raise broken()
    if kind == "JPEG":
        if image.info.get("progressive") and wide * high * 2 * len(image.getbands()) > MOST_BYTES:
            raise too_large(wide, high)
        width, height = paper_size(wide, high, dpi)
        share = _share(wide, high, width, height)
        if image.mode in {"L", "RGB", "YCbCr"}:
            image.draft("L", (max(1, int(wide * share)), max(1, int(high * share))))
    if image.size[0] * image.size[1] * _PER_PIXEL.get(image.mode, 4) > MOST_BYTES:
        raise too_large(wide, high)
    bilevel = image.mode == "1"
    image.load()
    grey = _grey(image if kind == "TIFF" or orientation == 1 else ImageOps.exif_transpose(image))
    if orientation in {5, 6, 7, 8}:
        if kind != "TIFF":  # a TIFF has its size told as turned from the start, and is turned while loaded
            wide, high = high, wide
        dpi = None if dpi is None else (dpi[1], dpi[0])
    width, height = paper_size(wide, high, dpi)
    return fitted(number, grey, width, height, bilevel=bilevel)


def fitted(
    number: int, grey: Grey, width: float, height: float, *, bilevel: bool = False, rotation: int = 0
) -> Picture:
    """A picture of at most 300 dpi and the most pixels allowed, made smaller when it isn't yet."""
    bilevel = bilevel or _two_levels(grey)
    high, wide = grey.shape
    share = _share(wide, high, width, height)
    if share < 0.9:
        size = (max(1, round(wide * share)), max(1, round(high * share)))
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    return Picture(number=number, grey=grey, width=width, height=height, rotation=rotation, bilevel=bilevel)


def _share(wide: int, high: int, width: float, height: float) -> float:
    """How much smaller an image is to be made, 1 for not at all; 300 dpi of the paper at most."""
    finest = max(wide / width, high / height) * POINTS
    return min(1.0, BEST_DPI / finest, float((MOST_PIXELS / (wide * high)) ** 0.5))


def _two_levels(grey: Grey) -> bool:
    """Whether there is next to nothing between black and white, and some of both."""
    counts = cv2.calcHist(
        [np.ascontiguousarray(grey[:: 1 + grey.size // 4_000_000])], [0], None, [256], [0, 256]
    )
    total = max(int(counts.sum()), 1)
    between = int(counts[12:244].sum())
    return between <= total // 5_000 and int(counts[:12].sum()) > 0


def _resolution(image: Image.Image) -> tuple[float, float] | None:
    """Dots an inch across and down; where the file gives no unit, at least their ratio as an absurdly low value."""
    said = image.info.get("dpi")
    if said is None:
        said = image.info.get("resolution") or image.info.get("aspect") or image.info.get("jfif_density")
        if said is None or len(said) != 2 or min(said) <= 0:
            return None
        return float(said[0]) / float(max(said)), float(said[1]) / float(max(said))
    try:
        across, down = float(said[0]), float(said[1])
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if not (across > 0 and down > 0):
        return None
    return across, down


def _grey(image: Image.Image) -> Grey:
    """Any mode as grey on white paper; strip by strip, since each step takes room."""
    mode = image.mode
    if mode.startswith("I;16"):
        deep = np.asarray(image).astype(np.uint16, copy=False)
        grey = (deep >> 8).astype(np.uint8) if deep.max(initial=0) > 255 else deep.astype(np.uint8)
        tags = getattr(image, "tag_v2", {})
        return np.invert(grey) if tags.get(_PHOTOMETRIC) == _WHITE_IS_ZERO else grey
    if mode in {"I", "F"}:
        values = np.asarray(image)
        top = float(np.nanmax(values, initial=0.0))
        factor = 255.0 if top <= 1.0 else 1.0 if top <= 255.0 else 255.0 / max(top, 65_535.0)
        return np.asarray(np.clip(np.nan_to_num(values) * factor, 0, 255), dtype=np.uint8)
    wide, high = image.size
    grey = np.empty((high, wide), np.uint8)
    for top_row in range(0, high, _STRIP):
        low = min(high, top_row + _STRIP)
        grey[top_row:low] = np.asarray(_on_white(image.crop((0, top_row, wide, low))).convert("L"))
    return grey


def _on_white(strip: Image.Image) -> Image.Image:
    if strip.mode in {"PA", "LA", "RGBA", "RGBa", "La"} or "transparency" in strip.info:
        full = strip.convert("RGBA")
        paper = Image.new("RGBA", full.size, (255, 255, 255, 255))
        paper.alpha_composite(full)
        return paper
    return strip if strip.mode in {"L", "1", "RGB"} else strip.convert("RGB")
