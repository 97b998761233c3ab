"""Reminders: each once for its case, rule and period, however many processes ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlmodel import col, select

from pipeline.domain import ReminderRecord, ReminderStatus
from pipeline.store._unit import Unit
from pipeline.store.tables import ReminderRow


class Reminders:
    """What was reminded of, and what need not be any more."""

    def __init__(self, unit: Unit) -> None:
        """Work within one unit of work."""
        self._unit = unit

    def claim_reminder(self, case: str, rule: str, period: str, due: date, now: datetime) -> bool:
        """Claim a reminder; True only the first time. Order its letter in the same transaction."""
        return self._write(
            case_id=case, rule=rule, period=period, due=due, at=now, status=ReminderStatus.CREATED
        )

    def stop_reminder(self, case: str, rule: str, period: str, due: date, now: datetime) -> bool:
        """Note that the answer came before the reminder, so that it is never made. False when it was made or stopped before."""
        return self._write(
            case_id=case, rule=rule, period=period, due=due, at=now, status=ReminderStatus.STOPPED
        )

    def reminder_status(self, case: str, rule: str, period: str) -> ReminderStatus | None:
        """Return what became of a reminder, None when nothing has yet."""
        row = self._unit.one(
            select(ReminderRow).where(
                col(ReminderRow.case_id) == case,
                col(ReminderRow.rule) == rule,
                col(ReminderRow.period) == period,
            )
        )
        return None if row is None else row.status

    def reminder(self, case: str, rule: str, period: str) -> ReminderRecord | None:
        """Return one reminder as it was made or stopped, None when nothing has become of it yet."""
        row = self._unit.one(
            select(ReminderRow).where(
                col(ReminderRow.case_id) == case,
                col(ReminderRow.rule) == rule,
                col(ReminderRow.period) == period,
            )
        )
        return None if row is None else _record(row)

    def reminders(self, *, case: str | None = None, rule: str | None = None) -> Iterator[ReminderRecord]:
        """Yield reminders in the order they were made or stopped."""
        statement = select(ReminderRow)
        if case is not None:
            statement = statement.where(col(ReminderRow.case_id) == case)
        if rule is not None:
            statement = statement.where(col(ReminderRow.rule) == rule)
        for rows in self._unit.chunks(statement, col(ReminderRow.id), "id"):
            yield from [_record(row) for row in rows]

    def _write(self, **values: object) -> bool:
        return self._unit.insert_once(ReminderRow, values)


def _record(row: ReminderRow) -> ReminderRecord:
    return ReminderRecord(
        case=row.case_id, rule=row.rule, period=row.period, due=row.due, status=row.status, at=row.at
    )
