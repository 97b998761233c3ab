"""What a message or a decision means in this municipality: pure functions over frozen types, no database, no clock."""

from pipeline.casework._appointing import appoint
from pipeline.casework._closing import close
from pipeline.casework._complaining import (
    OUTCOMES,
    answer_complaint,
    complain,
    decide_complaint,
    forward_complaint,
)
from pipeline.casework._completing import complete, outdated
from pipeline.casework._conflicting import (
    concerns,
    conflict,
    end_conflict,
    kept_out,
    refuse_kept_out,
    without_kept_out,
)
from pipeline.casework._deviating import (
    CameBack,
    came_back,
    dismiss_deviation,
    hours_left,
    report_deviation,
    report_due,
)
from pipeline.casework._gaps import note_gaps, note_made
from pipeline.casework._leaving import UNSIGNED, born, come_back, leave
from pipeline.casework._merging import merge, split
from pipeline.casework._noticing import answer_notice, notice, withdraw_notice
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
from pipeline.casework._silence import silence
from pipeline.casework._taking_back import take_back

__all__ = [
    "OUTCOMES",
    "UNSIGNED",
    "CameBack",
    "Outcome",
    "Situation",
    "age_on",
    "answer_complaint",
    "answer_notice",
    "appoint",
    "born",
    "came_back",
    "close",
    "come_back",
    "complain",
    "complete",
    "concerns",
    "conflict",
    "decide_complaint",
    "dismiss_deviation",
    "end_conflict",
    "foresee",
    "forward_complaint",
    "hours_left",
    "kept_out",
    "leave",
    "merge",
    "needs_case",
    "note_gaps",
    "note_made",
    "notice",
    "outdated",
    "receive",
    "refuse_kept_out",
    "report_deviation",
    "report_due",
    "silence",
    "split",
    "take_back",
    "withdraw_notice",
    "without_kept_out",
]
