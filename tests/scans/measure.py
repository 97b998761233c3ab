"""Lets the program read scanned files and holds what it says against what stands in them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.generated.compare import same
from tests.scans.paper import DIGITS
from tests.scans.stack import Part, Scan

Record = dict[str, Any]
NOT_A_FORM = ("blank", "unknown")


@cache
def kit() -> Any:
    """The program's reader as the command has it, once a process: what is measured is a warm one."""
    from pipeline.wiring import reading_kit

    return reading_kit(Path(__file__).parents[2])


def read(path: Path) -> tuple[list[Record], float, float]:
    """The lines of `extract --json` for a file, with processor and wall seconds."""
    from pipeline.cli._submissions import as_row

    reader = kit()
    wall, cpu = time.perf_counter(), time.process_time()
    lines = [as_row(submission) | {"case": submission.coded_case} for submission in reader.read(path)]
    return lines, time.process_time() - cpu, time.perf_counter() - wall


def measure(made: Scan) -> Record:
    """One file's outcome, as plain data that adds up with others'."""
    fault, lines, cpu, wall = "", [], 0.0, 0.0
    try:
        lines, cpu, wall = read(made.path)
    except Exception as problem:  # noqa: BLE001 - a file that stops the reader is an outcome
        fault = f"{type(problem).__name__}: {problem}"
    matched = match(made, lines)
    forms = [line.get("form") for line in lines if line.get("form")]
    return {
        "seed": made.seed,
        "file": made.path.name,
        "carrier": made.carrier,
        "dpi": made.made.dpi,
        "damages": made.damages,
        "stack": len(made.parts) > 1 or len(made.sheets) > len(made.parts[0].pages),
        "pages": len(made.sheets),
        "want": [part.made.filled.form for part in made.parts],
        "got": forms,
        "found": [matched[at] is not None for at in range(len(made.parts))],
        "split": split_right(made, matched, forms),
        "cases": [
            [part.made.case, (line or {}).get("case", "")]
            for part, line in zip(made.parts, matched, strict=True)
        ],
        "cpu": round(cpu, 3),
        "wall": round(wall, 3),
        "draw": round(made.seconds, 3),
        "fault": fault,
        "modes": [part.made.filler.mode for part in made.parts],
        "readable": [part.readable for part in made.parts],
        "reasons": [reasons(line) for line in matched],
        "fields": [
            {"part": at, **field}
            for at, part in enumerate(made.parts)
            for field in fields(part, (matched[at] or {}).get("fields", {}))
        ],
    }


def reasons(line: Record | None) -> list[str]:
    """Why a person must look: each field (or none, for the form as a whole) and its doubt's code, without the words."""
    said = line.get("reasons", []) if line else []
    return [" ".join(part.strip() for part in reason.split(":")[:2]) for reason in said]


def match(made: Scan, lines: Sequence[Record]) -> list[Record | None]:
    """For each form in the file the line that speaks of its pages."""
    free = [line for line in lines if line.get("form")]
    out: list[Record | None] = []
    for part in made.parts:
        own = set(part.pages) | set(part.twice)
        fitting = [
            (len(own & set(line.get("pages", []))), -at)
            for at, line in enumerate(free)
            if line["form"] == part.made.filled.form and own & set(line.get("pages", []))
        ]
        out.append(free.pop(-max(fitting)[1]) if fitting else None)
    return out


def split_right(made: Scan, matched: Sequence[Record | None], forms: Sequence[str]) -> bool:
    """Each form found once in its place, with all its own pages and none of another form's.

    Empty backs and unknown pages may be kept with a neighbour or told apart.
    """
    if list(forms) != [part.made.filled.form for part in made.parts]:
        return False
    for part, line in zip(made.parts, matched, strict=True):
        pages = set(line.get("pages", [])) if line else set()
        own, again = set(part.pages), set(part.twice)
        firsts = {made.sheets[number - 1].own for number in pages if number in own | again}
        if firsts != {made.sheets[number - 1].own for number in own} or pages - own - again - made.others:
            return False
    return True


def fields(part: Part, read: dict[str, Record]) -> list[Record]:
    out: list[Record] = []
    for key, expected in part.made.filled.truth.items():
        got = read.get(key)
        right = got is not None and same(key, expected, got.get("value"))
        record: Record = {
            "key": key,
            "kind": kind(part, key, expected),
            "empty": expected in (None, []),
            "right": right,
            "status": got.get("status", "") if got else "missing",
            "confidence": round(float(got.get("confidence") or 0), 4) if got else 0.0,
        }
        value = got.get("value") if got else None
        if not right or record["kind"] in ("tick", "checklist", "signature", "signed-rows"):
            record |= {"want": expected, "got": value}
        elif record["kind"] == "hand":
            record["want"] = expected
        out.append(record)
    return out


def kind(part: Part, key: str, expected: Any) -> str:
    """`typed`, `hand`, `digits`, `tick`, `checklist`, `signature` or `signed-rows`."""
    if key == "items":
        return "checklist"
    if key == "consent.signatures":
        return "signed-rows"
    if key.rpartition(".")[2] == "signed":
        return "signature"
    if isinstance(expected, bool) or (key.startswith("plan.") and not key.endswith("_note")):
        return "tick"
    pen = part.made.filler
    late = part.made.filled.form == "group-consent" and key in ("place", "date")
    by_pen = pen.mode == "hand" or key in pen.pen_fields or (late and "place_date" in pen.pen_fields)
    if not by_pen:
        return "typed"
    return "digits" if key in part.made.texts and set(part.made.texts[key]) <= DIGITS else "hand"
