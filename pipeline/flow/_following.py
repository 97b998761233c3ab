"""What a reading leads to: each form is matched, understood and followed by its letters, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.casework import (
    Outcome,
    needs_case,
    receive,
)
from pipeline.domain import (
    Case,
    DocumentRecord,
    DocumentStatus,
    ReadingStatus,
    Submission,
)
from pipeline.errors import RefusedError
from pipeline.flow._desk import Desk
from pipeline.flow._keeping import keep
from pipeline.matching import Match, MatchKind, match
from pipeline.store import Register, SubmissionRecord, SubmissionStatus

NOTIFIES = "need-notification"
"""The form that names whose the other forms in its file are."""


def follow_all(
    desk: Desk, register: Register, record: DocumentRecord, submissions: Sequence[Submission]
) -> None:
    """Save what was read of a document and take every form in it as far as it comes without a person."""
    saved = register.save_submissions(record.id, submissions)
    for note in [note for one in submissions for note in one.notes]:
        register.add_step(record.id, "noted", desk.now(), desk.actor, note)
    for one in saved:
        read = f"{one.id}: {one.submission.form or 'ukjent skjema'}, {READ[one.submission.status]}."
        register.add_step(record.id, "read", desk.now(), desk.actor, read)
    first = [s for s in saved if s.submission.form == NOTIFIES]
    for one in first + [s for s in saved if s not in first]:
        follow(desk, register, record, one)
    settle(desk, register, record)


READ = {
    ReadingStatus.ACCEPTED: "lest sikkert",
    ReadingStatus.REVIEW: "må ses på av en person",
    ReadingStatus.REJECTED: "kunne ikke leses",
}


def follow(desk: Desk, register: Register, record: DocumentRecord, saved: SubmissionRecord) -> bool:
    """Take one form on: doubtful fields wait for a person (the store asks), else find its case and let casework say what follows.

    Returns whether it was linked to a case.
    """
    submission = saved.submission
    if submission.form is None or submission.status is not ReadingStatus.ACCEPTED:
        return False
    municipality = municipality_of(record, submission, default=desk.default_municipality)
    if municipality is None:
        register.add_review_item(saved.id, field=None, code="municipality", reason=WRONG_MUNICIPALITY)
        return False
    beside = [one for one in register.submissions(document=record.id) if one.id != saved.id]
    found = match(submission, register, municipality=municipality, beside=beside)
    case = found.case if found.case is not None else _gone_on(register, found)
    if case is None and found.kind is MatchKind.DOUBT:
        register.add_review_item(
            saved.id, field=None, code=found.code, reason=found.reason, candidates=found.candidates
        )
        return False
    if case is None and found.kind is MatchKind.NONE and not needs_case(submission):
        register.add_review_item(saved.id, field=None, code="no-case", reason=NO_CASE)
        return False
    try:
        link(desk, register, record, saved, case=case, municipality=municipality)
    except RefusedError as refused:
        register.add_review_item(
            saved.id, field=None, code=refused.rule, reason=refused.text, candidates=found.candidates
        )
        return False
    return True


def _gone_on(register: Register, found: Match) -> str | None:
    """The open case that the one meant was merged into; None when it wasn't, so that a person must choose."""
    if found.code != "ended-case" or not found.candidates:
        return None
    case = register.case(found.candidates[0].case)
    joined = _merged(register, case) if case is not None and case.merged_into else None
    return joined.id if joined is not None and joined.open else None


def _merged(register: Register, case: Case) -> Case:
    """The case that goes on in a merged one's place, or the case itself."""
    seen = {case.id}
    while case.merged_into and case.merged_into not in seen:
        seen.add(case.merged_into)
        case = register.case(case.merged_into) or case
    return case


WRONG_MUNICIPALITY = "Skjemaet hører til en annen kommune enn mappen det lå i. Se hvem som skal ha det."
NO_CASE = (
    "Ingen sak i registeret passer. Knytt skjemaet til en sak, eller opprett en ny med: review link ID ny"
)


def link(
    desk: Desk,
    register: Register,
    record: DocumentRecord,
    saved: SubmissionRecord,
    *,
    case: str | None,
    municipality: str,
    by_person: bool = False,
) -> Outcome:
    """Let casework say what a form means in its case (None: a new one), and keep what follows."""
    known = register.case(case) if case is not None else None
    if known is not None:
        known = _merged(register, known)
        if by_person:
            desk.refuse_kept_out(register, known)
    situation = desk.situation(register, known, municipality, cause=record.id, received_at=record.received_at)
    reopens = known is not None and not known.open and saved.submission.form == NOTIFIES
    case_id = register.next_case_id(municipality, desk.today().year) if known is None or reopens else known.id
    outcome = receive(
        known, saved.submission, situation, case_id=case_id, document=record.id, by_person=by_person
    )
    keep(desk, register, outcome)
    register.link_submission(saved.id, outcome.case.id, desk.actor)
    text = f"{saved.id}: knyttet til sak {outcome.case.id}. Brev bestilt: {len(outcome.letters)}."
    register.add_step(record.id, "linked", desk.now(), desk.actor, text)
    return outcome


def settle(desk: Desk, register: Register, record: DocumentRecord) -> None:
    """Give a document the worst status of its forms, with the first reason."""
    status, reason, code = _settled(register, record)
    register.settle_document(record.id, status, reason=reason, reason_code=code)
    register.add_step(record.id, status.value, desk.now(), desk.actor, reason)


def _settled(register: Register, record: DocumentRecord) -> tuple[DocumentStatus, str, str]:
    saved = list(register.submissions(document=record.id))
    waiting = list(register.review_items(document=record.id))
    if waiting:
        first = waiting[0]
        code = NOT_READ if any(item.code == NOT_READ for item in waiting) else first.code
        return DocumentStatus.REVIEW, first.reason, code
    if saved and all(one.status is SubmissionStatus.REJECTED for one in saved):
        return DocumentStatus.DONE, LAID_AWAY, "laid-away"
    return DocumentStatus.DONE, "", ""


NOT_READ = "not-read"
"""The code of an image, or of pages without text, while no scan reader is there."""

LAID_AWAY = "En saksbehandler har lagt bort skjemaet."


def municipality_of(record: DocumentRecord, submission: Submission, *, default: str) -> str | None:
    """Whose a form is: the folder's municipality, else the one the form names, else the home's.

    None when the form names another than the folder it lay in.
    """
    if record.municipality and submission.municipality not in {None, record.municipality}:
        return None
    return record.municipality or submission.municipality or default
