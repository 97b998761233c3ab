"""``db upgrade``: migrate the register."""

from __future__ import annotations

import typer

from pipeline.cli import _show


def register(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(
        help="Registerets database.\n\nEksempel: skjemaflyt db upgrade",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.callback()(lambda: None)
    group.command(name="upgrade")(upgrade)
    app.add_typer(group, name="db")


def upgrade() -> None:
    """Lag registeret, eller bring det til programmets skjema.

    Eksempel: skjemaflyt db upgrade
    """
    from pipeline.wiring import upgrade_register

    before, after = upgrade_register(_show.home())
    _show.say(
        f"Registeret er på skjema {after}."
        if before == after
        else f"Registeret er brakt fra {before or 'ingenting'} til {after}."
    )
