"""``staff``: the municipality's employees, leaders and role holders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import _show

COLUMNS = {
    "id": "Id",
    "municipality": "Kommune",
    "name": "Navn",
    "title": "Tittel",
    "service": "Tjeneste",
    "phone": "Telefon",
    "email": "E-post",
    "roles": "Roller",
}


def register(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(
        help="Ansatte, ledere og rolleinnehavere; brevene henter navn og adresser her.\n\nEksempel: skjemaflyt staff",
        invoke_without_command=True,
        rich_markup_mode=None,
    )
    group.callback()(listing)
    group.command(name="import")(load)
    group.command(name="overview")(overview)
    app.add_typer(group, name="staff")


def listing(context: typer.Context, as_json: _show.Json = False) -> None:
    """Vis ansattlisten.

    Eksempel: skjemaflyt staff --json
    """
    if context.invoked_subcommand is not None:
        return
    from pipeline.flow import staff_rows
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        _show.rows(staff_rows(desk), as_json=as_json, columns=COLUMNS, empty="Ansattlisten er tom.")


def load(
    file: Annotated[Path, typer.Argument(metavar="FIL.csv", help="Semikolon eller komma mellom kolonnene.")],
    municipality: Annotated[
        str, typer.Option("--municipality", help="Kommunens nøkkel; ellers hjemmets.")
    ] = "",
) -> None:
    """Les inn ansattlisten fra en CSV-fil. Kolonner: name; title; service; phone; email; address; postal_place; role;
    role_service; from; to; municipality. En person med flere roller har flere linjer.

    Eksempel: skjemaflyt staff import ansatte.csv
    """
    from pipeline.flow import import_staff
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        said = import_staff(desk, file, municipality=municipality)
    _show.say(said)


def overview(
    service: Annotated[str, typer.Option("--service", help="Bare denne tjenesten eller avdelingen.")] = "",
    municipality: Annotated[
        str, typer.Option("--municipality", help="Kommunens nøkkel; ellers hjemmets.")
    ] = "",
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FIL", help="Skriv også en fil som Excel åpner.")
    ] = None,
    as_json: _show.Json = False,
) -> None:
    """Vis hvem som er koordinator, stedfortreder eller med i et team, etter tjeneste og navn. Den saken gjelder, nevnes ikke ved navn.

    Eksempel: skjemaflyt staff overview --service Ergoterapi --csv oversikt.csv
    """
    from pipeline.flow import HEADINGS, overview_rows, write_overview
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        found = overview_rows(desk, municipality=municipality, service=service)
        if csv is not None:
            write_overview(found, csv)
    _show.rows(
        found, as_json=as_json, columns=HEADINGS, empty="Ingen er koordinator eller med i et team her."
    )
