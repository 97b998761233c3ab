"""The batches of reminders: approved as a whole or letter by letter, and stopped with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.dispatch import LetterAction, advance
from pipeline.domain import Event, EventKind, Letter, LetterStatus
from pipeline.errors import UsageError
from pipeline.flow._clock import OSLO
from pipeline.flow._desk import Desk
from pipeline.flow._keeping import tell_stopped
from pipeline.flow._lettering import lay_withdrawn
from pipeline.reminders import answered, batch_id, hindered, rule_of
from pipeline.store import Register

Row = dict[str, object]


def batch_of(desk: Desk, letter: Letter) -> str | None:
    """The batch a letter was made in; None when it follows from a decision, or its rule is gone."""
    rule = rule_of(letter.order.rule, desk.municipalities) if letter.order.batch else None
    if rule is None:
        return None
    return batch_id(letter.municipality, rule.cadence, letter.ordered_at.astimezone(OSLO).date())


def approve_reminders(desk: Desk, wanted: Sequence[str]) -> list[Row]:
    """Make the drafts of batches, or single ones, ready to sign.

    ``action`` is ``approved``, or ``stopped`` with the sentence why where the answer has come or a hindrance has arisen since; one
    that still waits for an address stays. Raises UsageError, and changes nothing, when a batch or letter isn't known or isn't a draft.
    """
    with desk.store.reading() as register:
        chosen = list(dict.fromkeys(one.id for name in wanted for one in _drafts(desk, register, name)))
    rows = [row for one in chosen if (row := _approve(desk, one)) is not None]
    lay_withdrawn(desk)
    return rows


def stop_reminder(desk: Desk, wanted: str, *, why: str) -> Row:
    """Stop one reminder that has not been approved; its reason is kept in the case. It is never made again. Raises UsageError."""
    if not why.strip():
        raise UsageError("Si hvorfor med --why.")
    with desk.store.transaction() as register:
        letter = register.letter(wanted)
        if letter is None or not letter.order.batch:
            raise UsageError(f"Fant ingen påminnelse {wanted}. Se listen med: skjemaflyt letters")
        _refuse_kept_out(desk, register, letter)
        if letter.status not in (LetterStatus.ORDERED, LetterStatus.DRAFT):
            raise UsageError(
                f"Påminnelse {letter.id} er ikke lenger et utkast. Se den med: skjemaflyt letters"
            )
        _withdraw(desk, register, letter, why=why.strip())
    lay_withdrawn(desk)
    return _row(desk, letter, "stopped", why.strip())


def _drafts(desk: Desk, register: Register, name: str) -> list[Letter]:
    letter = register.letter(name)
    if letter is not None and letter.order.batch:
        _refuse_kept_out(desk, register, letter)
        if letter.status is not LetterStatus.DRAFT:
            raise UsageError(
                f"Påminnelse {letter.id} er ikke et utkast som kan godkjennes. Se den med: skjemaflyt letters"
            )
        return [letter]
    hidden = desk.hidden(register)
    drafts = (x for x in register.letters(status=LetterStatus.DRAFT) if x.order.case not in hidden.cases)
    found = [one for one in drafts if batch_of(desk, one) == name]
    if not found:
        raise UsageError(f"Fant ingen utkast i «{name}». Se bunkene med: skjemaflyt letters --json")
    return found


def _refuse_kept_out(desk: Desk, register: Register, letter: Letter) -> None:
    case = register.case(letter.order.case)
    if case is not None:
        desk.refuse_kept_out(register, case)


def _approve(desk: Desk, wanted: str) -> Row | None:
    with desk.store.transaction() as register:
        letter = register.letter(wanted)
        case = register.case(letter.order.case) if letter is not None else None
        # Somebody may have taken it meanwhile.
        if letter is None or case is None or letter.status is not LetterStatus.DRAFT:
            return None
        why = hindered(case, letter.order, desk.municipalities, desk.today())
        if not why and answered(case, letter.order, desk.municipalities):
            why = "Svaret er kommet, så påminnelsen trengs ikke."
            _withdraw(desk, register, letter, why=why)
        elif why:
            _withdraw(desk, register, letter, why=why)
            if case.open:
                tell_stopped(desk, register, case.id, letter, why)
        else:
            register.update_letter(replace(letter, status=advance(letter.status, LetterAction.APPROVE)))
    return _row(desk, letter, "stopped" if why else "approved", why)


def _withdraw(desk: Desk, register: Register, letter: Letter, *, why: str) -> None:
    register.update_letter(replace(letter, status=LetterStatus.WITHDRAWN))
    told = Event(
        case=letter.order.case,
        kind=EventKind.REMINDER_STOPPED,
        at=desk.local_time(),
        actor=desk.actor,
        cause=letter.id,
        data={"letter": letter.id, "rule": letter.order.rule, "why": why},
    )
    register.add_events([told])


def _row(desk: Desk, letter: Letter, action: str, why: str) -> Row:
    return {
        "letter": letter.id,
        "rule": letter.order.rule,
        "case": letter.order.case,
        "to": letter.order.to.name,
        "batch": batch_of(desk, letter),
        "action": action,
        "why": why or None,
    }
