"""Taking a need up for assessment, and marking what was decided of it (C.4, R-24). A person decides; see ``_suggesting``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._replying import end_waiting
from pipeline.casework._words import listed
from pipeline.domain import Case, EventKind, Matter, MatterKind, Measure, Phase
from pipeline.errors import RefusedError
from pipeline.municipalities import AppointmentModel

_TEAM = "team-decided"
"""The outcome of the matter that holds a decision body's day."""
_TEAM_TASK = "team-decision-missing"


def running(case: Case) -> tuple[Matter, ...]:
    """The assessments that nobody has concluded."""
    return tuple(m for m in case.matters_of(MatterKind.ASSESSMENT, running=True) if m.outcome != _TEAM)


def assess(case: Case, situation: Situation) -> Outcome:
    """Take a case up for assessment; done again while it runs it changes nothing.

    Raises ``RefusedError`` (C.4) when the case is closed, R-45 when the person is dead.
    """
    if not case.open:
        raise RefusedError("Saken er avsluttet, så behovet kan ikke vurderes i den", rule="C.4")
    if case.person.deceased_on is not None:
        raise RefusedError("Personen er registrert som død", rule="R-45")
    ledger = Ledger(case, situation)
    if running(case):
        return ledger.outcome()
    if case.phase is Phase.RECEIVED:
        ledger.change(replace(case, phase=Phase.ASSESSMENT))
    scope = tuple(measure.value for measure in case.requested)
    matter = ledger.open_matter(MatterKind.ASSESSMENT, situation.today, scope=scope)
    ledger.note(EventKind.CASE_ASSESSED, matter=matter.id, rule="C.4")
    return ledger.outcome()


def team_decided(case: Case, situation: Situation, on: date) -> Outcome:
    """Note the day the municipality's decision body allocated the coordinator (R-24); it answers the task that asked.

    Raises ``RefusedError`` when the municipality has no such body, or the day is still to come.
    """
    ledger = Ledger(case, situation)
    if not case.open:
        raise RefusedError("Saken er avsluttet", rule="R-24")
    note_team_decision(ledger, on)
    return ledger.outcome()


def note_team_decision(ledger: Ledger, on: date) -> None:
    """Write the decision body's day into the case; see ``team_decided``. It stands open until a coordinator is appointed by it."""
    body = ledger.situation.profile.terms.decision_body
    if not body:
        raise RefusedError("Kommunen har ikke et eget organ som avgjør hvem som koordinerer", rule="R-24")
    if on > ledger.situation.today:
        raise RefusedError(f"Dagen kommunens {body} avgjorde saken, kan ikke ligge fram i tid", rule="R-24")
    waited = any(task.code == _TEAM_TASK and task.done_on is None for task in ledger.case.tasks)
    done = ledger.situation.today if waited else None
    ledger.open_matter(MatterKind.ASSESSMENT, on, done_on=done, outcome=_TEAM)
    ledger.settle(_TEAM_TASK)


def use_team_decision(ledger: Ledger, appointment: str) -> None:
    """Where a decision body allocates coordinators: take its decision as the ground of an appointment, or ask for it (R-24)."""
    profile = ledger.situation.profile
    if profile.appointment.model is not AppointmentModel.TEAM_DECIDES:
        return
    found = [m for m in ledger.case.matters_of(MatterKind.ASSESSMENT, running=True) if m.outcome == _TEAM]
    for matter in found:
        ledger.change_matter(matter, done_on=ledger.situation.today, about=appointment)
    if not found:
        body = profile.terms.decision_body
        ledger.task(
            _TEAM_TASK,
            f"Her avgjør kommunens {body} hvem som koordinerer. Si når det ble avgjort: skjemaflyt assess SAK"
            " --decided-by-team DATO.",
            rule=profile.sources.get("appointment.model", "R-24"),
        )


def conclude(ledger: Ledger, outcome: str) -> None:
    """Mark the running assessment as decided, and ask about what else was requested and nobody has answered."""
    for matter in running(ledger.case):
        ledger.change_matter(matter, done_on=ledger.situation.today, outcome=outcome)
    left = undecided(ledger.case)
    ledger.settle("measures-undecided")
    if not left:
        end_waiting(ledger, outcome)
    if left:
        words = {
            Measure.INDIVIDUAL_PLAN: "individuell plan",
            Measure.CARE_GROUP: ledger.situation.profile.terms.team,
            Measure.COORDINATOR: "koordinator",
            Measure.CHILD_COORDINATOR: "barnekoordinator",
        }
        ledger.task(
            "measures-undecided",
            f"Det er også bedt om dette, og det er ikke avgjort: {listed(words[one] for one in left)}."
            " Avgjør det, og gi svar.",
            rule="C.4",
        )


def undecided(case: Case) -> tuple[Measure, ...]:
    """What was asked for and neither granted nor refused. Plan and team follow a coordinator (R-2), and a child coordinator does the
    coordinator's work too (R-33); the family's right to a child coordinator is its own."""
    refused = {measure for m in case.matters_of(MatterKind.REFUSAL) for measure in m.scope}
    granted = set(case.granted)
    if Measure.CHILD_COORDINATOR in granted:
        granted |= set(Measure)
    elif Measure.COORDINATOR in granted:
        granted |= set(Measure) - {Measure.CHILD_COORDINATOR}
    if refused & {Measure.COORDINATOR.value, Measure.CHILD_COORDINATOR.value}:
        # A team can't be without a coordinator, so it falls with the refused one unless another is still to be decided.
        asked = {m for m in case.requested if m.value not in refused}
        if not asked & {Measure.COORDINATOR, Measure.CHILD_COORDINATOR}:
            granted.add(Measure.CARE_GROUP)
    return tuple(m for m in case.requested if m not in granted and m.value not in refused)
