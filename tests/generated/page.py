"""A filled form as blocks that every carrier can draw, and the style of one document."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Literal

from tests.generated.written import Entry, Signature

Borders = Literal["all", "rows", "none", "outer"]
FillMark = Literal["none", "over", "after"]


@dataclass(frozen=True, kw_only=True)
class Print:
    """Words printed on the blank."""

    text: str
    bold: bool = False


@dataclass(frozen=True, kw_only=True)
class Written:
    """What the person wrote at a field, perhaps nothing."""

    field: str
    lines: tuple[str, ...]
    rule: int = 0
    """Length in characters of the printed line to write on; 0: none."""
    single: bool = False
    """Must stay on one line, because its neighbours are read along with it."""
    tall: int = 1


@dataclass(frozen=True, kw_only=True)
class Tick:
    field: str
    on: bool
    bare: bool = False
    """In a cell of its own, where a blank may print no box."""
    group: str = ""
    """Ticks of one group exclude each other; a fillable form may make them a radio group."""


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A line to sign on; a typed name there is `Written`."""

    field: str
    mark: Signature
    lines: tuple[str, ...] = ()
    rule: int = 24


@dataclass(frozen=True, kw_only=True)
class Newline:
    """A line break in the paragraph."""


@dataclass(frozen=True, kw_only=True)
class Tab:
    """To the next tab stop."""


Piece = Print | Written | Tick | Sign | Newline | Tab


@dataclass(frozen=True, kw_only=True)
class Para:
    pieces: tuple[Piece, ...] = ()
    scale: float = 1.0
    after: float = 2.0
    keep: bool = False
    """Stays on the page of the next block."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    paras: tuple[Para, ...]
    span: int = 1
    shade: bool = False
    merge: Literal["", "start", "middle", "end"] = ""
    """Its part of a cell that is merged over several rows."""


@dataclass(frozen=True, kw_only=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    borders: Borders | None = None


@dataclass(frozen=True, kw_only=True)
class PageBreak:
    """The next block begins a page."""


Block = Para | Table | PageBreak


@dataclass(kw_only=True)
class Style:
    """How one blank was made and how one person fills it in."""

    rng: Random
    font: str
    size: float
    borders: Borders
    colon: str
    case: str
    place: str
    mode: str
    box_first: bool
    boxes: bool
    pad: float
    synonyms: bool
    one_table: bool
    fill: FillMark
    header: str
    footer: str
    capital_title: bool = False
    broken_labels: bool = False
    """Some labels are broken over two lines."""
    exclusive: bool = True
    """Yes and no are never both ticked, so that a fillable form may have radio buttons."""
    notes: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def label(self, words: str, *others: str, colon: bool | None = None) -> str:
        """The label as this blank prints it."""
        text = self.rng.choice(others) if others and self.synonyms and self.rng.random() < 0.6 else words
        if self.case == "upper":
            text = text.upper()
        elif self.case == "lower-first" and text[1:2].islower():
            text = text[0].lower() + text[1:]
        ends = self.colon == "always" or (self.colon == "mixed" and self.rng.random() < 0.5)
        if (ends if colon is None else colon) and not text.endswith((":", "?")):
            text += ":"
        if self.rng.random() < 0.04:
            text = text.replace(" ", "  ")
        return text + (" " if self.rng.random() < 0.3 else "")

    def title(self, text: str) -> Para:
        """The form's heading."""
        return heading(text.upper() if self.capital_title else text)

    def broken(self, text: str) -> tuple[Print | Newline, ...]:
        """A label that this blank may break: at its first space, or in a long compound."""
        if not self.broken_labels or self.rng.random() < 0.4:
            return (Print(text=text),)
        for whole, head in (("Barnekoordinator", "Barne-"), ("Fødselsdato", "Fødsels-")):
            if text.startswith(whole):
                return (Print(text=head), Newline(), Print(text=text[len(head) - 1 :]))
        head, _, rest = text.strip().partition(" ")
        return (Print(text=head), Newline(), Print(text=rest)) if rest else (Print(text=text),)


