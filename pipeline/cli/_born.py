"""``born``: the child that was expected is born."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from pipeline.cli import _show


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="born")(born)


def born(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    on: Annotated[str, typer.Option("--on", metavar="DATO", help="Fødselsdagen.")],
    name: Annotated[str, typer.Option("--name", help="Barnets navn, når det er kjent.")] = "",
    as_json: _show.Json = False,
) -> None:
    """Registrer at barnet som var ventet, er født. Saken går videre; terminen blir til fødselsdato.

    Eksempel: skjemaflyt born 2026/412 --on 2026-11-20 --name "Ylva Moen"
    """
    from pipeline import casework, flow
    from pipeline.wiring import open_desk

    day = date.fromisoformat(_show.day(on))
    with open_desk(_show.home(), working=True) as desk:
        done = flow.simply(
            desk,
            case,
            lambda known, where: casework.born(known, where, on=day, name=name),
            cause="born",
            say=_show.say,
        )
    _show.decided(done, as_json=as_json)
