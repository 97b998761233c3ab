"""The figures of a day or a year: whom to count by each municipality's rules, what to hide, and where it is written (A7)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.errors import SetupError, UsageError
from pipeline.figures import GROUPS, Counting, Figure, Tally, assemble, hide, semicolon_sheet
from pipeline.flow._clock import OSLO
from pipeline.flow._desk import Desk
from pipeline.municipalities import Profile

ALL = "alle"
"""Stands for all municipalities together, where there are several."""
COLUMNS = {
    "municipality": "Kommune",
    "group": "Gruppe",
    "label": "Tall",
    "service": "Tjeneste",
    "shown": "Antall",
    "since": "Fra og med",
    "until": "Til og med",
    "on": "Per",
    "figure": "Kode",
    "source": "Kilde",
}
"""The columns of the sheet: key and heading."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureTable:
    """One municipality's figures, or all together's (``municipality`` «alle»). ``on`` None: the municipalities count on different days."""

    municipality: str
    name: str
    on: date | None
    since: date
    until: date
    figures: tuple[Figure, ...]
    team: str = ""


def figure_tables(
    desk: Desk,
    *,
    year: int | None = None,
    on: date | None = None,
    municipality: str = "",
    hide_small: bool = False,
) -> list[FigureTable]:
    """The figures of a year (its state on the municipality's own day) or of a day (events from 1 January), by municipality.

    Several municipalities are also told together, unless small numbers are hidden: a sum would give them away. A year that isn't
    over is counted to today. Raises UsageError for a time to come, or a municipality that isn't declared.
    """
    today = desk.today()
    if (year is None) == (on is None):
        raise UsageError("Si enten hvilket år (--year 2026) eller hvilken dag (--on 2026-06-01).")
    if year is not None and not 1900 <= year <= today.year:
        raise UsageError("Året må være i år eller et tidligere år.")
    if on is not None and on > today:
        raise UsageError("Dagen kan ikke være etter i dag.")
    if municipality and municipality not in desk.municipalities:
        raise UsageError(f"Kjenner ikke kommunen «{municipality}».")
    with desk.store.reading() as register:
        used = {key: register.has_cases(key) for key in desk.municipalities}
        keys = [municipality] if municipality else [key for key, cases in used.items() if cases]
        found: list[tuple[Profile, Counting, Tally]] = []
        for key in keys or [desk.default_municipality or next(iter(desk.municipalities))]:
            profile = desk.municipalities[key]
            counting = _counting(desk, profile, today, year=year, on=on)
            found.append((profile, counting, register.tally(counting, zone=OSLO)))
    tables = [_table(*one, hide_small=hide_small) for one in found]
    if len(found) > 1 and not hide_small:
        tables.append(_together(found))
    return tables


def _counting(desk: Desk, profile: Profile, today: date, *, year: int | None, on: date | None) -> Counting:
    if on is not None:
        since, until, state = date(on.year, 1, 1), on, on
    else:
        since = date(year or today.year, 1, 1)
        until = min(date(since.year, 12, 31), today)
        state = min(_day(since.year, profile.statistics.as_of), until)
    annual, consent, ages = profile.annual, profile.consent, profile.ages
    exempt = annual.exempt_established_after
    due = None
    if annual.mode == "push" and annual.due:
        law = desk.municipalities.law
        due = law.deadline(_day(since.year, annual.due), days=0, roll_to_workday=annual.roll_to_workday)
    elif annual.mode == "collect":
        due = _day(since.year, annual.collect_on or profile.statistics.as_of)
    return Counting(
        municipality=profile.key,
        on=state,
        since=since,
        until=until,
        over=until < today,
        registration_required=consent.registration_required,
        team_consent=consent.team_written_required,
        share_consent=consent.share_written_required,
        report_due=due,
        report_exempt_after=_day(since.year, exempt) if exempt else None,
        consent_age=ages.consent,
        majority_age=ages.majority,
        months_ahead=max(ages.transition_months_before, default=6),
    )


def _day(year: int, month_day: str) -> date:
    return date.fromisoformat(f"{year}-{month_day}")


