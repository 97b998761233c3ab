"""PP-OCRv6's small recogniser through onnxruntime: one line at a time, with the alphabet of the field.

It knows æ, ø and å but prefers a and o: where its best character is a look-alike, the Norwegian letter is given ``BIAS``.
"""

from __future__ import annotations

import importlib.util
import os
import re
import threading
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

from pipeline.reading.scan._types import ReadLine
from pipeline.reading.scan.text._absent import Absent
from pipeline.reading.scan.text._alphabets import ALPHABETS, BARE, LOOKALIKES, SHADOWS
from pipeline.reading.scan.text._strip import Strip
from pipeline.reading.scan.text._words import About, blanks, placed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.reading.scan._types import Grey

    Floats = NDArray[np.float32]

BIAS = 5.0
"""Nats added to å, ø, æ on frames whose best character looks like them."""
HEIGHT = 48
MARGIN = 1.92
"""Points of white on each side (8 pixels at 300 dpi)."""
FRAME = 8
"""Pixels of the picture to one frame of the answer."""
SPACE = 0.36
"""A blank wider than this share of a capital's height may be a space; the recogniser drops many."""
WIDEST = 3_200
KEPT = 40
"""Pictures whose answers are kept; a page has fewer that are asked about twice."""
_BLANK = 0
_LEAST = 1e-6
_FAINTEST = 1e-30
SHADOWED = 0.5
"""No letter is surer that may be a Sámi one."""
_ONE = re.compile(r"(?<=[^\W\d_])1(?=[a-zæøå])")
_ONES = re.compile(r"(?<=[a-zæøå])11(?!\w)")
_NOUGHT = re.compile(r"(?<=[a-zæøå])0(?=[a-zæøå])")
_BIG_NOUGHT = re.compile(r"\b0(?=[a-zæøå]{2})")
_LOCAL = threading.local()


class Letter(NamedTuple):
    """One character, the pixel column of the strip where it stands, and its probability."""

    text: str
    at: float
    confidence: float


class Reading(NamedTuple):
    """A line as the recogniser sees it. ``confidence``: geometric mean of its characters; ``least``: the poorest."""

    letters: tuple[Letter, ...]
    confidence: float
    least: float

    @property
    def text(self) -> str:
        """All characters, spaces too."""
        return "".join(letter.text for letter in self.letters)


