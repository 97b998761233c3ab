"""Keeping what a decision came to: the case, its letters, and what that overtakes among letters and tasks that wait."""

from __future__ import annotations

from dataclasses import replace

from pipeline.casework import (
    UNSIGNED,
    Outcome,
    answer_unit,
    halted,
    hold_back,
    note_gaps,
    note_made,
    outdated,
    ready,
    receive,
    reveals,
    silence,
    withheld,
)
from pipeline.domain import Letter, LetterStatus
from pipeline.flow._desk import Desk
from pipeline.reminders import answered, hindered, stands
from pipeline.store import Register

UNIT_TASK = "reminder-"
"""What the codes of the tasks begin with that a reminder gives the unit; the rule's id follows."""


def take_waiting(desk: Desk, register: Register, case: str) -> None:
    """Take in what waited for the consent to register, now that it has come: as of the day it came in (R-61)."""
    tried: set[str] = set()
    while (known := register.case(case)) is not None:
        document = next((one for one in ready(known) if one not in tried), None)
        if document is None:
            return
        tried.add(document)
        record = register.document(document)
        waiting = [one for one in register.submissions(document=document) if one.case == case]
        for saved in waiting if record is not None else ():
            if record is None or saved.submission.form not in WAITS_FOR_CONSENT:
                continue
            situation = desk.situation(
                register, known, known.municipality, cause=document, received_at=record.received_at
            )
            outcome = receive(known, saved.submission, situation, case_id=case, document=document)
            _keep(desk, register, outcome)
            known = outcome.case
            text = (
                f"{saved.id}: registrert i sak {case} da samtykket kom. Brev bestilt: {len(outcome.letters)}."
            )
            register.add_step(document, "registered", desk.now(), desk.actor, text)


WAITS_FOR_CONSENT = frozenset({"group-report", "group-consent"})
"""The forms that may wait for the consent to register."""


def keep(desk: Desk, register: Register, outcome: Outcome) -> None:
    """Save a case with its events and order its letters; what waited for its consent comes in too (R-61).

    Drafts of reminders that are now answered or hindered are withdrawn, and letters that rest on a withdrawn consent, whatever came of them before
    they were signed (R-54).
    """
    _keep(desk, register, outcome)
    take_waiting(desk, register, outcome.case.id)


def _keep(desk: Desk, register: Register, outcome: Outcome) -> None:
    register.save_case(outcome.case, outcome.events)
    register.order_letters(
        outcome.letters, municipality=outcome.case.municipality, now=desk.now(), actor=desk.actor
    )
    for letter in list(register.letters(case=outcome.case.id)):
        waits = letter.order.batch and letter.status in {LetterStatus.ORDERED, LetterStatus.DRAFT}
        late = letter.status is LetterStatus.ORDERED and outdated(letter.order, outcome.case)
        stopped = _rests_on_nothing(desk, register, outcome, letter)
        unsigned = letter.status in UNSIGNED
        silent = unsigned and (
            bool(silence(outcome.case.person))
            or reveals(letter.order, outcome.case)
            or withheld(letter.order, outcome.case)
        )
        done = (
            late or stopped or silent or (waits and answered(outcome.case, letter.order, desk.municipalities))
        )
        why = hindered(outcome.case, letter.order, desk.municipalities, desk.today()) if waits else ""
        if done or why:
            withdraw(desk, register, letter)
        if why and not done:
            tell_stopped(desk, register, outcome.case.id, letter, why)
    _answer_tasks(desk, register, outcome.case.id)


def _answer_tasks(desk: Desk, register: Register, case_id: str) -> None:
    """Close the unit's tasks that a rule asked for and that are answered now."""
    case = register.case(case_id)
    open_codes = (
        [t.code for t in case.tasks if t.done_on is None and t.code.startswith(UNIT_TASK)] if case else []
    )
    if case is None or not open_codes:
        return
    known, today = desk.municipalities, desk.today()
    done = [code for code in open_codes if not stands(case, code.removeprefix(UNIT_TASK), known, today)]
    situation = desk.situation(register, case, case.municipality, cause="remind")
    outcome = answer_unit(case, situation, done)
    if outcome.events:
        register.save_case(outcome.case, outcome.events)


def tell_stopped(desk: Desk, register: Register, case_id: str, letter: Letter, why: str) -> None:
    """Give a person the sentence that says why a reminder was stopped."""
    case = register.case(case_id)
    if case is None:
        return
    situation = desk.situation(register, case, case.municipality, cause=letter.id)
    outcome = note_gaps(case, situation, letter=letter.order.key, gaps=[("stopped", why)])
    if outcome.events:
        register.save_case(outcome.case, outcome.events)


def _rests_on_nothing(desk: Desk, register: Register, outcome: Outcome, letter: Letter) -> bool:
    """Whether a letter that nobody has signed rests on a withdrawn consent; for one that is signed a person gets a task (R-54)."""
    case = register.case(outcome.case.id)
    if case is None or letter.status in {LetterStatus.SENT, LetterStatus.WITHDRAWN}:
        return False
    if not halted(case, desk.municipalities[case.municipality], letter.order, desk.today()):
        return False
    if letter.status is not LetterStatus.SIGNED:
        return True
    situation = desk.situation(register, case, case.municipality, cause=letter.id)
    held = hold_back(case, situation, letter=letter.id)
    if held.events:
        register.save_case(held.case, held.events)
    return False


def withdraw(desk: Desk, register: Register, letter: Letter) -> None:
    """Withdraw a letter, and close the tasks that asked for what it lacked; its files are moved by ``lay_withdrawn``."""
    register.update_letter(replace(letter, status=LetterStatus.WITHDRAWN))
    _nothing_lacks(desk, register, letter.order.case, letter)


def _nothing_lacks(desk: Desk, register: Register, case_id: str, letter: Letter) -> None:
    """Close the tasks that asked for what a letter lacked: it isn't wanted any more."""
    case = register.case(case_id)
    if case is None:
        return
    situation = desk.situation(register, case, case.municipality, cause=letter.id)
    done = note_made(case, situation, letter=letter.id)
    if done.events:
        register.save_case(done.case, done.events)
