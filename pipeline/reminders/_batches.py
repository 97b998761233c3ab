"""The batches: which cadences a day asks for, and what a batch is called."""

from __future__ import annotations

from datetime import date

from pipeline.municipalities import Cadence
from pipeline.reminders._calendar import week_of


def cadences_between(last: date | None, today: date) -> frozenset[Cadence]:
    """Which cadences a run must look at today, when it last looked on ``last`` (None: not since it started).

    The daily and the yearly are looked at every day: a yearly rule says its days itself. The others at the first run of their
    week or month, whichever day that is. None on a day that is over or done: a clock set back asks for nothing again.
    """
    if last is not None and today <= last:
        return frozenset()
    due = {Cadence.DAILY, Cadence.YEARLY}
    if last is None or week_of(last)[0] != week_of(today)[0]:
        due.add(Cadence.WEEKLY)
    if last is None or (last.year, last.month) != (today.year, today.month):
        due.add(Cadence.MONTHLY)
    return frozenset(due)


def batch_id(municipality: str, cadence: Cadence, made_on: date) -> str:
    """What the reminders of a cadence that were made in a municipality on a day are called: ``KEY-yearly-2031-06-01``."""
    return f"{municipality}-{cadence}-{made_on.isoformat()}"
