"""Stacks of scanned pages: how they are parted when titles are lost, pages lie in wrong order or went through twice."""

from __future__ import annotations

from dataclasses import replace

from pipeline.domain import Box, Document, Line, Page, Reader, Recognition, Word
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


def test_a_page_scanned_twice_is_known_though_a_letter_was_read_for_another() -> None:
    first, second = (page(TITLE, *FIRST, f"Navn: Ola {name}") for name in ("Hangland", "Haugland"))
    read = found(first, second, page(CONTINUED, *SECOND))
    assert [(one.form, one.pages) for one in read] == [(SPEC.id, (1, 3))]
    numbers = [page(TITLE, *FIRST, f"Født: {day}.06.1947") for day in (17, 11)]
    assert told(*numbers) == [(SPEC.id, (1,)), (SPEC.id, (2,))]


def test_two_persons_forms_are_never_one() -> None:
    one, other = page(TITLE, *FIRST, "Navn: Emil Moen"), page(TITLE, *FIRST, "Navn: Emilie Moen")
    assert told(one, other) == [(SPEC.id, (1,)), (SPEC.id, (2,))]
