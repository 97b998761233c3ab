"""From a date to the reminders that fall due: each once, as drafts for a person to approve."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.casework import note_gaps, renew_by_age
from pipeline.domain import LetterStatus
from pipeline.flow._desk import Desk
from pipeline.flow._following import keep
from pipeline.flow._lettering import lay_withdrawn, make_letters
from pipeline.reminders import Due, due


def remind(desk: Desk, *, on: date, dry_run: bool) -> list[dict[str, object]]:
    """Find what falls due by a day and, unless it is a dry run, order each reminder exactly once.

    ``action`` is ``would-create``, ``created``, ``exists`` or ``stopped`` (it can't be sent by batch; a person has a task).
    """
    if not dry_run:
        _review_ages(desk)
    with desk.store.reading() as register:
        staff = {key: register.staff(key) for key in desk.municipalities}
        found = list(due(register.cases(), desk.municipalities, on, staff=staff))
        claimed = {
            (d.case, d.rule, d.period)
            for d in found
            if register.reminder_status(d.case, d.rule, d.period) is not None
        }
    rows = [
        _remind_one(desk, one, (one.case, one.rule, one.period) in claimed, dry_run=dry_run) for one in found
    ]
    if not dry_run:
        lay_withdrawn(desk)
        make_letters(desk)
    return rows


def _review_ages(desk: Desk) -> None:
    """Ask for the own consent of those who have turned sixteen, today and not on the day the reminders are made for (T-18)."""
    with desk.store.reading() as register:
        born = [
            case.id
            for case in register.cases()
            if case.open and case.consents and case.person.birth_date is not None
        ]
    for wanted in born:
        with desk.store.transaction() as register:
            case = register.case(wanted)
            if case is None:
                continue
            outcome = renew_by_age(case, desk.situation(register, case, case.municipality, cause="T-18"))
            if outcome.events:
                keep(desk, register, outcome)


def _remind_one(desk: Desk, one: Due, claimed: bool, *, dry_run: bool) -> dict[str, object]:
    letter: str | None = one.order.kind if one.order is not None else None
    if claimed:
        action = "exists"
    elif one.order is None:
        action = "stopped"
        if not dry_run:
            _ask(desk, one)
    elif dry_run:
        action = "would-create"
    else:
        action, letter = _order(desk, one)
    return {
        "rule": one.rule,
        "case": one.case,
        "due": one.due.isoformat(),
        "to": one.to.name if one.to is not None else None,
        "letter": letter,
        "action": action,
    }


def _ask(desk: Desk, one: Due) -> None:
    """Give a person the task that no letter may do."""
    with desk.store.transaction() as register:
        case = register.case(one.case)
        if case is None:
            return
        situation = desk.situation(register, case, case.municipality, cause=one.rule)
        outcome = note_gaps(case, situation, letter=one.key, gaps=[("stopped", one.reason)])
        if outcome.events:
            register.save_case(outcome.case, outcome.events)


def _order(desk: Desk, one: Due) -> tuple[str, str | None]:
    assert one.order is not None  # noqa: S101 - checked by the caller
    with desk.store.transaction() as register:
        case = register.case(one.case)
        if case is None or not register.claim_reminder(one.case, one.rule, one.period, one.due, desk.now()):
            return "exists", None
        letters = register.order_letters(
            (one.order,), municipality=case.municipality, now=desk.now(), actor=desk.actor
        )
        # A draft nobody has approved is overtaken by the newer one: the recipient gets one letter, not three at once.
        for older in list(register.letters(case=one.case)):
            waits = older.status in {LetterStatus.ORDERED, LetterStatus.DRAFT}
            if older.order.batch and older.order.rule == one.rule and older.order.key != one.key and waits:
                register.update_letter(replace(older, status=LetterStatus.WITHDRAWN))
    return "created", letters[0].id if letters else None
