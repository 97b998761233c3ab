"""Take in without the inbox: files a person points at, and messages that came without a form."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.domain import DocumentRecord
from pipeline.flow._desk import Desk
from pipeline.flow._lettering import make_letters
from pipeline.flow._messages import record_message
from pipeline.flow._taking import ingest
from pipeline.flow._views import Row, document_row
from pipeline.flow._working import work
from pipeline.intake import left_alone


def ingest_all(desk: Desk, paths: Sequence[Path], *, say: Callable[[str], None]) -> list[Row]:
    """Take files, and the files in folders and theirs, in and work on them; they stay where they are. Gives a row a file.

    ``say`` is told of each that can't be read; the rest go on.
    """
    records: list[DocumentRecord] = []
    for path in _files(paths):
        try:
            if not path.is_file():
                raise FileNotFoundError
            records.append(ingest(desk, path))
        except OSError:
            say(f"{path} kan ikke leses. Se om det er en fil, og om du har lov til å lese den.")
    return _worked(desk, records)


def add_message(
    desk: Desk, *, form: str, fields: Mapping[str, object], municipality: str, channel: str
) -> Row:
    """Register a message that came without a form, and work on it. Raises UsageError for what isn't known."""
    record = record_message(desk, form=form, fields=fields, municipality=municipality, channel=channel)
    return _worked(desk, [record])[0]


def _worked(desk: Desk, records: Sequence[DocumentRecord]) -> list[Row]:
    if desk.holds_lock:
        work(desk)
        make_letters(desk)
    with desk.store.reading() as register:
        found = [register.document(record.id) for record in records]
        return [document_row(register, record) for record in found if record is not None]


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            for folder, inner, names in os.walk(path):
                inner[:] = sorted(name for name in inner if not left_alone(name))
                found = [Path(folder) / name for name in sorted(names) if not left_alone(name)]
                yield from (p for p in found if p.is_file() and not p.is_symlink())
        else:
            yield path
