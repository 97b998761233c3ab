"""``assess``: the unit takes a need up for assessment and sees what speaks for and against each measure."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import _show

ADVICE = {"yes": "taler for", "no": "taler mot", "unclear": "må avklares"}
SIDES = {"for": "for", "against": "mot", "unknown": "ikke sagt"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="assess")(assess)


def assess(
    case: Annotated[str, typer.Argument(metavar="SAK", help="Sakens id.")],
    decided_by_team: Annotated[
        str,
        typer.Option(
            "--decided-by-team",
            metavar="DATO",
            help="Skriv bare inn når kommunens beslutningsorgan avgjorde saken.",
        ),
    ] = "",
    as_json: _show.Json = False,
) -> None:
    """Begynn vurderingen av et behov, og se hva som taler for og mot hvert tiltak. Det er et forslag; du avgjør.

    Eksempel: skjemaflyt assess 2026/412
    """
    from pipeline.flow import assess as decide
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        done = decide(desk, case, decided_by_team=_show.maybe_day(decided_by_team), say=_show.say)
    if as_json:
        _show.line(done)
        return
    suggestions = done["suggestions"]
    if isinstance(suggestions, list) and suggestions:
        _show.table(
            {"measure": "Tiltak", "side": "", "ground": "Grunn", "rule": "Regel"}, _lines(suggestions)
        )
    _show.decided(done, as_json=False)


def _lines(suggestions: list[dict[str, object]]) -> list[dict[str, str]]:
    """A line for each ground; the measure and its advice on the first."""
    lines = []
    for one in suggestions:
        head = f"{one['title']}: {ADVICE[str(one['advice'])]}"
        for side, word in SIDES.items():
            grounds = one[side]
            for ground in grounds if isinstance(grounds, list) else []:
                ticks = f" ({', '.join(ground['ticks'])})" if ground["ticks"] else ""
                lines.append(
                    {"measure": head, "side": word, "ground": ground["text"] + ticks, "rule": ground["rule"]}
                )
                head = ""
    return lines
