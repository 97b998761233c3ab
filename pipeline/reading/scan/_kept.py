"""What a thick stack leaves to look at again: the last few pages in memory, the others in a file that has no name and goes with it."""

from __future__ import annotations

import pickle
import tempfile
import weakref
import zlib
from typing import IO, Generic, TypeVar

Thing = TypeVar("Thing")

OPEN = 8
"""Pages held in memory; a form has fewer."""


class Kept(Generic[Thing]):
    """Things by their page's number. Belongs to the thread that made it."""

    def __init__(self, most: int = OPEN) -> None:
        """Hold at most so many unpacked."""
        self._most = most
        self._open: dict[int, Thing] = {}
        self._places: dict[int, tuple[int, int]] = {}
        self._file: IO[bytes] | None = None

    def put(self, number: int, thing: Thing) -> None:
        """Keep a page's thing in place of what was kept of it before."""
        self._places.pop(number, None)
        self._hold(number, thing)

    def get(self, number: int) -> Thing | None:
        """A page's thing, None when nothing was kept of it."""
        if number in self._open:
            return self._open[number]
        if number not in self._places or self._file is None:
            return None
        at, size = self._places[number]
        self._file.seek(at)
        thing: Thing = pickle.loads(zlib.decompress(self._file.read(size)))  # noqa: S301 - our own, of this run
        self._hold(number, thing)
        return thing

    def _hold(self, number: int, thing: Thing) -> None:
        self._open[number] = thing
        while len(self._open) > self._most:
            oldest = next(iter(self._open))
            self._pack(oldest, self._open.pop(oldest))

    def _pack(self, number: int, thing: Thing) -> None:
        if number in self._places:
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with this object
            weakref.finalize(self, self._file.close)
        packed = zlib.compress(pickle.dumps(thing), level=1)
        at = self._file.seek(0, 2)
        self._file.write(packed)
        self._places[number] = (at, len(packed))
