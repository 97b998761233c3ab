"""A big register of invented cases, laid straight into the tables: for benchmarks. Every case has a team, a plan and a coordinator or had one."""

from __future__ import annotations

import random
import sqlite3
from datetime import date, timedelta
from pathlib import Path

from pipeline.domain import address_key, name_ends, name_key
from pipeline.store import Store

MUNICIPALITY = "orland"
SERVICES = ("Fysioterapi", "Helsestasjon", "PPT", "Hjemmetjenesten", "Psykisk helse", "NAV")
FIRST = tuple(
    a + b
    for a in ("Al", "Brit", "Ei", "Ha", "Ing", "Jo", "Li", "Mar", "Ran", "Sol", "Tor", "Yl")
    for b in ("a", "e", "mund", "ny", "rid")
)
LAST = tuple(
    a + b
    for a in (
        "Aust",
        "Bjørk",
        "Brand",
        "Dal",
        "Eik",
        "Fjell",
        "Gran",
        "Haug",
        "Hol",
        "Kvern",
        "Lille",
        "Lund",
        "Myr",
        "Nes",
        "Ny",
        "Ram",
    )
    for b in (
        "bakk",
        "berg",
        "by",
        "dal",
        "eng",
        "hagen",
        "heim",
        "land",
        "lien",
        "mo",
        "rud",
        "seth",
        "stad",
        "sund",
        "vik",
        "voll",
    )
)


def build(path: Path, cases: int, *, seed: int = 1) -> None:
    """Make a register at ``path`` with so many cases, the same for the same seed; opened from 2018 to 2026."""
    Store.upgrade(path)
    draw = random.Random(seed)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    rows: dict[str, list[dict[str, object]]] = {}
    for number in range(1, cases + 1):
        _case(rows, draw, number, date(2018, 1, 1) + timedelta(days=3200 * number // cases))
        if number % 20_000 == 0:
            _lay(connection, rows)
    _lay(connection, rows)
    for service in SERVICES:
        connection.execute(
            "INSERT INTO employee (municipality, id, position, name, title, service, phone, email, address, postal_place)"
            " VALUES (?, ?, 0, ?, '', ?, '', '', '', '')",
            (MUNICIPALITY, service, f"Leder {service}", service),
        )
    connection.execute("PRAGMA optimize")
    connection.commit()
    connection.close()


def _lay(connection: sqlite3.Connection, rows: dict[str, list[dict[str, object]]]) -> None:
    for table, values in rows.items():
        known = [
            (row[1], row[2], row[3], row[5]) for row in connection.execute(f"PRAGMA table_info({table})")
        ]
        names = [name for name, _, _, key in known if table != "event" or name != "id" or not key]
        default = {name: "" if kind == "TEXT" else 0 for name, kind, required, _ in known if required}
        marks = ", ".join("?" for _ in names)
        quoted = ", ".join(f'"{name}"' for name in names)
        connection.executemany(
            f"INSERT INTO {table} ({quoted}) VALUES ({marks})",  # noqa: S608
            [tuple(row.get(name, default.get(name)) for name in names) for row in values],
        )
    connection.commit()
    rows.clear()


def _case(rows: dict[str, list[dict[str, object]]], draw: random.Random, number: int, opened: date) -> None:
    closed = opened + timedelta(days=draw.randrange(200, 2500)) if draw.random() < 0.4 else None
    if closed is not None and closed > date(2026, 11, 1):
        closed = None
    case, person = f"{opened.year}/{number}", f"P{number}"
    name = f"{draw.choice(FIRST)} {draw.choice(FIRST)} {draw.choice(LAST)}"
    born = date(1950, 1, 1) + timedelta(days=draw.randrange(27_500))

    def add(table: str, **values: object) -> None:
        rows.setdefault(table, []).append(
            {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}
        )

    place = f"Veien {number}"
    add(
        "person", id=person, municipality=MUNICIPALITY, name=name, birth_date=born, phone=f"+47{90_000_000 + number}",
        address=place, name_key=name_key(name), name_ends=name_ends(name), address_key=address_key(place),
    )  # fmt: skip
    add(
        "casefile", id=case, municipality=MUNICIPALITY, person_id=person, sort_key=f"{opened.year}/{number:09d} {case}",
        phase=("terminated" if number % 17 == 0 else "closed") if closed else "active", opened_on=opened, closed_on=closed,
        requested='["coordinator"]', granted='["coordinator"]', notified_on=opened, services="[]", language="nb",
    )  # fmt: skip
    began, asked = opened + timedelta(days=draw.randrange(3, 90)), opened + timedelta(days=1)
    add(
        "appointment", case_id=case, id="a1", present=1, position=0, service=draw.choice(SERVICES),
        measure="child_coordinator" if born.year > 2008 else "coordinator", name=f"Koordinator {number % 997}", employee=f"e{number % 997}",
        from_date=began, to_date=closed, deputy_name="" if number % 5 == 0 else "Vikar", requested_on=asked, reply_due=asked + timedelta(days=14),
    )  # fmt: skip
    add(
        "event", case_id=case, kind="coordinator-appointed", at=f"{began.isoformat()}T09:00:00.000000+00:00", actor="prøve", cause="appoint",
        data='{"appointment": "a1"}',
    )  # fmt: skip
    for kind in ("case-opened", "need-notified", "team-established"):
        add(
            "event", case_id=case, kind=kind, at=f"{opened.isoformat()}T08:00:00.000000+00:00", actor="prøve", cause="D1", data="{}"
        )  # fmt: skip
    if number % 3:
        add("team", case_id=case, number=1, known=1, established_on=began, dissolved_on=None)
        if closed:
            add("team", case_id=case, number=2, known=1, established_on=began, dissolved_on=closed)
        for member in range(4):
            add(
                "member", case_id=case, id=f"m{member}", present=1, position=member, name=f"Deltaker {member}",
                service=draw.choice(SERVICES), from_date=began, to_date=closed,
            )  # fmt: skip
        for year in range(opened.year + 1, (closed or date(2026, 6, 1)).year + 1):
            if draw.random() < 0.8:
                add(
                    "annual_report", case_id=case, id=f"r{year}", present=1, position=0, year=year, received_on=date(year, 5, 20),
                    document="D1",
                )  # fmt: skip
    for place, kind in enumerate(("process", "establish", "share")):
        add(
            "consent", case_id=case, id=f"c{place}", present=1, position=place, kind=kind, granted=1, signed=int(draw.random() < 0.9),
            given_on=opened, scope="[]",
        )  # fmt: skip
    add(
        "plan",
        case_id=case,
        number=1,
        known=1,
        exists=number % 2,
        active=number % 2,
        not_today=0,
        as_of=began,
    )
    if number % 40 == 0:
        add(
            "matter", case_id=case, id="x1", present=1, position=0, kind="complaint", on=began, done_on=began + timedelta(days=20), scope="[]"
        )  # fmt: skip
