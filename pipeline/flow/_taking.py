"""Take files in: what the inbox holds is claimed, kept by hash and recorded, in that order."""

from __future__ import annotations

import uuid
from pathlib import Path

from pipeline.domain import Arrival, DocumentRecord
from pipeline.flow._desk import Desk
from pipeline.intake import Seen, arrival, released


def take(desk: Desk, whole: tuple[Seen, ...]) -> int:
    """Claim the files that are whole and record every claim. Returns how many were recorded.

    A file that can't be claimed or kept now (disk full, unmounted) stays where it lies and is tried at the next look.
    """
    for seen in whole:
        try:
            desk.claims.claim(seen)
        except OSError as fault:
            desk.log.warning("claim-postponed", errno=fault.errno)
    return take_claimed(desk)


def take_claimed(desk: Desk) -> int:
    """Record what was claimed but not yet recorded, also by a process that died."""
    taken = 0

    def postponed(fault: OSError) -> None:
        desk.log.warning("claim-unreadable", errno=fault.errno)

    for waiting in desk.claims.waiting(fault=postponed):
        try:
            record_arrival(desk, waiting)
        except OSError as fault:
            desk.log.warning("arrival-postponed", token=waiting.token, errno=fault.errno)
            continue
        released(waiting)
        taken += 1
    return taken


def record_arrival(desk: Desk, taken: Arrival) -> DocumentRecord:
    """Keep the original, then record the arrival in one transaction. Done twice it changes nothing."""
    desk.originals.keep(taken)
    with desk.store.transaction() as register:
        record = register.record_arrival(taken, municipality=taken.folder)
        if not register.steps(record.id):
            register.add_step(record.id, "received", desk.now(), desk.actor, record.reason or "Tatt inn.")
        return record


def ingest(desk: Desk, path: Path) -> DocumentRecord:
    """Take one file in without the inbox; it stays where it is. Raises OSError when it can't be read."""
    taken = arrival(path, token=f"ingest-{uuid.uuid4().hex}", received_at=desk.now())
    return record_arrival(desk, taken)
