"""Postcode and post town."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import DeclarationError
from pipeline.values._fold import fold, is_nothing, tidy, without_fill
from pipeline.values._parsed import EMPTY, Parsed, doubtful
from pipeline.values._text import parse_text

_SMALL = frozenset({"i", "på"})
_PLACE = re.compile(r"(?:NO?\s?[-–]\s?)?(?P<code>\d{4})(?!\d)\s*[,.\-–]?\s*(?P<town>\D*)", re.IGNORECASE)
_STROKES = str.maketrans({"ø": "o", "æ": "a"})
_SPACED = re.compile(r"(\d) (\d) (\d) (\d)(?!\d)")


_PLAIN = re.compile(r"postal_code,post_town\r?\n(?:[0-9]{4},[^\W\d_][^\",\r\n]*\r?\n)+")
_ROW = re.compile(r"([0-9]{4}),([^\",\r\n]+)")


class _Spelled(Mapping[str, str]):
    """A register as its publisher writes it, spelled for people when asked: few of its five thousand rows ever are."""

    def __init__(self, written: Mapping[str, str]) -> None:
        self._written = written

    def __getitem__(self, code: str) -> str:
        return _spelled(self._written[code])

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)


@dataclass(frozen=True, kw_only=True, slots=True)
class PostTowns:
    """The postcode register: four digits to a post town, spelled for people (``Nes på Hedmarken``)."""

    towns: Mapping[str, str]

    @classmethod
    def load(cls, path: Path) -> PostTowns:
        """Read the register (columns ``postal_code,post_town``); a bad file raises ``DeclarationError``."""
        mistakes: list[str] = []
        towns: dict[str, str] = {}
        try:
            with path.open(encoding="utf-8", newline="") as file:
                plain = file.read()
                if _PLAIN.fullmatch(plain):
                    return cls(towns=_Spelled(dict(_ROW.findall(plain))))
                file.seek(0)
                for number, row in enumerate(csv.reader(file), start=1):
                    if number == 1 and row == ["postal_code", "post_town"]:
                        continue
                    if len(row) != 2 or not re.fullmatch(r"[0-9]{4}", row[0]) or not row[1].strip():
                        mistakes.append(f"{path.name}: linje {number} er ikke «postnummer,poststed»")
                        continue
                    towns[row[0]] = _spelled(row[1])
        except (OSError, UnicodeDecodeError, csv.Error):
            mistakes.append(f"{path.name}: filen kan ikke leses")
        if not mistakes and not towns:
            mistakes.append(f"{path.name}: filen er tom")
        if mistakes:
            raise DeclarationError(mistakes)
        return cls(towns=towns)

    def town(self, postcode: str) -> str | None:
        """The post town of a postcode, None when the register doesn't know it."""
        return self.towns.get(postcode)


def parse_place(raw: str, towns: PostTowns) -> Parsed:
    """Give ``7130 Brekstad``; a pair that the register doesn't know is a doubt."""
    text = without_fill(tidy(raw)).strip(" ,;:")
    text = _SPACED.sub(r"\1\2\3\4", text, count=1) if _SPACED.match(text) else text
    if is_nothing(text):
        return EMPTY
    match = _PLACE.fullmatch(text)
    if not match or not match["code"].isascii():
        if any(c.isdigit() for c in text):
            return doubtful("not-a-place", "Postnummer og poststed kan ikke leses.", text)
        return doubtful("no-postcode", "Postnummeret mangler.", text)
    code, town = match["code"], match["town"].strip(" ,.;:()")
    known = towns.town(code)
    if known is None:
        return doubtful(
            "unknown-place", "Postnummeret finnes ikke i postnummerregisteret.", f"{code} {town}".strip()
        )
    if not town:
        return doubtful("no-town", "Poststedet mangler.", f"{code} {known}")
    if _compared(town) != _compared(known):
        return doubtful("unknown-place", "Postnummer og poststed passer ikke sammen.", f"{code} {town}")
    return Parsed(value=f"{code} {known}")


def parse_town(raw: str, towns: PostTowns, *, read: bool = False, others: Collection[str] = ()) -> Parsed:
    """Give the place where something was signed, as it was written.

    ``read``: from a picture. There a post town's name is spelled as the register does where spaces and accents alone differ
    («Moi Rana», «Afjord»); figures in it, and a place that is neither a post town nor one of the ``others``, are a doubt
    («Åfiord», «Biuan»).
    """
    parsed = parse_text(raw)
    if not read or not isinstance(parsed.value, str) or parsed.doubt:
        return parsed
    if any(map(str.isdigit, parsed.value)):
        return doubtful("not-a-place", "Stedet kan ikke leses.", parsed.value)
    bare = _bare(parsed.value)
    found = {town for town in towns.towns.values() if _bare(town) == bare}
    # A municipality is named with and without what it is: «Nes kommune», «Nes».
    named = {_bare(part) for other in others for part in (other, other.rpartition(" ")[0])}
    if not found and bare not in named:
        return doubtful("unknown-place", "Stedet finnes ikke i postnummerregisteret.", parsed.value)
    town = found.pop() if len(found) == 1 else parsed.value
    return parsed if town.casefold() == parsed.value.casefold() else Parsed(value=_as(parsed.value, town))


def _as(written: str, town: str) -> str:
    return town.upper() if written.isupper() else town


def _bare(town: str) -> str:
    """A name's letters without their accents and rings."""
    plain = unicodedata.normalize("NFD", town.casefold().translate(_STROKES))
    return "".join(char for char in plain if char.isalpha())


def _compared(town: str) -> str:
    return re.sub(r"[\s\-]+", " ", fold(town))


def _spelled(town: str) -> str:
    words = tidy(town).lower().split(" ")
    return " ".join(w if i and w in _SMALL else _title(w) for i, w in enumerate(words))


def _title(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
