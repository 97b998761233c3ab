"""``statistics``: the figures of a year or a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import _show

COLUMNS = {"group": "Gruppe", "label": "Tall", "shown": "Antall", "when": "Når"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="statistics")(statistics)


def statistics(
    year: Annotated[int | None, typer.Option("--year", metavar="ÅR", help="Tallene for et år.")] = None,
    on: Annotated[
        str, typer.Option("--on", metavar="DATO", help="Som registeret var den dagen, og året til da.")
    ] = "",
    municipality: Annotated[
        str, typer.Option("--municipality", metavar="NØKKEL", help="Bare denne kommunen.")
    ] = "",
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FIL", help="Skriv også en fil som Excel åpner.")
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", metavar="FIL", help="Skriv også en side med tall og søyler.")
    ] = None,
    hide_small: Annotated[
        bool, typer.Option("--hide-small", help="Skjul små tall, så ingen kan kjennes igjen.")
    ] = False,
    as_json: _show.Json = False,
) -> None:
    """Tell team, planer, koordinatorer, rapporter, ventetid og avgjørelser. Ingen personopplysninger er med.

    Eksempel: skjemaflyt statistics --year 2026 --csv tall.csv --pdf tall.pdf
    """
    from pipeline.flow import figure_rows, figure_tables, write_figure_page, write_figure_sheet
    from pipeline.wiring import open_desk

    day = date.fromisoformat(_show.day(on)) if on else None
    with open_desk(_show.home()) as desk:
        tables = figure_tables(desk, year=year, on=day, municipality=municipality, hide_small=hide_small)
        if csv is not None:
            write_figure_sheet(tables, csv)
        if pdf is not None:
            write_figure_page(desk, tables, pdf)
    for table in tables:
        rows = figure_rows(table)
        if as_json:
            _show.rows(rows, as_json=True, columns=COLUMNS, empty="")
            continue
        _show.tell(f"{table.name}, {table.since.year}")
        listed = [_line(row) for row in rows]
        for before, row in reversed(list(pairwise(listed))):
            row["group"] = "" if row["group"] == before["group"] else row["group"]
        _show.table(COLUMNS, listed)
        _show.tell("")
    if any(table.until.month < 12 or table.until.day < 31 for table in tables) and year is not None:
        _show.say(f"Året er ikke omme: det er talt til og med {tables[0].until.isoformat()}.")


def _line(row: Mapping[str, object]) -> dict[str, str]:
    from pipeline.figures import GROUPS

    indent = "  " if row["service"] else ""
    return {
        "group": next(group.label for group in GROUPS if group.id == row["group"]),
        "label": f"{indent}{row['label']}",
        "shown": str(row["shown"]),
        "when": "i perioden"
        if row["when"] == "period"
        else f"per {row['on']}"
        if row["on"]
        else "per hver kommunes dag",
    }
