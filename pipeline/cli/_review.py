"""``review``: what waits for a person, and settling it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError

COLUMNS = {
    "id": "Id",
    "document": "Dokument",
    "form": "Skjema",
    "field": "Felt",
    "value": "Verdi",
    "reason": "Hvorfor",
    "candidates": "Kandidater",
}
Id = Annotated[str, typer.Argument(metavar="ID", help="Id fra listen.")]


def register(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(
        help="Det som venter på et menneske.\n\nEksempel: skjemaflyt review --json",
        invoke_without_command=True,
        rich_markup_mode=None,
    )
    group.callback()(listing)
    for name, command in (
        ("picture", picture),
        ("accept", accept),
        ("set", set_value),
        ("link", link),
        ("unlink", unlink),
        ("reject", reject),
        ("tally", tally),
    ):
        group.command(name=name)(command)
    app.add_typer(group, name="review")


def listing(context: typer.Context, as_json: _show.Json = False) -> None:
    """Vis det som venter på et menneske, med felt, verdi og årsak.

    Eksempel: skjemaflyt review
    """
    if context.invoked_subcommand is not None:
        return
    from pipeline.flow import review_rows
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        _show.rows(review_rows(desk), as_json=as_json, columns=COLUMNS, empty="Ingenting venter.")


def picture(
    wanted: Id, file: Annotated[Path, typer.Argument(metavar="FIL", help="Hvor bildet skal ligge (PNG).")]
) -> None:
    """Lag et bilde av stedet på papiret det er tvil om.

    Bildet viser det som står i skjemaet, og er like hemmelig: slett det etter bruk.

    Eksempel: skjemaflyt review picture S12-3 felt.png
    """
    from pipeline import flow
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        shown = flow.picture_of(desk, wanted)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(shown)
    except FileExistsError:
        raise UsageError(f"«{file}» finnes fra før. Velg et annet navn.") from None
    except OSError:
        raise UsageError(f"Bildet kan ikke skrives til «{file}». Velg en mappe som finnes.") from None
    _show.say(f"Bildet ligger i {file}.")


def accept(wanted: Id) -> None:
    """Godta verdien slik den er lest.

    Eksempel: skjemaflyt review accept S12-3
    """
    from pipeline import flow
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        _say(flow.accept(desk, wanted))


def set_value(
    wanted: Id,
    field: Annotated[str, typer.Argument(metavar="FELT", help="Feltets id.")],
    value: Annotated[
        str, typer.Argument(metavar="VERDI", help="Den riktige verdien; tom tekst for et tomt felt.")
    ],
) -> None:
    """Rett en verdi.

    Eksempel: skjemaflyt review set S12-3 recipient.birth_date 03.11.2014
    """
    from pipeline import flow
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        _say(flow.set_value(desk, wanted, field, value))


def link(
    wanted: Id,
    case: Annotated[str, typer.Argument(metavar="SAK", help="Saken, eller «ny» for en ny sak.")],
) -> None:
    """Knytt et skjema til en sak.

    Eksempel: skjemaflyt review link S12-3 2026/412
    """
    from pipeline import flow
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        _say(flow.link_to(desk, wanted, case))


def unlink(wanted: Id) -> None:
    """Ta et skjema ut av saken det er knyttet til; det venter da på et menneske igjen.

    Eksempel: skjemaflyt review unlink S12
    """
    from pipeline import flow
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        _say(flow.unlink(desk, wanted))


def reject(wanted: Id, why: Annotated[str, typer.Option("--why", help="Hvorfor, i én setning.")]) -> None:
    """Legg et skjema bort: det hører ikke hjemme i registeret. Originalen beholdes.

    Eksempel: skjemaflyt review reject S12 --why "Tom blankett"
    """
    from pipeline import flow
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        _say(flow.reject(desk, wanted, why))


TALLY = {
    "form": "Skjema",
    "field": "Felt",
    "looked_at": "Sett på",
    "corrected": "Rettet",
    "audited": "Stikkprøver",
    "audited_corrected": "Rettet i stikkprøve",
}


def tally(as_json: _show.Json = False) -> None:
    """Vis for hvert felt hvor ofte noen har sett på verdien, og hvor ofte den ble rettet.

    Eksempel: skjemaflyt review tally
    """
    from pipeline.flow import tally_rows
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        _show.rows(
            tally_rows(desk), as_json=as_json, columns=TALLY, empty="Ingen verdier er gjennomgått ennå."
        )


def _say(lines: tuple[str, ...]) -> None:
    for text in lines:
        _show.say(text)
