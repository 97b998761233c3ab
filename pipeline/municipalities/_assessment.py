"""What a checklist's rows and a case's own facts say for or against each measure: data, so that a unit can change it (A4.2, F-003-4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from pipeline.domain import Measure
from pipeline.errors import DeclarationError
from pipeline.municipalities._declaration import Mistakes, read_toml, typed

_TABLES = ("groups", "labels", "measures")
_KEYS = ("coordination", *(measure.value for measure in Measure))


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """One thing a measure hangs on. ``text`` for the clerk, ``source`` the register's id, ``groups`` the rows that answer it.

    ``fact``: what the case itself knows of it. ``at_least``: how many services, for ``several_services``.
    ``decides`` False: shown with the rest, but the suggestion doesn't turn on it.
    """

    text: str
    source: str
    groups: tuple[str, ...] = ()
    fact: Literal["", "child", "several_services", "wish", "no_plan"] = ""
    at_least: int = 1
    decides: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureAssessment:
    """A measure and its conditions. ``key`` is a measure's id, or ``coordination``; it also names the checklist's column."""

    key: str
    title: str
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AssessmentRules:
    """The whole declaration: rows by group, words for rows without printed ones, the measures in the order they are shown."""

    measures: tuple[MeasureAssessment, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def rows(self, condition: Condition) -> tuple[str, ...]:
        """The rows that answer a condition."""
        return tuple(row for group in condition.groups for row in self.groups[group])


def load_assessment(file: Path) -> AssessmentRules:
    """The declaration; raises ``DeclarationError`` that names every mistake with file and key."""
    mistakes = Mistakes()
    tables = read_toml(file, mistakes)
    for key in tables:
        if key not in _TABLES:
            mistakes.add(file, key, "ukjent nøkkel")
    groups: dict[str, tuple[str, ...]] = {}
    for name, rows in _table(file, tables, "groups", mistakes).items():
        groups[name] = _value(file, f"groups.{name}", rows, tuple[str, ...], mistakes) or ()
        if not groups[name]:
            mistakes.add(file, f"groups.{name}", "har ingen rader")
    labels = {
        name: str(_value(file, f"labels.{name}", text, str, mistakes))
        for name, text in _table(file, tables, "labels", mistakes).items()
    }
    measures = _value(file, "measures", tables.get("measures", []), tuple[MeasureAssessment, ...], mistakes)
    found: tuple[MeasureAssessment, ...] = measures or ()
    if tables:
        _check(file, found, groups, mistakes)
    if mistakes.found:
        raise DeclarationError(mistakes.found)
    return AssessmentRules(measures=found, groups=MappingProxyType(groups), labels=MappingProxyType(labels))


def _table(file: Path, tables: Mapping[str, object], name: str, mistakes: Mistakes) -> dict[str, object]:
    table = tables.get(name, {})
    if isinstance(table, dict):
        return table
    mistakes.add(file, name, "skal være en tabell")
    return {}


def _value(file: Path, key: str, value: object, hint: object, mistakes: Mistakes) -> Any:
    try:
        return typed(value, hint)
    except ValueError as error:
        mistakes.add(file, key, str(error))
        return None


def _check(
    file: Path,
    measures: tuple[MeasureAssessment, ...],
    groups: Mapping[str, tuple[str, ...]],
    mistakes: Mistakes,
) -> None:
    if not measures:
        mistakes.add(file, "measures", "mangler")
    seen: set[str] = set()
    for measure in measures:
        where = f"measures.{measure.key}"
        if measure.key not in _KEYS:
            mistakes.add(file, where, "skal være en av: " + ", ".join(_KEYS))
        if measure.key in seen:
            mistakes.add(file, where, "står to ganger")
        seen.add(measure.key)
        if not any(condition.decides for condition in measure.conditions):
            mistakes.add(file, where, "har ingen vilkår som avgjør")
        for condition in measure.conditions:
            if not condition.source or not condition.text:
                mistakes.add(file, where, "har et vilkår uten tekst eller kilde")
            if not condition.groups and not condition.fact:
                mistakes.add(file, where, f"har et vilkår som ingenting svarer på: {condition.text}")
            for group in condition.groups:
                if group not in groups:
                    mistakes.add(file, where, f"har en ukjent gruppe: {group}")
