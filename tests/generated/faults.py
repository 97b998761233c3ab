"""Unusual but valid input, each with what may and may not come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from tests.generated.draw import EMOJI, LAYOUTS, SUFFIXES, generate, put
from tests.generated.page import (
    Block,
    Cell,
    PageBreak,
    Para,
    Print,
    Table,
    cell,
    field_cells,
    heading,
    style,
    words,
    written,
)
from tests.generated.people import Draw
from tests.generated.truth import fill
from tests.generated.written import BOTH, Entry, Filled, Filling


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One file and what an extraction of it must hold to."""

    name: str
    path: Path
    forms: tuple[Filled, ...]
    """The forms in the file in page order; none: nothing but `form: null` may come out."""
    review: frozenset[str] = frozenset()
    """Fields that must not be accepted with any value: what is written there isn't possible."""
    problems: frozenset[str] = frozenset()
    """Fields of which some problem must name at least one; empty: no demand."""
    lenient: bool = False
    """A changed blank: fields may go to review, the form may be unknown; nothing wrong may be accepted."""


def altered(
    name: str, form: str, alter: Callable[[Filling], None], *, carrier: str, seed: int, folder: Path
) -> Fault:
    filled = generate(form, carrier, seed, folder, alter=alter, name=name)
    problems = frozenset(PROBLEMS.get(name, ()))
    return Fault(
        name=name,
        path=filled.path,
        forms=(filled,),
        review=frozenset(REVIEW.get(name, ())),
        problems=problems,
    )


def write(key: str, text: str, value: object = None) -> Callable[[Filling], None]:
    """An alteration: `text` stands at `key`."""

    def alter(filling: Filling) -> None:
        filling.entries[key] = Entry(written=(text,), value=value)
        if key == "recipient.birth_date" and "recipient.due_date" in filling.entries:
            filling.entries["recipient.due_date"] = Entry()

    return alter


def two_kinds(filling: Filling) -> None:
    for kind in ("dissolution", "annual"):
        filling.entries[f"kind.{kind}"] = Entry(value=True)
    filling.entries["kind.change"] = Entry(value=False)


def yes_and_no(filling: Filling) -> None:
    filling.entries["plan.exists"] = BOTH


ALTERED: dict[str, tuple[str, Callable[[Filling], None]]] = {
    "two-kinds": ("group-report", two_kinds),
    "yes-and-no": ("group-report", yes_and_no),
    "born-in-future": ("need-notification", write("recipient.birth_date", "12.05.2041", "2041-05-12")),
    "no-such-month": ("need-notification", write("recipient.birth_date", "3.13.2014")),
    "no-such-day": ("group-report", write("recipient.birth_date", "31.02.2011")),
    "seven-digits": ("need-notification", write("recipient.phone", "90 12 34 5")),
    "town-disagrees": ("need-notification", write("recipient.postal_place", "7130 Kautokeino")),
    "no-such-postcode": ("need-notification", write("recipient.postal_place", "1234 Brekstad")),
    "broken-email": ("need-notification", write("recipient.email", "kari.moen(at)example.no")),
}
REVIEW = {
    "no-such-month": ("recipient.birth_date",),
    "no-such-day": ("recipient.birth_date",),
    "seven-digits": ("recipient.phone",),
    "town-disagrees": ("recipient.postal_place",),
    "no-such-postcode": ("recipient.postal_place",),
    "broken-email": ("recipient.email",),
}
PROBLEMS = {
    "two-kinds": ("kind.dissolution", "kind.change", "kind.annual"),
    "yes-and-no": ("plan.exists",),
    "born-in-future": ("recipient.birth_date",),
}


def contradicted(name: str, *, carrier: str, seed: int, folder: Path) -> Fault:
    """Check boxes that look ticked and say they aren't: whatever the carrier asked for, a fillable PDF."""
    keys = [f"consents.{key}" for key in ("establish", "share", "register", "voluntary")]

    def all_ticked(filling: Filling) -> None:
        filling.entries |= {key: Entry(value=True) for key in keys}

    filled = generate("group-consent", "pdf-fields", seed, folder, alter=all_ticked, name=f"{name}-{carrier}")
    writer = PdfWriter(clone_from=PdfReader(filled.path))
    for page in writer.pages:
        for reference in page["/Annots"]:
            widget = reference.get_object()
            if widget.get("/FT") == "/Btn":
                widget[NameObject("/V")] = NameObject("/Off")
    writer.write(filled.path)
    return Fault(name=name, path=filled.path, forms=(filled,), review=frozenset(keys))


