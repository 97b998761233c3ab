"""``heard``: a child was heard before a decision about it, or why not."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _show


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="heard")(heard)


def heard(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    view: Annotated[
        str, typer.Option("--view", help="Hva barnet mener. Det blir i saken, og står ikke i brevet.")
    ] = "",
    why_not: Annotated[
        str,
        typer.Option("--why-not", help="Hvorfor barnet ikke er hørt, i en hel setning: den står i brevet."),
    ] = "",
    on: Annotated[str, typer.Option("--on", metavar="DATO", help="Hvilken dag; ellers i dag.")] = "",
    as_json: _show.Json = False,
) -> None:
    """Registrer at barnet er hørt, eller hvorfor ikke. Gjør det før avgjørelsen, så brevet sier det.

    Eksempel: skjemaflyt heard 2026/412 --view "Vil gjerne ha møtene på skolen."
    """
    from pipeline.flow import hear_child
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        day = _show.maybe_day(on) or desk.today()
        done = hear_child(desk, case, on=day, view=view, why_not=why_not, say=_show.say)
    _show.decided(done, as_json=as_json)
