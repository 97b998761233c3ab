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
    "termination-manager": "F-001-6",
    "refusal": "L-000-7",
    "interim-reply": "B.1",
    "prior-notice": "R-45",
    "deputy-user": "R-43",
    "change-member": "R-42",
    "coordinator-ended": "R-44",
    "transition-16": "T-18",
    "transition-16-family": "T-18",
    "transition-18": "T-21",
    "transition-18-family": "T-21",
    "transition-coordinator": "T-21",
    "transition-phase": "T-28",
    "rights-information": "L-003-5",
    "meeting-notice": "T-3",
    "meeting-reminder": "T-3",
    "minutes-form": "F-002-9",
    "evaluation-reminder": "T-10",
    "consent-gap": "R-51",
    "consent-renewal": "R-55",
    "consent-request": "R-55",
    "deputy-missing": "R-43",
    "annual-collection": "L-002-5",
    "statistics-request": "L-002-5",
    "complaint-received": "B.2",
    "complaint-forwarded": "B.2",
    "complaint-transmittal": "B.2",
    "complaint-decided": "B.2",
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
    "termination-manager": "Brev til lederen om avslutningen",
    "refusal": "Avslag",
    "interim-reply": "Foreløpig svar",
    "prior-notice": "Varsel om at tiltaket kan avsluttes",
    "deputy-user": "Brev om hvem som tar over mens koordinatoren er borte",
    "change-member": "Brev til medlem om ny koordinator",
    "coordinator-ended": "Brev til den forrige koordinatoren",
    "transition-16": "Brev til ungdommen om å fylle 16 år",
    "transition-16-family": "Brev til familien om at ungdommen fyller 16 år",
    "transition-18": "Brev til ungdommen om å fylle 18 år",
    "transition-18-family": "Brev til familien om at ungdommen fyller 18 år",
    "transition-coordinator": "Brev til koordinatoren om alder",
    "rights-information": "Orientering om rettigheter",
    "transition-phase": "Brev til koordinatoren om en overgang",
    "meeting-notice": "Møteinnkalling",
    "meeting-reminder": "Påminnelse om saksliste",
    "minutes-form": "Skjema for møtereferat",
    "evaluation-reminder": "Påminnelse om evaluering",
    "consent-gap": "Påminnelse om samtykke som mangler",
    "consent-renewal": "Brev til koordinatoren om nytt samtykke",
    "consent-request": "Brev om nytt samtykke",
    "deputy-missing": "Påminnelse om stedfortreder",
    "annual-collection": "Innhenting av årlig melding",
    "statistics-request": "Innhenting av tall",
    "complaint-received": "Bekreftelse på klage",
    "complaint-forwarded": "Brev om at klagen er sendt videre",
    "complaint-transmittal": "Oversendelse av klage",
    "complaint-decided": "Svar på klage",
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
    PartyRole.COMPLAINT_BODY: "klageinstansen",
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
