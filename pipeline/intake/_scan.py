"""Look at the inbox: the files that lie there, and which of them have stopped growing."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.intake._names import left_alone
from pipeline.intake._whole import has_end


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """One regular file in the inbox as a look found it. ``folder`` is the municipality's inbox or ``""``."""

    path: Path
    folder: str
    size: int
    changed_ns: int
    inode: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What one look gave: files that are whole, and whether others are still awaited."""

    whole: tuple[Seen, ...]
    growing: int


def scan(inbox: Path, folders: Collection[str]) -> Iterator[Seen]:
    """Yield every regular file of the inbox and of the municipalities' own inboxes in it.

    Links, pipes, devices, other folders and names that are left alone are passed over. A file that goes while we look is
    passed over. Raises OSError when the inbox itself can't be read (unmounted).
    """
    yield from _files(inbox, "")
    for folder in sorted(folders):
        try:
            is_folder = stat.S_ISDIR((inbox / folder).lstat().st_mode)
        except FileNotFoundError:
            continue
        if is_folder:
            yield from _files(inbox / folder, folder)


def _files(place: Path, folder: str) -> Iterator[Seen]:
    with os.scandir(place) as entries:
        for entry in entries:
            if left_alone(entry.name):
                continue
            try:
                status = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue
            if stat.S_ISREG(status.st_mode):
                yield Seen(
                    path=Path(entry.path),
                    folder=folder,
                    size=status.st_size,
                    changed_ns=status.st_mtime_ns,
                    inode=status.st_ino,
                )


@dataclass(slots=True)
class _Watched:
    seen: Seen
    since: float


class Watchlist:
    """Remember the files of the last look, so that the next can tell which have stopped growing.

    ``pause`` is the least time in seconds between the two looks; ``patience`` is how long a file without its end may lie
    unchanged before it is taken as it is (the reader then says what is wrong with it).
    """

    def __init__(self, *, pause: float, patience: float) -> None:
        self._pause = pause
        self._patience = patience
        self._watched: dict[Path, _Watched] = {}

    def look(self, files: Iterator[Seen], *, at: float) -> Look:
        """Take one look. ``at`` is a monotonic time in seconds."""
        whole: list[Seen] = []
        now: dict[Path, _Watched] = {}
        for seen in files:
            before = self._watched.get(seen.path)
            if before is None or before.seen != seen:
                now[seen.path] = _Watched(seen=seen, since=at)
                continue
            quiet = at - before.since
            if quiet >= self._pause and (quiet >= self._patience or _ended(seen.path)):
                whole.append(seen)
            else:
                now[seen.path] = before
        self._watched = now
        return Look(whole=tuple(sorted(whole, key=lambda s: (s.changed_ns, s.path))), growing=len(now))


def _ended(path: Path) -> bool:
    try:
        return has_end(path)
    except OSError:
        return False
