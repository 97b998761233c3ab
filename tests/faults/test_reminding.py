"""The reminders under fire: two runs at once, and a program that was down for two weeks (C.5). Each reminder once, none twice."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.domain import LetterStatus, Matter, MatterKind
from pipeline.flow import Desk, Runner, remind
from pipeline.wiring import make_home, open_desk
from tests.unit.casework.material import with_team

ROOT = Path(__file__).parents[2]
CASES = 30
JUNE = date(2027, 6, 1)

RACE = """
import sys
from datetime import date
from pathlib import Path
from pipeline.flow import remind
from pipeline.wiring import open_desk
with open_desk(Path(sys.argv[1])) as desk:
    print("ready", flush=True)
    sys.stdin.readline()
    for row in remind(desk, on=date.fromisoformat(sys.argv[2]), dry_run=False):
        print(row["action"], row["case"], row["rule"], flush=True)
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A home with teams that owe a yearly report, each with a complaint a month old on 1 June."""
    make_home(tmp_path / "hjem")
    with open_desk(tmp_path / "hjem") as made:
        complaint = Matter(id="x1", kind=MatterKind.COMPLAINT, on=JUNE - timedelta(days=30))
        with made.store.transaction() as register:
            for number in range(1, CASES + 1):
                one = replace(with_team(established_on=date(2025, 9, 1)), matters=(complaint,))
                person = replace(one.person, id=f"P{number}")
                register.save_case(replace(one, id=f"2026/{number}", person=person), ())
        yield made


def waiting(desk: Desk) -> Counter[str]:
    """How many reminder letters lie in each case that nobody has withdrawn."""
    with desk.store.reading() as register:
        letters = [one for one in register.letters() if one.order.rule == "T-4"]
    return Counter(one.order.case for one in letters if one.status is not LetterStatus.WITHDRAWN)


def tasks(desk: Desk) -> Counter[str]:
    """How many tasks of the complaint's month each case has."""
    with desk.store.reading() as register:
        return Counter(c.id for c in register.cases() for task in c.tasks if task.code == "reminder-B.2")


def test_c_5_two_runs_at_once_make_each_reminder_once(desk: Desk) -> None:
    """C.5, T-4, B.2: whichever comes first makes it, the other finds it made; letters and tasks alike."""
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACE, str(desk.home), JUNE.isoformat()],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    said: Counter[str] = Counter()
    for racer in racers:
        out, _ = racer.communicate(timeout=240)
        assert racer.returncode == 0
        said.update(line for line in out.splitlines() if line.startswith("created "))
    assert set(said.values()) == {1}
    each = Counter(line.rpartition(" ")[2] for line in said)
    assert (each["T-4"], each["B.2"]) == (CASES, CASES)
    assert set(waiting(desk).values()) == set(tasks(desk).values()) == {1}
    assert len(waiting(desk)) == len(tasks(desk)) == CASES


def test_c_5_two_weeks_of_downtime_are_caught_up_without_anything_twice(desk: Desk) -> None:
    """C.5, T-4, B.2: the newest step stands for those missed; a second start the same day, and a clock set back, make nothing more."""
    moment = datetime(JUNE.year, 5, 10, 8, tzinfo=UTC)

    def tick(at: datetime) -> None:
        """A program that starts, looks once and goes down again."""
        Runner(
            desk=replace(desk, now=lambda: at), pause=1, patience=1, look_every=1, watching="polling", remind_at="02:30"
        ).tick()  # fmt: skip

    def made() -> list[tuple[str, str, str]]:
        with desk.store.reading() as register:
            return sorted((r.case, r.rule, r.period) for r in register.reminders())

    tick(moment)
    first = [one for one in made() if one[1] == "T-4"]
    assert {period for _, _, period in first} == {"2027-05-01"}
    # Down over 15 May and 1 June: two steps are missed, and each coordinator gets one letter.
    tick(moment + timedelta(days=23))
    second = [one for one in made() if one[1] == "T-4" and one not in first]
    assert {period for _, _, period in second} == {"2027-06-01"}
    assert len(first) == len(second) == CASES
    assert set(waiting(desk).values()) == set(tasks(desk).values()) == {1}
    before = made()
    assert len(before) == len(set(before))
    for later in (timedelta(days=23, hours=2), timedelta(days=9), timedelta(days=24)):
        tick(moment + later)
    assert [one for one in made() if one not in before and one[1] in ("T-4", "B.2")] == []
    assert set(waiting(desk).values()) == set(tasks(desk).values()) == {1}
    assert {row["action"] for row in remind(desk, on=JUNE + timedelta(days=1), dry_run=False)} <= {
        "exists",
        "stopped",
    }
