"""Work through the documents that wait: read each, settle what it means, and leave it with a status and a reason."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from pipeline.domain import DocumentRecord, DocumentStatus, Submission
from pipeline.errors import LockedError, PassingError, UnreadableError
from pipeline.flow._auditing import with_audit
from pipeline.flow._desk import Desk
from pipeline.flow._following import NOT_READ, follow_all
from pipeline.flow._messages import is_message, read_message
from pipeline.flow._reading import read_forms
from pipeline.intake import put_aside


def work(desk: Desk, *, most: int | None = None) -> int:
    """Work through waiting documents, oldest first, ``most`` at a time. Returns how many were worked on."""
    done = 0
    while most is None or done < most:
        with desk.store.transaction() as register:
            record = register.next_document(desk.now())
        if record is None:
            break
        work_on(desk, record)
        done += 1
    return done


def work_on(desk: Desk, record: DocumentRecord) -> None:
    """Take one document as far as it comes without a person. It always ends with a status and, when due, a reason."""
    path = desk.originals.path(record.sha256)
    try:
        submissions = _read(desk, record, path)
        with desk.store.transaction() as register:
            follow_all(desk, register, record, submissions)
    except LockedError as fault:
        _aside(desk, record, path, DocumentStatus.LOCKED, fault.text, fault.code)
    except UnreadableError as fault:
        _aside(desk, record, path, DocumentStatus.REJECTED, fault.text, fault.code)
    except (PassingError, OSError, MemoryError) as fault:
        _later(desk, record, path, fault)
    except Exception as fault:  # noqa: BLE001 - whatever a file does to us, it must end with a reason, not stop the inbox
        desk.log.error("document-failed", document=record.id, fault=type(fault).__name__, at=_where(fault))
        _aside(desk, record, path, DocumentStatus.REJECTED, INTERNAL, "internal")


INTERNAL = (
    "Programmet klarte ikke å behandle filen. Filen er tatt vare på; si fra til den som drifter programmet."
)


def _read(desk: Desk, record: DocumentRecord, path: Path) -> tuple[Submission, ...]:
    if is_message(record):
        return read_message(desk, path)
    read = read_forms(
        path,
        source=record.source,
        forms=desk.forms,
        names=desk.municipalities.names,
        towns=desk.towns,
        today=desk.today(),
        scan_reader=desk.scan_reader,
    )
    return tuple(
        with_audit(one, document=record.sha256, position=position, share=desk.audit_share)
        for position, one in enumerate(read, start=1)
    )


def _aside(
    desk: Desk, record: DocumentRecord, path: Path, status: DocumentStatus, reason: str, code: str
) -> None:
    try:
        put_aside(
            path,
            desk.aside,
            document=record.id,
            source=record.source,
            reason=reason,
            at=desk.local_time(),
        )
        with desk.store.transaction() as register:
            register.settle_document(record.id, status, reason=reason, reason_code=code)
            register.add_step(record.id, "put-aside", desk.now(), desk.actor, reason)
    except (PassingError, OSError) as fault:
        desk.log.warning("put-aside-postponed", document=record.id, fault=type(fault).__name__)
        _release(desk, record, reason, code, pause=desk.retry_pauses[0])
        return
    desk.log.info("document-put-aside", document=record.id, code=code)


def _later(desk: Desk, record: DocumentRecord, path: Path, fault: BaseException) -> None:
    tried = record.attempts
    reason = "Noe sviktet for øyeblikket da filen skulle behandles. Programmet prøver igjen av seg selv."
    desk.log.warning("document-postponed", document=record.id, fault=type(fault).__name__, attempt=tried)
    if tried > len(desk.retry_pauses):
        _aside(
            desk,
            record,
            path,
            DocumentStatus.REJECTED,
            "Filen kunne ikke behandles etter flere forsøk på grunn av en driftsfeil. Prøv igjen når feilen er rettet.",
            "passing-fault",
        )
        return
    _release(desk, record, reason, "passing-fault", pause=desk.retry_pauses[max(tried, 1) - 1])


def _release(desk: Desk, record: DocumentRecord, reason: str, code: str, *, pause: float) -> None:
    try:
        with desk.store.transaction() as register:
            register.add_step(record.id, "postponed", desk.now(), desk.actor, reason)
            register.postpone_document(
                record.id, reason=reason, reason_code=code, try_after=desk.now() + timedelta(seconds=pause)
            )
    except (PassingError, OSError):
        # The register itself is out of reach: the document stays "working" and is released at the next start.
        desk.log.error("register-out-of-reach", document=record.id)


def _where(fault: BaseException) -> str:
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace is not None else ""


def retake_unread(desk: Desk) -> int:
    """Take what waits for a scan reader again, once there is one. Returns how many."""
    if desk.scan_reader is None:
        return 0
    with desk.store.transaction() as register:
        waiting = list(register.waiting_for(NOT_READ))
        for record in waiting:
            register.settle_document(record.id, DocumentStatus.RECEIVED)
    return len(waiting)


def retry(desk: Desk, document: str | None = None) -> int:
    """Take documents that were put aside again; one, or all that were put aside for a passing fault."""
    with desk.store.transaction() as register:
        if document is not None:
            record = register.document(document)
            chosen = [record] if record is not None and record.status in ASIDE else []
        else:
            chosen = [
                r for r in register.documents(status=DocumentStatus.REJECTED) if r.reason_code in PASSING
            ]
            chosen += [
                r for r in register.documents(status=DocumentStatus.RECEIVED) if r.try_after is not None
            ]
        for found in chosen:
            register.settle_document(found.id, DocumentStatus.RECEIVED)
    for found in chosen:
        shutil.rmtree(desk.aside / found.id, ignore_errors=True)
    return len(chosen)


ASIDE = frozenset({DocumentStatus.REJECTED, DocumentStatus.LOCKED})
PASSING = frozenset({"passing-fault", "internal"})
