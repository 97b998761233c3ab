"""Whether a team is as the municipality wants it: not too many (R-13), and for those who need enough services (R-15)."""

from __future__ import annotations

from pipeline.casework._ledger import Ledger
from pipeline.casework._words import capital
from pipeline.domain import Case

_MANY, _FEW = "team-large", "team-few-services"


def look_at_composition(ledger: Ledger) -> None:
    """Ask the unit about a team with more members than recommended (R-13), or with too few services (R-15); nothing is refused.

    Both numbers are the profile's (``team.recommended_size``, ``team.min_services``); a municipality without them is asked nothing.
    A question that the team's new members have answered is settled.
    """
    case, profile = ledger.case, ledger.situation.profile
    if case.team is None or not case.team.active:
        return
    rules, team = profile.team, capital(profile.terms.team_definite)
    size, services = len(case.team.present), _services(case)
    most, least = max(rules.recommended_size, default=size), rules.min_services or 0
    _ask(
        ledger,
        _MANY,
        f"{team} har flere deltakere enn de {most} kommunen anbefaler. Se om alle trenger å være med.",
        "team.recommended_size",
        wanted=size > most,
    )
    _ask(
        ledger,
        _FEW,
        f"{team} har færre enn {least} tjenester i registeret, og her er {profile.terms.team} for dem som trenger"
        f" minst {least}. Avklar om flere er med, eller om en annen måte å samarbeide på passer bedre.",
        "team.min_services",
        wanted=services < least,
    )


def _services(case: Case) -> int:
    """How many services may be at work. A member whose service nobody has written may be of one more."""
    present = case.team.present if case.team is not None else ()
    known = {service.casefold() for service in (*case.services, *(m.service for m in present)) if service}
    if case.coordinator is not None and case.coordinator.service:
        known.add(case.coordinator.service.casefold())
    return len(known) + sum(1 for member in present if not member.service)


def _ask(ledger: Ledger, code: str, text: str, key: str, *, wanted: bool) -> None:
    if not wanted:
        ledger.settle(code)
        return
    ledger.task(code, text, rule=ledger.situation.profile.sources.get(key, ""))
