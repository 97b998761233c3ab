"""What a message that came in means for its case."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.casework._answers import (
    CLOSURE,
    DESIGNATION,
    EVALUATION,
    receive_closure,
    receive_designation,
    receive_evaluation,
)
from pipeline.casework._conflicting import warn_of_own_family
from pipeline.casework._consents import receive_consent
from pipeline.casework._details import person_of
from pipeline.casework._ledger import Ledger
from pipeline.casework._notifications import ATTACHMENTS, receive_attachment, receive_need
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._renewal import review_age
from pipeline.casework._requests import REQUEST, as_need
from pipeline.casework._sharing import CONSENT, WITHDRAWAL, receive_sharing, receive_withdrawal
from pipeline.casework._teams import receive_report
from pipeline.casework._words import letter_noun, role_noun
from pipeline.domain import Case, EventKind, FieldStatus, LetterOrder, PartyRole, Person, Phase, Submission
from pipeline.errors import RefusedError

_NEED = "need-notification"
_CONSENT = "group-consent"
_REPORT = "group-report"
_ABOUT_A_CASE: dict[str, Callable[[Ledger, Submission, str], None]] = {
    _NEED: receive_need,
    _CONSENT: receive_consent,
    _REPORT: receive_report,
    CONSENT: receive_sharing,
    WITHDRAWAL: receive_withdrawal,
    DESIGNATION: receive_designation,
    CLOSURE: receive_closure,
    EVALUATION: receive_evaluation,
}
"""What each form that says something of a case means there."""
_HANDLED = {"R-51", "R-60", "R-61"}
"""Problems that casework sees for itself and has words of its own for."""


def needs_case(submission: Submission) -> bool:
    """Whether this form may open a case without a person: a need notification or an application that says whom it is about."""
    return submission.form in (_NEED, REQUEST) and bool(submission.text("recipient.name"))


def receive(
    case: Case | None,
    submission: Submission,
    situation: Situation,
    *,
    case_id: str,
    document: str,
    person: Person | None = None,
    by_person: bool = False,
) -> Outcome:
    """Take a message into its case; without one (or when it is closed) a need notification opens ``case_id``.

    A message to a closed case that opens no new one is a task for a person.

    ``by_person``: somebody at the unit chose to open a case by this message; then a report or a consent about somebody
    unknown may open one too. ``person`` is the register's own when matching knows them; else a new one gets the id ``<case id>-p``.
    Raises ``RefusedError`` when a field still waits for a person, the case is another municipality's, or nothing may open one.
    """
    interpreter = bool(submission.text("interpreter"))
    submission = as_need(submission, situation)
    _check(case, submission, situation, by_person=by_person)
    if case is None or (not case.open and submission.form == _NEED and case.id != case_id):
        known = person or (case.person if case else None)
        ledger = _opened(submission, situation, case_id=case_id, document=document, person=known)
    else:
        ledger = Ledger(case, situation)
    if not ledger.case.open:
        ledger.task(
            "message-in-closed-case",
            "Det er kommet en melding i en sak som er avsluttet. Se om saken skal tas opp igjen.",
        )
        return ledger.outcome()
    _take_in(ledger, submission, document)
    review_age(ledger)
    warn_of_own_family(ledger)
    if interpreter:
        ledger.task(
            "interpreter",
            "Skjemaet sier at det trengs tolk. Se språket i skjemaet, og bestill tolk.",
            rule="R-64",
        )
    for problem in submission.problems:
        about_kind = any(field.startswith("kind.") for field in problem.fields)
        unsigned = submission.form in (_CONSENT, CONSENT, WITHDRAWAL) and problem.fields[:1] == ("signed",)
        if problem.rule not in _HANDLED and not about_kind and not unsigned:
            ledger.task("form-problem", problem.text, rule=problem.rule)
    return ledger.outcome()


def _check(case: Case | None, submission: Submission, situation: Situation, *, by_person: bool) -> None:
    if any(reading.status is FieldStatus.REVIEW for reading in submission.fields.values()):
        raise RefusedError("Skjemaet har felt som venter på en person", rule="review")
    if submission.form not in (*_ABOUT_A_CASE, *ATTACHMENTS):
        raise RefusedError("Dette er ikke et skjema som kan tas inn i en sak", rule="form")
    if case is not None and case.municipality != situation.profile.key:
        raise RefusedError("Saken hører til en annen kommune", rule="municipality")
    if submission.municipality not in (None, situation.profile.key):
        raise RefusedError("Skjemaet hører til en annen kommune", rule="municipality")
    names = submission.text("recipient.name") or submission.text("subject")
    if case is None and not needs_case(submission) and not (by_person and names):
        raise RefusedError(
            "Skjemaet kan ikke åpne en sak. Koble det til saken det gjelder", rule="needs-case"
        )


def _opened(
    submission: Submission, situation: Situation, *, case_id: str, document: str, person: Person | None
) -> Ledger:
    case = Case(
        id=case_id,
        municipality=situation.profile.key,
        person=person or person_of(submission, f"{case_id}-p"),
        phase=Phase.RECEIVED,
        opened_on=situation.arrived,
        language=situation.profile.office.language,
    )
    ledger = Ledger(case, situation)
    ledger.note(EventKind.CASE_OPENED, document=document)
    return ledger


def _take_in(ledger: Ledger, submission: Submission, document: str) -> None:
    receive_it = _ABOUT_A_CASE.get(str(submission.form))
    if receive_it is not None:
        receive_it(ledger, submission, document)
    else:
        receive_attachment(ledger, submission, document)


def foresee(outcome: Outcome) -> tuple[str, ...]:
    """Norwegian lines about what will follow: each letter and to whom, and what a person must see to instead."""
    letters = tuple(_foreseen(order) for order in outcome.letters)
    created = {event.data.get("task") for event in outcome.events if event.kind is EventKind.TASK_CREATED}
    tasks = tuple(f"Oppgave: {task.text}" for task in outcome.case.tasks if task.id in created)
    return letters + tasks


def _foreseen(order: LetterOrder) -> str:
    to = order.to
    line = f"{letter_noun(order.kind)}: til {role_noun(to.role)}"
    if to.employee is None and to.role is PartyRole.MANAGER:
        return f"{line}, når ansattlisten har en leder for tjenesten"
    if to.role is PartyRole.COMPLAINT_BODY:
        # Its letter needs no street address (B.2): it is made at once.
        named = f"{line} ({to.name})" if to.name else f"{line}, når den står i kommunens profil"
        return named if to.address_lines else f"{named}, sendes gjennom kommunens egen kanal"
    if to.employee is None and not to.address_lines:
        return f"{line}, når adressen er registrert"
    if order.kind == "appointment-user" and not any(
        order.facts.get(name) for name in ("coordinator_phone", "coordinator_email")
    ):
        return f"{line}, når koordinatorens telefon eller e-post er registrert"
    return line
