"""Lays out `need-notification`: two pages, five small tables or one, or lines without any table."""

from __future__ import annotations

from tests.generated.page import (
    Block,
    Cell,
    Newline,
    PageBreak,
    Para,
    Print,
    Sign,
    Style,
    Tab,
    Table,
    Tick,
    Written,
    cell,
    field_cells,
    field_paras,
    heading,
    words,
    written,
)
from tests.generated.printed import ASKED, CONDITIONS, CONSENT, INFORMATION, TITLE
from tests.generated.written import Entry, Filling

PERSON = (
    ("recipient.name", ("Navn",)),
    ("recipient.birth_date", ("Fødselsdato", "Født")),
    ("recipient.address", ("Adresse",)),
    ("recipient.postal_place", ("Postnummer, sted", "Postnummer og sted", "Postnr./sted")),
    ("recipient.phone", ("Telefon", "Tlf", "Tlf.")),
    ("recipient.email", ("e-post", "E-post", "Epost")),
)
KIN = (
    ("next_of_kin.name", ("Navn",)),
    ("next_of_kin.phone", ("Telefon", "Tlf")),
    ("next_of_kin.relation", ("Relasjon",)),
)
OTHERS = (
    ("gp.name", ("Fastlege",)),
    ("gp.office", ("Legekontor",)),
    ("guardian.name", ("Verge",)),
)


def shown(filling: Filling, key: str) -> Entry:
    """What stands at a printed place: the due date is written where the birth date should be."""
    if key == "recipient.birth_date" and filling.entries["recipient.due_date"].written:
        return filling.entries["recipient.due_date"]
    return filling.entries[key]


def need_notification(drawn: Style, filling: Filling) -> list[Block]:
    rng = drawn.rng
    blocks: list[Block] = []
    if rng.random() < 0.7:
        blocks.append(words("Vedlegg 1 Prosedyre koordinator/IP/ansvarsgruppe"))
        blocks.append(
            Para(
                pieces=(
                    Print(text="Til: Koordinerende enhet"),
                    Tab(),
                    Tab(),
                    Print(text="Unntatt offentlighet: Offl. 13.1., fvl.13.1."),
                )
            )
        )
    blocks.append(drawn.title(TITLE))
    blocks += requested(drawn, filling)
    blocks += reported(drawn, filling)
    sections = (
        ("Opplysninger om tjenestemottaker", PERSON),
        ("Kontaktinformasjon til nærmeste pårørende", KIN),
        ("", OTHERS),
    )
    rows: list[tuple[Cell, ...]] = []
    for title, fields in sections:
        if drawn.mode != "table":
            blocks += [heading(title)] if title else [Para()]
            for key, names in fields:
                blocks += field_paras(drawn, drawn.label(*names), written(key, shown(filling, key)))
            continue
        if title:
            rows.append((cell(Print(text=title, bold=True), span=2, shade=rng.random() < 0.5),))
        rows += [
            field_cells(drawn, drawn.label(*names), written(key, shown(filling, key)))
            for key, names in fields
        ]
        if not drawn.one_table:
            blocks += [Table(rows=tuple(rows), widths=split(drawn)), Para()]
            rows = []
    if rows:
        drawn.note("one table for three sections")
        blocks += [Table(rows=tuple(rows), widths=split(drawn)), Para()]
    blocks += services(drawn, filling)
    blocks += needs(drawn, filling)
    blocks.append(PageBreak())
    blocks += page_two(drawn, filling)
    return blocks


def split(drawn: Style) -> tuple[float, float]:
    share = drawn.rng.uniform(0.3, 0.48)
    return (share, 1 - share)


