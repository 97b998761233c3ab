"""Finding whose a form may be: the questions that matching asks, each answered from an index."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select

from pipeline.domain import CaseSummary, address_key, name_ends, name_key
from pipeline.store._case_rows import CaseRows, person_of, summary_of
from pipeline.store._unit import Unit
from pipeline.store.tables import CaseRow, PersonRow


class Search:
    """Cases by what a form tells of its person. Every answer is of one municipality; an empty question finds nothing."""

    def __init__(self, unit: Unit) -> None:
        """Work within one unit of work."""
        self._unit = unit
        self._rows = CaseRows(unit)

    def cases_by_number(self, municipality: str, number: str) -> tuple[CaseSummary, ...]:
        """Cases whose id or archive number is ``number``."""
        if not number:
            return ()
        rows = self._unit.all(
            select(CaseRow)
            .where(
                col(CaseRow.municipality) == municipality,
                or_(col(CaseRow.id) == number, col(CaseRow.archive_case) == number),
            )
            .order_by(col(CaseRow.sort_key))
        )
        persons = self._rows.persons(row.person_id for row in rows)
        return tuple(summary_of(row, persons[row.person_id]) for row in rows)

    def cases_by_birth_date(self, municipality: str, day: date) -> tuple[CaseSummary, ...]:
        """Cases of persons born on a day."""
        return self._of_persons(municipality, col(PersonRow.birth_date) == day)

    def cases_by_due_date(self, municipality: str, first: date, last: date) -> tuple[CaseSummary, ...]:
        """Cases of unborn children due between two days, both included."""
        return self._of_persons(municipality, col(PersonRow.due_date).between(first, last))

    def cases_by_phone(self, municipality: str, phone: str) -> tuple[CaseSummary, ...]:
        """Cases of persons with a phone number (E.164)."""
        return self._of_persons(municipality, col(PersonRow.phone) == phone) if phone else ()

    def cases_by_address(self, municipality: str, address: str) -> tuple[CaseSummary, ...]:
        """Cases of persons at a street and number, whatever the spelling; the postal place is not asked."""
        folded = address_key(address)
        return self._of_persons(municipality, col(PersonRow.address_key) == folded) if folded else ()

    def cases_by_name(self, municipality: str, name: str) -> tuple[CaseSummary, ...]:
        """Cases of persons with the same words in their name, or the same first and last; accents and order don't count."""
        folded, ends = name_key(name), name_ends(name)
        if not folded:
            return ()
        return self._of_persons(
            municipality, or_(col(PersonRow.name_key) == folded, col(PersonRow.name_ends) == ends)
        )

    def _of_persons(self, municipality: str, question: ColumnElement[bool]) -> tuple[CaseSummary, ...]:
        found = self._unit.session.exec(
            select(CaseRow, PersonRow)
            .join(PersonRow)
            .where(col(PersonRow.municipality) == municipality, question)
            .order_by(col(CaseRow.sort_key))
            .execution_options(populate_existing=True)
        )
        return tuple(summary_of(row, person_of(person)) for row, person in found)
