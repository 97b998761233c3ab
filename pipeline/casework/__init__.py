"""What a message or a decision means in this municipality: pure functions over frozen types, no database, no clock."""

from pipeline.casework._absences import absence_ended, absent, register_deputy
from pipeline.casework._appointing import appoint
from pipeline.casework._assessing import assess, team_decided
from pipeline.casework._changing import change
from pipeline.casework._closing import close
from pipeline.casework._completing import complete, outdated
from pipeline.casework._consenting import consent, hold_back, renew_by_age, withdraw
from pipeline.casework._evaluating import evaluate
from pipeline.casework._gaps import note_gaps, note_made
from pipeline.casework._handing_over import handed_over
from pipeline.casework._holding import halted, standing
from pipeline.casework._language import choose_language
from pipeline.casework._meetings import call_off_meeting, meeting_held, plan_meeting
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
from pipeline.casework._refusing import refuse
from pipeline.casework._suggesting import Advice, Ground, Suggestion, suggest
from pipeline.casework._waiting import ready

__all__ = [
    "Advice",
    "Ground",
    "Outcome",
    "Situation",
    "Suggestion",
    "absence_ended",
    "absent",
    "age_on",
    "answer_unit",
    "appoint",
    "ask_unit",
    "assess",
    "call_off_meeting",
    "change",
    "choose_language",
    "civil_parties",
    "close",
    "complete",
    "consent",
    "evaluate",
    "foresee",
    "halted",
    "handed_over",
    "hold_back",
    "meeting_held",
    "needs_case",
    "note_gaps",
    "note_made",
    "outdated",
    "plan_meeting",
    "ready",
    "receive",
    "refuse",
    "register_deputy",
    "renew_by_age",
    "standing",
    "suggest",
    "team_decided",
    "withdraw",
]
