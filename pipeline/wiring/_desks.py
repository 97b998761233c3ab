"""Build the desk of a home: open its register, read its declarations, take its lock."""

from __future__ import annotations

import fcntl
import getpass
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from types import FrameType
from typing import IO, TYPE_CHECKING, Any

import structlog

from pipeline.errors import SetupError
from pipeline.flow import Desk, ScanReader
from pipeline.intake import Claims, Originals
from pipeline.settings import Settings, load_settings
from pipeline.store import Store
from pipeline.wiring._declared import (
    check_default,
    check_reminders,
    declared_assessment,
    declared_forms,
    declared_municipalities,
    post_towns,
    settle_memory,
)
from pipeline.wiring._homes import FOLDERS

if TYPE_CHECKING:
    from pipeline.flow import Runner
    from pipeline.letters import LetterSpecs, PdfPress

LOCK_SECONDS = 3.0
"""How long a command waits for another to finish before it leaves the work to it."""


@contextmanager
def open_desk(home: Path, *, working: bool = False) -> Iterator[Desk]:
    """Open a home's desk. ``working``: documents may be worked on, so one process at a time holds the home's lock;
    when another holds it, ``desk.holds_lock`` is False and the work is left to that one.

    Raises SetupError, SchemaError or DeclarationError with the command that mends it.
    """
    settings = load_settings(home)
    if not settings.register.exists():
        raise SetupError(f"Hjemmet {home} har ikke noe register ennå. Kjør: skjemaflyt db upgrade")
    for name in FOLDERS:
        (home / name).mkdir(mode=0o700, exist_ok=True)
    if not os.access(settings.data, os.W_OK | os.X_OK):
        raise SetupError(
            f"Programmets bruker kan ikke skrive i {settings.data}. Se hva som mangler med: skjemaflyt doctor"
        )
    municipalities = declared_municipalities(home)
    assessment = declared_assessment(home)
    default = settings.default_municipality
    check_default(settings, municipalities)
    if working:
        check_reminders(home, municipalities)
    store = Store.open(settings.register)
    with _log(settings) as log, _lock(settings.data / "run.lock", wanted=working) as held:
        forms = declared_forms(home)
        settle_memory()
        try:
            yield Desk(
                home=home,
                inbox=settings.inbox,
                outbox=settings.outbox,
                aside=settings.put_aside,
                store=store,
                forms=forms,
                municipalities=municipalities,
                letters=cache(partial(_letters, settings)),
                towns=post_towns(home),
                press=cache(partial(_press, settings)),
                claims=Claims(settings.inbox),
                originals=Originals(settings.originals),
                default_municipality=default,
                retry_pauses=settings.retry_pauses,
                now=_now,
                actor=_actor(),
                log=log,
                holds_lock=held,
                blanks=settings.templates / "forms",
                scan_reader=ScanReader(forms, settings.templates / "forms"),
                audit_share=settings.audit_share,
                pdf_batch=settings.pdf_batch,
                assessment=assessment,
            )
        finally:
            store.close()


def runner(desk: Desk) -> Runner:
    """The loop of a home. Raises SetupError when another already runs it."""
    if not desk.holds_lock:
        raise SetupError("Et annet skjemaflyt arbeider allerede i dette hjemmet. Stopp det først.")
    from pipeline.flow import Runner

    settings = load_settings(desk.home)
    built = Runner(
        desk=desk,
        pause=settings.pause,
        patience=settings.patience,
        look_every=settings.look_every,
        watching=settings.watch,
        remind_at=settings.remind_at,
    )

    def stop(_number: int, _frame: FrameType | None) -> None:
        built.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return built


def _letters(settings: Settings) -> LetterSpecs:
    from pipeline.letters import load_letters

    return load_letters(settings.templates / "letters", on_use=True)


def _press(settings: Settings) -> PdfPress:
    from pipeline.letters import PdfPress

    return PdfPress(
        settings.data / "pdf",
        soffice=Path(settings.soffice) if settings.soffice else None,
        time_limit=settings.pdf_seconds,
    )


def _now() -> datetime:
    return datetime.now(UTC)


def _actor() -> str:
    try:
        return os.environ.get("SKJEMAFLYT_ACTOR") or getpass.getuser()
    except (KeyError, OSError):
        return "ukjent"


@contextmanager
def _log(settings: Settings) -> Iterator[Any]:
    path = settings.data / "skjemaflyt.log"
    opener = lambda name, flags: os.open(name, flags, 0o600)  # noqa: E731
    with open(path, "a", encoding="utf-8", opener=opener) as file:
        yield structlog.wrap_logger(
            structlog.WriteLogger(file),
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )


@contextmanager
def _lock(path: Path, *, wanted: bool) -> Iterator[bool]:
    if not wanted:
        yield False
        return
    with os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR, 0o600), "w") as file:
        held = _try(file)
        try:
            yield held
        finally:
            if held:
                fcntl.flock(file, fcntl.LOCK_UN)


def _try(file: IO[str]) -> bool:
    until = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.05)
        else:
            return True
