"""What a person or a machine is shown: plain rows, in the words of the contract (``spec/commands``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from pipeline.domain import (
    Case,
    DocumentRecord,
    Letter,
    LetterStatus,
    MatterKind,
    PartyRole,
)
from pipeline.flow._approving import batch_of
from pipeline.flow._archiving import documents_of, numbers_of
from pipeline.flow._consenting import consent_standing
from pipeline.flow._desk import Desk
from pipeline.reminders import next_due
from pipeline.store import Register

Row = dict[str, object]


def document_rows(desk: Desk) -> Iterator[Row]:
    """Every file ever taken in, in the order it came."""
    with desk.store.reading() as register:
        hidden = desk.hidden(register)
        for record in register.documents():
            if not hidden.holds(record):
                yield document_row(register, record)


def document_row(register: Register, record: DocumentRecord) -> Row:
    """One file: its status, why, and the forms in it."""
    return {
        "id": record.id,
        "source": record.source,
        "sha256": record.sha256,
        "received_at": record.received_at.isoformat(),
        "status": record.status.value,
        "reason": record.reason or None,
        "reason_code": record.reason_code or None,
        "duplicate_of": record.duplicate_of,
        "municipality": record.municipality or None,
        "forms": [
            {"form": form, "status": status.value, "case": case}
            for form, status, case in register.document_forms(record.id)
        ],
    }


def review_rows(desk: Desk) -> Iterator[Row]:
    """What waits for a person."""
    with desk.store.reading() as register:
        hidden = desk.hidden(register)
        for item in register.review_items():
            if item.document in hidden.documents:
                continue
            yield {
                "id": item.id,
                "document": item.document,
                "submission": item.submission,
                "form": item.form,
                "field": item.field,
                "value": plain(item.value),
                "raw": item.raw,
                "code": item.code,
                "reason": item.reason,
                "candidates": [
                    {
                        "case": c.case,
                        "name": c.name,
                        "birth_date": plain(c.birth_date),
                        "for": list(c.speaks_for),
                        "against": list(c.speaks_against),
                    }
                    for c in item.candidates
                ],
            }


def case_rows(desk: Desk) -> Iterator[Row]:
    """Every case, short."""
    with desk.store.reading() as register:
        hidden = desk.hidden(register)
        for case in register.cases():
            if case.id in hidden.cases:
                continue
            yield {
                "id": case.id,
                "municipality": case.municipality,
                "person": _person(case),
                "state": case.phase.value,
                "opened_on": case.opened_on.isoformat(),
                "requested": [m.value for m in case.requested],
                "coordinator": _coordinator(case),
            }


def case_row(desk: Desk, wanted: str) -> Row | None:
    """One case whole; None when there is none of that id."""
    with desk.store.reading() as register:
        case = register.case(wanted)
        if case is None:
            return None
        desk.refuse_kept_out(register, case)
        joined = [
            m.about for m in case.matters_of(MatterKind.MERGER, running=True) if m.about != case.merged_into
        ]
        return {
            "id": case.id,
            "municipality": case.municipality,
            "archive_case": case.archive_case or None,
            "language": case.language,
            "person": _person(case),
            "state": case.phase.value,
            "opened_on": case.opened_on.isoformat(),
            "closed_on": plain(case.closed_on),
            "requested": [m.value for m in case.requested],
            "requested_other": case.requested_other or None,
            "granted": [m.value for m in case.granted],
            "need": case.need or None,
            "services": list(case.services),
            "contacts": [_slots(c) for c in case.contacts],
            "coordinator": _coordinator(case),
            "appointments": [_slots(a) for a in case.appointments],
            "team": {**_slots(case.team), "members": [_slots(m) for m in case.team.members]}
            if case.team
            else None,
            "consents": [{**_slots(c), **consent_standing(desk, case, c)} for c in case.consents],
            "plan": _slots(case.plan) if case.plan else None,
            "annual_reports": [_slots(r) for r in case.annual_reports],
            "deadlines": _deadlines(desk, case),
            "tasks": [_slots(t) for t in case.tasks],
            "matters": [_slots(m) for m in case.matters],
            "merged_into": case.merged_into or None,
            "merged": joined,
            "documents": [row for one in (case.id, *joined) for row in documents_of(register, one)],
            "letters": [
                letter_row(desk, letter) | numbers_of(register, letter.id)
                for one in (case.id, *joined)
                for letter in register.letters(case=one)
                if _shown(letter)
            ],
            "events": [
                {"at": e.at.isoformat(), "kind": e.kind.value, "actor": e.actor, "cause": e.cause}
                for e in register.events(case=case.id)
            ],
        }


def letter_rows(desk: Desk) -> Iterator[Row]:
    """Every letter that has been made."""
    with desk.store.reading() as register:
        hidden = desk.hidden(register)
        for letter in register.letters():
            if _shown(letter) and letter.order.case not in hidden.cases:
                yield letter_row(desk, letter)


def letters_waiting(desk: Desk) -> list[str]:
    """What ordered letters still wait for, a sentence each; empty when every ordered letter is made."""
    with desk.store.reading() as register:
        cases = dict.fromkeys(one.order.case for one in register.letters(status=LetterStatus.ORDERED))
        found = [register.case(case) for case in cases]
        hidden = desk.hidden(register)
        return [
            f"Sak {case.id}: {task.text}"
            for case in found
            if case is not None and case.id not in hidden.cases
            for task in case.tasks
            if task.done_on is None and task.code.startswith("letter-")
        ]


def letter_row(desk: Desk, letter: Letter) -> Row:
    """One letter; its files as full paths, None until they are made."""
    return {
        "id": letter.id,
        "kind": letter.order.kind,
        "case": letter.order.case,
        "municipality": letter.municipality,
        "to": letter.order.to.name or _written_to(letter),
        "signer": letter.signer or None,
        "status": letter.status.value,
        "rule": letter.order.rule or None,
        "batch": batch_of(desk, letter),
        "delivery": _channel(desk, letter),
        "docx": str(desk.home / letter.docx) if letter.docx else None,
        "pdf": str(desk.home / letter.pdf) if letter.pdf else None,
    }


def _channel(desk: Desk, letter: Letter) -> str | None:
    """What a letter without a postal address is sent by: to the complaint body, the municipality's own channel (B.2)."""
    to = letter.order.to
    if to.role is not PartyRole.COMPLAINT_BODY or to.address_lines:
        return None
    return desk.municipalities[letter.municipality].office.complaint_channel or None


