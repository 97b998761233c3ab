"""What a form tells of its person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.domain import FieldStatus, Submission, name_words

NAMES = ("recipient.name", "subject")
BIRTH_DATES = ("recipient.birth_date",)
DUE_DATES = ("recipient.due_date",)
PHONES = ("recipient.phone",)
ADDRESSES = ("recipient.address",)
PLACES = ("recipient.postal_place",)
NUMBERS = ("case.number", "case")
"""The fields that may name the person or the case, the first that says anything counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Whom a form is about, as far as it says. ``unsure``: one of these fields was not surely read."""

    name: str = ""
    birth_date: date | None = None
    due_date: date | None = None
    phone: str = ""
    address: str = ""
    postal_place: str = ""
    number: str = ""
    coded: str = ""
    """The case that the project's own code on the form names."""
    unsure: bool = False

    @property
    def named(self) -> bool:
        """Whether there is a name with at least one letter or digit."""
        return bool(name_words(self.name))

    @property
    def only_name(self) -> bool:
        """Whether nothing but a name is there to go by."""
        told = self.birth_date or self.due_date or self.phone or self.address or self.number or self.coded
        return not told


def asked_of(submission: Submission) -> Asked:
    """Return what a form tells of its person."""

    def first(names: tuple[str, ...]) -> str:
        return next((text for name in names if (text := submission.text(name).strip())), "")

    told = (*NAMES, *BIRTH_DATES, *DUE_DATES, *PHONES, *ADDRESSES, *NUMBERS)
    return Asked(
        name=first(NAMES),
        birth_date=_day(first(BIRTH_DATES)),
        due_date=_day(first(DUE_DATES)),
        phone=first(PHONES),
        address=first(ADDRESSES),
        postal_place=first(PLACES),
        number=first(NUMBERS),
        coded=submission.coded_case,
        unsure=any(
            submission.fields[name].status is FieldStatus.REVIEW for name in told if name in submission.fields
        ),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
