"""``letters`` and ``letter``: the outbox."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError

CAME_BACK = "came-back"
"""The action of a letter that came back or reached another."""

COLUMNS = {
    "id": "Brev",
    "case": "Sak",
    "kind": "Slag",
    "to": "Til",
    "signer": "Underskriver",
    "status": "Status",
    "docx": "Fil",
}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        help="Brevene i utboksen.\n\nEksempel: skjemaflyt letters --json",
        invoke_without_command=True,
        rich_markup_mode=None,
    )
    group.callback()(listing)
    group.command(name="print")(print_all)
    app.add_typer(group, name="letters")
    app.command(name="letter")(letter)


def listing(context: typer.Context, as_json: _show.Json = False) -> None:
    """Vis brevene, hvem de er til, hvem som skal skrive under, og status.

    Eksempel: skjemaflyt letters
    """
    if context.invoked_subcommand is not None:
        return
    from pipeline.flow import letter_rows, letters_waiting
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        _show.rows(letter_rows(desk), as_json=as_json, columns=COLUMNS, empty="Ingen brev i utboksen.")
        _show.waiting(letters_waiting(desk))


def print_all(
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FIL.pdf", help="Hvor den skal ligge; ellers utskrift.pdf i utboksen."),
    ] = None,
) -> None:
    """Lag én PDF av alle brev som er klare, ordnet etter underskriver.

    Eksempel: skjemaflyt letters print --out utskrift.pdf
    """
    from pipeline.flow import print_ready
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        place = out or desk.outbox / "utskrift.pdf"
        if not place.parent.is_dir() or place.is_dir():
            raise UsageError(f"{place} kan ikke skrives: velg en fil i en mappe som finnes.")
        count = print_ready(desk, place)
    _show.say(f"{count} brev ligger i {place}." if count else "Ingen brev er klare.")


def letter(
    wanted: Annotated[str, typer.Argument(metavar="ID", help="Brevets id.")],
    action: Annotated[
        str, typer.Argument(metavar="HANDLING", help="approve, return, sign, send, withdraw eller came-back.")
    ],
    why: Annotated[
        str, typer.Option("--why", help="Ved came-back: address, wrong-person eller opened-by-other.")
    ] = "",
) -> None:
    """Ta et brev videre: godkjenn, send tilbake, skriv under, merk som sendt, trekk det, eller si at det kom i retur.

    Eksempel: skjemaflyt letter L12 sign
    """
    from pipeline.dispatch import LetterAction
    from pipeline.flow import advance_letter, letter_came_back
    from pipeline.wiring import open_desk

    if action == CAME_BACK:
        with open_desk(_show.home(), working=True) as desk:
            letter_came_back(desk, wanted, why=why, say=_show.say)
        return
    if action not in set(LetterAction):
        raise UsageError(
            f"Kjenner ikke handlingen «{action}». Kjente: {', '.join((*LetterAction, CAME_BACK))}."
        )
    with open_desk(_show.home(), working=True) as desk:
        status = advance_letter(desk, wanted, action)
    _show.say(f"Brev {wanted} er nå: {_show.cell(status)}.")
