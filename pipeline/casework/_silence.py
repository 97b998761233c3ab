"""Whose cases no letter may leave any more: somebody dead, or who has left the municipality (C.5)."""

from __future__ import annotations

from pipeline.domain import Person


def silence(person: Person) -> str:
    """Why no letter may be ordered or made in this person's cases (a reason that ends a sentence); ``""`` when letters may go out."""
    if person.deceased_on is not None:
        return "personen er registrert som død"
    if person.moved_on is not None:
        return "personen er registrert som flyttet fra kommunen"
    return ""
