"""Whatever a case, a form or a letter says, the register gives back the same, to the character."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.domain import (
    Box,
    Case,
    Doubt,
    Event,
    EventKind,
    FieldReading,
    Letter,
    LetterOrder,
    Party,
    Person,
    Problem,
    Submission,
    Team,
)
from pipeline.domain._register import AnnualReport, Appointment, Consent, Contact, Member, Task
from pipeline.store import Register, Store
from tests.unit.store.made import NOW, TOWN, arrival, case

ODD = st.sampled_from(
    [
        "",
        "\0",
        "a\0b",
        "'; DROP TABLE casefile; --",
        "{{ 7*7 }}",
        "&<>\"'",
        "😀👩‍👩‍👧",
        "Čáŋŧ Đž",
        "A\u030a",
        "\ufffe\u202e",
        "\r\n\t",
        "null",
        "%s :x ?",
    ]
)
TEXT = st.one_of(ODD, st.text(max_size=30))
RELAXED = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
"""Each example has a database of its own, so a failure is shown as found, not made smaller for minutes."""


st.register_type_strategy(str, TEXT)
st.register_type_strategy(date, st.dates())
st.register_type_strategy(int, st.integers(-(2**63) + 1, 2**63 - 1))


def children(kind: type) -> st.SearchStrategy[tuple]:
    """Up to three children, each with an id of its own."""
    made = st.lists(st.builds(kind), max_size=3)
    return made.map(lambda found: tuple(replace(child, id=f"{i}{child.id}") for i, child in enumerate(found)))


PERSONS = st.builds(Person, id=st.just("P1"))
CASES = st.builds(
    Case,
    id=TEXT.map(lambda text: f"2026/1 {text}"),
    municipality=TEXT,
    person=PERSONS,
    contacts=children(Contact),
    appointments=children(Appointment),
    team=st.none() | st.builds(Team, members=children(Member)),
    consents=children(Consent),
    annual_reports=children(AnnualReport),
    tasks=children(Task),
)
ROWS = st.lists(st.dictionaries(TEXT, st.none() | st.booleans() | TEXT, max_size=3), max_size=3).map(tuple)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
FIELDS = st.builds(
    FieldReading,
    value=st.none() | st.booleans() | TEXT | ROWS,
    confidence=NUMBERS,
    page=st.none() | st.integers(1, 5000),
    box=st.none() | st.builds(Box, NUMBERS, NUMBERS, NUMBERS, NUMBERS),
    doubt=st.none() | st.builds(Doubt),
)
SUBMISSIONS = st.builds(
    Submission,
    form_confidence=NUMBERS,
    pages=st.lists(st.integers(1, 5000), max_size=3).map(tuple),
    doubts=st.lists(st.tuples(TEXT, st.builds(Doubt)), max_size=3).map(tuple),
    problems=st.lists(st.builds(Problem), max_size=3).map(tuple),
    fields=st.dictionaries(TEXT, FIELDS, max_size=4),
)
FACTS = st.dictionaries(
    TEXT,
    st.none() | st.booleans() | st.integers() | TEXT | st.dates() | st.lists(TEXT, max_size=3).map(tuple),
    max_size=5,
)
ORDERS = st.builds(LetterOrder, case=st.just("2026/1"), to=st.builds(Party), facts=FACTS)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


@cache
def blank() -> Path:
    """An empty register, made once."""
    path = Path(tempfile.mkdtemp()) / "register.db"
    Store.upgrade(path)
    return path


@contextmanager
def fresh() -> Iterator[Register]:
    """One transaction on an empty register."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.db"
        shutil.copy(blank(), path)
        store = Store.open(path, clock=lambda: NOW)
        with store.transaction() as register:
            yield register
        store.close()


@RELAXED
@given(first=CASES, second=CASES)
def test_a_case_comes_back_the_same_also_when_saved_anew(first: Case, second: Case) -> None:
    second = replace(second, id=first.id, municipality=first.municipality)
    with fresh() as register:
        register.save_case(first, [])
        assert register.case(first.id) == first
        register.save_case(second, [])
        assert register.case(first.id) == second
        assert list(register.cases(municipality=first.municipality)) == [second]


@RELAXED
@given(read=st.lists(SUBMISSIONS, max_size=3))
def test_a_form_comes_back_the_same_and_no_doubt_is_lost(read: list[Submission]) -> None:
    with fresh() as register:
        register.record_arrival(arrival("a"), municipality=TOWN)
        saved = register.save_submissions("D1", read)
        assert [s.submission for s in saved] == read
        assert [list(s.submission.fields) for s in saved] == [list(s.fields) for s in read]
        for record in saved:
            asked = list(register.review_items(submission=record.id))
            assert (record.status.value == "review") <= bool(asked)
            codes = {item.code for item in asked}
            assert {doubt.code for _, doubt in record.submission.doubts} <= codes


@RELAXED
@given(order=ORDERS, data=st.dictionaries(TEXT, PLAIN, max_size=4), signer=TEXT)
def test_a_letter_comes_back_the_same(order: LetterOrder, data: dict, signer: str) -> None:
    with fresh() as register:
        register.save_case(case(), [])
        (ordered,) = register.order_letters([order], municipality=TOWN, now=NOW, actor="test")
        assert ordered.order == order
        made: Letter = replace(ordered, data=data, signer=signer)
        register.update_letter(made)
        assert register.letter(ordered.id) == made


@RELAXED
@given(
    at=st.datetimes(timezones=st.timezones(), min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29)),
    actor=TEXT,
    cause=TEXT,
    data=st.dictionaries(TEXT, PLAIN, max_size=4),
)
def test_an_event_comes_back_the_same(at: datetime, actor: str, cause: str, data: dict) -> None:
    with fresh() as register:
        register.save_case(case(), [])
        event = Event(case="2026/1", kind=EventKind.TASK_DONE, at=at, actor=actor, cause=cause, data=data)
        register.add_events([event])
        (found,) = register.events(case="2026/1")
        assert found == replace(event, at=at.astimezone(UTC))
