"""Layouts that strangers' programs make and our generator never drew: drawn with plain lines, printed, cut by a page's end."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from reportlab.pdfgen import canvas

from pipeline.domain import Box, FieldStatus, Submission
from pipeline.extraction._atoms import Atom, AtomKind, keyed
from pipeline.extraction._stacks import split_stack
from pipeline.reading import read
from tests.unit.laying import read_all, table
from tests.unit.test_stranger_forms import notification

TITLE = "Melding om behov for IP/koordinator/barnekoordinator/ansvarsgruppe"
VALUES = {"name": "Åse Sæther", "birth_date": "3.11.2014", "address": "Torget 1", "phone": "90000001"}
LABELS = {"name": "Navn", "birth_date": "Fødselsdato", "address": "Adresse", "phone": "Telefon"}
READ = ["Åse Sæther", "2014-11-03", "Torget 1", "+4790000001"]


class Paper:
    """A page drawn from the top down, in points."""

    def __init__(self, path: Path) -> None:
        self.path, self.canvas, self.y = path, canvas.Canvas(str(path), pagesize=(595, 842)), 50.0

    def print(self, text: str, x: float = 50, *, down: float = 0, size: float = 10) -> None:
        self.canvas.setFont("Helvetica", size)
        self.canvas.drawString(x, 842 - self.y, text)
        self.y += down

    def rect(self, x: float, wide: float, high: float, *, rise: float = 12) -> None:
        self.canvas.rect(x, 842 - self.y + rise - high, wide, high)

    def head(self) -> None:
        self.print(TITLE, down=25)
        self.print("Hva melder du behov for? Sett kryss.", down=20)
        for words in ("[x] Individuell plan (IP)", "[ ] Koordinator"):
            self.print(words, down=20)
        self.print("Meldt av: Kari Vik", down=30)
        self.print("Opplysninger om tjenestemottaker", down=24)

    def foot(self) -> Submission:
        self.print("Kontaktinformasjon til nærmeste pårørende", down=20)
        for words in (
            "Navn: Per Vik",
            "Telefon: 90 00 00 02",
            "Relasjon: far",
            "Fastlege: Dr. Li",
            "Legekontor: Torget",
        ):
            self.print(words, down=20)
        self.print("Beskrivelse av behov for hjelp og koordinering: Trenger en.", down=20)
        self.print("Eventuelt foreslått koordinator: Liv Moe")
        self.canvas.showPage()
        self.canvas.save()
        (found,) = read_all(read(self.path, source="test"))
        return found


def recipient(found: Submission) -> list[object]:
    accepted = [found.fields[f"recipient.{key}"].status is FieldStatus.ACCEPTED for key in VALUES]
    assert all(accepted)
    return [found.value(f"recipient.{key}") for key in VALUES]


@pytest.mark.parametrize("step", [18, 24], ids=["touching", "apart"])
def test_boxes_drawn_beside_their_labels(tmp_path: Path, step: float) -> None:
    paper = Paper(tmp_path / "form.pdf")
    paper.head()
    for key, value in VALUES.items():
        paper.print(f"{LABELS[key]}:")
        paper.rect(170, 300, 18, rise=13)
        paper.print(value, 175, down=step)
    paper.y += 20
    assert recipient(paper.foot()) == READ


@pytest.mark.parametrize("boxed", [False, True])
def test_labels_printed_under_their_lines(tmp_path: Path, boxed: bool) -> None:
    paper = Paper(tmp_path / "form.pdf")
    paper.head()
    for key, value in VALUES.items():
        if boxed:
            paper.rect(50, 300, 15, rise=11)
        paper.print(value, 53, down=13)
        paper.print(LABELS[key], down=24, size=8)
    assert recipient(paper.foot()) == READ


def test_a_box_on_a_line_of_its_table_is_a_box(tmp_path: Path) -> None:
    paper = Paper(tmp_path / "form.pdf")
    paper.print(TITLE, down=25)
    paper.print("Hva melder du behov for? Sett kryss.", down=20)
    for words, on in (("Individuell plan (IP)", True), ("Koordinator", False)):
        paper.rect(50, 160, 25)
        paper.rect(210, 70, 25)
        paper.print(words, 55)
        paper.rect(216, 11.8, 11.8, rise=11.6)
        top = 842 - paper.y + 11.6
        if on:
            paper.canvas.line(216, top, 227.8, top - 11.8)
            paper.canvas.line(227.8, top, 216, top - 11.8)
        paper.y += 25
    paper.y += 20
    paper.print("Meldt av: Kari Vik", down=20)
    paper.print("Opplysninger om tjenestemottaker", down=20)
    paper.print("Navn: Åse Sæther", down=20)
    found = paper.foot()
    assert [found.value(f"requested.{key}") for key in ("individual_plan", "coordinator")] == [True, False]


@pytest.mark.parametrize(("top", "high"), [(60, 18), (40, 48)])
def test_a_row_that_the_page_cut_keeps_its_value(tmp_path: Path, top: float, high: float) -> None:
    """Also where it stands in the page's head, far from all the rest: a ruled row is no running print."""
    paper = Paper(tmp_path / "form.pdf")
    paper.head()
    paper.print("Navn: Åse Sæther")
    paper.y = 800
    paper.rect(50, 460, 14)
    paper.print("Fødselsdato", 55)
    paper.canvas.showPage()
    paper.y = top
    paper.rect(50, 460, high)
    paper.print("3.11.2014", 55, down=high)
    paper.rect(50, 460, 18)
    paper.print("Telefon: 90000001", 55, down=40)
    found = paper.foot()
    assert found.value("recipient.birth_date") == "2014-11-03"
    assert found.fields["recipient.birth_date"].status is FieldStatus.REVIEW


