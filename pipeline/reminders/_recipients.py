"""Who a reminder goes to: one of ours from the staff list, or the family as casework addresses it. Nobody is guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.domain import Case, Party, PartyRole, Staff
from pipeline.municipalities import Audience, Profile
from pipeline.reminders._profile import value_of
from pipeline.reminders._sources import View
from pipeline.reminders._steps import Step

Civil = Callable[[Case, Audience], tuple[tuple[Party, ...], str]]
"""The user's, family's, guardian's or reporter's address, or why there is none (a reason that ends a sentence)."""

_OURS = frozenset({Audience.COORDINATOR, Audience.MANAGER, Audience.ROLE})


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One recipient, or the sentence that says why a person must tell them. ``mark`` tells the recipients of one step apart."""

    to: Party | None
    reason: str = ""
    mark: str = ""


def recipients(view: View, step: Step, staff: Staff, civil: Civil | None) -> Iterator[Told]:
    """Each recipient of a step."""
    alone = len(step.says.to) == 1
    for audience in step.says.to:
        if audience in _OURS:
            told = _ours(view, step, audience, staff)
            yield told if alone else Told(to=told.to, reason=told.reason, mark=f":{audience}")
        elif audience is Audience.UNIT:
            yield Told(to=None)
        elif audience is not Audience.LIST:
            yield from _civil(view, audience, civil)


def _civil(view: View, audience: Audience, civil: Civil | None) -> Iterator[Told]:
    parties, reason = civil(view.case, audience) if civil is not None else ((), "adressen er ikke kjent her")
    for number, party in enumerate(parties):
        before = sum(one.role is party.role for one in parties[:number])
        yield Told(to=party, mark=f":{party.role}" if not before else f":{party.role}-{before + 1}")
    if not parties and reason:
        yield Told(to=None, reason=f"{view.rule.what}: {reason}.", mark=f":{audience}")


def _ours(view: View, step: Step, audience: Audience, staff: Staff) -> Told:
    case, profile = view.case, view.profile
    if audience is Audience.COORDINATOR:
        return _coordinator(case, profile)
    if audience is Audience.MANAGER:
        asked = case.awaiting or case.coordinator
        return _holder(staff, "manager", PartyRole.MANAGER, view, service=asked.service if asked else "")
    role = step.says.role
    named = str(value_of(profile, role)) if "." in role else role
    return _holder(staff, named, PartyRole.ESCALATION, view)


def _coordinator(case: Case, profile: Profile) -> Told:
    coordinator = case.coordinator
    if coordinator is None:
        team = profile.terms.team_definite
        return Told(to=None, reason=f"{team.capitalize()} har ingen koordinator som kan purres (R-1).")
    if coordinator.employee is None:
        reason = "Koordinatoren står ikke i ansattlisten, så purringen må gis av en person."
        return Told(to=None, reason=reason)
    party = Party(
        role=PartyRole.COORDINATOR,
        name=coordinator.name,
        employee=coordinator.employee,
        service=coordinator.service,
    )
    return Told(to=party)


def _holder(staff: Staff, role: str, party_role: PartyRole, view: View, *, service: str = "") -> Told:
    found = staff.holder(role, view.on, service=service)
    if found is None:
        reason = "Ansattlisten har ikke én person som purringen kan sendes til. Gi beskjed på annen måte."
        return Told(to=None, reason=reason)
    party = Party(
        role=party_role, name=found.name, employee=found.id, email=found.email, service=found.service
    )
    return Told(to=party)
