"""Letters: ordered once, made, approved, signed and sent; and the archive's numbers for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_
from sqlmodel import col, select

from pipeline.domain import Fact, Letter, LetterOrder, LetterStatus, Party
from pipeline.store._unit import Unit, missing, number_in, refused, shallow
from pipeline.store.tables import ArchiveRow, CaseRow, DocumentRow, LetterRow, unstorable

_MADE = (
    "status",
    "signer",
    "docx",
    "pdf",
    "docx_sha256",
    "pdf_sha256",
    "template_sha256",
    "data",
)
"""What changes while a letter is made and goes its way; the rest is fixed when it is ordered."""


WITHDRAWN = "withdrawn"
"""What stands after the key of a withdrawn letter that was ordered again, before its id."""


class Letters:
    """The outbox as the register knows it."""

    def __init__(self, unit: Unit) -> None:
        """Work within one unit of work."""
        self._unit = unit

    def order_letters(
        self, orders: Sequence[LetterOrder], *, municipality: str, now: datetime, actor: str
    ) -> tuple[Letter, ...]:
        """Order letters, once for each case and key; numbers count within the case.

        Returns a letter for each order, in order: one that was ordered before comes back as it now is. One that was withdrawn since
        doesn't count (R-54: a form linked again is answered again), but a reminder is never made twice. Raises RefusedError when a case is
        another municipality's, UsageError when there is no such case.
        """
        return tuple(self._order(order, municipality, now, actor) for order in orders)

    def letter(self, letter: str) -> Letter | None:
        """Return a letter by its id (``L7``) or its reference (``2026/412-3``), None when there is none."""
        number = number_in(letter, "L")
        if number is not None:
            row = self._unit.one(select(LetterRow).where(col(LetterRow.id) == number))
        else:
            case, _, digits = letter.rpartition("-")
            row = self._unit.one(
                select(LetterRow).where(
                    col(LetterRow.case_id) == case, col(LetterRow.number) == number_in(digits, "")
                )
            )
        return None if row is None else letter_of(row)

    def letters(
        self,
        *,
        status: LetterStatus | None = None,
        case: str | None = None,
        municipality: str | None = None,
    ) -> Iterator[Letter]:
        """Yield letters in the order they were ordered."""
        statement = select(LetterRow)
        if status is not None:
            statement = statement.where(col(LetterRow.status) == status)
        if case is not None:
            statement = statement.where(col(LetterRow.case_id) == case)
        if municipality is not None:
            statement = statement.where(col(LetterRow.municipality) == municipality)
        for rows in self._unit.chunks(statement, col(LetterRow.id), "id"):
            yield from [letter_of(row) for row in rows]

    def letters_without_pdf(self) -> Iterator[Letter]:
        """Yield letters that are made as Word but not yet as PDF, withdrawn ones left out."""
        statement = select(LetterRow).where(
            col(LetterRow.docx) != "",
            col(LetterRow.pdf) == "",
            col(LetterRow.status) != LetterStatus.WITHDRAWN,
        )
        for rows in self._unit.chunks(statement, col(LetterRow.id), "id"):
            yield from [letter_of(row) for row in rows]

    def withdrawn_outside(self, folder: str) -> Iterator[Letter]:
        """Yield withdrawn letters of which a file lies in another folder of the outbox than this one."""
        lies = [
            and_(made != "", ~made.contains(f"/{folder}/"))
            for made in (col(LetterRow.docx), col(LetterRow.pdf))
        ]
        statement = select(LetterRow).where(col(LetterRow.status) == LetterStatus.WITHDRAWN, or_(*lies))
        for rows in self._unit.chunks(statement, col(LetterRow.id), "id"):
            yield from [letter_of(row) for row in rows]

    def update_letter(self, letter: Letter) -> None:
        """Save what became of a letter. Raises RefusedError when its order, number or municipality is not the one ordered."""
        known = self.letter(letter.id)
        if known is None:
            raise missing("Brevet")
        fixed = (known.order, known.municipality, known.number, known.ordered_at)
        if fixed != (letter.order, letter.municipality, letter.number, letter.ordered_at):
            raise refused("Et bestilt brev kan ikke gjøres om til et annet.")
        values = {name: getattr(letter, name) for name in _MADE}
        self._unit.update(LetterRow, col(LetterRow.id) == number_in(letter.id, "L"), **values)

    def set_archive_reference(
        self, subject: str, *, archive_case: str, journal_number: str, actor: str
    ) -> None:
        """Keep the archive's case and journal number of a document (``D12``) or a letter (``L7``); new ones replace old ones."""
        document, letter = number_in(subject, "D"), number_in(subject, "L")
        table: type[DocumentRow] | type[LetterRow] = DocumentRow if document is not None else LetterRow
        if self._unit.one(select(col(table.id)).where(col(table.id) == (document or letter))) is None:
            raise missing("Dokumentet eller brevet")
        values = {
            "archive_case": archive_case,
            "journal_number": journal_number,
            "at": self._unit.clock(),
            "actor": actor,
        }
        column = ArchiveRow.document_id if document is not None else ArchiveRow.letter_id
        if not self._unit.update(ArchiveRow, col(column) == (document or letter), **values):
            self._unit.insert(ArchiveRow, {"document_id": document, "letter_id": letter, **values})

    def archive_reference(self, subject: str) -> tuple[str, str] | None:
        """Return the archive's case and journal number of a document or letter, None when none is known."""
        document, letter = number_in(subject, "D"), number_in(subject, "L")
        column = ArchiveRow.document_id if document is not None else ArchiveRow.letter_id
        row = self._unit.one(select(ArchiveRow).where(col(column) == (document or letter)))
        return None if row is None else (row.archive_case, row.journal_number)

    def _order(self, order: LetterOrder, municipality: str, now: datetime, actor: str) -> Letter:
        known = select(LetterRow).where(col(LetterRow.case_id) == order.case, col(LetterRow.key) == order.key)
        row = self._unit.one(known)
        if row is not None and (row.status is not LetterStatus.WITHDRAWN or row.batch):
            return letter_of(row)
        if row is not None:
            # The withdrawn letter stays under a name of its own, so that the key is free.
            self._unit.update(LetterRow, col(LetterRow.id) == row.id, key=f"{row.key}:{WITHDRAWN}:L{row.id}")
        case = self._unit.one(select(CaseRow).where(col(CaseRow.id) == order.case))
        if case is None:
            raise missing("Saken")
        if case.municipality != municipality:
            raise refused("Saken hører til en annen kommune.")
        last = self._unit.one(
            select(func.max(col(LetterRow.number))).where(col(LetterRow.case_id) == order.case)
        )
        number = self._unit.insert(
            LetterRow,
            {
                "case_id": order.case,
                "key": order.key,
                "number": (last or 0) + 1,
                "municipality": municipality,
                "kind": order.kind,
                "rule": order.rule,
                "batch": order.batch,
                **{f"to_{name}": value for name, value in shallow(order.to).items()},
                "facts": {name: stored_fact(fact) for name, fact in order.facts.items()},
                "status": LetterStatus.ORDERED,
                "ordered_at": now,
                "ordered_by": actor,
                **dict.fromkeys(_MADE[1:-1], ""),
                "data": {},
            },
        )
        found = self.letter(f"L{number}")
        if found is None:
            raise missing("Brevet")
        return found


