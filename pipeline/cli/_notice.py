"""``notice``: prior notice before something ends against the wish."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="notice")(notice)


def notice(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    why: Annotated[str, typer.Option("--why", help="Hvorfor, i hele setninger: teksten står i brevet.")] = "",
    ends_on: Annotated[
        str, typer.Option("--ends-on", metavar="DATO", help="Når det er tenkt å slutte.")
    ] = "",
    answer: Annotated[str, typer.Option("--answer", help="Hva den det gjelder svarte på varselet.")] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Trekk varselet; saken går videre.")] = False,
    as_json: _show.Json = False,
) -> None:
    """Varsle om at tiltaket kan bli avsluttet, skriv ned svaret, eller trekk varselet.

    Eksempel: skjemaflyt notice 2026/412 --why "Behovet er ivaretatt av skolen." --ends-on 2027-01-31
    """
    from pipeline import casework, flow
    from pipeline.wiring import open_desk

    if bool(answer) + withdraw > 1 or not (why or answer or withdraw):
        raise UsageError(
            "Skriv --why for å varsle, --answer for å føre inn svaret, eller --withdraw for å trekke varselet."
        )
    last = date.fromisoformat(_show.day(ends_on)) if ends_on else None
    with open_desk(_show.home(), working=True) as desk:
        if withdraw:
            done = flow.withdraw_notice(desk, case, why=why, say=_show.say)
        elif answer:
            done = flow.simply(
                desk,
                case,
                lambda known, where: casework.answer_notice(known, where, answer=answer),
                cause="notice",
                say=_show.say,
            )
        else:
            done = flow.simply(
                desk,
                case,
                lambda known, where: casework.notice(known, where, why=why, ends_on=last),
                cause="notice",
                say=_show.say,
            )
    _show.decided(done, as_json=as_json)
