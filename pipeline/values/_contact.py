"""A phone, an e-mail address, or both."""

from __future__ import annotations

import re

from pipeline.values._email import email_tokens, parse_email
from pipeline.values._fold import is_nothing, tidy, without_fill
from pipeline.values._parsed import EMPTY, Parsed, doubtful
from pipeline.values._phone import parse_phone

_EMAIL_WORD = re.compile(r"\b(?:e-?\s?post(?:adresse)?|e-?mail|mail|epost)\b\s*:?", re.IGNORECASE)
_EDGES = " ,;:/|\\<>()-–"


def parse_contact(raw: str) -> Parsed:
    """Give a phone or an e-mail address, normalised; both: phone first, joined by ``; ``."""
    text = without_fill(tidy(raw))
    if is_nothing(text):
        return EMPTY
    tokens = email_tokens(text)
    if not tokens:
        phone = parse_phone(text)
        if phone.doubt and phone.value is None:
            return doubtful(phone.code, "Det står ikke et telefonnummer eller en e-postadresse her.", text)
        return phone
    rest = text
    for token in tokens:
        rest = rest.replace(token, " ", 1)
    rest = re.sub(r"\b(?:og|eller)\b|&", " ", _EMAIL_WORD.sub(" ", rest.replace("mailto:", " ")))
    rest = re.sub(r"\s+", " ", rest).strip(_EDGES)
    emails = [parse_email(token) for token in dict.fromkeys(tokens)]
    phone = parse_phone(rest)
    parts = [phone, *emails]
    value = "; ".join(part.value for part in parts if part.value) or None
    if len(emails) > 1:
        return doubtful("two-emails", "Det står mer enn én e-postadresse her.", value)
    doubt = next((part for part in parts if part.doubt), None)
    if doubt is not None:
        return doubtful(doubt.code, doubt.doubt, value)
    return Parsed(value=value)
