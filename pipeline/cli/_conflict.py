"""``conflict``: an employee with a conflict of interest is kept out of a case."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="conflict")(conflict)


def conflict(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    employee: Annotated[str, typer.Option("--employee", metavar="NAVN", help="Navnet i ansattlisten.")],
    why: Annotated[str, typer.Option("--why", help="Hvorfor den ansatte er inhabil.")] = "",
    ended: Annotated[bool, typer.Option("--ended", help="Den ansatte er ikke lenger inhabil.")] = False,
    as_json: _show.Json = False,
) -> None:
    """Hold en inhabil ansatt utenfor en sak: ikke koordinator, saksbehandler eller underskriver, og ingen brev om den.

    Eksempel: skjemaflyt conflict 2026/412 --employee "Tuva Fossheim" --why "Søster av den det gjelder."
    """
    from pipeline import flow
    from pipeline.wiring import open_desk

    if not ended and not why.strip():
        raise UsageError("Si hvorfor med --why, eller at det er over med --ended.")
    with open_desk(_show.home(), working=True) as desk:
        done = flow.keep_out(desk, case, name=employee, why=why, ended=ended, say=_show.say)
    _show.decided(done, as_json=as_json)
