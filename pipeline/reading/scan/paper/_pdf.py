"""Pages of a PDF as grey pictures: taken out when the page is one picture and nothing else, drawn with its fields when not."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.errors import LockedError, UnreadableError
from pipeline.reading import _native as native
from pipeline.reading.layout._frame import Frame, boxed, frame_of, product
from pipeline.reading.scan._types import Picture
from pipeline.reading.scan.paper._images import fitted
from pipeline.reading.scan.paper._paper import BEST_DPI, MOST_PIXELS, POINTS, true_size

if TYPE_CHECKING:
    from pipeline.reading.scan._types import Grey

LEAST_DPI = 200.0
MOST_BYTES = 160_000_000
"""Bytes that one picture in a page may unfold to; pdfium holds it up to twice. A4 in colour at 600 dpi takes 104 million."""
_TAKEN_BYTES = 40_000_000
"""Larger ones are drawn, which makes them smaller on the way."""
_AT_ONCE = 40
"""Pages after which the file is opened anew: pdfium keeps what it has parsed."""
_DEEPEST, _MOST_OBJECTS = 6, 20_000
_EDGE = 1.5
"""Points that a page's only picture may fall short of the page's edges."""
_PLAIN_COLOURS = {
    raw.FPDF_COLORSPACE_DEVICEGRAY,
    raw.FPDF_COLORSPACE_DEVICERGB,
    raw.FPDF_COLORSPACE_CALGRAY,
    raw.FPDF_COLORSPACE_CALRGB,
    raw.FPDF_COLORSPACE_ICCBASED,
}
_TO_GREY = {
    raw.FPDFBitmap_BGR: cv2.COLOR_BGR2GRAY,
    raw.FPDFBitmap_BGRx: cv2.COLOR_BGRA2GRAY,
}
_FAULTS = (pdfium.PdfiumError, ctypes.ArgumentError, MemoryError, ValueError, OSError, cv2.error)

_Placed = list[tuple[native.Handle, native.Matrix]]


def pdf_pages(path: Path, numbers: Collection[int] | None) -> Iterator[Callable[[], Picture]]:
    """Give a call for each page; the call draws it. Raises ``UnreadableError`` or ``LockedError`` when the file can't be opened.

    pdfium is not made for threads: one file at a time in a process.
    """
    with _opened(path) as document:
        count = len(document)
    wanted = [number for number in range(1, count + 1) if numbers is None or number in numbers]
    for start in range(0, len(wanted), _AT_ONCE):
        with _opened(path) as document:
            document.init_forms()
            handle, form = native.document_handle(document), native.form_handle(document)
            if form:
                native.remove_highlight(form)
            for number in wanted[start : start + _AT_ONCE]:
                yield partial(_page, handle, form, number)


def _opened(path: Path) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path)
    except (pdfium.PdfiumError, OSError) as error:
        if getattr(error, "err_code", None) in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise LockedError(code="locked") from error
        raise _broken() from error


def _broken() -> UnreadableError:
    return UnreadableError(
        "PDF-filen er skadet eller ikke hel. Be avsender sende den på nytt.", code="broken"
    )


def _page(document: native.Handle, form: native.Handle, number: int) -> Picture:
    page = native.open_page(document, number - 1)
    if not page:
        raise UnreadableError(
            f"Side {number} i PDF-filen er skadet. Be avsender sende den på nytt.", code="broken-page"
        )
    if form:
        native.after_load(page, form)
    try:
        return _picture(page, form, number)
    except UnreadableError:
        raise
    except _FAULTS as error:
        raise _broken() from error
    finally:
        if form:
            native.before_close(page, form)
        native.close_page(page)


def _picture(page: native.Handle, form: native.Handle, number: int) -> Picture:
    frame = frame_of(page)
    width, height = max(frame.width, 1.0), max(frame.height, 1.0)
    images: _Placed = []
    others = _look_through(page, images)
    finest = largest = 0.0
    for image, matrix in images:
        wide, high = _pixels(image)
        unfolded = wide * high * max(1.0, _bits(page, image) / 8)
        if unfolded > MOST_BYTES:
            raise UnreadableError(
                f"Bildet på side {number} er for stort til å leses ({wide} × {high} punkter). Skann arket på nytt med 300 dpi.",
                code="too-large",
            )
        largest = max(largest, unfolded)
        finest = max(finest, _fineness(wide, high, matrix, frame))
    if len(images) == 1 and largest <= _TAKEN_BYTES and not others and not native.count_annotations(page):
        taken = _taken_out(page, *images[0], frame)
        if taken is not None:
            return fitted(number, taken, width, height, rotation=frame.rotation)
    true_wide, _ = true_size(width, height)
    dpi = min(max(finest, LEAST_DPI), BEST_DPI) if finest else BEST_DPI
    scale = min(dpi / POINTS * true_wide / width, (MOST_PIXELS / (width * height)) ** 0.5)
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    return fitted(number, _drawn(page, form, wide, high), width, height, rotation=frame.rotation)


def _look_through(page: native.Handle, images: _Placed) -> int:
    """Gather a page's pictures, with those inside its forms; say how many other visible things it has."""
    others = 0
    left = _MOST_OBJECTS

    def through(thing: native.Handle, outer: native.Matrix) -> int:
        kind = native.object_type(thing)
        if kind == native.IMAGE:
            images.append((thing, product(native.matrix(thing), outer)))
            return 0
        return int(kind != native.TEXT or native.text_mode(thing) != native.INVISIBLE_TEXT)

    waiting: list[tuple[native.Handle, native.Matrix, int]] = [
        (native.page_object(page, n), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)
        for n in range(min(native.count_objects(page), _MOST_OBJECTS))
    ]
    while waiting and left > 0:
        left -= 1
        thing, outer, depth = waiting.pop()
        if native.object_type(thing) != native.FORM:
            others += through(thing, outer)
            continue
        others += 1  # what a form clips or blends can't be told from here
        if depth < _DEEPEST:
            inner = product(native.matrix(thing), outer)
            count = min(native.count_children(thing), left)
            waiting += [(native.child_object(thing, n), inner, depth + 1) for n in range(count)]
    return others + len(waiting)


