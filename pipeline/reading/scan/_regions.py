"""The second reading: a found value's words once more, by the reader that did not give them.

Nothing here looks at the first reading's text before the second has been made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipeline.domain import Box
from pipeline.reading.layout._ink import struck
from pipeline.reading.layout._shapes import Rule
from pipeline.reading.layout._tokens import Token
from pipeline.reading.scan._kept import Kept
from pipeline.reading.scan._page import SheetReading
from pipeline.reading.scan._types import ReadWord
from pipeline.reading.scan._unread import HEIGHT, MELTED, Unaccounted
from pipeline.reading.scan.marks._sign_areas import Looked, looked
from pipeline.reading.scan.text._absent import Absent
from pipeline.reading.scan.text._agreement import ADDRESSES, AGAIN, APART, FAINT, SecondReading, folded
from pipeline.reading.scan.text._alphabets import BARE
from pipeline.reading.scan.text._closer import closer, least_of, only_mistaken
from pipeline.reading.scan.text._figures import figured, looks_figured, shaped
from pipeline.reading.scan.text._openings import with_house_letter
from pipeline.reading.scan.text._readers import Readers
from pipeline.reading.scan.text._recogniser import Recogniser, spelled
from pipeline.reading.scan.text._rings import unlike
from pipeline.reading.scan.text._strip import Strip, part_of
from pipeline.reading.scan.text._tesseract import Tesseract, tesseract
from pipeline.reading.scan.text._text import Lined
from pipeline.reading.scan.text._words import parting, spaced

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
UNLIKE = 0.4
"""The most that a reading is sure whose letters are higher or lower than they look."""
BETTER = 0.5
"""A second reading that stays the same at a closer look is the better guess."""
PRINTED_LEAST = 0.6
"""A word that Tesseract read so well, and that doesn't look written, is print where somebody may have signed."""
_EYE = re.compile(r"I(?![A-Z])")
"""A capital I among small letters of an address is as likely an l."""
_SIGN = re.compile(r"[\w.+-]{2,}[&€£©][a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}")
"""An address whose @ was taken for another sign, which no address holds."""
_AFTER_FIGURE = re.compile(r"(?<=\d)l(?=@|\d)")
"""An l between a figure and the @, or between figures, is the likelier 1."""
_STROKE = re.compile(r"l(?=@|\d)|(?<=\d)l")
"""An l before the @ or beside a figure is as likely a 1: both readers have taken «helge1» for «helgel»."""


