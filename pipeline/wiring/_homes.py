"""Make a home, and keep its register's schema."""

from __future__ import annotations

import shutil
from pathlib import Path

import pipeline
from pipeline.errors import UsageError
from pipeline.settings import load_settings

FOLDERS = ("inbox", "outbox", "put-aside", "data")
PARTS = ("config", "templates")
DECLARED = (Path("config") / "forms", Path("config") / "municipalities", Path("templates") / "letters")


def shipped() -> Path:
    """Where the shipped declarations and templates lie: in the installed package, or in the repository."""
    package = Path(pipeline.__file__).parent
    inside = package / "_shipped"
    return inside if inside.is_dir() else package.parent


def make_home(folder: Path) -> bool:
    """Make a home of an empty or new folder. False when it is one already.

    Raises UsageError when it holds something else.
    """
    if is_home(folder):
        upgrade_register(folder)
        return False
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} inneholder noe annet. Velg en tom mappe.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for part in PARTS:
        shutil.copytree(shipped() / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for name in FOLDERS:
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    upgrade_register(folder)
    return True


def is_home(folder: Path) -> bool:
    """Whether a folder is a home already."""
    return (folder / "config" / "forms").is_dir() and (folder / "templates" / "letters").is_dir()


def upgrade_register(home: Path) -> tuple[str, str]:
    """Create or migrate a home's register; gives the schema before (``""`` when there was none) and after."""
    from pipeline.store import Store

    settings = load_settings(home)
    settings.data.mkdir(mode=0o700, exist_ok=True)
    return Store.upgrade(settings.register)
