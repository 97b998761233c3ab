"""A blank filled in for a case: what the register knows, the case's code, room for every row."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from pipeline.domain import Appointment, Case, FormCode, Measure, Member, Person, Team
from pipeline.errors import InputError
from pipeline.extraction import extract
from pipeline.forms import load_forms
from pipeline.letters import fill_blank, known_of
from pipeline.reading import read
from pipeline.recognition import recognise
from pipeline.values import parse_form_code

REPO = Path(__file__).parents[2]
FORMS = load_forms(REPO / "config" / "forms")
FILLED = [spec.id for spec in FORMS if spec.prefill]


def members(count: int) -> tuple[Member, ...]:
    names = (
        "Ada",
        "Bo",
        "Cato",
        "Dina",
        "Even",
        "Frida",
        "Geir",
        "Hege",
        "Ivar",
        "Jon",
        "Kari",
        "Lars",
        "Mona",
    )
    return tuple(
        Member(id=f"m{n}", name=f"{name} Skogly", service="PPT", contact=f"+4790000{n:03}")
        for n, name in enumerate(names[:count])
    )


CASE = Case(
    id="2026/412",
    municipality="fjelldal",
    person=Person(
        id="P1",
        name="Tuva & Lin Myrland",
        birth_date=date(2014, 11, 3),
        address="Bakken 1",
        phone="+4790123456",
    ),
    opened_on=date(2026, 1, 5),
    appointments=(
        Appointment(
            id="a1", measure=Measure.COORDINATOR, service="PPT", name="Siv Aune", from_date=date(2026, 2, 1)
        ),
    ),
    team=Team(established_on=date(2026, 2, 1), members=members(3)),
)


def filled(form: str, case: Case) -> bytes:
    spec = FORMS.of(form)
    blank = (REPO / "templates" / "forms" / f"{form}.docx").read_bytes()
    code = FormCode(form=form, version=spec.version, case=case.id)
    return fill_blank(blank, known_of(case, spec.prefill), code)


@pytest.mark.parametrize("form", FILLED)
def test_a_filled_form_is_read_back_with_its_code(form: str, tmp_path: Path) -> None:
    made = filled(form, CASE)
    assert made == filled(form, CASE)
    path = tmp_path / "x.docx"
    path.write_bytes(made)
    document = read(path, source="x.docx")
    (found,) = recognise(document, FORMS, {})
    code = FormCode(form=form, version=FORMS.of(form).version, case="2026/412")
    assert (document.code, found.code, found.form) == (code, code, form)
    findings = extract(document, found, FORMS.of(form)).fields
    named = "subject" if form == "group-consent" else "recipient.name"
    assert findings[named].raw.replace("_", "").strip() == "Tuva & Lin Myrland"
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        pictures = [
            Image.open(io.BytesIO(package.read(n))).convert("L")
            for n in package.namelist()
            if n.endswith(".png")
        ]
    seen = [one.text for picture in pictures for one in zxingcpp.read_barcodes(np.array(picture))]
    assert [parse_form_code(text) for text in seen] == [code]


@pytest.mark.parametrize("count", [6, 9, 12])
def test_a_table_gets_as_many_rows_as_there_are_members(count: int, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(filled("group-report", replace(CASE, team=Team(members=members(count)))))
    document = read(path, source="x.docx")
    (found,) = recognise(document, FORMS, {})
    rows = extract(document, found, FORMS.of("group-report")).fields["members"].rows
    assert [row["name"].raw for row in rows if row["name"].raw] == [one.name for one in members(count)]


def test_more_members_than_a_form_can_hold_are_not_left_out_in_silence() -> None:
    with pytest.raises(InputError, match="flere deltakere"):
        filled("group-report", replace(CASE, team=Team(members=members(13))))


def test_a_protected_address_stands_on_no_form() -> None:
    case = replace(CASE, person=replace(CASE.person, protected=True))
    assert "recipient.address" in known_of(CASE, ["recipient"])
    assert "recipient.address" not in known_of(case, ["recipient"])


def test_what_is_to_be_answered_is_not_filled_in() -> None:
    known = known_of(CASE, FORMS.of("coordinator-designation").prefill)
    assert set(known) == {
        "recipient.name",
        "recipient.birth_date",
        "recipient.address",
        "recipient.phone",
        "case.number",
    }


@pytest.mark.parametrize(
    ("form", "marking"),
    [
        ("need-notification", "Unntatt offentlighet: Offl. 13.1., fvl.13.1."),
        ("group-report", "Utfylt skjema: Unntatt offentlighet offl. §13.1. jf. fvl. §13.1."),
        ("stakeholder-map", "Utfylt skjema: Unntatt offentlighet offl. §13.1. jf. fvl. §13.1."),
    ],
)
def test_c_1_c_2_a_filled_form_bears_its_marking(form: str, marking: str) -> None:
    """C-1: annex 1 is marked; C-2: a filled annex 5 and a filled map are, with the grounds."""
    code = FormCode(form=form, version=FORMS.of(form).version, case="2026/412")
    blank = (REPO / "templates" / "forms" / f"{form}.docx").read_bytes()
    made = fill_blank(blank, {"recipient.name": "Tuva & Lin Myrland"}, code)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        document = package.read("word/document.xml").decode()
    assert marking in re.sub(r"<[^>]+>", "", document)
