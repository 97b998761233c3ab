"""What a message or a decision means in this municipality: pure functions over frozen types, no database, no clock."""

from pipeline.casework._appointing import appoint
from pipeline.casework._closing import close
from pipeline.casework._completing import complete, outdated
from pipeline.casework._gaps import note_gaps, note_made
from pipeline.casework._outcome import (
    Outcome,
    Situation,
)
from pipeline.casework._parties import age_on
from pipeline.casework._recalling import answer_unit, ask_unit, civil_parties
from pipeline.casework._receiving import (
    foresee,
    needs_case,
    receive,
)

__all__ = [
    "Outcome",
    "Situation",
    "age_on",
    "answer_unit",
    "appoint",
    "ask_unit",
    "civil_parties",
    "close",
    "complete",
    "foresee",
    "needs_case",
    "note_gaps",
    "note_made",
    "outdated",
    "receive",
]
