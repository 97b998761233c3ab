"""Values that a person gives: one field in review, or a whole message that came without a form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from pipeline.checking._check import check
from pipeline.checking._parse import Setting, read_field
from pipeline.domain import (
    Document,
    FieldReading,
    Finding,
    Findings,
    MarkState,
    Reader,
    Recognition,
    Submission,
)
from pipeline.errors import UsageError
from pipeline.forms import FieldSpec, FormSpec, Kind
from pipeline.values import PostTowns, fold

YES = frozenset({"ja", "j", "x", "true", "1", "yes", "på"})
NO = frozenset({"nei", "n", "false", "0", "no", "av", ""})
BY_HAND = "person"


def parse_value(raw: str, spec: FieldSpec, *, today: date, towns: PostTowns) -> FieldReading:
    """Parse what a person wrote for one field. Raises UsageError for a tick or rows that can't be understood."""
    return read_field(spec, _finding(raw, spec), Setting(today=today, towns=towns))


def check_values(
    values: Mapping[str, object], spec: FormSpec, *, source: str, today: date, towns: PostTowns
) -> Submission:
    """Check a message's values as a form's are checked; fields not given are empty.

    Raises UsageError for a value of the wrong kind.
    """
    fields = {one.id: _finding(values.get(one.id), one) for one in spec.fields}
    return check(
        Findings(form=spec.id, fields=fields),
        Recognition(form=spec.id, version=spec.version, confidence=1.0),
        Document(source=source, reader=Reader.MESSAGE, pages=(), paged=False),
        spec,
        today=today,
        towns=towns,
    )


def _finding(value: object, spec: FieldSpec) -> Finding:
    if spec.kind is Kind.ROWS:
        return Finding(rows=tuple(_row(row, spec) for row in _rows(value, spec)), found_by=BY_HAND)
    return _one(value, spec.kind, spec.id)


def _one(value: object, kind: Kind, name: str) -> Finding:
    if kind is Kind.TICK:
        return Finding(state=MarkState.ON if _yes(value, name) else MarkState.OFF, found_by=BY_HAND)
    if kind is Kind.SIGNATURE:
        return Finding(inked=_yes(value, name) is True, found_by=BY_HAND)
    if kind is Kind.YES_NO:
        said = _yes(value, name)
        on, off = MarkState.ON, MarkState.OFF
        return Finding(yes=on if said is True else off, no=on if said is False else off, found_by=BY_HAND)
    if isinstance(value, bool | list | dict):
        raise UsageError(f"«{name}» skal være en tekst.")
    return Finding(raw="" if value is None else str(value), found_by=BY_HAND)


def _yes(value: object, name: str) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    said = fold(str(value)).strip()
    if said in YES:
        return True
    if said in NO:
        return False if said else None
    raise UsageError(f"«{name}» skal være ja eller nei.")


def _rows(value: object, spec: FieldSpec) -> list[Mapping[str, object]]:
    if value is None or value == "":
        return []
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except json.JSONDecodeError:
            value = None
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        names = ", ".join(spec.columns)
        raise UsageError(f"«{spec.id}» skal være rader som JSON: en liste av objekter med {names}.")
    return value


def _row(row: Mapping[str, object], spec: FieldSpec) -> Mapping[str, Finding]:
    unknown = sorted(set(row) - set(spec.columns))
    if unknown:
        raise UsageError(f"«{spec.id}» har ikke kolonnen «{unknown[0]}».")
    return {name: _one(row.get(name), kind, f"{spec.id}.{name}") for name, kind in spec.columns.items()}
