"""Reports about a care team: the yearly report, a change, a dissolution (F-003-2)."""

from __future__ import annotations

from dataclasses import replace

from pipeline.casework._composition import look_at_composition
from pipeline.casework._details import add_kin, report_differences, update_person
from pipeline.casework._dissolving import dissolve
from pipeline.casework._holding import holds
from pipeline.casework._ledger import Ledger, next_id
from pipeline.casework._members import apply, moved, reported_members
from pipeline.casework._plans import register_plan
from pipeline.casework._renewal import compare_information, compare_team
from pipeline.casework._waiting import REPORT, REPORT_WAITS, came_in, wait
from pipeline.casework._words import capital, same
from pipeline.domain import (
    AnnualReport,
    Appointment,
    EventKind,
    Submission,
    Team,
)

_KINDS = ("dissolution", "change", "annual")


def receive_report(ledger: Ledger, submission: Submission, document: str) -> None:
    """Write a report into the case. One that says none or two of the three kinds goes to a person and changes nothing."""
    kinds = [kind for kind in _KINDS if submission.ticked(f"kind.{kind}")]
    if len(kinds) != 1:
        ledger.task(
            "report-kind-unclear",
            "Rapporten har ikke krysset av for nøyaktig én av oppløsning, endring og årlig rapport. Avklar hva den gjelder.",
            rule="F-003-2",
        )
        return
    if ledger.situation.profile.consent.registration_required and not holds(
        ledger.case, ledger.situation, "register"
    ):
        wait(ledger, document, REPORT)
        ledger.note(EventKind.CONSENT_MISSING, document=document, rule="R-61")
        ledger.task(
            REPORT_WAITS,
            "Enheten har ikke samtykke til å registrere rapporten om teamet. Dokumentet er tatt vare på; ingenting av det er"
            " registrert. Innhent samtykke.",
            rule="R-61",
        )
        return
    came_in(ledger, document)
    update_person(ledger, submission)
    add_kin(ledger, submission)
    planned = ledger.case.plan is not None and ledger.case.plan.exists is True
    register_plan(ledger, submission)
    if not planned and ledger.case.plan is not None and ledger.case.plan.exists is True:
        compare_information(ledger, "plan")
    _coordinator(ledger, submission, document)
    if kinds == ["dissolution"]:
        _dissolve(ledger, submission, document)
        return
    if kinds == ["annual"]:
        _register_annual(ledger, document)
    _update_team(ledger, submission, document)


def _register_annual(ledger: Ledger, document: str) -> None:
    case, arrived = ledger.case, ledger.situation.arrived
    if any(report.document == document for report in case.annual_reports):
        return
    report = AnnualReport(
        id=next_id("r", (known.id for known in case.annual_reports)),
        year=arrived.year,
        received_on=arrived,
        document=document,
    )
    ledger.change(replace(ledger.case, annual_reports=(*case.annual_reports, report)))
    ledger.note(
        EventKind.ANNUAL_REPORT_REGISTERED, report=report.id, year=report.year, document=document, rule="T-4"
    )


def _coordinator(ledger: Ledger, submission: Submission, document: str) -> None:
    """Take over the deputy; another coordinator than the register's is for the unit to decide (R-8)."""
    coordinator = ledger.case.coordinator
    named = submission.text("coordinator.name")
    team = capital(ledger.situation.profile.terms.team_definite)
    if coordinator is None:
        ledger.task(
            "team-without-coordinator",
            f"{team} har ingen koordinator i registeret, og kan ikke være uten. "
            + (
                "Rapporten navngir en; avgjør om den skal oppnevnes."
                if named
                else "Avgjør hvem som skal oppnevnes."
            ),
            rule="R-1",
        )
        return
    ledger.settle("team-without-coordinator")
    if named and not same(named, coordinator.name):
        ledger.task(
            "coordinator-differs",
            "Rapporten navngir en annen koordinator enn den enheten har oppnevnt. Avgjør hvem som skal være koordinator.",
            rule="R-8",
        )
        return
    contact = submission.text("coordinator.contact")
    if contact and coordinator.contact and contact != coordinator.contact:
        report_differences(ledger, ["koordinatorens telefon eller e-post"])
    if contact and not coordinator.contact and coordinator.employee is None:
        coordinator = replace(coordinator, contact=contact)
        _replace(ledger, coordinator)
        ledger.note(
            EventKind.TEAM_CHANGED, appointment=coordinator.id, fields=("contact",), document=document
        )
    _deputy(ledger, coordinator, submission)


