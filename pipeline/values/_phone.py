"""Telephone numbers."""

from __future__ import annotations

import re

from pipeline.values._fold import is_nothing, tidy, without_fill
from pipeline.values._parsed import EMPTY, Parsed, doubtful

_WORD = re.compile(
    r"(?:tlf|tel|telefon|telefonnummer|mob|mobil|mobiltelefon|mobilnr|mobilnummer|tlfnr|nr|t|m)\b\.?(?:\s?nr\b\.?)?\s*[:.]?\s*(?=[+(\d])",
    re.IGNORECASE,
)
_SHAPE = re.compile(r"(?:\(\s*\+\s?\d{1,3}\s*\)|\+|)[\d\s.()\-‐‑–]+")
_SEVERAL = re.compile(r"\s*(?:[,;/|\n]|\bog\b|\beller\b|&)\s*", re.IGNORECASE)
_NOT_DIGIT = re.compile(r"[^0-9]")
_TRUNK = re.compile(r"\(\s*0\s*\)")

# ITU-T E.164 country codes that are in use, by length.
_CODES_1 = frozenset("17")
_CODES_2 = re.compile(r"2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")
_CODES_3 = re.compile(
    r"21[1-368]|22\d|23\d|24\d|25[0-8]|26[0-9]|29[0-1789]|35\d|37[0-8]|38[0-3569]|42[013]|50\d|59\d|67[0234-9]|68\d|69[0-2]|85[02356]|88[06]|96[0-8]|97[0-7]|99[2-68]"
)
# National digits of the countries that people here have numbers from; elsewhere 5 to 12.
_LENGTHS = {
    "1": (10, 10),
    "7": (10, 10),
    "31": (9, 9),
    "33": (9, 9),
    "34": (9, 9),
    "44": (9, 10),
    "45": (8, 8),
    "46": (7, 9),
    "47": (8, 8),
    "48": (9, 9),
    "49": (6, 12),
    "298": (6, 6),
    "354": (7, 9),
    "358": (6, 11),
    "370": (8, 8),
    "371": (8, 8),
    "372": (7, 8),
    "380": (9, 9),
}


def parse_phone(raw: str) -> Parsed:
    """Give a number in E.164. Eight digits without a country code are Norwegian; two numbers are a doubt."""
    text = without_fill(tidy(raw))
    if is_nothing(text):
        return EMPTY
    parts = [part for part in _SEVERAL.split(text) if not is_nothing(part)]
    found = [_one(part) for part in parts]
    values = {parsed.value for parsed in found if not parsed.doubt}
    if len(parts) > 1:
        if len(values) == 1 and not any(parsed.doubt for parsed in found):
            return found[0]
        first = next((parsed.value for parsed in found if not parsed.doubt), None)
        if len(values) > 1:
            return doubtful("two-phones", "Det står mer enn ett telefonnummer her.", first)
        return doubtful("phone-text", "Det står noe mer enn et telefonnummer her.", first)
    return found[0] if found else EMPTY


def _one(text: str) -> Parsed:
    text = _WORD.sub("", text.strip(" :"), count=1) if _WORD.match(text.strip(" :")) else text.strip(" :")
    if not _SHAPE.fullmatch(text):
        inside = re.search(r"(?<!\d)(?:(?:\+|00)\s?47\s?)?(?:\d\s?){8}(?!\d)", text)
        guess = _one(inside.group().strip()) if inside and inside.group().strip() != text else None
        if guess is not None and not guess.doubt:
            return doubtful("phone-text", "Det står noe mer enn et telefonnummer her.", guess.value)
        return doubtful("not-a-phone", "Telefonnummeret kan ikke leses.")
    digits = _NOT_DIGIT.sub("", text)
    if text.lstrip("( ").startswith("+"):
        return _foreign(digits, text)
    if digits.startswith("00"):
        return _foreign(digits[2:], text)
    if len(digits) == 8:
        if digits[0] in "01":
            return doubtful("not-a-phone", "Telefonnummeret finnes ikke i den norske nummerplanen.")
        return Parsed(value="+47" + digits)
    if len(digits) == 10 and digits.startswith("47") and digits[2] not in "01":
        return doubtful("country-code", "Telefonnummeret kan ha landkode uten pluss foran.", "+" + digits)
    if len(digits) == 16 and digits[0] not in "01" and digits[8] not in "01":
        return doubtful("two-phones", "Det står mer enn ett telefonnummer her.", "+47" + digits[:8])
    return doubtful("not-a-phone", "Telefonnummeret har feil antall siffer.")


def _foreign(digits: str, text: str) -> Parsed:
    code = next((digits[:n] for n in (1, 2, 3) if _is_code(digits[:n])), None)
    if code is None:
        return doubtful("not-a-phone", "Telefonnummeret har en landkode som ikke finnes.")
    national = digits[len(code) :]
    if _TRUNK.search(text) and national.startswith("0"):
        guess = "+" + code + national[1:]
        return doubtful("trunk-zero", "Telefonnummeret har en null for mye etter landkoden.", guess)
    low, high = _LENGTHS.get(code, (5, 12))
    if not low <= len(national) <= high or len(digits) > 15:
        return doubtful("not-a-phone", "Telefonnummeret har feil antall siffer.")
    if (code == "47" and national[0] in "01") or (national.startswith("0") and code != "39"):
        return doubtful("not-a-phone", "Telefonnummeret begynner på et siffer som ikke kan stemme.")
    return Parsed(value="+" + digits)


def _is_code(digits: str) -> bool:
    match len(digits):
        case 1:
            return digits in _CODES_1
        case 2:
            return _CODES_2.fullmatch(digits) is not None
        case 3:
            return _CODES_3.fullmatch(digits) is not None
    return False
