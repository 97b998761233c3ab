"""``objection``: a youth who doesn't want the parents told."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="objection")(objection)


def objection(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    why: Annotated[str, typer.Option("--why", help="Grunnen den unge har; den blir i saken.")] = "",
    ended: Annotated[bool, typer.Option("--ended", help="Foreldrene kan ha brev igjen.")] = False,
    as_json: _show.Json = False,
) -> None:
    """Registrer at en ung fra 12 til 16 år ikke vil at foreldrene får vite det. Brev til dem som ikke er underskrevet, trekkes.

    Eksempel: skjemaflyt objection 2026/412 --why "Vil fortelle det selv."
    """
    from pipeline import casework, flow
    from pipeline.wiring import open_desk

    if ended is bool(why.strip()):
        raise UsageError("Si hvorfor med --why, eller at det er over med --ended.")
    with open_desk(_show.home(), working=True) as desk:
        done = flow.simply(
            desk,
            case,
            lambda known, where: (
                casework.end_objection(known, where)
                if ended
                else casework.object_to_parents(known, where, why=why)
            ),
            cause="objection",
            say=_show.say,
        )
    _show.decided(done, as_json=as_json)
