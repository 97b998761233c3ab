"""Group reports and checklists as people fill them in: stacked people, broken words, typed answers, rows over pages."""

from __future__ import annotations

import pytest

from pipeline.domain import (
    Box,
    Cell,
    Document,
    FieldStatus,
    Gap,
    Line,
    Page,
    Piece,
    Reader,
    Submission,
    Table,
    Word,
)
from tests.unit.laying import line, read_all, read_one, table

HEADS = ("DELTAKERE/ROLLER", "NAVN", "TJENESTE/ VIRKSOMHET", "KONTAKTINFORMASJON")
HINT = "(IOP, treningsplan, pleieplan, aktivitetsplan, omsorgsplan, m.fl.)"
TOP = (
    "Rapport ansvarsgruppe",
    "[ ] MELDING OM OPPLØSNING AV ANSVARSGRUPPE\n[x] ÅRLIG RAPPORT AV ANSVARSGRUPPE",
)
PERSON = "Navn: Bo Li | Født: 3.3.2014\nAdresse: Torget 1 | Tlf: 90000001\nEvt. pårørende/ verge/ foresatt: Per Li | Tlf: 90000002"
FIXED, CALLED = "Faste deltakere", "Aktuelle tjenester/ fagpersoner som møter ved behov"
LETTER, PITCH = 5.0, 12.0
EDGES = (50.0, 160.0, 280.0, 400.0, 530.0)
LIV = {"name": "Liv Moe", "service": "Barnehage", "contact": "+4790000011"}


def boxed(*rows: tuple[str, ...], edges: tuple[float, ...] = EDGES, top: float = 300.0) -> Table:
    """A ruled table on a page: five points a letter, twelve a line."""
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        bottom = top + PITCH * max(text.count("\n") + 1 for text in row) + 4
        for column, text in enumerate(row):
            box = Box(edges[column], top, edges[column + 1], bottom)
            found = [_placed(one, box.x0 + 4, top + 2 + PITCH * n) for n, one in enumerate(text.split("\n"))]
            blocks = tuple(one for one in found if one is not None)
            cells.append(Cell(row=number, column=column, blocks=blocks, box=box))
        top = bottom
    return Table(cells=tuple(cells), rows=len(rows), columns=len(edges) - 1)


def _placed(text: str, x: float, top: float) -> Line | None:
    pieces: list[Piece] = []
    for word in text.split(" "):
        if word:
            pieces.append(Word(text=word, box=Box(x, top, x + LETTER * len(word), top + 10)))
        x += LETTER * (len(word) + 1)
    boxes = [piece.box for piece in pieces if piece.box]
    return Line(pieces=tuple(pieces), box=Box(boxes[0].x0, top, boxes[-1].x1, top + 10)) if boxes else None


def report(*rows: tuple[str, ...]) -> Submission:
    """A report whose participants are typed in a Word table."""
    return read_one(
        *TOP, PERSON, table(list(HEADS), *(list(row) for row in rows)), "Skjema er fylt ut av: Kari Vik"
    )


def printed(*pages: Table) -> Submission:
    """A report printed to PDF, a table on each page."""
    found = []
    for number, one in enumerate(pages, start=1):
        before = [line(text) for block in (*TOP, PERSON) for text in block.split("\n")] if number == 1 else []
        after = [line("Skjema er fylt ut av: Kari Vik")] if number == len(pages) else []
        found.append(Page(number=number, blocks=(*before, one, *after)))
    (only,) = read_all(Document(source="test", reader=Reader.PDF_TEXT, pages=tuple(found)))
    return only


def people(found: Submission) -> list[tuple[str | bool | None, ...]]:
    return [tuple(row[key] for key in ("name", "service", "contact")) for row in found.rows("members")]


def status(found: Submission, name: str) -> FieldStatus:
    return found.fields[name].status


