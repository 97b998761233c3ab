"""``retry``: take what was put aside again."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="retry")(retry)


def retry(
    document: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Ett dokument; ellers alle med driftsfeil.")
    ] = None,
) -> None:
    """Prøv på nytt det som ble lagt til side for en forbigående feil, eller ett bestemt dokument.

    Eksempel: skjemaflyt retry D12
    """
    from pipeline import flow
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        chosen = flow.retry(desk, document)
        if document is not None and not chosen:
            raise UsageError(
                f"Dokument {document} er ikke lagt til side. Se listen med: skjemaflyt documents"
            )
        if desk.holds_lock:
            flow.work(desk)
            flow.make_letters(desk)
    _show.say(f"{chosen} dokumenter er tatt opp igjen.")
