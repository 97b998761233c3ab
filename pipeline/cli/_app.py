"""The commands, gathered. Each stands in a file of its own."""

from __future__ import annotations

import typer

from pipeline.cli import (
    _absence,
    _appoint,
    _assess,
    _case,
    _change,
    _close,
    _consent,
    _database,
    _declarations,
    _demo,
    _doctor,
    _documents,
    _evaluated,
    _extract,
    _ingest,
    _init,
    _inspect,
    _letters,
    _meeting,
    _message,
    _municipality,
    _refuse,
    _remind,
    _retry,
    _review,
    _run,
    _staff,
    _statistics,
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
    _assess,
    _appoint,
    _refuse,
    _change,
    _absence,
    _meeting,
    _evaluated,
    _close,
    _consent,
    _staff,
    _municipality,
    _letters,
    _remind,
    _statistics,
    _declarations,
    _retry,
    _database,
):
    command.register(app)
