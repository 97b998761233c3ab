"""Closing a case, by agreement or against the wish: coordinator, team and plan end together (R-1, R-45)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.casework._delivery import tell_family, tell_members
from pipeline.casework._ending import end_matters
from pipeline.casework._hearing import child_heard
from pipeline.casework._ledger import Ledger
from pipeline.casework._members import end_all
from pipeline.casework._noticing import CLOSING, check_noticed, reassessing, running_notice
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._parties import internal
from pipeline.casework._tidings import tell_service_of_withdrawal
from pipeline.domain import Appointment, Case, EventKind, Fact, Measure, Party, PartyRole, Phase
from pipeline.errors import RefusedError


def close(
    case: Case,
    situation: Situation,
    *,
    agreed: bool,
    why: str,
    ends_on: date,
    noticed_on: date | None = None,
    answer: str = "",
    without_notice: bool = False,
    why_not: str = "",
) -> Outcome:
    """Close a case on a day. Against the wish ``why`` is what the letter gives as reasons, so it may not be empty.

    Against the wish the one it concerns was noticed first and had time to answer, answered, or there is a reason (``why_not``) for
    giving no notice (B.1).

    Raises ``RefusedError`` with the rule that forbids it.
    """
    _check(case, situation, agreed=agreed, why=why, ends_on=ends_on, noticed_on=noticed_on)
    if not agreed:
        check_noticed(
            case,
            situation,
            noticed_on=noticed_on,
            answer=answer,
            without_notice=without_notice,
            why_not=why_not,
        )
        given = running_notice(case)
        noticed_on = noticed_on or (given.on if given is not None else None)
        answer = answer or (" ".join(given.scope) if given is not None else "")
    ledger = Ledger(case, situation)
    coordinator = case.coordinator
    facts = _facts(case, situation, ends_on)
    members = list(case.team.present) if case.team is not None and case.team.active else []
    if not agreed and noticed_on is None:
        ledger.task(
            "no-prior-notice",
            "Saken avsluttes mot ønske uten at den det gjelder er varslet. Se om begrunnelsen for det holder.",
            rule="R-45",
        )
    if coordinator is None:
        ledger.task(
            "tell-of-closing",
            "Saken er avsluttet uten at noen var koordinator, så det lages ikke avslutningsbrev. Gi beskjed til den det gjelder.",
            rule="R-45",
        )
    else:
        own: dict[str, Fact] = (
            {"reason": why} if agreed else {"reasons": why, "noticed_on": noticed_on, "answer": answer}
        )
        kind = "termination-agreed" if agreed else "termination-against-wish"
        told = tell_family(ledger, kind, "close", facts | own | child_heard(ledger), coordinator.measure)
        _tell_coordinator(ledger, coordinator, facts | {"user_told": told})
        _tell_leaders(ledger, coordinator, ends_on)
    if case.awaiting is not None:
        tell_service_of_withdrawal(ledger, case.awaiting)
    tell_members(ledger, "termination-member", members, "close", {"ends_on": ends_on})
    end_measures(ledger, phase=Phase.CLOSED if agreed else Phase.TERMINATED, why=why, ends_on=ends_on)
    return ledger.outcome()


def _check(
    case: Case, situation: Situation, *, agreed: bool, why: str, ends_on: date, noticed_on: date | None
) -> None:
    if not case.open:
        raise RefusedError("Saken er allerede avsluttet", rule="R-45")
    if not agreed and not why.strip():
        raise RefusedError("Avslutning mot ønske skal begrunnes", rule="R-45")
    if not agreed and reassessing(case, CLOSING) is not None:
        raise RefusedError(
            "Den det gjelder vil fortsette, og vilkårene vurderes på nytt. Avgjør det med: skjemaflyt reassess", rule="F-000-7"
        )  # fmt: skip
    if noticed_on is not None and (noticed_on > situation.today or noticed_on > ends_on):
        raise RefusedError("Varselet må være gitt før saken avsluttes", rule="R-45")
    starts = [a.from_date for a in case.appointments if a.to_date is None and a.name and a.from_date]
    if any(start > ends_on for start in starts):
        raise RefusedError("Saken kan ikke avsluttes før koordinatoren begynte", rule="R-45")


def _facts(case: Case, situation: Situation, ends_on: date) -> dict[str, Fact]:
    rules = situation.profile.consent
    measure = case.coordinator.measure if case.coordinator else Measure.COORDINATOR
    return {
        "measure": measure.value,
        "ends_on": ends_on,
        "team_ends": case.team is not None and case.team.active,
        "plan_exists": case.plan is not None and case.plan.exists is True,
        "consents_end": rules.ends_with_service and any(consent.valid for consent in case.consents),
        "relay": situation.profile.letters.relay_offered,
    }


def _tell_coordinator(ledger: Ledger, coordinator: Appointment, facts: dict[str, Fact]) -> None:
    staff = ledger.situation.staff
    employee = next((known for known in staff.employees if known.id == coordinator.employee), None)
    if employee is None:
        ledger.no_letter("termination-coordinator", "koordinatoren står ikke i ansattlisten")
        return
    told = {name: facts[name] for name in ("measure", "ends_on", "user_told", "team_ends", "plan_exists")}
    ledger.order("termination-coordinator", internal(PartyRole.COORDINATOR, employee), "close", told)


def _tell_leaders(ledger: Ledger, coordinator: Appointment, ends_on: date) -> None:
    """The leaders whom ``closing.message_to`` names hear of it (F-001-6). The unit knows already; members have a letter of their own."""
    staff, today = ledger.situation.staff, ledger.situation.today
    for role in ledger.situation.profile.closing.message_to:
        if role in ("unit", "members"):
            continue
        service = coordinator.service
        leader = (
            staff.holder(role, today, service=service)
            or staff.holder(role, today)
            or staff.holder("manager", today, service=service)
        )
        told = (
            internal(PartyRole.MANAGER, leader)
            if leader is not None
            else Party(role=PartyRole.MANAGER, name="", service=service)
        )
        facts: dict[str, Fact] = {"measure": coordinator.measure.value, "ends_on": ends_on}
        ledger.order("termination-manager", told, f"close:{role}", facts)


def end_measures(ledger: Ledger, *, phase: Phase, why: str, ends_on: date) -> None:
    """Coordinator, team and plan end on a day (R-1), and the case goes to ``phase``; an appointment that hadn't begun ends as it would begin."""
    case, agreed = ledger.case, phase is Phase.CLOSED
    for appointment in case.appointments:
        if appointment.to_date is None and appointment.name:
            ledger.note(EventKind.COORDINATOR_ENDED, appointment=appointment.id, to_date=ends_on, rule="R-1")
    team = case.team
    if team is not None and team.active:
        team = replace(team, dissolved_on=ends_on, members=end_all(team.members, ends_on))
        ledger.note(EventKind.TEAM_DISSOLVED, dissolved_on=ends_on, rule="R-1")
    plan = case.plan
    if plan is not None and plan.exists:
        # The plan is the person's own and still exists; nobody carries it on.
        plan = replace(plan, active=False, as_of=ends_on)
        ledger.note(EventKind.PLAN_REPORTED, exists=True, active=False, as_of=ends_on, rule="R-1")
    consents = case.consents
    rules = ledger.situation.profile.consent
    if rules.ends_with_service or rules.duration == "service":
        consents = tuple(
            replace(consent, withdrawn_on=ends_on) if consent.valid else consent for consent in consents
        )
    ledger.change(
        replace(
            ledger.case,
            phase=phase,
            closed_on=ends_on,
            appointments=tuple(
                replace(a, to_date=max(ends_on, a.from_date or ends_on)) if a.to_date is None else a
                for a in case.appointments
            ),
            team=team,
            plan=plan,
            consents=consents,
        )
    )
    ledger.settle("team-without-coordinator", "plan-without-coordinator", "coordinator-differs")
    end_matters(ledger)
    ended = tuple(
        new.id
        for old, new in zip(case.consents, consents, strict=True)
        if old.withdrawn_on != new.withdrawn_on
    )
    ledger.note(
        EventKind.CASE_CLOSED, agreed=agreed, ends_on=ends_on, why=why, consents_ended=ended, rule="R-45"
    )
