"""``run``: watch the inbox and work through it."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _show


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="run")(run)


def run(
    once: Annotated[
        bool, typer.Option("--once", help="Arbeid gjennom det som ligger der, og stopp.")
    ] = False,
    no_web: Annotated[bool, typer.Option("--no-web", help="Uten nettsidene.")] = False,  # noqa: ARG001 - the pages come with their own issue
) -> None:
    """Følg innboksen: les det som kommer, skriv brevene, og kjør påminnelsene til fast tid.

    Eksempel: skjemaflyt run --once
    """
    from pipeline.flow import letters_waiting
    from pipeline.wiring import check_letters, open_desk, runner

    check_letters(_show.home())
    with open_desk(_show.home(), working=True) as desk:
        put_aside = runner(desk).once() if once else runner(desk).forever()
        _show.waiting(letters_waiting(desk))
    if put_aside:
        _show.say(f"{put_aside} filer ble lagt til side. Se årsaken med: skjemaflyt documents")
        raise typer.Exit(1)