THREE = "Liv Moe\nPer Aas\nEva Li Dahl"
SERVICES = "Barnehage\nFysio\nHelsestasjon"
EVERYONE = [
    ("Liv Moe", "Barnehage", "+4790000011"),
    ("Per Aas", "Fysio", "per.aas@x.example"),
    ("Eva Li Dahl", "Helsestasjon", "+4790000013"),
]


def test_full_stacks_are_read_straight_across() -> None:
    found = report((FIXED, THREE, SERVICES, "90 00 00 11\nper.aas@x.example\n900 00 013"))
    assert people(found) == EVERYONE
    assert status(found, "members") is FieldStatus.ACCEPTED


@pytest.mark.parametrize(
    "contacts",
    ["90 00 00 11\nliv.moe@x.example\n900 00 013", "90 00 00 11\nper.aas@x.example"],
)
def test_stacks_that_may_be_out_of_step_go_to_a_person(contacts: str) -> None:
    assert status(report((FIXED, THREE, SERVICES, contacts)), "members") is FieldStatus.REVIEW


@pytest.mark.parametrize("sign", [", ", "; "])
def test_people_with_signs_between(sign: str) -> None:
    parts = (THREE, SERVICES, "90 00 00 11\nper.aas@x.example\n900 00 013")
    found = report((FIXED, *(part.replace("\n", sign) for part in parts)))
    assert people(found) == EVERYONE
    fewer = report((FIXED, THREE.replace("\n", sign), f"Barnehage{sign}Fysio", "90 00 00 11"))
    assert status(fewer, "members") is FieldStatus.REVIEW


def test_an_address_broken_by_the_edge_of_its_cell() -> None:
    """The rest of the address moved the telephone below it out of level."""
    contacts = "90 00 00 11\nper.aas@orland.kommune.e\nxample\n900 00 013"
    found = printed(boxed(HEADS, (FIXED, THREE, SERVICES, contacts), (CALLED[:18], "", "", "")))
    assert people(found)[1][2] == "per.aas@orland.kommune.example"
    assert people(found)[2][2] == "+4790000013"
    assert status(found, "members") is FieldStatus.ACCEPTED


def test_a_telephone_under_a_full_address_is_no_part_of_it() -> None:
    found = printed(boxed(HEADS, (FIXED, "Liv Moe", "Barnehage", "liv.moe@barnehage.exampl\n90 00 00 11")))
    assert people(found) == [("Liv Moe", "Barnehage", "+4790000011; liv.moe@barnehage.exampl")]


def test_a_service_on_two_lines_is_not_two_peoples() -> None:
    services = "Pedagogisk-psykologisk\ntjeneste"
    found = printed(boxed(HEADS, (FIXED, "Liv Moe\nPer Aas", services, "90 00 00 11\n90 00 00 12")))
    assert status(found, "members") is FieldStatus.REVIEW


def test_a_surname_under_its_name_is_one_person() -> None:
    """A cell of one person, where the surname had no room."""
    found = printed(boxed(HEADS, (FIXED, "Ragnhild Kristine Lie\nSkum", "Helse", "90 00 00 11\nr@x.example")))
    assert people(found) == [("Ragnhild Kristine Lie Skum", "Helse", "+4790000011; r@x.example")]


def test_a_surname_that_had_no_room_is_guessed_to_be_one_persons() -> None:
    """Several people stand in the cell, so a person looks; what she sees first is the likeliest."""
    names, services = "Kristine Ingebjørg\nNesjåbygdhaugen\nPer Aas", "Barnehage\n\nFysio"
    found = printed(boxed(HEADS, (FIXED, names, services, "")))
    assert people(found) == [
        ("Kristine Ingebjørg Nesjåbygdhaugen", "Barnehage", None),
        ("Per Aas", "Fysio", None),
    ]
    assert status(found, "members") is FieldStatus.REVIEW


def test_names_stacked_tighter_than_their_labels() -> None:
    """The second name stands between the labels and has room above: it is the second label's."""
    roles = ("Koordinator\n\nKontaktperson", "Kari Vik\nOla Berg", "PPT\nNAV", "90 00 00 03\nola@x.example")
    found = printed(boxed(HEADS, roles, (FIXED, "Liv Moe", "Barnehage", "90 00 00 11")))
    assert (found.value("coordinator.name"), found.value("deputy.name")) == ("Kari Vik", "Ola Berg")
    assert (found.value("coordinator.service"), found.value("deputy.service")) == ("PPT", "NAV")


