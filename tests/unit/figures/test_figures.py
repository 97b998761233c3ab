"""Ages, percentiles, the order of figures, the sheet, and small numbers hidden so that nobody can work them out (A7)."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.casework import age_on
from pipeline.figures import (
    GROUPS,
    KINDS,
    Counting,
    Figure,
    Tally,
    assemble,
    guarded,
    hide,
    month_later,
    ordered,
    reached,
    semicolon_sheet,
)
from pipeline.figures._assemble import percentile

DAY = date(2026, 6, 1)
RULES = Counting(municipality="fjelldal", on=DAY, since=date(2026, 1, 1), until=DAY)
BELOW = 5


@given(on=st.dates(date(1990, 1, 1), date(2060, 1, 1)), age=st.integers(1, 60), back=st.integers(-800, 800))
def test_reached_agrees_with_the_age_that_casework_reckons(on: date, age: int, back: int) -> None:
    birth = reached(age, on) + timedelta(days=back)
    assert (birth <= reached(age, on)) is (age_on(birth, on) >= age)


@pytest.mark.parametrize(
    ("day", "later"),
    [("2026-08-31", "2027-02-28"), ("2026-06-01", "2026-12-01"), ("2027-08-29", "2028-02-29")],
)
def test_six_months_later(day: str, later: str) -> None:
    assert month_later(date.fromisoformat(day), 6).isoformat() == later


def test_percentiles_by_nearest_rank() -> None:
    days = {3: 1, 7: 5, 10: 3, 90: 1}
    assert [percentile(days, share) for share in (0.1, 0.5, 0.9)] == [3, 7, 10]
    assert percentile({}, 0.5) is None


def test_what_the_municipality_asks_for_comes_first_l_002_5() -> None:
    assert ordered(("reports", "teams"))[:3] == ("reports", "teams", "plans")
    assert len(ordered(("reports", "teams"))) == len(GROUPS)
    figures = assemble(Tally(counts={"teams.active": 3}), RULES, asked=("coordinators",))
    assert figures[0].id == "coordinators.in_force"
    assert {f.id for f in figures} == {kind.id for kind in KINDS}
    shown = {f.id: f.shown for f in figures}
    assert (shown["teams.active"], shown["reports.missing"]) == ("3", "–")
    assert next(f.label for f in figures if f.id == "attention.majority") == "Fyller 18 år innen 6 måneder"


@pytest.mark.parametrize("text", ["=1+1", "+47", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_is_never_a_formula(text: str) -> None:
    assert guarded(text) == f"'{text}"


def test_the_sheet_opens_right_in_norwegian_excel() -> None:
    sheet = semicolon_sheet(
        {"a": "Tjeneste", "n": "Antall"}, [{"a": "=HYPERLINK(1)", "n": 7}, {"a": "Å; «ø»", "n": None}]
    )
    assert sheet.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(sheet.decode("utf-8-sig")), delimiter=";"))
    assert rows == [["Tjeneste", "Antall"], ["'=HYPERLINK(1)", "7"], ["Å; «ø»", ""]]


def figure(name: str, value: int, *, part_of: str = "", service: str = "") -> Figure:
    return Figure(
        id=name, group="g", label=name, when="day", source="A7", value=value, shown=str(value), part_of=part_of, service=service
    )  # fmt: skip


def whole(measures: list[int], services: list[int]) -> list[Figure]:
    """A total told in two ways: by measure and by service."""
    rest = sum(measures) - sum(services)
    services = [*services, rest] if rest > 0 else services
    measures = measures if rest >= 0 else [*measures, -rest]
    found = [figure("t", sum(measures))]
    found += [figure(f"m{i}", value, part_of="t") for i, value in enumerate(measures)]
    found += [figure(f"s{i}", value, part_of="t", service=f"S{i}") for i, value in enumerate(services)]
    return found


def possible(shown: tuple[Figure, ...], values: list[int], limit: int) -> list[set[int]]:
    """Every value each figure can have, by trying all: what a reader with patience finds."""
    choices = [
        [f.value]
        if f.value is not None
        else range(1 if f.service else 0, BELOW)
        if f.shown == "<5"
        else range(BELOW if f.service else 0, limit)
        for f in shown
    ]
    total = choices[0]
    groups = [
        [i for i, f in enumerate(shown) if f.part_of and bool(f.service) is service]
        for service in (False, True)
    ]
    found: list[set[int]] = [set() for _ in shown]
    for t in total:
        fitting = []
        for group in groups:
            fitting.append([c for c in product(*(choices[i] for i in group)) if sum(c) == t])
        if all(fitting):
            found[0].add(t or 0)
            for group, combinations in zip(groups, fitting, strict=True):
                for combination in combinations:
                    for i, value in zip(group, combination, strict=True):
                        found[i].add(value or 0)
    return found


@settings(max_examples=300, deadline=None)
@given(
    measures=st.lists(st.integers(0, 9), min_size=1, max_size=2),
    services=st.lists(st.integers(1, 7), max_size=3),
)
@example(measures=[4], services=[1, 1, 1])
def test_no_hidden_number_can_be_worked_out(measures: list[int], services: list[int]) -> None:
    figures = whole(measures, services)
    shown = hide(figures, BELOW)
    values = [f.value or 0 for f in figures]
    for before, after, can in zip(figures, shown, possible(shown, values, sum(values) + 12), strict=True):
        assert before.value in can  # the true one is among them
        if after.hidden:
            assert after.value is None
            assert len(can) > 1
        else:
            assert after == before
            assert before.value == 0 or (before.value or 0) >= BELOW


def test_services_with_one_each_hide_their_total_too() -> None:
    """Five listed services and a total of five would say that each has one."""
    shown = hide(whole([5], [1, 1, 1, 1, 1]), BELOW)
    assert shown[0].hidden


def test_a_small_number_takes_another_with_it() -> None:
    shown = hide([figure("t", 30), figure("a", 3, part_of="t"), figure("b", 27, part_of="t")], BELOW)
    assert [f.shown for f in shown] == ["30", "<5", "skjult"]
    shown = hide(
        [figure("t", 40), *(figure(n, v, part_of="t") for n, v in (("a", 3), ("b", 12), ("c", 25)))], BELOW
    )
    assert [f.shown for f in shown] == ["40", "<5", "skjult", "25"]


def test_small_numbers_that_can_only_be_one_thing_hide_the_total_too() -> None:
    shown = hide([figure("t", 8), figure("a", 4, part_of="t"), figure("b", 4, part_of="t")], BELOW)
    assert [f.shown for f in shown] == ["skjult", "<5", "<5"]


def test_established_and_dissolved_are_hidden_together() -> None:
    shown = hide(
        [figure("teams.active", 60), figure("teams.established", 9), figure("teams.dissolved", 2)], BELOW
    )
    assert [f.shown for f in shown] == ["60", "skjult", "<5"]


def test_waiting_times_of_few_are_hidden() -> None:
    tally = Tally(counts={"needs.appointed": 2}, days={12: 1, 40: 1})
    shown = {f.id: f.shown for f in hide(assemble(tally, RULES), BELOW)}
    assert shown["needs.appointed"] == "<5"
    assert shown["needs.days_median"] == "skjult"
    many = replace(tally, counts={"needs.appointed": 20}, days={12: 20})
    assert {f.id: f.shown for f in hide(assemble(many, RULES), BELOW)}["needs.days_median"] == "12"
