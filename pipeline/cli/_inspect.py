"""``inspect``: what the reader saw."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import InputError, UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="inspect")(inspect)


def inspect(
    files: Annotated[list[Path], typer.Argument(metavar="FIL…", help="Word- eller PDF-filer.")],
    as_json: _show.Json = False,
) -> None:
    """Vis hva leseren så på hver side: ord, celler, avkrysninger og felt.

    Eksempel: skjemaflyt inspect melding.pdf --json
    """
    from pipeline.reading import describe, read

    missing = [f for f in files if not f.is_file()]
    if missing:
        raise UsageError(f"Finner ikke filen {missing[0]}.")
    failed = False
    for file in files:
        try:
            document = read(file, source=file.name)
        except InputError as fault:
            _show.say(f"{file.name}: {fault.text}")
            failed = True
            continue
        for page in (describe(document, one) for one in document.pages):
            if as_json:
                _show.line(page)
            else:
                counts = {key: len(page[key]) for key in ("words", "cells", "marks", "widgets")}
                _show.tell(f"{file.name}, side {page['page']}: {_show.cell(counts)}")
    if failed:
        raise typer.Exit(1)
