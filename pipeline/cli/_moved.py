"""``moved``: the person of a case has left the municipality."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="moved")(moved)


def moved(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    on: Annotated[str, typer.Option("--on", metavar="DATO", help="Dagen det skjedde.")] = "",
    to: Annotated[str, typer.Option("--to", metavar="KOMMUNE", help="Kommunen personen flyttet til.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Meldingen var feil: sett saken tilbake.")] = False,
    as_json: _show.Json = False,
) -> None:
    """Registrer at personen er flyttet fra kommunen. Brev som ikke er underskrevet, trekkes straks i alle personens saker, og ingen nye lages.

    Eksempel: skjemaflyt moved 2026/412 --on 2026-11-20 --to "Orkland kommune"
    """
    from pipeline import flow
    from pipeline.domain import EventKind
    from pipeline.wiring import open_desk

    if undo is bool(on):
        raise UsageError("Skriv dagen med --on, eller angre med --undo.")
    with open_desk(_show.home(), working=True) as desk:
        if undo:
            done = flow.come_back(desk, case, how=EventKind.PERSON_MOVED, say=_show.say)
        else:
            day = date.fromisoformat(_show.day(on))
            done = flow.leave(desk, case, how=EventKind.PERSON_MOVED, on=day, to=to, say=_show.say)
    _show.decided(done, as_json=as_json)
