"""What nobody has answered: restanse and forfall, and the reports of the June round that are missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.domain import Staff
from pipeline.flow._desk import Desk
from pipeline.flow._seeking import candidates
from pipeline.reminders import Missing, Standing, missing_reports, overdue, questions, upcoming

Row = dict[str, object]


def standing_rows(desk: Desk, *, which: str, on: date, days: int) -> Iterator[Row]:
    """``restanse``: what was due before a day and isn't answered. ``forfall``: what falls due from that day and ``days`` on."""
    known = desk.municipalities
    with desk.store.reading() as register:
        ahead = days if which == "forfall" else 0
        # A deadline may lie long after the day its first reminder goes out; the lists look as far as a year holds.
        cases = candidates(register, questions(known, on, ahead=ahead, listing=True))
        found = upcoming(cases, known, on, days) if which == "forfall" else overdue(cases, known, on)
        hidden = desk.hidden(register)
    yield from (_standing(one) for one in found if one.case not in hidden.cases)


def missing_rows(desk: Desk, *, year: int) -> Iterator[Row]:
    """Who has not sent the yearly report, by leader: the leader of the coordinator's service, or nobody when that isn't surely one."""
    on = desk.today()
    with desk.store.reading() as register:
        staff = {key: register.staff(key) for key in desk.municipalities}
        end = date(year, 12, 31)
        cases = candidates(register, questions(desk.municipalities, end, listing=True))
        hidden = desk.hidden(register)
        reports = missing_reports(cases, desk.municipalities, year, on)
        found = [one for one in reports if one.case not in hidden.cases]
    rows = [_missing(one, staff[one.municipality], on) for one in found]
    yield from sorted(
        rows, key=lambda row: (str(row["municipality"]), str(row["leader"] or ""), str(row["case"]))
    )


def _standing(one: Standing) -> Row:
    return {
        "rule": one.rule,
        "case": one.case,
        "municipality": one.municipality,
        "what": one.what,
        "due": one.due.isoformat(),
        "who": one.who or None,
    }


def _missing(one: Missing, staff: Staff, on: date) -> Row:
    leader = staff.holder("manager", on, service=one.service) if one.service else None
    return {
        "leader": leader.name if leader is not None else None,
        "service": one.service or None,
        "coordinator": one.coordinator or None,
        "case": one.case,
        "municipality": one.municipality,
        "year": one.year,
        "due": one.due.isoformat(),
        "escalate": one.last_step,
    }
