"""What a command prints: JSON Lines for machines on standard output, a table for people; sentences on standard error."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import _words
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:[\d.]+[+-]\d\d:\d\d")
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years a date on the command line may have."""
Json = Annotated[bool, typer.Option("--json", help="Skriv JSON Lines på standard ut.")]


def home() -> Path:
    """The home the person chose, else the current folder."""
    return Path(os.environ.get("SKJEMAFLYT_HOME") or ".").resolve()


def line(row: Mapping[str, object]) -> None:
    """Print one object as a line of JSON."""
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def rows(
    found: Iterable[Mapping[str, object]], *, as_json: bool, columns: Mapping[str, str], empty: str
) -> None:
    """Print rows as JSON Lines, or as a table with the columns named (key → heading); ``empty`` when there are none."""
    if as_json:
        for row in found:
            line(row)
        return
    listed = [{key: cell(row.get(key)) for key in columns} for row in found]
    if not listed:
        say(empty)
        return
    table(columns, listed)


def table(columns: Mapping[str, str], listed: Iterable[Mapping[str, str]]) -> None:
    """Print a plain table, as wide as its widest cells; long cells are folded when a person is watching."""
    from rich.console import Console
    from rich.table import Table

    wide = not sys.stdout.isatty()
    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for heading in columns.values():
        drawn.add_column(heading, overflow="fold", no_wrap=wide)
    for row in listed:
        drawn.add_row(*(_plain(row.get(key, "")) for key in columns))
    Console(width=400 if wide else None, highlight=False, markup=False, emoji=False).print(drawn)


def say(text: str) -> None:
    """Print one sentence for people on standard error."""
    sys.stderr.write(text + "\n")


def tell(text: str) -> None:
    """Print one line of the answer itself on standard output."""
    sys.stdout.write(text + "\n")


def day(text: str) -> str:
    """Check an ISO date given on the command line, within the years that a case may have to do with."""
    from datetime import date

    try:
        given = date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"«{text}» er ikke en dato. Skriv den slik: 2026-06-01") from None
    if not FIRST_YEAR <= given.year <= LAST_YEAR:
        raise UsageError(f"«{text}» kan ikke være riktig. Skriv et år fra {FIRST_YEAR} til {LAST_YEAR}.")
    return given.isoformat()


def maybe_day(text: str) -> date | None:
    """An ISO date given on the command line; None when the option was left out."""
    from datetime import date

    return date.fromisoformat(day(text)) if text else None


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def cell(value: object) -> str:
    """A value in a table: Norwegian words, what is empty or not so left out."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, list | tuple):
        return (
            "; ".join(cell(v) for v in value)
            if any(isinstance(v, Mapping) for v in value)
            else ", ".join(map(cell, value))
        )
    if isinstance(value, Mapping):
        shown = ((k, v) for k, v in value.items() if k != "id" and v not in (None, "", False, [], ()))
        return ", ".join(f"{_words.key(str(k))}: {cell(v)}" for k, v in shown)
    text = str(value)
    return _clock(text) if _MOMENT.fullmatch(text) else _words.value(text)


def _clock(moment: str) -> str:
    """A moment as the clock on the wall shows it; the JSON keeps UTC."""
    from datetime import datetime

    from pipeline.flow import OSLO

    return datetime.fromisoformat(moment).astimezone(OSLO).strftime("%Y-%m-%d %H:%M")


def decided(done: Mapping[str, object], *, as_json: bool) -> None:
    """Print what a decision led to: the case and its letters."""
    if as_json:
        line(done)
        return
    say(f"Sak {done['case']} er nå: {cell(done['state'])}.")


def waiting(sentences: list[str]) -> None:
    """Say what ordered letters wait for."""
    if sentences:
        say(f"Brev som venter på opplysninger ({len(sentences)}):")
        for sentence in sentences:
            say(f"  {sentence}")
