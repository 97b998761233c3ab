"""What a person sees of the paper while settling a doubt."""

from __future__ import annotations

from pipeline.errors import UsageError
from pipeline.flow._desk import Desk
from pipeline.flow._messages import is_message
from pipeline.reading import glimpse


def picture_of(desk: Desk, wanted: str) -> bytes:
    """The picture (PNG) of what waits: the field's place framed on its page, else the form's first page.

    ``wanted`` is an item of ``review`` (``S12-3``), settled or not. Raises ``UsageError`` when there is no such item, or no
    paper to show (Word, a message by telephone).
    """
    with desk.store.reading() as register:
        item = register.review_item(wanted)
        saved = register.submission(item.submission) if item is not None else None
        record = register.document(saved.document) if saved is not None else None
        if record is not None:
            desk.refuse_hidden(register, record.id)
    if item is None or saved is None or record is None:
        raise UsageError(f"Fant ikke «{wanted}». Se listen med: skjemaflyt review")
    if is_message(record):
        raise UsageError("Meldingen kom uten skjema, så det er ikke noe bilde å vise.")
    found = saved.submission.fields.get(item.field) if item.field is not None else None
    first = saved.submission.pages[0] if saved.submission.pages else 1
    page = found.page if found is not None and found.page is not None else first
    return glimpse(desk.originals.path(record.sha256), page=page, box=found.box if found else None)