def style(rng: Random) -> Style:
    drawn = Style(
        rng=rng,
        font=rng.choice(
            (
                "Liberation Sans",
                "Liberation Serif",
                "Liberation Sans",
                "DejaVu Sans",
                "DejaVu Serif",
                "Liberation Mono",
            )
        ),
        size=rng.choice((8, 9, 9.5, 10, 10, 11, 11, 12)),
        borders=rng.choice(("all", "all", "all", "rows", "outer", "none")),
        colon=rng.choice(("always", "never", "mixed")),
        case=rng.choice(("as", "as", "as", "as", "upper", "lower-first")),
        place=rng.choice(("next", "next", "next", "same", "newline")),
        mode=rng.choice(("table", "table", "table", "para-rule", "para-tab", "para-below")),
        box_first=rng.random() < 0.6,
        boxes=rng.random() < 0.6,
        pad=rng.choice((1.5, 2, 3, 5, 8)),
        synonyms=rng.random() < 0.25,
        one_table=rng.random() < 0.2,
        fill=rng.choice(("none", "over", "after")),
        header=rng.choice(
            ("", "", "Prosedyre koordinator/IP/ansvarsgruppe", "Koordinerende enhet – unntatt offentlighet")
        ),
        footer=rng.choice(
            ("", "", "Revidert 02.02.2024", "Utskrift av 11.06.2025 – Telefon sentralbord 72 00 00 00")
        ),
    )
    drawn.capital_title = rng.random() < 0.12
    drawn.broken_labels = rng.random() < 0.15
    drawn.notes = [
        f"{drawn.font} {drawn.size}",
        drawn.mode,
        drawn.borders,
        f"place={drawn.place}",
        f"case={drawn.case}",
    ]
    return drawn


def words(text: str, *, bold: bool = False) -> Para:
    return Para(pieces=(Print(text=text, bold=bold),))


def heading(text: str) -> Para:
    return Para(pieces=(Print(text=text, bold=True),), scale=1.25, after=6)


def cell(*pieces: Piece, span: int = 1, shade: bool = False) -> Cell:
    return Cell(paras=(Para(pieces=pieces),), span=span, shade=shade)


def written(key: str, entry: Entry, *, rule: int = 0, single: bool = False, tall: int = 1) -> Written:
    return Written(field=key, lines=entry.written, rule=rule, single=single, tall=tall)


def field_cells(drawn: Style, label: str, piece: Piece, *, span: int = 2) -> tuple[Cell, ...]:
    """A label and its value in `span` columns: two cells, or one with the value behind or below the label."""
    bold = drawn.borders == "none"
    if drawn.place == "next":
        head = (Print(text=label, bold=True),) if bold else drawn.broken(label)
        return (cell(*head), cell(piece, span=span - 1))
    if drawn.place == "same":
        return (cell(Print(text=label.rstrip() + " ", bold=True), piece, span=span),)
    between = Newline() if drawn.rng.random() < 0.5 else None
    if between:
        return (cell(Print(text=label, bold=bold), between, piece, span=span),)
    return (Cell(paras=(words(label, bold=bold), Para(pieces=(piece,))), span=span),)


def field_paras(drawn: Style, label: str, piece: Piece) -> list[Para]:
    """A label and its value without a table."""
    if drawn.mode == "para-below":
        head = Para(pieces=(Print(text=label, bold=True),), keep=True)
        return [head, Para(pieces=(piece,), after=8)]
    if drawn.mode == "para-tab":
        return [
            Para(
                pieces=(
                    Print(text=label.rstrip() + ("" if label.rstrip().endswith((":", "?")) else ":")),
                    Tab(),
                    piece,
                ),
                after=5,
            )
        ]
    if isinstance(piece, Written):
        piece = Written(field=piece.field, lines=piece.lines, rule=drawn.rng.randint(18, 40))
    return [Para(pieces=(Print(text=label.rstrip() + " "), piece), after=6)]
