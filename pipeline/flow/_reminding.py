"""From a date to the reminders that fall due: each once, as drafts for a person to approve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from pipeline.casework import Outcome, Situation, ask_unit, civil_parties, note_gaps, renew_by_age
from pipeline.domain import Case, LetterStatus, Party, Staff
from pipeline.flow._clock import OSLO
from pipeline.flow._desk import Desk
from pipeline.flow._keeping import UNIT_TASK, keep
from pipeline.flow._lettering import lay_withdrawn, make_letters
from pipeline.flow._seeking import candidates
from pipeline.municipalities import Audience, Cadence
from pipeline.reminders import EVERY_CADENCE, Due, batch_id, birthday, due, overtakes, questions
from pipeline.store import Register

Row = dict[str, object]

AT_A_TIME = 25
"""Reminders made in one transaction: all of them are kept, or none, and other commands get their turn between."""


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
    for the unit is created like a letter. ``new_only`` spares looking at cases whose reminder was made before. The rows leave out the
    cases that the one at the desk is kept out of; their reminders are made all the same.
    """
    if not dry_run:
        _review_ages(desk)
    now = desk.now()
    with desk.store.reading() as register:
        staff = {key: register.staff(key) for key in desk.municipalities}
        looked = _found(desk, register, on, cadences, staff, new_only=new_only)
        found = [_with_template(desk, one) for one in looked]
        made = [_made_at(register, one) for one in found]
        hidden = desk.hidden(register)
    rows: list[Row] = []
    for start in range(0, len(found), AT_A_TIME):
        part = list(zip(found[start : start + AT_A_TIME], made[start : start + AT_A_TIME], strict=True))
        if dry_run or all(at is not None for _, at in part):
            rows += [_row(one, "exists" if at else _foreseen(one), at or now) for one, at in part]
        else:
            with desk.store.transaction() as register:
                ended = [one.case for one, _ in part if one.closed]
                known = register.cases_by_id((one.case for one, _ in part), ended=ended)
                cases = {case.id: case for case in known}
                rows += [_remind_one(desk, register, one, at, now, cases, staff) for one, at in part]
    if not dry_run:
        lay_withdrawn(desk)
        make_letters(desk)
    return [row for row in rows if row["case"] not in hidden.cases]


JUST_TURNED = timedelta(days=62)
"""How long after the birthday the age of consent is looked at: a run that was down that long misses nobody, and no run reads every case."""


def _review_ages(desk: Desk) -> None:
    """Ask for the own consent of those who have turned sixteen, today and not on the day the reminders are made for (T-18)."""
    turned: set[str] = set()
    with desk.store.reading() as register:
        for key, profile in desk.municipalities.items():
            born = birthday(desk.today(), -profile.ages.consent)
            turned.update(register.born_between(key, since=born - JUST_TURNED, until=born))
    for wanted in sorted(turned):
        with desk.store.transaction() as register:
            case = register.case(wanted)
            if case is None:
                continue
            outcome = renew_by_age(case, desk.situation(register, case, case.municipality, cause="T-18"))
            if outcome.events:
                keep(desk, register, outcome)


def _found(
    desk: Desk,
    register: Register,
    on: date,
    cadences: frozenset[Cadence],
    staff: Mapping[str, Staff],
    *,
    new_only: bool,
) -> Iterator[Due]:
    law = desk.municipalities.law

    def civil(case: Case, audience: Audience) -> tuple[tuple[Party, ...], str]:
        return civil_parties(case, law, on, audience)

    asked = questions(desk.municipalities, on, cadences=cadences, new_only=new_only)
    cases = candidates(register, asked)
    yield from due(cases, desk.municipalities, on, staff=staff, cadences=cadences, civil=civil)


def _with_template(desk: Desk, one: Due) -> Due:
    """The reminder, or the sentence that its letter has no template here."""
    if one.order is None or one.order.kind in desk.letters():
        return one
    reason = f"Malen {one.order.kind} finnes ikke i templates/letters, så brevet må skrives av en person."
    return replace(one, order=None, reason=reason)


def _made_at(register: Register, one: Due) -> datetime | None:
    """When a reminder was made; also when a later step of the same matter was: a clock set back makes nothing again."""
    known = register.reminder(one.case, one.rule, one.period)
    if known is not None:
        return known.at
    later = (r for r in register.reminders(case=one.case, rule=one.rule) if overtakes(r.period, one))
    return next((record.at for record in later), None)


def _foreseen(one: Due) -> str:
    return "would-create" if one.order is not None or one.task else "stopped"


def _remind_one(
    desk: Desk,
    register: Register,
    one: Due,
    made_at: datetime | None,
    now: datetime,
    cases: dict[str, Case],
    staff: Mapping[str, Staff],
) -> Row:
    """Claim a reminder and order its letter, give the unit its task, or give a person the one that no letter may do.

    ``cases`` are those of the transaction, as they now are; one that was closed meanwhile asks for nothing but what goes on in it.
    """
    case = cases.get(one.case)
    if case is not None and not case.open and not one.closed:
        case = None
    if case is None or made_at is not None:
        return _row(one, "stopped" if case is None else "exists", made_at or now)
    situation = _situation(desk, case, one.rule, staff)

    def keep(outcome: Outcome) -> None:
        if outcome.events:
            register.save_case(outcome.case, outcome.events)
            cases[outcome.case.id] = outcome.case

    if one.order is None and not one.task:
        keep(note_gaps(case, situation, letter=one.key, gaps=[("stopped", one.reason)]))
        return _row(one, "stopped", now)
    if not register.claim_reminder(one.case, one.rule, one.period, one.due, now):
        return _row(one, "exists", now)
    if one.order is None:
        keep(ask_unit(case, situation, code=f"{UNIT_TASK}{one.rule}", text=one.task, rule=one.rule))
        return _row(one, "created", now)
    letters = register.order_letters((one.order,), municipality=case.municipality, now=now, actor=desk.actor)
    # A draft nobody has approved is overtaken by the newer one: the recipient gets one letter, not three at once.
    for older in list(register.letters(case=one.case)):
        waits = older.order.batch and older.status in {LetterStatus.ORDERED, LetterStatus.DRAFT}
        same = older.order.rule == one.rule and older.order.key.startswith(one.thread)
        this = older.order.key == one.stem or older.order.key.startswith(f"{one.stem}:")
        if waits and same and not this:
            register.update_letter(replace(older, status=LetterStatus.WITHDRAWN))
    # What stopped it before is gone.
    keep(note_gaps(case, situation, letter=one.key, gaps=()))
    return _row(one, "created", now) | {"letter": letters[0].id if letters else None}


def _situation(desk: Desk, case: Case, cause: str, staff: Mapping[str, Staff]) -> Situation:
    """As ``Desk.situation``, with the staff lists read once for all."""
    return Situation(
        profile=desk.municipalities[case.municipality],
        law=desk.municipalities.law,
        staff=staff[case.municipality],
        now=desk.local_time(),
        actor=desk.actor,
        cause=cause,
    )


def _row(one: Due, action: str, at: datetime) -> Row:
    batched = action != "stopped" and one.order is not None
    return {
        "rule": one.rule,
        "case": one.case,
        "due": one.due.isoformat(),
        "to": one.to.name if one.to is not None else None,
        "letter": one.order.kind if one.order is not None else None,
        "action": action,
        "cadence": one.cadence.value,
        "batch": batch_id(one.municipality, one.cadence, at.astimezone(OSLO).date()) if batched else None,
        "why": one.reason,
    }