def on_its_side(page: PageObject) -> PdfWriter:
    writer = PdfWriter()
    writer.add_page(page).rotate(90)
    return writer


def beside_itself(page: PageObject) -> PdfWriter:
    writer = PdfWriter()
    sheet = writer.add_blank_page(842, 595)
    for x in (0, 421):
        sheet.merge_transformed_page(page, Transformation().scale(0.7).translate(x, 0))
    return writer


@pytest.mark.parametrize(("laid", "code"), [(on_its_side, "turned-page"), (beside_itself, "two-up")])
def test_nothing_is_accepted_from_a_page_that_is_laid_otherwise(
    tmp_path: Path, laid: Callable[[PageObject], PdfWriter], code: str
) -> None:
    paper = Paper(tmp_path / "form.pdf")
    paper.head()
    for key, value in VALUES.items():
        paper.print(f"{LABELS[key]}: {value}", down=20)
    paper.foot()
    laid(PdfReader(io.BytesIO(paper.path.read_bytes())).pages[0]).write(paper.path)
    forms = read_all(read(paper.path, source="test"))
    assert forms
    for found in forms:
        assert code in {doubt.code for _, doubt in found.doubts}
        assert not any(field.value for field in found.fields.values() if field.status is FieldStatus.ACCEPTED)


def test_a_title_in_the_head_of_every_page_begins_one_form(tmp_path: Path) -> None:
    paper = Paper(tmp_path / "form.pdf")
    paper.head()
    for key, value in VALUES.items():
        paper.print(f"{LABELS[key]}: {value}", down=20)
    paper.canvas.showPage()
    paper.y = 40
    paper.print(TITLE, down=40)
    assert recipient(paper.foot()) == READ


def test_prompts_of_empty_controls_are_no_values() -> None:
    prompt = "Klikk eller trykk her for å\nskrive inn tekst."
    found = notification(
        recipient=table(
            ["Navn", "Åse Sæther"], ["Adresse", prompt], ["Fødselsdato", "Klikk her for å angi en dato."]
        ),
        doctor="Fastlege: Klikk her for å skrive inn tekst.\nLegekontor: Torget\nVerge: Velg et element.",
    )
    names = ("recipient.address", "recipient.birth_date", "gp.name", "guardian.name")
    assert all(found.fields[name].status is FieldStatus.EMPTY for name in names)
    assert found.value("gp.office") == "Torget"


@pytest.mark.parametrize(
    "rows",
    [(["", ""], ["1. PPT", "Ola Li"], ["2. BUP", ""]), (["2. PPT", "Ola Li"], ["4. BUP", ""])],
    ids=["after an empty row", "where rows are gone"],
)
def test_printed_numbers_of_rows_are_no_part_of_them(rows: tuple[list[str | None], ...]) -> None:
    found = notification(services=table(["Hjelpetiltak og tjenester", "Kontaktperson"], *rows))
    assert [row["service"] for row in found.rows("services")] == ["PPT", "BUP"]


def test_a_row_of_boxes_under_a_row_of_options() -> None:
    found = notification(
        "Individuell plan (IP) | Koordinator | Ansvarsgruppe | Barnekoordinator\n[x] | [ ] | [x] | [ ]"
    )
    options = ("individual_plan", "coordinator", "care_group", "child_coordinator")
    assert [found.value(f"requested.{key}") for key in options] == [True, False, True, False]


def stacked(*lines: str, step: float | None = None) -> list[list[Atom]]:
    """A column's lines, with places on the page when there is a ``step`` between them; blank ones have none."""
    return [
        [
            Atom(
                AtomKind.WORD,
                word,
                keyed(word),
                box=Box(50 + 60 * place, number * step, 100 + 60 * place, number * step + 10)
                if step
                else None,
            )
            for place, word in enumerate(line.split())
        ]
        for number, line in enumerate(lines)
        if line or step is None
    ]


@pytest.mark.parametrize("step", [None, 12.0], ids=["in Word", "printed"])
def test_a_line_without_a_name_belongs_to_nobody_for_sure(step: float | None) -> None:
    columns = {
        "name": stacked("Eva Strøm", "Mona Li", "Ole Berg", "", step=step),
        "service": stacked("Skole", "", "Barnehage", "Fysioterapi", step=step),
        "contact": stacked("47000001", "48112233", "", "49000005", step=step),
    }
    assert split_stack(columns, "name").doubts
