"""What a letter lacks becomes a task for a person; when the letter is made, the task is done."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.domain import Case


def note_gaps(case: Case, situation: Situation, *, letter: str, gaps: Sequence[tuple[str, str]]) -> Outcome:
    """Ask a person for what a letter needs: each gap is a stable code and one sentence. Known gaps are not repeated."""
    ledger = Ledger(case, situation)
    mark = _mark(letter)
    now = {mark + code for code, _ in gaps}
    ledger.settle(*(t.code for t in case.tasks if t.code.startswith(mark) and t.code not in now))
    for code, text in gaps:
        ledger.task(mark + code, text)
    return ledger.outcome()


def note_made(case: Case, situation: Situation, *, letter: str) -> Outcome:
    """Note that a letter was made: what was asked for it is answered."""
    return note_gaps(case, situation, letter=letter, gaps=())


def _mark(letter: str) -> str:
    return f"letter-{letter}-"