def _table(profile: Profile, counting: Counting, tally: Tally, *, hide_small: bool) -> FigureTable:
    figures = assemble(tally, counting, asked=profile.statistics.annual)
    return FigureTable(
        municipality=profile.key,
        name=profile.office.name,
        on=counting.on,
        since=counting.since,
        until=counting.until,
        figures=hide(figures, profile.statistics.hide_below) if hide_small else figures,
        team=profile.terms.team,
    )


def _together(found: Sequence[tuple[Profile, Counting, Tally]]) -> FigureTable:
    days = {counting.on for _, counting, _ in found}
    first = found[0][1]
    return FigureTable(
        municipality=ALL,
        name="Alle kommunene",
        on=first.on if len(days) == 1 else None,
        since=first.since,
        until=first.until,
        figures=assemble(Tally.summed(tally for _, _, tally in found), first),
    )


def figure_rows(table: FigureTable) -> list[Mapping[str, object]]:
    """A table as rows in the words of the contract."""
    return [
        {
            "municipality": table.municipality,
            "figure": figure.id,
            "group": figure.group,
            "label": figure.label,
            "service": figure.service or None,
            "value": figure.value,
            "shown": figure.shown,
            "hidden": figure.hidden,
            "when": figure.when,
            "on": table.on.isoformat() if table.on and figure.when == "day" else None,
            "since": table.since.isoformat() if figure.when == "period" else None,
            "until": table.until.isoformat() if figure.when == "period" else None,
            "source": figure.source,
        }
        for figure in table.figures
    ]


def write_figure_sheet(tables: Sequence[FigureTable], target: Path) -> None:
    """Write every table into one sheet for Excel, whole or not at all. A number is a number there, «<5» a text."""
    groups = {group.id: group.label for group in GROUPS}
    rows = [
        {
            **row,
            "group": groups[str(row["group"])],
            "shown": row["value"] if row["value"] is not None else row["shown"],
        }
        for table in tables
        for row in figure_rows(table)
    ]
    _lay(semicolon_sheet(COLUMNS, rows), target)


def write_figure_page(desk: Desk, tables: Sequence[FigureTable], target: Path) -> None:
    """Write one table, or all together, as a PDF of one page, without personal data.

    Raises UsageError when there are several and no sum of them, SetupError without LibreOffice.
    """
    from pipeline.letters import figure_page

    table = tables[-1]
    if len(tables) > 1 and table.municipality != ALL:
        raise UsageError("Si hvilken kommune siden gjelder: --municipality NØKKEL")
    if not desk.press().available:
        raise SetupError("LibreOffice er ikke installert, så det kan ikke lages PDF. Se: skjemaflyt doctor")
    state = f"per {_norwegian(table.on)}" if table.on else "per hver kommunes egen dag"
    period = f"{_norwegian(table.since)}–{_norwegian(table.until)}"
    title = f"Tall for koordinering, {table.name}, {table.since.year}"
    lines = [f"Tallene er {state}. Tall merket med * er for perioden {period}."]
    if table.team:
        lines.append(f"Med team menes her {table.team}.")
    notes = ["Det som ikke er registrert, er ikke med. – betyr at tallet ikke føres her."]
    if any(figure.hidden for figure in table.figures):
        notes.append("Små tall er skjult for at ingen skal kunne kjennes igjen.")
    page = figure_page(table.figures, title=title, lines=lines, notes=notes)
    with TemporaryDirectory(dir=desk.home / "data") as folder:
        word = Path(folder) / "tall.docx"
        word.write_bytes(page)
        made = desk.press().print([word], Path(folder) / "pdf")[word]
        if not isinstance(made, Path):
            raise SetupError(made)
        _lay(made.read_bytes(), target)


def _norwegian(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def write_sheet(columns: Mapping[str, str], rows: Iterable[Mapping[str, object]], target: Path) -> None:
    """Write rows as a sheet for Excel, whole or not at all. Raises UsageError for a place that can't be written."""
    _lay(semicolon_sheet(columns, rows), target)


def _lay(content: bytes, target: Path) -> None:
    """Lay a finished file at its place in one step, readable for its owner only."""
    if not target.parent.is_dir():
        raise UsageError(f"Mappen {target.parent} finnes ikke.")
    if target.is_dir():
        raise UsageError(f"{target} er en mappe. Si hva filen skal hete.")
    beside = target.with_name(f".{target.name}.part")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(target)
