"""``absence`` and ``deputy``: a coordinator away, and who answers meanwhile."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(name="absence")(absence)
    app.command(name="deputy")(deputy)


def absence(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    from_date: Annotated[str, typer.Option("--from", metavar="DATO", help="Første dag borte.")] = "",
    until: Annotated[
        str, typer.Option("--until", metavar="DATO", help="Siste dag borte, når den er kjent.")
    ] = "",
    deputy_name: Annotated[
        str, typer.Option("--deputy", help="Den som tar over; ellers den som er registrert.")
    ] = "",
    deputy_contact: Annotated[str, typer.Option("--deputy-contact", help="Telefon eller e-post.")] = "",
    long: Annotated[
        bool, typer.Option("--long", help="Fraværet er så langt at en ny koordinator må vurderes.")
    ] = False,
    ended: Annotated[
        str, typer.Option("--ended", metavar="DATO", help="Koordinatoren er tilbake; siste dag borte.")
    ] = "",
    as_json: _show.Json = False,
) -> None:
    """Meld at koordinatoren er borte, eller tilbake. Kommandoen sier hvilke brev som følger, og lager dem.

    Eksempel: skjemaflyt absence 2026/412 --from 2026-12-01 --until 2026-12-14 --deputy "Pål Aune"
    """
    from pipeline.flow import absent, back
    from pipeline.wiring import open_desk

    last, first = _show.maybe_day(ended), _show.maybe_day(from_date)
    if (last is None) == (first is None):
        raise UsageError("Si enten når fraværet begynner (--from) eller at det er slutt (--ended).")
    with open_desk(_show.home(), working=True) as desk:
        if last is not None:
            decided = back(desk, case, on=last, say=_show.say)
        elif first is not None:
            decided = absent(
                desk,
                case,
                from_date=first,
                until=_show.maybe_day(until),
                deputy_name=deputy_name,
                deputy_contact=deputy_contact,
                long=long,
                say=_show.say,
            )
    _show.decided(decided, as_json=as_json)


def deputy(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    name: Annotated[str, typer.Option("--name", help="Den som svarer når koordinatoren er borte.")],
    contact: Annotated[str, typer.Option("--contact", help="Telefon eller e-post.")] = "",
    as_json: _show.Json = False,
) -> None:
    """Registrer hvem som svarer når koordinatoren er borte.

    Eksempel: skjemaflyt deputy 2026/412 --name "Pål Aune" --contact 40000021
    """
    from pipeline.flow import register_deputy
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        decided = register_deputy(desk, case, name=name, contact=contact, say=_show.say)
    _show.decided(decided, as_json=as_json)
