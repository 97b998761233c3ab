"""Lays out `needs-checklist`, `stakeholder-map` and `group-consent`."""

from __future__ import annotations

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
    Written,
    cell,
    heading,
    words,
    written,
)
from tests.generated.printed import AXES, CHECKLIST, CONSENTS, INSTRUCTIONS, QUADRANTS
from tests.generated.written import BOTH, Entry, Filling

PLAN = (
    ("plan.entitled", "Rett på individuell plan"),
    ("plan.wanted", "Ønsker individuell plan"),
    ("plan.consented", "Samtykke om individuell"),
)


def instructions() -> list[Block]:
    blocks: list[Block] = [
        words("Vedlegg 6, side 1"),
        words("Prosedyre koordinator/IP/ansvarsgruppe"),
        heading("Vurdering av behov for samordning, koordinator, barnekoordinator og individuell plan"),
        *(words(f"· {text}") for text in INSTRUCTIONS),
        words("Samordningsplikt", bold=True),
        words(
            "Samordningsplikten lovfester et ansvar for kommunen til å sørge for at den "
            "enkelte får et samordnet tjenestetilbud."
        ),
        words("Barnekoordinator", bold=True),
        words(
            "Familier som har eller venter barn med alvorlig sykdom, skade eller nedsatt "
            "funksjonsevne, har rett til barnekoordinator."
        ),
        Para(),
    ]
    return blocks


def ruled(drawn: Style) -> Borders:
    """A table of ticks is unreadable without lines."""
    return drawn.borders if drawn.borders in ("all", "rows") else "all"


def needs_checklist(drawn: Style, filling: Filling) -> list[Block]:
    blocks: list[Block] = []
    if drawn.rng.random() < 0.3:
        drawn.note("instructions in front")
        blocks += instructions()
    blocks.append(
        drawn.title("«Din sjekkliste» for vurdering av rett til samordning, koordinator og individuell plan")
    )
    hyphen: tuple[Piece, ...] = (
        Print(text="Barne-", bold=True),
        Newline(),
        Print(text="koordinator", bold=True),
    )
    child = hyphen if drawn.rng.random() < 0.6 else (Print(text="Barnekoordinator", bold=True),)
    head = (cell(Print(text="")), cell(Print(text="Samordning", bold=True), span=2), cell(*child, span=2))
    rows: list[tuple[Cell, ...]] = [
        (*head, cell(Print(text="Koordinator", bold=True), span=2)),
        (cell(Print(text="")), *(cell(Print(text=word)) for _ in range(3) for word in ("JA", "NEI"))),
        band("BEHOV FOR SAMORDNA TJENESTER", "Velferdstjenester – Samarbeidsplikt – Samordningsplikt"),
    ]
    merged = drawn.rng.random() < 0.6
    drawn.note("checklist merged cells" if merged else "checklist unmerged cells")
    lines = filling.entries["items"].rows
    for number, row in enumerate(lines):
        words_, axes, bullet = CHECKLIST[number] if number < len(CHECKLIST) else ("", "cbk", False)
        if words_ == "Har alvorlig sykdom, skade eller nedsatt funksjonsevne":
            rows.append(band("BARNEKOORDINATOR / KOORDINATOR", ""))
        rows.append(
            (
                item_cell(drawn, filling, number, row, words_, bullet),
                *tick_cells(number, row, axes if merged else "cbk"),
            )
        )
    blocks.append(Table(rows=tuple(rows), widths=(0.4, *[0.1] * 6), borders=ruled(drawn)))
    blocks.append(Para())
    plan: list[tuple[Cell, ...]] = [
        tuple(cell(Print(text=text, bold=True)) for text in ("", "JA", "NEI", "Kommentar"))
    ]
    plan.append(tuple(cell(Print(text=text, bold=True)) for text in ("INDIVIDUELL PLAN", "", "", "")))
    for key, text in PLAN:
        value = filling.truth[key]
        label = text + (" plan" if key == "plan.consented" and drawn.rng.random() < 0.3 else "")
        yes, no = (
            cell(
                Tick(
                    field=f"{key}.{word}",
                    on=value is want or filling.entries[key] == BOTH,
                    bare=True,
                    group=key,
                )
            )
            for word, want in (("ja", True), ("nei", False))
        )
        plan.append(
            (cell(Print(text=label)), yes, no, cell(written(f"{key}_note", filling.entries[f"{key}_note"])))
        )
    blocks.append(Table(rows=tuple(plan), widths=(0.4, 0.1, 0.1, 0.4), borders=ruled(drawn)))
    return blocks


def band(first: str, second: str) -> tuple[Cell, ...]:
    paras = (words(first, bold=True), words(second)) if second else (words(first, bold=True),)
    return (
        Cell(paras=paras, shade=True),
        cell(Print(text=""), span=2),
        cell(Print(text=""), span=2),
        cell(Print(text=""), span=2),
    )


def item_cell(
    drawn: Style, filling: Filling, number: int, row: dict[str, Entry], text: str, bullet: bool
) -> Cell:
    if not text:
        return cell(written(f"items.{number}.item", row["item"]))
    label = ("· " if bullet else "") + text
    own = {"Andre:": "items_other", "Annet?": "items_annet"}.get(text)
    if own:
        return cell(Print(text=label + " "), written(own, filling.entries[own]))
    return cell(Print(text=label))