def several(name: str, forms: tuple[str, ...], *, carrier: str, seed: int, folder: Path) -> Fault:
    """A stack: several forms in one file, each on its own pages."""
    rng = Random(f"{name}/{carrier}/{seed}")
    drawn = style(rng)
    blocks: list[Block] = []
    fillings = []
    for form in forms:
        filling = fill(form, rng, emoji=EMOJI[carrier])
        blocks += [*([PageBreak()] if blocks else []), *LAYOUTS[form](drawn, filling)]
        fillings.append(filling)
    path = folder / f"{name}-{carrier}-{seed:04}{SUFFIXES[carrier]}"
    put(blocks, drawn, rng, carrier, path)
    filled = tuple(
        Filled(
            path=path,
            form=item.form,
            carrier=carrier,
            seed=seed,
            truth=item.truth,
            problems=item.problems,
            notes=drawn.notes,
        )
        for item in fillings
    )
    return Fault(name=name, path=path, forms=filled)


def unknown(name: str, *, carrier: str, seed: int, folder: Path) -> Fault:
    """Another of the municipality's forms, with labels that a known form has too."""
    rng = Random(f"{name}/{carrier}/{seed}")
    drawn, draw = style(rng), Draw(rng=rng)
    answers = {
        "Navn": draw.person(),
        "Fødselsdato": draw.birth(),
        "Adresse": draw.address(),
        "Postnummer, sted": draw.place(),
        "Telefon": draw.phone(),
        "Foresatt": draw.person(),
        "Ønsket skole": Entry(written=("Opphaug skole",)),
        "Dato": draw.date(),
    }
    rows = tuple(
        field_cells(drawn, drawn.label(label), written(label, entry)) for label, entry in answers.items()
    )
    blocks: list[Block] = [
        heading("Søknad om redusert foreldrebetaling i barnehage og SFO"),
        words("Koordinerende enhet behandler ikke denne søknaden."),
        Table(rows=rows, widths=(0.35, 0.65)),
        Para(),
        words("Søknaden gjelder Individuell plan: nei. Koordinator ved oppvekstkontoret svarer på spørsmål."),
    ]
    path = folder / f"{name}-{carrier}-{seed:04}{SUFFIXES[carrier]}"
    put(blocks, drawn, rng, carrier, path)
    return Fault(name=name, path=path, forms=())


def newer(name: str, *, carrier: str, seed: int, folder: Path) -> Fault:
    """A later print run of `group-report`: columns change places, a table moves, labels are renamed."""
    rng = Random(f"{name}/{carrier}/{seed}")
    drawn = style(rng)
    drawn.mode = "table"
    filling = fill("group-report", rng, emoji="")
    blocks = LAYOUTS["group-report"](drawn, filling)
    moved = [revised(block) for block in blocks]
    plan = place_of(moved, "individuell plan")
    people = place_of(moved, "DELTAKERE/ROLLER")
    moved[plan], moved[people] = moved[people], moved[plan]
    path = folder / f"{name}-{carrier}-{seed:04}{SUFFIXES[carrier]}"
    put(moved, drawn, rng, carrier, path)
    filled = Filled(
        path=path, form="group-report", carrier=carrier, seed=seed, truth=filling.truth, notes=drawn.notes
    )
    return Fault(name=name, path=path, forms=(filled,), lenient=True)


def place_of(blocks: list[Block], text: str) -> int:
    """Where the table is whose first cell says `text`."""
    return next(
        at for at, block in enumerate(blocks) if isinstance(block, Table) and text in first_words(block)
    )


def first_words(table: Table) -> str:
    pieces = [piece for para in table.rows[0][0].paras for piece in para.pieces]
    return "".join(piece.text for piece in pieces if isinstance(piece, Print))


def revised(block: Block) -> Block:
    """The participants' service before their name, and no before yes, with the headings going along."""
    if not isinstance(block, Table):
        return block
    if "DELTAKERE/ROLLER" in first_words(block) or "Opplysninger om individuell plan" in first_words(block):
        rows = tuple((row[0], row[2], row[1], row[3]) if len(row) == 4 else row for row in block.rows)
        renamed = tuple(
            cell(Print(text="Telefon/e-post", bold=True)) if text_of(item) == "KONTAKTINFORMASJON" else item
            for item in rows[0]
        )
        return replace(block, rows=(renamed, *rows[1:]))
    return block


def text_of(item: Cell) -> str:
    return "".join(piece.text for para in item.paras for piece in para.pieces if isinstance(piece, Print))


MAKERS: dict[str, Callable[..., Fault]] = {
    **{name: partial(altered, name, form, alter) for name, (form, alter) in ALTERED.items()},
    "stack-of-three": partial(
        several, "stack-of-three", ("need-notification", "needs-checklist", "stakeholder-map")
    ),
    "stack-with-consent": partial(several, "stack-with-consent", ("need-notification", "group-consent")),
    "two-reports": partial(several, "two-reports", ("group-report", "group-report")),
    "unknown-form": partial(unknown, "unknown-form"),
    "box-contradicts": partial(contradicted, "box-contradicts"),
    "newer-version": partial(newer, "newer-version"),
}


def faults(carrier: str, seed: int, folder: Path) -> list[Fault]:
    """One of each."""
    return [make(carrier=carrier, seed=seed, folder=folder) for make in MAKERS.values()]
