"""``cases`` and ``case``: the register."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _merge, _show
from pipeline.errors import UsageError

COLUMNS = {
    "id": "Sak",
    "municipality": "Kommune",
    "person": "Gjelder",
    "state": "Tilstand",
    "coordinator": "Koordinator",
}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(name="cases")(cases)
    app.command(name="case")(case)


def cases(as_json: _show.Json = False) -> None:
    """Vis alle saker.

    Eksempel: skjemaflyt cases
    """
    from pipeline.flow import case_rows
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        if as_json:
            _show.rows(case_rows(desk), as_json=True, columns=COLUMNS, empty="")
            return
        short = (
            {**row, "person": _name(row["person"]), "coordinator": _name(row["coordinator"])}
            for row in case_rows(desk)
        )
        _show.rows(short, as_json=False, columns=COLUMNS, empty="Ingen saker ennå.")


def case(
    wanted: Annotated[
        str, typer.Argument(metavar="ID", help="Sakens id, for eksempel 2026/412; eller merge, split.")
    ],
    more: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SAK SAK]", help="Etter merge eller split: saken som består, og den andre."),
    ] = None,
    language: Annotated[
        str,
        typer.Option("--language", metavar="MÅLFORM", help="Skriv brevene i saken på nb eller nn heretter."),
    ] = "",
    same_person: Annotated[
        bool, typer.Option("--same-person", help="Ved merge: jeg har sett at begge gjelder samme person.")
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Ved merge: angre, som split.")] = False,
    as_json: _show.Json = False,
) -> None:
    """Vis en sak: hvem, koordinator, team, samtykker, plan, frister, dokumenter og brev. Velg målform for brevene, eller slå to saker sammen.

    Eksempel: skjemaflyt case 2026/412
    Eksempel: skjemaflyt case merge 2026/412 2026/430 --same-person
    """
    if wanted in ("merge", "split"):
        _join(wanted, more or [], same_person=same_person, undo=undo, as_json=as_json)
        return
    if more:
        raise UsageError("Skriv én sak, eller: skjemaflyt case merge SAK SAK")
    if language:
        _choose(wanted, language, as_json=as_json)
        return
    from pipeline.flow import case_row
    from pipeline.wiring import open_desk

    with open_desk(_show.home()) as desk:
        row = case_row(desk, wanted)
    if row is None:
        raise UsageError(f"Fant ikke sak {wanted}. Se listen med: skjemaflyt cases")
    if as_json:
        _show.line(row)
        return
    listed = []
    for key, value in row.items():
        lines = value if isinstance(value, list) else [value]
        for number, one in enumerate(line for line in lines if line not in (None, "", [])):
            listed.append({"key": LABELS.get(key, key) if number == 0 else "", "value": _show.cell(one)})
    _show.table({"key": "", "value": ""}, listed)


def _choose(wanted: str, language: str, *, as_json: bool) -> None:
    from pipeline.flow import choose_language
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        decided = choose_language(desk, wanted, language=language, say=_show.say)
    _show.decided(decided, as_json=as_json)


def _join(verb: str, cases: list[str], *, same_person: bool, undo: bool, as_json: bool) -> None:
    if len(cases) != 2:
        raise UsageError(f"Skriv saken som består, og så den andre: skjemaflyt case {verb} 2026/412 2026/430")
    if verb == "split" or undo:
        _merge.split(*cases, as_json=as_json)
    else:
        _merge.merge(*cases, same_person=same_person, as_json=as_json)


LABELS = {
    "id": "Sak",
    "municipality": "Kommune",
    "person": "Gjelder",
    "state": "Tilstand",
    "opened_on": "Opprettet",
    "closed_on": "Avsluttet",
    "requested": "Meldt behov for",
    "coordinator": "Koordinator",
    "appointments": "Oppnevninger",
    "team": "Team",
    "contacts": "Kontakter",
    "archive_case": "Arkivsak",
    "language": "Målform",
    "merged_into": "Slått sammen med",
    "merged": "Tatt opp i seg",
    "matters": "Forhold",
    "requested_other": "Annet behov",
    "granted": "Innvilget",
    "need": "Behov",
    "services": "Tjenester",
    "annual_reports": "Årlige rapporter",
    "consents": "Samtykker",
    "plan": "Individuell plan",
    "deadlines": "Frister",
    "tasks": "Oppgaver",
    "documents": "Dokumenter",
    "letters": "Brev",
    "events": "Hendelser",
}


def _name(value: object) -> object:
    return value.get("name") if isinstance(value, dict) else value
