"""What a letter's file is called, and the states it goes through."""

from __future__ import annotations

import re
from enum import StrEnum

from pipeline.domain import LetterStatus
from pipeline.errors import RefusedError

_SAFE = re.compile(r"[0-9A-Za-z_-]+")


class LetterAction(StrEnum):
    """What a clerk does with a letter (``letter ID approve`` …)."""

    APPROVE = "approve"
    RETURN = "return"
    SIGN = "sign"
    SEND = "send"
    WITHDRAW = "withdraw"


_NEXT = {
    (LetterStatus.DRAFT, LetterAction.APPROVE): LetterStatus.READY,
    (LetterStatus.READY, LetterAction.RETURN): LetterStatus.DRAFT,
    (LetterStatus.READY, LetterAction.SIGN): LetterStatus.SIGNED,
    (LetterStatus.SIGNED, LetterAction.SEND): LetterStatus.SENT,
    (LetterStatus.DRAFT, LetterAction.WITHDRAW): LetterStatus.WITHDRAWN,
    (LetterStatus.READY, LetterAction.WITHDRAW): LetterStatus.WITHDRAWN,
    (LetterStatus.SIGNED, LetterAction.WITHDRAW): LetterStatus.WITHDRAWN,
}
_STATES = {
    LetterStatus.ORDERED: "bestilt, men ikke laget ennå",
    LetterStatus.DRAFT: "et utkast",
    LetterStatus.READY: "klart til underskrift",
    LetterStatus.SIGNED: "underskrevet",
    LetterStatus.SENT: "sendt",
    LetterStatus.WITHDRAWN: "trukket tilbake",
}
_DEEDS = {
    LetterAction.APPROVE: "godkjennes",
    LetterAction.RETURN: "gjøres om til utkast",
    LetterAction.SIGN: "underskrives",
    LetterAction.SEND: "sendes",
    LetterAction.WITHDRAW: "trekkes tilbake",
}


def advance(status: LetterStatus, action: str) -> LetterStatus:
    """The state after an action; RefusedError, with a sentence, for a move there isn't (rule ``letter-state``)."""
    try:
        deed = LetterAction(action)
    except ValueError:
        known = ", ".join(LetterAction)
        raise RefusedError(
            f"Et brev kan ikke gjøres til det. Velg en av disse: {known}.", rule="letter-state"
        ) from None
    try:
        return _NEXT[status, deed]
    except KeyError:
        raise RefusedError(
            f"Brevet er {_STATES[status]} og kan ikke {_DEEDS[deed]}.", rule="letter-state"
        ) from None


def file_name(case: str, number: int, suffix: str) -> str:
    """The name in the outbox: case and number only (``2026-412-3.docx``), never a person or a kind that tells.

    ValueError for a case id with anything but letters, figures, ``/``, ``-`` and ``_`` in it.
    """
    name = case.replace("/", "-")
    if not _SAFE.fullmatch(name) or number < 1 or suffix not in {"docx", "pdf"}:
        raise ValueError("a case id, number or suffix that makes no file name")
    return f"{name}-{number}.{suffix}"
