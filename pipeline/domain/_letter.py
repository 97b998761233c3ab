"""Letters: what casework orders, and what lies in the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

Fact = str | int | bool | date | None | tuple[str, ...]


class PartyRole(StrEnum):
    """What the recipient of a letter is."""

    USER = "user"
    FAMILY = "family"
    GUARDIAN = "guardian"
    REPORTER = "reporter"
    COORDINATOR = "coordinator"
    MANAGER = "manager"
    MEMBER = "member"
    ESCALATION = "escalation"
    COMPLAINT_BODY = "complaint-body"


@dataclass(frozen=True, kw_only=True, slots=True)
class Party:
    """One recipient. Name and address come from the register or the staff list; empty ``address_lines``: not known.

    ``name`` is what stands in the address window («Foreldrene til Vilde Brekkås»). ``employee`` when one of ours: then the
    letter is internal and needs no street address.
    """

    role: PartyRole
    name: str
    address_lines: tuple[str, ...] = ()
    employee: str | None = None
    email: str = ""
    service: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterOrder:
    """What casework asks the letters room for. ``key`` makes it once only within its case (a unique key in the store).

    ``batch``: made by a reminder batch, so it starts as a draft. ``rule`` is the id of the rule or letter in the register
    (``L-003-2``, ``T-4``). ``facts`` holds what the letter says beyond case, profile and staff; see ``templates/letters``.
    """

    key: str
    kind: str
    case: str
    to: Party
    rule: str = ""
    batch: bool = False
    facts: Mapping[str, Fact] = field(default_factory=dict)


class LetterStatus(StrEnum):
    """The outbox's states. ORDERED: recorded, not yet made as a file."""

    ORDERED = "ordered"
    DRAFT = "draft"
    READY = "ready"
    SIGNED = "signed"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A letter in the register. ``docx`` and ``pdf`` are paths relative to the home, ``""`` until made.

    ``template_sha256`` and ``data`` (the JSON it was made from) freeze what it says. ``number`` counts within the case: ``2026/412-3``.
    """

    id: str
    order: LetterOrder
    municipality: str
    number: int
    status: LetterStatus
    ordered_at: datetime
    signer: str = ""
    docx: str = ""
    pdf: str = ""
    docx_sha256: str = ""
    pdf_sha256: str = ""
    template_sha256: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
