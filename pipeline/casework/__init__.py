"""What a message or a decision means in this municipality: pure functions over frozen types, no database, no clock."""

from pipeline.casework._appointing import appoint
from pipeline.casework._closing import close
from pipeline.casework._completing import complete, outdated
from pipeline.casework._consenting import consent, hold_back, renew_by_age, withdraw
from pipeline.casework._gaps import note_gaps, note_made
from pipeline.casework._holding import halted, standing
from pipeline.casework._outcome import (
    Outcome,
    Situation,
)
from pipeline.casework._parties import age_on
from pipeline.casework._receiving import (
    foresee,
    needs_case,
    receive,
)
from pipeline.casework._waiting import ready

__all__ = [
    "Outcome",
    "Situation",
    "age_on",
    "appoint",
    "close",
    "complete",
    "consent",
    "foresee",
    "halted",
    "hold_back",
    "needs_case",
    "note_gaps",
    "note_made",
    "outdated",
    "ready",
    "receive",
    "renew_by_age",
    "standing",
    "withdraw",
]
