"""The archive clerk's numbers: what the archive calls a case, a document or a letter, and what it has not got yet (B.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pipeline.domain import DocumentRecord, Event, EventKind
from pipeline.errors import UsageError
from pipeline.flow._clock import OSLO
from pipeline.flow._desk import Desk
from pipeline.store import Register

Row = dict[str, object]
_DOCUMENT = " dok. "
"""What stands between a journal number and the document's number within it."""


def set_number(desk: Desk, subject: str, *, case: str, journal: str, document: str = "") -> Row:
    """Keep the archive's numbers of a document (``D12``) or a letter (``L7``, ``2026/412-3``); new ones replace old ones.

    Raises UsageError for what isn't known and for an empty number.
    """
    if not case.strip() or not journal.strip():
        raise UsageError("Skriv både arkivets saksnummer (--case) og journalnummeret (--journal).")
    number = journal.strip() + (f"{_DOCUMENT}{document.strip()}" if document.strip() else "")
    with desk.store.transaction() as register:
        letter = register.letter(subject)
        record = register.document(subject) if letter is None else None
        if letter is not None:
            cases = [letter.order.case]
        elif record is not None:
            cases = [one.case for one in register.submissions(document=record.id) if one.case]
        else:
            raise UsageError(
                f"Fant ikke dokument eller brev {subject}. Se listene med: skjemaflyt documents, letters"
            )
        wanted = letter.id if letter is not None else subject
        for one in dict.fromkeys(cases):
            known = register.case(one)
            if known is not None:
                desk.refuse_kept_out(register, known)
        register.set_archive_reference(
            wanted, archive_case=case.strip(), journal_number=number, actor=desk.actor
        )
        told = {"subject": wanted, "archive_case": case.strip(), "journal": number}
        register.add_events([_event(desk, one, wanted, told) for one in dict.fromkeys(cases or [""])])
        return {"id": wanted, **numbers_of(register, wanted)}


def set_case_number(desk: Desk, case_id: str, number: str) -> Row:
    """Keep what the archive calls a case; its letters carry that number from now on. Raises UsageError for what isn't known."""
    if not number.strip():
        raise UsageError("Skriv arkivets saksnummer.")
    with desk.store.transaction() as register:
        case = register.case(case_id)
        if case is None:
            raise UsageError(f"Fant ikke sak {case_id}. Se listen med: skjemaflyt cases")
        desk.refuse_kept_out(register, case)
        told = {"archive_case": number.strip(), "before": case.archive_case}
        register.save_case(
            replace(case, archive_case=number.strip()), [_event(desk, case.id, "archive", told)]
        )
    return {"case": case_id, "archive_case": number.strip()}


def unjournalled_rows(desk: Desk, on: date) -> Iterator[Row]:
    """What came in, or was signed or sent, by a day and has no journal number, by municipality. Titles are neutral: no name, no kind."""
    rows: list[Row] = []
    with desk.store.reading() as register:
        hidden = desk.hidden(register)
        for record in register.unjournalled_documents():
            received = record.received_at.astimezone(OSLO).date()
            cases = list(
                dict.fromkeys(one.case for one in register.submissions(document=record.id) if one.case)
            )
            key = record.municipality or _municipality(register, cases) or desk.default_municipality
            if received <= on and not hidden.holds(record):
                rows.append(_row(desk, register, record.id, key, received, cases, "in"))
        for letter in register.unjournalled_letters():
            ordered = letter.ordered_at.astimezone(OSLO).date()
            if ordered <= on and letter.order.case not in hidden.cases:
                rows.append(
                    _row(desk, register, letter.id, letter.municipality, ordered, [letter.order.case], "out")
                )
    yield from sorted(rows, key=lambda row: (str(row["municipality"]), str(row["date"])))


def numbers_of(register: Register, subject: str) -> Row:
    """The archive's case, journal and document number of a document or letter; None where there is none."""
    known = register.archive_reference(subject)
    case, journal = known if known is not None else ("", "")
    entry, _, document = journal.partition(_DOCUMENT)
    return {
        "archive_case": case or None,
        "journal_number": entry or None,
        "document_number": document or None,
    }


def documents_of(register: Register, case: str) -> list[Row]:
    """The documents of a case, short, with the archive's numbers."""
    ids = dict.fromkeys(one.document for one in register.submissions(case=case))
    found = [register.document(one) for one in ids]
    return [_short(register, record) for record in found if record is not None]


def _short(register: Register, record: DocumentRecord) -> Row:
    return {
        "id": record.id,
        "source": record.source,
        "received_at": record.received_at.isoformat(),
        "status": record.status.value,
        "forms": [form for form, _, _ in register.document_forms(record.id)],
        **numbers_of(register, record.id),
    }


def _municipality(register: Register, cases: list[str]) -> str:
    found = register.case(cases[0]) if cases else None
    return found.municipality if found is not None else ""


def _row(desk: Desk, register: Register, subject: str, key: str, on: date, cases: list[str], way: str) -> Row:
    found = [known for known in map(register.case, cases) if known is not None]
    return {
        "id": subject,
        "municipality": key,
        "way": way,
        "date": on.isoformat(),
        "title": desk.municipalities[key].letters.neutral_title,
        "cases": cases,
        "archive_case": next((one.archive_case for one in found if one.archive_case), None),
    }


def _event(desk: Desk, case: str, cause: str, told: dict[str, str]) -> Event:
    return Event(
        case=case, kind=EventKind.JOURNALLED, at=desk.now(), actor=desk.actor, cause=cause, data=told
    )
