"""``init``: make a home."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import _show


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="init")(init)


def init(
    folder: Annotated[Path, typer.Argument(metavar="MAPPE", help="Mappen som skal bli et hjem.")],
) -> None:
    """Lag et hjem: erklæringer, maler, innboks, utboks og et tomt register.

    Eksempel: skjemaflyt init /srv/skjemaflyt
    """
    from pipeline.wiring import make_home

    made = make_home(folder.resolve())
    _show.say(
        f"{folder} er klar. Start med: skjemaflyt --home {folder} run"
        if made
        else f"{folder} er allerede et hjem."
    )
