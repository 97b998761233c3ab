"""Letters, reminders, staff, events and counters."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, Table, UniqueConstraint, event, inspect
from sqlmodel import Field

from pipeline.domain import EventKind, LetterStatus, PartyRole, ReminderStatus
from pipeline.store.tables._base import Row, anything, day, flag, instant, key, number, texts, words
from pipeline.store.tables._types import choice


class LetterRow(Row, table=True):
    """A letter, ordered once for each case and key; ``number`` counts within the case."""

    __tablename__: ClassVar[Any] = "letter"
    __table_args__ = (UniqueConstraint("case_id", "key"), UniqueConstraint("case_id", "number"))

    id: int | None = key()
    case_id: str = words(foreign_key="casefile.id")
    key: str = words()
    number: int = number()
    municipality: str = words()
    kind: str = words()
    rule: str = words()
    batch: bool = flag()
    to_role: PartyRole = Field(sa_type=choice(PartyRole))
    to_name: str = words()
    to_address_lines: tuple[str, ...] = texts()
    to_employee: str | None = words()
    to_email: str = words()
    to_service: str = words()
    facts: Any = anything(nullable=False)
    status: LetterStatus = Field(sa_type=choice(LetterStatus), index=True)
    ordered_at: datetime = instant()
    ordered_by: str = words()
    signer: str = words()
    docx: str = words()
    pdf: str = words()
    docx_sha256: str = words()
    pdf_sha256: str = words()
    template_sha256: str = words()
    data: Any = anything(nullable=False)


class ReminderRow(Row, table=True):
    """A reminder, once for each case, rule and period: the key is what makes it so."""

    __tablename__: ClassVar[Any] = "reminder"
    __table_args__ = (UniqueConstraint("case_id", "rule", "period"),)

    id: int | None = key()
    case_id: str = words(foreign_key="casefile.id")
    rule: str = words()
    period: str = words()
    due: date = day()
    status: ReminderStatus = Field(sa_type=choice(ReminderStatus))
    at: datetime = instant()


class EmployeeRow(Row, table=True):
    """Somebody in a municipality's staff list. ``left_on``: when they were no longer on it."""

    __tablename__: ClassVar[Any] = "employee"

    municipality: str = words(primary_key=True)
    id: str = words(primary_key=True)
    position: int = number()
    name: str = words()
    title: str = words()
    service: str = words()
    phone: str = words()
    email: str = words()
    address: str = words()
    postal_place: str = words()
    left_on: date | None = day()


class RoleRow(Row, table=True):
    """A role over a period. ``present`` false: it was planned, and taken off the list before it began."""

    __tablename__: ClassVar[Any] = "role_holding"

    municipality: str = words(primary_key=True)
    employee_id: str = words(primary_key=True)
    number: int = number(primary_key=True)
    role: str = words()
    service: str = words()
    from_date: date | None = day()
    to_date: date | None = day()
    present: bool = flag()


class EventRow(Row, table=True):
    """One change. Triggers refuse to alter or delete a row."""

    __tablename__: ClassVar[Any] = "event"

    id: int | None = key()
    case_id: str | None = words(foreign_key="casefile.id", index=True)
    document_id: int | None = number(foreign_key="document.id", index=True)
    kind: EventKind = Field(sa_type=choice(EventKind))
    at: datetime = instant()
    actor: str = words()
    cause: str = words()
    data: Any = anything(nullable=False)


class CounterRow(Row, table=True):
    """The last number given out under a name (cases of a year, persons)."""

    __tablename__: ClassVar[Any] = "counter"

    name: str = words(primary_key=True)
    value: int = number()


APPEND_ONLY = tuple(
    f"CREATE TRIGGER event_no_{verb} BEFORE {verb.upper()} ON event "
    "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
    for verb in ("update", "delete")
)
"""What keeps events as they were written; the first migration makes the same."""


def _guard(_table: Table, connection: Connection, **_: Any) -> None:
    for trigger in APPEND_ONLY:
        connection.exec_driver_sql(trigger)


event.listen(inspect(EventRow).local_table, "after_create", _guard)
