"""Tesseract with Norwegian data, in process: one line at a time, cut to its ink.

``nor`` has no ``@``, ``_``, ``§`` and no Sámi letters: what it reads there is wrong with a high confidence.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from pipeline.reading.scan._types import ReadLine
from pipeline.reading.scan.text._absent import Absent
from pipeline.reading.scan.text._strip import Strip
from pipeline.reading.scan.text._words import About, placed

if TYPE_CHECKING:
    from pipeline.reading.scan._types import Grey

HEIGHT = 48
"""Pixels: the height a line is given to Tesseract in; it works with 36 itself."""
ABOVE = 0.45
"""White above and below, as a share of a capital's height; less makes the letters, the picture and the time larger."""
BESIDE = 8
_RAW_LINE = 13
_LSTM = 1
_WORDS = 3
_PLACES = (
    "/usr/share/tesseract-ocr",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_MISSING = {
    "nor": "Tesseract mangler norske språkdata. Installer dem (Debian og Ubuntu: apt-get install tesseract-ocr-nor).",
    "eng": "Tesseract mangler engelske språkdata. Installer dem (Debian og Ubuntu: apt-get install tesseract-ocr-eng).",
}
_DASHES = str.maketrans("—", "–")
"""``nor`` knows the long dash alone, which Norwegian doesn't use."""
_LOCAL = threading.local()


class Tesseract:
    """Reads one line at a time. Not to be shared between threads: ask ``tesseract()`` in each."""

    def __init__(self, data: Path, language: str) -> None:
        """Load the language from a folder of Tesseract data (0.1 s)."""
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        import tesserocr

        self.name = f"tesseract-{language}"
        self._api: Any = tesserocr.PyTessBaseAPI(init=False)
        self._api.InitFull(
            path=str(data),
            lang=language,
            oem=_LSTM,
            configs=[],
            variables={"invert_threshold": "0.0", "debug_file": os.devnull},
        )
        self._api.SetPageSegMode(_RAW_LINE)

    def read(self, strip: Strip) -> ReadLine:
        """The words of a strip, none when it sees nothing."""
        picture, factor, left = _prepared(strip)
        high, wide = picture.shape
        self._api.SetImageBytes(picture.tobytes(), wide, high, 1, wide)
        self._api.Recognize()
        words = list(self._words(factor, left))
        for number, after in enumerate(words[1:]):
            words[number] = words[number]._replace(end=min(words[number].end, after.start))
        return placed(strip, words)

    def _words(self, factor: float, left: int) -> Iterator[About]:
        """Where words begin is right; a raw line's words may seem to end far too late."""
        words = self._api.GetIterator()
        while words is not None:
            if not words.Empty(_WORDS):
                text = words.GetUTF8Text(_WORDS).strip().translate(_DASHES)
                x0, _, x1, _ = words.BoundingBox(_WORDS)
                if text:
                    confidence = max(0.0, min(1.0, words.Confidence(_WORDS) / 100))
                    yield About(text, (x0 - left) / factor, (x1 - left) / factor, confidence)
            if not words.Next(_WORDS):
                return

    def close(self) -> None:
        """Give its memory back."""
        self._api.End()


def _prepared(strip: Strip) -> tuple[Grey, float, int]:
    """The picture as Tesseract likes it, how much larger it was made, and where the strip begins in it."""
    high, wide = strip.grey.shape
    margin = ABOVE * strip.capital
    factor = HEIGHT / (high + 2 * margin)
    above = round(margin * factor)
    size = (max(1, round(wide * factor)), max(1, HEIGHT - 2 * above))
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    small = cv2.resize(strip.grey, size, interpolation=how)
    edged = cv2.copyMakeBorder(
        small, above, above, BESIDE, BESIDE, cv2.BORDER_CONSTANT, value=float(strip.grey.max())
    )
    picture: Grey = np.asarray(edged, dtype=np.uint8)
    return picture, factor, BESIDE


@lru_cache(maxsize=1)
def _folders() -> tuple[Path, ...]:
    named = os.environ.get("TESSDATA_PREFIX")
    roots = ([Path(named), Path(named) / "tessdata"] if named else []) + [Path(place) for place in _PLACES]
    found: list[Path] = []
    for root in roots:
        if root.is_dir():
            found += [root, *sorted(root.glob("*/tessdata"), reverse=True)]
    return tuple(found)


def data_for(language: str) -> Path | None:
    """The folder that holds a language's data, None where there is none."""
    return next((folder for folder in _folders() if (folder / f"{language}.traineddata").is_file()), None)


def tesseract(language: str = "nor") -> Tesseract | Absent:
    """This thread's reader for a language, made when first asked for; ``Absent`` says how to get it."""
    made: dict[str, Tesseract | Absent] = _LOCAL.__dict__.setdefault("made", {})
    if language not in made:
        made[language] = _made(language)
    return made[language]


def _made(language: str) -> Tesseract | Absent:
    data = data_for(language)
    if data is None:
        return Absent(name="tesseract", text=_MISSING[language])
    try:
        return Tesseract(data, language)
    except (ImportError, OSError, RuntimeError):
        text = "Tesseract kan ikke startes. Installer Python-pakken tesserocr på nytt, og språkdata fra tesseract-ocr-nor."
        return Absent(name="tesseract", text=text)
