"""``close``: the unit ends a case's measures."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="close")(close)


def close(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    why: Annotated[str, typer.Option("--why", help="Hvorfor, i hele setninger: teksten står i brevet.")],
    agreed: Annotated[
        bool | None,
        typer.Option("--agreed/--against-wish", help="Avtalt, eller mot ønsket til den det gjelder."),
    ] = None,
    on: Annotated[str, typer.Option("--on", metavar="DATO", help="Siste dag; ellers i dag.")] = "",
    noticed_on: Annotated[
        str, typer.Option("--noticed-on", metavar="DATO", help="Når dere varslet om dette.")
    ] = "",
    answer: Annotated[str, typer.Option("--answer", help="Hva den det gjelder svarte på varselet.")] = "",
    without_notice: Annotated[
        bool, typer.Option("--without-notice", help="Avslutt mot ønske uten varsel; si hvorfor.")
    ] = False,
    why_not: Annotated[str, typer.Option("--why-not", help="Hvorfor det ikke er varslet.")] = "",
    as_json: _show.Json = False,
) -> None:
    """Avslutt koordinator, team og plan. Kommandoen sier hvilke brev som følger, og lager dem.

    Eksempel: skjemaflyt close 2026/412 --agreed --why "Behovet er ivaretatt av fysioterapeuten."
    """
    from pipeline.flow import close as decide
    from pipeline.wiring import open_desk

    if agreed is None:
        raise UsageError("Si om avslutningen er avtalt: --agreed eller --against-wish.")
    with open_desk(_show.home(), working=True) as desk:
        decided = decide(
            desk,
            case,
            agreed=agreed,
            why=why,
            ends_on=date.fromisoformat(_show.day(on)) if on else desk.today(),
            noticed_on=date.fromisoformat(_show.day(noticed_on)) if noticed_on else None,
            answer=answer,
            without_notice=without_notice,
            why_not=why_not,
            say=_show.say,
        )
    _show.decided(decided, as_json=as_json)
