"""Which language a letter is in, and the municipality's own words in it (bokmål ``nb``, nynorsk ``nn``)."""

from __future__ import annotations

from dataclasses import fields, replace

from pipeline.domain import Case, LetterOrder, PartyRole
from pipeline.letters._words import Words
from pipeline.municipalities import Profile, Terms

_CITIZENS = frozenset({PartyRole.USER, PartyRole.FAMILY, PartyRole.GUARDIAN, PartyRole.REPORTER})


def language_of(order: LetterOrder, case: Case, profile: Profile) -> str:
    """``nb`` or ``nn``: a citizen is written to in the case's language, an employee or another office in the municipality's."""
    office = order.to.employee is not None or order.to.role not in _CITIZENS
    if order.to.role is PartyRole.REPORTER and order.facts.get("by_service", False):
        office = True
    return profile.office.language if office else case.language


def with_own_words(words: Words, profile: Profile) -> Words:
    """The words with what the municipality says its own are in that language, so that they are found wherever they stand."""
    if words.language != "nn":
        return words
    said = {
        getattr(profile.terms, entry.name): own
        for entry in fields(Terms)
        if (own := getattr(profile.nn, entry.name)) and getattr(profile.terms, entry.name)
    }
    return replace(words, own={**words.own, **said})


def in_language(profile: Profile, words: Words) -> Profile:
    """The profile with its words in the language of ``words``: its own form, else the product's, else the word as it is."""

    def form(name: str, word: str) -> str:
        own: str = getattr(profile.nn, name) if words.language == "nn" else ""
        return own or words.form(word)

    named = {entry.name: form(entry.name, getattr(profile.terms, entry.name)) for entry in fields(Terms)}
    return replace(
        profile,
        terms=Terms(**named),
        office=replace(profile.office, complaint_body=form("complaint_body", profile.office.complaint_body)),
        letters=replace(
            profile.letters,
            marking=form("marking", profile.letters.marking),
            neutral_title=form("neutral_title", profile.letters.neutral_title),
        ),
    )
