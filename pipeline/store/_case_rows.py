"""How a case lies in its rows: one for itself, one for each child, one for each version of team and plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlmodel import col, select

from pipeline.domain import (
    AnnualReport,
    Appointment,
    Case,
    CaseSummary,
    Consent,
    Contact,
    Matter,
    Member,
    Person,
    Plan,
    Task,
    Team,
    address_key,
    name_ends,
    name_key,
)
from pipeline.store._unit import Unit, rebuilt, refused, shallow
from pipeline.store.tables import (
    AnnualReportRow,
    AppointmentRow,
    CaseRow,
    Child,
    ConsentRow,
    ContactRow,
    MatterRow,
    MemberRow,
    PersonRow,
    PlanRow,
    State,
    TaskRow,
    TeamRow,
)

_Kind = tuple[type[Any], type[Child], Callable[[Case], Sequence[Any]]]

CHILDREN: dict[str, _Kind] = {
    "contacts": (Contact, ContactRow, lambda case: case.contacts),
    "appointments": (Appointment, AppointmentRow, lambda case: case.appointments),
    "members": (Member, MemberRow, lambda case: case.team.members if case.team else ()),
    "consents": (Consent, ConsentRow, lambda case: case.consents),
    "annual_reports": (AnnualReport, AnnualReportRow, lambda case: case.annual_reports),
    "tasks": (Task, TaskRow, lambda case: case.tasks),
    "matters": (Matter, MatterRow, lambda case: case.matters),
}
"""Each kind of child: its domain type, its table, and where it stands in a case."""

OWN = (
    "id",
    "municipality",
    "phase",
    "opened_on",
    "closed_on",
    "requested",
    "requested_other",
    "granted",
    "notified_on",
    "need",
    "services",
    "proposed_coordinator",
    "merged_into",
    "archive_case",
    "language",
)
"""What a case says itself, in columns of the same names."""


def sort_key(case: str) -> str:
    """Return a key that orders case ids as people count, one for each id."""
    return "/".join(part.zfill(9) if part.isdigit() else part for part in case.split("/")) + f" {case}"


def person_values(person: Person, municipality: str) -> dict[str, object]:
    """Return the columns of a person, with the keys to search by."""
    return {
        **shallow(person),
        "municipality": municipality,
        "name_key": name_key(person.name),
        "name_ends": name_ends(person.name),
        "address_key": address_key(person.address),
    }


def person_of(row: PersonRow) -> Person:
    """Return the person of a row."""
    return rebuilt(Person, row)


def summary_of(row: CaseRow, person: Person) -> CaseSummary:
    """Return a case in short."""
    return CaseSummary(
        id=row.id,
        municipality=row.municipality,
        phase=row.phase,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        archive_case=row.archive_case,
        person=person,
    )


class CaseRows:
    """Writes and reads the rows of a case."""

    def __init__(self, unit: Unit) -> None:
        """Work within one unit of work."""
        self._unit = unit

    def save(self, case: Case, *, new: bool) -> None:
        """Write a case, its children, and new versions of team and plan where they changed; ``new`` saves looking for earlier ones."""
        own: dict[str, object] = {name: getattr(case, name) for name in OWN}
        self._unit.upsert(CaseRow, [{**own, "person_id": case.person.id, "sort_key": sort_key(case.id)}])
        for _, row, children in CHILDREN.values():
            self._save_children(case.id, row, children(case), new=new)
        team = case.team
        self._save_state(
            case.id,
            TeamRow,
            new=new,
            known=team is not None,
            established_on=team.established_on if team else None,
            dissolved_on=team.dissolved_on if team else None,
        )
        self._save_state(
            case.id, PlanRow, new=new, known=case.plan is not None, **shallow(case.plan or Plan())
        )

    def persons(self, ids: Iterable[str]) -> dict[str, Person]:
        """Return persons by id."""
        rows = self._unit.all(select(PersonRow).where(col(PersonRow.id).in_(list(set(ids)))))
        return {row.id: person_of(row) for row in rows}

    def cases(self, rows: Sequence[CaseRow]) -> list[Case]:
        """Return some cases whole, in the order given."""
        ids = [row.id for row in rows]
        persons = self.persons(row.person_id for row in rows)
        children = {name: self._children(ids, kind, row) for name, (kind, row, _) in CHILDREN.items()}
        teams, plans = self._states(ids, TeamRow), self._states(ids, PlanRow)
        whole = []
        for row in rows:
            mine: dict[str, Any] = {name: found.get(row.id, ()) for name, found in children.items()}
            members: tuple[Member, ...] = mine.pop("members")
            team, plan = teams.get(row.id), plans.get(row.id)
            whole.append(
                Case(
                    **{name: getattr(row, name) for name in OWN},
                    **mine,
                    person=persons[row.person_id],
                    team=None
                    if team is None
                    else Team(
                        established_on=team.established_on, dissolved_on=team.dissolved_on, members=members
                    ),
                    plan=None if plan is None else rebuilt(Plan, plan),
                )
            )
        return whole

    def _save_children(self, case: str, row: type[Child], children: Sequence[Any], *, new: bool) -> None:
        ids = {child.id for child in children}
        if len(ids) != len(children):
            raise refused("To deler av en sak har samme id.")
        counting = select(col(row.id)).where(col(row.case_id) == case, col(row.present).is_(True))
        known = [] if new else self._unit.all(counting)
        for gone in sorted(set(known) - ids):
            self._unit.update(row, col(row.case_id) == case, col(row.id) == gone, present=False)
        self._unit.upsert(
            row,
            [
                {**shallow(child), "case_id": case, "position": position, "present": True}
                for position, child in enumerate(children)
            ],
        )

    def _save_state(self, case: str, row: type[State], *, new: bool, **values: object) -> None:
        versions = select(row).where(col(row.case_id) == case).order_by(col(row.number).desc())
        last = None if new else self._unit.one(versions)
        if last is None and not values["known"]:
            return
        if last is None or any(getattr(last, name) != value for name, value in values.items()):
            number = 1 if last is None else last.number + 1
            self._unit.insert(row, {"case_id": case, "number": number, **values})

    def _children(
        self, cases: Sequence[str], kind: type[Any], row: type[Child]
    ) -> dict[str, tuple[Any, ...]]:
        found: dict[str, tuple[Any, ...]] = {}
        statement = select(row).where(col(row.case_id).in_(cases), col(row.present).is_(True))
        for child in self._unit.all(statement.order_by(col(row.case_id), col(row.position))):
            found[child.case_id] = (*found.get(child.case_id, ()), rebuilt(kind, child))
        return found

    def _states(self, cases: Sequence[str], row: type[Any]) -> dict[str, Any]:
        statement = select(row).where(col(row.case_id).in_(cases)).order_by(col(row.number))
        latest = {state.case_id: state for state in self._unit.all(statement)}
        return {case: state for case, state in latest.items() if state.known}
