"""Making and migrating the register's database."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from pipeline.errors import SchemaError, SetupError
from pipeline.store._engine import engine_for

HEAD = "0006"
"""The newest revision in ``migrations/versions`` (a test compares)."""

MIGRATIONS = Path(__file__).parent / "migrations"


def revision_of(connection: Connection) -> str:
    """Return the revision a database is at, ``""`` when it has none."""
    try:
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or ""
    except OperationalError as fault:
        if "no such table" not in str(fault.orig):
            raise
        return ""


def make_file(path: Path) -> None:
    """Make folder and file so that nobody else can read them: 0700 and 0600."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = path.parent.stat()
    if folder.st_uid == os.getuid() and not folder.st_mode & stat.S_ISVTX:
        path.parent.chmod(0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)


def upgrade(path: Path, busy_seconds: float) -> tuple[str, str]:
    """Bring a database to the newest revision in one transaction; return the revisions before and after.

    Foreign keys are off while tables are rebuilt, and every reference is checked before the commit. Raises SchemaError when
    the database is newer than the program, or when a reference would be left dangling.
    """
    from alembic import command
    from alembic.config import Config

    make_file(path)
    engine = engine_for(path, writing=True, foreign_keys=False, busy_seconds=busy_seconds)
    try:
        with engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            if raw is None:
                raise SetupError("Registeret kan ikke åpnes.")
            raw.execute("PRAGMA journal_mode = WAL")
            with connection.begin():
                before = revision_of(connection)
                if before > HEAD:
                    raise SchemaError(
                        "Registeret er nyere enn programmet. Ta i bruk en nyere utgave av programmet."
                    )
                config = Config()
                config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
                config.set_main_option("path_separator", "os")
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise SchemaError(
                        "Oppgraderingen ville ha brutt sammenhenger i registeret. Ingenting er endret."
                    )
                return before, revision_of(connection)
    finally:
        engine.dispose()
