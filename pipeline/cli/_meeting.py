"""``meeting``: a meeting is called, was held, or is called off."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="meeting")(meeting)


def meeting(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    planned: Annotated[
        str, typer.Option("--planned", metavar="DATO", help="Innkall til møte den dagen.")
    ] = "",
    clock: Annotated[str, typer.Option("--clock", help="Klokkeslett, som 12.00.")] = "",
    place: Annotated[str, typer.Option("--place", help="Hvor møtet er.")] = "",
    agenda: Annotated[
        list[str] | None, typer.Option("--agenda", help="En sak på sakslisten; gjentas for flere.")
    ] = None,
    minutes: Annotated[
        int | None,
        typer.Option("--minutes", min=1, help="Varighet i minutter; ellers som i kommunens profil."),
    ] = None,
    short_notice: Annotated[
        bool, typer.Option("--short-notice", help="Alle er enige om kortere frist enn kommunens.")
    ] = False,
    preparatory: Annotated[
        bool,
        typer.Option(
            "--preparatory", help="Et forberedende møte, der forslag til koordinator drøftes; med --planned."
        ),
    ] = False,
    cleared: Annotated[
        bool,
        typer.Option("--cleared", help="Sakslisten er klarert med den det gjelder, foresatte eller verge."),
    ] = False,
    held: Annotated[str, typer.Option("--held", metavar="DATO", help="Møtet ble holdt den dagen.")] = "",
    called_off: Annotated[
        str, typer.Option("--called-off", metavar="DATO", help="Møtet den dagen er avlyst.")
    ] = "",
    as_json: _show.Json = False,
) -> None:
    """Innkall til møte, eller si at det er holdt eller avlyst. Kommandoen sier hvilke brev som følger, og lager dem.

    Eksempel: skjemaflyt meeting 2026/412 --planned 2027-01-20 --clock 12.00 --place Rådhuset --agenda "Mål for våren"
    """
    from pipeline.flow import call_off_meeting, meeting_held, plan_meeting, plan_preparatory
    from pipeline.wiring import open_desk

    days = [_show.maybe_day(text) for text in (planned, held, called_off)]
    if sum(day is not None for day in days) != 1:
        raise UsageError("Si én av disse: --planned DATO, --held DATO eller --called-off DATO.")
    to_be, was, off = days
    if preparatory and to_be is None:
        raise UsageError("--preparatory hører til --planned DATO.")
    with open_desk(_show.home(), working=True) as desk:
        if to_be is not None and preparatory:
            decided = plan_preparatory(desk, case, on=to_be, clock=clock, place=place, say=_show.say)
        elif to_be is not None:
            decided = plan_meeting(
                desk,
                case,
                on=to_be,
                clock=clock,
                place=place,
                agenda=tuple(agenda or ()),
                minutes=minutes,
                short_notice=short_notice,
                cleared=cleared,
                say=_show.say,
            )
        elif was is not None:
            decided = meeting_held(desk, case, on=was, say=_show.say)
        elif off is not None:
            decided = call_off_meeting(desk, case, on=off, say=_show.say)
    _show.decided(decided, as_json=as_json)
