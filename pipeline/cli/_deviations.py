"""``deviation`` and ``deviations``: letters that reached the wrong person, and the hours left to report it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError

COLUMNS = {
    "case": "Sak",
    "letter": "Brev",
    "municipality": "Kommune",
    "known_at": "Oppdaget",
    "due_at": "Meldes innen",
    "hours_left": "Timer igjen",
    "state": "Tilstand",
}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(name="deviation")(deviation)
    app.command(name="deviations")(deviations)


def deviation(
    wanted: Annotated[str, typer.Argument(metavar="SAK-ELLER-BREV", help="Sakens eller brevets id.")],
    reported: Annotated[
        str, typer.Option("--reported", metavar="TIDSPUNKT", help="Når det ble meldt, som 2026-11-23T09:30.")
    ] = "",
    not_reportable: Annotated[
        bool, typer.Option("--not-reportable", help="Avviket skal ikke meldes.")
    ] = False,
    why: Annotated[str, typer.Option("--why", help="Hvorfor det ikke skal meldes.")] = "",
    as_json: _show.Json = False,
) -> None:
    """Registrer at et avvik er meldt til tilsynet, eller hvorfor det ikke skal meldes.

    Eksempel: skjemaflyt deviation L12 --reported 2026-11-23T09:30
    """
    from pipeline import flow
    from pipeline.wiring import open_desk

    if not_reportable is bool(reported) or (not_reportable and not why.strip()):
        raise UsageError(
            "Skriv når det ble meldt med --reported, eller --not-reportable og hvorfor med --why."
        )
    moment = _moment(reported) if reported else None
    with open_desk(_show.home(), working=True) as desk:
        done = flow.settle_deviation(desk, wanted, reported_at=moment, why=why, say=_show.say)
    _show.decided(done, as_json=as_json)


def deviations(as_json: _show.Json = False) -> None:
    """Vis avvikene, det som haster mest først, med timene som er igjen.

    Eksempel: skjemaflyt deviations
    """
    from pipeline.flow import deviation_rows
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        _show.rows(deviation_rows(desk), as_json=as_json, columns=COLUMNS, empty="Ingen avvik.")


def _moment(text: str) -> datetime:
    """An instant as written; without an offset it is the time in Norway."""
    from pipeline.flow import OSLO

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"«{text}» er ikke et tidspunkt. Skriv det slik: 2026-11-23T09:30") from None
    _show.day(moment.date().isoformat())
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=OSLO)
