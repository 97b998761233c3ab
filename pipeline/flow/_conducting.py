"""A case on its way: assessed, refused, a new coordinator, one away, a meeting, an evaluation. Each raises as ``appoint``."""

from __future__ import annotations

from datetime import date

from pipeline import casework
from pipeline.casework import Outcome, Suggestion
from pipeline.domain import Case
from pipeline.flow._deciding import Say, appointer_of, decided, employee_of, measure_of
from pipeline.flow._desk import Desk
from pipeline.store import Register

Done = dict[str, object]


def assess(desk: Desk, case_id: str, *, decided_by_team: date | None = None, say: Say) -> Done:
    """Take a case up for assessment; the answer has the suggestions, with what speaks for and against.

    ``decided_by_team``: only note the day the municipality's decision body decided (R-24).
    """
    suggested: list[Suggestion] = []

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause="assess")
        if decided_by_team is not None:
            return casework.team_decided(case, situation, decided_by_team)
        outcome = casework.assess(case, situation)
        suggested.extend(casework.suggest(outcome.case, situation, desk.assessment))
        return outcome

    done = decided(desk, case_id, decide, say)
    return {**done, "suggestions": [_suggestion(one) for one in suggested]}


def _suggestion(one: Suggestion) -> Done:
    sides = {"for": one.speaks_for, "against": one.speaks_against, "unknown": one.unknown}
    return {
        "measure": one.measure,
        "title": one.title,
        "advice": one.advice.value,
        **{
            side: [{"text": g.text, "rule": g.rule, "ticks": list(g.ticks)} for g in grounds]
            for side, grounds in sides.items()
        },
    }


def refuse(
    desk: Desk, case_id: str, *, measure: str, why: str, coordination_offered: bool | None = None, say: Say
) -> Done:
    """Refuse one measure, with reasons."""
    chosen = measure_of(measure)

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause="refuse")
        return casework.refuse(
            case, situation, measure=chosen, why=why, coordination_offered=coordination_offered
        )

    return decided(desk, case_id, decide, say)


def change(
    desk: Desk,
    case_id: str,
    *,
    from_date: date,
    name: str = "",
    service: str = "",
    measure: str = "",
    deputy_name: str = "",
    deputy_contact: str = "",
    contact: str = "",
    reasons: str = "",
    decided_by_team: date | None = None,
    by: str = "",
    say: Say,
) -> Done:
    """Put another coordinator in the place of the one in force."""
    chosen = measure_of(measure) if measure else None

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause="change")
        former = case.coordinator.service if case.coordinator else ""
        return casework.change(
            case,
            situation,
            from_date=from_date,
            name=name,
            service=service or former,
            measure=chosen,
            employee=employee_of(situation, name, service or former),
            deputy_name=deputy_name,
            deputy_contact=deputy_contact,
            contact=contact,
            reasons=reasons,
            decided_by_team=decided_by_team,
            by=appointer_of(by),
        )

    return decided(desk, case_id, decide, say)


def hand_over(desk: Desk, case_id: str, *, on: date, say: Say) -> Done:
    """Note that the former coordinator has told the new one what they must know."""

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause="change")
        return casework.handed_over(case, situation, on)

    return decided(desk, case_id, decide, say)


def absent(
    desk: Desk,
    case_id: str,
    *,
    from_date: date,
    until: date | None = None,
    deputy_name: str = "",
    deputy_contact: str = "",
    long: bool = False,
    say: Say,
) -> Done:
    """The coordinator is away."""

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause="absence")
        return casework.absent(
            case,
            situation,
            from_date=from_date,
            until=until,
            deputy_name=deputy_name,
            deputy_contact=deputy_contact,
            long=long,
        )

    return decided(desk, case_id, decide, say)


def back(desk: Desk, case_id: str, *, on: date, say: Say) -> Done:
    """The coordinator is back; ``on`` is the last day away."""

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause="absence")
        return casework.absence_ended(case, situation, on)

    return decided(desk, case_id, decide, say)


def register_deputy(desk: Desk, case_id: str, *, name: str, contact: str = "", say: Say) -> Done:
    """Write who answers when the coordinator is away."""

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause="deputy")
        return casework.register_deputy(case, situation, name=name, contact=contact)

    return decided(desk, case_id, decide, say)


def plan_meeting(
    desk: Desk,
    case_id: str,
    *,
    on: date,
    clock: str = "",
    place: str = "",
    agenda: tuple[str, ...] = (),
    minutes: int | None = None,
    short_notice: bool = False,
    cleared: bool = False,
    say: Say,
) -> Done:
    """Call a meeting."""

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause="meeting")
        return casework.plan_meeting(
            case,
            situation,
            on=on,
            clock=clock,
            place=place,
            agenda=agenda,
            minutes=minutes,
            short_notice=short_notice,
            cleared=cleared,
        )

    return decided(desk, case_id, decide, say)


def plan_preparatory(
    desk: Desk, case_id: str, *, on: date, clock: str = "", place: str = "", say: Say
) -> Done:
    """Note a preparatory meeting (F-003-6)."""

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause="meeting")
        return casework.plan_preparatory(case, situation, on=on, clock=clock, place=place)

    return decided(desk, case_id, decide, say)


def meeting_held(desk: Desk, case_id: str, *, on: date, say: Say) -> Done:
    """Note that a meeting was held."""

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause="meeting")
        return casework.meeting_held(case, situation, on=on)

    return decided(desk, case_id, decide, say)


def call_off_meeting(desk: Desk, case_id: str, *, on: date, say: Say) -> Done:
    """Call off the meeting of a day."""

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause="meeting")
        return casework.call_off_meeting(case, situation, on=on)

    return decided(desk, case_id, decide, say)


def evaluate(
    desk: Desk, case_id: str, *, on: date, ends_plan: bool = False, ends_team: bool = False, say: Say
) -> Done:
    """Note an evaluation, and what ends with it."""

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause="evaluated")
        return casework.evaluate(case, situation, on=on, ends_plan=ends_plan, ends_team=ends_team)

    return decided(desk, case_id, decide, say)
