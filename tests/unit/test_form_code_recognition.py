"""What codes and separator sheets do to recognition: sure, kept together, parted, doubted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.domain import Document, FormCode, Line, Page, Reader, Word
from pipeline.forms import Forms, load_forms
from pipeline.reading import read
from pipeline.recognition import recognise

REPO = Path(__file__).parents[2]
REPORT = FormCode(form="group-report", version="orland-2024-02", case="2026/1")


@pytest.fixture(scope="module")
def forms() -> Forms:
    return load_forms(REPO / "config" / "forms")


@pytest.fixture(scope="module")
def pages(forms: Forms) -> dict[str, tuple[Page, ...]]:
    """The pages of the blanks, by form."""
    return {
        spec.id: read(REPO / "templates" / "forms" / f"{spec.id}.pdf", source="x.pdf").pages for spec in forms
    }


def stack(*found: Page, code: FormCode | None = None) -> Document:
    numbered = tuple(replace(page, number=number) for number, page in enumerate(found, start=1))
    return Document(source="x.pdf", reader=Reader.SCAN, pages=numbered, code=code)


def few(page: Page) -> Page:
    """A page of which only a line in the middle could be read."""
    return replace(page, blocks=(Line(pieces=(Word(text="Merknad"),)),))


def sheet(*words: str) -> Page:
    return Page(number=1, blocks=(Line(pieces=tuple(Word(text=word) for word in words)),), separator=True)


def test_a_code_makes_a_form_sure(forms: Forms, pages: dict[str, tuple[Page, ...]]) -> None:
    (found,) = recognise(stack(replace(few(pages["group-report"][0]), code=REPORT)), forms, {})
    assert (found.form, found.version, found.confidence) == ("group-report", "orland-2024-02", 0.999)
    assert found.reasons[0] == "kode"
    assert found.code == REPORT


def test_pages_of_one_code_stay_together_and_another_case_begins_anew(
    forms: Forms, pages: dict[str, tuple[Page, ...]]
) -> None:
    first = replace(pages["group-report"][0], code=REPORT)
    second = replace(few(first), code=REPORT)
    other = replace(few(first), code=replace(REPORT, case="2026/2"))
    found = recognise(stack(first, second, other), forms, {})
    assert [(one.form, one.pages) for one in found] == [("group-report", (1, 2)), ("group-report", (3,))]
    assert [one.code and one.code.case for one in found] == ["2026/1", "2026/2"]


def test_a_page_whose_code_was_lost_goes_with_the_page_before(
    forms: Forms, pages: dict[str, tuple[Page, ...]]
) -> None:
    first, second = pages["need-notification"]
    code = FormCode(form="need-notification", version="orland-2024-02")
    for one in (
        stack(replace(first, code=code), second),
        stack(first, replace(second, code=code)),
        stack(first, replace(few(second), code=code)),
    ):
        (found,) = recognise(one, forms, {})
        assert (found.pages, found.code) == ((1, 2), code)


def test_a_code_that_the_print_contradicts_is_doubted(
    forms: Forms, pages: dict[str, tuple[Page, ...]]
) -> None:
    (found,) = recognise(stack(replace(pages["closure-notice"][0], code=REPORT)), forms, {})
    assert found.form == "closure-notice"
    assert found.code is None
    assert [doubt.code for doubt in found.doubts] == ["code-differs"]


def test_a_code_of_an_unknown_version_is_doubted(forms: Forms, pages: dict[str, tuple[Page, ...]]) -> None:
    code = replace(REPORT, version="orland-2031")
    (found,) = recognise(stack(replace(pages["group-report"][0], code=code)), forms, {})
    assert found.form == "group-report"
    assert [doubt.code for doubt in found.doubts] == ["unknown-code"]


def test_separator_sheets_end_a_form_and_are_told_of(
    forms: Forms, pages: dict[str, tuple[Page, ...]]
) -> None:
    report, lone = pages["group-report"][0], few(pages["group-report"][0])
    found = recognise(stack(report, sheet("Skilleark"), lone, sheet(), report), forms, {})
    assert [(one.form, one.pages) for one in found] == [
        ("group-report", (1,)),
        (None, (3,)),
        ("group-report", (5,)),
    ]
    assert "skilleark på side 2" in found[0].reasons
    assert "skilleark på side 4" in found[1].reasons


def test_a_form_with_such_bars_is_no_separator(forms: Forms, pages: dict[str, tuple[Page, ...]]) -> None:
    (found,) = recognise(stack(replace(pages["closure-notice"][0], separator=True)), forms, {})
    assert (found.form, found.pages) == ("closure-notice", (1,))


def test_only_separators_are_said_to_be_that(forms: Forms) -> None:
    (found,) = recognise(stack(sheet("Skilleark"), sheet()), forms, {})
    assert (found.form, found.pages) == (None, (1, 2))
    assert [doubt.code for doubt in found.doubts] == ["only-separators"]


def test_a_files_own_code_belongs_to_its_one_form(forms: Forms, pages: dict[str, tuple[Page, ...]]) -> None:
    report, notice = pages["group-report"][0], pages["closure-notice"][0]
    found = recognise(stack(notice, report, code=REPORT), forms, {})
    assert [one.code for one in found] == [None, REPORT]
    two = recognise(stack(report, report, code=REPORT), forms, {})
    assert [one.code for one in two] == [None, None]