def tick_cells(number: int, row: dict[str, Entry], axes: str) -> list[Cell]:
    cells: list[Cell] = []
    for letter, axis in AXES.items():
        if letter not in axes:
            cells.append(cell(Print(text=""), span=2, shade=True))
            continue
        key = f"items.{number}.{axis}"
        for word, want in (("ja", True), ("nei", False)):
            cells.append(cell(Tick(field=f"{key}.{word}", on=row[axis].value is want, bare=True, group=key)))
    return cells


def stakeholder_map(drawn: Style, filling: Filling) -> list[Block]:
    blocks: list[Block] = [drawn.title("Aktørkart barn og unge")]
    blocks.append(words("Utfylt skjema: Unntatt offentlighet offl. §13.1. jf. fvl. §13.1."))
    beside = drawn.rng.random() < 0.3
    if beside:
        drawn.note("map text beside its prompts")
    quadrants = [quadrant(drawn, filling, key, beside) for key in QUADRANTS]
    if drawn.mode == "table" or drawn.rng.random() < 0.4:
        grid = tuple(tuple(Cell(paras=tuple(quadrants[at])) for at in pair) for pair in ((0, 1), (2, 3)))
        return [
            *blocks,
            Table(rows=grid, widths=(0.5, 0.5), borders="all" if drawn.borders != "outer" else None),
        ]
    for paras in quadrants:
        blocks += [Para(after=8), *paras]
    return blocks


def quadrant(drawn: Style, filling: Filling, key: str, beside: bool) -> list[Para]:
    title, prompts = QUADRANTS[key]
    entry = filling.entries[key]
    bullet = drawn.rng.choice(("· ", "• ", "- "))
    paras = [Para(pieces=(Print(text=drawn.label(title, colon=False).rstrip(), bold=True),), after=4)]
    if beside and entry.written and len(entry.written) <= len(prompts):
        at = sorted(drawn.rng.sample(range(len(prompts)), len(entry.written)))
        said = dict(zip(at, entry.written, strict=True))
        for number, prompt in enumerate(prompts):
            pieces: tuple[Piece, ...] = (Print(text=f"{bullet}{prompt}"),)
            if number in said:
                value = Written(field=f"{key}.{number}", lines=(said[number],))
                pieces = (Print(text=f"{bullet}{prompt}: "), value)
            paras.append(Para(pieces=pieces))
        return paras
    paras += [words(f"{bullet}{prompt}") for prompt in prompts]
    paras.append(Para(pieces=(written(key, entry, tall=4),), after=10))
    return paras


def group_consent(drawn: Style, filling: Filling) -> list[Block]:
    rng = drawn.rng
    entries = filling.entries
    subject = written("subject", entries["subject"], rule=rng.randint(24, 36))
    blocks: list[Block] = [
        drawn.title("SAMTYKKEERKLÆRING FOR OPPRETTELSE AV ANSVARSGRUPPE"),
        Para(),
        Para(pieces=(Print(text="Gjelder ansvarsgruppe for: "), subject), after=14),
    ]
    if drawn.mode == "table" and rng.random() < 0.4:
        drawn.note("consent boxes in a table")
        rows = []
        for key, text in CONSENTS:
            pair = (cell(Tick(field=key, on=filling.truth[key], bare=True)), cell(Print(text=text)))
            rows.append(pair if drawn.box_first else pair[::-1])
        widths = (0.08, 0.92) if drawn.box_first else (0.92, 0.08)
        blocks += [Table(rows=tuple(rows), widths=widths, borders="all"), Para()]
    else:
        for key, text in CONSENTS:
            tick = Tick(field=key, on=filling.truth[key])
            pieces: tuple[Piece, ...] = (
                (tick, Print(text=f" {text}")) if drawn.box_first else (Print(text=f"{text} "), tick)
            )
            blocks.append(Para(pieces=pieces, after=7))
    texts = [*entries["place"].written, *entries["date"].written]
    joint = rng.choice((", ", " ", ", den ")) if len(texts) == 2 else ""
    where = (joint.join(texts),) if texts else ()
    mark = entries["signed"]
    left = Written(field="place_date", lines=where, rule=24, single=True)
    right = Sign(field="signed", mark=mark.mark, lines=mark.written, rule=22)
    shape = rng.choice(("line", "two", "below"))
    drawn.note(f"signature {shape}")
    if shape == "line":
        cells = (cell(Print(text="Sted og dato: "), left), cell(Print(text="Underskrift: "), right))
        blocks += [Para(), Table(rows=(cells,), widths=(0.52, 0.48), borders="none")]
    elif shape == "two":
        blocks += [
            Para(),
            Para(pieces=(Print(text="Sted og dato: "), left), after=14),
            Para(pieces=(Print(text="Underskrift: "), right)),
        ]
    else:
        cells = (cell(left), cell(right))
        labels = (cell(Print(text="Sted og dato")), cell(Print(text="Underskrift")))
        order = (cells, labels) if rng.random() < 0.5 else (labels, cells)
        drawn.note("labels under the lines" if order[0] is cells else "labels over the lines")
        blocks += [Para(), Table(rows=order, widths=(0.52, 0.48), borders="none")]
    return blocks
