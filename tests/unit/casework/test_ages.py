"""Ages on birthdays and leap days, and what a situation calls today."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pipeline.casework import age_on
from tests.unit.casework.material import situation


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        (date(2008, 11, 23), date(2026, 11, 22), 17),
        (date(2008, 11, 22), date(2026, 11, 22), 18),
        (date(2008, 2, 29), date(2026, 2, 27), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 18),
        (date(2008, 2, 29), date(2024, 2, 28), 15),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
        (date(2026, 11, 22), date(2026, 11, 22), 0),
    ],
)
def test_whole_years(birth: date, on: date, age: int) -> None:
    """T-21: one born on a leap day is a year older on the last day of February."""
    assert age_on(birth, on) == age


def test_the_day_is_the_norwegian_one() -> None:
    """Late on New Year's Eve in UTC it is already the new year here."""
    where = situation(now=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    assert where.today == date(2027, 1, 1)
    with pytest.raises(ValueError, match="aware"):
        situation(now=datetime(2026, 12, 31))
