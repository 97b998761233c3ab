"""``message add``: register a message that came without a form."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError

KEYS = frozenset({"form", "fields", "municipality", "channel"})


def register(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(
        help="Meldinger som kom uten skjema.\n\nEksempel: skjemaflyt message add --help",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.command(name="add")(add)
    app.add_typer(group, name="message")


def add(
    form: Annotated[
        str, typer.Option("--form", help="Hva meldingen svarer til, for eksempel need-notification.")
    ] = "",
    fields: Annotated[
        list[str] | None, typer.Option("--set", metavar="FELT=VERDI", help="Ett felt; kan gjentas.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--json-file", metavar="FIL", help="Feltene som JSON; - for standard inn.")
    ] = None,
    municipality: Annotated[
        str, typer.Option("--municipality", help="Kommunens nøkkel; ellers hjemmets.")
    ] = "",
    channel: Annotated[str, typer.Option("--channel", help="Hvordan den kom: telefon, portal, brev …")] = "",
    as_json: _show.Json = False,
) -> None:
    """Registrer en melding som kom på telefon, i en portal eller som et brev, med de samme feltene som skjemaet.

    Eksempel: skjemaflyt message add --form need-notification --set "recipient.name=Vilde Brekkås"
    --set recipient.birth_date=03.11.2014 --set requested.coordinator=ja --set date=22.11.2026 --channel telefon
    """
    from pipeline.cli._documents import COLUMNS
    from pipeline.flow import add_message
    from pipeline.wiring import open_desk

    content = _from_json(file) if file is not None else {}
    said = content.get("fields")
    given: dict[str, object] = dict(said) if isinstance(said, dict) else {}
    for pair in fields or []:
        name, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(f"«{pair}» mangler likhetstegn. Skriv FELT=VERDI.")
        given[name.strip()] = value
    chosen = form or str(content.get("form", ""))
    if not chosen:
        raise UsageError("Si hva meldingen svarer til med --form, for eksempel --form need-notification.")
    with open_desk(_show.home(), working=True) as desk:
        row = add_message(
            desk,
            form=chosen,
            fields=given,
            municipality=municipality or str(content.get("municipality") or ""),
            channel=channel or str(content.get("channel") or ""),
        )
    _show.rows([row], as_json=as_json, columns=COLUMNS, empty="")
    if row["status"] in {"rejected", "locked"}:
        raise typer.Exit(1)


def _from_json(file: Path) -> dict[str, object]:
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
        content = json.loads(text)
    except FileNotFoundError:
        raise UsageError(f"Finner ikke {file}.") from None
    except OSError:
        raise UsageError(f"{file} kan ikke leses. Se om det er en fil, og om du har lov.") from None
    except (ValueError, RecursionError):
        raise UsageError(f"{file} er ikke gyldig JSON.") from None
    if not isinstance(content, dict) or not isinstance(content.get("fields", {}), dict):
        raise UsageError(f"{file} må være ett JSON-objekt med «form» og «fields», der «fields» er et objekt.")
    unknown = sorted(set(content) - KEYS)
    if unknown:
        raise UsageError(f"{file}: kjenner ikke «{unknown[0]}». Kjente: {', '.join(sorted(KEYS))}.")
    words = [key for key in sorted(KEYS - {"fields"}) if not isinstance(content.get(key) or "", str)]
    if words:
        raise UsageError(f"{file}: «{words[0]}» skal være en tekst.")
    return content
