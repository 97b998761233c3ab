"""A place and a date in one entry are parted, also where a scan left no date."""

from __future__ import annotations

import pytest

from pipeline.extraction._place_dates import split_place_date


@pytest.mark.parametrize(
    ("text", "place", "date"),
    [
        ("Brekstad, 3.3.2027", "Brekstad", "3.3.2027"),
        ("Brekstad", "Brekstad", ""),
        ("3.3.2027", "", "3.3.2027"),
        ("Kárášjohka, den 1471 2021", "Kárášjohka", "1471 2021"),
        ("Sjøvegan, don 10.04.26", "Sjøvegan", "10.04.26"),
        ("boll 5710-36", "", "boll 5710-36"),
    ],
)
def test_a_place_and_a_date(text: str, place: str, date: str) -> None:
    assert split_place_date(text) == (place, date)
