"""Lays out the six forms that municipalities name but don't show, as another office might print them."""

from __future__ import annotations

from collections.abc import Sequence

from tests.generated.page import (
    Block,
    Borders,
    Cell,
    Newline,
    Para,
    Piece,
    Print,
    Sign,
    Style,
    Table,
    Tick,
    cell,
    field_cells,
    field_paras,
    words,
    written,
)
from tests.generated.written import Filling

Labelled = tuple[str, tuple[str, ...]]
"""A field and the words that may be printed as its label."""

BIRTH: Labelled = ("recipient.birth_date", ("Fødselsdato", "Født"))
NUMBER: Labelled = ("case.number", ("Saksnummer", "Saksnr."))
SHARERS = (
    ("share_with.gp", "Fastlegen min"),
    ("share_with.health_nurse", "Helsestasjonen og skolehelsetjenesten"),
    ("share_with.care_services", "Helse- og omsorgstjenesten i kommunen"),
    ("share_with.specialist", "Sykehuset og spesialisthelsetjenesten"),
    ("share_with.school", "Barnehagen eller skolen"),
    ("share_with.ppt", "PP-tjenesten (PPT)"),
    ("share_with.child_welfare", "Barneverntjenesten i kommunen"),
    ("share_with.nav", "NAV-kontoret"),
)
INFORMATION = (
    ("information.health", "Helse og behandling"),
    ("information.daily_life", "Hverdag og behov for hjelp"),
    ("information.learning", "Barnehage, skole og arbeid"),
    ("information.family", "Familie og nettverk"),
    ("information.finances", "Økonomi og bolig"),
    ("information.plan", "Individuell plan og møtereferater"),
)
CONSENTS = (
    (
        "consents.share",
        "Jeg samtykker til at de jeg har krysset av for, deler disse opplysningene når det er nødvendig for "
        "samarbeidet.",
    ),
    (
        "consents.voluntary",
        "Jeg har fått vite hvem som er med, hvordan de arbeider, og at jeg kan trekke samtykket tilbake.",
    ),
)
WITHDRAWS = (
    ("withdraws.all", "Hele samtykket"),
    ("withdraws.persons", "Samtykket for personene eller tjenestene som jeg skriver under"),
    ("withdraws.information", "Samtykket til å dele opplysningene som jeg skriver under"),
)
DESIGNATION = (
    ("designation.done", "Vi har pekt ut koordinator"),
    ("designation.not_yet", "Vi har ikke pekt ut koordinator ennå"),
)
PREPARED = (
    ("prepared.time", "Koordinatoren har fått satt av tid til oppgaven"),
    ("prepared.training", "Koordinatoren har fått håndboken og vet om opplæring og veiledning"),
    ("prepared.user_told", "Den det gjelder, har fått vite hvem som er koordinator"),
)
CLOSES = (
    ("closes.coordinator", "Koordinator eller barnekoordinator"),
    ("closes.care_group", "Ansvarsgruppe eller oppfølgingsteam"),
    ("closes.individual_plan", "Individuell plan"),
)
AGREEMENT = (
    ("agreement.agreed", "Ja, det er avtalt"),
    ("agreement.disagreed", "Nei, vil fortsette"),
    ("agreement.not_asked", "Ikke spurt ennå"),
)
TOLD = (
    ("told.members", "Alle i gruppen har fått kopi av meldingen"),
    ("told.manager", "Lederen min har fått meldingen"),
)
ASKED = (
    ("requested.coordinator", "Koordinator"),
    ("requested.child_coordinator", "Barnekoordinator"),
    ("requested.individual_plan", "Individuell plan (IP)"),
    ("requested.care_group", "Ansvarsgruppe"),
)
SENDERS = (
    ("sender.self", "Jeg søker for meg selv"),
    ("sender.guardian", "Jeg er foresatt eller verge"),
    ("sender.relative", "Jeg er pårørende"),
    ("sender.service", "Jeg arbeider i en tjeneste"),
)
QUESTIONS = (
    ("evaluation.goals_reached", "Er målene nådd?"),
    ("evaluation.measures_work", "Har tiltakene fungert?"),
    ("evaluation.services_work", "Fungerer tjenestene?"),
    ("evaluation.cooperation_works", "Er arbeidsformen god?"),
    ("evaluation.right_members", "Er de riktige med i gruppen?"),
    ("evaluation.user_took_part", "Var den det gjelder med på evalueringen?"),
)
WISHES = (
    ("continue.coordinator", "Fortsette med koordinator"),
    ("continue.care_group", "Fortsette med ansvarsgruppe"),
    ("continue.individual_plan", "Fortsette med individuell plan"),
)


def ruled(drawn: Style) -> Borders:
    """Columns and boxes are unreadable without lines."""
    return drawn.borders if drawn.borders in ("all", "rows") else "all"


