"""The commands, gathered. Each stands in a file of its own."""

from __future__ import annotations

import typer

from pipeline.cli import (
    _appoint,
    _archive,
    _born,
    _case,
    _close,
    _complaint,
    _conflict,
    _database,
    _deceased,
    _declarations,
    _demo,
    _deviations,
    _doctor,
    _documents,
    _extract,
    _ingest,
    _init,
    _inspect,
    _letters,
    _message,
    _moved,
    _municipality,
    _notice,
    _remind,
    _retry,
    _review,
    _run,
    _staff,
    _status,
    _trace,
)

app = typer.Typer(
    name="skjemaflyt",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Leser innsendte skjemaer inn i registeret og skriver brevene som følger.\n\n"
        "Hjemmet er mappen du står i. Et annet velges med --home MAPPE eller SKJEMAFLYT_HOME.\n\n"
        "Eksempel: skjemaflyt --home /srv/skjemaflyt run"
    ),
)

for command in (
    _init,
    _doctor,
    _demo,
    _run,
    _ingest,
    _extract,
    _inspect,
    _message,
    _documents,
    _status,
    _trace,
    _review,
    _case,
    _appoint,
    _close,
    _notice,
    _complaint,
    _deceased,
    _moved,
    _born,
    _conflict,
    _staff,
    _municipality,
    _letters,
    _deviations,
    _archive,
    _remind,
    _declarations,
    _retry,
    _database,
):
    command.register(app)
