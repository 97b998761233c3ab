"""Which cases may have something due: questions that an index answers, so that a day's run reads those cases and no others.

Each gives case ids; of closed cases too where leaving them out would cost more than reading them. ``claimed`` is a rule and a period: cases that were reminded of it are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from pipeline.domain import Case, MatterKind, Phase
from pipeline.store._case_rows import CaseRows
from pipeline.store._unit import CHUNK, Unit
from pipeline.store.tables import (
    AnnualReportRow,
    AppointmentRow,
    CaseRow,
    ConsentRow,
    MatterRow,
    PersonRow,
    ReminderRow,
    TeamRow,
)

Claim = tuple[str, str] | None

_UNDECIDED = (Phase.RECEIVED, Phase.ASSESSMENT)
_ENDED = (Phase.REFUSED, Phase.CLOSED, Phase.TERMINATED)
_OPEN = tuple(phase for phase in Phase if phase not in (*_ENDED, Phase.MERGED))


class Candidates:
    """Cases found by what is due in them."""

    def __init__(self, unit: Unit) -> None:
        """Work within one unit of work."""
        self._unit = unit
        self._rows = CaseRows(unit)

    def cases_by_id(self, ids: Iterable[str], *, ended: Iterable[str] = ()) -> Iterator[Case]:
        """Yield the open ones of some cases, whole, ordered as people count, some hundred held at a time.

        ``ended``: of these also such as are closed, refused or terminated; none that was merged into another.
        """
        found: set[Any] = set()
        for asked, phases in ((ids, _OPEN), (ended, (*_OPEN, *_ENDED))):
            wanted = sorted(set(asked))
            for start in range(0, len(wanted), CHUNK):
                part = and_(
                    col(CaseRow.id).in_(wanted[start : start + CHUNK]), col(CaseRow.phase).in_(phases)
                )
                found.update(self._unit.all(select(col(CaseRow.sort_key)).where(part)))
        keys = sorted(found)
        for start in range(0, len(keys), CHUNK):
            chosen = select(CaseRow).where(col(CaseRow.sort_key).in_(keys[start : start + CHUNK]))
            yield from self._rows.cases(self._unit.all(chosen.order_by(col(CaseRow.sort_key))))

    def due_designations(self, *, until: date) -> list[str]:
        """Cases, of any municipality, whose service was to name a coordinator by a day and has not."""
        found = select(col(AppointmentRow.case_id)).where(
            col(AppointmentRow.name) == "",
            col(AppointmentRow.to_date).is_(None),
            col(AppointmentRow.reply_due) <= until,
            col(AppointmentRow.present).is_(True),
        )
        return self._unit.all(found)

    def undecided(self, municipality: str, *, until: date) -> list[str]:
        """Cases whose message came by a day, is not decided, and has had no interim reply."""
        came = func.coalesce(col(CaseRow.notified_on), col(CaseRow.opened_on))
        replied = exists().where(
            col(MatterRow.case_id) == col(CaseRow.id),
            col(MatterRow.kind) == MatterKind.INTERIM_REPLY,
            col(MatterRow.present).is_(True),
            col(MatterRow.on) >= came,
        )
        found = _cases(municipality, _UNDECIDED).where(came <= until, ~replied)
        return self._unit.all(found)

    def active_teams(
        self,
        municipality: str,
        *,
        established_by: date | None = None,
        unreported: int | None = None,
        evaluated_by: date | None = None,
        unconsented: tuple[str, ...] = (),
        ages: tuple[int, int] = (16, 18),
        claimed: Claim = None,
    ) -> list[str]:
        """Cases with a team that has not ended.

        ``established_by``: in being on that day. ``unreported``: without a report for that year. ``evaluated_by``: not evaluated
        after that day, nor begun after it. ``unconsented``: lacking a consent given, signed and not withdrawn, of one of these
        kinds, or with one that has lapsed by ``established_by`` at one of the ``ages``, of own consent and majority (T-18, T-20).
        """
        newer = aliased(TeamRow)
        found = _cases(municipality).join(TeamRow, col(TeamRow.case_id) == col(CaseRow.id))
        found = found.where(
            col(TeamRow.known).is_(True),
            col(TeamRow.dissolved_on).is_(None),
            ~exists().where(
                col(newer.case_id) == col(TeamRow.case_id), col(newer.number) > col(TeamRow.number)
            ),
            *_unclaimed(claimed),
        )
        if established_by is not None:
            known = col(TeamRow.established_on)
            found = found.where(or_(known.is_(None), known <= established_by))
        if unreported is not None:
            reported = exists().where(
                col(AnnualReportRow.case_id) == col(CaseRow.id),
                col(AnnualReportRow.year) == unreported,
                col(AnnualReportRow.present).is_(True),
            )
            found = found.where(~reported)
        if unconsented:
            found = found.where(or_(*(~_consented(kind, ages, established_by) for kind in unconsented)))
        if evaluated_by is not None:
            evaluated = exists().where(
                col(MatterRow.case_id) == col(CaseRow.id),
                col(MatterRow.kind) == MatterKind.EVALUATION,
                col(MatterRow.present).is_(True),
                col(MatterRow.on) > evaluated_by,
            )
            found = found.where(~evaluated, col(TeamRow.established_on) <= evaluated_by)
        return self._unit.all(found)

    def coordinated(
        self, municipality: str, *, without_deputy: bool = False, claimed: Claim = None
    ) -> list[str]:
        """Cases with a coordinator in force; ``without_deputy``: for whom nobody stands in."""
        found = _cases(municipality).join(AppointmentRow, col(AppointmentRow.case_id) == col(CaseRow.id))
        found = found.where(
            col(AppointmentRow.present).is_(True),
            col(AppointmentRow.name) != "",
            col(AppointmentRow.to_date).is_(None),
            *_unclaimed(claimed),
        )
        if without_deputy:
            found = found.where(col(AppointmentRow.deputy_name) == "")
        return self._unit.all(found)

    def born_between(self, municipality: str, *, since: date | None, until: date) -> list[str]:
        """Cases of persons born between two days, both included."""
        born = col(PersonRow.birth_date)
        found = select(col(PersonRow.id)).where(col(PersonRow.municipality) == municipality, born <= until)
        return self._of(found.where(born >= since) if since is not None else found)

    def expected_by(self, municipality: str, *, until: date) -> list[str]:
        """Cases of children who were to be born by a day and whose birth nobody has registered."""
        found = select(col(PersonRow.id)).where(
            col(PersonRow.municipality) == municipality,
            col(PersonRow.due_date) <= until,
            col(PersonRow.birth_date).is_(None),
        )
        return self._of(found)

    def running_matters(
        self, kind: MatterKind, *, since: date | None, until: date, by_due: bool
    ) -> list[str]:
        """Cases, of any municipality, with an open matter of a kind whose day, or deadline (``by_due``), lies between two days."""
        day = col(MatterRow.due) if by_due else col(MatterRow.on)
        found = select(col(MatterRow.case_id)).where(
            col(MatterRow.kind) == kind,
            col(MatterRow.done_on).is_(None),
            col(MatterRow.present).is_(True),
            day <= until,
        )
        return self._unit.all(found.where(day >= since) if since is not None else found)

    def _of(self, persons: SelectOfScalar[str]) -> list[str]:
        """The cases of some persons; asked in two steps, so that SQLite can't begin with the cases."""
        known, found = self._unit.all(persons), []
        for start in range(0, len(known), CHUNK):
            part = col(CaseRow.person_id).in_(known[start : start + CHUNK])
            found += self._unit.all(select(col(CaseRow.id)).where(part))
        return found


