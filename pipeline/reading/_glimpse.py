"""The picture of a page, or of a strip of it with one place marked: what a person looks at to settle a doubtful value."""

from __future__ import annotations

from pathlib import Path

from pipeline.domain import Box
from pipeline.errors import UnreadableError, UsageError
from pipeline.reading._sniffing import Kind, kind_of

_AROUND = 54.0
"""Points of the page shown above and below the place: some lines, so that the label is seen too."""
_CLEAR = 3.0
"""Points between what stands there and the frame around it."""


def glimpse(path: Path, *, page: int, box: Box | None = None) -> bytes:
    """A page as a grey PNG; with ``box`` (points of the page as a viewer shows it) the strip around it, framed.

    The picture is drawn here, from at most 18 million pixels: nothing of the file itself is in it. Raises ``UsageError`` for a
    Word file, which has no pages of its own, and for a page that the file doesn't have; ``UnreadableError`` or
    ``LockedError`` when the page can't be drawn.
    """
    kind = kind_of(path)
    if kind is Kind.WORD:
        raise UsageError("Et Word-dokument har ikke bilde av sidene. Åpne selve dokumentet.")
    import cv2

    from pipeline.reading.scan.paper._pictures import pictures

    picture = next(pictures(path, kind, numbers=(page,)), None)
    if picture is None:
        raise UsageError(f"Filen har ingen side {page}.")
    shown = picture.grey
    if box is not None:
        high, wide = shown.shape
        across, down = wide / picture.width, high / picture.height
        shown = shown.copy()
        cv2.rectangle(
            shown,
            (round((box.x0 - _CLEAR) * across), round((box.top - _CLEAR) * down)),
            (round((box.x1 + _CLEAR) * across), round((box.bottom + _CLEAR) * down)),
            (0,),
            max(2, round(1.2 * across)),
        )
        top = min(max(0, round((box.top - _AROUND) * down)), high - 1)
        shown = shown[top : max(top + 1, round((box.bottom + _AROUND) * down))]
    done, coded = cv2.imencode(".png", shown)
    if not done:
        raise UnreadableError(f"Side {page} kan ikke vises.", code="broken-page")
    return coded.tobytes()
