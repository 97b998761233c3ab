"""Where two readers differ by a letter, the letter that is likelier: what print loses on its way tells which of them saw more.

What is chosen is a guess for a person, never a reason to be sure.
"""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

WORDS = frozenset({"text", "person", "place", "town"})
"""Kinds of value that are words."""
NAMES = frozenset({"person", "place", "town"})
_KEPT = frozenset("’–")
"""Marks that are easily taken for plainer ones, and hardly ever the other way round."""
_TWO = (("Æ", "AE"), ("æ", "ae"))
"""Letters that a reader may take for two."""


def chosen(first: str, second: str, kind: str) -> str:
    """The second text, with the first one's letters where they are likelier; ``kind`` of the value.

    An i loses its dot and seems an l, and no l gets a dot; words hold no figures and no signs; names begin with a capital.
    """
    if kind not in WORDS or not first or not second:
        return second
    for one, two in _TWO:
        second = second.replace(two, one) if one in first and one not in second else second
    text = ""
    for change in Levenshtein.opcodes(first, second):
        before = first[change.src_start : change.src_end]
        after = second[change.dest_start : change.dest_end]
        if change.tag == "equal" or before.isspace() or after.isspace():
            text += after
        elif len(before) == len(after):
            at = range(len(before))
            text += "".join(
                _likelier(before[n], after[n], _around(second, change.dest_start + n), kind) for n in at
            )
        else:
            text += after
    return text


def marked(first: str, second: str) -> str:
    """The first text with the second one's apostrophes and dashes, where nothing but such marks differs; else as it is."""
    if len(first) != len(second):
        return first
    return "".join(b if b in _KEPT and not a.isalnum() else a for a, b in zip(first, second, strict=True))


def _around(text: str, at: int) -> tuple[str, str]:
    return text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "


def _likelier(first: str, second: str, around: tuple[str, str], kind: str) -> str:
    before, after = around
    if second == "l" and first == "i":
        return first
    among = before.isalpha() or after.isalpha()
    if among and first.isalpha() and not second.isalpha() and second != " " and not before.isdigit():
        return first
    begins = kind in NAMES and not (before.isalnum() or before in "'’.")
    if begins and first.isupper() and second.islower():
        return first
    alone = before.isupper() or after.isupper()
    if alone and first.isupper() and first.casefold() == second.casefold():
        return first
    return second
