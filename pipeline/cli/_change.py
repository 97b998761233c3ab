"""``change``: another coordinator in the place of the one in force."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="change")(change)


def change(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    from_date: Annotated[
        str, typer.Option("--from", metavar="DATO", help="Når den nye begynner, som 2026-12-01.")
    ] = "",
    name: Annotated[
        str, typer.Option("--name", help="Den nye koordinatoren; utelates når lederen skal peke ut.")
    ] = "",
    service: Annotated[
        str, typer.Option("--service", help="Den nye koordinatorens tjeneste; ellers den samme som før.")
    ] = "",
    measure: Annotated[
        str, typer.Option("--measure", help="coordinator eller child_coordinator; ellers det samme som før.")
    ] = "",
    deputy: Annotated[str, typer.Option("--deputy", help="Den som svarer når koordinatoren er borte.")] = "",
    deputy_contact: Annotated[str, typer.Option("--deputy-contact", help="Telefon eller e-post.")] = "",
    contact: Annotated[
        str,
        typer.Option("--contact", help="Koordinatorens telefon eller e-post, når ansattlisten ikke har den."),
    ] = "",
    why: Annotated[str, typer.Option("--why", help="Hvorfor, til brevet.")] = "",
    decided_by_team: Annotated[
        str,
        typer.Option(
            "--decided-by-team",
            metavar="DATO",
            help="Når kommunens beslutningsorgan avgjorde det, der den har et.",
        ),
    ] = "",
    by: Annotated[
        str,
        typer.Option("--by", help="Hvem som oppnevnte: leader (lederen i tjenesten) eller unit (enheten)."),
    ] = "",
    handed_over: Annotated[
        str,
        typer.Option(
            "--handed-over",
            metavar="DATO",
            help="Si bare at den forrige har overført det den nye trenger å vite.",
        ),
    ] = "",
    as_json: _show.Json = False,
) -> None:
    """Bytt koordinator. Kommandoen sier hvilke brev som følger, og lager dem.

    Eksempel: skjemaflyt change 2026/412 --name "Pål Aune" --service Fysioterapi --from 2027-02-01
    """
    from pipeline.flow import change as decide
    from pipeline.flow import hand_over
    from pipeline.wiring import open_desk

    done_on, begins = _show.maybe_day(handed_over), _show.maybe_day(from_date)
    if done_on is None and begins is None:
        raise UsageError("Si når den nye begynner: --from DATO.")
    with open_desk(_show.home(), working=True) as desk:
        if done_on is not None:
            decided = hand_over(desk, case, on=done_on, say=_show.say)
        elif begins is not None:
            decided = decide(
                desk,
                case,
                from_date=begins,
                name=name,
                service=service,
                measure=measure,
                deputy_name=deputy,
                deputy_contact=deputy_contact,
                contact=contact,
                reasons=why,
                decided_by_team=_show.maybe_day(decided_by_team),
                by=by,
                say=_show.say,
            )
    _show.decided(decided, as_json=as_json)
