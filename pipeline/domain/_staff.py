"""The municipality's employees, leaders and role holders, from whom letters take names and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleHolding:
    """A role somebody holds over a period: ``unit_leader``, ``case_worker``, ``manager`` … ``service`` for a manager."""

    role: str
    service: str = ""
    from_date: date | None = None
    to_date: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Employee:
    """One of the municipality's employees, leaders or role holders (``staff import``)."""

    id: str
    municipality: str
    name: str
    title: str = ""
    service: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postal_place: str = ""
    roles: tuple[RoleHolding, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Staff:
    """Everybody in one municipality that a letter may name."""

    employees: tuple[Employee, ...] = ()

    def holder(self, role: str, on: date, *, service: str = "") -> Employee | None:
        """The one who holds a role on a day; None when nobody does, or more than one (a person must choose)."""
        found = [
            e
            for e in self.employees
            for r in e.roles
            if r.role == role
            and (not service or r.service.casefold() == service.casefold())
            and (r.from_date is None or r.from_date <= on)
            and (r.to_date is None or on <= r.to_date)
        ]
        return found[0] if len(found) == 1 else None

    def named(self, name: str, *, service: str = "") -> Employee | None:
        """The employee of that name (and service when given); None when there is none or more than one."""
        found = [
            e
            for e in self.employees
            if e.name.casefold() == name.casefold()
            and (not service or e.service.casefold() == service.casefold())
        ]
        return found[0] if len(found) == 1 else None
