"""``extract``: read forms without register or inbox."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="extract")(extract)


def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FIL…", help="Word- eller PDF-filer.")],
    as_json: _show.Json = False,
) -> None:
    """Les skjemaer uten innboks og register, og vis feltene.

    Eksempel: skjemaflyt extract melding.docx --json
    """
    from pipeline.cli._submissions import as_row, as_text
    from pipeline.wiring import reading_kit

    missing = [f for f in files if not f.is_file()]
    if missing:
        raise UsageError(f"Finner ikke filen {missing[0]}.")
    kit = reading_kit(_show.home())
    failed = False
    for file in files:
        submissions = kit.read(file)
        for submission in submissions:
            failed |= submission.status == "rejected"
            if as_json:
                _show.line(as_row(submission))
            else:
                as_text(submission)
    if failed:
        raise typer.Exit(1)
