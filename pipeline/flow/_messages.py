"""Messages that came without a form, with the same fields: kept as a document of their own and worked on like any."""

from __future__ import annotations

import json
import tempfile
import uuid
from collections.abc import Mapping
from pathlib import Path

from pipeline.checking import check_values
from pipeline.domain import DocumentRecord, Submission
from pipeline.errors import UnreadableError, UsageError
from pipeline.flow._desk import Desk
from pipeline.flow._taking import record_arrival
from pipeline.forms import FormSpec
from pipeline.intake import arrival

TOKEN = "message-"


def is_message(record: DocumentRecord) -> bool:
    """Whether a document was registered by hand."""
    return record.token.startswith(TOKEN)


def record_message(
    desk: Desk, *, form: str, fields: Mapping[str, object], municipality: str, channel: str
) -> DocumentRecord:
    """Keep a message as a document. Raises UsageError for an unknown form, field or municipality, or a value of the wrong kind."""
    spec = _spec(desk, form)
    if spec is None:
        raise UsageError(
            f"Kjenner ikke skjemaet «{form}». Kjente: {', '.join(sorted({spec.id for spec in desk.forms}))}."
        )
    unknown = sorted(set(fields) - {one.id for one in spec.fields})
    if unknown:
        raise UsageError(f"Skjemaet {form} har ikke feltet «{unknown[0]}». Se feltene med: skjemaflyt forms")
    if municipality and municipality not in desk.municipalities:
        raise UsageError(f"Kjenner ikke kommunen «{municipality}».")
    if not any(value not in ("", None, False, []) for value in fields.values()):
        raise UsageError(f"Meldingen har ingen felt. Se feltene til {form} med: skjemaflyt forms")
    check_values(
        fields, spec, source="", today=desk.today(), towns=desk.towns
    )  # the wrong kind of value is refused now
    now = desk.now()
    content = {
        "form": form,
        "fields": dict(fields),
        "channel": channel,
        "registered_at": now.isoformat(),
        "actor": desk.actor,
    }
    with tempfile.TemporaryDirectory(dir=desk.originals.folder, prefix=".melding-") as folder:
        file = Path(folder) / f"melding-{desk.local_time():%Y-%m-%d-%H%M%S}.json"
        file.write_text(json.dumps(content, ensure_ascii=False, sort_keys=True), encoding="utf-8")
        taken = arrival(file, token=TOKEN + uuid.uuid4().hex, folder=municipality, received_at=now)
        return record_arrival(desk, taken)


def read_message(desk: Desk, path: Path) -> tuple[Submission, ...]:
    """Read a message as if it were a form."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        spec = _spec(desk, content["form"])
        fields = dict(content["fields"])
    except (ValueError, KeyError, TypeError):
        raise UnreadableError("Meldingen kan ikke leses.", code="message") from None
    if spec is None:
        raise UnreadableError("Meldingens skjema er ikke lenger erklært i config/forms.", code="message-form")
    return (check_values(fields, spec, source=path.name, today=desk.today(), towns=desk.towns),)


def _spec(desk: Desk, form: str) -> FormSpec | None:
    return next((spec for spec in desk.forms if spec.id == form), None)
