"""``status``: the whole register in one object."""

from __future__ import annotations

import typer

from pipeline.cli import _show


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="status")(status)


def status(as_json: _show.Json = False) -> None:
    """Vis hvor mye som er tatt inn, venter, er lagt til side og er klart.

    Eksempel: skjemaflyt status
    """
    from pipeline.flow import status_row
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        row = status_row(desk)
    if as_json:
        _show.line(row)
        return
    _show.table(
        {"key": "", "value": ""}, [{"key": LABELS[k], "value": _show.cell(v)} for k, v in row.items()]
    )


LABELS = {
    "documents": "Dokumenter",
    "submissions": "Skjemaer",
    "cases": "Saker",
    "letters": "Brev",
    "put_aside": "Lagt til side",
    "oldest_waiting_seconds": "Eldste som venter (sekunder)",
    "next_reminder": "Neste påminnelse",
}
