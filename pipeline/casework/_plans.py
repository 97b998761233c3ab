"""What a report says of the individual plan."""

from __future__ import annotations

from dataclasses import replace

from pipeline.casework._elsewhere import check_plan
from pipeline.casework._ledger import Ledger
from pipeline.domain import EventKind, Plan, Submission

_NOTES = {
    "plan.exists_note": "Har plan",
    "plan.active_note": "I drift",
    "plan.informed_note": "Informert",
    "plan.needed_note": "Behov",
    "plan.not_today_note": "Ikke i dag",
    "other_plans": "Andre planer",
}


def register_plan(ledger: Ledger, submission: Submission) -> None:
    """Keep the answers about the plan. A question left open keeps what was known; nothing is concluded from silence."""
    answers = {name: _answer(submission, name) for name in ("exists", "active", "informed", "needed")}
    not_today = submission.ticked("plan.not_today")
    notes = "\n".join(
        f"{label}: {submission.text(field)}" for field, label in _NOTES.items() if submission.text(field)
    )
    if not notes and not not_today and all(answer is None for answer in answers.values()):
        return
    known = ledger.case.plan or Plan()
    if answers["exists"] is not None and answers["exists"] is not known.exists:
        # The other questions hang on this one: old answers to them say nothing any more.
        known = Plan(notes=known.notes)
    plan = Plan(
        exists=known.exists if answers["exists"] is None else answers["exists"],
        active=known.active if answers["active"] is None else answers["active"],
        informed=known.informed if answers["informed"] is None else answers["informed"],
        needed=known.needed if answers["needed"] is None else answers["needed"],
        not_today=not_today,
        notes=notes or known.notes,
        as_of=ledger.situation.arrived,
    )
    ledger.change(replace(ledger.case, plan=plan))
    ledger.note(EventKind.PLAN_REPORTED, exists=plan.exists, active=plan.active, as_of=plan.as_of)
    check_plan(ledger)
    if plan.exists and ledger.case.coordinator is None:
        ledger.task(
            "plan-without-coordinator",
            "Saken har individuell plan, men ingen koordinator i registeret. Avgjør hvem som skal oppnevnes.",
            rule="R-1",
        )


def _answer(submission: Submission, name: str) -> bool | None:
    value = submission.value(f"plan.{name}")
    return value if isinstance(value, bool) else None
