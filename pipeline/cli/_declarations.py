"""``forms``, ``forms fill`` and ``templates check``: the declarations and letter templates, checked; a form for a case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the commands."""
    known = typer.Typer(
        help="Skjemaene programmet kjenner.\n\nEksempel: skjemaflyt forms",
        invoke_without_command=True,
        rich_markup_mode=None,
    )
    known.callback()(forms)
    known.command(name="fill")(fill)
    app.add_typer(known, name="forms")
    group = typer.Typer(
        help="Brevmalene.\n\nEksempel: skjemaflyt templates check",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.callback()(lambda: None)
    group.command(name="check")(check)
    app.add_typer(group, name="templates")


def forms(context: typer.Context, as_json: _show.Json = False) -> None:
    """Vis skjemaene programmet kjenner, med feltene.

    Eksempel: skjemaflyt forms
    """
    if context.invoked_subcommand is not None:
        return
    from pipeline.wiring import declared_forms

    listed = [
        {"form": f.id, "version": f.version, "title": f.title, "fields": [one.id for one in f.fields]}
        for f in declared_forms(_show.home())
    ]
    columns = {"form": "Skjema", "version": "Versjon", "title": "Tittel", "fields": "Felt"}
    _show.rows(listed, as_json=as_json, columns=columns, empty="Ingen skjemaer er erklært.")


def fill(
    form: Annotated[str, typer.Argument(metavar="SKJEMA", help="Skjemaets id, for eksempel group-report.")],
    case: Annotated[str, typer.Option("--case", metavar="ID", help="Sakens id, for eksempel 2026/412.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FIL.docx", help="Hvor det skal ligge; ellers i mappen du står i."),
    ] = None,
) -> None:
    """Lag et skjema for en sak, ferdig utfylt med det registeret vet. Send det på papir eller i en sikker kanal, aldri med e-post.

    Eksempel: skjemaflyt forms fill group-report --case 2026/412
    """
    from pipeline.dispatch import write_whole
    from pipeline.flow import fill_form
    from pipeline.wiring import open_desk

    place = out or Path(f"{case.replace('/', '-')}-{form}.docx")
    with open_desk(_show.home()) as desk:
        content = fill_form(desk, form, case)
    try:
        write_whole(place, content)
    except OSError:
        raise UsageError(f"{place} kan ikke skrives: velg en fil i en mappe som finnes.") from None
    _show.say(f"Skjemaet ligger i {place}.")


def check(as_json: _show.Json = False) -> None:
    """Se gjennom brevmalene og si hva som er feil og hvor, og hvilke brev som mangler på bokmål eller nynorsk.

    Eksempel: skjemaflyt templates check
    """
    from pipeline.wiring import check_letter_templates

    reports = check_letter_templates(_show.home())
    listed = [
        {
            "template": r.file,
            "fields": list(r.fields),
            "mistakes": [str(m) for m in r.mistakes],
            "lacks": list(r.lacks),
        }
        for r in reports
    ]
    columns = {"template": "Mal", "lacks": "Mangler på", "mistakes": "Feil", "fields": "Felt"}
    _show.rows(listed, as_json=as_json, columns=columns, empty="Ingen maler.")
    if any(r.mistakes for r in reports):
        raise typer.Exit(1)
