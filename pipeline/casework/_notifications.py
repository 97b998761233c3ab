"""A need notification: what is asked for, by whom, with whose consent; the acknowledgement goes out (F-003-1)."""

from __future__ import annotations

from dataclasses import replace

from pipeline.casework._acknowledging import Reporter, acknowledge
from pipeline.casework._consents import consent_to_message
from pipeline.casework._details import add_contact, add_kin, report_differences, update_person
from pipeline.casework._elsewhere import plan_elsewhere
from pipeline.casework._ledger import Ledger
from pipeline.casework._parties import age_on, employee_told_of, is_minor, speaks_for
from pipeline.casework._relay import begin_relay
from pipeline.casework._suggesting import CHECKLIST, keep_checklist
from pipeline.casework._words import folded, same
from pipeline.domain import Contact, ContactRole, EventKind, Measure, Submission

_PLACES = {measure: f"requested.{measure.value}" for measure in Measure}

ATTACHMENTS = {"needs-checklist": "sjekklisten", "stakeholder-map": "aktørkartet"}
"""The forms that belong to a need notification, and what the clerk calls them."""


def receive_need(ledger: Ledger, submission: Submission, document: str) -> None:
    """Write a need notification into the case and acknowledge it."""
    _take_in(ledger, submission)
    reporter = _reporter(ledger, submission)
    asked = tuple(measure for measure, place in _PLACES.items() if submission.ticked(place))
    ledger.note(
        EventKind.NEED_NOTIFIED,
        document=document,
        received_on=ledger.situation.arrived,
        measures=tuple(measure.value for measure in asked),
        by_service=reporter.by_service,
    )
    consented = consent_to_message(ledger, submission, document)
    _check_age(ledger, asked)
    _check_plan(ledger, asked)
    if asked:
        begin_relay(ledger)
    _check_attachments(ledger, reporter)
    acknowledge(ledger, reporter, asked, document=document, consented=consented)


def _take_in(ledger: Ledger, submission: Submission) -> None:
    update_person(ledger, submission)
    case = ledger.case
    asked = tuple(measure for measure, place in _PLACES.items() if submission.ticked(place))
    services = tuple(str(row["service"]) for row in submission.rows("services") if row.get("service"))
    known = {folded(service) for service in case.services}
    need, proposed = submission.text("needs"), submission.text("proposed_coordinator")
    other = submission.text("requested.other")
    ledger.change(
        replace(
            ledger.case,
            requested=tuple(measure for measure in Measure if measure in (*case.requested, *asked)),
            requested_other=_joined(case.requested_other, other),
            notified_on=case.notified_on or ledger.situation.arrived,
            need=_joined(case.need, need),
            services=(*case.services, *(service for service in services if folded(service) not in known)),
            proposed_coordinator=case.proposed_coordinator or proposed,
        )
    )
    if proposed and not same(proposed, ledger.case.proposed_coordinator):
        report_differences(ledger, ["foreslått koordinator"])
    add_kin(ledger, submission)
    guardian = Contact(id="", role=ContactRole.GUARDIAN, name=submission.text("guardian.name"))
    add_contact(ledger, guardian, "verge")
    gp = Contact(
        id="", role=ContactRole.GP, name=submission.text("gp.name"), office=submission.text("gp.office")
    )
    add_contact(ledger, gp, "fastlege")


def _joined(known: str, told: str) -> str:
    """Both texts, a line each, when they differ."""
    if not told or folded(told) in (folded(line) for line in known.splitlines()):
        return known
    return f"{known}\n{told}" if known else told


def _reporter(ledger: Ledger, submission: Submission) -> Reporter:
    situation = ledger.situation
    name = submission.text("reported_by")
    service = submission.text("oral_consent.service")
    own_voice = speaks_for(ledger.case, name, situation.law, situation.arrived) or _signed_for_child(
        ledger, submission, name
    )
    employee = (
        None
        if own_voice
        else employee_told_of(
            situation.staff, name, service=service, contact=submission.text("oral_consent.contact")
        )
    )
    heard = bool(service) or submission.ticked("oral_consent.signed")
    contact = Contact(
        id="",
        role=ContactRole.REPORTER,
        name=name,
        office=service or (employee.service if employee else ""),
    )
    add_contact(ledger, contact, "den som meldte", several=True)
    by_service = employee is not None or (heard and not own_voice)
    return Reporter(name=name, employee=employee, by_service=by_service, own_voice=own_voice)


def _signed_for_child(ledger: Ledger, submission: Submission, name: str) -> bool:
    """Whether a child's next of kin both reported and signed: the relation may stand empty on the form."""
    if not name or not is_minor(ledger.case.person, ledger.situation.law, ledger.situation.arrived):
        return False
    kin = any(c.role is ContactRole.NEXT_OF_KIN and same(c.name, name) for c in ledger.case.contacts)
    return kin and any(
        row.get("signed") is True and same(str(row.get("name") or ""), name)
        for row in submission.rows("consent.signatures")
    )


def _check_age(ledger: Ledger, asked: tuple[Measure, ...]) -> None:
    birth = ledger.case.person.birth_date
    limit = ledger.situation.profile.appointment.child_coordinator_end_age
    if (
        Measure.CHILD_COORDINATOR in asked
        and birth is not None
        and age_on(birth, ledger.situation.arrived) >= limit
    ):
        ledger.task(
            "child-coordinator-age",
            f"Meldingen ber om barnekoordinator for en som har fylt {limit} år. Avklar om det skal være koordinator.",
            rule="T-21",
        )


def _check_plan(ledger: Ledger, asked: tuple[Measure, ...]) -> None:
    plan = ledger.case.plan
    rules = ledger.situation.profile.plan
    if Measure.INDIVIDUAL_PLAN in asked and plan is not None and plan.exists and rules.one_per_person:
        ledger.task(
            "plan-exists",
            "Meldingen ber om individuell plan, men det er meldt at den det gjelder har en. Det kan bare være én: avklar om den"
            " skal tas opp igjen eller utvides.",
            rule="R-4",
        )
    other = plan_elsewhere(ledger.situation)
    if Measure.INDIVIDUAL_PLAN in asked and other is not None:
        ledger.task(
            "plan-exists",
            f"Meldingen ber om individuell plan, men den det gjelder har en i sak {other.id}. Det kan bare være én: avklar om den skal"
            " utvides, eller slå sammen sakene med skjemaflyt case merge.",
            rule="R-4",
        )


def _check_attachments(ledger: Ledger, reporter: Reporter) -> None:
    """A service that reports a child encloses what the municipality asks for; the task closes when it comes."""
    if not (
        reporter.by_service and is_minor(ledger.case.person, ledger.situation.law, ledger.situation.arrived)
    ):
        return
    for form in ledger.situation.profile.messages.need_attachments:
        code = f"attachment-missing-{form}"
        if any(task.code == code for task in ledger.case.tasks):
            continue
        ledger.task(
            code,
            f"Tjenesten har ikke lagt ved {ATTACHMENTS.get(form, form)}. Be tjenesten om å sende vedlegget.",
            rule="F-003-4",
        )


def receive_attachment(ledger: Ledger, submission: Submission, document: str) -> None:
    """Keep a checklist or a map with the case, and what a checklist ticked; it answers the task that asked for it."""
    form = str(submission.form)
    ledger.note(EventKind.ATTACHMENT_RECEIVED, document=document, form=form)
    if form == CHECKLIST:
        keep_checklist(ledger, submission, document)
    ledger.settle(f"attachment-missing-{form}")
