"""Cases: a person's whole case in one municipality, saved and read as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlmodel import col, select

from pipeline.domain import Case, CaseSummary, Event, Matter, MatterKind, Person, Phase, Task
from pipeline.store._case_rows import CaseRows, person_of, person_values, summary_of
from pipeline.store._events import Events
from pipeline.store._unit import Unit, rebuilt, refused
from pipeline.store.tables import CaseRow, MatterRow, PersonRow, TaskRow


class Cases:
    """The cases of all municipalities, each kept apart by its municipality's key."""

    def __init__(self, unit: Unit, events: Events) -> None:
        """Work within one unit of work."""
        self._unit = unit
        self._events = events
        self._rows = CaseRows(unit)

    def next_case_id(self, municipality: str, year: int) -> str:
        """Return the next case id of a year (``2026/1``), unique over the whole register. The municipality is not part of it."""
        del municipality
        return f"{year}/{self._unit.next_number(f'case/{year}')}"

    def next_person_id(self) -> str:
        """Return a person id that nobody has (``P1``)."""
        return f"P{self._unit.next_number('person')}"

    def save_case(self, case: Case, events: Sequence[Event]) -> None:
        """Save a case as it now is, with the events that say why. Read it in the same transaction, or a change may be lost.

        A child that the case leaves out stays in the database but counts no more; team and plan are kept version by version.
        Raises RefusedError when case or person are another municipality's, when the case changes its person, when two children
        share an id, or when an event is another case's; InputError for a value that can't be stored.
        """
        known = self._unit.one(select(CaseRow).where(col(CaseRow.id) == case.id))
        person = self._unit.one(select(PersonRow).where(col(PersonRow.id) == case.person.id))
        if known is not None and (known.municipality, known.person_id) != (case.municipality, case.person.id):
            raise refused("En sak kan ikke bytte kommune eller person.")
        if person is not None and person.municipality != case.municipality:
            raise refused("Personen hører til en annen kommunes register.")
        if any(event.case != case.id for event in events):
            raise refused("En hendelse hører til en annen sak.")
        self._unit.upsert(PersonRow, [person_values(case.person, case.municipality)])
        self._rows.save(case, new=known is None)
        self._events.add_events(events)

    def case(self, case: str) -> Case | None:
        """Return one case whole, None when there is none of that id."""
        row = self._unit.one(select(CaseRow).where(col(CaseRow.id) == case))
        return None if row is None else self._rows.cases([row])[0]

    def cases(self, *, municipality: str | None = None, phase: Phase | None = None) -> Iterator[Case]:
        """Yield whole cases by id, some hundred held at a time."""
        statement = select(CaseRow)
        if municipality is not None:
            statement = statement.where(col(CaseRow.municipality) == municipality)
        if phase is not None:
            statement = statement.where(col(CaseRow.phase) == phase)
        for rows in self._unit.chunks(statement, col(CaseRow.sort_key), "sort_key"):
            yield from self._rows.cases(rows)

    def case_summaries(
        self, *, municipality: str | None = None, phase: Phase | None = None
    ) -> Iterator[CaseSummary]:
        """Yield cases without their children, by id; for long lists."""
        statement = select(CaseRow)
        if municipality is not None:
            statement = statement.where(col(CaseRow.municipality) == municipality)
        if phase is not None:
            statement = statement.where(col(CaseRow.phase) == phase)
        for rows in self._unit.chunks(statement, col(CaseRow.sort_key), "sort_key"):
            persons = self._rows.persons([row.person_id for row in rows])
            yield from [summary_of(row, persons[row.person_id]) for row in rows]

    def cases_of_person(self, person: str) -> tuple[CaseSummary, ...]:
        """Return the cases of one person, oldest first."""
        statement = select(CaseRow).where(col(CaseRow.person_id) == person)
        rows = self._unit.all(statement.order_by(col(CaseRow.opened_on), col(CaseRow.sort_key)))
        known = self._rows.persons([person])
        return tuple(summary_of(row, known[person]) for row in rows)

    def person(self, person: str) -> Person | None:
        """Return one person, None when there is none of that id."""
        row = self._unit.one(select(PersonRow).where(col(PersonRow.id) == person))
        return None if row is None else person_of(row)

    def matters(self, kind: MatterKind, *, open_only: bool = False) -> Iterator[tuple[str, Matter]]:
        """Yield every matter of a kind, as case id and matter, by case."""
        statement = select(MatterRow).where(col(MatterRow.kind) == kind, col(MatterRow.present).is_(True))
        if open_only:
            statement = statement.where(col(MatterRow.done_on).is_(None))
        for row in self._unit.all(statement.order_by(col(MatterRow.case_id), col(MatterRow.position))):
            yield row.case_id, rebuilt(Matter, row)

    def open_tasks(self, *, municipality: str | None = None) -> Iterator[tuple[str, Task]]:
        """Yield what people still must do, as case id and task, by case."""
        statement = select(CaseRow).join(TaskRow).distinct()
        statement = statement.where(col(TaskRow.done_on).is_(None), col(TaskRow.present).is_(True))
        if municipality is not None:
            statement = statement.where(col(CaseRow.municipality) == municipality)
        for rows in self._unit.chunks(statement, col(CaseRow.sort_key), "sort_key"):
            tasks = select(TaskRow).where(
                col(TaskRow.case_id).in_([row.id for row in rows]),
                col(TaskRow.done_on).is_(None),
                col(TaskRow.present).is_(True),
            )
            for task in self._unit.all(tasks.order_by(col(TaskRow.case_id), col(TaskRow.position))):
                yield task.case_id, rebuilt(Task, task)
