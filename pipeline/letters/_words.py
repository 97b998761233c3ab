"""The words of one language, as declared in ``templates/letters/_words.toml``: the program has none of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.domain import Measure, PartyRole

VOICES = ("one", "family", "guardian")
PRONOUNS = ("du", "deg", "uenig", "hvem", "hvem_deg", "din")
MEASURE_WORDS = ("name", "granted", "role", "role_definite")
GAPS = (
    "missing",
    "one_of",
    "no_address",
    "no_name",
    "no_leader",
    "protected",
    "deceased",
    "no_case_worker",
    "no_responsible",
    "no_contact",
    "no_legal_basis",
    "no_complaint_body",
    "bad_text",
    "too_long",
    "no_language",
)
_PLAIN = ("language", "and", "or", "phone", "municipality", "municipality_word")


@dataclass(frozen=True, kw_only=True)
class Words:
    """Word forms: numbers and months in order, one singular and plural of week, words by reader, measure and gap.

    ``own`` and ``openings``: what a municipality's words, and texts that begin so, are in this language (the rest of such a text likewise). ``languages``: every language a
    letter is to be had in, by code, as the clerk calls it.
    """

    language: str
    numbers: tuple[str, ...]
    months: tuple[str, ...]
    week: tuple[str, str]
    plain: Mapping[str, str]
    address: Mapping[str, Mapping[str, str]]
    measure: Mapping[str, Mapping[str, str]]
    gap: Mapping[str, str]
    decision: Mapping[str, str]
    own: Mapping[str, str] = field(default_factory=dict)
    openings: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)

    def form(self, text: str) -> str:
        """A municipality's word in this language; as it is when the language has no other form of it."""
        if text in self.own:
            return self.own[text]
        small = text[:1].lower() + text[1:]
        if small in self.own:
            return capital(self.own[small])
        for opening, other in self.openings.items():
            if text.startswith(opening):
                return other + self.form(text.removeprefix(opening))
        return text

    def day(self, day: date) -> str:
        """A date as it is written: ``22. november 2026``, the day and the month on one line."""
        return f"{day.day}.\u00a0{self.months[day.month - 1]} {day.year}"

    def weeks(self, count: int) -> str:
        """A period in weeks: ``fire uker``; above the number words in figures."""
        number = self.numbers[count] if count < len(self.numbers) else str(count)
        return f"{number} {self.week[0] if count == 1 else self.week[1]}"

    def listed(self, words: Sequence[str]) -> str:
        """Words as a list in running text: ``a, b og c``."""
        if len(words) < 2:
            return "".join(words)
        return ", ".join(words[:-1]) + self.plain["and"] + words[-1]

    def pronouns(self, role: PartyRole, name: str) -> dict[str, str]:
        """How the reader and the one who has the right are spoken of, also with a capital (``Du``, ``Hvem``)."""
        voice = {PartyRole.FAMILY: "family", PartyRole.GUARDIAN: "guardian"}.get(role, "one")
        forms = {key: word.replace("{name}", name) for key, word in self.address[voice].items()}
        return forms | {"Du": capital(forms["du"]), "Hvem": capital(forms["hvem"])}


_PHONE = re.compile(r"(?<!\d)(?:\+\d{2} )?(?:\d{2} \d{2} \d{2} \d{2}|\d{3} \d{2} \d{3})(?!\d)")
_NORWEGIAN = re.compile(r"(?<![\d+])\+47 ?(\d{2}) ?(\d{2}) ?(\d{2}) ?(\d{2})(?!\d)")
_PARAGRAPH_SIGN = re.compile(r"(?<=§) (?=\d)")


def kept_together(text: str) -> str:
    """The text with hard spaces in telephone numbers and after ``§``, so that no line ends there.

    A Norwegian number as the register keeps it (``+4772000001``) is written as people write it (``72 00 00 01``).
    """
    text = _NORWEGIAN.sub(r"\1 \2 \3 \4", text)
    return _PHONE.sub(lambda phone: phone[0].replace(" ", "\u00a0"), _PARAGRAPH_SIGN.sub("\u00a0", text))


def capital(text: str) -> str:
    """The text with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def read_words(
    table: Mapping[str, object], file: str, first: Words | None = None
) -> tuple[Words | None, list[str]]:
    """The words of a parsed file, or every mistake with file and key.

    ``first``: the words of the home's own language, when this is another: what the clerk is told stays in that.
    """
    mistakes: list[str] = []

    def text(section: object, key: str, path: str) -> str:
        value = section.get(key) if isinstance(section, Mapping) else None
        if not isinstance(value, str) or not value:
            mistakes.append(f"{file}: «{path}» mangler eller er ikke en tekst")
            return ""
        return value

    def texts(key: str, least: int) -> tuple[str, ...]:
        value = table.get(key)
        if (
            not isinstance(value, list)
            or len(value) < least
            or not all(isinstance(word, str) for word in value)
        ):
            mistakes.append(f"{file}: «{key}» skal være en liste med minst {least} ord")
            return ("",) * least
        return tuple(value)

    def group(section: str, names: Sequence[str], words: Sequence[str]) -> dict[str, dict[str, str]]:
        whole = table.get(section)
        return {
            name: {
                word: text(
                    whole.get(name) if isinstance(whole, Mapping) else None, word, f"{section}.{name}.{word}"
                )
                for word in words
            }
            for name in names
        }

    def pairs(section: str) -> dict[str, str]:
        whole = table.get(section, {})
        if not isinstance(whole, Mapping):
            mistakes.append(f"{file}: «{section}» skal være ord og tekster")
            return {}
        return {str(key): text(whole, str(key), f"{section}.{key}") for key in whole}

    week = texts("week", 2)
    gaps, found = table.get("gap"), table.get("decision")
    forms: Mapping[str, object] = found if isinstance(found, Mapping) else {}
    words = Words(
        language=text(table, "language", "language"),
        numbers=texts("numbers", 13),
        months=texts("months", 12),
        week=(week[0], week[1]),
        plain={key: text(table, key, key) for key in _PLAIN},
        address=group("address", VOICES, PRONOUNS),
        measure=group("measure", [str(m) for m in Measure], MEASURE_WORDS),
        gap=first.gap if first else {key: text(gaps, key, f"gap.{key}") for key in GAPS},
        decision={str(key): text(forms, str(key), f"decision.{key}") for key in ["other", *forms]},
        own=pairs("own"),
        openings=pairs("openings"),
        languages=first.languages if first else pairs("languages"),
    )
    if first is None and words.language and words.language not in words.languages:
        mistakes.append(f"{file}: «languages» skal ha minst filens egen målform, {words.language}")
    return (None if mistakes else words), mistakes
