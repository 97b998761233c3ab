"""The second reading: a found value's words once more, by the reader that did not give them.

Nothing here looks at the first reading's text before the second has been made.
"""

from __future__ import annotations

import pickle
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.domain import Box
from pipeline.reading._scan_absent import Absent
from pipeline.reading._scan_alphabets import BARE
from pipeline.reading._scan_page import SheetReading
from pipeline.reading._scan_readers import Readers
from pipeline.reading._scan_recogniser import Letter, Recogniser, spelled
from pipeline.reading._scan_rings import unlike
from pipeline.reading._scan_sign_areas import Looked, looked
from pipeline.reading._scan_strip import Strip, part_of
from pipeline.reading._scan_tesseract import Tesseract, tesseract
from pipeline.reading._scan_text import Lined
from pipeline.reading._scan_types import ReadWord
from pipeline.reading._scan_words import spaced

KINDS = {
    "text": "text",
    "person": "person",
    "place": "place",
    "date": "date",
    "birth-date": "date",
    "due-date": "date",
    "phone": "phone",
    "email": "email",
    "address": "address",
    "contact": "text",
    "digits": "digits",
}
"""Kind of value → alphabet of the second reading."""
OPEN_SHEETS = 12
"""Sheets whose lines are kept unpacked."""
UNLIKE = 0.4
"""The most that a reading is sure whose letters are higher or lower than they look."""
ALONE = 0.5
"""A value that no second reader has seen."""
APART = 0.35
"""A value that two readers read differently."""
FIRST_LEAST = 0.6
"""Where the first reader was less sure of a word, agreement is chance: on a faint page both err alike."""
FAINT = 0.88
"""The most that a value is sure whose first reading was so poor."""
SURE_LETTER = 0.96
PRINTED_LEAST = 0.6
"""A word that Tesseract read so well, and that doesn't look written, is print where somebody may have signed."""
MARKED_LEAST, STROKE_LEAST = 0.3, 0.8
"""From here on a letter is sure where the first reader sees it too: one of å, ø, æ, which the recogniser sees through its bias
alone; an l after a small letter, which nothing but an l can be (I and 1 don't stand there)."""
_MARKED = frozenset("åøæÅØÆ")
_BULLETS = frozenset("·•")
_EYE = re.compile(r"I(?![A-Z])")
"""A capital I among small letters of an address is as likely an l."""
STEPS = ((0.98, 0.999), (0.95, 0.995), (0.80, 0.88), (0.5, 0.75), (0.0, 0.6))
"""Where both agree: the least sure letter of the second reading → how sure the value is taken to be. Not calibrated yet."""
_DASHES = str.maketrans(
    {"—": "-", "–": "-", "‐": "-", "−": "-", "’": "'", "‘": "'", "´": "'", "`": "'", "″": '"'}
)
_QUOTES = str.maketrans({"“": '"', "”": '"', "«": '"', "»": '"', "„": '"'})
_ADDRESSES = frozenset({"email", "address"})
_SIGNS = re.compile(r"[^\w@+]")


@dataclass(frozen=True, kw_only=True, slots=True)
class SecondReading:
    """What another reader sees in a value's place; lines parted by ``\\n``. ``text`` is empty when there is none.

    ``replaces``: the first reader can't read this kind of value at all; ``text`` is the value, and ``witness``
    (empty: none) is an independent reading of it.
    """

    text: str
    confidence: float
    reader: str
    replaces: bool = False
    witness: str = ""
    spaced: bool = True
    """Its words part where its letters do."""
    hand: bool = False
    """A hand wrote it."""


