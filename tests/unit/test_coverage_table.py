"""The coverage table holds every id of the register once, and every test that it names exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
TABLE = REPO / "docs" / "coverage.md"
IDS = Path(__file__).parent / "register-ids.txt"
STATUSES = {"done", "part", "open", "not for a program"}
MUNICIPALITIES = {
    "000": "Vestre Toten",
    "001": "Søndre Land",
    "002": "Salangen",
    "003": "Ørland",
    "004": "Løten",
}
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
MODULE = re.compile(r"`((?:pipeline|config|templates)/[\w./-]+)`")


def known() -> dict[str, str]:
    """Every id with the municipalities it comes from, in words."""
    lines = [
        line.split() for line in IDS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    return {one: ", ".join(MUNICIPALITIES[key] for key in keys) for one, *keys in lines}


def rows(text: str) -> list[list[str]]:
    """The table's rows, each in its five cells."""
    found = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|")
    ]
    return found[2:]


@cache
def named_in(path: Path) -> frozenset[str]:
    """The names of the tests that a file defines; none when there is no such file."""
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = (node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(name for name in found if name.startswith("test_"))


def mistakes(text: str, ids: dict[str, str]) -> list[str]:
    """What is wrong with a table, a sentence each."""
    wrong = []
    listed = rows(text)
    names = [row[0] for row in listed]
    wrong += [f"{one} is missing" for one in ids if one not in names]
    wrong += [f"{one} stands twice" for one in set(names) if names.count(one) > 1]
    wrong += [f"{one} is no id of the register" for one in names if one not in ids]
    for row in listed:
        if len(row) != 5:
            wrong.append(f"{row[0]} hasn't five cells")
            continue
        one, municipality, asks, status, where = row
        if one in ids and municipality != ids[one]:
            wrong.append(f"{one} is of {ids[one]}")
        if not asks:
            wrong.append(f"{one} says nothing of what it asks")
        if status not in STATUSES:
            wrong.append(f"{one} has an unknown status: {status}")
        if status == "done" and not (TEST.search(where) and MODULE.search(where)):
            wrong.append(f"{one} is done without a place and a test")
        if status in ("part", "not for a program") and not where:
            wrong.append(f"{one} doesn't say why")
        wrong += [
            f"{one}: no {path}::{name}"
            for path, name in TEST.findall(where)
            if name not in named_in(REPO / path)
        ]
        wrong += [f"{one}: no {path}" for path in MODULE.findall(where) if not (REPO / path).exists()]
    return wrong


def test_the_coverage_table_is_whole_and_true() -> None:
    assert mistakes(TABLE.read_text(encoding="utf-8"), known()) == []


def test_the_register_has_all_its_ids() -> None:
    ids = known()
    kinds = [sum(one.startswith(kind) for one in ids) for kind in "FLTRC"]
    assert kinds == [55, 31, 32, 55, 14]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("", "R-8 is missing"),
        ("| R-8 | Ørland | one at a time | finished | x |", "unknown status"),
        ("| R-8 | Ørland | one at a time | done | `pipeline/errors.py` |", "without a place and a test"),
        ("| R-8 | Ørland | one at a time | done | `pipeline/errors.py`; `tests/unit/test_house.py::test_none` |", "no tests/unit/test_house.py::test_none"),
        ("| R-8 | Ørland | one at a time | done | `pipeline/gone.py`; `tests/unit/test_house.py::test_easter` |", "no pipeline/gone.py"),
        ("| R-8 | Løten | one at a time | open |  |", "R-8 is of Ørland"),
        ("| R-8 | Ørland | one at a time | part |  |", "doesn't say why"),
        ("| R-9 | Ørland | one at a time | open |  |", "R-9 is no id"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_told_of(row: str, says: str) -> None:
    head = "| id | municipality | what it asks | status | where |\n| --- | --- | --- | --- | --- |\n"
    assert any(says in wrong for wrong in mistakes(head + row, {"R-8": "Ørland"}))
