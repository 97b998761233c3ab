"""``evaluated``: team and plan were evaluated."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _show


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="evaluated")(evaluated)


def evaluated(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    on: Annotated[str, typer.Option("--on", metavar="DATO", help="Når det ble evaluert; ellers i dag.")] = "",
    ends_plan: Annotated[
        bool, typer.Option("--ends-plan", help="Alle mål er nådd, og det er ingen nye: planen avsluttes.")
    ] = False,
    ends_team: Annotated[
        bool, typer.Option("--ends-team", help="Behovet eller ønsket er over: teamet avsluttes.")
    ] = False,
    as_json: _show.Json = False,
) -> None:
    """Registrer en evaluering av team og plan. Kommandoen sier hvilke brev som følger, og lager dem.

    Eksempel: skjemaflyt evaluated 2026/412 --on 2026-11-20 --ends-plan
    """
    from pipeline.flow import evaluate
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        decided = evaluate(
            desk,
            case,
            on=_show.maybe_day(on) or desk.today(),
            ends_plan=ends_plan,
            ends_team=ends_team,
            say=_show.say,
        )
    _show.decided(decided, as_json=as_json)
