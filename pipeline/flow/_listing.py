"""Who coordinates and who takes part in a team, by service and by name (F-001-14)."""

from __future__ import annotations

from pathlib import Path

from pipeline.domain import Case
from pipeline.errors import UsageError
from pipeline.flow._desk import Desk
from pipeline.flow._figuring import write_sheet

Row = dict[str, object]
HEADINGS = {
    "service": "Tjeneste",
    "name": "Navn",
    "role": "Rolle",
    "case": "Sak",
    "from": "Fra",
    "contact": "Kontakt",
}
"""The columns of the overview, key and heading."""
_ROLES = {"coordinator": "koordinator", "deputy": "stedfortreder", "member": "medlem i team"}
"""What the roles are called in the sheet."""
_NOT_SAID = ""


def overview_rows(desk: Desk, *, municipality: str = "", service: str = "") -> list[Row]:
    """Coordinators and those in a team now, of one municipality (the home's when not said), by service, name and case (F-001-14).

    ``service``: that one only. ``role`` is ``coordinator``, ``deputy`` or ``member``. A case is shown by its id, never by the person's name. A
    team that may not be registered is left out (R-61), and so is a case that the one at the desk is kept out of (B.1). Raises UsageError for an unknown municipality.
    """
    key = municipality or desk.default_municipality
    if key not in desk.municipalities:
        raise UsageError(f"Kjenner ikke kommunen «{key}».")
    with desk.store.reading() as register:
        ids = {*register.coordinated(key), *register.active_teams(key)} - desk.hidden(register).cases
        found = [row for case in register.cases_by_id(sorted(ids)) for row in _of_case(desk, case)]
    wanted = service.casefold().strip()
    kept = [row for row in found if not wanted or str(row["service"]).casefold() == wanted]
    return sorted(
        kept, key=lambda row: tuple(str(row[name]).casefold() for name in ("service", "name", "case", "role"))
    )


def write_overview(rows: list[Row], target: Path) -> None:
    """Write the overview as a sheet for Excel, whole or not at all. Raises UsageError for a place that can't be written."""
    write_sheet(HEADINGS, [{**row, "role": _ROLES[str(row["role"])]} for row in rows], target)


def _of_case(desk: Desk, case: Case) -> list[Row]:
    rows: list[Row] = []
    coordinator, profile = case.coordinator, desk.municipalities[case.municipality]

    def add(service: str, name: str, role: str, begun: object, contact: str) -> None:
        if name:
            row = {"service": service, "name": name, "role": role, "case": case.id}
            rows.append({**row, "from": str(begun) if begun else None, "contact": contact or None})

    if coordinator is not None:
        begun = coordinator.from_date
        add(coordinator.service, coordinator.name, "coordinator", begun, coordinator.contact)
        # Who stands in may come from another service; nobody has said.
        add(_NOT_SAID, coordinator.deputy_name, "deputy", None, coordinator.deputy_contact)
    ages = profile.ages
    may = not profile.consent.registration_required or case.holds(
        "register", desk.today(), own_consent=ages.consent, majority=ages.majority
    )
    if case.team is not None and case.team.active and may:
        for member in case.team.present:
            add(member.service, member.name, "member", member.from_date, member.contact)
    return rows
