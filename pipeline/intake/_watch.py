"""Wake the scan when something happens in the inbox. Nothing depends on it: a lost event costs a little time, no file."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent


class Bell:
    """Rings when the inbox may have changed; ``wait`` returns at once if it rang since the last wait."""

    def __init__(self) -> None:
        self._rung = threading.Event()

    def ring(self) -> None:
        """Wake whoever waits."""
        self._rung.set()

    def wait(self, seconds: float) -> bool:
        """Wait for the bell; True when it rang."""
        rang = self._rung.wait(seconds)
        self._rung.clear()
        return rang


@contextmanager
def watch(inbox: Path, *, polling: bool) -> Iterator[Bell]:
    """Watch the inbox while the block runs; ``polling`` for network shares, which lose events.

    When the system refuses a watch (too many, unmounted) the bell just never rings and the scan's own clock serves.
    """
    from watchdog.events import FileSystemEventHandler
    from watchdog.observers import Observer
    from watchdog.observers.polling import PollingObserver

    bell = Bell()

    class Ringer(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            ours = "/.claimed" in str(event.src_path)
            if not ours and event.event_type not in {"opened", "closed_no_write"}:
                bell.ring()

    observer = PollingObserver(timeout=2) if polling else Observer()
    try:
        observer.schedule(Ringer(), str(inbox), recursive=True)
        observer.start()
    except OSError:
        yield bell
        return
    try:
        yield bell
    finally:
        observer.stop()
        observer.join(timeout=5)