def _written_to(letter: Letter) -> str | None:
    """Who a letter was made out to, when nobody was known at the time it was ordered."""
    lines = letter.data.get("recipient_lines")
    return str(lines[0]) if isinstance(lines, list | tuple) and lines else None


def staff_rows(desk: Desk) -> Iterator[Row]:
    """Every employee and role holder, by municipality."""
    with desk.store.reading() as register:
        for key in desk.municipalities:
            for employee in register.staff(key).employees:
                yield {
                    **_slots(employee),
                    "roles": [{k: v for k, v in _slots(r).items() if v} for r in employee.roles],
                }


def plain(value: object) -> object:
    """A value as JSON holds it: dates in ISO, rows as lists of objects."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [dict(v) if hasattr(v, "keys") else plain(v) for v in value]
    return value


def _slots(thing: object) -> Row:
    names: tuple[str, ...] = getattr(type(thing), "__slots__", ())
    return {name: plain(getattr(thing, name)) for name in names}


def _person(case: Case) -> Row:
    person = case.person
    shown = _slots(person)
    shown.pop("national_id", None)
    if person.protected:
        shown["address"] = shown["postal_place"] = ""
    return shown


def _coordinator(case: Case) -> Row | None:
    found = case.coordinator
    if found is None:
        return None
    return {
        "id": found.employee or found.id,
        "name": found.name,
        "service": found.service,
        "measure": found.measure.value,
        "from": plain(found.from_date),
        "deputy": found.deputy_name or None,
    }


def _deadlines(desk: Desk, case: Case) -> list[Row]:
    awaiting = case.awaiting
    rows: list[Row] = []
    if awaiting is not None and awaiting.reply_due is not None:
        rows.append({"what": "designation", "due": awaiting.reply_due.isoformat()})
    upcoming = next_due((case,), desk.municipalities, desk.today())
    if upcoming is not None:
        rows.append({"what": "reminder", "due": upcoming.isoformat()})
    return rows


def _shown(letter: Letter) -> bool:
    return letter.status is not LetterStatus.ORDERED