def _pixels(image: native.Handle) -> tuple[int, int]:
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(_object(image), wide, high)
    return wide.value, high.value


def _metadata(page: native.Handle, image: native.Handle) -> raw.FPDF_IMAGEOBJ_METADATA:
    said = raw.FPDF_IMAGEOBJ_METADATA()
    raw.FPDFImageObj_GetImageMetadata(_object(image), ctypes.cast(page, raw.FPDF_PAGE), said)
    return said


def _bits(page: native.Handle, image: native.Handle) -> int:
    return int(_metadata(page, image).bits_per_pixel) or 8


def _object(handle: native.Handle) -> Any:
    return ctypes.cast(handle, raw.FPDF_PAGEOBJECT)


def _fineness(wide: int, high: int, matrix: native.Matrix, frame: Frame) -> float:
    """A picture's dots an inch, of those that cover a good part of the page; else 0."""
    across = float(np.hypot(matrix[0], matrix[1])) or 1.0
    down = float(np.hypot(matrix[2], matrix[3])) or 1.0
    if across * down < 0.3 * frame.width * frame.height:
        return 0.0
    return max(wide / across, high / down) * POINTS


def _taken_out(page: native.Handle, image: native.Handle, matrix: native.Matrix, frame: Frame) -> Grey | None:
    """The page's only picture, turned as the page is; None when it must be drawn to be seen as a viewer shows it."""
    a, b, c, d, _, _ = matrix
    if a <= 0 or d <= 0 or abs(b) > 1e-3 or abs(c) > 1e-3:
        return None
    box = boxed(product(matrix, frame.matrix), (0.0, 0.0, 1.0, 1.0))
    off = (box.x0, box.top, box.x1 - frame.width, box.bottom - frame.height)
    if max(abs(each) for each in off) > _EDGE:
        return None
    if raw.FPDFPageObj_HasTransparency(_object(image)):
        return None
    clip = raw.FPDFPageObj_GetClipPath(_object(image))
    if clip and raw.FPDFClipPath_CountPaths(clip) > 0:
        return None
    said = _metadata(page, image)
    if said.colorspace not in _PLAIN_COLOURS or said.bits_per_pixel not in {1, 8, 24}:
        return None
    bitmap = raw.FPDFImageObj_GetBitmap(_object(image))
    if not bitmap:
        return None
    try:
        grey = _as_grey(native.handle(bitmap), raw.FPDFBitmap_GetFormat(bitmap))
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    if grey is None or not frame.rotation:
        return grey
    return np.ascontiguousarray(np.rot90(grey, -frame.rotation // 90))


def _as_grey(bitmap: native.Handle | int, form: int) -> Grey | None:
    kind = ctypes.cast(bitmap, raw.FPDF_BITMAP)
    wide, high = raw.FPDFBitmap_GetWidth(kind), raw.FPDFBitmap_GetHeight(kind)
    stride = native.bitmap_stride(bitmap)
    buffer = native.bitmap_buffer(bitmap)
    if not buffer or not wide or not high:
        return None
    flat = np.ctypeslib.as_array(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_uint8)), (high, stride))
    if form == raw.FPDFBitmap_Gray:
        return np.array(flat[:, :wide])
    if form not in _TO_GREY:
        return None
    bytes_each = 3 if form == raw.FPDFBitmap_BGR else 4
    colours = np.ascontiguousarray(flat[:, : wide * bytes_each]).reshape(high, wide, bytes_each)
    return np.asarray(cv2.cvtColor(colours, _TO_GREY[form]), dtype=np.uint8)


def _drawn(page: native.Handle, form: native.Handle, wide: int, high: int) -> Grey:
    """The page as a viewer shows it, annotations and fields with it."""
    bitmap = native.new_bitmap(wide, high, raw.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        raise MemoryError
    try:
        native.fill_bitmap(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
        native.draw_page(bitmap, page, 0, 0, wide, high, 0, raw.FPDF_ANNOT)
        if form:
            native.draw_forms(form, bitmap, page, 0, 0, wide, high, 0, raw.FPDF_ANNOT)
        grey = _as_grey(bitmap, raw.FPDFBitmap_Gray)
    finally:
        native.drop_bitmap(bitmap)
    if grey is None:
        raise MemoryError
    return grey
