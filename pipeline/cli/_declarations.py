"""``forms`` and ``templates check``: the declarations and letter templates, checked."""

from __future__ import annotations

import typer

from pipeline.cli import _show


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(name="forms")(forms)
    group = typer.Typer(
        help="Brevmalene.\n\nEksempel: skjemaflyt templates check",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.callback()(lambda: None)
    group.command(name="check")(check)
    app.add_typer(group, name="templates")


def forms(as_json: _show.Json = False) -> None:
    """Vis skjemaene programmet kjenner, med feltene.

    Eksempel: skjemaflyt forms
    """
    from pipeline.wiring import declared_forms

    listed = [
        {"form": f.id, "version": f.version, "title": f.title, "fields": [one.id for one in f.fields]}
        for f in declared_forms(_show.home())
    ]
    columns = {"form": "Skjema", "version": "Versjon", "title": "Tittel", "fields": "Felt"}
    _show.rows(listed, as_json=as_json, columns=columns, empty="Ingen skjemaer er erklært.")


def check(as_json: _show.Json = False) -> None:
    """Se gjennom brevmalene og si hva som er feil, og hvor.

    Eksempel: skjemaflyt templates check
    """
    from pipeline.wiring import check_letter_templates

    reports = check_letter_templates(_show.home())
    listed = [
        {
            "template": r.file,
            "fields": list(r.fields),
            "mistakes": [str(m) for m in r.mistakes],
        }
        for r in reports
    ]
    columns = {"template": "Mal", "fields": "Felt", "mistakes": "Feil"}
    _show.rows(listed, as_json=as_json, columns=columns, empty="Ingen maler.")
    if any(r.mistakes for r in reports):
        raise typer.Exit(1)
