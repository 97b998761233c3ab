"""What leaders and coordinators send back: who was named, what should end, how it works (T-1, F-000-6, F-000-9)."""

from __future__ import annotations

from pipeline.casework._appointers import Appointer
from pipeline.casework._appointing import appoint
from pipeline.casework._details import day, update_person
from pipeline.casework._ledger import Ledger
from pipeline.casework._noticing import CLOSING, SERVICE, measure_of
from pipeline.casework._reassessing import open_reassessment
from pipeline.casework._words import listed, same
from pipeline.domain import Appointment, EventKind, MatterKind, Submission
from pipeline.errors import RefusedError

DESIGNATION = "coordinator-designation"
CLOSURE = "closure-notice"
EVALUATION = "team-evaluation"


def receive_designation(ledger: Ledger, submission: Submission, document: str) -> None:
    """The department's answer: it appoints the one who was named when that answers the unit's request (R-20, T-1)."""
    update_person(ledger, submission)
    ledger.note(EventKind.ATTACHMENT_RECEIVED, document=document, form=DESIGNATION)
    done, not_yet = submission.ticked("designation.done"), submission.ticked("designation.not_yet")
    if done == not_yet:
        return  # the form's own problem is a task already
    if not_yet:
        ledger.task(
            "designation-delayed",
            "Avdelingen svarer at ingen er pekt ut som koordinator ennå. Les hvorfor, og avgjør om saken skal løftes.",
            rule="T-1",
        )
        return
    waiting = ledger.case.awaiting
    if waiting is None:
        coordinator = ledger.case.coordinator
        leaders = ledger.situation.profile.appointment.person_changed_by == "leader"
        if coordinator is not None and same(coordinator.name, submission.text("coordinator.name")):
            return
        if coordinator is not None and leaders:
            _leader_changes(ledger, submission, coordinator, document)
        else:
            ledger.task(
                "designation-not-asked",
                "En avdeling melder hvem som er koordinator, men enheten har ingen ubesvart anmodning. Avgjør om koordinatoren skal"
                " oppnevnes.",
                rule="F-001-3",
            )
        return
    _designated(ledger, submission, waiting)


def _leader_changes(ledger: Ledger, submission: Submission, former: Appointment, document: str) -> None:
    """Unasked: another person in the same service is the leader's to name, another service the unit's to assess (R-21, F-000-5)."""
    service = submission.text("coordinator.service")
    if service and not same(service, former.service):
        open_reassessment(
            ledger, SERVICE, why=f"Meldt ny tjeneste: {service}.", who=submission.text("reported_by"), document=document
        )  # fmt: skip
    else:
        _designated(ledger, submission, former, by=Appointer.LEADER)


def _designated(
    ledger: Ledger, submission: Submission, waiting: Appointment, *, by: Appointer | None = None
) -> None:
    name, begins = submission.text("coordinator.name"), day(submission, "from_date")
    service = submission.text("coordinator.service")
    hindrance = ""
    if not submission.ticked("signed"):
        hindrance = "svaret er ikke underskrevet"
    elif not name or begins is None:
        hindrance = "navn eller dato mangler"
    elif service and not same(service, waiting.service):
        hindrance = "koordinatoren hører til en annen tjeneste enn den som ble spurt"
    if hindrance or begins is None:
        _not_appointed(ledger, hindrance, rule="T-1")
        return
    try:
        found = ledger.situation.staff.named(name, service=waiting.service)
        outcome = appoint(
            ledger.case,
            ledger.situation,
            measure=waiting.measure,
            service=waiting.service,
            name=name,
            from_date=begins,
            employee=found.id if found is not None else None,
            deputy_name=submission.text("deputy.name"),
            deputy_contact=submission.text("deputy.contact"),
            contact=submission.text("coordinator.contact"),
            by=by,
        )
    except RefusedError as refused:
        _not_appointed(ledger, refused.text[:1].lower() + refused.text[1:].rstrip("."), rule=refused.rule)
        return
    ledger.adopt(outcome)
    ledger.settle("designation-delayed", "designation-not-appointed")
    if by is None:
        _late(ledger, waiting)
    if not submission.ticked("prepared.time"):
        ledger.task(
            "coordinator-without-time",
            "Svaret sier ikke at koordinatoren har fått satt av tid til oppgaven. Ta det opp med lederen.",
            rule="R-31",
        )