def unruled(*rows: tuple[str, ...], columns: tuple[float, ...] = EDGES, pitch: float = 30.0) -> Submission:
    """A report with its participants under headings, with no line between the columns; a narrow gap is no gap."""
    laid = []
    for number, row in enumerate(rows):
        for down in range(max(text.count("\n") + 1 for text in row)):
            texts = [(text.split("\n") + [""] * 9)[down] for text in row]
            top, pieces = 300.0 + pitch * number + PITCH * down, []
            for x, text in zip(columns, texts, strict=False):
                if (one := _placed(text, x, top)) is not None:
                    begins = one.box.x0 if one.box else 0.0
                    wide = bool(pieces) and begins - pieces[-1].box.x1 > 12.0
                    pieces += [Gap(), *one.pieces] if wide else list(one.pieces)
            laid.append(Line(pieces=tuple(pieces), box=Box(columns[0], top, 530.0, top + 10)))
    before = [line(text) for block in (*TOP, PERSON) for text in block.split("\n")]
    page = Page(number=1, blocks=(*before, *laid, line("Skjema er fylt ut av: Kari Vik")))
    (only,) = read_all(Document(source="test", reader=Reader.PDF_TEXT, pages=(page,)))
    return only


def test_a_name_that_fills_its_column_does_not_take_the_next() -> None:
    """Nobody ruled the columns and hardly a blank parts them: the service begins right under its heading."""
    found = unruled(HEADS, ("Koordinator", "Per Olav Kristian Hætta", "Avlastning\nannenhver", "p@x.example"))
    assert found.value("coordinator.name") == "Per Olav Kristian Hætta"
    assert found.value("coordinator.service") == "Avlastning annenhver"
    assert status(found, "coordinator.name") is FieldStatus.ACCEPTED


def test_text_that_runs_on_past_the_next_heading_goes_to_a_person() -> None:
    found = unruled(HEADS, ("Koordinator", "Per Olav Kristoffer Hætta Skum", "", "p@x.example"))
    assert status(found, "coordinator.name") is FieldStatus.REVIEW
    assert status(found, "coordinator.service") is FieldStatus.REVIEW


def test_a_last_page_whose_label_stands_second_on_its_only_line() -> None:
    top = (
        "Evaluering av ansvarsgruppe og individuell plan\nGjelder: Bo Li | Fødselsdato: 3.3.2014\nEvaluert dato: 3.11.2026\n"
        "Gruppen og planen\nHva fungerer bra\nAlt\nHva bør endres\nIntet\nNye mål og avtaler\nIngen\nNeste evaluering: 3.11.2027"
    )
    pages = (
        Page(number=1, blocks=tuple(map(line, top.split("\n")))),
        Page(number=2, blocks=(line("Dato: | Fylt ut av: Kari Vik"),)),
    )
    (found,) = read_all(Document(source="test", reader=Reader.PDF_TEXT, pages=pages))
    assert (found.form, found.value("completed_by")) == ("team-evaluation", "Kari Vik")


def test_a_label_that_a_page_cut_in_two() -> None:
    first = boxed(
        HEADS,
        (FIXED, "Liv Moe", "Barnehage", "90 00 00 11"),
        ("Andre planer\n(IOP, treningsplan,\npleieplan,", "IOP", "", ""),
    )
    second = boxed(("aktivitetsplan,\nomsorgsplan, m.fl.)", "", "", ""), (FIXED[:0], "", "", ""), top=50.0)
    assert printed(first, second).value("other_plans") == "IOP"


PLAN_EDGES = (50.0, 280.0, 320.0, 360.0, 530.0)


