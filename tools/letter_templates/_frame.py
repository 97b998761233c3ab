"""The words that stand around every letter's text, in each language: references, greeting, notes, page numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """One language's words; ``code`` is the document language as Word and PDF write it, ``our_ref_next`` stands on later pages."""

    code: str
    date: str
    our_ref: str
    our_ref_next: str
    your_ref: str
    case_worker: str
    phone: str
    greeting: str
    electronic: str
    enclosures: str
    page: str
    page_of: str


FRAMES = {
    "nb": Frame(
        code="nb-NO",
        date="Dato",
        our_ref="Vår ref.",
        our_ref_next="vår ref.",
        your_ref="Deres ref.",
        case_worker="Saksbehandler",
        phone="Telefon",
        greeting="Med hilsen",
        electronic="Brevet er godkjent elektronisk og har derfor ikke underskrift.",
        enclosures="Vedlegg",
        page="Side",
        page_of="av",
    ),
    "nn": Frame(
        code="nn-NO",
        date="Dato",
        our_ref="Vår ref.",
        our_ref_next="vår ref.",
        your_ref="Dykkar ref.",
        case_worker="Sakshandsamar",
        phone="Telefon",
        greeting="Med helsing",
        electronic="Brevet er godkjent elektronisk og har derfor ikkje underskrift.",
        enclosures="Vedlegg",
        page="Side",
        page_of="av",
    ),
}
"""By the language's code. The first is that of ``texts`` itself; the others have a folder each."""
