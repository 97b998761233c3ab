"""The schema: the sum of its migrations, the same as the tables, and every domain type has its columns."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import fields
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from pipeline.domain import (
    Appointment,
    Case,
    Consent,
    Letter,
    LetterOrder,
    Party,
    Person,
    Plan,
    Submission,
)
from pipeline.errors import PassingError, SchemaError, SetupError
from pipeline.store import Store
from pipeline.store._case_rows import CHILDREN, OWN
from pipeline.store._upgrade import HEAD, MIGRATIONS
from pipeline.store.tables import LetterRow, PersonRow, PlanRow, SubmissionRow, metadata


def schema(path: Path) -> dict[str, str]:
    """Every table, index and trigger, its SQL without the accidents of layout; columns in any order."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            "SELECT name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
        ).fetchall()
    connection.close()
    folded = {}
    for name, sql in rows:
        flat = re.sub(r"\s+", " ", sql).replace("( ", "(").replace(" )", ")")
        parts = (
            re.split(r", (?![^(]*\))", flat.partition("(")[2]) if flat.startswith("CREATE TABLE") else [flat]
        )
        folded[name] = "; ".join(sorted(p.strip(" )").replace('"', "") for p in parts))
    folded.pop("alembic_version", None)
    return folded


def test_the_tables_are_the_sum_of_the_migrations(blank: Path, tmp_path: Path) -> None:
    made = tmp_path / "made.db"
    engine = create_engine(f"sqlite:///{made}")
    metadata.create_all(engine)
    engine.dispose()
    assert schema(made) == schema(blank)
    engine = create_engine(f"sqlite:///{blank}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_program_knows_the_newest_revision() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    assert script.get_current_head() == HEAD
    revisions = [revision.revision for revision in script.walk_revisions()]
    assert revisions == sorted(revisions, reverse=True)


def test_every_attribute_of_a_type_has_its_column() -> None:
    for kind, row, _ in CHILDREN.values():
        own = {f.name for f in fields(kind)}
        assert set(row.model_fields) == own | {"case_id", "position", "present"}
    assert set(PlanRow.model_fields) == {f.name for f in fields(Plan)} | {"case_id", "number", "known"}
    keys = {"municipality", "name_key", "name_ends", "address_key"}
    assert set(PersonRow.model_fields) == {f.name for f in fields(Person)} | keys
    elsewhere = {"person", "team", "plan", *CHILDREN} - {"members"}
    assert {f.name for f in fields(Case)} == set(OWN) | elsewhere
    assert {Appointment, Consent} <= {kind for kind, _, _ in CHILDREN.values()}
    ordered = {f.name for f in fields(LetterOrder)} - {"to", "case"} | {f"to_{f.name}" for f in fields(Party)}
    made = {f.name for f in fields(Letter)} - {"order"}
    assert set(LetterRow.model_fields) == ordered | made | {"case_id", "ordered_by"}
    read = {f.name for f in fields(Submission)} - {"fields", "notes"}
    kept = {"id", "document_id", "position", "case_id", "why", "touched", "next_item", "reading"}
    assert set(SubmissionRow.model_fields) == read | kept


@pytest.mark.parametrize("start", ["0001", "0002", "0003", "0004", "0005", "0006"])
def test_every_older_revision_is_brought_to_the_newest(tmp_path: Path, blank: Path, start: str) -> None:
    from alembic import command
    from alembic.config import Config

    path = tmp_path / "old.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, start)
        connection.execute(text("INSERT INTO counter VALUES ('case/2026', 41)"))
    engine.dispose()
    if start != HEAD:
        with pytest.raises(SchemaError):
            Store.open(path)
    assert Store.upgrade(path) == (start, HEAD)
    store = Store.open(path)
    with store.transaction() as register:
        assert register.next_case_id("fjelldal", 2026) == "2026/42"
    store.close()
    assert schema(path) == schema(blank)


def test_a_new_database_is_closed_to_others_and_durable(tmp_path: Path) -> None:
    path = tmp_path / "50% data" / "register.db"
    assert Store.upgrade(path) == ("", HEAD)
    assert Store.upgrade(path) == (HEAD, HEAD)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    store = Store.open(path)
    with store.transaction() as register:
        register.next_case_id("fjelldal", 2026)
        assert all(p.stat().st_mode & 0o077 == 0 for p in path.parent.iterdir())
    for engine, reading in ((store._writing, 0), (store._reading, 1)):
        with engine.connect() as connection:
            asked = ("journal_mode", "synchronous", "foreign_keys", "query_only", "busy_timeout")
            found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
            assert found == ["wal", 2, 1, reading, 15000]
    store.close()


def test_no_database_says_so(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="db upgrade"):
        Store.open(tmp_path / "register.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + b"x" * 4096, b"not a database" * 400])
def test_something_else_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "register.db"
    path.write_bytes(content)
    with pytest.raises(SetupError):
        Store.open(path)


def test_a_newer_database_is_left_alone(blank: Path, tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    path.write_bytes(blank.read_bytes())
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(SchemaError):
        Store.open(path)
    with pytest.raises(SchemaError, match="nyere"):
        Store.upgrade(path)


def test_a_migration_that_breaks_a_reference_is_undone(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    Store.upgrade(path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("INSERT INTO step VALUES (1, 77, 'x', 'x', 'x', 'x')")
    connection.close()
    with pytest.raises(SchemaError, match="sammenhenger"):
        Store.upgrade(path)


def test_a_locked_database_is_not_migrated_now(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    Store.upgrade(path)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(PassingError):
        Store.upgrade(path, busy_seconds=0.1)
    holder.close()
