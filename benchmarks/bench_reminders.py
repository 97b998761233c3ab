"""A day's reminders over registers of growing size, when 100 are due, in seconds of the processor (a shared machine). Run: ``python benchmarks/bench_reminders.py [SIZE …]``."""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from pipeline.flow import remind
from pipeline.municipalities import Cadence
from pipeline.wiring import make_home, open_desk

SIZES = (2_000, 20_000, 200_000)
DUE = 100
TODAY = date(2031, 6, 20)
DAILY = frozenset({Cadence.DAILY, Cadence.YEARLY})
KEYS = ("loten", "orland", "salangen", "sondre_land", "vestre_toten")


def main(sizes: tuple[int, ...]) -> None:
    """Print the table."""
    print(
        f"{'cases':>10}{'due':>6}{'dry run, s':>12}{'a day, s':>10}{'again, s':>10}{'weekly, s':>11}{'monthly, s':>12}"
    )
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            print(line(Path(folder) / "home", size))


def line(home: Path, size: int) -> str:
    """Build a register and run it: dry, in earnest (a task or a claimed draft each), and again."""
    make_home(home)
    with closing(sqlite3.connect(home / "data" / "register.db")) as connection:
        fill(connection, size)
    moment = datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(hours=8)
    with open_desk(home, working=True) as opened:
        desk = replace(opened, now=lambda: moment)
        desk.letters()
        taken = []
        for dry, cadences in (
            (True, DAILY),
            (False, DAILY),
            (False, DAILY),
            (True, frozenset({Cadence.WEEKLY})),
            (True, frozenset({Cadence.MONTHLY})),
        ):
            started = time.process_time()
            found = remind(desk, on=TODAY, dry_run=dry, cadences=cadences, new_only=True)
            taken.append((time.process_time() - started, len(found)))
    (dry_s, due), (day, _), (again, _), (weekly, _), (monthly, _) = taken
    return f"{size:>10}{due:>6}{dry_s:>12.2f}{day:>10.2f}{again:>10.2f}{weekly:>11.2f}{monthly:>12.2f}"


def fill(connection: sqlite3.Connection, size: int) -> None:
    """Cases as a register holds them: half closed, most with a coordinator, a third with a team; 100 services asked too long ago."""
    draw = random.Random(31)
    tables: dict[str, list[dict[str, object]]] = {
        name: [] for name in ("person", "casefile", "appointment", "team", "consent", "matter", "reminder")
    }
    for number in range(1, size + 1):
        case(tables, number, draw, awaiting=number <= DUE)
    for name, rows in tables.items():
        if rows:
            names = ", ".join(f'"{column}"' for column in rows[0])
            marks = ", ".join(f":{column}" for column in rows[0])
            connection.executemany(f"INSERT INTO {name} ({names}) VALUES ({marks})", rows)  # noqa: S608 - our own names
    connection.commit()


def case(
    tables: dict[str, list[dict[str, object]]], number: int, draw: random.Random, *, awaiting: bool
) -> None:
    """One case with its rows; Søndre Land's services are those that are asked (T-1)."""
    key = "sondre_land" if awaiting else draw.choice(KEYS)
    person, ident = f"P{number}", f"{2015 + number % 16}/{number}"
    born = date(1950, 1, 1) + timedelta(days=draw.randrange(29_000))
    shut = not awaiting and draw.random() < 0.5
    opened = TODAY - timedelta(days=draw.randrange(100, 3000))
    tables["person"].append(
        {"id": person, "municipality": key, "name": f"Navn {number}", "birth_date": born.isoformat()}
        | dict.fromkeys(("due_date", "national_id", "deceased_on", "moved_on"))
        | dict.fromkeys(
            ("address", "postal_place", "phone", "email", "name_key", "name_ends", "address_key"), ""
        )
        | {"protected": 0, "family": 0}
    )
    phase = "closed" if shut else "awaiting-designation" if awaiting else "active"
    tables["casefile"].append(
        {"id": ident, "municipality": key, "person_id": person, "sort_key": f"{number:09} {ident}"}
        | {
            "phase": phase,
            "opened_on": opened.isoformat(),
            "notified_on": opened.isoformat(),
            "closed_on": None,
        }
        | {"requested": '["coordinator"]', "granted": "[]", "services": "[]", "language": "nb"}
        | dict.fromkeys(
            ("requested_other", "need", "proposed_coordinator", "merged_into", "archive_case"), ""
        )
    )
    due = TODAY + timedelta(days=3) if awaiting else opened
    tables["appointment"].append(
        {"case_id": ident, "id": "a1", "position": 0, "present": 1, "measure": "coordinator"}
        | {"service": "Ergoterapi", "name": "" if awaiting else f"Ansatt {number % 900}", "employee": None}
        | {"from_date": opened.isoformat(), "to_date": TODAY.isoformat() if shut else None}
        | {"deputy_name": "Vikar", "deputy_contact": "", "contact": "", "requested_on": opened.isoformat()}
        | {"reply_due": due.isoformat()}
    )
    if draw.random() < 0.34 and not awaiting:
        tables["team"].append(
            {
                "case_id": ident,
                "number": 1,
                "known": 1,
                "established_on": opened.isoformat(),
                "dissolved_on": None,
            }
        )
        for place, kind in enumerate(("establish", "register")):
            tables["consent"].append(
                {
                    "case_id": ident,
                    "id": f"c{place}",
                    "position": place,
                    "present": 1,
                    "kind": kind,
                    "granted": 1,
                }
                | {"given_on": opened.isoformat(), "signer": "", "capacity": "", "signed": 1, "scope": "[]"}
                | {"withdrawn_on": None, "document": ""}
            )
        tables["matter"].append(
            {"case_id": ident, "id": "x1", "position": 0, "present": 1, "kind": "evaluation"}
            | {
                "on": (TODAY - timedelta(days=draw.randrange(20, 170))).isoformat(),
                "done_on": opened.isoformat(),
            }
            | dict.fromkeys(("until", "due", "at", "employee"))
            | dict.fromkeys(("outcome", "text", "who", "about"), "")
            | {"scope": "[]"}
        )
        # The June round was made on its days; nobody has answered yet.
        if key == "orland" and not shut:
            tables["reminder"].append(
                {
                    "case_id": ident,
                    "rule": "T-4",
                    "period": f"{TODAY.year}-06-15",
                    "due": f"{TODAY.year}-06-01",
                }
                | {"status": "created", "at": f"{TODAY.year}-06-15T04:30:00.000000+00:00"}
            )


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