def requested(drawn: Style, filling: Filling) -> list[Block]:
    question = drawn.rng.choice(
        ("Hva melder du behov for? Sett kryss.", "Hva melder du behov for? Sett kryss.")
    )
    ticks = [(Tick(field=key, on=filling.truth[key], bare=True), label) for key, label in ASKED]
    other = filling.entries["requested.other"]
    if drawn.mode == "table" and drawn.rng.random() < 0.75:
        rows = [(cell(Print(text=question, bold=True), span=4),)]
        for left, right in ((0, 1), (2, 3)):
            row: list[Cell] = []
            for tick, label in (ticks[left], ticks[right]):
                row += [cell(*drawn.broken(label)), cell(tick)]
            rows.append(tuple(row))
        rows.append((cell(Print(text="Annet: "), written("requested.other", other), span=4),))
        return [Table(rows=tuple(rows), widths=(0.38, 0.12, 0.38, 0.12)), Para()]
    drawn.note("requested as boxes in running lines")
    first = drawn.box_first
    blocks: list[Block] = [words(question, bold=True)]
    for tick, label in ticks:
        box = Tick(field=tick.field, on=tick.on)
        pieces = (box, Print(text=f" {label}")) if first else (Print(text=f"{label} "), box)
        blocks.append(Para(pieces=pieces))
    rule = drawn.rng.choice((0, 30))
    blocks.append(Para(pieces=(Print(text="Annet: "), written("requested.other", other, rule=rule)), after=8))
    return blocks


def reported(drawn: Style, filling: Filling) -> list[Block]:
    by = written("reported_by", filling.entries["reported_by"])
    date = written("date", filling.entries["date"])
    if drawn.mode != "table":
        return [
            *field_paras(drawn, drawn.label("Meldt av"), by),
            *field_paras(drawn, drawn.label("Dato"), date),
        ]
    if drawn.place == "next":
        row = (
            *field_cells(drawn, drawn.label("Meldt av"), by),
            *field_cells(drawn, drawn.label("Dato"), date),
        )
        return [Table(rows=(row,), widths=(0.18, 0.4, 0.12, 0.3)), Para()]
    row = (
        cell(Print(text="Meldt av: "), by),
        cell(Print(text=drawn.label("Dato", colon=True).rstrip() + " "), date),
    )
    return [Table(rows=(row,), widths=(0.62, 0.38)), Para()]


def services(drawn: Style, filling: Filling) -> list[Block]:
    rows = [
        (
            cell(Print(text="Hjelpetiltak og tjenester", bold=True)),
            cell(Print(text="Kontaktperson", bold=True)),
        )
    ]
    numbers = drawn.rng.random() < 0.75
    for number, row in enumerate(filling.entries["services"].rows, start=1):
        service = written(f"services.{number}.service", row.get("service", Entry()))
        contact = written(f"services.{number}.contact", row.get("contact", Entry()))
        prefix = (Print(text=f"{number}. "),) if numbers else ()
        rows.append((cell(*prefix, service), cell(contact)))
    if drawn.rng.random() < 0.2:
        drawn.note("extra empty service rows")
        rows += [
            (cell(Print(text=f"{number}. ") if numbers else Print(text="")), cell(Print(text="")))
            for number in (5, 6)
        ]
    borders = drawn.borders if drawn.borders != "none" else "rows"
    return [Table(rows=tuple(rows), widths=(0.58, 0.42), borders=borders), Para()]


def needs(drawn: Style, filling: Filling) -> list[Block]:
    entry = filling.entries["needs"]
    label = "Beskrivelse av behov for hjelp og koordinering:"
    proposed = drawn.label("Eventuelt foreslått koordinator", colon=True)
    name = written("proposed_coordinator", filling.entries["proposed_coordinator"])
    text = written("needs", entry, tall=6)
    if drawn.mode == "table":
        between = (Newline(),) if drawn.rng.random() < 0.5 and len(entry.written) < 2 else ()
        first = (
            cell(Print(text=label), *between, text)
            if between
            else Cell(
                paras=(words(label), Para(pieces=(text,)), *(() if entry.written else (Para(), Para())))
            )
        )
        second = cell(Print(text=proposed.rstrip() + " "), name)
        return [Table(rows=((first,), (second,)), widths=(1.0,))]
    return [words(label, bold=True), Para(pieces=(text,), after=10), *field_paras(drawn, proposed, name)]


