"""Names and addresses as keys: what counts as the same spelling, and what as nearly the same."""

from __future__ import annotations

import unicodedata

_APOSTROPHES = frozenset("'’‘`´ʼ")
_PLAIN = str.maketrans(
    {"ø": "o", "æ": "a", "đ": "d", "ð": "d", "ŧ": "t", "ŋ": "n", "ł": "l", "ı": "i", "þ": "th", "œ": "o"}
)


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name, folded for case and Unicode form; «Hansen, Ola» is turned to «ola hansen».

    Hyphens, points and anything that is no letter or digit part words; apostrophes vanish. Letters keep their accents.
    """
    last, comma, first = name.partition(",")
    turned = f"{first} {last}" if comma and "," not in first else name
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", turned).casefold())
    kept = "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in folded if c not in _APOSTROPHES)
    return tuple(kept.split())


def plain_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without accents and with one spelling for æ/ae, ø/oe, å/aa and the Sámi letters."""
    return tuple(_plain(word) for word in name_words(name))


def _plain(word: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    plain = bare.translate(_PLAIN)
    for pair, one in (("aa", "a"), ("ae", "a"), ("oe", "o")):
        plain = plain.replace(pair, one)
    return plain


def name_key(name: str) -> str:
    """Return a key under which names of the same words, in any order and with or without accents, agree."""
    return " ".join(sorted(plain_words(name)))


def name_ends(name: str) -> str:
    """Return a key of the first and the last word alone, so that middle names don't count."""
    words = plain_words(name)
    return " ".join(sorted({words[0], words[-1]})) if words else ""


def address_key(address: str) -> str:
    """Return a key under which «Storgata 1 B» and «STORGATA 1B» agree; ``""`` for no address."""
    return "".join(plain_words(address))
