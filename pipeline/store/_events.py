"""Events: every change with time, actor and cause; written once, never altered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlmodel import col, select

from pipeline.domain import Event
from pipeline.store._unit import Unit, number_in
from pipeline.store.tables import DocumentRow, EventRow


class Events:
    """The register's memory of what happened."""

    def __init__(self, unit: Unit) -> None:
        """Work within one unit of work."""
        self._unit = unit

    def add_events(self, events: Sequence[Event]) -> None:
        """Write events in their order. An event whose ``cause`` is a document's id is found by that document too."""
        numbers = {number_in(e.cause, "D") for e in events} - {None}
        known = set(self._unit.all(select(col(DocumentRow.id)).where(col(DocumentRow.id).in_(list(numbers)))))
        self._unit.insert_all(
            EventRow,
            [
                {
                    "case_id": e.case or None,
                    "document_id": number if (number := number_in(e.cause, "D")) in known else None,
                    "kind": e.kind,
                    "at": e.at,
                    "actor": e.actor,
                    "cause": e.cause,
                    "data": dict(e.data),
                }
                for e in events
            ],
        )

    def events(self, *, case: str | None = None, document: str | None = None) -> Iterator[Event]:
        """Yield events in the order they were written, of one case, one document, or all."""
        statement = select(EventRow)
        if case is not None:
            statement = statement.where(col(EventRow.case_id) == case)
        if document is not None:
            statement = statement.where(col(EventRow.document_id) == number_in(document, "D"))
        for rows in self._unit.chunks(statement, col(EventRow.id), "id"):
            yield from [
                Event(
                    case=row.case_id or "",
                    kind=row.kind,
                    at=row.at,
                    actor=row.actor,
                    cause=row.cause,
                    data=row.data,
                )
                for row in rows
            ]