def test_typed_answers_under_their_own_heading() -> None:
    """Also on the next page, where a typed «ja» must not be taken for a heading."""
    first = boxed(
        ("Opplysninger om individuell plan", "ja", "nei", "Merknad"),
        ("Har tjenestemottaker individuell plan?", "Ja", "", "Vedtak 2025"),
        edges=PLAN_EDGES,
    )
    second = boxed(
        ("Hvis ja, er planen i drift?", "ja", "", ""),
        ("Hvis nei, er det informert om individuell plan?", "", "", ""),
        ("Er det behov for individuell plan?", "", "nei", ""),
        ("Ikke pr i dag", "", "", ""),
        edges=PLAN_EDGES,
        top=50.0,
    )
    found = printed(first, second)
    answers = [found.value(f"plan.{key}") for key in ("exists", "active", "informed", "needed")]
    assert answers == [True, True, None, False]
    assert all(
        status(found, f"plan.{key}") is not FieldStatus.REVIEW for key in ("exists", "active", "needed")
    )
    assert found.value("plan.exists_note") == "Vedtak 2025"


def test_the_other_answer_typed_is_a_doubt() -> None:
    plan = table(
        ["Opplysninger om individuell plan", "ja", "nei", "Merknad"],
        ["Har tjenestemottaker individuell plan?", "nei", "", ""],
    )
    found = read_one(*TOP, PERSON, plan, "Skjema er fylt ut av: Kari Vik")
    assert status(found, "plan.exists") is FieldStatus.REVIEW


@pytest.mark.parametrize("heads", [("NAVN", "STILLING", "TELEFON"), ("NAVN", "", "KONTAKTINFORMASJON")])
def test_columns_of_another_version_go_to_a_person(heads: tuple[str, ...]) -> None:
    rows = [["DELTAKERE/ROLLER", *heads], [FIXED, "Liv Moe", "Barnehage", "90 00 00 11"]]
    found = read_one(*TOP, PERSON, table(*rows), "Skjema er fylt ut av: Kari Vik")
    assert status(found, "members") is FieldStatus.REVIEW


def test_columns_in_another_order() -> None:
    rows = [
        ["DELTAKERE/ROLLER", "KONTAKTINFORMASJON", "TJENESTE/ VIRKSOMHET", "NAVN"],
        [FIXED, "90 00 00 11", "Barnehage", "Liv Moe"],
    ]
    found = read_one(*TOP, PERSON, table(*rows), "Skjema er fylt ut av: Kari Vik")
    assert found.rows("members") == (LIV,)


UNTICKED = (
    "BEHOV FOR SAMORDNA TJENESTER", "Spesialundervisning i skole", "PPT (pedagogisk psykologisk tjeneste)", "Krisesenter",
    "Familievernkontor", "Andre:", "Langvarige og sammensatte eller behov for koordinerte tjenester",
    "Helsesykepleier utover ordinær oppfølging", "Behov for andre velferdstjenester – sett kryss også ovenfor",
    "Barnet/ ungdommen er under 18 år",
)  # fmt: skip
REST_OF_CHECKLIST = (
    table(["INDIVIDUELL PLAN", "JA", "NEI", "Kommentar"], ["Rett på individuell plan", "", "", ""],
          ["Ønsker individuell plan", "", "", ""], ["Samtykke om individuell plan", "", "", ""]),
    "Samarbeidsplikten på individnivå står i barnevernloven § 3-2",
)  # fmt: skip
CHECKLIST = "«Din sjekkliste» for vurdering av rett til samordning, koordinator og individuell plan"


