"""An interim reply that went out leaves its trace, with the day it promises (B.1)."""

from __future__ import annotations

from datetime import date

from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.domain import Case, Letter, MatterKind

_KIND = "interim-reply"


def replied(case: Case, situation: Situation, letter: Letter) -> Outcome:
    """Keep that an interim reply was sent today: the same wait gets no other by itself, and the day promised is a deadline (B.1).

    Another letter, or another recipient's copy for the same wait, changes nothing.
    """
    ledger = Ledger(case, situation)
    came = case.notified_on or case.opened_on
    known = any(reply.on >= came for reply in case.matters_of(MatterKind.INTERIM_REPLY))
    if letter.order.kind == _KIND and case.open and not known:
        promised = letter.order.facts.get("expected_on")
        ledger.open_matter(
            MatterKind.INTERIM_REPLY,
            situation.today,
            due=promised if isinstance(promised, date) else None,
            about=letter.id,
        )
    return ledger.outcome()


def end_waiting(ledger: Ledger, outcome: str) -> None:
    """What was promised is kept: everything asked for is decided."""
    for reply in ledger.case.matters_of(MatterKind.INTERIM_REPLY, running=True):
        ledger.change_matter(reply, done_on=ledger.situation.today, outcome=outcome)
