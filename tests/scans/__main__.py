"""`python -m tests.scans`: draws scanned files, lets the program read them, prints how well it did."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.scans.damage import NAMES
from tests.scans.measure import measure
from tests.scans.report import figures, markdown, saved, table, worst
from tests.scans.stack import FORMS, keep, make
from tools.blank_forms.declaration import OWN_IDS


@dataclass(frozen=True, kw_only=True)
class Task:
    """One file to draw and read."""

    seed: int
    forms: tuple[str, ...]
    damages: tuple[str, ...]
    by_hand: float
    single: bool
    folder: str
    kept: bool
    read: bool


def carry_out(task: Task) -> dict[str, Any]:
    """Draws a file, has it read, and says how it went."""
    folder = Path(task.folder)
    made = make(
        task.seed,
        folder,
        forms=task.forms,
        damages=task.damages,
        by_hand=task.by_hand,
        single=task.single,
    )
    if task.kept:
        keep(made)
    record = measure(made) if task.read else {"file": made.path.name, "draw": made.seconds}
    if not task.kept:
        made.path.unlink()
    return record


def run(tasks: list[Task], jobs: int) -> Iterator[dict[str, Any]]:
    if jobs == 1:
        yield from map(carry_out, tasks)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(carry_out, tasks)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.scans", description=__doc__)
    parser.add_argument("--count", type=int, default=50, help="files to draw")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--form", action="append", choices=[*FORMS, *OWN_IDS], default=[])
    parser.add_argument("--damage", action="append", choices=NAMES, default=[], help="every page has it")
    parser.add_argument("--hand", type=float, default=0.25, help="the share filled in by hand")
    parser.add_argument("--single", action="store_true", help="no stacks")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder to leave the files in, each with its truth")
    parser.add_argument("--draw-only", action="store_true")
    parser.add_argument("--json", type=Path, help="a file to write the outcomes to, a line each")
    parser.add_argument(
        "--from", type=Path, nargs="+", dest="sources", help="add these outcomes up; draw nothing"
    )
    parser.add_argument("--worst", type=Path, help="a file to list in what went wrong, the worst first")
    parser.add_argument("--write", type=Path, help="the page of figures, in Markdown")
    return parser.parse_args()


def main() -> int:
    asked = options()
    if asked.sources:
        records = list(saved(asked.sources))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            folder = asked.keep or Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            common = Task(
                seed=0,
                forms=tuple(asked.form),
                damages=tuple(asked.damage),
                by_hand=asked.hand,
                single=asked.single,
                folder=str(folder),
                kept=asked.keep is not None,
                read=not asked.draw_only,
            )
            seeds = range(asked.first, asked.first + asked.count)
            tasks = [Task(**(asdict(common) | {"seed": seed})) for seed in seeds]
            records = list(shown(run(tasks, asked.jobs), len(tasks), asked.json))
    if asked.draw_only:
        return 0
    summed, fine = figures(records), figures(records, fine=True)
    print(table(summed, fine))
    if asked.worst:
        asked.worst.write_text(worst(records), encoding="utf-8")
    if asked.write:
        command = "python -m tests.scans " + " ".join(sys.argv[1:])
        asked.write.write_text(markdown(summed, fine, command, FORMS, NAMES), encoding="utf-8")
    return int(bool(summed.counts["faults"]))


def shown(records: Iterator[dict[str, Any]], of: int, path: Path | None) -> Iterator[dict[str, Any]]:
    """The records as they come, written down at once, with a count when somebody watches."""
    watched = sys.stderr.isatty()
    target = path.open("w", encoding="utf-8") if path else None
    for number, record in enumerate(records, 1):
        if target:
            target.write(json.dumps(record, ensure_ascii=False) + "\n")
            target.flush()
        if watched:
            print(f"\r{number} of {of}", end="", file=sys.stderr)
        yield record
    if target:
        target.close()


if __name__ == "__main__":
    sys.exit(main())
