"""``plan``: work on an individual plan begins."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _show


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="plan")(plan)


def plan(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    started: Annotated[
        str, typer.Option("--started", metavar="DATO", help="Når arbeidet med planen begynte; ellers i dag.")
    ] = "",
    as_json: _show.Json = False,
) -> None:
    """Registrer at arbeidet med individuell plan begynner. Planen bygger på et eget samtykke: consent SAK --given plan.

    Eksempel: skjemaflyt plan 2026/412 --started 2026-11-20
    """
    from pipeline.flow import start_plan
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        done = start_plan(desk, case, on=_show.maybe_day(started) or desk.today(), say=_show.say)
    _show.decided(done, as_json=as_json)