class Recogniser:
    """Reads one line at a time. Use one in each thread: ask ``recogniser()``."""

    name = "pp-ocr"

    def __init__(self, model: Path) -> None:
        """Load the model (0.2 s, 21 MB)."""
        # From 1.29 the wheel keeps an identity of the machine and reports to its maker, unless this was set before it starts.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False
        state = onnxruntime.capi.onnxruntime_pybind11_state
        try:
            self._session: Any = onnxruntime.InferenceSession(
                str(model), options, providers=["CPUExecutionProvider"]
            )
        except (state.Fail, state.InvalidProtobuf, state.InvalidGraph, state.NoSuchFile) as error:
            raise OSError("the recogniser's model can't be loaded") from error
        self._input = self._session.get_inputs()[0].name
        known = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        codes = {char: code for code, char in enumerate(known, 1)} | {" ": len(known) + 1}
        wanted = dict.fromkeys("".join(ALPHABETS.values()) + " ")
        self._columns = np.array([_BLANK, *(codes[char] for char in wanted if char in codes)], dtype=np.intp)
        self._codes = {char: at for at, char in enumerate((c for c in wanted if c in codes), 1)}
        self._alphabets: dict[str, tuple[list[str], NDArray[np.intp], Leaning]] = {}
        self._seen: dict[bytes, Floats] = {}

    def letters(self, strip: Strip, kind: str = "any", white: float = MARGIN) -> Reading:
        """A strip's characters out of those that the kind of value may hold; ``white`` points are put round it."""
        picture, factor, margin = _prepared(strip, white)
        answer = self._answer(picture)
        chars, codes, leaning = self._alphabet(kind)
        logits = np.log(np.maximum(answer[:, codes], _LEAST))
        if kind not in BARE:
            leaning.lean(logits)
            self._shade(logits, answer, chars)
        return _decoded(logits, chars, picture.shape[1] / answer.shape[0], factor, margin)

    def frames(self, strip: Strip, chars: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """How likely (log) each frame is a blank (column 0) or one of some characters, and the strip's column it stands at."""
        picture, factor, margin = _prepared(strip, MARGIN)
        answer = self._answer(picture)
        shares = answer[:, [_BLANK, *(self._codes[char] for char in chars)]].astype(np.float64)
        stride = picture.shape[1] / answer.shape[0]
        return np.log(np.maximum(shares, _LEAST)), ((np.arange(len(answer)) + 0.5) * stride - margin) / factor

    def read(self, strip: Strip, kind: str = "any") -> ReadLine:
        """A strip's words; spaces that the recogniser dropped are put in where wide blanks are."""
        reading = self.letters(strip, kind)
        return placed(strip, [_spelled(word) for word in _words(strip, reading.letters)])

    def _answer(self, picture: Grey) -> Floats:
        """How likely each frame is a blank or one of the characters of any alphabet, a column each.

        The last pictures' answers are kept: an address is read when Tesseract fails at it, and again for its alphabet.
        """
        key = picture.tobytes()
        answer = self._seen.get(key)
        if answer is None:
            one = picture.astype(np.float32) / 127.5 - 1.0
            whole = np.ascontiguousarray(np.broadcast_to(one, (1, 3, *picture.shape)))
            shares: Floats = self._session.run(None, {self._input: whole})[0][0]
            answer = self._seen[key] = shares[:, self._columns]
            if len(self._seen) > KEPT:
                del self._seen[next(iter(self._seen))]
        return answer

    def _shade(self, logits: Floats, answer: Floats, chars: list[str]) -> None:
        """Cap, in place, letters under which a Sámi one shows through."""
        most = float(np.log(SHADOWED))
        before, shaded = _BLANK, False
        for frame, code in enumerate(logits.argmax(axis=1).tolist()):
            if code != before:
                shaded = any(
                    np.log(max(float(answer[frame, self._codes[other]]), _FAINTEST)) > floor
                    for other, floor in SHADOWS.get(chars[code], ())
                )
            if shaded:
                logits[frame] = np.minimum(logits[frame], most - 1)
                logits[frame, code] = most
            before = code

    def _alphabet(self, kind: str) -> tuple[list[str], NDArray[np.intp], Leaning]:
        made = self._alphabets.get(kind)
        if made is None:
            chars = [char for char in dict.fromkeys(ALPHABETS[kind] + " ") if char in self._codes]
            codes = np.array([_BLANK, *(self._codes[char] for char in chars)], dtype=np.intp)
            made = self._alphabets[kind] = (["", *chars], codes, Leaning(["", *chars]))
        return made


class Leaning:
    """The bias of one alphabet towards Norwegian letters."""

    def __init__(self, chars: list[str]) -> None:
        """Note for each character which letters it looks like."""
        places = {char: number for number, char in enumerate(chars)}
        letters = [letter for letter in LOOKALIKES if letter in places]
        self._letters = np.array([places[letter] for letter in letters], dtype=np.intp)
        self._added = np.zeros((len(chars), len(letters)), dtype=np.float32)
        for number, letter in enumerate(letters):
            alike = [places[other] for other in LOOKALIKES[letter] if other in places]
            self._added[alike, number] = BIAS

    def lean(self, logits: Floats) -> None:
        """Add ``BIAS``, in place, on frames whose best character is a look-alike."""
        logits[:, self._letters] += self._added[logits.argmax(axis=1)]


def _decoded(logits: Floats, chars: list[str], stride: float, factor: float, margin: float) -> Reading:
    """The best character of each frame, repeats and blanks left out."""
    best = logits.argmax(axis=1)
    sure = np.minimum(np.exp(logits[np.arange(len(best)), best]), 1.0)
    letters: list[Letter] = []
    before = _BLANK
    for frame, code in enumerate(best.tolist()):
        if code != _BLANK:
            at = ((frame + 0.5) * stride - margin) / factor
            if code == before:
                last = letters[-1]
                letters[-1] = last._replace(confidence=max(last.confidence, float(sure[frame])))
            else:
                letters.append(Letter(chars[code], at, float(sure[frame])))
        before = code
    while letters and letters[-1].text == " ":
        letters.pop()
    seen = [letter.confidence for letter in letters if letter.text != " "]
    if not seen:
        return Reading((), 0.0, 0.0)
    mean = float(np.exp(np.mean(np.log(np.maximum(seen, _LEAST)))))
    return Reading(tuple(letters), mean, min(seen))


def _words(strip: Strip, letters: tuple[Letter, ...]) -> list[About]:
    """Characters to words: parted at spaces, and at blanks as wide as a space."""
    wide = [(a + b) / 2 for a, b in blanks(strip) if b - a > SPACE * strip.capital]
    step = _step(letters)
    groups: list[list[Letter]] = [[]]
    for letter in letters:
        last = groups[-1][-1] if groups[-1] else None
        if letter.text == " " or (last and any(last.at < at < letter.at for at in wide)):
            groups.append([])
        if letter.text != " ":
            groups[-1].append(letter)
    return [
        About(
            "".join(letter.text for letter in group),
            group[0].at - step / 2,
            group[-1].at + step / 2,
            float(np.exp(np.mean([np.log(max(letter.confidence, _LEAST)) for letter in group]))),
        )
        for group in groups
        if group
    ]


def spelled(text: str) -> str:
    """A text in which a figure between letters is the letter that looks like it («T1f», «0slo»)."""
    return _ONE.sub("l", _ONES.sub("ll", _NOUGHT.sub("o", _BIG_NOUGHT.sub("O", text))))


def _spelled(word: About) -> About:
    """A word spelled with letters; it is doubtful."""
    text = spelled(word.text)
    return word if text == word.text else word._replace(text=text, confidence=min(word.confidence, SHADOWED))


def _step(letters: tuple[Letter, ...]) -> float:
    steps = sorted(b.at - a.at for a, b in pairwise(letters))
    return steps[len(steps) // 2] if steps else 8.0


def _prepared(strip: Strip, white: float) -> tuple[Grey, float, float]:
    """The picture as the model takes it, how much larger it was made, and the white before the strip."""
    margin = round(white * strip.scale)
    grey = cv2.copyMakeBorder(
        strip.grey, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=float(strip.grey.max())
    )
    high, wide = grey.shape
    factor = HEIGHT / high
    width = min(max(FRAME * 2, -(-round(wide * factor) // FRAME) * FRAME), WIDEST)
    small = cv2.resize(grey, (width, HEIGHT), interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC)
    return np.asarray(small, dtype=np.uint8), width / wide, margin * width / wide


@lru_cache(maxsize=1)
def model_path() -> Path | None:
    """The recogniser's model inside the ``rapidocr`` package, found without loading the package."""
    spec = importlib.util.find_spec("rapidocr")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "models" / "PP-OCRv6_rec_small.onnx"
    return path if path.is_file() else None


def recogniser() -> Recogniser | Absent:
    """This thread's recogniser, made when first asked for; ``Absent`` says how to get it."""
    made: Recogniser | Absent | None = getattr(_LOCAL, "made", None)
    if made is None:
        made = _LOCAL.made = _made()
    return made


def _made() -> Recogniser | Absent:
    text = "Tegnleseren PP-OCR mangler. Installer Python-pakkene rapidocr (3.10 eller nyere) og onnxruntime på nytt."
    path = model_path()
    if path is None:
        return Absent(name="pp-ocr", text=text)
    try:
        return Recogniser(path)
    except (ImportError, OSError, RuntimeError, KeyError):
        return Absent(name="pp-ocr", text=text)
