"""Loading ``config/reminders.toml``: frozen rules out, every mistake kept with its file and key."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from types import NoneType
from typing import get_args, get_type_hints

from pipeline.municipalities._ages import MonthDay
from pipeline.municipalities._declaration import Mistakes, hints_of, read_toml, typed
from pipeline.municipalities._profile import Profile, Terms
from pipeline.municipalities._reminder_rules import (
    Amount,
    Audience,
    DateSource,
    ReminderRule,
    ReminderStep,
)

REMINDERS = "reminders.toml"
"""The file beside the folder of the municipalities."""

_SILENT = frozenset({Audience.UNIT, Audience.LIST})


def load_reminders(file: Path, mistakes: Mistakes) -> tuple[ReminderRule, ...]:
    """The rules in the order they stand; mistakes are named by the rule's id, or its place when it has none."""
    before = len(mistakes.found)
    tables = read_toml(file, mistakes)
    for name in sorted(set(tables) - {"rules"}):
        mistakes.add(file, name, "ukjent nøkkel")
    entries = tables.get("rules", [])
    if not isinstance(entries, list) or not entries:
        if len(mistakes.found) == before:
            mistakes.add(file, "rules", "har ingen regler")
        return ()
    rules: list[ReminderRule] = []
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            mistakes.add(file, f"rules.{number}", "skal være en tabell")
            continue
        key = f"rules.{entry.get('id') or number}"
        if any(known.id == entry.get("id") for known in rules):
            mistakes.add(file, key, "id-en står to ganger")
        rule = _rule(file, key, entry, mistakes)
        if rule is not None:
            rules.append(rule)
    return tuple(rules)


def _rule(file: Path, key: str, entry: Mapping[str, object], mistakes: Mistakes) -> ReminderRule | None:
    before = len(mistakes.found)
    given = _given(file, key, entry, ReminderRule, mistakes)
    listed = entry.get("steps")
    if not isinstance(listed, list) or not listed or not all(isinstance(one, dict) for one in listed):
        mistakes.add(file, f"{key}.steps", "skal være minst ett trinn")
        return None
    steps = []
    for number, one in enumerate(listed, start=1):
        place = f"{key}.steps.{number}"
        at = len(mistakes.found)
        values = _given(file, place, one, ReminderStep, mistakes)
        if len(mistakes.found) == at:
            step = ReminderStep(**values)  # type: ignore[arg-type]  # each value was read by its own type
            _check_step(file, place, step, mistakes)
            steps.append(step)
    if len(mistakes.found) > before:
        return None
    rule = ReminderRule(**given, steps=tuple(steps))  # type: ignore[arg-type]  # each value was read by its own type
    if ":" in rule.id or not rule.id:
        mistakes.add(file, f"{key}.id", "skal være en id uten kolon")
    if (rule.source is DateSource.BIRTHDAY) != bool(rule.age):
        mistakes.add(file, f"{key}.age", "hører til kilden birthday, og bare den")
    elif rule.age and _hint(rule.age) is not int:
        mistakes.add(file, f"{key}.age", "er ikke en alder i kommunens profil")
    if rule.closed and any(step.letter for step in rule.steps):
        mistakes.add(file, f"{key}.closed", "hører til regler uten brev")
    return rule if len(mistakes.found) == before else None


def _given(
    file: Path, key: str, entry: Mapping[str, object], kind: type, mistakes: Mistakes
) -> dict[str, object]:
    hints, known = hints_of(kind), {f.name: f for f in fields(kind)}
    given: dict[str, object] = {}
    for name in entry:
        if name not in known:
            mistakes.add(file, f"{key}.{name}", "ukjent nøkkel")
    for name, declared in known.items():
        if name == "steps":
            continue
        if name not in entry:
            if declared.default is MISSING and declared.default_factory is MISSING:
                mistakes.add(file, f"{key}.{name}", "mangler")
            continue
        try:
            given[name] = _value(name, entry[name], hints[name])
        except ValueError as error:
            mistakes.add(file, f"{key}.{name}", str(error))
    return given


def _value(name: str, value: object, hint: object) -> object:
    if name == "where":
        return _where(value)
    if hint == Amount | None:
        return _amount(value)
    if name == "on":
        return _days(value)
    if name == "to" and not isinstance(value, list):
        value = [value]
    return typed(value, hint)


def _where(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ValueError("skal være en tabell")
    for key, wanted in value.items():
        if _hint(key) is None:
            raise ValueError(f"«{key}» er ikke en nøkkel i kommunens profil")
        if not isinstance(wanted, bool | str | int):
            raise ValueError(f"«{key}» skal være true, false, tekst eller et tall")
    return dict(value)


def _amount(value: object) -> Amount:
    if isinstance(value, str):
        if _hint(value) is not int:
            raise ValueError(f"«{value}» er ikke et antall i kommunens profil")
        return value
    return int(typed(value, int))  # type: ignore[call-overload, no-any-return]  # it is a number by now


def _days(value: object) -> str:
    if isinstance(value, str) and _hint(value) is str and "." in value:
        return value
    return str(typed(value, MonthDay))


def _hint(dotted: str) -> type | None:
    """What a key of the profile holds, or holds several of; None when there is no such key."""
    section, _, name = dotted.partition(".")
    kind = get_type_hints(Profile).get(section)
    if not isinstance(kind, type) or not name:
        return None
    hint = get_type_hints(kind).get(name) if hasattr(kind, "__dataclass_fields__") else None
    while hint is not None and not isinstance(hint, type):
        inner = [part for part in get_args(hint) if part not in (NoneType, ...)]
        hint = type(inner[0]) if inner and isinstance(inner[0], str) else (inner[0] if inner else None)
    return hint


def _check_step(file: Path, key: str, step: ReminderStep, mistakes: Mistakes) -> None:
    if sum(part not in (None, "") for part in (step.before, step.after, step.on)) > 1:
        mistakes.add(file, key, "skal ha høyst én av before, after og on")
    if not step.to:
        mistakes.add(file, f"{key}.to", "mangler")
    if (Audience.ROLE in step.to) != bool(step.role):
        mistakes.add(file, f"{key}.role", "hører til mottakeren role, og bare den")
    if "." in step.role and _hint(step.role) is not str:
        mistakes.add(file, f"{key}.role", "er ikke en nøkkel i kommunens profil")
    written = set(step.to) - _SILENT
    if bool(written) != bool(step.letter):
        mistakes.add(file, f"{key}.letter", "hører til den som skal ha brev")
    if (Audience.UNIT in step.to) != bool(step.task):
        mistakes.add(file, f"{key}.task", "hører til mottakeren unit, og bare den")
    names = {f.name for f in fields(Terms)}
    try:
        used = {
            name for text in (step.task, step.why) for _, name, _, _ in string.Formatter().parse(text) if name
        }
    except ValueError:
        mistakes.add(file, f"{key}.task", "har en krøllparentes for mye")
        return
    for name in sorted(used - names):
        mistakes.add(file, f"{key}.task", f"«{name}» er ikke et av kommunens ord (terms)")
