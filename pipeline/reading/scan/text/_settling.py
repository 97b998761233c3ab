"""The words of one value after both readings: the better guess of the two, and how sure it is."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.domain import Box, Word, union
from pipeline.reading.scan.text._agreement import SecondReading, agree, folded
from pipeline.reading.scan.text._choosing import NAMES, chosen, marked

TRUSTED = 0.5
"""A second reading surer than this is the better guess where both differ."""
SPACED = frozenset({"text", "person", "place", "town"})
"""Kinds of value in which a space has meaning."""
UNSPACED = 0.8
"""The most that a value is sure whose words may be parted wrongly."""
MIXED = frozenset({"contact", "text"})
"""Kinds of value that may hold an e-mail address among other words."""
_SPECKS = re.compile(r"[,;:'’`]")
_LONE_DASH = re.compile(r"(?<=\s)[-–](?=\s)")
"""Hyphen or en dash between words: fonts differ so much that only both readers together know."""
_LONE_LETTER = re.compile(r"(?<!\d )(?<!\S)[b-df-hj-np-z](?!\S)")
_DOTLESS = re.compile(r"[bcdfghjkmnpqrstvwxz]ll|lll|(?<=[^\W\d_]{2})[bdgkmnpstv]l(?!\w)")
"""An ``l`` where no word has one: on a fax the dot of an ``i`` is lost to both readers («Grønll», «Kirstl»)."""
_JOINT = re.compile(r"(?<=[a-zæøå]{2})(?<!\bMac)(?=[A-ZÆØÅ])")
"""Where a capital follows small letters a blank was lost to both readers («KariBerg»): a person looks."""
_CAPITAL_WITHIN = re.compile(r"[^\W\d_A-ZÆØÅ](?=[A-ZÆØÅ])")
"""A capital after a small letter: two words between which both readers may have lost the blank («KystlegenAS»)."""
_SAME_SHAPE = frozenset("cosuvwxzø")
"""Small letters that are their capitals made smaller: only their height tells, and some hands make both alike."""
_QUOTATION = frozenset('"“”„«»')
_EDGE_MARKS = ".,;:·'`|"
HAND_AT_MOST = 0.85
"""However well two readers agree on handwriting, a person looks."""


def _broken(text: str) -> bool:
    """Whether a small letter stands alone that is no word: a piece of one («t idlig»); after a number it is a house's."""
    return _LONE_LETTER.search(text) is not None


def _ends_small(words: list[Word]) -> bool:
    """Whether a name ends in a word that may as well begin with a capital («Harald vågen»); no «van» or «von» ends one."""
    return len(words) > 1 and words[0].text[:1].isupper() and words[-1].text[:1] in _SAME_SHAPE


def _quotes(text: str) -> str:
    """The quotation marks of a text, in order: which kind they are only both readers together know."""
    return "".join(char for char in text if char in _QUOTATION)


def _ends_in_speck(run: list[Word]) -> bool:
    """Whether a mark stands alone after the last word: no stop is written apart from its word."""
    return len(run) > 1 and not run[-1].text.strip(_EDGE_MARKS)


def _edged(run: list[Word], other: str, kind: str) -> list[Word]:
    """The words without marks at their outer edges that the other reader doesn't see: dust, or the end of a line."""
    while _ends_in_speck(run) and (kind in SPACED or not other.endswith(" " + run[-1].text)):
        run = run[:-1]
    if kind in NAMES and len(run) > 1 and not run[0].text.strip(_EDGE_MARKS) and other[:1].isalpha():
        run = run[1:]
    first, last = run[0], run[-1]
    bare = first.text.lstrip(_EDGE_MARKS)
    if bare and bare != first.text and not other.startswith(first.text[0]):
        run = [replace(first, text=bare), *run[1:]]
        last = run[-1]
    bare = last.text.rstrip(_EDGE_MARKS)
    if bare and bare != last.text and not other.endswith(last.text[-1]):
        run = [*run[:-1], replace(last, text=bare)]
    return run


def text_of(run: list[Word]) -> str:
    return "".join(("" if word.glued else " ") + word.text for word in run).strip()


def _respaced(run: list[Word], first: str, second: str) -> list[Word]:
    """The first reading's letters, parted as in the second; nothing where they aren't as many."""
    letters = iter("".join(first.split()))
    box = union([word.box for word in run])
    if box is None or len("".join(first.split())) != len("".join(second.split())):
        return []
    text = "".join(" " if char.isspace() else next(letters) for char in second.strip())
    step = (box.x1 - box.x0) / len(text)
    return [
        Word(
            text=found.group(),
            box=Box(box.x0 + found.start() * step, box.top, box.x0 + found.end() * step, box.bottom),
        )
        for found in re.finditer(r"\S+", text)
    ]


def settled(run: list[Word], second: SecondReading, kind: str) -> list[Word]:
    """The words of one run after the second reading; those that a lost blank joined are parted, and never sure."""
    words = _settled(run, second, kind)
    if kind not in SPACED:
        return words
    return [
        replace(word, text=_JOINT.sub(" ", word.text), confidence=min(word.confidence, UNSPACED))
        if _JOINT.search(word.text)
        else word
        for word in words
    ]


def _settled(run: list[Word], second: SecondReading, kind: str) -> list[Word]:
    if kind == "phone":
        run = [replace(word, text=_SPECKS.sub("", word.text) or word.text) for word in run]
    first = text_of(run)
    words = [word for word in run if any(char.isalnum() for char in word.text)]
    sure = agree(first, second, kind, min((word.confidence for word in words), default=1.0))
    alike = first.split() == second.text.split()
    parted = second.parted > 0 and not alike
    if kind in SPACED and not (second.spaced or alike or parted):
        sure = min(sure, UNSPACED)
    if kind in SPACED and _LONE_DASH.findall(first) != _LONE_DASH.findall(second.text):
        sure = min(sure, UNSPACED)
    if kind in SPACED and (_broken(first) or _quotes(first) != _quotes(second.text)):
        sure = min(sure, UNSPACED)
    if kind == "person" and any(len(word.text) == 1 and word.text.islower() for word in words):
        sure = min(sure, UNSPACED)
    if kind == "person" and _ends_small(words):
        sure = min(sure, UNSPACED)
    if kind in SPACED | MIXED and (_DOTLESS.search(first) or _CAPITAL_WITHIN.search(first)):
        sure = min(sure, UNSPACED)
    if kind in SPACED and _ends_in_speck(run) and second.text.endswith(" " + run[-1].text):
        sure = min(sure, UNSPACED)
    if second.hand:
        sure = min(sure, HAND_AT_MOST)
    same = folded(first, kind) == folded(second.text, kind)
    differs = second.text and not same and second.confidence >= TRUSTED and not second.hand
    text = second.text if second.replaces else chosen(first, second.text, kind) if differs else ""
    others = second.text.split()
    if same and not text and len(others) == len(run):
        run = [replace(word, text=marked(word.text, other)) for word, other in zip(run, others, strict=True)]
    if parted and same and not text and kind in SPACED:
        respaced = _respaced(run, first, second.text)
        if respaced:
            return [replace(word, confidence=sure) for word in respaced]
        sure = sure if second.spaced else min(sure, UNSPACED)
    if not text:
        return [replace(word, confidence=sure) for word in _edged(run, second.text, kind)]
    box = union([word.box for word in run])
    texts = text.split() or [text]
    if len(texts) == len(run):
        return [replace(word, text=text, confidence=sure) for word, text in zip(run, texts, strict=True)]
    return [Word(text=" ".join(texts), box=box, confidence=sure)]
