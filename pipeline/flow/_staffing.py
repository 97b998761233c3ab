"""Read the staff list from CSV."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.domain import Employee, RoleHolding
from pipeline.errors import UsageError
from pipeline.flow._desk import Desk
from pipeline.flow._lettering import make_letters

COLUMNS = frozenset(
    [
        "name",
        "title",
        "service",
        "phone",
        "email",
        "address",
        "postal_place",
        "role",
        "role_service",
        "from",
        "to",
        "municipality",
    ]
)


def import_staff(desk: Desk, file: Path, *, municipality: str) -> str:
    """Read the staff list; gives one sentence. Nothing is changed when a line is wrong.

    Raises UsageError naming the line and what to do.
    """
    found: dict[str, dict[str, Employee]] = {}
    for number, row in _lines(file):
        key = row.get("municipality") or municipality or desk.default_municipality
        if key not in desk.municipalities:
            raise UsageError(f"{file.name}, linje {number}: kjenner ikke kommunen «{key}».")
        employee = _employee(key, number, row, file)
        known = found.setdefault(key, {})
        if employee.id in known:
            employee = replace(known[employee.id], roles=known[employee.id].roles + employee.roles)
        known[employee.id] = employee
    if not found:
        raise UsageError(f"{file.name} har ingen linjer med ansatte.")
    count = 0
    with desk.store.transaction() as register:
        for key, employees in found.items():
            register.import_staff(key, list(employees.values()), now=desk.now(), actor=desk.actor)
            count += len(employees)
    make_letters(desk)
    return f"{count} ansatte er lest inn."


def _lines(file: Path) -> list[tuple[int, Mapping[str, str]]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"Finner ikke {file}.") from None
    except UnicodeDecodeError:
        text = file.read_text(encoding="cp1252")
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") >= first.count(",") else ",")
    names = [name.strip().casefold() for name in reader.fieldnames or []]
    unknown = sorted(set(names) - COLUMNS)
    if "name" not in names or unknown:
        wrong = f"ukjent kolonne «{unknown[0]}»" if unknown else "mangler kolonnen «name»"
        raise UsageError(f"{file.name}: {wrong}. Kolonner: {', '.join(sorted(COLUMNS))}.")
    reader.fieldnames = names
    return [
        (reader.line_num, {k: (v or "").strip() for k, v in row.items() if isinstance(k, str)})
        for row in reader
        if any((v or "").strip() for v in row.values() if isinstance(v, str))
    ]


def _employee(key: str, number: int, row: Mapping[str, str], file: Path) -> Employee:
    name = row.get("name", "")
    if not name:
        raise UsageError(f"{file.name}, linje {number}: mangler navn.")
    roles: tuple[RoleHolding, ...] = ()
    if row.get("role"):
        roles = (
            RoleHolding(
                role=row["role"],
                service=row.get("role_service") or row.get("service", ""),
                from_date=_date(row.get("from", ""), number, file),
                to_date=_date(row.get("to", ""), number, file),
            ),
        )
    mark = row.get("email") or row.get("phone") or row.get("service") or ""
    digest = hashlib.sha256(f"{key}|{name.casefold()}|{mark.casefold()}".encode()).hexdigest()
    return Employee(
        id=f"E{digest[:10]}",
        municipality=key,
        name=name,
        title=row.get("title", ""),
        service=row.get("service", ""),
        phone=row.get("phone", ""),
        email=row.get("email", ""),
        address=row.get("address", ""),
        postal_place=row.get("postal_place", ""),
        roles=roles,
    )


def _date(text: str, number: int, file: Path) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{file.name}, linje {number}: «{text}» er ikke en dato. Skriv den slik: 2026-01-31"
        ) from None
