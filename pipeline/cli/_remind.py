"""``remind``: what falls due, the batches and the lists."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError

COLUMNS = {
    "rule": "Regel",
    "case": "Sak",
    "due": "Frist",
    "to": "Til",
    "letter": "Brev",
    "action": "Hva",
    "batch": "Bunke",
}
DONE = {"letter": "Brev", "case": "Sak", "to": "Til", "action": "Hva", "why": "Hvorfor"}
STANDING = {"due": "Frist", "what": "Hva", "case": "Sak", "who": "Venter på", "rule": "Regel"}
MISSING = {
    "leader": "Leder",
    "service": "Tjeneste",
    "coordinator": "Koordinator",
    "case": "Sak",
    "due": "Frist",
    "escalate": "Skal løftes",
}
LISTS = ("restanse", "forfall")
SOON_DAYS = 14
"""How far ahead ``--list forfall`` looks unless told."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        help="Lag påminnelsene som forfaller, godkjenn dem i bunker, og se hva som gjenstår.\n\n"
        "Hver påminnelse lages én gang; de blir liggende som utkast til noen godkjenner dem.\n\n"
        "Eksempel: skjemaflyt remind --on 2027-06-01 --dry-run",
        invoke_without_command=True,
        rich_markup_mode=None,
    )
    group.callback()(remind)
    group.command(name="approve")(approve)
    group.command(name="stop")(stop)
    app.add_typer(group, name="remind")


def remind(
    context: typer.Context,
    on: Annotated[
        str, typer.Option("--on", metavar="DATO", help="Som om det var denne dagen; ellers i dag.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Vis bare hva som ville blitt laget.")] = False,
    cadence: Annotated[
        str,
        typer.Option(
            "--cadence", metavar="TAKT", help="Bare daily, weekly, monthly eller yearly; ellers alle."
        ),
    ] = "",
    which: Annotated[
        str,
        typer.Option("--list", metavar="LISTE", help="Vis restanse (forfalt, ikke besvart) eller forfall."),
    ] = "",
    days: Annotated[int, typer.Option("--days", min=0, max=366, help="Hvor langt forfall ser.")] = SOON_DAYS,
    missing: Annotated[
        bool, typer.Option("--missing", help="Vis hvem som ikke har sendt årlig rapport, etter leder.")
    ] = False,
    year: Annotated[
        int | None, typer.Option("--year", min=2000, max=9998, help="Året --missing gjelder; ellers i år.")
    ] = None,
    as_json: _show.Json = False,
) -> None:
    """Lag påminnelsene som forfaller, eller vis det som gjenstår."""
    if context.invoked_subcommand is not None:
        return
    if which and which not in LISTS:
        raise UsageError(f"Kjenner ikke listen «{which}». Kjente: {', '.join(LISTS)}.")
    if which and missing:
        raise UsageError("Velg én av --list og --missing.")
    if year is not None and not missing:
        raise UsageError("--year hører til --missing.")
    if missing:
        _missing(year, as_json=as_json)
    elif which:
        _list(which, on, days, as_json=as_json)
    else:
        _run(on, cadence, dry_run=dry_run, as_json=as_json)


def _run(on: str, cadence: str, *, dry_run: bool, as_json: bool) -> None:
    from pipeline.flow import remind as run_batch
    from pipeline.municipalities import Cadence
    from pipeline.wiring import open_desk

    if cadence and cadence not in set(Cadence):
        raise UsageError(f"Kjenner ikke takten «{cadence}». Kjente: {', '.join(Cadence)}.")
    chosen = frozenset({Cadence(cadence)} if cadence else Cadence)
    with open_desk(_show.home(), working=True) as desk:
        when = date.fromisoformat(_show.day(on)) if on else desk.today()
        found = run_batch(desk, on=when, dry_run=dry_run, cadences=chosen)
    _show.rows(found, as_json=as_json, columns=COLUMNS, empty="Ingenting forfaller.")


def _list(which: str, on: str, days: int, *, as_json: bool) -> None:
    from pipeline.flow import standing_rows
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        when = date.fromisoformat(_show.day(on)) if on else desk.today()
        found = standing_rows(desk, which=which, on=when, days=days)
        _show.rows(found, as_json=as_json, columns=STANDING, empty="Ingenting står i listen.")


def _missing(year: int | None, *, as_json: bool) -> None:
    from pipeline.flow import missing_rows
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        found = missing_rows(desk, year=year if year is not None else desk.today().year)
        _show.rows(found, as_json=as_json, columns=MISSING, empty="Ingen mangler.")


def approve(
    wanted: Annotated[list[str], typer.Argument(metavar="BUNKE|BREV…", help="Bunker eller enkeltbrev.")],
    as_json: _show.Json = False,
) -> None:
    """Godkjenn påminnelser: en hel bunke, eller brev for brev. De blir klare til underskrift.

    Eksempel: skjemaflyt remind approve BUNKE
    """
    from pipeline.flow import approve_reminders
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        done = approve_reminders(desk, wanted)
    _show.rows(done, as_json=as_json, columns=DONE, empty="Ingenting ble godkjent.")


def stop(
    wanted: Annotated[str, typer.Argument(metavar="BREV", help="Brevets id.")],
    why: Annotated[str, typer.Option("--why", metavar="TEKST", help="Hvorfor den ikke skal sendes.")],
    as_json: _show.Json = False,
) -> None:
    """Stopp én påminnelse. Den lages ikke på nytt, og grunnen står i saken.

    Eksempel: skjemaflyt remind stop L12 --why "Avtalt på telefon"
    """
    from pipeline.flow import stop_reminder
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        done = stop_reminder(desk, wanted, why=why)
    _show.rows([done], as_json=as_json, columns=DONE, empty="")
