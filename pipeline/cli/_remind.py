"""``remind``: what falls due."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from pipeline.cli import _show

COLUMNS = {"rule": "Regel", "case": "Sak", "due": "Frist", "to": "Til", "letter": "Brev", "action": "Hva"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="remind")(remind)


def remind(
    on: Annotated[
        str, typer.Option("--on", metavar="DATO", help="Som om det var denne dagen; ellers i dag.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Vis bare hva som ville blitt laget.")] = False,
    as_json: _show.Json = False,
) -> None:
    """Lag påminnelsene som forfaller. Hver lages én gang; de blir liggende som utkast til noen godkjenner dem.

    Eksempel: skjemaflyt remind --on 2027-06-01 --dry-run
    """
    from pipeline.flow import remind as run_batch
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        when = date.fromisoformat(_show.day(on)) if on else desk.today()
        found = run_batch(desk, on=when, dry_run=dry_run)
    _show.rows(found, as_json=as_json, columns=COLUMNS, empty="Ingenting forfaller.")
