"""Lays out `group-report`: three boxes, the person, the participants, the plan."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from tests.generated.page import (
    Block,
    Cell,
    Newline,
    Para,
    Piece,
    Print,
    Style,
    Table,
    Tick,
    Written,
    cell,
    field_cells,
    field_paras,
    words,
    written,
)
from tests.generated.printed import PLAN_ROWS
from tests.generated.written import BOTH, Entry, Filling

KINDS = (
    ("kind.dissolution", "MELDING OM OPPLØSNING AV ANSVARSGRUPPE"),
    ("kind.change", "MELDING OM ENDRING AV KOORDINATOR OG/ ELLER DELTAKERE"),
    ("kind.annual", "ÅRLIG RAPPORT AV ANSVARSGRUPPE årlig pr. 1. juni"),
)
WIDTHS = (0.22, 0.24, 0.27, 0.27)
PARTS = ("name", "service", "contact")
PERSON = (
    (("recipient.name", ("Navn",)), ("recipient.birth_date", ("Født", "Fødselsdato"))),
    (("recipient.address", ("Adresse",)), ("recipient.phone", ("Tlf", "Telefon"))),
    (("next_of_kin.name", ("Evt. pårørende/ verge/ foresatt",)), ("next_of_kin.phone", ("Tlf", "Telefon"))),
)


def group_report(drawn: Style, filling: Filling) -> list[Block]:
    blocks: list[Block] = []
    if drawn.rng.random() < 0.7:
        blocks.append(words("Vedlegg 5"))
        blocks.append(words("Prosedyre koordinator/IP/ansvarsgruppe"))
        blocks.append(
            words("Til Koordinerende enhet Utfylt skjema: Unntatt offentlighet offl. §13.1. jf. fvl. §13.1.")
        )
    blocks.append(drawn.title("Rapport ansvarsgruppe"))
    blocks += kinds(drawn, filling)
    blocks += person(drawn, filling)
    blocks += participants(drawn, filling)
    blocks += plan(drawn, filling)
    author = written("completed_by", filling.entries["completed_by"])
    label = drawn.label("Skjema er fylt ut av", colon=True)
    if drawn.mode == "table":
        blocks.append(Table(rows=(field_cells(drawn, label, author),), widths=(0.4, 0.6)))
    else:
        blocks += field_paras(drawn, label, author)
    return blocks


def kinds(drawn: Style, filling: Filling) -> list[Block]:
    ticks = [(Tick(field=key, on=filling.truth[key], group="kind"), text) for key, text in KINDS]
    if drawn.rng.random() < 0.35:
        drawn.note("kinds in table rows with a tick cell")
        rows = []
        for tick, text in ticks:
            bare = Tick(field=tick.field, on=tick.on, bare=True, group="kind")
            pair = (cell(bare), cell(Print(text=text)))
            rows.append(pair if drawn.box_first else pair[::-1])
        widths = (0.1, 0.9) if drawn.box_first else (0.9, 0.1)
        return [
            Table(rows=tuple(rows), widths=widths, borders="all" if drawn.borders == "none" else None),
            Para(),
        ]
    paras = []
    for tick, text in ticks:
        pieces: tuple[Piece, ...] = (
            (tick, Print(text=f"  {text}")) if drawn.box_first else (Print(text=f"{text}  "), tick)
        )
        paras.append(Para(pieces=pieces, after=6))
    if drawn.mode == "table":
        return [Table(rows=((Cell(paras=tuple(paras)),),), widths=(1.0,)), Para()]
    return [*paras]


def person(drawn: Style, filling: Filling) -> list[Block]:
    if drawn.mode != "table":
        blocks: list[Block] = []
        for pair in PERSON:
            for key, names in pair:
                blocks += field_paras(drawn, drawn.label(*names), written(key, filling.entries[key]))
        return [*blocks, Para()]
    rows = []
    for pair in PERSON:
        row: list[Cell] = []
        for key, names in pair:
            row += field_cells(drawn, drawn.label(*names), written(key, filling.entries[key]), span=2)
        rows.append(tuple(row))
    return [Table(rows=tuple(rows), widths=(0.2, 0.37, 0.13, 0.3)), Para()]


def unfolded(entry: Entry) -> tuple[str, ...]:
    """The entry's lines, telephone and e-mail each on its own: the margin must not break a stacked line."""
    parts: list[str] = []
    for text in entry.written:
        parts += re.split(r", | / |; ", text) if "@" in text else [text]
    return tuple(parts)


def fitted(drawn: Style, columns: list[list[Entry]]) -> float:
    """A size, relative to the document's, at which no stacked line is broken."""
    longest = [
        max((len(text) for entry in column for text in unfolded(entry)), default=1) for column in columns
    ]
    rooms = [share * 470 - 14 for share in WIDTHS[1:]]
    points = min(room / (0.62 * count) for room, count in zip(rooms, longest, strict=True))
    return min(0.85, points / drawn.size)


def stack(key: str, entries: list[Entry], *, heights: list[int], scale: float) -> Cell:
    """One cell with a line for each person, held level with the neighbours by blank lines."""
    paras: list[Para] = []
    for number, (entry, height) in enumerate(zip(entries, heights, strict=True)):
        texts = unfolded(entry)
        lines = [*texts, *[""] * (height - len(texts))]
        for place, text in enumerate(lines):
            lines_here = (text,) if text else ()
            part = f"{key}.{number}.{place}"
            paras.append(
                Para(pieces=(Written(field=part, lines=lines_here, single=True),), after=0, scale=scale)
            )
    return Cell(paras=tuple(paras) or (Para(),))


