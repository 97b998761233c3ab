"""Stacks of scanned pages: how they are parted when titles are lost, pages lie in wrong order or went through twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.checking import check
from pipeline.domain import (
    Box,
    Document,
    Doubt,
    Line,
    Page,
    Reader,
    ReadingStatus,
    Recognition,
    Word,
)
from pipeline.extraction import extract
from pipeline.recognition import recognise
from pipeline.wiring import reading_kit
from tests.acceptance.conftest import REPO

KIT = reading_kit(REPO)
SPEC = next(spec for spec in KIT.forms if spec.id == "need-notification")
FIRST, SECOND = SPEC.cues.cues[:8], SPEC.cues.cues[8:12]
TITLE, CONTINUED = SPEC.cues.titles[0], SPEC.cues.continued[0]


def page(*texts: str, sure: float = 1.0) -> Page:
    lines = []
    for row, text in enumerate(texts):
        top = 40.0 + 20 * row
        words = [
            Word(text=word, box=Box(40.0 + 40 * at, top, 75.0 + 40 * at, top + 10), confidence=sure)
            for at, word in enumerate(text.split())
        ]
        lines.append(Line(pieces=tuple(words)))
    return Page(number=1, width=595, height=842, blocks=tuple(lines), scanned=True)


def found(*pages: Page) -> tuple[Recognition, ...]:
    numbered = tuple(replace(one, number=number) for number, one in enumerate(pages, 1))
    return recognise(Document(source="x", pages=numbered, reader=Reader.SCAN), KIT.forms, KIT.names)


def told(*pages: Page) -> list[tuple[str | None, tuple[int, ...]]]:
    return [(one.form, one.pages) for one in found(*pages)]


def test_a_form_whose_title_is_lost_is_not_the_next_ones() -> None:
    lost, second = page(*FIRST, "Ola Moen"), page(CONTINUED, *SECOND, "Ola Moen")
    whole, last = page(TITLE, *FIRST, "Kari Berg"), page(CONTINUED, *SECOND, "Kari Berg")
    assert told(lost, second, whole, last) == [(SPEC.id, (1, 2)), (SPEC.id, (3, 4))]
    assert told(whole, last, lost, second) == [(SPEC.id, (1, 2)), (SPEC.id, (3, 4))]


def test_a_second_page_that_lies_first_is_put_behind() -> None:
    assert told(page(CONTINUED, *SECOND), page(TITLE, *FIRST)) == [(SPEC.id, (2, 1))]


def test_a_page_scanned_twice_is_told_of_and_not_taken_twice() -> None:
    first = page(TITLE, *FIRST, "Navn: Ola Moen")
    read = found(first, first, page(CONTINUED, *SECOND))
    assert [(one.form, one.pages) for one in read] == [(SPEC.id, (1, 3))]
    assert [doubt.code for doubt in read[0].doubts] == ["page-twice"]


def test_two_childrens_forms_by_hand_are_two_though_only_a_name_differs() -> None:
    """A hand's writing is never read surely; a child's form must not be left out as a copy of another's."""
    forms = []
    for name in ("Ola", "Kari"):
        one = page(TITLE, *FIRST, *SECOND, f"Navn: {name} Nordli")
        *print_, entry = one.blocks
        assert isinstance(entry, Line)
        written = Line(pieces=(entry.pieces[0], *(replace(word, confidence=0.5) for word in entry.pieces[1:] if isinstance(word, Word))))  # fmt: skip
        forms.append(replace(one, blocks=(*print_, written)))
    assert told(*forms) == [(SPEC.id, (1,)), (SPEC.id, (2,))]


@pytest.mark.parametrize(("code", "doubted"), [("page-twice", False), ("page-order", True)])
def test_a_copy_that_is_left_out_makes_no_value_unsure_but_wrong_order_does(code: str, doubted: bool) -> None:
    """Either way a person looks at the form."""
    first = page(TITLE, *FIRST)
    pages = (first, replace(first, number=2), replace(page(CONTINUED, *SECOND), number=3))
    (read,) = found(*pages)
    read = replace(read, doubts=(Doubt(code=code, text="Se på sidene."),))
    document = Document(source="x", pages=pages, reader=Reader.SCAN)
    told = check(
        extract(document, read, SPEC), read, document, SPEC, today=date(2026, 11, 22), towns=KIT.towns
    )
    assert told.status is ReadingStatus.REVIEW
    assert ("document", read.doubts[0]) in told.doubts
    codes = {reading.doubt.code for reading in told.fields.values() if reading.doubt is not None}
    assert (code in codes) is doubted


def test_a_page_scanned_twice_is_known_though_a_letter_was_read_for_another() -> None:
    first, second = (page(TITLE, *FIRST, f"Navn: Ola {name}") for name in ("Hangland", "Haugland"))
    read = found(first, second, page(CONTINUED, *SECOND))
    assert [(one.form, one.pages) for one in read] == [(SPEC.id, (1, 3))]
    numbers = [page(TITLE, *FIRST, f"Født: {day}.06.1947") for day in (17, 11)]
    assert told(*numbers) == [(SPEC.id, (1,)), (SPEC.id, (2,))]


