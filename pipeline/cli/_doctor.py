"""``doctor``: check everything a run needs."""

from __future__ import annotations

import typer

from pipeline.cli import _show


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="doctor")(doctor)


def doctor(as_json: _show.Json = False) -> None:
    """Se etter alt en kjøring trenger, og si hva som må gjøres.

    Eksempel: skjemaflyt doctor
    """
    from pipeline.wiring import examine

    found = examine(_show.home())
    listed = [{"check": c.name, "state": c.state, "text": c.text, "mend": c.mend} for c in found]
    columns = {"check": "Sjekk", "state": "", "text": "Hva", "mend": "Gjør dette"}
    _show.rows(listed, as_json=as_json, columns=columns, empty="")
    if any(c.state == "feil" for c in found):
        raise typer.Exit(3)
