"""Column types that refuse what the database would take silently: SQLModel's tables don't validate, so these do.

Each raises InputError (code ``unstorable``) without naming the value; times are aware and kept as UTC text of one width, so
that they sort as text.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import Boolean, Float, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from pipeline.domain import Measure
from pipeline.errors import InputError

_MOST = 2**63 - 1


def unstorable() -> InputError:
    """Build the error for a value that its column can't hold."""
    return InputError("En opplysning har en form som registeret ikke kan lagre.", code="unstorable")


def checked_text(value: object) -> str:
    """Return a text that SQLite can hold: any character but half a surrogate pair."""
    if not isinstance(value, str):
        raise unstorable()
    try:
        value.encode()
    except UnicodeEncodeError:
        raise unstorable() from None
    return str(value)


class Words(TypeDecorator[str]):
    """A text, kept to the character."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """Check the text."""
        return None if value is None else checked_text(value)


class Number(TypeDecorator[int]):
    """A whole number of at most 64 bits."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> int | None:
        """Check the number."""
        if value is not None and (type(value) is not int or abs(value) > _MOST):
            raise unstorable()
        return value


class Real(TypeDecorator[float]):
    """A finite number."""

    impl = Float
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> float | None:
        """Check the number."""
        if value is None:
            return None
        if type(value) not in {int, float} or not math.isfinite(value):
            raise unstorable()
        return float(value)


class Flag(TypeDecorator[bool]):
    """True or false, nothing that merely looks like it."""

    impl = Boolean
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> bool | None:
        """Check the flag."""
        if value is not None and not isinstance(value, bool):
            raise unstorable()
        return value


class Day(TypeDecorator[date]):
    """A day as ISO text; a time of day is refused, not cut off."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """Write the day."""
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            raise unstorable()
        return value.isoformat()

    def process_result_value(self, value: Any, _dialect: Dialect) -> date | None:
        """Read the day."""
        return None if value is None else date.fromisoformat(value)


class Instant(TypeDecorator[datetime]):
    """An aware time as UTC text of fixed width."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """Write the time in UTC."""
        if value is None:
            return None
        if not isinstance(value, datetime) or value.utcoffset() is None:
            raise unstorable()
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        """Read the time, aware."""
        return None if value is None else datetime.fromisoformat(value)


class Choice(TypeDecorator[StrEnum]):
    """One of a fixed set of words; ``choice`` makes a type for each set."""

    impl = Text
    cache_ok = True
    kind: ClassVar[type[StrEnum]]

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """Write the word."""
        if value is not None and not isinstance(value, self.kind):
            raise unstorable()
        return None if value is None else value.value

    def process_result_value(self, value: Any, _dialect: Dialect) -> StrEnum | None:
        """Read the word."""
        return None if value is None else self.kind(value)


def choice(words: type[StrEnum]) -> type[Choice]:
    """Make the column type for one set of words."""
    return type(
        f"{words.__name__}Choice", (Choice,), {"kind": words, "cache_ok": True, "__doc__": words.__doc__}
    )


class Json(TypeDecorator[Any]):
    """Anything JSON can say; dates inside are written as ISO text, tuples as lists. None is NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """Write the value."""
        return None if value is None else written(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> Any:
        """Read the value."""
        return None if value is None else json.loads(value)


class Texts(Json):
    """A tuple of texts."""

    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """Write the texts."""
        if value is None:
            return None
        if not isinstance(value, tuple):
            raise unstorable()
        return written([checked_text(one) for one in value])

    def process_result_value(self, value: Any, _dialect: Dialect) -> Any:
        """Read the texts."""
        return None if value is None else tuple(json.loads(value))


class Measures(Texts):
    """A tuple of measures."""

    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """Write the measures."""
        if value is not None and not all(isinstance(one, Measure) for one in value):
            raise unstorable()
        return super().process_bind_param(value, _dialect)

    def process_result_value(self, value: Any, _dialect: Dialect) -> Any:
        """Read the measures."""
        return None if value is None else tuple(Measure(one) for one in json.loads(value))


def written(value: object) -> str:
    """Write JSON that SQLite can hold, or raise InputError."""
    try:
        return checked_text(json.dumps(value, ensure_ascii=False, allow_nan=False, default=_default))
    except (TypeError, ValueError, RecursionError):
        raise unstorable() from None


def _default(value: object) -> object:
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise unstorable()
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError
