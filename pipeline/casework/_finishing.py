"""A task that a person has done, or sees is not wanted any more."""

from __future__ import annotations

from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._parties import NO_NAME
from pipeline.domain import Case
from pipeline.errors import RefusedError

_ANSWERED_BY = {NO_NAME: "skjemaflyt born SAK --name NAVN"}
"""Tasks that the register itself goes by: they end with the answer alone."""


def finish_task(case: Case, situation: Situation, *, task: str) -> Outcome:
    """The case with a task done. Raises ``RefusedError`` for one that isn't open, and one that only its answer ends."""
    found = next((one for one in case.tasks if one.id == task and one.done_on is None), None)
    if found is None:
        raise RefusedError(f"Saken har ingen åpen oppgave {task}", rule="C.3")
    if found.code in _ANSWERED_BY:
        raise RefusedError(
            f"Denne oppgaven er gjort når den er besvart: {_ANSWERED_BY[found.code]}", rule="B.17"
        )
    ledger = Ledger(case, situation)
    ledger.finish(found)
    return ledger.outcome()
