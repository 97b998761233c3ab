"""A place and a date in one entry are parted, also where a scan left no date."""

from __future__ import annotations

import pytest

from pipeline.domain import Box, Finding
from pipeline.extraction._atoms import Atom, AtomKind
from pipeline.extraction._place_dates import parted_finding, split_place_date


@pytest.mark.parametrize(
    ("text", "place", "date"),
    [
        ("Brekstad, 3.3.2027", "Brekstad", "3.3.2027"),
        ("Brekstad", "Brekstad", ""),
        ("3.3.2027", "", "3.3.2027"),
        ("Kárášjohka, den 1471 2021", "Kárášjohka", "1471 2021"),
        ("Sjøvegan, don 10.04.26", "Sjøvegan", "10.04.26"),
        ("boll 5710-36", "", "boll 5710-36"),
        ("Mo i Rana, den J/9-2025", "Mo i Rana", "J/9-2025"),
        ("Kárášjohka, 17.\\1.2024", "Kárášjohka", "17.\\1.2024"),
        ("MoiRana 17//2-24", "MoiRana", "17//2-24"),
        ("Bjugn, den12/7-23", "Bjugn", "12/7-23"),
        ("Kárášjohka, 090821 –", "Kárášjohka", "090821"),
        ("Bjugn, 1 den 17.08.2023", "Bjugn, 1", "17.08.2023"),
    ],
)
def test_a_place_and_a_date(text: str, place: str, date: str) -> None:
    assert split_place_date(text) == (place, date)


def words(*texts: str) -> list[Atom]:
    """Words side by side, the first the least sure."""
    return [
        Atom(
            AtomKind.WORD,
            text,
            text.casefold().strip(",."),
            box=Box(40 * n, 0, 40 * n + 30, 10),
            confidence=0.5 + n / 10,
        )
        for n, text in enumerate(texts)
    ]


def test_a_place_and_its_date_have_each_its_own_words_box_and_confidence() -> None:
    line = words("Brekstad,", "den", "12.", "mai", "2024")
    finding = Finding(raw="Brekstad, den 12. mai 2024", box=Box(0, 0, 190, 10), confidence=0.5)
    town, day = parted_finding(finding, [line])
    assert (town.raw, town.box, town.confidence) == ("Brekstad", Box(0, 0, 70, 10), 0.5)
    assert (day.raw, day.box, day.confidence) == ("12. mai 2024", Box(80, 0, 190, 10), 0.7)


def test_a_place_and_a_date_in_one_word_share_its_box() -> None:
    box = Box(0, 0, 30, 10)
    town, day = parted_finding(Finding(raw="Brekstad,3.3.2027", box=box), [words("Brekstad,3.3.2027")])
    assert (town.raw, day.raw) == ("Brekstad", "3.3.2027")
    assert town.box == day.box == box
