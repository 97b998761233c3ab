"""What a message or a decision means in this municipality: pure functions over frozen types, no database, no clock."""

from pipeline.casework._absences import absence_ended, absent, register_deputy
from pipeline.casework._appointers import Appointer, appointed_by
from pipeline.casework._appointing import appoint
from pipeline.casework._assessing import assess, team_decided
from pipeline.casework._changing import change
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
from pipeline.casework._consenting import consent, hold_back, renew_by_age, withdraw
from pipeline.casework._deviating import (
    CameBack,
    came_back,
    dismiss_deviation,
    hours_left,
    report_deviation,
    report_due,
)
from pipeline.casework._evaluating import evaluate
from pipeline.casework._finishing import finish_task
from pipeline.casework._gaps import note_gaps, note_made
from pipeline.casework._handing_over import handed_over
from pipeline.casework._hearing import hear_child
from pipeline.casework._holding import halted, standing
from pipeline.casework._informing import inform
from pipeline.casework._language import choose_language
from pipeline.casework._leaving import UNSIGNED, born, come_back, leave
from pipeline.casework._meetings import call_off_meeting, meeting_held, plan_meeting, plan_preparatory
from pipeline.casework._merging import merge, split
from pipeline.casework._noticing import CLOSING, SERVICE, answer_notice, notice, withdraw_notice
from pipeline.casework._objecting import end_objection, object_to_parents, withheld
from pipeline.casework._outcome import (
    Outcome,
    Situation,
)
from pipeline.casework._parties import age_on
from pipeline.casework._plans import start_plan
from pipeline.casework._reassessing import ask_reassessment, decide_reassessment
from pipeline.casework._recalling import answer_unit, ask_unit, civil_parties
from pipeline.casework._receiving import (
    foresee,
    needs_case,
    receive,
)
from pipeline.casework._rectifying import rectify, rectify_contact, reveals, rewritten
from pipeline.casework._refusing import refuse
from pipeline.casework._replying import replied
from pipeline.casework._silence import silence
from pipeline.casework._suggesting import Advice, Ground, Suggestion, suggest
from pipeline.casework._taking_back import take_back
from pipeline.casework._waiting import ready

__all__ = [
    "CLOSING",
    "OUTCOMES",
    "SERVICE",
    "UNSIGNED",
    "Advice",
    "Appointer",
    "CameBack",
    "Ground",
    "Outcome",
    "Situation",
    "Suggestion",
    "absence_ended",
    "absent",
    "age_on",
    "answer_complaint",
    "answer_notice",
    "answer_unit",
    "appoint",
    "appointed_by",
    "ask_reassessment",
    "ask_unit",
    "assess",
    "born",
    "call_off_meeting",
    "came_back",
    "change",
    "choose_language",
    "civil_parties",
    "close",
    "come_back",
    "complain",
    "complete",
    "concerns",
    "conflict",
    "consent",
    "decide_complaint",
    "decide_reassessment",
    "dismiss_deviation",
    "end_conflict",
    "end_objection",
    "evaluate",
    "finish_task",
    "foresee",
    "forward_complaint",
    "halted",
    "handed_over",
    "hear_child",
    "hold_back",
    "hours_left",
    "inform",
    "kept_out",
    "leave",
    "meeting_held",
    "merge",
    "needs_case",
    "note_gaps",
    "note_made",
    "notice",
    "object_to_parents",
    "outdated",
    "plan_meeting",
    "plan_preparatory",
    "ready",
    "receive",
    "rectify",
    "rectify_contact",
    "refuse",
    "refuse_kept_out",
    "register_deputy",
    "renew_by_age",
    "replied",
    "report_deviation",
    "report_due",
    "reveals",
    "rewritten",
    "silence",
    "split",
    "standing",
    "start_plan",
    "suggest",
    "take_back",
    "team_decided",
    "withdraw",
    "withdraw_notice",
    "withheld",
    "without_kept_out",
]
