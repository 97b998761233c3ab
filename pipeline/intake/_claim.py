"""Claim a file: one rename, on the same file system, to a place where nobody else writes.

``inbox/.claimed/<token>/<name>`` holds a claimed file until its arrival is recorded. The token says which municipality's
inbox it lay in (``<id>@<key>``), so that a process that dies in between loses nothing: the next one finds the claim.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from pipeline.domain import Arrival
from pipeline.intake._names import display_name
from pipeline.intake._scan import Seen

CHUNK = 1 << 20


class Claims:
    """The claimed files of one inbox."""

    def __init__(self, inbox: Path) -> None:
        self._place = inbox / ".claimed"

    def claim(self, seen: Seen) -> bool:
        """Move a whole file aside. False when it is gone, or another claimed it first.

        A file that was changed or replaced since it was seen is laid back, to be looked at anew. Raises OSError when the file
        can't be read or the file system refuses (read-only, full, unmounted): the file then lies where it lay.
        """
        if seen.path.is_file():
            seen.path.open("rb").close()
        folder = self._place / f"{uuid.uuid4().hex}@{seen.folder}"
        folder.mkdir(parents=True, mode=0o700)
        target = folder / seen.path.name
        try:
            seen.path.rename(target)
        except FileNotFoundError:
            folder.rmdir()
            return False
        except OSError:
            folder.rmdir()
            raise
        status = target.stat()
        # Not the inode: some network shares give another one after a rename.
        as_seen = (status.st_size, status.st_mtime_ns) == (seen.size, seen.changed_ns)
        if not as_seen and not seen.path.exists():
            target.rename(seen.path)
            folder.rmdir()
            return False
        return True

    def waiting(self, *, fault: Callable[[OSError], None] = lambda _: None) -> Iterator[Arrival]:
        """Yield every claimed file whose arrival may not be recorded yet, hashed, oldest first. Empty claims are removed.

        ``fault`` is told of a claim that can't be read now; the others go on.
        """
        try:
            folders = [entry for entry in self._place.iterdir() if entry.is_dir()]
        except FileNotFoundError:
            return
        files: list[tuple[int, str, Path]] = []
        for folder in folders:
            try:
                held = [f for f in folder.iterdir() if f.is_file() and not f.is_symlink()]
                if held:
                    files.append((held[0].stat().st_mtime_ns, held[0].name, held[0]))
                else:
                    _remove(folder)
            except OSError as found:
                fault(found)
        for _, _, file in sorted(files):
            token, _, municipality = file.parent.name.partition("@")
            try:
                taken = arrival(file, token=token, folder=municipality)
            except OSError as found:
                fault(found)
                continue
            yield taken


def arrival(path: Path, *, token: str, folder: str = "", received_at: datetime | None = None) -> Arrival:
    """Describe a file that nobody else will change: its hash, size and own name."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Arrival(
        token=token,
        source=display_name(path.name),
        path=path,
        sha256=digest.hexdigest(),
        size=size,
        received_at=received_at or datetime.now(UTC),
        folder=folder,
    )


def released(taken: Arrival) -> None:
    """Remove the claimed file after its arrival was committed and its original kept.

    One that somebody went on writing to is not removed: it becomes a claim of its own, and is taken again as it now is.
    """
    with suppress(FileNotFoundError):
        if taken.path.stat().st_size != taken.size:
            taken.path.parent.rename(taken.path.parent.with_name(f"{uuid.uuid4().hex}@{taken.folder}"))
            return
    taken.path.unlink(missing_ok=True)
    _remove(taken.path.parent)


def _remove(folder: Path) -> None:
    try:
        os.rmdir(folder)  # noqa: PTH106 - only an empty folder may go
    except OSError:
        return
