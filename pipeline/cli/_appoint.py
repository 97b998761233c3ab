"""``appoint``: the unit's decision to appoint a coordinator."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from pipeline.cli import _show


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="appoint")(appoint)


def appoint(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    measure: Annotated[
        str,
        typer.Option("--measure", help="coordinator, child_coordinator, individual_plan eller care_group."),
    ],
    service: Annotated[str, typer.Option("--service", help="Tjenesten som koordinerer.")],
    from_date: Annotated[str, typer.Option("--from", metavar="DATO", help="Fra og med, som 2026-12-01.")],
    name: Annotated[
        str, typer.Option("--name", help="Koordinatoren; utelates når lederen skal peke ut.")
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
    as_json: _show.Json = False,
) -> None:
    """Oppnevn koordinator eller barnekoordinator. Kommandoen sier hvilke brev som følger, og lager dem.

    Eksempel: skjemaflyt appoint 2026/412 --measure coordinator --service Ergoterapi --name "Ingunn Sætre" --from 2026-12-01
    """
    from pipeline.flow import appoint as decide
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        decided = decide(
            desk,
            case,
            measure=measure,
            service=service,
            name=name,
            from_date=date.fromisoformat(_show.day(from_date)),
            deputy_name=deputy,
            deputy_contact=deputy_contact,
            contact=contact,
            reasons=why,
            decided_by_team=_show.maybe_day(decided_by_team),
            by=by,
            say=_show.say,
        )
    _show.decided(decided, as_json=as_json)
