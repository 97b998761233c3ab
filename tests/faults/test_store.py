"""The register under fire: racing processes, killed processes, locks, a full disk. Nothing lost, nothing twice."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from pipeline.domain import DocumentStatus
from pipeline.errors import PassingError, SkjemaflytError
from pipeline.store import Store
from tests.unit.store.made import NOW, TOWN, arrival, case, event, full_case, person

ROOT = Path(__file__).parents[2]

RACE = """
import sys
from datetime import date
from pathlib import Path
from pipeline.store import Store
from tests.unit.store.made import NOW, TOWN, arrival, order
store = Store.open(Path(sys.argv[1]), busy_seconds=60)
print("ready", flush=True)
sys.stdin.readline()
for n in range(50):
    with store.transaction() as register:
        if register.claim_reminder(f"2026/{n + 1}", "T-4", "2026", date(2026, 6, 1), NOW):
            letters = [order(f"2026/{n + 1}", f"T-4/2026/{sys.argv[2]}")]
            register.order_letters(letters, municipality=TOWN, now=NOW, actor="test")
            print("claimed", n, flush=True)
    with store.transaction() as register:
        record = register.record_arrival(arrival(f"token-{n}"), municipality=TOWN)
        print("recorded", record.id, flush=True)
    with store.transaction() as register:
        print("case", register.next_case_id(TOWN, 2027), flush=True)
    with store.transaction() as register:
        taken = register.next_document(NOW)
        if taken is not None:
            print("took", taken.id, flush=True)
"""

WRITE = """
import sys
from pathlib import Path
from pipeline.store import Store
from tests.unit.store.made import NOW, TOWN, arrival, event, full_case, order
from dataclasses import replace
store = Store.open(Path(sys.argv[1]), busy_seconds=60)
for n in range(int(sys.argv[2]), 100000):
    with store.transaction() as register:
        register.record_arrival(arrival(f"token-{n}"), municipality=TOWN)
        whole = full_case(register.next_case_id(TOWN, 2026))
        whole = replace(whole, person=replace(whole.person, id=f"P{n}"))
        register.save_case(whole, [event(whole.id)])
        register.order_letters([order(whole.id)], municipality=TOWN, now=NOW, actor="test")
    print(n, flush=True)
"""


def started(program: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a Python program of ours."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An empty register's file."""
    made = tmp_path / "register.db"
    Store.upgrade(made)
    return made


def test_four_racing_processes_do_everything_once(path: Path) -> None:
    store = Store.open(path)
    with store.transaction() as register:
        for n in range(50):
            register.save_case(case(f"2026/{n + 1}", person=person(f"P{n}")), [])
    racers = [started(RACE, str(path), str(n)) for n in range(4)]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    said: Counter[str] = Counter()
    for racer in racers:
        out, _ = racer.communicate(timeout=120)
        assert racer.returncode == 0
        said.update(out.splitlines())
    assert sum(n for line, n in said.items() if line.startswith("claimed")) == 50
    assert {line: n for line, n in said.items() if line.startswith("recorded")} == {
        f"recorded D{n + 1}": 4 for n in range(50)
    }
    assert sorted(n for line, n in said.items() if line.startswith("case")) == [1] * 200
    assert [n for line, n in said.items() if line.startswith("took")] == [1] * 50
    with store.reading() as register:
        assert len(list(register.letters())) == len(list(register.reminders())) == 50
    store.close()


def test_a_killed_process_leaves_whole_transactions(path: Path) -> None:
    done = 0
    for pause in (0.0, 0.011, 0.023, 0.037, 0.051, 0.067):
        writer = started(WRITE, str(path), str(done))
        assert writer.stdout is not None
        written = [int(writer.stdout.readline()) for _ in range(3)]
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        written += [int(line) for line in writer.stdout.read().split("\n") if line.isdigit()]
        writer.wait()
        assert writer.stdin is not None
        writer.stdin.close()
        writer.stdout.close()
        store = Store.open(path)
        with store.reading() as register:
            cases = list(register.cases())
            documents = list(register.documents())
            letters = list(register.letters())
            events = list(register.events())
        store.close()
        assert len(cases) == len(documents) == len(letters) == len(events)
        assert len(documents) >= written[-1] + 1
        assert [d.token for d in documents] == [f"token-{n}" for n in range(len(documents))]
        assert [c.id for c in cases] == [f"2026/{n + 1}" for n in range(len(cases))]
        assert all(c.contacts == full_case().contacts and c.team == full_case().team for c in cases)
        done = len(documents)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_an_error_in_the_middle_keeps_nothing(path: Path) -> None:
    store = Store.open(path)

    def work() -> None:
        with store.transaction() as register:
            register.record_arrival(arrival("a"), municipality=TOWN)
            register.save_case(case(), [event("2026/1")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    with store.reading() as register:
        assert list(register.documents()) == list(register.cases()) == list(register.events()) == []
    store.close()


def test_a_lock_that_lasts_is_a_passing_fault(path: Path) -> None:
    store = Store.open(path, busy_seconds=0.2)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(PassingError), store.transaction():
        pass
    with store.reading() as register:
        assert list(register.documents()) == []
    holder.close()
    with store.transaction() as register:
        register.record_arrival(arrival("a"), municipality=TOWN)
    store.close()


def test_a_full_disk_is_a_passing_fault_and_the_register_stays_whole(path: Path) -> None:
    store = Store.open(path)
    with store._writing.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(PassingError), store.transaction() as register:
        register.save_case(case(need="lang " * 100_000), [])
    with store.reading() as register:
        assert list(register.cases()) == []
    with store._writing.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.execute("PRAGMA max_page_count = 1000000")
    with store.transaction() as register:
        register.save_case(case(need="lang " * 100_000), [])
    store.close()


def test_a_register_that_vanished_is_an_error_of_ours(path: Path) -> None:
    store = Store.open(path)
    store.close()
    path.rename(path.with_suffix(".away"))
    path.mkdir()
    with pytest.raises(PassingError), store.transaction():
        pass
    store.close()


def test_reading_shows_one_moment_and_cannot_write(path: Path) -> None:
    store = Store.open(path)
    with store.reading() as before:
        with store.transaction() as register:
            register.record_arrival(arrival("a"), municipality=TOWN)
        assert list(before.documents()) == []
    with pytest.raises(SkjemaflytError), store.reading() as register:
        register.settle_document("D1", DocumentStatus.DONE)
    with store.reading() as after:
        assert [d.status for d in after.documents()] == [DocumentStatus.RECEIVED]
    store.close()


def test_threads_take_turns_and_one_never_waits_for_itself(path: Path) -> None:
    store = Store.open(path)

    def work(name: int) -> None:
        for n in range(25):
            with store.transaction() as register:
                register.record_arrival(arrival(f"{name}-{n}"), municipality=TOWN)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading() as register:
        assert len(list(register.documents())) == 100
    with pytest.raises(RuntimeError), store.transaction(), store.transaction():
        pass
    with store.transaction() as register:
        assert register.next_document(NOW) is not None
    store.close()


def test_no_error_tells_what_was_being_stored(path: Path) -> None:
    store = Store.open(path)
    name = "Ragnfrid Uthaug"
    with store.transaction() as register:
        register.save_case(case(person=person(name=name)), [])
    with pytest.raises(SkjemaflytError) as caught, store.transaction() as register:
        register.claim_reminder(name, name, name, case().opened_on, NOW)
    shown: BaseException | None = caught.value
    while shown is not None:
        assert name not in repr(shown)
        shown = shown.__cause__ or (None if shown.__suppress_context__ else shown.__context__)
    store.close()
