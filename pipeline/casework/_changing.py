"""A new coordinator in the former one's place: the same rules as an appointment, and a handover (R-21, R-42, R-44)."""

from __future__ import annotations

from datetime import date

from pipeline.casework._appointers import Appointer
from pipeline.casework._appointing import appoint
from pipeline.casework._outcome import Outcome, Situation
from pipeline.domain import Case, Measure
from pipeline.errors import RefusedError


def change(
    case: Case,
    situation: Situation,
    *,
    from_date: date,
    name: str = "",
    service: str = "",
    measure: Measure | None = None,
    employee: str | None = None,
    deputy_name: str = "",
    deputy_contact: str = "",
    contact: str = "",
    reasons: str = "",
    decided_by_team: date | None = None,
    by: Appointer | None = None,
) -> Outcome:
    """Put another coordinator in the place of the one in force. Without ``service`` or ``measure`` the former one's holds.

    Without ``name`` the service is asked to name one, where the municipality does so (R-21); the former goes on meanwhile.
    Raises ``RefusedError`` (R-8) when there is nobody to follow, and as ``appoint``.
    """
    former = case.coordinator
    if former is None:
        raise RefusedError("Saken har ingen koordinator å bytte ut. Oppnevn en i stedet", rule="R-8")
    return appoint(
        case,
        situation,
        measure=measure or former.measure,
        service=service or ("" if employee else former.service),
        name=name,
        from_date=from_date,
        employee=employee,
        deputy_name=deputy_name,
        deputy_contact=deputy_contact,
        contact=contact,
        reasons=reasons,
        decided_by_team=decided_by_team,
        by=by,
    )
