"""Which language a case's letters to citizens are in (bokmål ``nb``, nynorsk ``nn``; ``domain/law.md`` B.6)."""

from __future__ import annotations

from dataclasses import replace

from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.domain import Case, EventKind, Phase
from pipeline.errors import RefusedError


def choose_language(case: Case, situation: Situation, *, language: str) -> Outcome:
    """The case with that language, ``nb`` or ``nn``; a letter that still waits is then made in it, one that is made stays as it is.

    The same language again changes nothing. Raises ``RefusedError`` in a case that has been joined to another: its letters are
    that one's (B.6).
    """
    if case.phase is Phase.MERGED:
        raise RefusedError("Saken er slått sammen med en annen. Velg målform i den", rule="B.6")
    ledger = Ledger(case, situation)
    if language != case.language:
        ledger.change(replace(case, language=language))
        ledger.note(EventKind.LANGUAGE_CHOSEN, language=language, former=case.language)
    return ledger.outcome()