def test_a_checklist_with_typed_answers() -> None:
    rows: list[list[str | None]] = [
        [CHECKLIST, "Samordning", None, "Barnekoordinator", None, "Koordinator", None],
        ["", "JA", "NEI", "JA", "NEI", "JA", "NEI"],
        ["Spesialpedagogisk hjelp i barnehage", "ja", "", "", "", "", ""],
        ["· Fysioterapeut", "", "", "", "nei", "x", ""],
        ["· Annet? Logoped", "", "", "", "", "X", ""],
        *([text, "", "", "", "", "", ""] for text in UNTICKED),
        ["Trenger tolk", "", "", "x", "", "", ""],
    ]
    found = read_one(table(*rows), *REST_OF_CHECKLIST)
    keys = ("item", "coordination", "child_coordinator", "coordinator")
    assert [tuple(row[key] for key in keys) for row in found.rows("items")] == [
        ("Spesialpedagogisk hjelp i barnehage", True, None, None),
        ("Fysioterapeut", None, False, True),
        ("Annet?", None, None, True),
        ("Trenger tolk", None, True, None),
    ]
    assert status(found, "items") is FieldStatus.ACCEPTED
    assert found.value("items_annet") == "Logoped"


def test_printed_items_are_whole_where_a_narrow_cell_broke_them() -> None:
    edges = (50.0, 138.0, 170.0, 200.0, 230.0, 260.0, 290.0, 320.0)
    head = boxed(
        ("Din sjekkliste", "Samordning", "", "Barnekoordinator", "", "Koordinator", ""),
        ("", "JA", "NEI", "JA", "NEI", "JA", "NEI"),
        ("Spesialpedagogis\nk hjelp i\nbarnehage", "X", "", "", "", "", ""),
        ("BUP (barne- og\nungdomspsykiatr\ni)", "", "X", "", "", "", ""),
        edges=edges,
    )
    spans = [cell for cell in head.cells if not (cell.row == 0 and cell.column in (2, 4, 6))]
    merged = [
        Cell(row=0, column=cell.column, column_span=2, blocks=cell.blocks, box=cell.box)
        if cell.row == 0 and cell.column
        else cell
        for cell in spans
    ]
    page = Page(
        number=1,
        blocks=(
            line("Din sjekkliste"),
            Table(cells=tuple(merged), rows=head.rows, columns=head.columns),
            line("Samarbeidsplikten på individnivå står i barnevernloven § 3-2"),
        ),
    )
    (found,) = read_all(Document(source="test", reader=Reader.PDF_TEXT, pages=(page,)))
    assert [row["item"] for row in found.rows("items")] == [
        "Spesialpedagogisk hjelp i barnehage",
        "BUP (barne- og ungdomspsykiatri)",
    ]


def test_people_typed_in_one_widget() -> None:
    found = report((FIXED, "{Liv Moe\nPer Aas}", "{Barnehage\nFysio}", "{90 00 00 11\n90 00 00 12}"))
    assert people(found) == [("Liv Moe", "Barnehage", "+4790000011"), ("Per Aas", "Fysio", "+4790000012")]


def test_a_sign_that_is_no_cross_is_never_an_empty_box() -> None:
    rows = [["Opplysninger om individuell plan", "ja", "nei", "Merknad"]]
    asked = "Har tjenestemottaker individuell plan?"
    for sign, state, value in (
        ("√", FieldStatus.ACCEPTED, True),
        ("*", FieldStatus.REVIEW, True),
        ("-", FieldStatus.EMPTY, None),
    ):
        plan = table(*rows, [asked, sign, "", ""])
        found = read_one(*TOP, PERSON, plan, "Skjema er fylt ut av: Kari Vik")
        assert (status(found, "plan.exists"), found.value("plan.exists")) == (state, value)


def test_a_note_that_a_page_cut_in_two() -> None:
    first = boxed(
        ("Opplysninger om individuell plan", "ja", "nei", "Merknad"),
        (
            "Har tjenestemottaker individuell plan?",
            "x",
            "",
            "Vedtak fra mai, revideres i\nansvarsgruppemøtet sammen",
        ),
        edges=PLAN_EDGES,
    )
    second = boxed(
        ("", "", "", "med foresatte"),
        ("Hvis ja, er planen i drift?", "x", "", ""),
        edges=PLAN_EDGES,
        top=50.0,
    )
    note = printed(first, second).value("plan.exists_note")
    assert note == "Vedtak fra mai, revideres i ansvarsgruppemøtet sammen med foresatte"
