"""``person``: put right what the register says of somebody, and of those around them."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError

Text = str | None


def register(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(
        help='Rett det registeret sier om en person.\n\nEksempel: skjemaflyt person rectify 2026/412 --phone "40 00 01 02"',
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.callback()(lambda: None)
    group.command(name="rectify")(rectify)
    group.command(name="contact")(contact)
    app.add_typer(group, name="person")


def rectify(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    name: Annotated[Text, typer.Option("--name", help="Navnet.")] = None,
    birth_date: Annotated[Text, typer.Option("--birth-date", metavar="DATO", help="Fødselsdatoen.")] = None,
    address: Annotated[
        Text, typer.Option("--address", help="Gate og nummer; tomt fjerner den, sammen med --postal-place.")
    ] = None,
    postal_place: Annotated[Text, typer.Option("--postal-place", help="Postnummer og sted.")] = None,
    phone: Annotated[Text, typer.Option("--phone", help="Telefon.")] = None,
    email: Annotated[Text, typer.Option("--email", help="E-post.")] = None,
    protected: Annotated[
        bool | None,
        typer.Option(
            "--protected/--not-protected",
            help="Adressen er sperret: ingen brev med adressen, og ingenting i bunke.",
        ),
    ] = None,
    as_json: _show.Json = False,
) -> None:
    """Rett det som står om den saken gjelder, i alle sakene. Brev som ikke er underskrevet, lages på nytt.

    Eksempel: skjemaflyt person rectify 2026/412 --address "Bakken 4" --postal-place "7130 Brekstad"
    """
    from pipeline import flow
    from pipeline.wiring import open_desk

    told = _told(
        name=name,
        birth_date=birth_date,
        address=address,
        postal_place=postal_place,
        phone=phone,
        email=email,
    )
    if not told and protected is None:
        raise UsageError("Si hva som skal rettes, for eksempel --phone.")
    with open_desk(_show.home(), working=True) as desk:
        done = flow.rectify_person(desk, case, told=told, protected=protected, say=_show.say)
    _show.decided(done, as_json=as_json)


def contact(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    name: Annotated[str, typer.Argument(metavar="NAVN", help="Navnet på kontakten.")],
    role: Annotated[
        str,
        typer.Option(
            "--role",
            metavar="ROLLE",
            help="next_of_kin, guardian, gp eller reporter; ellers next_of_kin.",
            show_default=False,
        ),
    ] = "next_of_kin",
    relation: Annotated[Text, typer.Option("--relation", help="Hva kontakten er, som mor eller far.")] = None,
    address: Annotated[
        Text,
        typer.Option("--address", help="En forelder med egen adresse får egne brev."),
    ] = None,
    postal_place: Annotated[Text, typer.Option("--postal-place", help="Postnummer og sted.")] = None,
    phone: Annotated[Text, typer.Option("--phone", help="Telefon.")] = None,
    email: Annotated[Text, typer.Option("--email", help="E-post.")] = None,
    office: Annotated[Text, typer.Option("--office", help="Legekontor eller tjeneste.")] = None,
    as_json: _show.Json = False,
) -> None:
    """Legg til eller rett en pårørende, verge eller fastlege.

    Eksempel: skjemaflyt person contact 2026/412 "Petter Holte" --relation far --address "Bakken 4" --postal-place "7130 Brekstad"
    """
    from pipeline import flow
    from pipeline.wiring import open_desk

    told = _told(
        name=name,
        relation=relation,
        address=address,
        postal_place=postal_place,
        phone=phone,
        email=email,
        office=office,
    )
    with open_desk(_show.home(), working=True) as desk:
        done = flow.rectify_contact(desk, case, role=role, told=told, say=_show.say)
    _show.decided(done, as_json=as_json)


def _told(**texts: Text) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text is not None}