def asked(drawn: Style, filling: Filling, *pairs: Sequence[Labelled]) -> list[Block]:
    """Fields to write in, two beside each other in a table, or line by line."""
    if drawn.mode != "table":
        paras: list[Block] = []
        for pair in pairs:
            for key, names in pair:
                paras += field_paras(drawn, drawn.label(*names), written(key, filling.entries[key]))
        return [*paras, Para()]
    rows = []
    for pair in pairs:
        row: list[Cell] = []
        for key, names in pair:
            value = written(key, filling.entries[key])
            row += field_cells(drawn, drawn.label(*names), value, span=4 // len(pair))
        rows.append(tuple(row))
    return [Table(rows=tuple(rows), widths=(0.22, 0.31, 0.2, 0.27)), Para()]


def head(drawn: Style, title: str, first: str, second: str) -> list[Block]:
    """The title, now and then with the sender and a sentence of instruction."""
    blocks: list[Block] = []
    if drawn.rng.random() < 0.6:
        blocks.append(words(first))
    blocks.append(drawn.title(title))
    if drawn.rng.random() < 0.6:
        blocks.append(words(second))
    return blocks


def boxes(
    drawn: Style, filling: Filling, options: Sequence[tuple[str, str]], heading: str = "", group: str = ""
) -> list[Block]:
    """Options to tick, under each other: on lines, or in a table with the box beside the words or in them."""
    blocks: list[Block] = [words(heading, bold=True)] if heading else []
    ticks = [(Tick(field=key, on=filling.truth[key], group=group), text) for key, text in options]
    if drawn.mode == "table" and drawn.rng.random() < 0.4:
        drawn.note("boxes in cells")
        rows = []
        for tick, text in ticks:
            pair = (cell(Tick(field=tick.field, on=tick.on, bare=True, group=group)), cell(Print(text=text)))
            rows.append(pair if drawn.box_first else pair[::-1])
        widths = (0.08, 0.92) if drawn.box_first else (0.92, 0.08)
        return [*blocks, Table(rows=tuple(rows), widths=widths, borders=ruled(drawn)), Para()]
    paras = []
    for tick, text in ticks:
        pieces: tuple[Piece, ...] = (
            (tick, Print(text=f"  {text}")) if drawn.box_first else (Print(text=f"{text}  "), tick)
        )
        paras.append(Para(pieces=pieces, after=5))
    if drawn.mode == "table" and drawn.rng.random() < 0.6:
        return [*blocks, Table(rows=((Cell(paras=tuple(paras)),),), widths=(1.0,)), Para()]
    return [*blocks, *paras, Para()]


def long_text(drawn: Style, filling: Filling, key: str, label: str, *, tall: int = 3) -> list[Block]:
    """A label with room for several lines beside or under it."""
    value = written(key, filling.entries[key], tall=tall)
    printed = drawn.label(label)
    if drawn.mode == "table" and drawn.rng.random() < 0.5:
        return [Table(rows=((cell(*drawn.broken(printed)), cell(value)),), widths=(0.3, 0.7)), Para()]
    if drawn.mode == "table":
        box = Cell(paras=(words(printed), Para(pieces=(value,))))
        return [Table(rows=((box,),), widths=(1.0,)), Para()]
    return [Para(pieces=(Print(text=printed, bold=True),), keep=True), Para(pieces=(value,), after=10)]


def answers(drawn: Style, filling: Filling, heading: str, questions: Sequence[tuple[str, str]]) -> Block:
    """Questions with a cell for yes, one for no and one for a note."""
    titles = (heading, "JA", "NEI", "Merknad") if drawn.case == "upper" else (heading, "Ja", "Nei", "Merknad")
    rows = [tuple(cell(Print(text=text, bold=True)) for text in titles)]
    for key, question in questions:
        value = filling.truth[key]
        yes, no = (
            Tick(field=f"{key}.{word}", on=value is want, bare=True, group=key)
            for word, want in (("ja", True), ("nei", False))
        )
        note = written(f"{key}_note", filling.entries[f"{key}_note"])
        rows.append((cell(Print(text=question)), cell(yes), cell(no), cell(note)))
    return Table(rows=tuple(rows), widths=(0.42, 0.09, 0.09, 0.4), borders=ruled(drawn))


def signing(
    drawn: Style,
    filling: Filling,
    lines: Sequence[tuple[str, tuple[str, ...]]],
    before: Sequence[Sequence[Labelled]] = (),
) -> list[Block]:
    """Place and date, then a line to sign on for each."""
    blocks = asked(drawn, filling, *before)
    for key, names in lines:
        entry = filling.entries[key]
        label = drawn.label(*names).rstrip()
        mark = Sign(field=key, mark=entry.mark, lines=entry.written, rule=drawn.rng.randint(20, 30))
        if drawn.mode == "table":
            row = (cell(Print(text=label)), cell(mark))
            if drawn.place != "next":
                row = (cell(Print(text=f"{label} "), mark, span=2),)
            blocks.append(Table(rows=(row,), widths=(0.45, 0.55), borders=ruled(drawn)))
        elif drawn.mode == "para-below":
            blocks.append(Para(pieces=(Print(text=label), Newline(), mark), after=16))
        else:
            blocks.append(Para(pieces=(Print(text=f"{label} "), mark), after=16))
    return blocks
