"""``complaint``: a complaint, from the day it came to what the complaint body says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline import casework
    from pipeline.domain import Case


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="complaint")(complaint)


def complaint(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    received: Annotated[str, typer.Option("--received", metavar="DATO", help="Dagen klagen kom.")] = "",
    about: Annotated[str, typer.Option("--about", help="Hva det klages på.")] = "",
    letter: Annotated[str, typer.Option("--letter", metavar="ID", help="Brevet det klages på.")] = "",
    forwarded: Annotated[
        str, typer.Option("--forwarded", metavar="DATO", help="Dagen klagen ble sendt til klageinstansen.")
    ] = "",
    upheld: Annotated[
        bool | None,
        typer.Option("--upheld/--not-upheld", help="Enheten endrer avgjørelsen, eller står ved den."),
    ] = None,
    why: Annotated[str, typer.Option("--why", help="Hvorfor: teksten står i brevet.")] = "",
    outcome: Annotated[
        str, typer.Option("--outcome", help="Klageinstansens svar: upheld, changed eller set-aside.")
    ] = "",
    on: Annotated[str, typer.Option("--on", metavar="DATO", help="Dagen svaret kom; ellers i dag.")] = "",
    reopen: Annotated[bool, typer.Option("--reopen", help="Ta en avsluttet sak opp igjen.")] = False,
    as_json: _show.Json = False,
) -> None:
    """Registrer en klage, hva enheten mener om den, at den er sendt videre, eller svaret fra klageinstansen.

    Eksempel: skjemaflyt complaint 2026/412 --received 2026-12-14 --about "Opphør av koordinator" --letter L12
    """
    from pipeline import casework, flow
    from pipeline.wiring import open_desk

    if [bool(received), bool(forwarded), upheld is not None, bool(outcome)].count(True) != 1:
        raise UsageError("Velg én: --received, --forwarded, --upheld/--not-upheld eller --outcome.")
    given = {text: date.fromisoformat(_show.day(text)) for text in (received, forwarded, on) if text}
    with open_desk(_show.home(), working=True) as desk:
        if received:
            done = flow.complain(
                desk, case, received_on=given[received], about=about, letter=letter, say=_show.say
            )
            _show.decided(done, as_json=as_json)
            return

        def decide(known: Case, where: casework.Situation) -> casework.Outcome:
            if forwarded:
                return casework.forward_complaint(known, where, forwarded_on=given[forwarded])
            if upheld is not None:
                return casework.decide_complaint(known, where, upheld=upheld, why=why, reopen=reopen)
            answered = given[on] if on else where.today
            return casework.answer_complaint(known, where, outcome=outcome, on=answered, reopen=reopen)

        done = flow.simply(desk, case, decide, cause="complaint", say=_show.say)
    _show.decided(done, as_json=as_json)
