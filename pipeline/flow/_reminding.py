"""From a date to the reminders that fall due: each once, as drafts for a person to approve."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from pipeline.casework import ask_unit, civil_parties, note_gaps
from pipeline.domain import Case, LetterStatus, Party
from pipeline.flow._clock import OSLO
from pipeline.flow._desk import Desk
from pipeline.flow._lettering import lay_withdrawn, make_letters
from pipeline.flow._seeking import candidates
from pipeline.municipalities import Audience, Cadence
from pipeline.reminders import EVERY_CADENCE, Due, batch_id, due, overtakes, questions
from pipeline.store import Register

Row = dict[str, object]


def remind(
    desk: Desk,
    *,
    on: date,
    dry_run: bool,
    cadences: frozenset[Cadence] = EVERY_CADENCE,
    new_only: bool = False,
) -> list[Row]:
    """Find what falls due by a day in some cadences and, unless it is a dry run, order each reminder exactly once.

    ``action`` is ``would-create``, ``created``, ``exists`` or ``stopped`` (it can't be sent by batch; a person has a task). A task
    for the unit is created like a letter. ``new_only`` spares looking at cases whose reminder was made before.
    """
    now = desk.now()
    with desk.store.reading() as register:
        found = list(_found(desk, register, on, cadences, new_only=new_only))
        made = [_made_at(register, one) for one in found]
    rows = [_remind_one(desk, one, at, now, dry_run=dry_run) for one, at in zip(found, made, strict=True)]
    if not dry_run:
        lay_withdrawn(desk)
        make_letters(desk)
    return rows


def _found(
    desk: Desk, register: Register, on: date, cadences: frozenset[Cadence], *, new_only: bool
) -> Iterator[Due]:
    law = desk.municipalities.law

    def civil(case: Case, audience: Audience) -> tuple[tuple[Party, ...], str]:
        return civil_parties(case, law, on, audience)

    asked = questions(desk.municipalities, on, cadences=cadences, new_only=new_only)
    staff = {key: register.staff(key) for key in desk.municipalities}
    cases = candidates(register, asked)
    yield from due(cases, desk.municipalities, on, staff=staff, cadences=cadences, civil=civil)


def _made_at(register: Register, one: Due) -> datetime | None:
    """When a reminder was made; also when a later step of the same matter was: a clock set back makes nothing again."""
    known = register.reminder(one.case, one.rule, one.period)
    if known is not None:
        return known.at
    later = (r for r in register.reminders(case=one.case, rule=one.rule) if overtakes(r.period, one))
    return next((record.at for record in later), None)


def _remind_one(desk: Desk, one: Due, made_at: datetime | None, now: datetime, *, dry_run: bool) -> Row:
    letter: str | None = one.order.kind if one.order is not None else None
    at = made_at or now
    reason = one.reason
    if made_at is not None:
        action = "exists"
    elif one.order is not None and one.order.kind not in desk.letters():
        action, letter = "stopped", None
        reason = f"Malen {one.order.kind} finnes ikke i templates/letters, så brevet må skrives av en person."
        if not dry_run:
            _ask(desk, replace(one, order=None, reason=reason))
    elif one.order is None and not one.task:
        action = "stopped"
        if not dry_run:
            _ask(desk, one)
    elif dry_run:
        action = "would-create"
    else:
        action, letter = _make(desk, one, now)
    batched = action in ("created", "exists", "would-create") and one.order is not None
    return {
        "rule": one.rule,
        "case": one.case,
        "due": one.due.isoformat(),
        "to": one.to.name if one.to is not None else None,
        "letter": letter,
        "action": action,
        "cadence": one.cadence.value,
        "batch": batch_id(one.municipality, one.cadence, at.astimezone(OSLO).date()) if batched else None,
        "why": reason,
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


def _make(desk: Desk, one: Due, now: datetime) -> tuple[str, str | None]:
    """Claim a reminder and order its letter, or give the unit its task, in one transaction."""
    with desk.store.transaction() as register:
        case = register.case(one.case)
        if case is None or not register.claim_reminder(one.case, one.rule, one.period, one.due, now):
            return "exists", None
        situation = desk.situation(register, case, case.municipality, cause=one.rule)
        if one.order is None:
            asked = ask_unit(case, situation, code=f"reminder-{one.rule}", text=one.task, rule=one.rule)
            if asked.events:
                register.save_case(asked.case, asked.events)
            return "created", None
        letters = register.order_letters(
            (one.order,), municipality=case.municipality, now=now, actor=desk.actor
        )
        # A draft nobody has approved is overtaken by the newer one: the recipient gets one letter, not three at once.
        for older in list(register.letters(case=one.case)):
            waits = older.status in {LetterStatus.ORDERED, LetterStatus.DRAFT}
            same = older.order.rule == one.rule and older.order.key.startswith(one.thread)
            this = older.order.key == one.stem or older.order.key.startswith(f"{one.stem}:")
            if older.order.batch and waits and same and not this:
                register.update_letter(replace(older, status=LetterStatus.WITHDRAWN))
        # What stopped it before is gone.
        cleared = note_gaps(case, situation, letter=one.key, gaps=())
        if cleared.events:
            register.save_case(cleared.case, cleared.events)
    return "created", letters[0].id if letters else None
