"""``tasks``: what people still must do."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _show

COLUMNS = {"case": "Sak", "task": "Oppgave", "text": "Hva", "rule": "Regel", "created_on": "Siden"}


def register(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(
        help="Oppgaver som venter på et menneske.\n\nEksempel: skjemaflyt tasks",
        invoke_without_command=True,
        rich_markup_mode=None,
    )
    group.callback()(listing)
    group.command(name="done")(done)
    app.add_typer(group, name="tasks")


def listing(context: typer.Context, as_json: _show.Json = False) -> None:
    """Vis oppgavene som ikke er gjort, sak for sak.

    Eksempel: skjemaflyt tasks --json
    """
    if context.invoked_subcommand is not None:
        return
    from pipeline.flow import task_rows
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        _show.rows(task_rows(desk), as_json=as_json, columns=COLUMNS, empty="Ingen oppgaver venter.")


def done(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    task: Annotated[str, typer.Argument(metavar="OPPGAVE", help="Oppgavens id, for eksempel t3.")],
    as_json: _show.Json = False,
) -> None:
    """Si at en oppgave er gjort, eller at det ikke er bruk for den.

    Eksempel: skjemaflyt tasks done 2026/412 t3
    """
    from pipeline.flow import finish_task
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        made = finish_task(desk, case, task=task, say=_show.say)
    _show.decided(made, as_json=as_json)
