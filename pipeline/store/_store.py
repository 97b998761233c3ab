"""The store: one database file, opened once, worked with a transaction at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from pipeline.errors import PassingError, SchemaError, SetupError
from pipeline.store._engine import BUSY_SECONDS, FAULTS, engine_for, translated
from pipeline.store._register import Register
from pipeline.store._upgrade import HEAD, revision_of, upgrade


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """A register on disk. Threads may share it; writers take turns, readers never wait."""

    def __init__(
        self, writing: Engine, reading: Engine, clock: Callable[[], datetime], busy_seconds: float
    ) -> None:
        """Use ``Store.open``."""
        self._writing = writing
        self._reading = reading
        self._clock = clock
        self._busy_seconds = busy_seconds
        self._turn = threading.Lock()
        self._mine = threading.local()

    @classmethod
    def open(
        cls, path: Path, *, clock: Callable[[], datetime] = _now, busy_seconds: float = BUSY_SECONDS
    ) -> Store:
        """Open the register at ``path``. ``clock`` times what people decide; ``busy_seconds`` is the wait for a write lock.

        Raises SetupError when there is no database or it is broken, SchemaError when it is not at the program's revision.
        """
        if not path.is_file():
            raise SetupError("Registeret finnes ikke ennå. Kjør skjemaflyt db upgrade.", code="no-register")
        store = cls(
            engine_for(path, writing=True, busy_seconds=busy_seconds),
            engine_for(path, writing=False, busy_seconds=busy_seconds),
            clock,
            busy_seconds,
        )
        try:
            with store._reading.connect() as connection:
                revision = revision_of(connection)
        except FAULTS as fault:
            store.close()
            raise translated(fault) from None
        if revision != HEAD:
            store.close()
            raise SchemaError()
        return store

    @staticmethod
    def upgrade(path: Path, *, busy_seconds: float = BUSY_SECONDS) -> tuple[str, str]:
        """Make or migrate the register at ``path``, closed to others (file 0600, its folder 0700); ``""`` means made anew.

        Returns the revisions before and after. Raises SetupError, SchemaError, or PassingError when it is locked.
        """
        try:
            return upgrade(path, busy_seconds)
        except FAULTS as fault:
            raise translated(fault) from None

    def close(self) -> None:
        """Give the files back."""
        self._writing.dispose()
        self._reading.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Register]:
        """Give a register to change: all of it is kept at the end, or none when anything is raised.

        Raises PassingError when the database stays locked, the disk is full or the file is out of reach; InputError for a value
        that can't be stored. One thread holds one transaction at a time.
        """
        if getattr(self._mine, "busy", False):
            raise RuntimeError("a transaction within a transaction")
        if not self._turn.acquire(timeout=self._busy_seconds):
            raise PassingError("Registeret er opptatt. Programmet prøver igjen av seg selv.")
        self._mine.busy = True
        try:
            with self._session(self._writing) as register:
                yield register
        finally:
            self._mine.busy = False
            self._turn.release()

    @contextmanager
    def reading(self) -> Iterator[Register]:
        """Give a register that can't be changed: it shows one moment, whatever others write meanwhile."""
        with self._session(self._reading) as register:
            yield register

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Register]:
        try:
            with Session(engine, expire_on_commit=False, autoflush=False) as session, session.begin():
                session.connection()
                yield Register(session, self._clock)
        except FAULTS as fault:
            raise translated(fault) from None
