"""``municipality show``: what was chosen for a municipality, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(
        help="Kommunenes profiler.\n\nEksempel: skjemaflyt municipality show KOMMUNE",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.callback()(lambda: None)
    group.command(name="show")(show)
    app.add_typer(group, name="municipality")


def show(
    key: Annotated[str, typer.Argument(metavar="NØKKEL", help="Kommunens nøkkel.")],
    as_json: _show.Json = False,
) -> None:
    """Vis en kommunes ord, roller og frister, hver med sin kilde.

    Eksempel: skjemaflyt municipality show KOMMUNE
    """
    from pipeline.municipalities import describe
    from pipeline.wiring import declared_municipalities

    municipalities = declared_municipalities(_show.home())
    if key not in municipalities:
        raise UsageError(f"Kjenner ikke «{key}». Kjente: {', '.join(sorted(municipalities))}.")
    listed = [
        {"key": k, "value": v, "source": s, "why": why} for k, v, s, why in describe(municipalities[key])
    ]
    columns = {"key": "Nøkkel", "value": "Verdi", "source": "Kilde", "why": "Hvorfor"}
    _show.rows(listed, as_json=as_json, columns=columns, empty="")
