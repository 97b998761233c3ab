"""A register in a folder of its own, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.store import Register, Store
from tests.unit.store.made import NOW


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the newest revision."""
    path = tmp_path_factory.mktemp("blank") / "register.db"
    assert Store.upgrade(path)[0] == ""
    return path


@pytest.fixture
def store(blank: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty register."""
    path = tmp_path / "register.db"
    shutil.copy(blank, path)
    opened = Store.open(path, clock=lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture
def register(store: Store) -> Iterator[Register]:
    """One transaction on an empty register."""
    with store.transaction() as unit:
        yield unit