def _late(ledger: Ledger, waiting: Appointment) -> None:
    """An answer after the deadline counts all the same; whoever the case was lifted to need not clear it up any more (T-1)."""
    profile = ledger.situation.profile
    due = waiting.reply_due
    if due is not None and ledger.situation.arrived > due and profile.appointment.escalation_role:
        ledger.task(
            "designation-late",
            "Avdelingen svarte etter fristen. Er saken løftet videre, så gi beskjed om at koordinatoren er pekt ut:"
            f" {profile.terms.escalation_leader}.",
            rule=profile.sources.get("appointment.escalation_role", "T-1"),
        )


def _not_appointed(ledger: Ledger, hindrance: str, *, rule: str) -> None:
    ledger.task(
        "designation-not-appointed",
        f"Avdelingen har svart på hvem som skal være koordinator, men vedkommende er ikke oppnevnt: {hindrance}. Avklar med avdelingen.",
        rule=rule,
    )


def receive_closure(ledger: Ledger, submission: Submission, document: str) -> None:
    """A coordinator wants something ended: the unit decides, by agreement or after a new assessment (F-000-6, F-000-7, R-1)."""
    update_person(ledger, submission)
    ledger.note(EventKind.ATTACHMENT_RECEIVED, document=document, form=CLOSURE)
    terms = ledger.situation.profile.terms
    names = {"coordinator": "koordinator", "care_group": terms.team, "individual_plan": "individuell plan"}
    chosen = [name for key, name in names.items() if submission.ticked(f"closes.{key}")]
    what = listed(chosen) if chosen else "noe i saken"
    if submission.ticked("agreement.agreed"):
        then = "Den det gjelder er enig. Avslutt saken, eller meld endringen i teamet."
        rule = "F-000-6"
    elif submission.ticked("agreement.disagreed"):
        then = "Den det gjelder vil fortsette. Vurder vilkårene på nytt før noe avsluttes."
        rule = "F-000-7"
    else:
        then = "Det står ikke at den det gjelder er enig. Avklar det før noe avsluttes."
        rule = "F-000-6"
    if rule == "F-000-7" and measure_of(ledger.case) is not None:
        open_reassessment(ledger, CLOSING, document=document)
    ledger.task("closure-notice", f"Det er meldt at dette skal avsluttes: {what}. {then}", rule=rule)


def receive_evaluation(ledger: Ledger, submission: Submission, document: str) -> None:
    """How team and plan work: kept with the case; a wish to end, or to change, is a task (T-9, T-10, F-001-10)."""
    update_person(ledger, submission)
    evaluated = day(submission, "evaluated_on") or day(submission, "date")
    ledger.note(EventKind.ATTACHMENT_RECEIVED, document=document, form=EVALUATION, evaluated_on=evaluated)
    held = evaluated or ledger.situation.arrived
    if all(matter.on != held for matter in ledger.case.matters_of(MatterKind.EVALUATION)):
        ledger.open_matter(MatterKind.EVALUATION, held, done_on=held, about=document)
    terms = ledger.situation.profile.terms
    names = {"coordinator": "koordinator", "care_group": terms.team, "individual_plan": "individuell plan"}
    ends = [name for key, name in names.items() if submission.value(f"continue.{key}") is False]
    if ends:
        ledger.task(
            "evaluation-ends",
            f"Evalueringen sier at den det gjelder ikke vil fortsette med dette: {listed(ends)}. Avklar, og avslutt det hvis det er ønsket.",
            rule="F-001-10",
        )
    if submission.text("changes") or submission.value("evaluation.right_members") is False:
        ledger.task(
            "evaluation-changes",
            f"Evalueringen ber om endringer i {terms.team_definite}. Les den, og se om det trengs nytt samtykke eller en melding.",
            rule="R-55",
        )
