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

PERSONAL = ("title", "service", "phone", "email", "address", "postal_place")
MANAGER = "manager"
BEYOND = "\0"
"""Where the reader lays cells beyond the last column."""


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
        before = known.get(employee.id)
        if before is not None:
            unlike = [name for name in PERSONAL if getattr(before, name) != getattr(employee, name)]
            if unlike:
                raise UsageError(
                    f"{file.name}, linje {number}: samme person står på en linje over med annen «{unlike[0]}». "
                    "Skriv det likt på alle linjene."
                )
            employee = replace(before, roles=before.roles + employee.roles)
        known[employee.id] = employee
    if not found:
        raise UsageError(f"{file.name} har ingen linjer med ansatte.")
    count = left = 0
    with desk.store.transaction() as register:
        for key, employees in found.items():
            done = register.import_staff(key, list(employees.values()), now=desk.now(), actor=desk.actor)
            count += len(employees)
            left += done.left
    make_letters(desk)
    said = f"{count} {'ansatt' if count == 1 else 'ansatte'} er lest inn."
    if left:
        said += f" {left} fra den forrige listen er ikke med lenger."
    unused = sorted(
        {r.role for people in found.values() for e in people.values() for r in e.roles} - _used(desk)
    )
    if unused:
        said += f" Ingen brev bruker rollen «{unused[0]}»; se om den er rett skrevet."
    return said


def _used(desk: Desk) -> frozenset[str]:
    """The roles that a municipality's letters look for."""
    profiles = [desk.municipalities[key] for key in desk.municipalities]
    named = {
        role
        for p in profiles
        for role in (
            p.letters.case_worker_role,
            p.letters.responsible_role,
            p.appointment.escalation_role,
        )
    }
    return frozenset(named) | {MANAGER}


def _lines(file: Path) -> list[tuple[int, Mapping[str, str]]]:
    try:
        text = _text(file.read_bytes())
    except FileNotFoundError:
        raise UsageError(f"Finner ikke {file}.") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file.name} er ikke en tekstfil. Lagre listen som CSV (UTF-8).") from None
    except OSError:
        raise UsageError(f"{file} kan ikke leses. Se om det er en fil, og om du har lov.") from None
    first = text.partition("\n")[0]
    reader = csv.DictReader(
        io.StringIO(text),
        restkey=BEYOND,
        delimiter=";" if first.count(";") >= first.count(",") else ",",
        strict=True,
    )
    try:
        return _rows(reader, file)
    except csv.Error:
        raise UsageError(
            f"{file.name}, linje {reader.line_num}: linjen er ikke gyldig CSV. Se om et hermetegn mangler."
        ) from None


def _text(content: bytes) -> str:
    """Excel writes UTF-8 with a mark, or the old Windows letters."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _rows(reader: csv.DictReader[str], file: Path) -> list[tuple[int, Mapping[str, str]]]:
    names = [name.strip().casefold() for name in reader.fieldnames or []]
    unknown = sorted(set(names) - COLUMNS)
    if "name" not in names or unknown:
        wrong = f"ukjent kolonne «{unknown[0]}»" if unknown else "mangler kolonnen «name»"
        raise UsageError(f"{file.name}: {wrong}. Kolonner: {', '.join(sorted(COLUMNS))}.")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UsageError(f"{file.name}: kolonnen «{twice[0]}» står to ganger.")
    reader.fieldnames = names
    found: list[tuple[int, Mapping[str, str]]] = []
    for row in reader:
        beyond: object = row.pop(BEYOND, None)
        cells = {name: " ".join((cell or "").split()) for name, cell in row.items()}
        if isinstance(beyond, list) and any(one.strip() for one in beyond):
            raise UsageError(
                f"{file.name}, linje {reader.line_num}: linjen har flere ruter enn det er kolonner."
            )
        if any(cells.values()):
            found.append((reader.line_num, cells))
    return found


def _employee(key: str, number: int, row: Mapping[str, str], file: Path) -> Employee:
    name = row.get("name", "")
    if not name:
        raise UsageError(f"{file.name}, linje {number}: mangler navn.")
    roles: tuple[RoleHolding, ...] = ()
    starts, ends = (_date(row.get(one, ""), number, file) for one in ("from", "to"))
    if starts is not None and ends is not None and ends < starts:
        raise UsageError(f"{file.name}, linje {number}: rollen slutter før den begynner.")
    if row.get("role"):
        service = row.get("role_service") or row.get("service", "")
        roles = (RoleHolding(role=row["role"], service=service, from_date=starts, to_date=ends),)
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
