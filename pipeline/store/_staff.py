"""The staff list: who works here, and who holds which role when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from pipeline.domain import Employee, RoleHolding, Staff
from pipeline.store._unit import Unit, rebuilt, refused, shallow
from pipeline.store.tables import EmployeeRow, RoleRow

PERSONAL = ("name", "title", "service", "phone", "email", "address", "postal_place")


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffImport:
    """What an import changed, in numbers of employees."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    left: int = 0


class StaffList:
    """The employees of each municipality. Nobody is deleted: who is no longer on the list has left."""

    def __init__(self, unit: Unit) -> None:
        """Work within one unit of work."""
        self._unit = unit

    def import_staff(
        self, municipality: str, employees: Iterable[Employee], *, now: datetime, actor: str
    ) -> StaffImport:
        """Take a whole list in place of the last one. The same list again changes nothing.

        An employee missing from it has left. A role missing from it ended the day before, or was never taken up when it
        lay ahead; roles that had ended stay. Raises RefusedError when two share an id or one is another municipality's.
        """
        del actor
        listed = list(employees)
        if len({e.id for e in listed}) != len(listed):
            raise refused("To ansatte i listen har samme id.")
        if any(e.municipality != municipality for e in listed):
            raise refused("En ansatt i listen hører til en annen kommune.")
        before = {e.id: e for e in self.staff(municipality).employees}
        today = now.date()
        changed = 0
        for position, employee in enumerate(listed):
            self._unit.upsert(
                EmployeeRow,
                [
                    {
                        "municipality": municipality,
                        "id": employee.id,
                        "position": position,
                        **{name: getattr(employee, name) for name in PERSONAL},
                        "left_on": None,
                    }
                ],
            )
            self._take_roles(municipality, employee.id, employee.roles, today)
            changed += employee.id in before and before[employee.id] != self._employee(
                municipality, employee.id
            )
        gone = sorted(set(before) - {e.id for e in listed})
        for identity in gone:
            self._unit.update(EmployeeRow, *self._at(municipality, identity), left_on=today)
            self._take_roles(municipality, identity, (), today)
        new = sum(e.id not in before for e in listed)
        return StaffImport(new=new, changed=changed, unchanged=len(listed) - new - changed, left=len(gone))

    def staff(self, municipality: str) -> Staff:
        """Return everybody on a municipality's list, in its order, with roles past and present."""
        rows = self._unit.all(
            select(EmployeeRow)
            .where(col(EmployeeRow.municipality) == municipality, col(EmployeeRow.left_on).is_(None))
            .order_by(col(EmployeeRow.position))
        )
        roles: dict[str, list[RoleHolding]] = {}
        for role in self._roles(municipality):
            roles.setdefault(role.employee_id, []).append(rebuilt(RoleHolding, role))
        return Staff(employees=tuple(employee_of(row, roles.get(row.id, ())) for row in rows))

    def _employee(self, municipality: str, identity: str) -> Employee | None:
        row = self._unit.one(select(EmployeeRow).where(*self._at(municipality, identity)))
        if row is None:
            return None
        roles = [rebuilt(RoleHolding, r) for r in self._roles(municipality, identity)]
        return employee_of(row, roles)

    def _roles(self, municipality: str, identity: str | None = None) -> list[RoleRow]:
        statement = select(RoleRow).where(
            col(RoleRow.municipality) == municipality, col(RoleRow.present).is_(True)
        )
        if identity is not None:
            statement = statement.where(col(RoleRow.employee_id) == identity)
        return self._unit.all(statement.order_by(col(RoleRow.employee_id), col(RoleRow.number)))

    def _take_roles(
        self, municipality: str, identity: str, listed: Sequence[RoleHolding], today: date
    ) -> None:
        known = self._unit.all(
            select(RoleRow)
            .where(col(RoleRow.municipality) == municipality, col(RoleRow.employee_id) == identity)
            .order_by(col(RoleRow.number))
        )
        numbers = {(r.role, r.service, r.from_date): r.number for r in known}
        wanted = {(r.role, r.service, r.from_date): r for r in listed}
        rows = [
            {
                "municipality": municipality,
                "employee_id": identity,
                "number": numbers.get(name, len(known) + place),
                **shallow(role),
                "present": True,
            }
            for place, (name, role) in enumerate(wanted.items(), start=1)
        ]
        self._unit.upsert(RoleRow, rows)
        yesterday = today - timedelta(days=1)
        for role in known:
            ended = role.to_date is not None and role.to_date < today
            if (role.role, role.service, role.from_date) in wanted or ended or not role.present:
                continue
            began = role.from_date is None or role.from_date <= yesterday
            values = {"to_date": yesterday} if began else {"present": False}
            self._unit.update(
                RoleRow,
                col(RoleRow.municipality) == municipality,
                col(RoleRow.employee_id) == identity,
                col(RoleRow.number) == role.number,
                **values,
            )

    def _at(self, municipality: str, identity: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return col(EmployeeRow.municipality) == municipality, col(EmployeeRow.id) == identity


def employee_of(row: EmployeeRow, roles: Sequence[RoleHolding]) -> Employee:
    """Return the employee of a row."""
    own = {name: getattr(row, name) for name in PERSONAL}
    return Employee(id=row.id, municipality=row.municipality, roles=tuple(roles), **own)
