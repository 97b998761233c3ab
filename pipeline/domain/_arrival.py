"""Files that arrive, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class DocumentStatus(StrEnum):
    """Where a file that arrived stands."""

    RECEIVED = "received"
    WORKING = "working"
    DONE = "done"
    REVIEW = "review"
    REJECTED = "rejected"
    LOCKED = "locked"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """A whole file that was claimed: nobody else will change it.

    ``token`` names the claim and makes it unique: the same claim is recorded once however often the program dies.
    ``source`` is the file's own name (NFC, without control characters), ``folder`` the municipality's inbox it lay in or ``""``.
    ``path`` is where the claimed file waits; ``sha256`` in hex; ``size`` in bytes; ``received_at`` is aware.
    """

    token: str
    source: str
    path: Path
    sha256: str
    size: int
    received_at: datetime
    folder: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentRecord:
    """One file ever taken in, as the register knows it. ``reason`` is one Norwegian sentence, ``""`` when none is due.

    ``municipality`` is that of the folder it lay in, ``""`` when it lay in the inbox itself.
    ``reason_code`` is stable (``not-read``, ``locked``, ``empty``); ``duplicate_of`` is a document id. ``attempts`` counts passing faults
    and ``try_after`` says when the next try is due.
    """

    id: str
    token: str
    source: str
    sha256: str
    size: int
    received_at: datetime
    status: DocumentStatus
    municipality: str
    reason: str = ""
    reason_code: str = ""
    duplicate_of: str | None = None
    attempts: int = 0
    try_after: datetime | None = None
