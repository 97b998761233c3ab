"""Reading a TOML declaration: typed values out, every mistake kept with its file and key."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Literal, get_args, get_origin, get_type_hints


class Mistakes:
    """The mistakes of a whole load, in the order they were met."""

    def __init__(self) -> None:
        """Begin with none."""
        self.found: list[str] = []

    def add(self, file: Path, key: str, text: str) -> None:
        """Keep one mistake: which file, which key, what is wrong."""
        self.found.append(f"{file.name}: {key}: {text}" if key else f"{file.name}: {text}")


def read_toml(file: Path, mistakes: Mistakes) -> dict[str, object]:
    """The tables of a TOML file; an empty one and a mistake when it can't be read."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        mistakes.add(file, "", "filen finnes ikke")
    except OSError:
        mistakes.add(file, "", "filen kan ikke leses")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        mistakes.add(file, "", f"filen er ikke gyldig TOML ({error})")
    return {}


@cache
def hints_of(kind: type) -> dict[str, object]:
    """The types of a dataclass's fields by name; worked out once, since every profile asks."""
    return dict(get_type_hints(kind, include_extras=True))


def typed(value: object, hint: object) -> object:
    """A TOML value as the type a dataclass field asks for; ValueError with a Norwegian reason when it isn't one."""
    origin = get_origin(hint)
    if origin is Annotated:
        return _month_day(value)
    if origin is Literal:
        return _choice(value, get_args(hint))
    if origin is UnionType:
        (inner,) = (part for part in get_args(hint) if part is not NoneType)
        return typed(value, inner)
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError("skal være en liste")
        return tuple(typed(item, get_args(hint)[0]) for item in value)
    if isinstance(hint, type) and is_dataclass(hint):
        return _built(value, hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(_choice(value, tuple(member.value for member in hint)))
    return _plain(value, hint)


def _built(value: object, kind: type) -> object:
    if not isinstance(value, dict):
        raise ValueError("skal være en tabell")
    hints = hints_of(kind)
    unknown = sorted(set(value) - set(hints))
    if unknown:
        raise ValueError(f"har en ukjent nøkkel: {unknown[0]}")
    missing = [f.name for f in fields(kind) if f.name not in value and f.default is MISSING]
    if missing:
        raise ValueError(f"mangler {missing[0]}")
    return kind(**{name: typed(one, hints[name]) for name, one in value.items()})


def _plain(value: object, hint: object) -> object:
    if hint is bool:
        if not isinstance(value, bool):
            raise ValueError("skal være true eller false")
        return value
    if hint is int:
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise ValueError("skal være et helt tall, null eller mer")
        return value
    if hint is date:
        if type(value) is not date:
            raise ValueError("skal være en dato")
        return value
    if not isinstance(value, str):
        raise ValueError("skal være tekst i anførselstegn")
    if any(unicodedata.category(char) == "Cc" for char in value) or value != value.strip():
        raise ValueError("har linjeskift, styretegn eller mellomrom i kanten")
    return unicodedata.normalize("NFC", value)


def _choice(value: object, choices: tuple[object, ...]) -> str:
    if not isinstance(value, str) or value not in choices:
        raise ValueError("skal være en av: " + ", ".join(str(choice) for choice in choices))
    return value


def _month_day(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("skal være en dag som MM-DD")
    try:
        # 2023 is no leap year: a day that not every year has is refused.
        if value and date.fromisoformat(f"2023-{value}").strftime("%m-%d") != value:
            raise ValueError
    except ValueError:
        raise ValueError("skal være en dag som MM-DD, og den må finnes hvert år") from None
    return value
