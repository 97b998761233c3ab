"""Loading the law table. An act that isn't in force has no date yet; the day it gets one, the act it replaces ends the day before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import TypeVar

from pipeline.domain import Measure
from pipeline.municipalities._ages import MonthDay
from pipeline.municipalities._declaration import Mistakes, hints_of, read_toml, typed
from pipeline.municipalities._law import (
    Act,
    AgeLimit,
    Citation,
    Clock,
    ComplaintTrack,
    Law,
    LegalBasis,
    RestDays,
)

CLOCKS = ("breach-report",)
"""The clocks that casework asks for."""

AGES = ("notify_minor", "own_consent", "majority")
"""The age limits that casework asks for."""

CITED = ("breach-report", "fvl-impartiality")
"""The citations that casework asks for by id; letters ask for those of the bases and complaint tracks."""

_Entry = TypeVar("_Entry")
_TABLES = ("acts", "citations", "complaints", "bases", "ages", "rest", "clocks")


def load_law(file: Path, mistakes: Mistakes) -> Law:
    """The law table; what is wrong goes to ``mistakes``, and the entry is left out."""
    tables = read_toml(file, mistakes)
    for key in tables:
        if key not in _TABLES:
            mistakes.add(file, key, "ukjent nøkkel")
    acts = _entries(file, _rows(file, tables, "acts", mistakes), Act, mistakes)
    rows = _rows(file, tables, "citations", mistakes)
    cited = _dated(file, rows, acts, mistakes)
    law = Law(
        acts=acts,
        citations=_entries(file, cited, Citation, mistakes),
        complaints=_entries(file, _rows(file, tables, "complaints", mistakes), ComplaintTrack, mistakes),
        bases=_entries(file, _rows(file, tables, "bases", mistakes), LegalBasis, mistakes),
        ages=_entries(file, _rows(file, tables, "ages", mistakes), AgeLimit, mistakes),
        rest=_rest(file, tables, mistakes),
        clocks=_entries(file, _rows(file, tables, "clocks", mistakes), Clock, mistakes),
    )
    if tables:
        _check(file, law, mistakes)
        _check_successors(file, law, {(str(row.get("id")), str(row.get("act"))) for _, row in rows}, mistakes)
    return law


def _rows(
    file: Path, tables: Mapping[str, object], name: str, mistakes: Mistakes
) -> list[tuple[str, dict[str, object]]]:
    """The tables of one list, each with its key."""
    rows = tables.get(name, [])
    if not isinstance(rows, list):
        mistakes.add(file, name, "skal være en liste av tabeller")
        return []
    keyed = [(f"{name}[{number}]", row) for number, row in enumerate(rows, start=1)]
    for key, row in keyed:
        if not isinstance(row, dict):
            mistakes.add(file, key, "skal være en tabell")
    return [(key, row) for key, row in keyed if isinstance(row, dict)]


def _entries(
    file: Path, rows: list[tuple[str, dict[str, object]]], kind: type[_Entry], mistakes: Mistakes
) -> tuple[_Entry, ...]:
    """The sound entries of one list."""
    entries = (_entry(file, key, row, kind, mistakes) for key, row in rows)
    return tuple(entry for entry in entries if entry is not None)


def _entry(
    file: Path, key: str, row: dict[str, object], kind: type[_Entry], mistakes: Mistakes
) -> _Entry | None:
    plain: type = kind
    hints = hints_of(plain)
    given: dict[str, object] = {}
    before = len(mistakes.found)
    for name, value in row.items():
        if name not in hints:
            mistakes.add(file, f"{key}.{name}", "ukjent nøkkel")
            continue
        try:
            given[name] = typed(value, hints[name])
        except ValueError as error:
            mistakes.add(file, f"{key}.{name}", str(error))
    for name in hints:
        if name not in row and name not in _OPTIONAL.get(kind, _ENDS):
            mistakes.add(file, f"{key}.{name}", "mangler")
    return kind(**given) if len(mistakes.found) == before else None


_ENDS = ("valid_to", "source", "text_nn")
_OPTIONAL: dict[type, tuple[str, ...]] = {Act: ("valid_from", "valid_to", "replaces", "name", "name_nn")}


def _dated(
    file: Path, rows: list[tuple[str, dict[str, object]]], acts: Sequence[Act], mistakes: Mistakes
) -> list[tuple[str, dict[str, object]]]:
    """The citations that are in force some time, each with the days and the nynorsk name of its act where it says none itself."""
    spans = {act.id: (act.valid_from, _last_day(act, acts)) for act in acts}
    names = {act.id: (act.name, act.name_nn) for act in acts}
    dated: list[tuple[str, dict[str, object]]] = []
    for key, row in rows:
        act = row.get("act")
        if act not in spans:
            mistakes.add(file, f"{key}.act", "ingen lov har denne id-en")
            continue
        first, last = spans[str(act)]
        if first is None:
            continue
        days: dict[str, object] = {"valid_from": first}
        if last is not None:
            days["valid_to"] = last
        name, name_nn = names[str(act)]
        text = row.get("text")
        if name and isinstance(text, str):
            if not text.startswith(f"{name} "):
                mistakes.add(file, f"{key}.text", "begynner ikke med lovens navn («name»)")
            elif name_nn:
                days["text_nn"] = name_nn + text.removeprefix(name)
        dated.append((key, days | {name: value for name, value in row.items() if name != "act"}))
    return dated


def _last_day(act: Act, acts: Iterable[Act]) -> date | None:
    followers = [other.valid_from for other in acts if other.replaces == act.id and other.valid_from]
    if followers:
        return min(followers) - timedelta(days=1)
    return act.valid_to


def _rest(file: Path, tables: Mapping[str, object], mistakes: Mistakes) -> RestDays:
    row = tables.get("rest", {})
    if not isinstance(row, dict):
        mistakes.add(file, "rest", "skal være en tabell")
        return RestDays()
    for name in row:
        if name not in ("weekdays", "from_easter", "fixed"):
            mistakes.add(file, f"rest.{name}", "ukjent nøkkel")
    fixed: tuple[str, ...] = ()
    try:
        # MonthDay checks that each is a day every year has.
        fixed = tuple(str(day) for day in _list(typed(row.get("fixed", []), tuple[MonthDay, ...])))
    except ValueError as error:
        mistakes.add(file, "rest.fixed", str(error))
    return RestDays(
        fixed=fixed,
        weekdays=_numbers(file, row, "weekdays", mistakes),
        from_easter=_numbers(file, row, "from_easter", mistakes),
    )


def _list(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _numbers(file: Path, row: Mapping[str, object], name: str, mistakes: Mistakes) -> tuple[int, ...]:
    value = row.get(name, [])
    if isinstance(value, list) and all(type(item) is int for item in value):
        return tuple(value)
    mistakes.add(file, f"rest.{name}", "skal være en liste av hele tall")
    return ()


def _check(file: Path, law: Law, mistakes: Mistakes) -> None:
    known = {citation.id for citation in law.citations}
    tracks = {track.id for track in law.complaints}
    measures = {measure.value for measure in Measure}
    for citation, other in combinations(law.citations, 2):
        if citation.id == other.id and _overlap(citation, other):
            mistakes.add(file, f"citations.{citation.id}", "står to ganger for samme dag")
    for track in law.complaints:
        if track.citation not in known:
            mistakes.add(file, f"complaints.{track.id}.citation", "ingen henvisning har denne id-en")
    for basis in law.bases:
        if basis.measure not in measures:
            mistakes.add(file, f"bases.{basis.measure}.measure", "ukjent tiltak")
        for citation_id in basis.citations:
            if citation_id not in known:
                mistakes.add(file, f"bases.{basis.measure}.citations", f"ukjent henvisning {citation_id}")
        if basis.complaint not in tracks:
            mistakes.add(file, f"bases.{basis.measure}.complaint", "ukjent klagevei")
    for limit in AGES:
        if limit not in {age.id for age in law.ages}:
            mistakes.add(file, f"ages.{limit}", "mangler")
    for clock in CLOCKS:
        if clock not in {one.id for one in law.clocks}:
            mistakes.add(file, f"clocks.{clock}", "mangler")
    for act in law.acts:
        if act.replaces and act.replaces not in {other.id for other in law.acts}:
            mistakes.add(file, f"acts.{act.id}.replaces", "ingen lov har denne id-en")


def _check_successors(file: Path, law: Law, cited: set[tuple[str, str]], mistakes: Mistakes) -> None:
    """What is asked for under an act must be there under the act that replaces it: else the day it comes into force nothing can be cited."""
    used = {*CITED, *(t.citation for t in law.complaints), *(one for b in law.bases for one in b.citations)}
    known = {citation for citation, _ in cited}
    for citation in sorted(used & known):
        for act in law.acts:
            if act.replaces and (citation, act.replaces) in cited and (citation, act.id) not in cited:
                mistakes.add(
                    file, f"citations.{citation}", f"mangler for {act.id}, som erstatter {act.replaces}"
                )
    for citation in CITED:
        if citation not in known:
            mistakes.add(file, f"citations.{citation}", "mangler")


def _overlap(one: Citation, other: Citation) -> bool:
    first, second = sorted((one, other), key=lambda entry: entry.valid_from)
    return first.valid_to is None or second.valid_from <= first.valid_to
