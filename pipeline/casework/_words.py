"""The Norwegian that casework speaks to the clerk, where the municipality has no word of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pipeline.domain import PartyRole

LETTER_RULES = {
    "acknowledgement": "L-003-1",
    "appointment-user": "L-002-1",
    "appointment-coordinator": "L-000-4",
    "appointment-manager": "L-000-3",
    "designation-request": "L-001-1",
    "team-dissolved-user": "F-003-8",
    "team-dissolved-member": "F-001-6",
    "termination-agreed": "R-45",
    "termination-against-wish": "L-000-1",
    "termination-coordinator": "R-45",
    "termination-member": "F-001-6",
}
"""Each kind of letter with the register's id of what asks for it."""

_NOUNS = {
    "acknowledgement": "Bekreftelse på mottatt melding",
    "appointment-user": "Brev om oppnevning",
    "appointment-coordinator": "Brev til koordinatoren om oppnevningen",
    "appointment-manager": "Brev til lederen om oppnevningen",
    "designation-request": "Brev om å peke ut koordinator",
    "team-dissolved-user": "Brev om at teamet er avsluttet",
    "team-dissolved-member": "Brev til medlem om at teamet er avsluttet",
    "termination-agreed": "Brev om avslutning etter avtale",
    "termination-against-wish": "Opphørsbrev",
    "termination-coordinator": "Brev til koordinatoren om avslutningen",
    "termination-member": "Brev til medlem om avslutningen",
}

_ROLES = {
    PartyRole.USER: "brukeren",
    PartyRole.FAMILY: "familien",
    PartyRole.GUARDIAN: "vergen",
    PartyRole.REPORTER: "den som meldte",
    PartyRole.COORDINATOR: "koordinatoren",
    PartyRole.MANAGER: "lederen",
    PartyRole.MEMBER: "et medlem",
    PartyRole.ESCALATION: "den saken løftes til",
}

_MONTHS = (
    "januar februar mars april mai juni juli august september oktober november desember".split()  # noqa: SIM905
)


def letter_noun(kind: str) -> str:
    """What a kind of letter is called, capitalised."""
    return _NOUNS[kind]


def role_noun(role: PartyRole) -> str:
    """What a recipient is called."""
    return _ROLES[role]


def written_day(day: date) -> str:
    """A day without its year: ``1. juni``."""
    return f"{day.day}. {_MONTHS[day.month - 1]}"


def listed(words: Iterable[str]) -> str:
    """Words in a sentence: ``a, b og c``."""
    *first, last = words
    return f"{', '.join(first)} og {last}" if first else last


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def same(one: str, other: str) -> bool:
    """Whether two texts are the same but for case and white space."""
    return folded(one) == folded(other)


def folded(text: str) -> str:
    """A text without differences of case and white space."""
    return " ".join(text.split()).casefold()