def stored_fact(fact: Fact) -> object:
    """Return a fact as JSON: a day is marked as one, so that it comes back as one."""
    if isinstance(fact, datetime):
        raise unstorable()
    if isinstance(fact, date):
        return {"day": fact.isoformat()}
    if isinstance(fact, tuple):
        if not all(isinstance(part, str) for part in fact):
            raise unstorable()
        return list(fact)
    if fact is not None and not isinstance(fact, str | int):
        raise unstorable()
    return fact


def fact_of(stored: Any) -> Fact:
    """Return the fact that was stored as JSON."""
    if isinstance(stored, dict):
        return date.fromisoformat(stored["day"])
    return tuple(stored) if isinstance(stored, list) else stored


def letter_of(row: LetterRow) -> Letter:
    """Return the letter of a row."""
    facts: Mapping[str, Fact] = {name: fact_of(fact) for name, fact in row.facts.items()}
    return Letter(
        id=f"L{row.id}",
        order=LetterOrder(
            key=row.key,
            kind=row.kind,
            case=row.case_id,
            to=Party(
                role=row.to_role,
                name=row.to_name,
                address_lines=row.to_address_lines,
                employee=row.to_employee,
                email=row.to_email,
                service=row.to_service,
            ),
            rule=row.rule,
            batch=row.batch,
            facts=facts,
        ),
        municipality=row.municipality,
        number=row.number,
        status=row.status,
        ordered_at=row.ordered_at,
        signer=row.signer,
        docx=row.docx,
        pdf=row.pdf,
        docx_sha256=row.docx_sha256,
        pdf_sha256=row.pdf_sha256,
        template_sha256=row.template_sha256,
        data=row.data,
    )