class Regions:
    """Reads found values again on the sheets they were found on. Belongs to the thread that made it."""

    def __init__(self, readers: Readers) -> None:
        """Begin without sheets."""
        self._lined: dict[int, tuple[Lined, ...]] = {}
        self._looked: dict[int, Looked] = {}
        self._sheets: dict[int, bytes] = {}
        self._packed: dict[int, bytes] = {}
        self._readers = readers

    def keep(self, reading: SheetReading) -> None:
        """Keep the pictures of a sheet's lines; those of all but the last sheets are packed, so that a thick stack fits."""
        self._lined[reading.sheet.number] = reading.lined
        self._looked[reading.sheet.number] = looked(reading.sheet, reading.drawn)
        while len(self._lined) > OPEN_SHEETS:
            number = next(iter(self._lined))
            self._packed[number] = zlib.compress(pickle.dumps(self._lined.pop(number)), level=1)
            self._sheets[number] = zlib.compress(pickle.dumps(self._looked.pop(number)), level=1)

    def look(self, number: int) -> Looked | None:
        """The picture of a sheet, to judge signatures on."""
        if number in self._sheets:
            packed: Looked = pickle.loads(zlib.decompress(self._sheets[number]))  # noqa: S301 - our own, of this run
            return packed
        return self._looked.get(number)

    def words(self, boxes: Sequence[Box], number: int) -> list[Box]:
        """Every word that stands in one of some boxes."""
        words = [word for each in self._lines(number) for word in each.line.words]
        return [word.box for word in words if any(_holds(box, word) for box in boxes)]

    def printed(self, number: int) -> list[ReadWord]:
        """The words of a sheet that look printed and were read."""
        return [
            word
            for each in self._lines(number)
            if not each.hand
            for word in each.line.words
            if word.confidence >= PRINTED_LEAST
        ]

    def _lines(self, number: int) -> tuple[Lined, ...]:
        if number in self._packed:
            lined: tuple[Lined, ...] = pickle.loads(zlib.decompress(self._packed[number]))  # noqa: S301 - our own, of this run
            return lined
        return self._lined.get(number, ())

    def second(self, page_number: int, box: Box, kind: str) -> SecondReading:
        """Read the words of a value again. ``box`` in points of the sheet, ``kind`` one of ``KINDS`` or any other text."""
        parts = list(_parts(self._lines(page_number), box))
        if not parts:
            return SecondReading(text="", confidence=0.0, reader="")
        alphabet = KINDS.get(kind, "text")
        if kind in _ADDRESSES:
            return self._address(parts, alphabet)
        lines: list[str] = []
        sure: list[float] = []
        names: set[str] = set()
        for lined, strip in parts:
            text, confidence, name = self._other(lined, strip, alphabet)
            lines.append(text)
            sure.append(confidence)
            names.add(name)
        if not all(lines):
            return SecondReading(text="", confidence=0.0, reader="")
        return SecondReading(
            text="\n".join(lines),
            confidence=min(sure),
            reader="+".join(sorted(names)),
            spaced=all(spaced(strip, _inside(lined, box)) for lined, strip in parts),
            hand=any(lined.hand for lined, _ in parts),
        )

    def _other(self, lined: Lined, strip: Strip, alphabet: str) -> tuple[str, float, str]:
        ours, theirs = self._readers.recogniser, self._readers.tesseract
        if isinstance(ours, Recogniser) and lined.by != ours.name:
            reading = ours.letters(strip, alphabet)
            doubted = alphabet not in BARE and not lined.hand and unlike(strip, reading.letters)
            least = _least(reading.letters) if alphabet not in BARE else reading.least
            sure = min(least, UNLIKE) if doubted else least
            text = reading.text.strip()
            return text if alphabet in BARE else spelled(text), sure, ours.name
        if isinstance(theirs, Tesseract) and lined.by != theirs.name:
            line = theirs.read(strip)
            return line.text, min((word.confidence for word in line.words), default=0.0), theirs.name
        return "", 0.0, ""

    def _address(self, parts: list[tuple[Lined, Strip]], alphabet: str) -> SecondReading:
        """An e-mail address: ``nor`` has no ``@``, so the recogniser reads it and English Tesseract bears witness."""
        reader = self._readers.recogniser
        if isinstance(reader, Absent):
            return SecondReading(text="", confidence=0.0, reader="")
        seen = [reader.letters(strip, alphabet) for _, strip in parts]
        english = tesseract("eng")
        witness = ""
        if isinstance(english, Tesseract):
            witness = "".join(english.read(strip).text for _, strip in parts)
        text = "".join(reading.text for reading in seen).replace(" ", "")
        least = min(reading.least for reading in seen)
        return SecondReading(
            text=text,
            confidence=min(least, UNLIKE) if _EYE.search(text) else least,
            reader=reader.name,
            replaces=True,
            witness=witness.replace(" ", ""),
        )


def _least(letters: tuple[Letter, ...]) -> float:
    """The poorest letter's confidence, provided that another reader sees the same letters; bullets don't count."""
    least, before = 1.0, ""
    for text, _, confidence in letters:
        floor = MARKED_LEAST if text in _MARKED else STROKE_LEAST if text == "l" and before.islower() else 1.0
        before = text
        if text not in _BULLETS and text != " ":
            least = min(least, max(confidence, SURE_LETTER) if confidence >= floor else confidence)
    return least if letters else 0.0


def _parts(lined: tuple[Lined, ...], box: Box) -> Iterable[tuple[Lined, Strip]]:
    """For each segment with words whose middle lies in the box: the part of it that these words take."""
    for each in lined:
        inside = _inside(each, box)
        if not inside:
            continue
        x0, x1 = min(word.box.x0 for word in inside), max(word.box.x1 for word in inside)
        strip = each.strip if len(inside) == len(each.line.words) else part_of(each.strip, x0, x1)
        if strip is not None:
            yield each, strip


def _inside(lined: Lined, box: Box) -> list[ReadWord]:
    return [word for word in lined.line.words if _holds(box, word)]


def _holds(box: Box, word: ReadWord) -> bool:
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    return box.x0 - 1 <= x <= box.x1 + 1 and box.top - 1 <= y <= box.bottom + 1


def folded(text: str, kind: str) -> str:
    """What is compared of two readings: no white space, one kind of dash and quote; case and rings as they are."""
    plain = "".join(text.split()).translate(_DASHES).translate(_QUOTES)
    if kind in {"phone", "digits"}:
        return _SIGNS.sub("", plain)
    plain = plain.strip(".,;:")
    return plain.casefold() if kind in _ADDRESSES else plain


def agree(first: str, second: SecondReading, kind: str, sure: float = 1.0) -> float:
    """How sure a value is, from 0 to 1, now that two readers have seen it (by ``STEPS``, not calibrated yet).

    ``sure``: the first reader's confidence in its poorest word.
    """
    text = second.witness if second.replaces else second.text
    known = second.text if second.replaces else first
    if not text or not known:
        return ALONE if known else 0.0
    if not _same(folded(known, kind), folded(text, kind), kind):
        return APART
    share = next(share for floor, share in STEPS if second.confidence >= floor)
    return share if second.replaces or sure >= FIRST_LEAST else min(share, FAINT)


def _same(known: str, seen: str, kind: str) -> bool:
    """Equal; a date may stand in one place with other words («Brekstad, 3.11.2014»)."""
    if known == seen or kind != "date" or len(known) < 6:
        return known == seen
    return re.search(rf"(?<![\d./-]){re.escape(known)}(?![\d./-]*\d)", seen) is not None
