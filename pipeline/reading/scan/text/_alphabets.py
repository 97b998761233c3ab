"""Which characters a kind of value may hold, and which letters are taken for which."""

from __future__ import annotations

DIGITS = "0123456789"
SMALL = "abcdefghijklmnopqrstuvwxyzæøå"
SAMI = "čđŋšŧžáéàèìíïîóòôöäüëêâãçñúùûýðþœß"
LETTERS = SMALL + SMALL.upper() + SAMI + SAMI.replace("ß", "").upper()
_PUNCTUATION = ".,:;!?()[]{}/\\-–—_'’‘´`\"“”«»&%+=*#§@°²³½€$<>|~^·•…"

ALPHABETS: dict[str, str] = {
    "any": DIGITS + LETTERS + _PUNCTUATION,
    "text": DIGITS + LETTERS + _PUNCTUATION,
    "person": LETTERS + ".,-–'’‘´`()/&" + DIGITS,
    "place": DIGITS + LETTERS + ".,-–'’/()",
    "date": DIGITS + LETTERS + "./-–,: ()",
    "phone": DIGITS + "+()-–./ ,;",
    "email": DIGITS + SMALL[:26] + SMALL[:26].upper() + "@._-+'",
    "digits": DIGITS + ".-/ ",
}
"""By the kind of a field's value; a space is a character like another."""
ALPHABETS["contact"] = ALPHABETS["text"]
ALPHABETS["address"] = ALPHABETS["email"] + ",;:/()<>"
BARE = frozenset({"email", "address", "digits", "phone", "date"})
"""Alphabets in which no letter is taken for a Norwegian one."""

LOOKALIKES: dict[str, str] = {
    "å": "aäâàã",
    "ø": "oöòóô0",
    "æ": "aeœ",
    "Å": "AÄÂÀÃ",
    "Ø": "OÖÒÓÔ0",
    "Æ": "AEŒ",
}
"""Norwegian letter → what the recogniser sees in its place. Not ``á``: a Sámi name's, which ``nor`` takes for ``å`` too."""

SHADOWS: dict[str, tuple[tuple[str, float], ...]] = {
    "D": (("Đ", -7.3), ("Ŋ", -18.5)),
    "d": (("đ", -8.0),),
    "F": (("Ŧ", -20.3),),
    "I": (("Ŋ", -17.0),),
    "n": (("ŋ", -17.3),),
    "t": (("ŧ", -19.5),),
}
"""Letter seen → Sámi letters that are lost to it, and the log-probability from which on one of them may stand there.
Measured on eleven fonts in four states: about 1 plain letter in 100 lies above, and most Sámi ones."""
