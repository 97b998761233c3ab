"""``consent``: a consent that came without a form, or a withdrawal."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from pipeline.cli import _show
from pipeline.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="consent")(consent)


def consent(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    given: Annotated[
        str,
        typer.Option(
            "--given",
            help="Gitt: establish, share, register, voluntary, process, oral, plan eller preparatory.",
        ),
    ] = "",
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Trukket tilbake; helt, eller bare for dem du nevner.")
    ] = False,
    signers: Annotated[
        list[str] | None,
        typer.Option("--signer", help="Hvem som samtykker; gjentas når begge foreldre gjør det."),
    ] = None,
    capacity: Annotated[
        str, typer.Option("--capacity", help="Som self, parent, guardian eller service (som hørte det).")
    ] = "",
    document: Annotated[str, typer.Option("--document", help="Dokumentet det står i, som D12.")] = "",
    persons: Annotated[
        list[str] | None,
        typer.Option(
            "--person", metavar="«NAVN (TJENESTE)»", help="Hvem det gjelder; «(PPT)» er hele tjenesten."
        ),
    ] = None,
    information: Annotated[
        list[str] | None,
        typer.Option("--information", help="health, daily_life, learning, family, finances eller plan."),
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", help="Med --withdraw: bare dette samtykket, som plan (individuell plan).")
    ] = "",
    informed: Annotated[
        str,
        typer.Option(
            "--informed",
            metavar="DATO",
            help="Når den som samtykker fikk vite hvem som er med, hvordan samarbeidet foregår, og hva som deles.",
        ),
    ] = "",
    on: Annotated[str, typer.Option("--on", metavar="DATO", help="Hvilken dag; ellers i dag.")] = "",
    cannot_consent: Annotated[
        str,
        typer.Option(
            "--cannot-consent", help="Hvorfor den det gjelder ikke kan samtykke selv, så en annen gjør det."
        ),
    ] = "",
    as_json: _show.Json = False,
) -> None:
    """Registrer et samtykke som kom uten skjema, eller trekk samtykket tilbake. Det som skal stanse, stanser straks.

    Eksempel: skjemaflyt consent 2026/412 --withdraw --person "Ida Holm (BUP)"
    """
    from pipeline.flow import inform, register_consent, withdraw_consent
    from pipeline.wiring import open_desk

    told_on = _show.maybe_day(informed)
    if bool(given) == withdraw and (given or told_on is None):
        raise UsageError("Si enten hva det er samtykket til, med --given, eller --withdraw.")
    if withdraw and (signers or capacity or cannot_consent or informed):
        raise UsageError("En tilbaketrekking har bare --kind, --person, --information, --document og --on.")
    if kind and not withdraw:
        raise UsageError("--kind hører til --withdraw. Si hva det er samtykket til, med --given.")
    day = _show.day(on) if on else ""
    with open_desk(_show.home(), working=True) as desk:
        when = date.fromisoformat(day) if day else desk.today()
        if withdraw:
            decided = withdraw_consent(
                desk,
                case,
                on=when,
                persons=persons or [],
                information=information or [],
                document=document,
                kind=kind,
                say=_show.say,
            )
        elif not given and told_on is not None:
            decided = inform(desk, case, on=told_on, say=_show.say)
        else:
            decided = register_consent(
                desk,
                case,
                kind=given,
                signers=signers or [],
                capacity=capacity,
                on=when,
                document=document,
                persons=persons or [],
                information=information or [],
                cannot_consent=cannot_consent,
                informed_on=told_on,
                say=_show.say,
            )
    _show.decided(decided, as_json=as_json)
