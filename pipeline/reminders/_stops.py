"""What stops a reminder: the answer has come (avskrivning), or no batch letter may go out in the case (a hindrance)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from pipeline.domain import Case, MatterKind, Measure
from pipeline.municipalities import Profile, ReminderRule, Stop
from pipeline.reminders._sources import Occasion, View


def stopped(view: View, occasion: Occasion) -> bool:
    """Whether what the rule asks has been answered."""
    return STOPS[view.rule.stop](view, occasion)


def _designated(view: View, occasion: Occasion) -> bool:
    return view.case.awaiting is None or view.case.awaiting.id != occasion.id


def _replied(view: View, occasion: Occasion) -> bool:
    # One that went out the same day stops no other: both the person and the one who reported may wait for theirs.
    replies = view.case.matters_of(MatterKind.INTERIM_REPLY)
    return any(occasion.day <= reply.on < view.on for reply in replies)


def _reported(view: View, occasion: Occasion) -> bool:
    return any(report.year == occasion.day.year for report in view.case.annual_reports)


def _evaluated(view: View, occasion: Occasion) -> bool:
    return any(found.on > occasion.day for found in view.case.matters_of(MatterKind.EVALUATION))


def _matter_done(view: View, occasion: Occasion) -> bool:
    return not any(matter.id == occasion.id and matter.open for matter in view.case.matters)


def _consented(view: View, occasion: Occasion) -> bool:
    return _team_ended(view, occasion) or not occasion.facts.get("kinds")


def _deputy_named(view: View, _occasion: Occasion) -> bool:
    return view.case.coordinator is None or bool(view.case.coordinator.deputy_name)


def _born(view: View, _occasion: Occasion) -> bool:
    return view.case.person.birth_date is not None


def _coordinator_ended(view: View, _occasion: Occasion) -> bool:
    return view.case.coordinator is None


def _child_coordinator_ended(view: View, _occasion: Occasion) -> bool:
    coordinator = view.case.coordinator
    return coordinator is None or coordinator.measure is not Measure.CHILD_COORDINATOR


def _team_ended(view: View, _occasion: Occasion) -> bool:
    return view.case.team is None or not view.case.team.active


STOPS: Mapping[Stop, Callable[[View, Occasion], bool]] = {
    Stop.DESIGNATED: _designated,
    Stop.REPLIED: _replied,
    Stop.REPORTED: _reported,
    Stop.EVALUATED: _evaluated,
    Stop.CONSENTED: _consented,
    Stop.DEPUTY_NAMED: _deputy_named,
    Stop.BORN: _born,
    Stop.MATTER_DONE: _matter_done,
    Stop.COORDINATOR_ENDED: _coordinator_ended,
    Stop.CHILD_COORDINATOR_ENDED: _child_coordinator_ended,
    Stop.TEAM_ENDED: _team_ended,
}


def hindrance(case: Case, profile: Profile, rule: ReminderRule, on: date, employee: str | None = None) -> str:
    """Why no batch letter may go out in this case, one Norwegian sentence; ``""`` when one may (C.3, C.5).

    ``employee``: the one who would get it, when one of ours.
    """
    person = case.person
    if case.merged_into:
        return "Saken er slått sammen med en annen, så det sendes ingen purring i denne."
    if not case.open:
        return "Saken er avsluttet, så det sendes ingen purring."
    if person.deceased_on is not None:
        return "Personen er registrert som død, så det sendes ingen purring. Se hva som skal skje med saken."
    if person.moved_on is not None and person.moved_on <= on:
        return (
            "Personen har flyttet fra kommunen, så det sendes ingen purring. Se hva som skal skje med saken."
        )
    if person.protected:
        return "Saken har sperret adresse, så purringen må gis av en person."
    if employee is not None and any(
        conflict.employee == employee and (conflict.until is None or conflict.until >= on)
        for conflict in case.matters_of(MatterKind.CONFLICT, running=True)
    ):
        return "Den som skulle hatt purringen, er inhabil i saken, så den må gis av en person."
    return _consent_hindrance(case, profile, on) if rule.team else ""


def _consent_hindrance(case: Case, profile: Profile, on: date) -> str:
    """Why nothing may go out about this team: a consent withdrawn, or none to register it (R-54, R-61)."""
    newest = [consent for kind in ("establish", "register") if (consent := case.consent(kind)) is not None]
    if any(consent.withdrawn_on is not None for consent in newest):
        return f"Samtykket til {profile.terms.team} er trukket tilbake, så det sendes ingen purring."
    ages = profile.ages
    registered = case.holds("register", on, own_consent=ages.consent, majority=ages.majority)
    if case.team is not None and profile.consent.registration_required and not registered:
        return f"Enheten har ikke samtykke til å registrere {profile.terms.team_definite}, så det sendes ingen purring."
    return ""