def page_two(drawn: Style, filling: Filling) -> list[Block]:
    blocks: list[Block] = [heading(f"Side 2 {TITLE}")]
    consent = Cell(paras=(words("Samtykke", bold=True), *(words(text) for text in CONSENT)))
    static = Table(
        rows=(
            (cell(Print(text="Informasjon om saksgang", bold=True)),),
            (cell(Print(text=INFORMATION)),),
            (consent,),
        ),
        widths=(1.0,),
    )
    blocks += [static, Para()]
    oral = oral_consent(drawn, filling)
    signatures = [signature_line(drawn, filling, number) for number in (0, 1)]
    if drawn.rng.random() < 0.5:
        blocks += [*signatures[0], Para(), *oral, Para(), *signatures[1]]
    else:
        blocks += [*signatures[0], *signatures[1], Para(), *oral]
    if drawn.rng.random() < 0.7:
        columns = (
            cell(Print(text="Barnekoordinator", bold=True)),
            cell(Print(text="Koordinator", bold=True)),
        )
        table = Table(
            rows=(columns, (cell(Print(text=CONDITIONS[0])), cell(Print(text=CONDITIONS[1])))),
            widths=(0.5, 0.5),
        )
        blocks += [
            Para(),
            words(
                "Vilkår for rett til barnekoordinator og alminnelig koordinator – likheter og forskjeller:"
            ),
            table,
        ]
        blocks.append(words("Tjenestemottaker eller pårørende kan sende melding via HelsaMi."))
    return blocks


def signature_line(drawn: Style, filling: Filling, number: int) -> list[Block]:
    row = filling.entries["consent.signatures"].rows[number]
    place = row["place"].written[0] if row else ""
    date = row["date"].written[0] if row else ""
    joint = drawn.rng.choice((", ", " ", ", den "))
    where = (f"{place}{joint}{date}",) if row else ()
    mark = row["signed"].mark if row else "none"
    typed = row["name"].written if row else ()
    key = f"consent.signatures.{number}"
    below = drawn.rng.random() < 0.5
    left = Written(field=f"{key}.place_date", lines=where, rule=0 if below else 22, single=True)
    right = Sign(field=f"{key}.name", mark=mark, lines=typed, rule=0 if below else 24)
    labels = ("Sted og dato:", "Navn:")
    if not below:
        cells = (cell(Print(text=labels[0] + " "), left), cell(Print(text=labels[1] + " "), right))
        return [Table(rows=(cells,), widths=(0.5, 0.5), borders="none"), Para()]
    drawn.note("signature lines below their labels")
    left, right = (
        Written(field=left.field, lines=left.lines, rule=24, single=True),
        Sign(field=right.field, mark=mark, lines=typed, rule=26),
    )
    rows = ((cell(Print(text=labels[0])), cell(Print(text=labels[1]))), (cell(left), cell(right)))
    return [Table(rows=rows, widths=(0.5, 0.5), borders="none"), Para()]


def oral_consent(drawn: Style, filling: Filling) -> list[Block]:
    entries = filling.entries
    text = (
        "Der informert samtykke er innhentet muntlig av en tjeneste, kan melding sendes når "
        "tjenesteutøver signerer:"
    )
    sign = entries["oral_consent.signed"]
    service = (Print(text="Tjeneste: "), written("oral_consent.service", entries["oral_consent.service"]))
    contact = (
        Print(text="Epost/telefon: "),
        written("oral_consent.contact", entries["oral_consent.contact"]),
    )
    rows = (
        (cell(Print(text=text), span=2),),
        (
            cell(Print(text="Dato: "), written("oral_consent.date", entries["oral_consent.date"])),
            Cell(paras=(Para(pieces=service), Para(pieces=contact))),
        ),
        (
            cell(
                Print(text="Tjenesteutøvers signatur: "),
                Sign(field="oral_consent.signed", mark=sign.mark, lines=sign.written, rule=0),
                span=2,
            ),
        ),
    )
    return [Table(rows=rows, widths=(0.4, 0.6), borders="all" if drawn.borders == "none" else None)]
