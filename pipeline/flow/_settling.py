"""A person settles what is doubtful; what is settled goes on by itself."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.checking import UNREAD_CELL, parse_value
from pipeline.domain import FieldStatus, ReviewItem
from pipeline.errors import UsageError
from pipeline.flow._desk import Desk
from pipeline.flow._following import follow, link, municipality_of, settle
from pipeline.flow._lettering import lay_withdrawn, make_letters
from pipeline.flow._untangling import take_back_form
from pipeline.store import Register, SubmissionRecord, SubmissionStatus

NEW = "ny"
"""What a person writes instead of a case's id to open a new one."""


def accept(desk: Desk, wanted: str) -> tuple[str, ...]:
    """Take a doubtful value, or every doubtful value of a form, as it was read."""

    def settle_it(register: Register, saved: SubmissionRecord) -> None:
        items = [i for i in register.review_items(submission=saved.id) if wanted in {i.id, saved.id}]
        fields = [i.field for i in items if i.field is not None]
        if not fields:
            raise UsageError(
                "Her er det ingen verdi å godta: velg en sak med «review link», eller legg bort med «review reject»."
            )
        unread = [i.field for i in items if i.field is not None and _unread(i)]
        if unread:
            raise UsageError(
                f'«{unread[0]}» har noe skrevet som ikke kunne leses. Skriv verdien, eller "" for tomt, med: '
                f"skjemaflyt review set {saved.id} {unread[0]} VERDI"
            )
        for field in fields:
            register.accept_field(saved.id, field, desk.actor)

    return _settled(desk, wanted, settle_it)


def _unread(item: ReviewItem) -> bool:
    """Whether something stands there, in the place or in a cell of its rows, that the value leaves out."""
    return item.code == UNREAD_CELL or (item.value in (None, ()) and bool(item.raw))


def set_value(desk: Desk, wanted: str, field: str, value: str) -> tuple[str, ...]:
    """Put a person's value in a field. Raises UsageError when it isn't a possible value."""

    def settle_it(register: Register, saved: SubmissionRecord) -> None:
        form = saved.submission.form
        if form is None or field not in saved.submission.fields:
            raise UsageError(f"Dette skjemaet har ikke feltet «{field}». Se feltene med: skjemaflyt forms")
        spec = desk.forms.of(form, saved.submission.version)
        parsed = parse_value(value, spec.field(field), today=desk.today(), towns=desk.towns)
        if parsed.status is FieldStatus.REVIEW:
            raise UsageError(
                parsed.doubt.text if parsed.doubt is not None else f"«{field}» kan ikke ha den verdien."
            )
        if parsed.value == saved.submission.fields[field].value:
            register.accept_field(saved.id, field, desk.actor)
        else:
            register.set_field(saved.id, field, parsed.value, desk.actor)

    return _settled(desk, wanted, settle_it)


def link_to(desk: Desk, wanted: str, case: str) -> tuple[str, ...]:
    """Link a form to a case that a person chose, or to a new one. Doubtful fields must be settled first."""
    with desk.store.transaction() as register:
        saved = _submission(desk, register, wanted)
        record = register.document(saved.document)
        if record is None or saved.submission.form is None:
            raise UsageError("Skjemaet er ikke gjenkjent og kan ikke knyttes til en sak.")
        if saved.status is SubmissionStatus.LINKED:
            raise UsageError(
                f"Skjemaet er alt knyttet til sak {saved.case}. Løs det først med: review unlink {saved.id}"
            )
        if any(i.field is not None for i in register.review_items(submission=saved.id)):
            raise UsageError("Noen felt er ennå usikre. Godta eller rett dem først; se: skjemaflyt review")
        if case != NEW and register.case(case) is None:
            raise UsageError(f"Fant ikke sak {case}. Se listen med: skjemaflyt cases")
        municipality = municipality_of(record, saved.submission, default=desk.default_municipality)
        for item in list(register.review_items(submission=saved.id)):
            register.resolve_review_item(item.id, desk.actor)
        outcome = link(
            desk,
            register,
            record,
            saved,
            case=None if case == NEW else case,
            by_person=True,
            municipality=municipality or record.municipality or desk.default_municipality,
        )
        settle(desk, register, record)
    _after(desk)
    return (f"Knyttet til sak {outcome.case.id}.",)


def unlink(desk: Desk, wanted: str) -> tuple[str, ...]:
    """Take a form out of its case with all it brought; it waits for a person again, and what can't be taken back is a task."""
    with desk.store.transaction() as register:
        saved = _submission(desk, register, wanted)
        if saved.status is not SubmissionStatus.LINKED:
            raise UsageError("Skjemaet er ikke knyttet til noen sak.")
        case = register.case(saved.case or "")
        if case is not None:
            desk.refuse_kept_out(register, case)
        register.unlink_submission(saved.id, desk.actor)
        register.add_review_item(saved.id, field=None, code="unlinked", reason=UNLINKED)
        take_back_form(desk, register, saved)
        record = register.document(saved.document)
        if record is not None:
            settle(desk, register, record)
    lay_withdrawn(desk)
    return (f"Skjemaet er tatt ut av sak {saved.case}, og det som fulgte av det. Se oppgavene i saken.",)


UNLINKED = "Skjemaet ble tatt ut av en sak. Knytt det til riktig sak, eller legg det bort."


def reject(desk: Desk, wanted: str, why: str) -> tuple[str, ...]:
    """Lay a form away: it doesn't belong in the register. The original is kept."""
    if not why.strip():
        raise UsageError("Si hvorfor med --why.")
    with desk.store.transaction() as register:
        saved = _submission(desk, register, wanted)
        register.reject_submission(saved.id, why, desk.actor)
        record = register.document(saved.document)
        if record is not None:
            settle(desk, register, record)
    return ("Skjemaet er lagt bort.",)


def _settled(
    desk: Desk, wanted: str, settle_it: Callable[[Register, SubmissionRecord], None]
) -> tuple[str, ...]:
    with desk.store.transaction() as register:
        saved = _submission(desk, register, wanted)
        settle_it(register, saved)
        fresh = register.submission(saved.id)
        record = register.document(saved.document)
        left = len([i for i in register.review_items(submission=saved.id) if i.field is not None])
        if fresh is not None and record is not None:
            if not left:
                follow(desk, register, record, fresh)
            settle(desk, register, record)
            fresh = register.submission(saved.id)
    _after(desk)
    if left:
        return (f"{left} felt står igjen i dette skjemaet.",)
    if fresh is not None and fresh.case:
        return (f"Skjemaet er ferdig lest og knyttet til sak {fresh.case}.",)
    return ("Skjemaet er ferdig lest. Se hva som venter: skjemaflyt review",)


def _after(desk: Desk) -> None:
    lay_withdrawn(desk)
    make_letters(desk)


def _submission(desk: Desk, register: Register, wanted: str) -> SubmissionRecord:
    saved = register.submission(wanted.rpartition("-")[0] if "-" in wanted else wanted)
    if saved is None:
        raise UsageError(f"Fant ikke «{wanted}». Se listen med: skjemaflyt review")
    desk.refuse_hidden(register, saved.document)
    return saved
