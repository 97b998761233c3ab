"""Where a document is: what ``trace`` shows."""

from __future__ import annotations

from pathlib import Path

from pipeline.flow._desk import Desk
from pipeline.intake import display_name

Row = dict[str, object]


def trace_rows(desk: Desk, wanted: str) -> list[Row]:
    """Each step of a document, by its id, or its file's name or path; empty when there is none. RefusedError for what is hidden (B.1)."""
    with desk.store.reading() as register:
        found = register.document(wanted)
        name = display_name(Path(wanted).name)
        known = [found] if found is not None else list(register.documents_named(name))
        hidden = desk.hidden(register)
        records = [record for record in known if not hidden.holds(record)]
        if known and not records:
            desk.refuse_hidden(register, known[0].id)
        return [
            {
                "document": record.id,
                "at": step.at.isoformat(),
                "step": step.step,
                "actor": step.actor,
                "text": step.text,
            }
            for record in records
            for step in register.steps(record.id)
        ]