def _cases(municipality: str, phases: tuple[Phase, ...] = _OPEN) -> SelectOfScalar[str]:
    return select(col(CaseRow.id)).where(
        col(CaseRow.municipality) == municipality, col(CaseRow.phase).in_(phases)
    )


def _consented(kind: str, ages: tuple[int, int], on: date | None) -> ColumnElement[bool]:
    """Whether a consent of a kind is valid and the newest of it, and surely has not lapsed with age by a day."""
    newer = aliased(ConsentRow)
    given = func.coalesce(col(ConsentRow.given_on), col(CaseRow.opened_on))
    born = (
        select(col(PersonRow.birth_date)).where(col(PersonRow.id) == col(CaseRow.person_id)).scalar_subquery()
    )
    last = (on or date.max).isoformat()

    def lapsed(age: int) -> ColumnElement[bool]:
        # Born on 29 February may come of age a day before the one that SQLite reckons.
        years = f"+{age} years"
        gone = and_(given < func.date(born, years), func.date(born, years, "-1 day") <= last)
        return func.coalesce(gone, False)

    return exists().where(
        col(ConsentRow.case_id) == col(CaseRow.id),
        col(ConsentRow.kind) == kind,
        col(ConsentRow.present).is_(True),
        col(ConsentRow.granted).is_(True),
        col(ConsentRow.signed).is_(True),
        col(ConsentRow.withdrawn_on).is_(None),
        ~lapsed(ages[0]),
        or_(col(ConsentRow.capacity) != "parent", ~lapsed(ages[1])),
        ~exists().where(
            col(newer.case_id) == col(ConsentRow.case_id),
            col(newer.kind) == kind,
            col(newer.present).is_(True),
            col(newer.position) > col(ConsentRow.position),
        ),
    )


def _unclaimed(claimed: Claim) -> tuple[ColumnElement[bool], ...]:
    if claimed is None:
        return ()
    rule, period = claimed
    made = exists().where(
        col(ReminderRow.case_id) == col(CaseRow.id),
        col(ReminderRow.rule) == rule,
        col(ReminderRow.period) == period,
    )
    return (~made,)
