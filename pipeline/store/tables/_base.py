"""What all tables share. No ``from __future__ import annotations`` in this package: SQLModel reads the types."""

from typing import Any, ClassVar

from sqlalchemy import MetaData
from sqlmodel import Field, SQLModel

from pipeline.store.tables._types import Day, Flag, Instant, Json, Number, Real, Texts, Words

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class Row(SQLModel):
    """A row of one of the register's tables."""

    metadata: ClassVar[MetaData] = metadata


def key() -> Any:
    """Declare a number that SQLite gives out."""
    return Field(default=None, primary_key=True)


def words(**options: Any) -> Any:
    """Declare a text column."""
    return Field(sa_type=Words, **options)


def number(**options: Any) -> Any:
    """Declare a column of whole numbers."""
    return Field(sa_type=Number, **options)


def real(**options: Any) -> Any:
    """Declare a column of finite numbers."""
    return Field(sa_type=Real, **options)


def flag(**options: Any) -> Any:
    """Declare a column of true or false."""
    return Field(sa_type=Flag, **options)


def day(**options: Any) -> Any:
    """Declare a column of days."""
    return Field(sa_type=Day, **options)


def instant(**options: Any) -> Any:
    """Declare a column of aware times."""
    return Field(sa_type=Instant, **options)


def texts(**options: Any) -> Any:
    """Declare a column of tuples of texts."""
    return Field(sa_type=Texts, **options)


def anything(**options: Any) -> Any:
    """Declare a column of JSON."""
    return Field(sa_type=Json, **options)