def test_two_persons_forms_are_never_one() -> None:
    one, other = page(TITLE, *FIRST, "Navn: Emil Moen"), page(TITLE, *FIRST, "Navn: Emilie Moen")
    assert told(one, other) == [(SPEC.id, (1,)), (SPEC.id, (2,))]


def codes(*pages: Page) -> list[tuple[tuple[int, ...], set[str]]]:
    return [(one.pages, {doubt.code for doubt in one.doubts}) for one in found(*pages)]


LETTER = page("Til koordinerende enhet", "Vedlagt følger det vi snakket om på telefon", "Med vennlig hilsen")


def test_a_letter_among_a_forms_pages_is_told_of() -> None:
    first, second = page(TITLE, *FIRST, "Kari Berg"), page(CONTINUED, *SECOND, "Kari Berg")
    assert codes(first, LETTER, second) == [((1, 2, 3), {"page-among"})]


def test_a_letter_behind_a_form_is_not_the_forms_though_another_form_of_its_kind_follows() -> None:
    first, second = page(TITLE, *FIRST, "Kari Berg"), page(CONTINUED, *SECOND, "Kari Berg")
    other = page(TITLE, *FIRST, "Ola Moen")
    assert codes(first, second, LETTER, other) == [((1, 2), set()), ((3,), {"unknown-form"}), ((4,), set())]


def test_second_pages_that_lie_after_all_first_pages_are_put_with_nobody() -> None:
    firsts = [page(TITLE, *FIRST, name) for name in ("Kari Berg", "Ola Moen")]
    seconds = [page(CONTINUED, *SECOND, name) for name in ("Kari Berg", "Ola Moen")]
    read = codes(*firsts, *seconds)
    assert [pages for pages, _ in read] == [(1,), (2,), (3,), (4,)]
    assert all("page-of-another" in doubts for _, doubts in read)


def test_two_forms_that_both_lie_with_the_second_page_first() -> None:
    firsts = [page(TITLE, *FIRST, name) for name in ("Kari Berg", "Ola Moen")]
    seconds = [page(CONTINUED, *SECOND, name) for name in ("Kari Berg", "Ola Moen")]
    read = codes(seconds[0], firsts[0], seconds[1], firsts[1])
    assert read == [((2, 1), {"page-order"}), ((4, 3), {"page-order"})]


def test_a_second_page_whose_first_is_missing_is_not_the_form_befores() -> None:
    first, second = page(TITLE, *FIRST, "Kari Berg"), page(CONTINUED, *SECOND, "Kari Berg")
    read = codes(first, second, page(CONTINUED, *SECOND, "Ola Moen"))
    assert [pages for pages, _ in read] == [(1, 2), (3,)]
    assert "no-first-page" in read[1][1]
    assert "page-of-another" in read[0][1] & read[1][1]


def test_a_page_that_goes_on_without_saying_so_is_put_behind_and_asked_about() -> None:
    middle = page(*SPEC.cues.cues[5:8], "Han trenger hjelp")
    first, last = page(TITLE, *SPEC.cues.cues[:5], "Kari Berg"), page(CONTINUED, *SECOND)
    assert codes(middle, first, last) == [((2, 3, 1), {"page-order"})]


def test_a_lost_title_does_not_make_a_page_the_form_befores() -> None:
    checklist = next(spec for spec in KIT.forms if spec.id == "needs-checklist")
    first, second = page(TITLE, *FIRST, "Kari Berg"), page(CONTINUED, *SECOND, "individuell plan")
    lost = page("Individuell plan", *checklist.cues.cues)
    assert told(first, second, lost) == [(SPEC.id, (1, 2)), (checklist.id, (3,))]


def test_a_stamp_on_one_copy_leaves_it_a_copy_and_a_name_does_not() -> None:
    first = page(TITLE, *FIRST, "Navn: Ola Moen")
    stamped = page(TITLE, *FIRST, "Navn: Ola Moen", "MOTTATT 14 MAI 2025")
    assert codes(first, stamped) == [((1,), {"page-twice"})]
    empty, named = page(TITLE, *FIRST, "Navn:"), page(TITLE, *FIRST, "Navn: Terje Bjørgan")
    assert told(empty, named) == [(SPEC.id, (1,)), (SPEC.id, (2,))]


def test_what_another_hand_wrote_is_no_copy_however_badly_it_was_read() -> None:
    def by_hand(text: str) -> Page:
        written = page(*[""] * 12, text, sure=0.4)
        printed = page(TITLE, *FIRST)
        return replace(printed, blocks=printed.blocks + written.blocks)

    one, other = (
        by_hand("Hrethe lop Aunwal Strqta Bervik Fosen"),
        by_hand("Terve Ohlu Kvikk Nordby Vestfjell Oma"),
    )
    assert told(one, other) == [(SPEC.id, (1,)), (SPEC.id, (2,))]
