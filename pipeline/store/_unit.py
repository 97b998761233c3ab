"""One unit of work: what every part of the register reads and writes through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Table, inspect
from sqlalchemy import delete as sql_delete
from sqlalchemy import insert as sql_insert
from sqlalchemy import update as sql_update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped
from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

from pipeline.errors import RefusedError, UsageError
from pipeline.store.tables import CounterRow, Row

T = TypeVar("T")
R = TypeVar("R", bound=Row)
CHUNK = 500
"""How many rows of a long list are held at a time."""


def table_of(row: type[Row]) -> Table:
    """Return the table behind a row class."""
    return cast(Table, inspect(row).local_table)


def shallow(thing: Any) -> dict[str, Any]:
    """Return a dataclass's own attributes by name, their values untouched."""
    return {f.name: getattr(thing, f.name) for f in fields(thing)}


def rebuilt(kind: type[T], row: Row) -> T:
    """Build a dataclass from the columns of the same names."""
    return kind(**{f.name: getattr(row, f.name) for f in fields(cast(Any, kind))})


def number_in(identity: str, letter: str) -> int | None:
    """Return the number in ``D12``, None when it isn't such an id."""
    digits = identity[len(letter) :]
    if not identity.startswith(letter) or not digits.isascii() or not digits.isdigit() or len(digits) > 18:
        return None
    return int(digits)


def missing(what: str) -> UsageError:
    """Build the error for an id that the register doesn't know."""
    return UsageError(f"{what} finnes ikke i registeret.", code="unknown-id")


def refused(text: str) -> RefusedError:
    """Build the error for a change that would leave the register untrue."""
    return RefusedError(text, rule="register")


class Unit:
    """A session and a clock. Reads give typed rows, always as the database has them now; writes are plain statements."""

    def __init__(self, session: Session, clock: Callable[[], datetime]) -> None:
        """Work within ``session``, whose transaction somebody else begins and ends."""
        self.session = session
        self.clock = clock

    def all(self, statement: SelectOfScalar[T]) -> list[T]:
        """Return every row of a short list."""
        return list(self.session.exec(statement.execution_options(populate_existing=True)))

    def one(self, statement: SelectOfScalar[T]) -> T | None:
        """Return the first row, None when there is none."""
        return self.session.exec(statement.limit(1).execution_options(populate_existing=True)).first()

    def chunks(self, statement: SelectOfScalar[R], key: Mapped[Any], name: str) -> Iterator[list[R]]:
        """Yield a long list a few hundred rows at a time, ordered by the unique column ``key`` whose attribute is ``name``.

        Rows may be written between two chunks: no cursor stays open.
        """
        step = statement.order_by(key).limit(CHUNK)
        rows = self.all(step)
        while rows:
            last = getattr(rows[-1], name)
            yield rows
            if len(rows) < CHUNK:
                return
            rows = self.all(step.where(key > last))

    def insert(self, row: type[Row], values: Mapping[str, object]) -> int:
        """Write one row; return its number when SQLite gave one."""
        result = self.session.connection().execute(sql_insert(table_of(row)).values(**values))
        first = result.inserted_primary_key[0] if result.inserted_primary_key else 0
        return first if isinstance(first, int) else 0

    def insert_all(self, row: type[Row], values: Sequence[Mapping[str, object]]) -> None:
        """Write many rows."""
        if values:
            self.session.connection().execute(sql_insert(table_of(row)), [dict(v) for v in values])

    def insert_once(self, row: type[Row], values: Mapping[str, object]) -> bool:
        """Write one row unless a unique key already has it; return whether it was written."""
        table = table_of(row)
        key = next(iter(table.primary_key))
        statement = sqlite_insert(table).values(**values).on_conflict_do_nothing().returning(key)
        return self.session.connection().execute(statement).first() is not None

    def upsert(self, row: type[Row], values: Sequence[Mapping[str, object]]) -> None:
        """Write rows by primary key: new ones are added, known ones take the new values."""
        if not values:
            return
        table = table_of(row)
        keys = [c.name for c in table.primary_key]
        statement = sqlite_insert(table)
        changed = {name: statement.excluded[name] for name in values[0] if name not in keys}
        statement = statement.on_conflict_do_update(index_elements=keys, set_=changed)
        self.session.connection().execute(statement, [dict(v) for v in values])

    def update(self, row: type[Row], *where: ColumnElement[bool], **values: object) -> int:
        """Change rows; return how many."""
        result = self.session.connection().execute(sql_update(table_of(row)).where(*where).values(**values))
        return result.rowcount

    def delete(self, row: type[Row], *where: ColumnElement[bool]) -> None:
        """Delete rows that nobody has acted on (an earlier reading)."""
        self.session.connection().execute(sql_delete(table_of(row)).where(*where))

    def next_number(self, name: str) -> int:
        """Count up and return the next number under a name, from 1."""
        table = table_of(CounterRow)
        statement = (
            sqlite_insert(table)
            .values(name=name, value=1)
            .on_conflict_do_update(index_elements=["name"], set_={"value": table.c.value + 1})
            .returning(table.c.value)
        )
        return int(self.session.connection().execute(statement).scalar_one())
