"""SQLite as the register needs it: durable, patient with locks, and strict about foreign keys."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, StatementError

from pipeline.errors import PassingError, SetupError, SkjemaflytError

BUSY_SECONDS = 15.0
"""How long a transaction waits for its turn before it gives up for now."""

_PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)
_BROKEN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def engine_for(
    path: Path, *, writing: bool, busy_seconds: float = BUSY_SECONDS, foreign_keys: bool = True
) -> Engine:
    """Return an engine whose transactions take the write lock at once (``writing``) or can't write at all.

    SQLAlchemy's own BEGIN is replaced: a plain one would fail half way when another process writes (see the tests).
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        hide_parameters=True,
        connect_args={"timeout": busy_seconds, "check_same_thread": False},
    )

    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {int(busy_seconds * 1000)}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        connection.execute(f"PRAGMA query_only = {'OFF' if writing else 'ON'}")

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
        if not writing:  # the snapshot is taken by the first read, so take it now
            connection.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def translated(fault: BaseException) -> SkjemaflytError:
    """Return the project's error for what SQLAlchemy or SQLite raised, without the values that were on their way."""
    origin = fault.orig if isinstance(fault, StatementError) else fault
    if isinstance(origin, SkjemaflytError):
        return origin
    code = getattr(origin, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary in _PASSING:
        return PassingError(
            "Registeret er opptatt eller disken er full. Programmet prøver igjen av seg selv."
        )
    if primary in _BROKEN:
        return SetupError(
            "Registeret er skadet. Hent det tilbake fra en sikkerhetskopi.", code="register-broken"
        )
    return SkjemaflytError(
        "Registeret tok ikke imot endringen. Ingenting er lagret.", code="register-refused"
    )


FAULTS = (DBAPIError, StatementError, sqlite3.Error)
"""What the database layer raises."""
