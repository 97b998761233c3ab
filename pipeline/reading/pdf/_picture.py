"""A small grey picture of a page, or of its fields alone, to check what the file says against what a viewer shows."""

from __future__ import annotations

import ctypes

from pypdfium2 import raw

from pipeline.domain import Box, MarkState
from pipeline.reading import _native as native
from pipeline.reading._native import Handle
from pipeline.reading.layout._frame import Frame

MOST_PIXELS = 6_000_000
INKED = 0.035
"""The share of a button's inner part that differs from its ground when it is on."""


class Picture:
    """Grey pixels of one page as shown. ``scale``: pixels a point."""

    def __init__(
        self,
        page: Handle,
        frame: Frame,
        form: Handle | None = None,
        *,
        scale: float = 2.0,
        part: Box | None = None,
    ) -> None:
        """Draw the page's fields alone when ``form`` is given, else the page without its annotations.

        ``part`` is all of the page that will be asked for.
        """
        if part is None:
            part = Box(0.0, 0.0, frame.width, frame.height)
        area = max((part.x1 - part.x0 + 2) * (part.bottom - part.top + 2), 1.0)
        self.scale = min(scale, (MOST_PIXELS / area) ** 0.5)
        self._left, self._top = int(part.x0 * self.scale) - 1, int(part.top * self.scale) - 1
        wide = max(1, round(part.x1 * self.scale) + 2 - self._left)
        high = max(1, round(part.bottom * self.scale) + 2 - self._top)
        full_wide, full_high = round(frame.width * self.scale), round(frame.height * self.scale)
        self._whole, self._wide, self._high, self._stride = b"", wide, 0, 0
        bitmap = native.new_bitmap(wide, high, raw.FPDFBitmap_Gray, None, 0)
        if not bitmap:
            return
        try:
            native.fill_bitmap(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
            if form:
                native.draw_forms(form, bitmap, page, -self._left, -self._top, full_wide, full_high, 0, 0)
            else:
                native.draw_page(bitmap, page, -self._left, -self._top, full_wide, full_high, 0, 0)
            self._high, self._stride = high, native.bitmap_stride(bitmap)
            self._whole = ctypes.string_at(native.bitmap_buffer(bitmap), self._stride * high)
        finally:
            native.drop_bitmap(bitmap)

    def inner(self, box: Box, shrink: float) -> bytes:
        """The pixels of a box's inner part, ``shrink`` of each side left out."""
        dx, dy = (box.x1 - box.x0) * shrink, (box.bottom - box.top) * shrink
        x0, x1 = (
            round((box.x0 + dx) * self.scale) - self._left,
            round((box.x1 - dx) * self.scale) - self._left,
        )
        y0, y1 = (
            round((box.top + dy) * self.scale) - self._top,
            round((box.bottom - dy) * self.scale) - self._top,
        )
        whole, stride = self._whole, self._stride
        x0, x1 = max(0, x0), min(max(0, x1), self._wide)
        rows = range(max(0, y0) * stride, min(y1, self._high) * stride, stride or 1)
        return b"".join([whole[row + x0 : row + x1] for row in rows]) if x0 < x1 else b""

    def inked(self, box: Box) -> bool | None:
        """Whether a button shows something in its middle, None when there is nothing to see."""
        pixels = self.inner(box, 0.22)
        if len(pixels) < 9:
            return None
        if pixels.count(pixels[0]) == len(pixels):
            return False
        counts = {grey: pixels.count(grey) for grey in set(pixels)}
        ground = max(counts, key=counts.__getitem__)
        other = sum(count for grey, count in counts.items() if abs(grey - ground) > 70)
        return other >= INKED * len(pixels)

    def outlined(self, box: Box) -> MarkState | None:
        """Judge an unmapped glyph: an empty outline is OFF, one with ink inside UNSURE, anything else None."""
        wide, high = box.x1 - box.x0, box.bottom - box.top
        if min(wide, high) < 3.5 or not 0.7 < wide / high < 1.45:
            return None
        rim = [
            self.inner(Box(box.x0 - 0.3, box.top, box.x0 + 0.14 * wide, box.bottom), 0.0),
            self.inner(Box(box.x1 - 0.14 * wide, box.top, box.x1 + 0.3, box.bottom), 0.0),
            self.inner(Box(box.x0, box.top - 0.3, box.x1, box.top + 0.14 * high), 0.0),
            self.inner(Box(box.x0, box.bottom - 0.14 * high, box.x1, box.bottom + 0.3), 0.0),
        ]
        if any(not side or sum(1 for pixel in side if pixel < 170) < 0.2 * len(side) for side in rim):
            return None
        middle = self.inner(box, 0.25)
        dark = sum(1 for pixel in middle if pixel < 150)
        return MarkState.OFF if dark < 0.03 * max(len(middle), 1) else MarkState.UNSURE
