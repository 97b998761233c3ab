"""The end of a team: its members and the family are told; coordinator and plan stand until the unit closes them (R-46)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.casework._delivery import tell_family, tell_members
from pipeline.casework._ledger import Ledger
from pipeline.casework._members import end_all
from pipeline.casework._renewal import end_renewals
from pipeline.casework._withdrawing import withdraw_all
from pipeline.domain import EventKind, Fact, Measure, Member, Team


def dissolve(ledger: Ledger, team: Team, told: Sequence[Member], *, on: date, cause: str) -> None:
    """Dissolve a team on a day and tell ``told`` of its members. ``cause`` is the document or the matter that says so."""
    ended = replace(team, dissolved_on=on, members=end_all(team.members, on))
    ledger.change(replace(ledger.case, team=ended))
    ledger.settle("team-without-coordinator")
    end_renewals(ledger, "team-dissolved")
    ledger.note(EventKind.TEAM_DISSOLVED, dissolved_on=on, document=cause)
    coordinator, plan = ledger.case.coordinator, ledger.case.plan
    facts: dict[str, Fact] = {
        "dissolved_on": on,
        "coordinator_name": coordinator.name if coordinator else "",
        "child": coordinator is not None and coordinator.measure is Measure.CHILD_COORDINATOR,
        "plan_goes_on": plan is not None and plan.exists is True and plan.active is not False,
    }
    ground = coordinator.measure if coordinator else Measure.COORDINATOR
    tell_family(ledger, "team-dissolved-user", "team", facts, ground)
    tell_members(ledger, "team-dissolved-member", told, "team", {"dissolved_on": on})
    if ledger.situation.profile.consent.duration == "service":
        # The consent lasts as long as the service: a team that is made later needs one of its own (T-24).
        withdraw_all(ledger, on, cause, kinds=("establish", "voluntary"), ended=True)
