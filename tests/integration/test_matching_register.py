"""Matching over the real register: found by index, and quick with 200,000 cases."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import Session

from pipeline.domain import FieldReading, FieldStatus, Submission
from pipeline.matching import match
from pipeline.store import Store
from pipeline.store._case_rows import person_values, sort_key
from pipeline.store._unit import Unit
from pipeline.store.tables import CaseRow, PersonRow
from tests.unit.store.made import NOW, TOWN, arrival, case, person

FIRST = [
    a + b
    for a in ("Ad", "Br", "El", "Fr", "Gu", "He", "In", "Jo", "Ka", "Li")
    for b in ("a", "e", "ine", "or", "un")
]
LAST = [
    a + b
    for a in ("Berg", "Dal", "Eng", "Fjell", "Haug", "Lund", "Myr", "Sand", "Vik", "Ås")
    for b in ("", "e", "en", "land", "li", "set", "stad", "um", "vold", "øy")
]


def filled(path: Path, cases: int) -> Store:
    """Make a register with many invented cases, written in bulk."""
    Store.upgrade(path)
    store = Store.open(path)
    chance = random.Random(7)
    with Session(store._writing) as session, session.begin():
        unit = Unit(session, lambda: None)
        for start in range(0, cases, 10_000):
            people, files = [], []
            for n in range(start, min(cases, start + 10_000)):
                someone = person(
                    f"P{n}",
                    name=f"{chance.choice(FIRST)} {chance.choice(FIRST)} {chance.choice(LAST)}",
                    birth_date=date(1930, 1, 1) + timedelta(days=chance.randrange(35_000)),
                    phone=f"+479{n:07d}",
                    address=f"{chance.choice(LAST)}veien {chance.randrange(1, 400)}",
                )
                people.append(person_values(someone, TOWN))
                whole = case(f"2026/{n + 1}")
                files.append(
                    {
                        **{c: getattr(whole, c) for c in CaseRow.model_fields if hasattr(whole, c)},
                        "person_id": someone.id,
                        "sort_key": sort_key(whole.id),
                    }
                )
            unit.insert_all(PersonRow, people)
            unit.insert_all(CaseRow, files)
    return store


def told(**fields: str) -> Submission:
    """A form that tells of a person."""
    return Submission(
        source="x.docx",
        form="need-notification",
        fields={
            f"recipient.{name}": FieldReading(value=value, raw=value, status=FieldStatus.ACCEPTED)
            for name, value in fields.items()
        },
    )


def questions(store: Store, count: int) -> list[Submission]:
    """Forms about people in the register, and about people who are nearly there."""
    asked = []
    with store.reading() as register:
        for n in range(count):
            who = register.person(f"P{n * 97 % 5000}")
            assert who is not None
            assert who.birth_date is not None
            full = {"name": who.name, "birth_date": who.birth_date.isoformat(), "phone": who.phone}
            asked += [
                told(**full, address=who.address),
                told(name=who.name, birth_date="1931-01-01", due_date="2026-08-01"),
                told(name=who.name, address=who.address),
                told(name=who.name),
            ]
    return asked


def test_every_question_is_answered_from_an_index(tmp_path: Path) -> None:
    store = filled(tmp_path / "register.db", 5000)
    plans: list[str] = []

    def explain(_c: object, cursor: object, statement: str, parameters: object, *_: object) -> None:
        run: Callable[..., object] = cursor.connection.cursor().execute  # type: ignore[attr-defined]
        plans.extend(row[3] for row in run(f"EXPLAIN QUERY PLAN {statement}", parameters))

    asked = questions(store, 1)
    event.listen(store._reading, "before_cursor_execute", explain)
    event.listen(store._writing, "before_cursor_execute", explain)
    with store.transaction() as register:
        register.record_arrival(arrival("a"), municipality=TOWN)
        register.next_document(NOW)
    with store.reading() as register:
        register.cases_by_number(TOWN, "2026/7")
        for one in asked:
            match(one, register, municipality=TOWN)
        register.document("D1")
        register.case("2026/7")
    store.close()
    shutil.rmtree(tmp_path)
    assert plans
    assert [plan for plan in plans if "SCAN" in plan] == ["SCAN sqlite_master"] * plans.count(
        "SCAN sqlite_master"
    )
    for plan in plans:
        assert "(municipality=?)" not in plan


@pytest.mark.long
def test_matching_takes_at_most_20_ms_with_200_000_cases(tmp_path: Path) -> None:
    store = filled(tmp_path / "register.db", 200_000)
    asked = questions(store, 50)
    spent = []
    with store.reading() as register:
        for one in asked:
            start = time.perf_counter()
            match(one, register, municipality=TOWN)
            spent.append(time.perf_counter() - start)
    store.close()
    spent.sort()
    print(f"match: median {spent[len(spent) // 2] * 1000:.1f} ms, slowest {spent[-1] * 1000:.1f} ms")
    assert spent[len(spent) // 2] < 0.020
