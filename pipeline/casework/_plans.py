"""The individual plan: what a report says of it, its start, and the consent it rests on (R-1, R-4, R-50, F-004-2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.casework._elsewhere import check_plan
from pipeline.casework._holding import holds
from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._tidings import tell_of_plan
from pipeline.domain import Case, EventKind, Plan, Submission
from pipeline.errors import RefusedError

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
    consent = ledger.case.consent("plan")
    if plan.exists and plan.active is not False and consent is not None and consent.withdrawn_on is not None:
        # A report doesn't start again what a withdrawal stopped.
        plan = replace(plan, active=False)
        _ask_for_consent(ledger)
    ledger.change(replace(ledger.case, plan=plan))
    ledger.note(EventKind.PLAN_REPORTED, exists=plan.exists, active=plan.active, as_of=plan.as_of)
    check_plan(ledger)
    if runs(ledger.case) and not _consented(ledger.case, ledger.situation):
        _ask_for_consent(ledger)
    if plan.exists and ledger.case.coordinator is None:
        ledger.task(
            "plan-without-coordinator",
            "Saken har individuell plan, men ingen koordinator i registeret. Avgjør hvem som skal oppnevnes.",
            rule="R-1",
        )


def _answer(submission: Submission, name: str) -> bool | None:
    value = submission.value(f"plan.{name}")
    return value if isinstance(value, bool) else None


def start_plan(case: Case, situation: Situation, *, on: date) -> Outcome:
    """Note that work on an individual plan begins. Without a consent of its own it is refused or a task, as the profile says (R-50).

    Raises ``RefusedError``: R-45 for a closed case, R-50 for a day to come or without consent, R-1 without a coordinator, R-4 for a second.
    """
    ledger = Ledger(case, situation)
    rules = situation.profile
    if not case.open:
        raise RefusedError("Saken er avsluttet, så en plan kan ikke begynne i den", rule="R-45")
    if on > situation.today:
        raise RefusedError("Planen kan ikke være begynt en dag som ikke er kommet", rule="R-50")
    if runs(case):
        raise RefusedError("Saken har allerede individuell plan", rule="R-4")
    if case.coordinator is None and not rules.plan.without_coordinator:
        raise RefusedError("Saken har ingen koordinator. Oppnevn en først", rule="R-1")
    if not _consented(case, situation):
        consent = case.consent("plan")
        withdrawn = consent is not None and consent.withdrawn_on is not None
        if withdrawn or rules.consent.plan_required == "yes":
            raise RefusedError(
                "Planen trenger eget samtykke fra den det gjelder. Registrer det først: skjemaflyt consent SAK --given plan",
                rule=rules.sources.get("consent.plan_required", "R-50"),
            )
        _ask_for_consent(ledger)
    ledger.change(replace(ledger.case, plan=replace(case.plan or Plan(), exists=True, active=True, as_of=on)))
    ledger.note(EventKind.PLAN_REPORTED, exists=True, active=True, as_of=on, rule="R-50")
    first = case.plan is None or not case.plan.exists
    if first and rules.plan.decided and case.coordinator is not None:
        tell_of_plan(ledger, case.coordinator)
    return ledger.outcome()


def stop_plan(ledger: Ledger, on: date) -> None:
    """The consent to the plan is withdrawn: the plan stops at once, and a person tells those who work by it (R-50, F-001-5)."""
    plan = ledger.case.plan
    if plan is None or not runs(ledger.case):
        return
    ledger.change(replace(ledger.case, plan=replace(plan, active=False, as_of=on)))
    ledger.note(EventKind.PLAN_REPORTED, exists=True, active=False, as_of=on, rule="R-50")
    tool = ledger.situation.profile.plan.tool
    where = f" i {tool}" if tool else ""
    ledger.task(
        "plan-consent-withdrawn",
        f"Samtykket til individuell plan er trukket tilbake, og planen er stanset. Steng den{where} i dag, og gi beskjed til alle som"
        " arbeider etter den.",
        rule="R-50",
    )


def runs(case: Case) -> bool:
    """Whether there is a plan that nobody has said is out of use."""
    return case.plan is not None and case.plan.exists is True and case.plan.active is not False


def _consented(case: Case, situation: Situation) -> bool:
    return situation.profile.consent.plan_required == "no" or holds(case, situation, "plan")


def _ask_for_consent(ledger: Ledger) -> None:
    ledger.task(
        "plan-without-consent",
        "Saken har individuell plan uten et gyldig samtykke til den. Innhent samtykket, eller stans planen.",
        rule=ledger.situation.profile.sources.get("consent.plan_required", "R-50"),
    )
