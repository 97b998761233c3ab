"""Words that a narrow cell broke in the middle: «per.aas@post.exampl» over «e» is one word."""

from __future__ import annotations

import re

from pipeline.domain import Box, union
from pipeline.extraction._atoms import Atom, AtomKind, keyed
from pipeline.extraction._sheet import Pane, Sheet, Strip, renumber

_TIGHT = 1.4
"""Widths of a letter (a wide one has more); with less room than that, a word was broken where it stood."""

_CLOSE = 0.9
"""Heights of a line by which the next line of the same text may stand below it."""

_APART = frozenset({"og", "eller", "samt"})
"""Words before which a hyphen is not joined: «barne- og ungdomspsykiatri»."""


_BESIDE = frozenset({"tlf", "tel", "telefon", "mob", "mobil", "eller", "epost", "mail"})
"""Words that stand after an e-mail address, not in it."""

_AT = "@&€£"
"""In an address, and what a scan takes its sign for: with it a word is another address."""
_DOMAIN = re.compile(r"[^@\s]+@[^@\s]*\w\.\w+$")
"""An address whose end may stand on the next line, after the dot that begins it."""

_WHOLE = re.compile(r"\.(no|com|net|org|eu|nu|info)$", re.IGNORECASE)
"""How a whole address ends."""


def mend_breaks(sheet: Sheet) -> None:
    """Join words over the ends of lines in cells whose edges are known.

    An address with «@», and what goes on after a hyphen, are sure; another word is marked ``broken``.
    """
    changed = False
    for grid in sheet.grids:
        for pane in grid.panes:
            changed = _mend(pane) or changed
    if changed:
        renumber(sheet)


def _mend(pane: Pane) -> bool:
    if len(pane.strips) < 2:
        return False
    lefts = [atom.box.x0 for atom in pane.atoms if atom.box is not None and atom.written]
    if pane.box is None or not lefts:
        return False
    left = min(lefts)
    right = pane.box.x1 - min(max(left - pane.box.x0, 2.0), 8.0)
    changed = False
    tails: dict[int, Box] = {}
    number = 0
    while number + 1 < len(pane.strips):
        strip, below = pane.strips[number], pane.strips[number + 1]
        if not _joined(strip, below, left, right, tails):
            number += 1
            continue
        changed = True
        if below.atoms:
            number += 1
        else:
            del pane.strips[number + 1]
            for local, one in enumerate(pane.strips):
                one.local = local
    return changed


def _joined(strip: Strip, below: Strip, left: float, right: float, tails: dict[int, Box]) -> bool:
    """Move the first word of a line to the end of the word above, when that is where it was broken.

    ``tails``: where the last piece of a word that was joined before stands.
    """
    if not strip.atoms or not below.atoms or strip.grid is not None or below.grid is not None:
        return False
    above, word = strip.atoms[-1], below.atoms[0]
    if above.kind is not AtomKind.WORD or word.kind is not AtomKind.WORD:
        return False
    tail = tails.get(id(above), above.box)
    if tail is None or word.box is None or not above.key:
        return False
    if not word.text[0].isalnum() and not _DOMAIN.match(above.text + word.text):
        return False
    if not _right_below(tail, word.box):
        return False
    if not _hyphened(above, tail, word, right) and not _cut(above, tail, word, left, right):
        return False
    sure = "@" in above.text + word.text or above.text.endswith("-")
    above.breaks = (*above.breaks, len(above.text))
    above.text += word.text
    above.key = keyed(above.text)
    above.broken = above.broken or not sure
    above.box = union([above.box, word.box])
    tails[id(above)] = word.box
    del below.atoms[0]
    return True


def _right_below(tail: Box, box: Box) -> bool:
    height = box.bottom - box.top
    return -0.5 * height < box.top - tail.bottom < _CLOSE * height


def _hyphened(above: Atom, tail: Box, word: Atom, right: float) -> bool:
    """Whether a word goes on after its own hyphen because there was no room."""
    if word.box is None or not above.text.endswith("-") or len(above.text) < 3:
        return False
    full = tail.x1 + (word.box.x1 - word.box.x0) > right
    return full and above.text[-2].isalpha() and word.text[0].isalpha() and word.key not in _APART


def _cut(above: Atom, tail: Box, word: Atom, left: float, right: float) -> bool:
    """Whether a word that has the line to itself fills it to the last letter and goes on below."""
    if word.box is None or abs(word.box.x0 - left) > 2 or tail.x0 - left > 2:
        return False
    letter = (word.box.x1 - word.box.x0) / len(word.text)
    if word.text[0] == ".":
        return _WHOLE.search(word.text) is not None
    last = above.text[above.breaks[-1] :] if above.breaks else above.text
    room = 2.0 if word.text[0] in "mwMW" else _TIGHT
    if len(last) < 4 or right - tail.x1 > room * letter:
        return False
    if "@" in above.text:
        return _address_goes_on(above.text, word.text)
    if "@" in word.text:
        return "." in above.text
    return last[-1].isalpha() and word.text[0].islower()


def _address_goes_on(above: str, word: str) -> bool:
    """Whether a word is the rest of an e-mail address, and not a telephone or the next word after a whole one."""
    if _WHOLE.search(above) or not word[0].isalpha() or above[-1].isupper() != word[0].isupper():
        return False
    if any(sign in word for sign in _AT):
        return False
    return keyed(word) not in _BESIDE
