"""Persons, their cases, and everything that belongs to a case.

A child row is named by its case and its own id. A child that a later version of the case leaves out stays in the table with
``present`` false. Team and plan have no id: each change is a new row, and the one with the highest number counts.
"""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field

from pipeline.domain import ContactRole, MatterKind, Measure, Phase
from pipeline.store.tables._base import Row, day, flag, instant, number, texts, words
from pipeline.store.tables._types import Measures, choice


class PersonRow(Row, table=True):
    """The one, or the family, a case is about, as one municipality knows them. The keys are folded for searching."""

    __tablename__: ClassVar[Any] = "person"
    __table_args__ = (
        Index("ix_person_municipality_birth_date", "municipality", "birth_date"),
        Index("ix_person_municipality_due_date", "municipality", "due_date"),
        Index("ix_person_municipality_phone", "municipality", "phone"),
        Index("ix_person_municipality_address_key", "municipality", "address_key"),
        Index("ix_person_municipality_name_key", "municipality", "name_key"),
        Index("ix_person_municipality_name_ends", "municipality", "name_ends"),
    )

    id: str = words(primary_key=True)
    municipality: str = words()
    name: str = words()
    birth_date: date | None = day()
    due_date: date | None = day()
    national_id: str | None = words()
    address: str = words()
    postal_place: str = words()
    phone: str = words()
    email: str = words()
    protected: bool = flag()
    deceased_on: date | None = day()
    moved_on: date | None = day()
    family: bool = flag()
    name_key: str = words()
    name_ends: str = words()
    address_key: str = words()


class CaseRow(Row, table=True):
    """One person's (or family's) case in one municipality. ``sort_key`` orders ``2026/9`` before ``2026/10``."""

    __tablename__: ClassVar[Any] = "casefile"
    __table_args__ = (
        Index("ix_casefile_municipality_phase", "municipality", "phase"),
        Index("ix_casefile_municipality_archive_case", "municipality", "archive_case"),
    )

    id: str = words(primary_key=True)
    municipality: str = words()
    person_id: str = words(foreign_key="person.id", index=True)
    sort_key: str = words(unique=True)
    phase: Phase = Field(sa_type=choice(Phase))
    opened_on: date = day()
    closed_on: date | None = day()
    requested: tuple[Measure, ...] = Field(sa_type=Measures)
    requested_other: str = words()
    granted: tuple[Measure, ...] = Field(sa_type=Measures)
    notified_on: date | None = day()
    need: str = words()
    services: tuple[str, ...] = texts()
    proposed_coordinator: str = words()
    merged_into: str = words()
    archive_case: str = words()
    language: str = words()


class Child(Row):
    """What every child of a case has: whose it is, its place in the tuple, and whether it still counts."""

    case_id: str = words(foreign_key="casefile.id", primary_key=True)
    id: str = words(primary_key=True)
    position: int = number()
    present: bool = flag()


class ContactRow(Child, table=True):
    """Somebody about the person."""

    __tablename__: ClassVar[Any] = "contact"

    role: ContactRole = Field(sa_type=choice(ContactRole))
    name: str = words()
    relation: str = words()
    phone: str = words()
    email: str = words()
    office: str = words()
    address: str = words()
    postal_place: str = words()


class AppointmentRow(Child, table=True):
    """One coordinator over a period, with deputy."""

    __tablename__: ClassVar[Any] = "appointment"
    __table_args__ = (
        Index("ix_appointment_running", "name", "reply_due", sqlite_where=text("to_date IS NULL")),
    )

    measure: Measure = Field(sa_type=choice(Measure))
    service: str = words()
    name: str = words()
    employee: str | None = words()
    from_date: date | None = day()
    to_date: date | None = day()
    deputy_name: str = words()
    deputy_contact: str = words()
    contact: str = words()
    requested_on: date | None = day()
    reply_due: date | None = day(index=True)


class MemberRow(Child, table=True):
    """A member of the care team over a period."""

    __tablename__: ClassVar[Any] = "member"

    name: str = words()
    service: str = words()
    contact: str = words()
    on_call: bool = flag()
    from_date: date | None = day()
    to_date: date | None = day()


class ConsentRow(Child, table=True):
    """One consent, by kind and scope."""

    __tablename__: ClassVar[Any] = "consent"

    kind: str = words()
    granted: bool = flag()
    given_on: date | None = day()
    signer: str = words()
    capacity: str = words()
    signed: bool = flag()
    scope: tuple[str, ...] = texts()
    withdrawn_on: date | None = day()
    document: str = words()


class AnnualReportRow(Child, table=True):
    """A yearly report that was registered."""

    __tablename__: ClassVar[Any] = "annual_report"

    year: int = number()
    received_on: date = day()
    document: str = words()


class TaskRow(Child, table=True):
    """Something a person must do."""

    __tablename__: ClassVar[Any] = "task"
    __table_args__ = (Index("ix_task_done_on", "done_on"),)

    code: str = words()
    text: str = words()
    created_on: date = day()
    done_on: date | None = day()
    rule: str = words()


class MatterRow(Child, table=True):
    """A matter with its own course: a meeting, an absence, a complaint."""

    __tablename__: ClassVar[Any] = "matter"
    __table_args__ = (
        Index("ix_matter_due", "due"),
        Index("ix_matter_kind_on", "kind", "on"),
        Index("ix_matter_case_id_kind_on", "case_id", "kind", "on"),
        Index("ix_matter_running", "kind", "on", sqlite_where=text("done_on IS NULL")),
    )

    kind: MatterKind = Field(sa_type=choice(MatterKind))
    on: date = day()
    until: date | None = day()
    due: date | None = day()
    done_on: date | None = day()
    at: datetime | None = instant()
    outcome: str = words()
    text: str = words()
    who: str = words()
    employee: str | None = words()
    about: str = words()
    scope: tuple[str, ...] = texts()


class State(Row):
    """One version of what a case has at most one of. ``known`` false: the case has none (any more)."""

    case_id: str = words(foreign_key="casefile.id", primary_key=True)
    number: int = number(primary_key=True)
    known: bool = flag()


class TeamRow(State, table=True):
    """The care team as a whole, a version a row."""

    __tablename__: ClassVar[Any] = "team"

    established_on: date | None = day()
    dissolved_on: date | None = day()


class PlanRow(State, table=True):
    """What is known of the individual plan, a version a row."""

    __tablename__: ClassVar[Any] = "plan"

    exists: bool | None = flag()
    active: bool | None = flag()
    informed: bool | None = flag()
    needed: bool | None = flag()
    not_today: bool = flag()
    notes: str = words()
    as_of: date | None = day()
