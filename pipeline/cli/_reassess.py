"""``reassess``: what was decided is assessed anew (F-000-5, F-000-7)."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError

ASKS = ("service", "closing")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="reassess")(reassess)


def reassess(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    asks: Annotated[
        str,
        typer.Option(
            "--asks",
            help="Før inn at noen ber om ny vurdering: service (hvilken tjeneste som koordinerer) eller closing (vil fortsette).",
        ),
    ] = "",
    goes_on: Annotated[
        bool | None,
        typer.Option(
            "--goes-on/--ends", help="Avgjør: det fortsetter som før, eller det avsluttes mot ønsket."
        ),
    ] = None,
    why: Annotated[
        str, typer.Option("--why", help="Begrunnelsen. Avsluttes det mot ønsket, står den i brevet.")
    ] = "",
    who: Annotated[str, typer.Option("--who", help="Hvem som ber om det.")] = "",
    on: Annotated[
        str, typer.Option("--on", metavar="DATO", help="Siste dag når det avsluttes; ellers i dag.")
    ] = "",
    as_json: _show.Json = False,
) -> None:
    """Før inn at noen ber om ny vurdering, eller avgjør den. Kommandoen sier hvilke brev som følger, og lager dem.

    Eksempel: skjemaflyt reassess 2026/412 --asks service --why "Barnet har sluttet i barnehagen."
    """
    from pipeline import casework, flow
    from pipeline.wiring import open_desk

    if bool(asks) == (goes_on is not None):
        raise UsageError(
            "Velg én: --asks for å føre inn at noen ber om det, eller --goes-on/--ends for å avgjøre."
        )
    if asks and asks not in ASKS:
        raise UsageError(f"Kjenner ikke «{asks}». Skriv --asks {' eller --asks '.join(ASKS)}.")
    last = _show.maybe_day(on)
    with open_desk(_show.home(), working=True) as desk:
        if asks:
            done = flow.simply(
                desk,
                case,
                lambda known, where: casework.ask_reassessment(known, where, what=asks, why=why, who=who),
                cause="reassess",
                say=_show.say,
            )
        else:
            done = flow.decide_reassessment(
                desk, case, goes_on=bool(goes_on), why=why, ends_on=last, say=_show.say
            )
    _show.decided(done, as_json=as_json)
