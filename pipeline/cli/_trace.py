"""``trace``: where is my document."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="trace")(trace)


def trace(
    wanted: Annotated[str, typer.Argument(metavar="ID-ELLER-FIL", help="Dokumentets id eller filens navn.")],
    as_json: _show.Json = False,
) -> None:
    """Vis hvor et dokument er: hvert steg, når og hvorfor.

    Eksempel: skjemaflyt trace melding.docx
    """
    from pipeline.flow import trace_rows
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        found = trace_rows(desk, wanted)
    if not found:
        raise UsageError(
            f"Fant ikke noe dokument med id eller filnavn «{wanted}». Se listen med: skjemaflyt documents"
        )
    columns = {"document": "Dokument", "at": "Når", "step": "Steg", "text": "Hva"}
    _show.rows(found, as_json=as_json, columns=columns, empty="")