def _replace(ledger: Ledger, new: Appointment) -> None:
    appointments = tuple(new if a.id == new.id else a for a in ledger.case.appointments)
    ledger.change(replace(ledger.case, appointments=appointments))


def _deputy(ledger: Ledger, coordinator: Appointment, submission: Submission) -> None:
    name, contact = submission.text("deputy.name"), submission.text("deputy.contact")
    if not name or (same(name, coordinator.deputy_name) and contact in ("", coordinator.deputy_contact)):
        return
    new = replace(coordinator, deputy_name=name, deputy_contact=contact)
    _replace(ledger, new)
    ledger.settle("deputy-missing")
    ledger.note(
        EventKind.TEAM_CHANGED,
        appointment=new.id,
        deputy_before=coordinator.deputy_name,
        deputy=name,
        rule="R-43",
    )


def _update_team(ledger: Ledger, submission: Submission, document: str) -> None:
    team, arrived = ledger.case.team, ledger.situation.arrived
    told = reported_members(submission)
    terms = ledger.situation.profile.terms
    if team is not None and not team.active:
        ledger.task(
            "team-dissolved-but-reported",
            f"Rapporten gjelder {terms.team} som er oppløst i registeret. Avklar hva som er riktig.",
            rule="F-003-2",
        )
        return
    if team is None:
        changes = apply((), told, arrived, leave=False)
        ledger.change(replace(ledger.case, team=Team(established_on=arrived, members=changes.members)))
        ledger.note(
            EventKind.TEAM_ESTABLISHED, members=changes.joined, established_on=arrived, document=document
        )
    elif not told and team.present:
        ledger.task(
            "members-missing",
            f"Rapporten nevner ingen deltakere, men {terms.team_definite} har deltakere i registeret. Avklar hvem som er med.",
            rule="F-003-2",
        )
        return
    else:
        changes = apply(team.members, told, arrived, leave=True)
        ledger.change(replace(ledger.case, team=replace(team, members=changes.members)))
        if changes.any or submission.ticked("kind.change"):
            ledger.note(
                EventKind.TEAM_CHANGED,
                joined=changes.joined,
                left=changes.left,
                changed=changes.changed,
                document=document,
            )
        joined = [m for m in changes.members if m.id in changes.joined]
        compare_team(ledger, joined, moved(team.members, changes))
    look_at_composition(ledger)
    if ledger.situation.profile.consent.team_written_required and not holds(
        ledger.case, ledger.situation, "establish"
    ):
        ledger.task(
            "team-consent-missing",
            f"{capital(terms.team_definite)} er meldt, men skriftlig samtykke mangler. Innhent det.",
            rule="R-51",
        )


def _dissolve(ledger: Ledger, submission: Submission, document: str) -> None:
    """The team ends; members and family are told. Coordinator and plan stand until the unit closes them."""
    case, arrived = ledger.case, ledger.situation.arrived
    terms = ledger.situation.profile.terms
    if case.team is not None and not case.team.active:
        ledger.task(
            "team-already-dissolved", f"{capital(terms.team_definite)} er allerede oppløst i registeret."
        )
        return
    if case.team is None:
        ledger.task(
            "dissolved-team-unknown",
            f"Rapporten oppløser {terms.team} som ikke sto i registeret. Se om opplysningene stemmer.",
            rule="F-003-2",
        )
    team = case.team or Team()
    # Whoever the report names beside those we know is told too; nobody is dropped for not being named.
    members = apply(team.members, reported_members(submission), arrived, leave=False).members
    told = tuple(member for member in members if member.to_date is None)
    dissolve(ledger, replace(team, members=members), told, on=arrived, cause=document)
