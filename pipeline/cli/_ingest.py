"""``ingest``: take files in without the inbox."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="ingest")(ingest)


def ingest(
    paths: Annotated[
        list[Path], typer.Argument(metavar="STI…", help="Filer eller mapper. De blir liggende.")
    ],
    as_json: _show.Json = False,
) -> None:
    """Ta inn filer eller mapper utenom innboksen. Originalene blir liggende der de er.

    Eksempel: skjemaflyt ingest ~/skannet
    """
    from pipeline.cli._documents import COLUMNS
    from pipeline.flow import ingest_all
    from pipeline.wiring import open_desk

    missing = [p for p in paths if not p.exists()]
    if missing:
        raise UsageError(f"Finner ikke {missing[0]}.")
    unread: list[str] = []
    with open_desk(_show.home(), working=True) as desk:
        found = ingest_all(desk, paths, say=unread.append)
    _show.rows(found, as_json=as_json, columns=COLUMNS, empty="Ingen filer å ta inn.")
    for text in unread:
        _show.say(text)
    if unread or any(row["status"] in {"rejected", "locked"} for row in found):
        raise typer.Exit(1)
