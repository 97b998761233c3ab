"""``born``: the child that was expected is born."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="born")(born)


def born(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    on: Annotated[
        str, typer.Option("--on", metavar="DATO", help="Fødselsdagen; utelates når bare navnet kommer.")
    ] = "",
    name: Annotated[
        str, typer.Option("--name", help="Barnets navn, når det er kjent; kan komme senere.")
    ] = "",
    as_json: _show.Json = False,
) -> None:
    """Registrer at barnet som var ventet, er født, eller navnet det har fått siden. Terminen blir til fødselsdato.

    Eksempel: skjemaflyt born 2026/412 --on 2026-11-20 --name "Ylva Moen"
    Eksempel: skjemaflyt born 2026/412 --name "Ylva Moen"
    """
    from pipeline import casework, flow
    from pipeline.wiring import open_desk

    if not on and not name:
        raise UsageError("Si når barnet ble født, med --on DATO, eller hva det heter, med --name.")
    day = _show.maybe_day(on)
    with open_desk(_show.home(), working=True) as desk:
        done = flow.simply(
            desk,
            case,
            lambda known, where: casework.born(known, where, on=day, name=name),
            cause="born",
            say=_show.say,
        )
    _show.decided(done, as_json=as_json)
