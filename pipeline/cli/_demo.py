"""``demo``: the main job on the sample forms."""

from __future__ import annotations

import typer

from pipeline.cli import _show


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="demo")(demo)


def demo() -> None:
    """Kjør hovedjobben på eksempelskjemaene i et midlertidig hjem, og vis hva som kom ut.

    Eksempel: skjemaflyt demo
    """
    from pipeline.wiring import play_demo

    shown = play_demo()
    for title, columns, listed in shown.tables:
        _show.tell(f"\n{title}")
        _show.rows(listed, as_json=False, columns=columns, empty="  (ingenting)")
    _show.tell(f"\nAlt ligger i {shown.home}. Brevene ligger i {shown.home / 'outbox'}.")