class Regions:
    """Reads found values again on the sheets they were found on. Belongs to the thread that made it."""

    def __init__(self, readers: Readers) -> None:
        """Begin without sheets."""
        self._kept: Kept[tuple[tuple[Lined, ...], Looked]] = Kept()
        self._readers = readers

    def keep(self, reading: SheetReading) -> None:
        """Keep the pictures of a sheet's lines, and the sheet to judge signatures on."""
        self._kept.put(reading.sheet.number, (reading.lined, looked(reading.sheet, reading.drawn)))

    def look(self, number: int) -> Looked | None:
        """The picture of a sheet, to judge signatures on."""
        kept = self._kept.get(number)
        return kept[1] if kept else None

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

    def unaccounted(
        self, number: int, pieces: Sequence[Box], crosses: Sequence[Box] = ()
    ) -> Unaccounted | None:
        """The ink of a sheet that none of its words and crosses accounts for; ``pieces``: where the words stand that are still on its page.

        Words with a line through that isn't surely theirs don't account for theirs, nor do those that melted with others.
        """
        seen = self.look(number)
        if seen is None:
            return None
        lines = self._lines(number)
        heights = sorted(each.segment.height for each in lines if each.segment.height)
        high = heights[len(heights) // 2] if heights else HEIGHT
        level = sorted(rule for rule in seen.rules if rule.across)
        kept = np.array(pieces, dtype=np.float64).reshape(-1, 4)
        words = [
            word
            for each in lines
            for word in each.line.words
            if word.box.bottom - word.box.top < MELTED
            and _held(kept, word)
            and (word.box in each.struck or not _struck(each, word, level))
        ]
        return Unaccounted(seen, words, high, crosses)

    def _lines(self, number: int) -> tuple[Lined, ...]:
        kept = self._kept.get(number)
        return kept[0] if kept else ()

    def second(self, page_number: int, box: Box, kind: str) -> SecondReading:
        """Read the words of a value again. ``box`` in points of the sheet, ``kind`` one of ``KINDS`` or any other text."""
        parts = list(_parts(self._lines(page_number), box))
        if not parts:
            return SecondReading(text="", confidence=0.0, reader="")
        alphabet = KINDS.get(kind, "text")
        if kind in ADDRESSES:
            return replace(self._address(parts, alphabet), hand=_by_hand(parts, box))
        lines: list[str] = []
        sure: list[float] = []
        names: set[str] = set()
        parted = 0.0
        for lined, strip in parts:
            other = self._other(lined, strip, alphabet)
            lines.append(other.text)
            sure.append(other.confidence)
            names.add(other.reader)
            parted = other.parted
        if not all(lines):
            return SecondReading(text="", confidence=0.0, reader="")
        clearly = min(spaced(strip, _inside(lined, box)) for lined, strip in parts)
        return SecondReading(
            text="\n".join(lines),
            confidence=min(sure),
            reader="+".join(sorted(names)),
            spaced=clearly > 0,
            parted=parted if len(parts) == 1 and parted > clearly else 0.0,
            hand=_by_hand(parts, box),
        )

    def closer(
        self, page_number: int, box: Box, kind: str, first: str, second: SecondReading
    ) -> SecondReading:
        """Look closer where the second reading is not the first, or is unsure of it.

        Only at print on one line, which the recogniser read second. What it reads as the first reader did only now, or was
        hardly sure of before, is likely and goes to a person.
        """
        parts = list(_parts(self._lines(page_number), box))
        ours = self._readers.recogniser
        if len(parts) != 1 or not isinstance(ours, Recogniser) or second.reader != ours.name or second.hand:
            return second
        strip = parts[0][1]
        seen = closer(strip, KINDS.get(kind, "text"), ours)
        again = folded(seen.text, kind)
        if again == folded(first, kind):
            same = again == folded(second.text, kind)
            if seen.least >= AGAIN:
                sure = AGAIN if same and second.confidence >= BETTER else FAINT
                return replace(second, text=seen.text, confidence=sure, again=True)
            if same:
                return second
            return replace(second, text=seen.text, confidence=APART, again=True)
        if again != folded(second.text, kind):
            return second
        if min(seen.least, second.confidence) >= AGAIN and only_mistaken(
            folded(first, kind), folded(second.text, kind), strip
        ):
            return replace(second, replaces=True, witness=second.text, confidence=AGAIN, again=True)
        return replace(second, confidence=max(second.confidence, BETTER))

    def figured(self, page_number: int, box: Box, kind: str, texts: Sequence[str]) -> str:
        """The likeliest date or telephone where a hand wrote figures, or where no reader saw one; empty where there is none.

        ``texts``: what the readers saw.
        """
        parts = list(_parts(self._lines(page_number), box))
        ours = self._readers.recogniser
        if len(parts) != 1 or isinstance(ours, Absent):
            return ""
        lined, strip = parts[0]
        written = lined.hand or lined.by == ours.name
        if not any(map(looks_figured, texts)) or not (
            written or not any(shaped(text, kind) for text in texts)
        ):
            return ""
        return figured(strip, kind, ours)

    def _other(self, lined: Lined, strip: Strip, alphabet: str) -> SecondReading:
        ours, theirs = self._readers.recogniser, self._readers.tesseract
        if isinstance(ours, Recogniser) and lined.by != ours.name:
            reading = ours.letters(strip, alphabet)
            doubted = alphabet not in BARE and not lined.hand and unlike(strip, reading.letters)
            least = least_of(reading.letters) if alphabet not in BARE else reading.least
            sure = min(least, UNLIKE) if doubted else least
            text = reading.text.strip()
            text = text if alphabet in BARE else with_house_letter(spelled(text), strip)
            spaces = [letter.at for letter in reading.letters if letter.text == " "]
            parted = parting(strip, spaces) if " " in text else 0.0
            return SecondReading(text=text, confidence=sure, reader=ours.name, parted=parted)
        if isinstance(theirs, Tesseract) and lined.by != theirs.name:
            line = theirs.read(strip)
            least = min((word.confidence for word in line.words), default=0.0)
            return SecondReading(text=line.text, confidence=least, reader=theirs.name)
        return SecondReading(text="", confidence=0.0, reader="")

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
        if _SIGN.fullmatch(text):
            text, least = re.sub("[&€£©]", "@", text), min(least, UNLIKE)
        local, at, domain = text.partition("@")
        doubted = _EYE.search(text) or _STROKE.search(local + at)
        text = _AFTER_FIGURE.sub("1", local + at) + domain
        local = text.partition("@")[0]
        if _EYE.search(local) and not any(char.isupper() for char in local.replace("I", "")):
            text = local.replace("I", "l") + at + domain
        return SecondReading(
            text=text,
            confidence=min(least, UNLIKE) if doubted else least,
            reader=reader.name,
            replaces=True,
            witness=witness.replace(" ", ""),
        )


def _by_hand(parts: list[tuple[Lined, Strip]], box: Box) -> bool:
    return any(lined.hand or _doubted(lined, box) for lined, _ in parts)


def _parts(lined: tuple[Lined, ...], box: Box) -> Iterable[tuple[Lined, Strip]]:
    """For each segment with words whose middle lies in the box: the part of it that these words take."""
    for each in lined:
        inside = _inside(each, box)
        if not inside:
            continue
        # A reader's first and last word may begin or end within their letters: the line's own ends are theirs.
        x0 = each.strip.box.x0 if inside[0] is each.line.words[0] else min(word.box.x0 for word in inside)
        x1 = each.strip.box.x1 if inside[-1] is each.line.words[-1] else max(word.box.x1 for word in inside)
        strip = each.strip if len(inside) == len(each.line.words) else part_of(each.strip, x0, x1)
        if strip is not None:
            yield each, strip


def _doubted(lined: Lined, box: Box) -> bool:
    return any(word.box in lined.doubted for word in _inside(lined, box))


def _struck(lined: Lined, word: ReadWord, level: list[Rule]) -> bool:
    """Whether one of some level lines, sorted, strikes a word out."""
    rules = lined.through(level)
    return struck(Token(word.text, word.box), rules, [rule.at for rule in rules], [])


def _inside(lined: Lined, box: Box) -> list[ReadWord]:
    return [word for word in lined.line.words if _holds(box, word)]


def _holds(box: Box, word: ReadWord) -> bool:
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    return box.x0 - 1 <= x <= box.x1 + 1 and box.top - 1 <= y <= box.bottom + 1


def _held(boxes: NDArray[np.float64], word: ReadWord) -> bool:
    """Whether one of many boxes holds a word; a row each of left, top, right, bottom."""
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    x0, top, x1, bottom = boxes.T
    across = (x0 - 1 <= x) & (x <= x1 + 1)
    return bool((across & (top - 1 <= y) & (y <= bottom + 1)).any())
