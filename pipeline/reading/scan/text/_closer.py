"""A closer look where two readers differ or are unsure: the recogniser sees the same ink larger, and says again what it reads.

What was noise in its first reading changes, what stands there stays. Where it now surely reads what Tesseract read, two
readers agree after all. Where it stays with its own, it is the better guess, and a person looks; but for Tesseract's one known
mistake: it takes a lone «i» for «å», which its English sister doesn't know and can bear witness to.
"""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from pipeline.reading.scan.text._absent import Absent
from pipeline.reading.scan.text._alphabets import BARE
from pipeline.reading.scan.text._openings import with_house_letter
from pipeline.reading.scan.text._recogniser import Letter, Recogniser, spelled
from pipeline.reading.scan.text._rings import unlike
from pipeline.reading.scan.text._strip import Strip
from pipeline.reading.scan.text._tesseract import Tesseract, tesseract

CLOSE = 1.0
"""Points of white round the ink; half of it at first, so that letters come out a little larger."""
SURE_LETTER = 0.96
MARKED_LEAST, STROKE_LEAST = 0.3, 0.8
"""From here on a letter is sure where the first reader sees it too: one of å, ø, æ, which the recogniser sees through its bias
alone; an l after a small letter, which nothing but an l can be (I and 1 don't stand there)."""
_MARKED = frozenset("åøæÅØÆ")
_BULLETS = frozenset("·•")
MISTAKEN = ("å", "i")
"""What Tesseract's Norwegian data read where the second stands."""


class Closer(NamedTuple):
    """What the recogniser reads at the closer look; ``least`` is the poorest letter's confidence."""

    text: str
    least: float


def closer(strip: Strip, alphabet: str, recogniser: Recogniser) -> Closer:
    """Read a strip once more, larger."""
    reading = recogniser.letters(strip, alphabet, CLOSE)
    text = reading.text.strip()
    if alphabet in BARE:
        return Closer(text, reading.least)
    return Closer(
        with_house_letter(spelled(text), strip),
        0.0 if unlike(strip, reading.letters) else least_of(reading.letters),
    )


def only_mistaken(first: str, second: str, strip: Strip) -> bool:
    """Whether two folded readings differ only where Tesseract takes an i for an å, and its English data see the i."""
    changed = [change for change in Levenshtein.opcodes(first, second) if change.tag != "equal"]
    known = all(
        first[c.src_start : c.src_end] == MISTAKEN[0] and second[c.dest_start : c.dest_end] == MISTAKEN[1]
        for c in changed
    )
    if not changed or not known:
        return False
    english = tesseract("eng")
    if isinstance(english, Absent) or not isinstance(english, Tesseract):
        return False
    seen = "".join(english.read(strip).text.split())
    kept = [same for same in Levenshtein.opcodes(second, seen) if same.tag == "equal"]
    return all(any(k.src_start <= c.dest_start and c.dest_end <= k.src_end for k in kept) for c in changed)


def least_of(letters: tuple[Letter, ...]) -> float:
    """The poorest letter's confidence, provided that another reader sees the same letters; bullets don't count."""
    least, before = 1.0, ""
    for text, _, confidence in letters:
        floor = MARKED_LEAST if text in _MARKED else STROKE_LEAST if text == "l" and before.islower() else 1.0
        before = text
        if text not in _BULLETS and text != " ":
            least = min(least, max(confidence, SURE_LETTER) if confidence >= floor else confidence)
    return least if letters else 0.0
