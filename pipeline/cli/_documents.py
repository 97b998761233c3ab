"""``documents``: every file ever taken in."""

from __future__ import annotations

import typer

from pipeline.cli import _show

COLUMNS = {"id": "Dokument", "received_at": "Mottatt", "status": "Status", "source": "Fil", "reason": "Årsak"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="documents")(documents)


def documents(as_json: _show.Json = False) -> None:
    """Vis alle filer som noen gang er tatt inn, med status og årsak.

    Eksempel: skjemaflyt documents --json
    """
    from pipeline.flow import document_rows
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        _show.rows(
            document_rows(desk), as_json=as_json, columns=COLUMNS, empty="Ingen filer er tatt inn ennå."
        )
