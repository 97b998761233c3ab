"""Originals, kept unchanged by their hash."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

from pipeline.domain import Arrival


class Originals:
    """The folder ``data/originals/``: one file for each hash, read only, never changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """The folder, made when it is not there."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self._folder

    def path(self, sha256: str) -> Path:
        """Where the original of that hash lies."""
        return self._folder / sha256[:2] / sha256

    def keep(self, taken: Arrival) -> Path:
        """Copy the arrived file to its place: written aside, flushed, renamed. Once for each hash.

        Raises OSError when the disk is full or the file was changed since it was hashed; nothing half, and nothing else, is
        left under the hash's name.
        """
        target = self.path(taken.sha256)
        if target.exists() and target.stat().st_size == taken.size:
            return target
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = target.with_name(f".{taken.token}")
        try:
            with taken.path.open("rb") as source, aside.open("wb") as copy:
                digest = hashlib.sha256()
                while chunk := source.read(1 << 20):
                    digest.update(chunk)
                    copy.write(chunk)
                if digest.hexdigest() != taken.sha256:
                    raise OSError(errno.ESTALE, "the file was changed while it was taken in")
                copy.flush()
                os.fsync(copy.fileno())
            aside.chmod(0o400)
            aside.replace(target)
        except OSError:
            aside.unlink(missing_ok=True)
            raise
        _flush_folder(target.parent)
        return target


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
