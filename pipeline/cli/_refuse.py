"""``refuse``: the unit refuses one measure that was asked for."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _show


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="refuse")(refuse)


def refuse(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    measure: Annotated[
        str,
        typer.Option("--measure", help="coordinator, child_coordinator, individual_plan eller care_group."),
    ],
    why: Annotated[str, typer.Option("--why", help="Hvorfor, i hele setninger: teksten står i brevet.")],
    coordination: Annotated[
        bool | None,
        typer.Option(
            "--coordination/--no-coordination",
            help="Om tjenestene samordner uten koordinator; ellers som i kommunens profil.",
        ),
    ] = None,
    as_json: _show.Json = False,
) -> None:
    """Avslå et tiltak, hele eller deler av det det er bedt om. Kommandoen sier hvilke brev som følger, og lager dem.

    Eksempel: skjemaflyt refuse 2026/412 --measure coordinator --why "Behovet dekkes av én tjeneste."
    """
    from pipeline.flow import refuse as decide
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        decided = decide(
            desk, case, measure=measure, why=why, coordination_offered=coordination, say=_show.say
        )
    _show.decided(decided, as_json=as_json)
