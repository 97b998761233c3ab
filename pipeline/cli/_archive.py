"""``archive``: the archive clerk's numbers, and what has none yet."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from pipeline.cli import _show

COLUMNS = {
    "municipality": "Kommune",
    "id": "Dokument eller brev",
    "way": "Retning",
    "date": "Dato",
    "title": "Tittel",
    "cases": "Saker",
    "archive_case": "Arkivsak",
}


def register(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(
        help="Arkivets numre på saker, dokumenter og brev.\n\nEksempel: skjemaflyt archive missing",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.callback()(lambda: None)
    group.command(name="set")(set_number)
    group.command(name="case")(set_case)
    group.command(name="missing")(missing)
    app.add_typer(group, name="archive")


def set_number(
    subject: Annotated[str, typer.Argument(metavar="ID", help="Dokumentet (D12) eller brevet (L7).")],
    case: Annotated[str, typer.Option("--case", metavar="NUMMER", help="Arkivets saksnummer.")],
    journal: Annotated[str, typer.Option("--journal", metavar="NUMMER", help="Journalnummeret.")],
    document: Annotated[
        str, typer.Option("--document", metavar="NUMMER", help="Dokumentets nummer i journalposten.")
    ] = "",
    as_json: _show.Json = False,
) -> None:
    """Før inn arkivets saks- og journalnummer på et dokument eller brev.

    Eksempel: skjemaflyt archive set D12 --case 2026/1234 --journal 5
    """
    from pipeline import flow
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        row = flow.set_number(desk, subject, case=case, journal=journal, document=document)
    if as_json:
        _show.line(row)
        return
    _show.say(f"{row['id']} er journalført i arkivsak {row['archive_case']}.")


def set_case(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    number: Annotated[str, typer.Argument(metavar="NUMMER", help="Arkivets saksnummer.")],
    as_json: _show.Json = False,
) -> None:
    """Før inn arkivets saksnummer på en sak; nye brev bruker det.

    Eksempel: skjemaflyt archive case 2026/412 2026/1234
    """
    from pipeline import flow
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        row = flow.set_case_number(desk, case, number)
    if as_json:
        _show.line(row)
        return
    _show.say(f"Sak {case} har arkivsak {row['archive_case']}.")


def missing(
    on: Annotated[
        str, typer.Option("--on", metavar="DATO", help="Til og med denne dagen; ellers i dag.")
    ] = "",
    as_json: _show.Json = False,
) -> None:
    """Vis mottatte dokumenter og underskrevne brev som ikke er journalført, med nøytral tittel.

    Eksempel: skjemaflyt archive missing
    """
    from pipeline.flow import unjournalled_rows
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        last = date.fromisoformat(_show.day(on)) if on else desk.today()
        _show.rows(
            unjournalled_rows(desk, last), as_json=as_json, columns=COLUMNS, empty="Alt er journalført."
        )
