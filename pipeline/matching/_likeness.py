"""How like two names, two dates and two addresses are."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import Enum

from pipeline.domain import address_key, name_words, plain_words


class Likeness(Enum):
    """SAME: the same beyond doubt; NEAR: perhaps a slip or another spelling; OTHER: different; UNKNOWN: one side is silent."""

    SAME = "same"
    NEAR = "near"
    OTHER = "other"
    UNKNOWN = "unknown"


def names(one: str, other: str) -> Likeness:
    """Compare two names.

    SAME: the same words in any order, or the same first and last with middle names that the other leaves out. NEAR: other
    accents, one letter wrong, a first name with another surname, a middle name used as the first. Two first names with one
    surname are OTHER (siblings, twins).
    """
    a, b = name_words(one), name_words(other)
    if not a or not b:
        return Likeness.UNKNOWN
    if sorted(a) == sorted(b) or (_ends(a) == _ends(b) and _within(a, b)):
        return Likeness.SAME
    p, q = plain_words(one), plain_words(other)
    if sorted(p) == sorted(q) or "".join(p) == "".join(q) or _within(p, q):
        return Likeness.NEAR
    if close_words(p[0], q[0]) or close_words(p[0], q[-1]) or close_words(p[-1], q[0]):
        return Likeness.NEAR
    return Likeness.OTHER


def _ends(words: tuple[str, ...]) -> set[str]:
    return {words[0], words[-1]}


def _within(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether the shorter name has at least two words and all of them stand in the longer."""
    short, long = sorted((list(a), list(b)), key=len)
    return len(short) > 1 and all(short.count(word) <= long.count(word) for word in short)


def close_words(a: str, b: str) -> bool:
    """Whether two words are equal, or one slip apart (a letter more, less, other, or two swapped), or one is the other's initial."""
    if a == b:
        return True
    if min(len(a), len(b)) == 1:
        return a[0] == b[0]
    if abs(len(a) - len(b)) > 1 or max(len(a), len(b)) < 3:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    x, y = a[start:], b[start:]
    return x[1:] == y[1:] or x[1:] == y or x == y[1:] or (x[1:2] + x[:1] + x[2:] == y and len(x) > 1)


def days(one: date | None, other: date | None) -> Likeness:
    """Compare two dates. NEAR: one digit apart, two digits swapped, day and month swapped, another century, or a day apart."""
    if one is None or other is None:
        return Likeness.UNKNOWN
    if one == other:
        return Likeness.SAME
    a, b = one.strftime("%d%m%Y").zfill(8), other.strftime("%d%m%Y").zfill(8)
    apart = [i for i in range(8) if a[i] != b[i]]
    slip = len(apart) == 1
    swapped = len(apart) == 2 and (a[apart[0]], a[apart[1]]) == (b[apart[1]], b[apart[0]])
    turned = (one.day, one.month, one.year) == (other.month, other.day, other.year)
    century = (one.day, one.month) == (other.day, other.month) and abs(one.year - other.year) == 100
    return (
        Likeness.NEAR
        if slip or swapped or turned or century or abs(one - other) <= timedelta(days=1)
        else Likeness.OTHER
    )


BEFORE_DUE = timedelta(days=120)
AFTER_DUE = timedelta(days=30)
"""How long before and after its due date a child may be born."""


def due_days(one: date | None, other: date | None) -> Likeness:
    """Compare two due dates: a later scan moves them by days, up to three weeks."""
    if one is None or other is None:
        return Likeness.UNKNOWN
    if one == other:
        return Likeness.SAME
    return Likeness.NEAR if abs(one - other) <= timedelta(days=21) else Likeness.OTHER


def born_of(birth: date | None, due: date | None) -> Likeness:
    """Whether a child born on a day may be the one that was due: NEAR, never SAME."""
    if birth is None or due is None:
        return Likeness.UNKNOWN
    return Likeness.NEAR if due - BEFORE_DUE <= birth <= due + AFTER_DUE else Likeness.OTHER


def other_address(address: str, other: str) -> bool:
    """Whether two addresses are surely two doors: another number, or a street that doesn't begin alike. «Storgt. 5» may be «Storgata 5»."""
    one, two = (_DOOR.search(address_key(text)) for text in (address, other))
    if one is None or two is None:
        return False
    return one["number"] != two["number"] or one["street"].strip()[:4] != two["street"].strip()[:4]


_DOOR = re.compile(r"^(?P<street>\D+)(?P<number>\d+)")


def same_address(address: str, place: str, other: str, other_place: str) -> bool:
    """Whether two addresses are the same door: street and number agree, and the postcodes where both have one."""
    one, two = address_key(address), address_key(other)
    codes = {place.strip()[:4], other_place.strip()[:4]} - {""}
    return bool(one) and one == two and any(c.isdigit() for c in one) and len(codes) < 2
