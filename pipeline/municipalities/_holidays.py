"""Norway's public holidays, from the library ``holidays``: a module of its own, because loading it takes a quarter of a second."""

from __future__ import annotations

from datetime import date
from functools import cache

from holidays.countries.norway import Norway


class _Norway(Norway):
    """The library stops at 2100 and gives no holidays after it; Easter is known from 1583 to 4099."""

    start_year = 1583
    end_year = 4099


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The holidays of a year and the days equated with Sundays, 1 and 17 May (B.14); other Sundays aren't among them. None outside 1583 to 4099."""
    return frozenset(_Norway(years=year, expand=False))