def participants(drawn: Style, filling: Filling) -> list[Block]:
    head = ("DELTAKERE/ROLLER", "NAVN", "TJENESTE/ VIRKSOMHET", "KONTAKTINFORMASJON")
    rows: list[tuple[Cell, ...]] = [tuple(cell(Print(text=text, bold=True)) for text in head)]
    rows += roles(drawn, filling)
    fixed = ("Faste deltakere", "members")
    asked = ("Aktuelle tjenester/ fagpersoner som møter ved behov", "on_call_members")
    stacked = drawn.rng.random() < 0.4
    if stacked:
        drawn.note("members stacked in one cell")
    merged = not stacked and drawn.rng.random() < 0.4
    if merged:
        drawn.note("row labels merged over their rows")
    for label, key in (fixed, asked):
        people = list(filling.entries[key].rows)
        columns = [[person[part] for person in people] for part in PARTS]
        if stacked:
            heights = [max([1, *(len(unfolded(person[part])) for part in PARTS)]) for person in people]
            scale = fitted(drawn, columns)
            cells = [
                stack(f"{key}.{part}", column, heights=heights, scale=scale)
                for part, column in zip(PARTS, columns, strict=True)
            ]
            rows.append((cell(Print(text=label)), *cells))
            continue
        spare = drawn.rng.randint(0, 2) + (0 if people else 1)
        people += [{}] * spare
        for number, person in enumerate(people):
            cells = [cell(written(f"{key}.{number}.{part}", person.get(part, Entry()))) for part in PARTS]
            side = cell(Print(text=label if number == 0 else ""))
            if merged and len(people) > 1:
                part: Literal["start", "middle", "end"] = (
                    "start" if number == 0 else "end" if number == len(people) - 1 else "middle"
                )
                side = replace(side, merge=part)
            rows.append((side, *cells))
    return [*andre_planer(drawn, filling, rows), Para()]


def roles(drawn: Style, filling: Filling) -> list[tuple[Cell, ...]]:
    """Coordinator and contact in absence: stacked in one row as the form prints them, or a row each."""
    entries = filling.entries
    if drawn.rng.random() < 0.5:
        rows = []
        for role, label in (
            ("coordinator", ("Koordinator",)),
            ("deputy", ("Kontaktperson", "(koordinators fravær)")),
        ):
            pieces: list[Piece] = [Print(text=label[0])]
            for text in label[1:]:
                pieces += [Newline(), Print(text=text)]
            cells = [cell(written(f"{role}.{part}", entries[f"{role}.{part}"])) for part in PARTS]
            rows.append((cell(*pieces), *cells))
        return rows
    drawn.note("coordinator and deputy stacked in one row")
    texts = ("Koordinator", "", "Kontaktperson", "(koordinators fravær)")
    pairs = [[entries[f"coordinator.{part}"], entries[f"deputy.{part}"]] for part in PARTS]
    scale = min(fitted(drawn, pairs), (WIDTHS[0] * 470 - 14) / (0.62 * len(texts[3])) / drawn.size)
    label = Cell(
        paras=tuple(Para(pieces=(Print(text=text or "\u00a0"),), after=0, scale=scale) for text in texts)
    )
    cells = [
        stack(f"roles.{part}", pair, heights=[2, 2], scale=scale)
        for part, pair in zip(PARTS, pairs, strict=True)
    ]
    return [(label, *cells)]


def andre_planer(drawn: Style, filling: Filling, rows: list[tuple[Cell, ...]]) -> list[Block]:
    hint = "(IOP, treningsplan, pleieplan, aktivitetsplan, omsorgsplan, m.fl.)"
    value = written("other_plans", filling.entries["other_plans"])
    label = Cell(paras=(words("Andre planer"), words(hint)))
    borders = drawn.borders if drawn.borders in ("all", "rows") else "all"
    if drawn.rng.random() < 0.5:
        return [Table(rows=(*rows, (label, cell(value, span=3))), widths=WIDTHS, borders=borders)]
    return [
        Table(rows=tuple(rows), widths=WIDTHS, borders=borders),
        Para(),
        Table(rows=((label, cell(value)),), widths=(0.35, 0.65)),
    ]


def plan(drawn: Style, filling: Filling) -> list[Block]:
    texts = ("Opplysninger om individuell plan", "ja", "nei", "Merknad")
    if drawn.case == "upper":
        texts = ("Opplysninger om individuell plan", "JA", "NEI", "Merknad")
    rows = [tuple(cell(Print(text=text, bold=True)) for text in texts)]
    for key, question in PLAN_ROWS.items():
        value = filling.truth[key]
        yes, no = (
            Tick(
                field=f"{key}.{word}", on=value is want or filling.entries[key] == BOTH, bare=True, group=key
            )
            for word, want in (("ja", True), ("nei", False))
        )
        note = written(f"{key}_note", filling.entries[f"{key}_note"])
        rows.append((cell(Print(text=question)), cell(yes), cell(no), cell(note)))
    here = drawn.rng.randrange(2)
    on = filling.truth["plan.not_today"]
    ticks = [
        cell(
            Tick(
                field=f"plan.not_today.{column}", on=on and here == column, bare=True, group="plan.not_today"
            )
        )
        for column in (0, 1)
    ]
    bullet = drawn.rng.choice(("· ", "- ", ""))
    note = written("plan.not_today_note", filling.entries["plan.not_today_note"])
    rows.append((cell(Print(text=f"{bullet}Ikke pr i dag")), *ticks, cell(note)))
    borders = drawn.borders if drawn.borders in ("all", "rows") else "all"
    return [Table(rows=tuple(rows), widths=(0.46, 0.09, 0.09, 0.36), borders=borders), Para()]
