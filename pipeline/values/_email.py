"""E-mail addresses."""

from __future__ import annotations

import re

from pipeline.values._fold import LOST, is_nothing, tidy
from pipeline.values._parsed import EMPTY, Parsed, doubtful

_LEAD = re.compile(r"(?:(?:e-?\s?post(?:adresse)?|e-?mail|mail|epost)\s*:\s*|mailto:)", re.IGNORECASE)
_LOCAL = re.compile(r"[A-Za-z0-9_+&'%=~\-]+(?:\.[A-Za-z0-9_+&'%=~\-]+)*")
_DOMAIN = re.compile(r"(?:[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?\.)+(?:[^\W\d_]{2,63}|xn--[a-z0-9\-]{2,59})")
_BETWEEN = re.compile(r"[\s<>,;()\[\]\"/|]+")


def parse_email(raw: str) -> Parsed:
    """Give an address with its domain in lower case; what isn't surely one address is a doubt."""
    text = tidy(raw)
    if is_nothing(text):
        return EMPTY
    text = _LEAD.sub("", text, count=1) if _LEAD.match(text) else text
    text = re.sub(r"^_{2,}|_{2,}$", "", text.strip(" ,;:<>")).strip(" .,;:<>")
    if is_nothing(text):
        return EMPTY
    tokens = email_tokens(text)
    if len(tokens) > 1:
        return doubtful("two-emails", "Det står mer enn én e-postadresse her.", _checked(tokens[0]).value)
    if tokens and tokens[0] != text:
        return doubtful("email-text", "Det står noe mer enn en e-postadresse her.", _checked(tokens[0]).value)
    return _checked(text)


def email_tokens(text: str) -> list[str]:
    """Give everything in the text that looks like an address, as it stands."""
    tokens = (token.strip(".:'") for token in _BETWEEN.split(text))
    return [token for token in tokens if "@" in token.strip("@")]


def _checked(text: str) -> Parsed:
    local, at, domain = text.rpartition("@")
    domain = domain.lower()
    if not at or len(text) > 254 or len(local) > 64 or LOST in text or not _DOMAIN.fullmatch(domain):
        return doubtful("not-an-email", "E-postadressen kan ikke stemme.")
    value = f"{local}@{domain}"
    if " " in local or not local:
        return doubtful("not-an-email", "E-postadressen kan ikke stemme.")
    if not _LOCAL.fullmatch(local):
        return doubtful("not-an-email", "E-postadressen har tegn som ikke er vanlige.", value)
    return Parsed(value=value)
