"""What is due on a day: the newest step of each rule that the day has reached, once per case, rule and period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.domain import Appointment, Case, Fact, LetterOrder, MatterKind, Party, PartyRole, Staff
from pipeline.municipalities import Municipalities, Profile
from pipeline.reminders._steps import ANNUAL, DESIGNATION, Step, annual_steps, designation_steps

_NOBODY = Staff()


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """One reminder. ``order`` None: no letter may or can be made, and ``reason`` (one Norwegian sentence) is for a person.

    ``due`` is the deadline it is about. The store claims (``case``, ``rule``, ``period``); ``key`` is the order's. ``kind`` is the
    letter's kind, also when there is no order.
    """

    rule: str
    case: str
    period: str
    due: date
    to: Party | None
    kind: str
    key: str
    order: LetterOrder | None
    reason: str


def due(
    cases: Iterable[Case],
    municipalities: Municipalities,
    on: date,
    *,
    staff: Mapping[str, Staff] | None = None,
) -> Iterator[Due]:
    """What falls due by a day. Of several steps that a late run has passed, the newest stands for all.

    ``staff`` is by municipality; without it leaders are not known and their reminders become tasks.
    """
    for case in cases:
        profile = municipalities[case.municipality]
        people = _not_kept_out((staff or {}).get(case.municipality, _NOBODY), case)
        for steps in (
            annual_steps(case, profile, municipalities.law, on.year),
            designation_steps(case, profile),
        ):
            reached = [step for step in steps if step.on <= on]
            if reached:
                yield _due(case, profile, people, reached[-1], on)


def next_due(cases: Iterable[Case], municipalities: Municipalities, after: date) -> date | None:
    """The first day after ``after`` on which something may fall due; None when nothing is foreseen."""
    found: list[date] = []
    for case in cases:
        profile = municipalities[case.municipality]
        for year in (after.year, after.year + 1):
            found += [step.on for step in annual_steps(case, profile, municipalities.law, year)]
        found += [step.on for step in designation_steps(case, profile)]
    return min((day for day in found if day > after), default=None)


def answered(case: Case, reminder: Due | LetterOrder) -> bool:
    """Whether the answer has come, so that the reminder must not go out: a draft that waits is then stopped."""
    if not case.open:
        return True
    period = reminder.key.removeprefix(f"{reminder.rule}:")
    if reminder.rule == ANNUAL:
        year = date.fromisoformat(period).year
        ended = case.team is None or not case.team.active
        return ended or any(report.year == year for report in case.annual_reports)
    if reminder.rule == DESIGNATION:
        asked = period.partition(":")[0]
        return case.awaiting is None or case.awaiting.id != asked
    return False


def _due(case: Case, profile: Profile, staff: Staff, step: Step, on: date) -> Due:
    to, reason = _recipient(case, profile, staff, step, on)
    reason = _hindrance(case) or (_consent_hindrance(case, profile) if step.rule == ANNUAL else "") or reason
    key = f"{step.rule}:{step.period}"
    order = None
    if to is not None and not reason:
        order = LetterOrder(
            key=key,
            kind=step.kind,
            case=case.id,
            to=to,
            rule=step.rule,
            batch=True,
            facts=_facts(case, step),
        )
    return Due(
        rule=step.rule,
        case=case.id,
        period=step.period,
        due=step.deadline,
        to=to,
        kind=step.kind,
        key=key,
        order=order,
        reason=reason or _why(profile, step),
    )


def _hindrance(case: Case) -> str:
    """Why no batch letter may go out in this case."""
    if case.person.deceased_on is not None:
        return "Personen er registrert som død, så det sendes ingen purring. Se hva som skal skje med saken."
    if case.person.moved_on is not None:
        return (
            "Personen er registrert som flyttet, så det sendes ingen purring. Se hva som skal skje med saken."
        )
    if case.person.protected:
        return "Saken har sperret adresse, så purringen må gis av en person."
    return ""


def _consent_hindrance(case: Case, profile: Profile) -> str:
    """Why nothing may go out about this team: a consent withdrawn, or none to register it (R-54, R-61)."""
    newest = [consent for kind in ("establish", "register") if (consent := case.consent(kind)) is not None]
    if any(consent.withdrawn_on is not None for consent in newest):
        return f"Samtykket til {profile.terms.team} er trukket tilbake, så det sendes ingen purring."
    if case.team is not None and profile.consent.registration_required and not case.consented("register"):
        return f"Enheten har ikke samtykke til å registrere {profile.terms.team_definite}, så det sendes ingen purring."
    return ""


def _not_kept_out(staff: Staff, case: Case) -> Staff:
    """The staff without those who have a conflict of interest in the case: no reminder about it reaches them."""
    out = {one.employee for one in case.matters_of(MatterKind.CONFLICT, running=True)}
    return Staff(employees=tuple(e for e in staff.employees if e.id not in out)) if out else staff


def _recipient(case: Case, profile: Profile, staff: Staff, step: Step, on: date) -> tuple[Party | None, str]:
    if step.rule == ANNUAL:
        return _coordinator(case, profile)
    waiting = case.awaiting
    if step.kind == "escalation-designation":
        return _holder(staff, profile.appointment.escalation_role, PartyRole.ESCALATION, on)
    return _holder(staff, "manager", PartyRole.MANAGER, on, service=waiting.service if waiting else "")


def _coordinator(case: Case, profile: Profile) -> tuple[Party | None, str]:
    coordinator: Appointment | None = case.coordinator
    if coordinator is None:
        return None, f"{profile.terms.team_definite.capitalize()} har ingen koordinator som kan purres (R-1)."
    if coordinator.employee is not None and any(
        one.employee == coordinator.employee for one in case.matters_of(MatterKind.CONFLICT, running=True)
    ):
        return None, "Koordinatoren er inhabil i saken, så purringen må gis av en person."
    if coordinator.employee is None:
        return None, "Koordinatoren står ikke i ansattlisten, så purringen må gis av en person."
    return Party(
        role=PartyRole.COORDINATOR,
        name=coordinator.name,
        employee=coordinator.employee,
        service=coordinator.service,
    ), ""


def _holder(
    staff: Staff, role: str, party_role: PartyRole, on: date, *, service: str = ""
) -> tuple[Party | None, str]:
    found = staff.holder(role, on, service=service)
    if found is None:
        return None, "Ansattlisten har ikke én person som purringen kan sendes til. Gi beskjed på annen måte."
    return Party(
        role=party_role, name=found.name, employee=found.id, email=found.email, service=found.service
    ), ""


def _facts(case: Case, step: Step) -> dict[str, Fact]:
    if step.rule == ANNUAL:
        return {"year": step.on.year, "due": step.deadline}
    waiting = case.awaiting
    if waiting is None:
        return {}
    facts: dict[str, Fact] = {
        "service": waiting.service,
        "measure": waiting.measure.value,
        "requested_on": waiting.requested_on,
        "reply_due": waiting.reply_due,
    }
    return {name: fact for name, fact in facts.items() if fact is not None}


def _why(profile: Profile, step: Step) -> str:
    """Why the letter goes out."""
    if step.kind == "reminder-annual-before":
        return f"Årlig rapport om {profile.terms.team_definite} er ikke kommet, og fristen nærmer seg."
    if step.kind == "reminder-annual-after":
        return f"Årlig rapport om {profile.terms.team_definite} er ikke kommet innen fristen."
    if step.on > step.deadline:
        return "Tjenesten har ikke pekt ut koordinator innen fristen."
    return "Tjenesten har ikke pekt ut koordinator, og fristen nærmer seg."
