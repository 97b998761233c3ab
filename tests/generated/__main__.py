"""`python -m tests.generated [--count N]`: draws forms, lets the program read them, prints the figures."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.generated.compare import Outcome, compare, compare_fault
from tests.generated.draw import CARRIERS, LAYOUTS, generate
from tests.generated.faults import faults

BATCH = 60
VERDICTS = ("right", "in-review-though-right", "wrong-in-review", "wrong-accepted", "missing")


def extract(paths: Sequence[Path], *, seconds: int = 280) -> dict[str, list[dict[str, Any]]]:
    """The lines of `extract --json` by file name, one process for a batch of files."""
    lines: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for start in range(0, len(paths), BATCH):
        batch = [str(path) for path in paths[start : start + BATCH]]
        command = [sys.executable, "-m", "pipeline", "extract", *batch, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
        if done.returncode not in (0, 1):
            raise RuntimeError(f"extract ended with {done.returncode}: {done.stderr[-2000:]}")
        for text in done.stdout.splitlines():
            line = json.loads(text)
            lines[Path(line["source"]).name].append(line)
    return lines


def run(forms: Iterable[str], carriers: Iterable[str], seeds: Iterable[int], folder: Path) -> list[Outcome]:
    """Draws each form by each carrier and seed, and compares what the program reads."""
    seeds = list(seeds)
    filled = [
        generate(form, carrier, seed, folder) for form in forms for carrier in carriers for seed in seeds
    ]
    lines = extract([item.path for item in filled])
    return [compare(item, lines[item.path.name]) for item in filled]


def table(outcomes: Sequence[Outcome]) -> str:
    """The figures, a row for each form and carrier."""
    rows: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for outcome in outcomes:
        for key in ((outcome.filled.form, outcome.filled.carrier), ("all", "")):
            rows[key]["files"] += 1
            rows[key].update(outcome.counts)
            rows[key]["faults"] += bool(outcome.faults)
    names = ("files", *VERDICTS, "faults")
    head = f"{'form':20} {'carrier':11}" + "".join(f"{name:>23}" for name in names)
    body = [
        f"{form:20} {carrier:11}" + "".join(f"{counts[name]:>23}" for name in names)
        for (form, carrier), counts in sorted(rows.items())
    ]
    return "\n".join([head, *body])


def report(outcomes: Sequence[Outcome], *, every: bool = False) -> str:
    """Each wrong value taken for right, with where it stands; with `every` all that isn't right."""
    out = []
    for outcome in outcomes:
        shown = [
            judged
            for judged in outcome.fields
            if judged.verdict != "right" and (every or judged in outcome.wrong_accepted)
        ]
        for judged in shown:
            out.append(
                f"{judged.verdict}: {outcome.filled.path.name} {judged.key}\n    expected {judged.expected!r}"
            )
            out.append(f"    got      {judged.got!r}\n    {'; '.join(outcome.filled.notes)}")
        if outcome.faults and every:
            out.append(f"{outcome.filled.path.name}: {'; '.join(outcome.faults)}")
    return "\n".join(out)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.generated")
    parser.add_argument("--count", type=int, default=20, help="files per form and carrier")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--form", action="append", choices=list(LAYOUTS))
    parser.add_argument("--carrier", action="append", choices=CARRIERS)
    parser.add_argument("--all", action="store_true", help="list every field that isn't right")
    parser.add_argument("--faults", action="store_true", help="the unusual files instead")
    parser.add_argument("--keep", type=Path, help="a folder to leave the files in")
    parser.add_argument("--draw-only", action="store_true")
    options = parser.parse_args()
    forms, carriers = options.form or list(LAYOUTS), options.carrier or list(CARRIERS)
    seeds = range(options.first, options.first + options.count)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if options.draw_only:
            for form in forms:
                for carrier in carriers:
                    for seed in seeds:
                        filled = generate(form, carrier, seed, folder)
                        text = json.dumps(
                            {"file": filled.path.name, "truth": filled.truth, "notes": filled.notes},
                            ensure_ascii=False,
                        )
                        (folder / f"{filled.path.name}.json").write_text(text, encoding="utf-8")
            return 0
        if options.faults:
            cases = [case for carrier in carriers for seed in seeds for case in faults(carrier, seed, folder)]
            lines = extract([case.path for case in cases])
            broken = [item for case in cases if (item := compare_fault(case, lines[case.path.name])).broken]
            for item in broken:
                print(item.fault.path.name, *item.broken, sep="\n    ")
            print(f"{len(cases)} unusual files, {len(broken)} not handled")
            return int(bool(broken))
        outcomes = run(forms, carriers, seeds, folder)
    print(report(outcomes, every=options.all))
    print(table(outcomes))
    return int(any(outcome.wrong_accepted for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
