"""A year's figures, and matching one submission, in registers of 2,000, 20,000 and 200,000 cases.

Run: ``python benchmarks/bench_statistics.py [CASES …]``.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.registers import MUNICIPALITY, build
from pipeline.domain import FieldReading, FieldStatus, ReadingStatus, Submission
from pipeline.figures import Counting
from pipeline.matching import match
from pipeline.store import Store

SIZES = (2_000, 20_000, 200_000)
MATCHES = 50
COUNTING = Counting(
    municipality=MUNICIPALITY,
    on=date(2025, 6, 1),
    since=date(2025, 1, 1),
    until=date(2025, 12, 31),
    report_due=date(2025, 6, 1),
    report_exempt_after=date(2025, 3, 1),
)


def main() -> None:
    """Print the table."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    print(f"{'cases':>9}{'build s':>10}{'a year s':>10}{'of CPU s':>10}{'match ms':>10}{'worst ms':>10}")
    for cases in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "register.db"
            started = time.perf_counter()
            build(path, cases)
            built = time.perf_counter() - started
            store = Store.open(path)
            year, work = counted(store)
            mean, worst = matched(store, cases)
            store.close()
        print(f"{cases:>9,}{built:>10.1f}{year:>10.2f}{work:>10.2f}{mean:>10.1f}{worst:>10.1f}")


def counted(store: Store) -> tuple[float, float]:
    """Seconds for the figures of a year, by the clock and of work."""
    started, worked = time.perf_counter(), time.process_time()
    with store.reading() as register:
        tally = register.tally(COUNTING, zone=ZoneInfo("Europe/Oslo"))
    assert tally.counts["teams.active"]
    return time.perf_counter() - started, time.process_time() - worked


def matched(store: Store, cases: int) -> tuple[float, float]:
    """Milliseconds to find whose a submission is: the mean and the slowest of some."""
    taken = []
    with store.reading() as register:
        for step in range(MATCHES):
            person = register.person(f"P{1 + step * (cases // MATCHES)}")
            assert person is not None
            told = {
                "recipient.name": person.name,
                "recipient.birth_date": person.birth_date.isoformat() if person.birth_date else None,
                "recipient.phone": person.phone,
                "recipient.address": person.address,
            }
            submission = Submission(
                form="need-notification",
                source="melding.docx",
                status=ReadingStatus.ACCEPTED,
                fields={
                    name: FieldReading(value=value, raw=str(value), status=FieldStatus.ACCEPTED)
                    for name, value in told.items()
                },
            )
            started = time.perf_counter()
            found = match(submission, register, municipality=MUNICIPALITY)
            taken.append(1000 * (time.perf_counter() - started))
            assert found.candidates
    return sum(taken) / len(taken), max(taken)


if __name__ == "__main__":
    main()
